package plan

import (
	"reflect"
	"slices"
	"testing"

	"luoshi/document"

	"pgregory.net/rapid"
)

func TestSplit(t *testing.T) {
	i := Item{ID: 1, Title: "送书和送戏", Lead: "图书馆", Node: 3}
	words := document.Span{{Start: 10, End: 20}, {Start: 25, End: 40}}
	first, rest, err := Split(i, words, 30, "送戏", 2)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(first.Span, document.Span{{Start: 10, End: 20}, {Start: 25, End: 30}}) || !reflect.DeepEqual(rest.Span, document.At(30, 40)) {
		t.Errorf("words %v and %v", first.Span, rest.Span)
	}
	if first.ID != 1 || first.Title != "送书和送戏" || rest.ID != 2 || rest.Title != "送戏" || rest.Lead != "图书馆" || rest.Node != 3 {
		t.Errorf("%+v and %+v", first, rest)
	}
	for _, at := range []int{10, 40, 3, 50} {
		if _, _, err := Split(i, words, at, "送戏", 2); err == nil {
			t.Errorf("split at %d", at)
		}
	}
	if _, _, err := Split(i, words, 30, "", 2); err == nil {
		t.Error("split without a title")
	}
}

func TestJoin(t *testing.T) {
	a := Item{ID: 1, Title: "送书", Lead: "图书馆", Period: Quarterly, Tags: []string{"下乡"}}
	b := Item{ID: 2, Title: "送戏", Lead: "图书馆、艺术馆", Cooperating: "文化站", Period: Monthly, Project: true, Tags: []string{"下乡", "演出"}}
	got := JoinItems([]Item{a, b}, []document.Span{document.At(30, 40), document.At(20, 30)})
	want := Item{ID: 1, Title: "送书", Lead: "图书馆、艺术馆", Cooperating: "文化站", Period: Monthly, Project: true, Tags: []string{"下乡", "演出"}, Span: document.At(20, 40)}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if len(a.Tags) != 1 {
		t.Error("joining changed what was joined")
	}
}

func TestRanksBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.Int64Range(0, 1<<40).Draw(t, "before")
		after := before + rapid.Int64Range(1, 1<<22).Draw(t, "room")
		n := rapid.IntRange(1, 200).Draw(t, "n")
		ranks, fits := RanksBetween(before, after, n)
		if fits != (after-before > int64(n)) && fits != ((after-before)/int64(n+1) >= 1) {
			t.Fatalf("fits %v in %d", fits, after-before)
		}
		if fits && (!slices.IsSorted(ranks) || ranks[0] <= before || ranks[n-1] >= after || len(slices.Compact(slices.Clone(ranks))) != n) {
			t.Fatalf("%v between %d and %d", ranks, before, after)
		}
	})
	if ranks, fits := RanksBetween(RankStep, 0, 2); !fits || !slices.Equal(ranks, []int64{2 * RankStep, 3 * RankStep}) {
		t.Errorf("at the end: %v", ranks)
	}
}
