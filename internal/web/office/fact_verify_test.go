package office

import (
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/text"
	"luoshi/internal/web"
)

// What a draw drew and what somebody doubted is never checked in the bulk.
func TestWhatIsLookedAtSingly(t *testing.T) {
	line := func(n id.Fact) desk.VerifyLine {
		return desk.VerifyLine{FactLine: desk.FactLine{Fact: fact.Fact{ID: n}}}
	}
	flagged, own := line(2), line(5)
	flagged.Flags = []fact.Flag{{Fact: 2, Kind: fact.AfterClose}}
	own.Own = true
	p := desk.VerifyPage{Lines: []desk.VerifyLine{line(1), flagged, line(3), line(4), own}, Verified: []desk.VerifyLine{line(6), line(7)}}
	doubts := map[id.Fact][]fact.Doubt{4: {{Fact: 4, Day: "2012-07-01", Words: "没有来"}}, 7: {{Fact: 7, Day: "2012-07-01"}}}
	v := newVerifyView(p, map[id.Fact]bool{3: true, 5: true}, doubts, nil, nil)
	if len(v.Clean) != 1 || v.Clean[0].ID != 1 || len(v.Singly) != 3 || v.Own != 1 {
		t.Errorf("clean %+v, singly %+v, own %d", v.Clean, v.Singly, v.Own)
	}
	if v.Singly[0].ID != 4 || v.Singly[1].ID != 3 || v.Singly[2].ID != 2 || v.doubted() != 1 || v.drawn() != 1 {
		t.Errorf("what was doubted does not come first, or what was drawn next: %+v", v.Singly)
	}
	if len(v.Doubted) != 1 || v.Doubted[0].ID != 7 {
		t.Errorf("checked and doubted %+v", v.Doubted)
	}
}

// A verifier reads why in the list and on the page of one claim, also of one that was checked.
func TestReasonsOnThePages(t *testing.T) {
	line := desk.VerifyLine{FactLine: desk.FactLine{Fact: fact.Fact{ID: 1, Day: "2012-04-12", State: fact.Verified, Kind: fact.Claim}}, Flags: []fact.Flag{
		{Kind: fact.SaysNone, Unit: 11, Day: "2012-04-28"},
		{Kind: fact.SaysNone, Unit: 11, Day: "2012-04-12", Told: document.Whole(2)},
		{Kind: fact.OutOfSeason, Season: []fact.Window{{From: "06-01", To: "09-16"}}},
		{Kind: fact.Digit, Told: document.Whole(520), Usual: fact.Usual{Months: 20, Median: document.Whole(50)}},
		{Kind: fact.Digit, Told: document.Whole(5200), Usual: fact.Usual{Months: 20, Median: document.Whole(50)}},
	}}
	p := desk.VerifyPage{Lines: []desk.VerifyLine{line}, Names: map[id.Unit]string{11: "上塘村"}}
	for lang, want := range map[text.Lang][]string{
		text.Chinese: {"另一个人报“上塘村”这个月到 2012-04-28 为止没有（0）。", "另一个人报了“上塘村” 2012-04-12 的，数量 2。", "不在目标写的季节里：06-01—09-16。",
			"一条报了 520，别的 20 条一般一条是 50，像是多打了一位数。", "一条报了 5,200，别的 20 条一般一条是 50，多得多。"},
		text.English: {"that until 2012-04-28 of this month there was none (0)", "on 2012-04-12, a quantity of 2", "Outside the seasons that the goal names: 06-01—09-16.",
			"One claim of 520; of 20 others one is usually 50. There may be a digit too many.", "One claim of 5,200; of 20 others one is usually 50. This is far more."},
	} {
		ctx := web.With(t.Context(), web.Page{Lang: lang})
		var list, one strings.Builder
		if err := verifyBelow(newVerifyView(p, nil, nil, nil, nil)).Render(ctx, &list); err != nil {
			t.Fatal(err)
		}
		if err := verifyOneAbove(desk.OneToVerify{VerifyLine: line, Page: p}, false, nil).Render(ctx, &one); err != nil {
			t.Fatal(err)
		}
		for _, words := range want {
			if !strings.Contains(list.String(), words) || !strings.Contains(one.String(), words) {
				t.Errorf("not on both pages: %s", words)
			}
		}
	}
}
