package page

import (
	"context"
	"fmt"
	"strconv"
	"unicode/utf8"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/internal/web"
)

// Digits writes a number as programs read it.
func Digits(n int64) string { return strconv.FormatInt(n, 10) }

// MonthLast is the last day of a month.
func MonthLast(m string) calendar.Day {
	return calendar.Day(fact.NextMonth(m) + "-01").AddDays(-1)
}

// factWaysOf are the pages on which figures are entered, checked, closed and taken away,
// as far as the reader may use them. The menu names the first alone.
func factWaysOf(ctx context.Context) (out []web.Entry) {
	all := []struct {
		act string
		web.Entry
	}{
		{"fact.read", web.Entry{Path: FiguresPath, Name: "数"}},
		{"fact.onbehalf", web.Entry{Path: FactGridsPath, Name: "各单位的数"}},
		{"fact.verify", web.Entry{Path: VerifyPath, Name: "核实数"}},
		{"fact.read", web.Entry{Path: FactMonthsPath, Name: "月结"}},
		{"fact.onbehalf", web.Entry{Path: FactImportPath, Name: "导入台账"}},
		{"fact.read", web.Entry{Path: DrawsPath, Name: "抽查"}},
	}
	for _, w := range all {
		if web.Of(ctx).Who.May(w.act) {
			out = append(out, w.Entry)
		}
	}
	return out
}

// Shortly is the beginning of what somebody typed.
func Shortly(s string) string {
	if utf8.RuneCountInString(s) > 20 {
		return string([]rune(s)[:20]) + "…"
	}
	return s
}

// WholeOf writes what is to be reached with its unit of measure.
func WholeOf(d document.Decimal, measure string) string { return web.Figure(d) + " " + measure }

// Percent writes a share of a width, for a bar or a line of time.
func Percent(x float64) string { return fmt.Sprintf("%.2f%%", x) }
