package public

import (
	"context"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"
)

// figures are what came of a promise, beside the promise.
type figures struct {
	desk.PublicGoal
	Target   plan.Target  // as it stands
	Original *plan.Target // as it was first promised; nil where that is the same
	Today    calendar.Day
	most     document.Decimal // that any unit told for a month
}

// figuresOf puts what was counted to the promises of an item that stand.
func figuresOf(goals []desk.PublicGoal, p itemPage) (out []figures) {
	for _, g := range goals {
		most := mostOfMonth(g.Board)
		for _, t := range p.Figures {
			if t.ID == g.Goal.Target && t.Standing == plan.Stands {
				was, differs := p.Original.Target(t)
				if !differs {
					was = nil
				}
				out = append(out, figures{g, t, was, p.Today, most})
			}
		}
	}
	return out
}

// counting says how facts come to the figure, and over what days.
func (f figures) counting(ctx context.Context) (words string) {
	if !f.Indicator.Rate() {
		words = web.T(ctx, aggregationWords[f.Indicator.Aggregation].Name) + gap(ctx)
	}
	words += web.T(ctx, "从 %s数到 %s。", web.Date(ctx, f.Goal.From), web.Date(ctx, f.Goal.To))
	if seasons := web.Seasons(ctx, f.Goal.Windows); seasons != "" {
		words += gap(ctx) + web.T(ctx, "只在%s办，应有的数只按这些日子算。", seasons)
	}
	return words
}

// none reports that nobody reported anything: nothing is known.
func (f figures) none() bool { return f.Board.Total.Facts == 0 }

func (f figures) counted() document.Decimal  { return f.Board.Total.Counted }
func (f figures) reported() document.Decimal { return f.Board.Total.Reported }

// atMost reports a promise that something stays below a figure.
func (f figures) atMost() bool {
	return f.Indicator.Way() != fact.Grows || f.Target.Direction == "down" || f.Target.Bound == "le" || f.Target.Bound == "lt"
}

// enough reports whether the promise is reached by what is counted.
func (f figures) enough() bool {
	switch {
	case f.none():
		return false
	case f.Target.Bound == "gt":
		return f.counted() > f.Target.Value
	case f.Target.Bound == "lt": // of what is to stay low nothing is left out that is not checked
		return f.reported() < f.Target.Value
	case f.atMost():
		return f.reported() <= f.Target.Value
	}
	return f.counted() >= f.Target.Value
}

// left is what is still missing.
func (f figures) left() document.Decimal {
	if f.atMost() {
		return 0
	}
	return max(0, f.Target.Value-f.counted())
}

// past reports that the last day of the promise is over.
func (f figures) past() bool { return f.Target.Deadline != "" && f.Target.Deadline < f.Today }

// quantityLamp answers whether the quantity is enough.
func (f figures) quantityLamp(ctx context.Context) (class, word string) {
	switch {
	case f.none():
		return "none", web.T(ctx, "未报")
	case f.enough() && f.atMost() && !f.past():
		return "ok", web.T(ctx, "没有超")
	case f.enough():
		return "done", web.T(ctx, "够了")
	case f.Indicator.Way() == fact.Falls && !f.past():
		return "idle", web.T(ctx, "还没降到")
	case f.Indicator.Way() != fact.Grows && f.Pace(f.Target, f.Today).Broken():
		return "late", web.T(ctx, "超了")
	case f.past():
		return "late", web.T(ctx, "没够")
	}
	return "idle", web.T(ctx, "还没够")
}

// evidenceLamp answers whether what was reported is checked.
func (f figures) evidenceLamp(ctx context.Context) (class, word string) {
	switch t := f.Board.Total; {
	case t.Facts == 0:
		return "none", web.T(ctx, "未报")
	case t.Checked == t.Facts:
		return "done", web.T(ctx, "都核实了")
	case t.Checked == 0:
		return "idle", web.T(ctx, "还没有核实")
	}
	return "wait", web.T(ctx, "在核实")
}

// shownMonths are the months of the goal up to today's.
func (f figures) shownMonths() (out []string) {
	for _, m := range f.Board.Months {
		if m <= fact.Month(f.Today) {
			out = append(out, m)
		}
	}
	return out
}

// monthRow is how the figure stood at the end of a month.
type monthRow struct {
	Month          string
	Came, Grown    fact.Figure
	YearBegins     bool
	Snapshot, Rate bool // the figure of the month is how it stood, not what came
}

func (f figures) monthRows() (out []monthRow) {
	for k, m := range f.shownMonths() {
		out = append(out, monthRow{m, f.Board.ByMonth[m], f.Board.Upto[k], k == 0 || strings.HasSuffix(m, "-01"), f.Indicator.Aggregation == fact.Snapshot, f.Indicator.Rate()})
	}
	return out
}

// chart is the picture of the figure; the table stands beside it.
func (f figures) chart(ctx context.Context) web.Chart {
	c := web.Chart{Key: f.Goal.ID.String(), Measure: f.Indicator.Measure, From: f.Goal.From, To: f.Goal.To, Today: f.Today,
		Title:  web.T(ctx, "%s：一个月一个月怎么走到现在", f.Indicator.Name),
		Target: web.ChartGoal{Value: f.Target.Value, Day: f.Target.Deadline}}
	c.Finding = web.T(ctx, "到 %s报来 %s %s，算数的 %s %s；答应的是 %s。数字见旁边的表。", web.Date(ctx, f.Today), web.Figure(f.reported()), f.Indicator.Measure,
		web.Figure(f.counted()), f.Indicator.Measure, web.Promise(f.Target))
	if f.Original != nil {
		c.Original = web.ChartGoal{Value: f.Original.Value, Day: f.Original.Deadline}
		c.OldExpected = f.expected(f.Original.Value, f.Original.Deadline)
	}
	c.Expected = f.expected(f.Target.Value, f.Target.Deadline)
	if made, end, ok := f.forecast(); ok {
		c.Forecast = []web.ChartRange{{Day: f.Today, Low: f.reported(), Mid: f.reported(), High: f.reported()}, {Day: end, Low: made.Low, Mid: made.Middle, High: made.High}}
	}
	start := web.ChartPoint{Day: f.Goal.From}
	if !f.Indicator.Rate() && f.Indicator.Aggregation != fact.Snapshot {
		c.Reported, c.Counted = []web.ChartPoint{start}, []web.ChartPoint{start}
	}
	for k, m := range f.shownMonths() {
		end := min(calendar.Day(fact.NextMonth(m)+"-01").AddDays(-1), f.Today)
		c.Reported = append(c.Reported, web.ChartPoint{Day: end, Value: f.Board.Upto[k].Reported})
		c.Counted = append(c.Counted, web.ChartPoint{Day: end, Value: f.Board.Upto[k].Counted})
	}
	return c
}

// forecast is where the promise will be at its end if the rest goes as the months before went.
func (f figures) forecast() (made fact.Forecast, end calendar.Day, ok bool) {
	end = f.Target.Deadline
	if end == "" {
		end = f.Goal.To
	}
	if f.none() || f.atMost() || f.Indicator.Aggregation != fact.Sum || f.Indicator.Rate() || f.reported() >= f.Target.Value {
		return made, end, false
	}
	var past []fact.MonthFigure
	for _, m := range f.shownMonths() {
		if m < fact.Month(f.Today) {
			past = append(past, fact.MonthFigure{Month: m, Quantity: f.Board.ByMonth[m].Reported})
		}
	}
	made, ok = fact.MakeForecast(fact.Pace{Target: f.Target.Value, Done: f.reported(), Reported: true, From: f.Goal.From, To: end, Today: f.Today, Windows: f.Goal.Windows}, past)
	return made, end, ok
}

// expected is how much should be there by the beginning of each month and by today, day by
// day alike; of what is better the less there is how much there may be at most, and nothing of rates.
func (f figures) expected(value document.Decimal, by calendar.Day) (out []web.ChartPoint) {
	if by == "" {
		by = f.Goal.To
	}
	p := fact.Pace{Target: value, From: f.Goal.From, To: by, Windows: f.Goal.Windows}
	if f.Indicator.Way() != fact.Grows {
		p = f.Pace(f.Target, f.Today)
		p.Target, p.To = value, by
	} else if f.atMost() || f.Indicator.Rate() {
		return nil
	}
	if by <= p.From || p.Way == fact.Falls && !p.Reported {
		return nil
	}
	days := []calendar.Day{f.Goal.From, f.Today}
	for _, m := range fact.Months(f.Goal.From, by) {
		days = append(days, calendar.Day(m+"-01"))
	}
	slices.Sort(days)
	for _, day := range slices.Compact(days) {
		if day >= p.From && day < by {
			due := p.AtEndOf(day.AddDays(-1)).Expected()
			out = append(out, web.ChartPoint{Day: day, Value: due - due%document.DecimalScale})
		}
	}
	return append(out, web.ChartPoint{Day: by, Value: value})
}

// placeRow is a county or another unit right below the city.
type placeRow struct {
	desk.FactRow
	Share    document.Decimal
	Given    bool
	Villages desk.CountyVillages
}

// placeRows are the units of the board, and those that were handed a share and told nothing.
func (f figures) placeRows() (out []placeRow) {
	for _, r := range f.Board.Rows {
		share, given := f.Shares[r.Unit.ID]
		out = append(out, placeRow{r, share, given, f.Fair.ByCounty[r.Unit.ID]})
	}
	for _, u := range f.Waiting {
		out = append(out, placeRow{desk.FactRow{Unit: u}, f.Shares[u.ID], true, f.Fair.ByCounty[u.ID]})
	}
	return out
}

// villages reports whether villages report it.
func (f figures) villages() bool { return f.Fair.Villages > 0 }

// given reports whether any unit was handed a share.
func (f figures) given() bool {
	for _, r := range f.placeRows() {
		if r.Given {
			return true
		}
	}
	return false
}

// mostOfMonth is the most that any unit of a board told for a month.
func mostOfMonth(b desk.FactBoard) (most document.Decimal) {
	for _, r := range b.Rows {
		for _, c := range r.ByMonth {
			most = max(most, c.Reported)
		}
	}
	return most
}

// heat is how dark a cell of the table is: 0 for nothing, 4 for the most of any month.
func (f figures) heat(cell fact.Figure) string {
	if cell.Facts == 0 && f.Indicator.Aggregation != fact.Snapshot {
		return "none"
	}
	level := 0
	if cell.Reported > 0 && f.most > 0 {
		level = 1
		for quarter := document.Decimal(1); quarter < 4; quarter++ {
			if cell.Reported/quarter > f.most/4 {
				level++
			}
		}
	}
	return "h" + string(rune('0'+level))
}

// aggregationWords say how facts come to one figure.
var aggregationWords = map[fact.Aggregation]struct{ Name string }{
	fact.Sum: {Name: "一次一次加起来。"}, fact.Distinct: {Name: "同一个人、同一样东西只算一次。"},
	fact.Snapshot: {Name: "各单位最近一次说的数加起来。"}, fact.Once: {Name: "一个单位办过就算一个。"}}

// classWords say how good evidence is.
var classWords = map[fact.Class]struct{ Name string }{
	fact.ByRecipient: {Name: "A 类：机器记的，或者收到的人认的"}, fact.Independent: {Name: "B 类：别人证明的"}, fact.OwnWord: {Name: "C 类：办的单位自己说的"}}
