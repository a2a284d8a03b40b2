package facts

import (
	"strings"
	"testing"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/text"
	"luoshi/internal/web"
	"luoshi/org"
)

// The month page names who told nothing; of many only the first at once, and it does not
// press while the month goes on.
func TestWhoDidNotReportYet(t *testing.T) {
	units := func(n int) (out []org.Unit) {
		for k := range n {
			out = append(out, org.Unit{ID: id.Unit(k + 1), Name: "村" + string('甲'+rune(k))})
		}
		return out
	}
	shown := func(lang text.Lang, v factMonthView) string {
		var page strings.Builder
		if err := factUntold(v).Render(web.With(t.Context(), web.Page{Lang: lang}), &page); err != nil {
			t.Fatal(err)
		}
		return page.String()
	}
	v := factMonthView{Now: "2012-07", FactMonth: desk.FactMonth{Month: "2012-06", Untold: []desk.UntoldFacts{
		{Indicator: fact.Indicator{Name: "送演出"}, Asked: 20, Units: units(mostUntoldNamed + 2)},
		{Indicator: fact.Indicator{Name: "送图书"}, Asked: 9, Units: units(9)},
		{Indicator: fact.Indicator{Name: "送电影"}, Asked: 9},
	}}}
	page := shown(text.Chinese, v)
	for _, words := range []string{"送演出", "还没有报的：", "还有 2 个单位", "分到的 9 个单位都还没有报", "month=2012-06&amp;unit=" + id.Unit(3).String()} {
		if !strings.Contains(page, words) {
			t.Errorf("not said: %s in %s", words, page)
		}
	}
	if strings.Contains(page, "送电影") || strings.Contains(page, "还没有到期") {
		t.Errorf("who told is listed, or a month that is over is not due: %s", page)
	}
	v.Month = v.Now
	if page := shown(text.English, v); !strings.Contains(page, "nothing is due yet") || !strings.Contains(page, "Still to report:") {
		t.Errorf("in English: %s", page)
	}
	v.Untold = v.Untold[2:]
	if page := shown(text.Chinese, v); !strings.Contains(page, "分到任务的单位都报了。") {
		t.Errorf("all told: %s", page)
	}
}
