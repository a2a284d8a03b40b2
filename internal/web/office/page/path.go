package page

import (
	"net/http"
	"net/url"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/progress"
)

// The pages that others lead to, by what they are about. What is led to from its own room
// alone stands there.
const (
	AnswersPath     = "/office/answers"
	BurdenPath      = "/office/burden"
	CollectionsPath = "/office/collections"
	DrawsPath       = "/office/draws"
	DutiesPath      = "/office/duties"
	ErasePersonPath = "/office/persons/unname"
	FactFormPath    = "/office/report-facts"
	FactGridsPath   = "/office/fact-grid"
	FactImportPath  = "/office/fact-import"
	FactMonthsPath  = "/office/fact-month"
	FactsPath       = "/office/facts"
	FeedPath        = "/office/calendar"
	FiguresPath     = "/office/figures"
	IndicatorsPath  = "/office/indicators"
	LeaderPath      = "/office/leader"
	PlansPath       = "/office/plans"
	ProgressPath    = "/office/progress"
	RemindersPath   = "/office/reminders"
	SignPath        = "/office/sign"
	VerifyPath      = "/office/verify"
)

// AddressOf is a page's address as somebody elsewhere opens it, as far as the request tells.
func AddressOf(r *http.Request, path string) string {
	address := url.URL{Scheme: "http", Host: r.Host, Path: string(web.Link(r.Context(), path))}
	if web.ClientOf(r).HTTPS {
		address.Scheme = "https"
	}
	return address.String()
}

// SessionsPath is the page of how somebody else signs in.
func SessionsPath(account id.Account) string {
	return "/office/accounts/" + account.String() + "/sessions"
}

// LeaverPath is where somebody's posts are handed over.
func LeaverPath(account id.Account) string { return "/office/handover?account=" + account.String() }

// UnitPath leads to a unit with its posts.
func UnitPath(unit id.Unit) string { return "/office/units/" + unit.String() }

// PlanPath leads to a plan: its document, with all that was read out of it.
func PlanPath(p id.Plan) string { return PlansPath + "/" + p.String() }

// OwnersPath leads to who answers for the items of a plan.
func OwnersPath(p id.Plan) string { return PlanPath(p) + "/owners" }

// OrdersPath leads to what was ordered beside a plan.
func OrdersPath(p id.Plan) string { return PlanPath(p) + "/orders" }

// OrderPath leads to one order.
func OrderPath(p id.Plan, i id.Item) string { return OrdersPath(p) + "/" + i.String() }

// DutyPath leads to one duty of the unit that sees it.
func DutyPath(d desk.Duty) string {
	return DutiesPath + "/" + d.Item.ID.String() + "?" + url.Values{"unit": {d.Of.ID.String()}}.Encode()
}

// PlanProgressPath leads to what was reported of a plan; an empty period is the last.
func PlanProgressPath(p id.Plan, period progress.Period) string {
	path := PlanPath(p) + "/progress"
	if period != "" {
		path += "?period=" + string(period)
	}
	return path
}

// ProgressOf leads to what one of the reader's units is asked for.
func ProgressOf(unit id.Unit, period progress.Period) string {
	return ProgressPath + "?" + url.Values{"unit": {unit.String()}, "period": {string(period)}}.Encode()
}

// BehalfPath leads to where a unit is reported for that cannot do so itself.
func BehalfPath(unit id.Unit, period progress.Period) string {
	path := ProgressPath + "/" + unit.String()
	if period != "" {
		path += "?period=" + string(period)
	}
	return path
}

// UnitBurdenPath leads to how much a unit was asked in the past months.
func UnitBurdenPath(u id.Unit) string { return BurdenPath + "/" + u.String() }

// CollectionPath leads to what is asked of units, and who answered.
func CollectionPath(c id.Collection) string { return CollectionsPath + "/" + c.String() }

// AnswerPath leads to what a unit is asked by a collection.
func AnswerPath(c id.Collection, u id.Unit) string {
	return AnswersPath + "/" + c.String() + "?unit=" + u.String()
}

// IndicatorPath leads to what is counted.
func IndicatorPath(i id.Indicator) string { return IndicatorsPath + "/" + i.String() }

// ItemFiguresPath leads to the figures of an item in a unit; 0 is the reader's own.
func ItemFiguresPath(item id.Item, unit id.Unit) string {
	path := "/office/items/" + item.String() + "/figures"
	if unit != 0 {
		path += "?" + url.Values{"unit": {unit.String()}}.Encode()
	}
	return path
}

// FactsOf leads to the facts below a unit; of one indicator, of one month where they are named.
func FactsOf(unit id.Unit, i id.Indicator, month string) string {
	q := url.Values{"unit": {unit.String()}}
	if i != 0 {
		q.Set("indicator", i.String())
	}
	if month != "" {
		q.Set("month", month)
	}
	return FactsPath + "?" + q.Encode()
}

// FactGridPath leads to the grid of a unit and month; an empty month is this one.
func FactGridPath(unit id.Unit, month string) string { return ofMonth(FactGridsPath, unit, month) }

// FactMonthPath leads to what a unit told of a month; an empty month is this one.
func FactMonthPath(unit id.Unit, month string) string { return ofMonth(FactMonthsPath, unit, month) }

func ofMonth(path string, unit id.Unit, month string) string {
	q := url.Values{"unit": {unit.String()}}
	if month != "" {
		q.Set("month", month)
	}
	return path + "?" + q.Encode()
}
