package facts

import (
	"slices"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/text"
	"luoshi/internal/web"
	"luoshi/org"
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

// A verifier of many units sees in which of them something waits, and how much of it is
// looked at singly. One unit alone, or one that has none below, is not listed.
func TestWhereClaimsWait(t *testing.T) {
	line := func(n id.Fact, row id.Unit, flags ...fact.Flag) desk.VerifyLine {
		return desk.VerifyLine{FactLine: desk.FactLine{Fact: fact.Fact{ID: n}}, Row: row, Flags: flags}
	}
	own := line(5, 13)
	own.Own = true
	p := desk.VerifyPage{Unit: org.Unit{ID: 1}, Month: "2012-07", Below: []org.Unit{{ID: 12}, {ID: 11}, {ID: 13}}, Names: map[id.Unit]string{1: "安澜市", 10: "旧县", 11: "望潮区", 12: "清渡区", 13: "南屿区"},
		Lines: []desk.VerifyLine{line(1, 11), line(2, 11, fact.Flag{Kind: fact.AfterClose}), line(3, 12), line(4, 10), own, line(6, 0), line(7, 11)}}
	v := newVerifyView(p, map[id.Fact]bool{7: true}, nil, nil, nil)
	want := []waitingRow{{12, "清渡区", 1, 0}, {11, "望潮区", 1, 2}, {10, "旧县", 1, 0}}
	if !slices.Equal(v.Rows, want) {
		t.Fatalf("%+v, want %+v", v.Rows, want)
	}
	for lang, words := range map[text.Lang]string{text.Chinese: "没有疑问 1，要单独看 2", text.English: "1 clean, 2 singly"} {
		who := desk.Who{}
		var page strings.Builder
		if err := verifyAbove(v).Render(web.With(t.Context(), web.Page{Lang: lang, Who: &who}), &page); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(page.String(), words) || !strings.Contains(page.String(), "unit="+id.Unit(11).String()) {
			t.Errorf("not said: %s", page.String())
		}
	}
	p.Lines = []desk.VerifyLine{line(1, 11), line(2, 11)}
	if v := newVerifyView(p, nil, nil, nil, nil); len(v.Rows) > 0 {
		t.Errorf("one alone: %+v", v.Rows)
	}
	p.Below, p.Lines = nil, []desk.VerifyLine{line(1, 11), line(2, 12)}
	if v := newVerifyView(p, nil, nil, nil, nil); len(v.Rows) > 0 {
		t.Errorf("the villages of a township: %+v", v.Rows)
	}
}
