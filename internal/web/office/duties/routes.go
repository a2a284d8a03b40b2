// Package duties holds the pages of who does what: the owners of a plan's items, and what a
// unit answers for.
package duties

import (
	"luoshi/internal/desk"
	"luoshi/internal/web/office/page"

	"github.com/a-h/templ"
)

// Routes are the addresses of owners and duties. table shows the figures of a duty.
func Routes(table func(desk.ItemFigures) templ.Component) []page.Route {
	return []page.Route{
		page.At("GET /office/plans/{plan}/owners", "plan.read", owners),
		page.At("GET /office/plans/{plan}/owners/set", "item.assign", page.Sheets(landing, setOwners)),
		page.At("POST /office/plans/{plan}/owners/set", "item.assign", page.Sheets(landing, setOwners)),
		page.At("GET /office/plans/{plan}/owners/propose", "item.assign", page.Sheets(landing, proposeOwners)),
		page.At("POST /office/plans/{plan}/owners/propose", "item.assign", page.Sheets(landing, proposeOwners)),
		page.At("GET /office/plans/{plan}/owners/pass-on", "item.assign", page.Sheets(landing, passOnOwner)),
		page.At("POST /office/plans/{plan}/owners/pass-on", "item.assign", page.Sheets(landing, passOnOwner)),
		page.At("GET /office/plans/{plan}/owners/{item}", "item.assign", page.Sheets(landing, setOwner)),
		page.At("POST /office/plans/{plan}/owners/{item}", "item.assign", page.Sheets(landing, setOwner)),
		page.At("GET /office/plans/{plan}/owners/{item}/uphold", "item.assign", page.Sheets(landing, upholdOwner)),
		page.At("POST /office/plans/{plan}/owners/{item}/uphold", "item.assign", page.Sheets(landing, upholdOwner)),
		page.At("GET /office/duties", "duty.read", duties),
		page.At("GET /office/duties/{item}/reply", "duty.read", page.Sheets(landing, reply)),
		page.At("POST /office/duties/{item}/reply", "order.answer", page.Sheets(landing, reply)),
		page.At("GET /office/duties/{item}", "duty.read", duty(table)),
		page.At("GET /office/duties/{item}/accept", "duty.answer", page.Sheets(landing, acceptDuty)),
		page.At("POST /office/duties/{item}/accept", "duty.answer", page.Sheets(landing, acceptDuty)),
		page.At("GET /office/duties/{item}/object", "duty.answer", page.Sheets(landing, objectDuty)),
		page.At("POST /office/duties/{item}/object", "duty.answer", page.Sheets(landing, objectDuty)),
	}
}
