package office

import (
	"net/http"
	"slices"

	"luoshi/internal/web"
	"luoshi/internal/web/office/accounts"
	"luoshi/internal/web/office/collections"
	"luoshi/internal/web/office/duties"
	"luoshi/internal/web/office/facts"
	"luoshi/internal/web/office/indicators"
	"luoshi/internal/web/office/leader"
	"luoshi/internal/web/office/page"
	"luoshi/internal/web/office/plans"
	"luoshi/internal/web/office/reminders"
	"luoshi/internal/web/office/reports"
	"luoshi/internal/web/office/units"
)

// routes are the addresses of all rooms of the office, and those that belong to none.
func routes() []page.Route {
	return slices.Concat(firstRoutes(), accounts.Routes(), units.Routes(), plans.Routes(), duties.Routes(indicators.DutyFigures), reports.Routes(), leader.Routes(),
		indicators.Routes(), facts.Routes(), collections.Routes(), reminders.Routes())
}

// firstRoutes are the first page, what everybody finds from it, and the scripts.
func firstRoutes() []page.Route {
	return []page.Route{
		page.At("GET /office/{$}", page.SignedIn, first),
		page.At("GET "+page.FeedPath, page.SignedIn, feedPage),
		page.At("POST "+page.FeedPath, page.SignedIn, feedPage),
		page.At("GET /office/feed/{token}", page.Anybody, feed),
		page.At("GET /office/search", "unit.read", search),
		page.At("GET /office/jobs", "job.read", jobs),
		page.At("POST /office/jobs", "job.hurry", hurryJobs),
		page.At("GET "+web.ScriptPath(), page.Anybody, func(_ *page.Side, w http.ResponseWriter, r *http.Request) error { web.Script(w, r); return nil }),
		page.At("GET "+web.GridScriptPath(), page.Anybody, func(_ *page.Side, w http.ResponseWriter, r *http.Request) error { web.GridScript(w, r); return nil }),
	}
}
