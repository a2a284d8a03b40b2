// Package leader holds the pages of those who lead: how a plan stands, its lamps, and what
// is ordered beside it.
package leader

import "luoshi/internal/web/office/page"

// Routes are the addresses of the leader's page, lamps and orders.
func Routes() []page.Route {
	return []page.Route{
		page.At("GET /office/plans/{plan}/orders", "plan.read", orders),
		page.At("GET /office/plans/{plan}/orders/new", "plan.read", page.Sheets(landing, giveOrder)),
		page.At("POST /office/plans/{plan}/orders/new", "order.give", page.Sheets(landing, giveOrder)),
		page.At("GET /office/plans/{plan}/orders/{item}", "plan.read", order),
		page.At("GET /office/leader", "plan.read", leaderFirst),
		page.At("GET /office/leader/{plan}", "plan.read", leader),
		page.At("GET /office/leader/{plan}/brief", "plan.read", leaderBrief),
		page.At("GET /office/leader/{plan}/brief.docx", "plan.read", leaderDocx),
		page.At("GET /office/leader/{plan}/instruct", "order.instruct", page.Sheets(landing, instruct)),
		page.At("POST /office/leader/{plan}/instruct", "order.instruct", page.Sheets(landing, instruct)),
		page.At("GET /office/plans/{plan}/orders/{item}/accept", "order.settle", page.Sheets(landing, acceptAnswer)),
		page.At("POST /office/plans/{plan}/orders/{item}/accept", "order.settle", page.Sheets(landing, acceptAnswer)),
		page.At("GET /office/plans/{plan}/orders/{item}/again", "order.settle", page.Sheets(landing, askAgain)),
		page.At("POST /office/plans/{plan}/orders/{item}/again", "order.settle", page.Sheets(landing, askAgain)),
		page.At("GET /office/lamps", "plan.read", page.Sheets(landing, lampRules)),
		page.At("POST /office/lamps", "lamp.set", page.Sheets(landing, lampRules)),
		page.At("GET /office/plans/{plan}/lamps/{item}", "lamp.set", page.Sheets(landing, setLamp)),
		page.At("POST /office/plans/{plan}/lamps/{item}", "lamp.set", page.Sheets(landing, setLamp)),
		page.At("GET /office/plans/{plan}/lamps/{item}/back", "lamp.set", page.Sheets(landing, takeLampBack)),
		page.At("POST /office/plans/{plan}/lamps/{item}/back", "lamp.set", page.Sheets(landing, takeLampBack)),
	}
}
