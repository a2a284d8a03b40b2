package indicators

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"
)

// figureView is what was promised with an item and what came of it, in one unit.
type figureView struct {
	desk.ItemFigures
	Goal    id.Goal // of which everything is shown
	Tree    desk.FactTree
	Counted bool // cells show what is counted, not what was reported
	Splits  bool
	Plans   bool              // whether the reader may look at plans
	Fair    desk.FactFairness // of the indicator shown, over the whole city
}

// itemFigures shows the figures of an item.
func itemFigures(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	item, err := id.Of[id.Item](r.PathValue("item"))
	if err != nil {
		return desk.ErrMissing
	}
	unit, err := page.UnitAsked(r)
	if err != nil {
		return err
	}
	me := page.Who(r.Context())
	v := figureView{Tree: desk.TreeOfTheDay, Counted: r.URL.Query().Get("show") == "counted", Splits: me.May("split.issue"), Plans: me.May("plan.read")}
	if r.URL.Query().Get("tree") == string(desk.TreeOfToday) {
		v.Tree = desk.TreeOfToday
	}
	if v.ItemFigures, err = s.Office.ItemFigures(r.Context(), me, item, unit, v.Tree); err != nil {
		return err
	}
	for k, g := range v.Goals {
		if k == 0 || g.Goal.ID.String() == r.URL.Query().Get("goal") {
			v.Goal = g.Goal.ID
		}
	}
	for _, g := range v.Goals {
		if g.Goal.ID == v.Goal && v.City {
			if v.Fair, err = s.Office.Fairness(r.Context(), me, g.Indicator().ID, fact.Months(g.Goal.From, min(v.Today, g.Goal.To))); err != nil {
				return err
			}
		}
	}
	web.Show(w, r, http.StatusOK, itemFiguresPage(v))
	return nil
}

// address leads to the same item in a unit, by a tree, with one kind of figures.
func (v figureView) address(unit id.Unit, tree desk.FactTree, counted bool) string {
	q := url.Values{"unit": {unit.String()}}
	if tree == desk.TreeOfToday {
		q.Set("tree", string(tree))
	}
	if counted {
		q.Set("show", "counted")
	}
	if len(v.Goals) > 1 {
		q.Set("goal", v.Goal.String())
	}
	return "/office/items/" + v.Item.ID.String() + "/figures?" + q.Encode()
}

// withGoal leads to another goal of the same item.
func (v figureView) withGoal(g id.Goal) string {
	v.Goal = g
	return v.address(v.Unit.ID, v.Tree, v.Counted)
}

// place is whose figures are shown.
func (v figureView) place(ctx context.Context) string {
	if v.City {
		return web.T(ctx, "全市")
	}
	return v.Unit.Name
}

// months are those of a goal that have begun.
func (v figureView) months(g desk.GoalFigures) (out []string) {
	for _, m := range g.Board.Months {
		if m <= fact.Month(v.Today) {
			out = append(out, m)
		}
	}
	return out
}

// shown is the figure of a cell.
func (v figureView) shown(f fact.Figure) document.Decimal {
	if v.Counted {
		return f.Counted
	}
	return f.Reported
}

// most is the largest figure of a month in the rows of a table.
func (v figureView) most(g desk.GoalFigures) (most document.Decimal) {
	for _, r := range g.Rows() {
		for _, m := range v.months(g) {
			most = max(most, v.shown(r.ByMonth[m]))
		}
	}
	return most
}

// heatClass says how dark a cell is.
func heatClass(v, most document.Decimal) string {
	if v <= 0 || most <= 0 {
		return "h0"
	}
	return [...]string{"h1", "h2", "h3", "h4"}[min(3, (int64(v)-1)/max(1, int64(most)/4))]
}

// leaf reports whether a row has nothing below it.
func (v figureView) leaf(u org.Unit) bool {
	return u.Level == org.Village || u.Level == org.Direct || u.Level == org.Division || u.ID == v.Unit.ID
}

// nameOfRow says what a row is: what a unit told itself stands beside those below it.
func (v figureView) nameOfRow(ctx context.Context, u org.Unit) string {
	if u.ID == v.Unit.ID {
		return web.T(ctx, "%s 自己", u.Name)
	}
	return u.Name
}

// shareOf is what a row was given.
func shareOf(g desk.GoalFigures, u id.Unit) (document.Decimal, bool) {
	d, given := g.Shares[u]
	return d, given
}

// chart draws how a goal came up to its promise.
func (v figureView) chart(ctx context.Context, g desk.GoalFigures) web.Chart {
	i, end := g.Indicator(), lastDay(g)
	c := web.Chart{Key: g.Goal.ID.String(), Title: web.T(ctx, "%s：报来的、算数的和应有的", i.Name), Measure: i.Measure, From: g.Goal.From, To: max(g.Goal.To, end), Today: v.Today,
		Finding: v.finding(ctx, g)}
	if g.Owed {
		c.Target = web.ChartGoal{Value: g.Whole, Day: end}
	}
	if ofCity(v.Unit) {
		o := g.Original
		if day := o.Deadline; o.Value != g.Target.Value || day != g.Target.Deadline {
			if day == "" || day < g.Goal.From {
				day = g.Goal.To
			}
			c.Original = web.ChartGoal{Value: o.Value, Day: day}
			p := g.Pace(v.Today)
			p.Target, p.To, p.Today = o.Value, day, ""
			c.OldExpected = paceLine(p)
		}
	}
	if i.Aggregation != fact.Snapshot && !i.Rate() {
		c.Reported, c.Counted = []web.ChartPoint{{Day: g.Goal.From}}, []web.ChartPoint{{Day: g.Goal.From}}
	}
	for k, m := range v.months(g) {
		day := min(page.MonthLast(m), v.Today)
		c.Reported = append(c.Reported, web.ChartPoint{Day: day, Value: g.Board.Upto[k].Reported})
		c.Counted = append(c.Counted, web.ChartPoint{Day: day, Value: g.Board.Upto[k].Counted})
	}
	if p := g.Pace(v.Today); paced(g) && (p.Reported || p.Way != fact.Falls) {
		c.Expected = paceLine(p)
		c.Forecast = v.forecast(g)
	}
	return c
}

// paceLine is what a goal expects, from its first day to its last, and today.
func paceLine(p fact.Pace) []web.ChartPoint {
	days := []calendar.Day{p.Today}
	for _, m := range fact.Months(p.From, p.To) {
		days = append(days, max(p.From, calendar.Day(m+"-01")))
	}
	slices.Sort(days)
	var out []web.ChartPoint
	for _, day := range slices.Compact(days) {
		if day < p.From || day > p.To {
			continue
		}
		out = append(out, web.ChartPoint{Day: day, Value: p.AtEndOf(day.AddDays(-1)).Told()})
	}
	if n := len(out); n > 0 && out[n-1].Day == p.To {
		out = out[:n-1]
	}
	return append(out, web.ChartPoint{Day: p.To, Value: p.Target})
}

// forecastOf is where a goal will be if the rest goes as the months before went.
func (v figureView) forecastOf(g desk.GoalFigures) (f fact.Forecast, ok bool) {
	p := g.Pace(v.Today)
	if i := g.Indicator(); i.Aggregation != fact.Sum || i.Rate() || !paced(g) || !p.Reported || p.Done >= p.Target {
		return f, false
	}
	var past []fact.MonthFigure
	for _, m := range v.months(g) {
		if m < fact.Month(v.Today) {
			past = append(past, fact.MonthFigure{Month: m, Quantity: g.Board.ByMonth[m].Reported})
		}
	}
	return fact.MakeForecast(p, past)
}

func (v figureView) forecast(g desk.GoalFigures) []web.ChartRange {
	p := g.Pace(v.Today)
	f, ok := v.forecastOf(g)
	if !ok {
		return nil
	}
	return []web.ChartRange{{Day: v.Today, Low: p.Done, Mid: p.Done, High: p.Done}, {Day: p.To, Low: f.Low, Mid: f.Middle, High: f.High}}
}

// forecastWords say where the goal will be, and how that was worked out.
func (v figureView) forecastWords(ctx context.Context, g desk.GoalFigures) string {
	f, ok := v.forecastOf(g)
	if !ok {
		return ""
	}
	return web.ForecastWords(ctx, f, lastDay(g), g.Indicator().Measure)
}

// finding says what the chart shows.
func (v figureView) finding(ctx context.Context, g desk.GoalFigures) string {
	measure, f := g.Indicator().Measure, g.Board.Total
	words := web.T(ctx, "到 %s，报来 %s，算数 %s。", web.Date(ctx, min(v.Today, g.Goal.To)), page.WholeOf(f.Reported, measure), page.WholeOf(f.Counted, measure))
	if f.Facts == 0 {
		words = web.T(ctx, "还没有人报过。")
	}
	if g.Owed {
		words += web.Gap(ctx) + web.T(ctx, "答应到 %s %s。", web.Date(ctx, lastDay(g)), page.WholeOf(g.Whole, measure))
	}
	return words
}

// expectedOn is what a goal should have by the end of a day.
func expectedOn(p fact.Pace, day calendar.Day) document.Decimal {
	return p.AtEndOf(day).Told()
}

// expectedCell writes what should have been there at the end of a month.
func (v figureView) expectedCell(g desk.GoalFigures, m string) string {
	if !paced(g) {
		return "–"
	}
	p, day := g.Pace(v.Today), min(page.MonthLast(m), v.Today.AddDays(-1))
	if p.Way == fact.Falls && (!p.Reported || day < p.From) { // from where it falls is not known then
		return "–"
	}
	return web.Figure(expectedOn(p, day))
}

// goalLamp is how a goal stands: by what was reported, and not reached before enough of it
// is checked.
func goalLamp(ctx context.Context, g desk.GoalFigures, today calendar.Day) (class, word string) {
	p := g.Pace(today)
	if p.Way == fact.Grows && p.State(fact.UsualPace) == fact.PaceReached && g.Board.Total.Counted < g.Whole {
		return "wait", web.T(ctx, "报够了，核实的还没够")
	}
	return paceLamp(ctx, p)
}

// paceLamp is the shape and the word of how a goal stands.
func paceLamp(ctx context.Context, p fact.Pace) (class, word string) {
	s := p.State(fact.UsualPace)
	switch {
	case p.Broken():
		return "over", web.T(ctx, "超了")
	case p.Way == fact.Ceiling && s == fact.PaceReached:
		return "done", web.T(ctx, "没有超过上限")
	case p.Way == fact.Ceiling && s == fact.PaceSlow:
		return "slow", web.T(ctx, "用得偏快")
	case p.Way == fact.Ceiling && s == fact.PaceLate:
		return "late", web.T(ctx, "用得太快")
	case p.Way == fact.Falls && s == fact.PaceReached:
		return "done", web.T(ctx, "降到了")
	case p.Way == fact.Falls && s == fact.PaceMissed:
		return "over", web.T(ctx, "过期没降到")
	}
	switch s {
	case fact.PaceReached:
		return "done", web.T(ctx, "数量够了")
	case fact.PaceWaiting:
		return "idle", web.T(ctx, "未到")
	case fact.PaceAhead, fact.PaceOn:
		return "ok", web.T(ctx, "按期")
	case fact.PaceSlow:
		return "slow", web.T(ctx, "偏慢")
	case fact.PaceLate:
		return "late", web.T(ctx, "落后")
	case fact.PaceMissed:
		return "over", web.T(ctx, "过期没够")
	}
	return "none", web.T(ctx, "未报")
}
