package web

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/text"
	"luoshi/plan"
)

// Chart is a picture of how a figure came up to a promise, look.md "Charts": the axis begins
// at 0, the promise is a full line with its number, the pace is dashed, what is counted is
// the thickest, today is dotted and named.
type Chart struct {
	Key         string // tells the charts of one page apart
	Title       string
	Finding     string // what it shows, in a sentence
	Measure     string
	From, To    calendar.Day
	Today       calendar.Day
	Reported    []ChartPoint // to what it had come
	Counted     []ChartPoint
	Expected    []ChartPoint // how much should have been there by a day
	OldExpected []ChartPoint // the same as it was first promised, where that is another
	Forecast    []ChartRange // optional
	Target      ChartGoal
	Original    ChartGoal // as first promised, where that is another; else without a day
}

// ChartPoint is a figure on a day.
type ChartPoint struct {
	Day   calendar.Day
	Value plan.Decimal
}

// ChartRange is what is expected to come, between two figures.
type ChartRange struct {
	Day            calendar.Day
	Low, Mid, High plan.Decimal
}

// ChartGoal is a promise: so much by a day.
type ChartGoal struct {
	Value plan.Decimal
	Day   calendar.Day
}

// The picture has its words in pixels and runs in ten-thousandths of its width.
const (
	chartTop    = 34
	chartBottom = 290
	chartHeight = 326
	chartWide   = 10_000
	chartLine   = 17 // from one word to the next below it
)

// last is the last day that the picture shows.
func (c Chart) last() calendar.Day {
	last := max(c.To, c.Target.Day, c.Original.Day)
	for _, f := range c.Forecast {
		last = max(last, f.Day)
	}
	return last
}

// x is where a day stands, in ten-thousandths of the width.
func (c Chart) x(d calendar.Day) int64 {
	span := c.From.Until(c.last())
	if span <= 0 {
		return 0
	}
	return min(chartWide, max(0, int64(c.From.Until(d))*chartWide/int64(span)))
}

// top is the figure at the top of the axis: a little more than the largest.
func (c Chart) top() plan.Decimal {
	most := max(c.Target.Value, c.Original.Value, 1)
	for _, line := range [][]ChartPoint{c.Reported, c.Counted, c.Expected, c.OldExpected} {
		for _, p := range line {
			most = max(most, p.Value)
		}
	}
	for _, f := range c.Forecast {
		most = max(most, f.High)
	}
	return most + most/12
}

// y is where a figure stands, in pixels.
func (c Chart) y(v plan.Decimal) int64 {
	top := int64(c.top())
	const high = chartBottom - chartTop
	if top > 1<<50 { // no overflow, however large
		return chartBottom - int64(v)/(top/high)
	}
	return chartBottom - int64(v)*high/top
}

// grid are at most four figures at which a line helps to read, the round ones below the top.
func (c Chart) grid() (out []plan.Decimal) {
	step := plan.Decimal(1)
	for factors := 0; c.top()/step > 4; factors++ { // 1, 2, 5, 10, 20 …
		if factors%3 == 1 {
			step = step / 2 * 5
		} else {
			step *= 2
		}
	}
	for v := step; v < c.top(); v += step {
		if near(c.y(v), c.y(c.Target.Value)) || c.Original.Day != "" && near(c.y(v), c.y(c.Original.Value)) {
			continue // the promise has its number there
		}
		out = append(out, v)
	}
	return out
}

func near(a, b int64) bool { return max(a-b, b-a) < chartLine }

// place writes ten-thousandths of the width as a percentage.
func place(x int64) string { return fmt.Sprintf("%d.%02d%%", x/100, x%100) }

// path is a line through points, for the inner picture that is stretched.
func (c Chart) path(points []ChartPoint) string {
	var b strings.Builder
	for k, p := range points {
		if k == 0 {
			b.WriteString("M")
		} else {
			b.WriteString(" ")
		}
		fmt.Fprintf(&b, "%d %d", c.x(p.Day), c.y(p.Value)-chartTop)
	}
	return b.String()
}

// band is the area between the ends of the forecast.
func (c Chart) band() string {
	var b strings.Builder
	b.WriteString("M")
	for _, f := range c.Forecast {
		fmt.Fprintf(&b, "%d %d ", c.x(f.Day), c.y(f.High)-chartTop)
	}
	for _, f := range slices.Backward(c.Forecast) {
		fmt.Fprintf(&b, "%d %d ", c.x(f.Day), c.y(f.Low)-chartTop)
	}
	return b.String() + "Z"
}

// middle is the line of the forecast.
func (c Chart) middle() (out []ChartPoint) {
	for _, f := range c.Forecast {
		out = append(out, ChartPoint{f.Day, f.Mid})
	}
	return out
}

// caption says what the lines are.
func (c Chart) caption(ctx context.Context) string {
	words := T(ctx, "粗线：核实了、算数的。细线：报来的。虚线：到那天应有的。都从 0 画起。")
	if len(c.OldExpected) > 1 {
		words += Gap(ctx) + T(ctx, "灰线：原定的进度。")
	}
	if len(c.Forecast) > 1 {
		words += Gap(ctx) + T(ctx, "浅色带：照现在的走法，大概会到哪里。")
	}
	return words
}

// chartWord is a word of the picture.
type chartWord struct {
	class, words string
	at           string // of the width
	y            int64
}

// todays are the words beside the line of today, none over another. Lines rise: above them
// there is room to the left, and below the lowest of them to the right.
func (c Chart) todays(ctx context.Context) []chartWord {
	x := c.x(c.Today)
	var above, below []chartWord
	say := func(class, words string, line []ChartPoint, low bool) {
		v, there := valueOn(line, c.Today)
		if !there {
			return
		}
		w := chartWord{class + " end", words + " " + Figure(v), place(x - 150), c.y(v) - 7}
		if goal := c.y(c.Target.Value); x > chartWide/2 && v <= c.Target.Value {
			w.y = max(w.y, goal-12+chartLine) // the promise has its day there
		}
		if x < chartWide/4 || low && x < chartWide*3/4 {
			below = append(below, chartWord{class, w.words, place(x + 150), c.y(v) + chartLine})
		} else {
			above = append(above, w)
		}
	}
	reported, _ := valueOn(c.Reported, c.Today)
	expected, _ := valueOn(c.Expected, c.Today)
	say("hi act-t", T(ctx, "算数"), c.Counted, true)
	say("hi", T(ctx, "报来"), c.Reported, false)
	if c.Today <= c.Target.Day { // afterwards all of it is due
		say("hi re-t", T(ctx, "应有"), c.Expected, expected < reported)
	}
	slices.SortStableFunc(above, func(a, b chartWord) int { return int(b.y - a.y) })
	slices.SortStableFunc(below, func(a, b chartWord) int { return int(b.y - a.y) })
	for k, limit := 0, int64(chartBottom-5); k < len(above); k, limit = k+1, above[k].y-chartLine {
		above[k].y = min(above[k].y, limit)
	}
	for k, limit := 0, int64(chartBottom-5); k < len(below); k, limit = k+1, below[k].y-chartLine {
		below[k].y = min(below[k].y, limit)
	}
	return append(above, below...)
}

// valueOn is the last figure of a line up to a day.
func valueOn(line []ChartPoint, day calendar.Day) (v plan.Decimal, there bool) {
	for _, p := range line {
		if p.Day <= day {
			v, there = p.Value, true
		}
	}
	return v, there
}

// now reports whether today lies in the picture.
func (c Chart) now() bool { return c.Today >= c.From && c.Today <= c.last() }

// dot is where the counted figure of today stands.
func (c Chart) dot() (y int64, there bool) {
	v, there := valueOn(c.Counted, c.Today)
	return c.y(v), there && c.now()
}

// originalY is where the words of the first promise stand: not over those of the present one.
func (c Chart) originalY() int64 {
	y := c.y(c.Original.Value) - 6
	if promised := c.y(c.Target.Value) - 6; near(y, promised) {
		return promised + chartLine + 4
	}
	return y
}

// chartTick is a month of the axis; those that are minor have no words on phones.
type chartTick struct {
	at    string
	words string
	minor bool
}

// ticks are the beginnings of months, of quarters where there are many.
func (c Chart) ticks(ctx context.Context) (out []chartTick) {
	var days []calendar.Day
	for d := c.From; d <= c.last() && len(days) < 1200; d = nextMonth(d) {
		days = append(days, d)
	}
	step := max(1, (len(days)+5)/6)
	for k, d := range days {
		if k%step != 0 || chartWide-c.x(d) < 600 && k > 0 {
			continue
		}
		words := monthWord(ctx, d)
		if k == 0 || d.Time().Month() < days[k-step].Time().Month() || step >= 12 {
			words = MonthName(ctx, d)
		}
		out = append(out, chartTick{place(c.x(d)), words, len(out)%2 == 1})
	}
	return out
}

func nextMonth(d calendar.Day) calendar.Day {
	t := d.Time()
	return calendar.Make(t.Year()+int(t.Month())/12, int(t.Month())%12+1, 1)
}

// monthWord is a month without its year: 4月, or Apr.
func monthWord(ctx context.Context, d calendar.Day) string {
	if Of(ctx).Lang == text.English {
		return months[d.Time().Month()-1]
	}
	return fmt.Sprintf("%d月", int(d.Time().Month()))
}

// Month writes a month that is kept as 2011-09 in short: 9月, or Sep; with its year where it
// begins a row of months.
func Month(ctx context.Context, m string, year bool) string {
	d := calendar.Day(m + "-01")
	if year {
		return MonthName(ctx, d)
	}
	return monthWord(ctx, d)
}
