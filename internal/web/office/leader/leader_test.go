package leader

import (
	"strings"
	"testing"

	"luoshi/internal/desk"
	"luoshi/internal/text"
	"luoshi/internal/web"
	"luoshi/plan"
)

// An item may have several figures: each says of what it is.
func TestFiguresSayOfWhatTheyAre(t *testing.T) {
	r := desk.BoardRow{Whole: desk.BoardCell{LampLit: plan.LampLit{LampFacts: plan.LampFacts{Counts: []plan.LampCount{
		{Name: "送演出", Unit: "场", Whole: plan.Whole(1500), Reported: plan.Whole(783), Share: 52, Told: true, Pace: plan.CountSlow},
		{Name: "送图书", Unit: "册", Whole: plan.Whole(100_000)},
	}}}}}
	for lang, want := range map[text.Lang][]string{
		text.Chinese: {"送演出：报来 783 / 1,500 场，52%", "送图书：未报数（应完成 100,000 册）"},
		text.English: {`<span lang="zh-Hans">送演出</span>: reported 783 of 1,500 <span lang="zh-Hans">场</span>, 52%`, `<span lang="zh-Hans">送图书</span>: `},
	} {
		var page strings.Builder
		if err := countedBeside(r).Render(web.With(t.Context(), web.Page{Lang: lang}), &page); err != nil {
			t.Fatal(err)
		}
		for _, words := range want {
			if !strings.Contains(page.String(), words) {
				t.Errorf("not said: %s in %s", words, page.String())
			}
		}
	}
}
