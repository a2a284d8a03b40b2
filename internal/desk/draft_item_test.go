package desk

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/plan"

	"pgregory.net/rapid"
)

// stands writes down a draft without its document, so that two can be compared.
func (w *town) stands(p id.Plan) string {
	r := w.review(p)
	slices.SortFunc(r.Targets, func(a, b plan.Target) int { return int(a.ID - b.ID) })
	b, err := json.Marshal([]any{r.Plan, r.Items, r.Targets, r.Milestones, r.Phases, r.Questions})
	w.must(err)
	return string(b)
}

func TestItemsAreSplitJoinedAndDropped(t *testing.T) {
	w := newTown(t)
	r := w.imported(small)
	p, books := r.Plan.ID, r.Items[1]
	at := w.review(p).Find("2011年完成")
	if len(at) != 1 || at[0].Holders[0] != books.ID || !strings.HasSuffix(at[0].Before, "送书下乡。") {
		t.Fatalf("found %+v", at)
	}
	made, err := w.office.SplitItem(t.Context(), w.cmd(w.clerk), p, books.ID, at[0].Picked, "完成送书")
	w.must(err)
	r = w.review(p)
	if len(r.Items) != 5 || r.Items[2].ID != made || r.Items[2].Title != "完成送书" || r.Targets[0].Item != made || r.Items[2].Node != books.Node {
		t.Fatalf("split: %+v", r.Items)
	}
	w.must(w.office.JoinItems(t.Context(), w.cmd(w.clerk), p, []id.Item{made, books.ID}))
	r = w.review(p)
	if len(r.Items) != 4 || r.Items[1].ID != books.ID || r.Targets[0].Item != books.ID {
		t.Fatalf("joined: %+v", r.Items)
	}
	w.must(w.office.DropItems(t.Context(), w.cmd(w.clerk), p, []id.Item{books.ID}))
	if r = w.review(p); len(r.Items) != 3 || len(r.Targets) != 0 {
		t.Fatalf("dropped: %+v", r.Items)
	}
	w.must(w.office.UndoStep(t.Context(), w.cmd(w.clerk), p))
	if r = w.review(p); len(r.Items) != 4 || len(r.Targets) != 1 {
		t.Fatalf("brought back: %+v", r.Items)
	}
	if err := w.office.JoinItems(t.Context(), w.cmd(w.clerk), p, []id.Item{made}); !fault.Is(err, fault.Missing) {
		t.Errorf("joined one that is gone: %v", err)
	}
	if err := w.office.DropItems(t.Context(), w.cmd(w.clerk), p, nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("dropped none: %v", err)
	}
}

func TestItemsAreMovedAndSet(t *testing.T) {
	w := newTown(t)
	r := w.imported(small)
	p := r.Plan.ID
	order := func() (titles string) {
		for _, i := range w.review(p).Items {
			titles += string([]rune(i.Title)[:2])
		}
		return titles
	}
	was := order()
	last := r.Items[3]
	w.must(w.office.MoveItems(t.Context(), w.cmd(w.clerk), p, []id.Item{last.ID}, Place{After: 0, Under: 2}))
	if got := w.review(p); got.Items[0].ID != last.ID || got.Items[0].Under != 2 {
		t.Errorf("moved to the front: %s", order())
	}
	// A place is found also where ranks have come to lie next to each other.
	for range 60 {
		i := w.review(p).Items[3].ID
		w.must(w.office.MoveItems(t.Context(), w.cmd(w.clerk), p, []id.Item{i}, Place{After: w.review(p).Items[0].ID, Under: KeepHeading}))
		if w.review(p).Items[1].ID != i {
			t.Fatalf("not moved behind the first: %s", order())
		}
	}
	for range 61 {
		w.must(w.office.UndoStep(t.Context(), w.cmd(w.clerk), p))
	}
	if order() != was {
		t.Errorf("order %s, want %s", order(), was)
	}
	lead, quarterly := "市图书馆", plan.Quarterly
	w.must(w.office.SetItems(t.Context(), w.cmd(w.clerk), p, []id.Item{r.Items[0].ID, r.Items[1].ID, r.Items[2].ID},
		Many{Lead: &lead, Period: &quarterly, AddTags: []string{"下乡"}, Due: "2011-11-30"}))
	r = w.review(p)
	for _, i := range r.Items[:3] {
		if i.Lead != lead || i.Period != quarterly || !slices.Equal(i.Tags, []string{"下乡"}) {
			t.Errorf("set: %+v", i)
		}
	}
	dues := map[string]bool{}
	for _, m := range r.Milestones {
		if m.Due == "2011-11-30" {
			dues[m.Title] = true
		}
	}
	if len(dues) != 1 || r.Targets[0].Deadline != "2011-12-31" || r.Items[3].Lead == lead {
		t.Errorf("days set: %v, target %s", dues, r.Targets[0].Deadline)
	}
}

func TestItemsAndPhasesAreAddedFromWords(t *testing.T) {
	w := newTown(t)
	r := w.imported(small)
	p := r.Plan.ID
	at := w.review(p).Find("报送局办公室")
	made, err := w.office.AddItem(t.Context(), w.cmd(w.clerk), p, at[0].Picked, plan.Item{Title: "收齐方案", Lead: "局办公室", Period: plan.Monthly})
	w.must(err)
	w.must(w.office.AddPhase(t.Context(), w.cmd(w.clerk), p, at[0].Picked, plan.Phase{Name: "准备", First: "2011-08-01", Last: "2011-09-23"}))
	r = w.review(p)
	if i := r.Items[4]; len(r.Items) != 5 || i.ID != made || i.Node != at[0].Node || i.Span.Start() != at[0].Span.Start() {
		t.Errorf("added %+v", r.Items)
	}
	if len(r.Phases) != 1 || r.Phases[0].Name != "准备" {
		t.Errorf("phases %+v", r.Phases)
	}
	w.must(w.office.RemovePhase(t.Context(), w.cmd(w.clerk), p, r.Phases[0].Ordinal))
	if n := len(w.review(p).Phases); n != 0 {
		t.Errorf("%d phases", n)
	}
	for name, from := range map[string]Picked{
		"other words than stand there": {at[0].Span, "报送局长"},
		"outside the document":         {document.At(5, 5000), "x"},
		"nothing":                      {nil, "报送"},
		"part of what is there":        {at[0].Span, "报送"},
	} {
		if _, err := w.office.AddItem(t.Context(), w.cmd(w.clerk), p, from, plan.Item{Title: "x"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("added from %s: %v", name, err)
		}
	}
}

// Whatever one person does to a draft, taking all of it back gives the draft as it was,
// and doing it all again the draft as it became.
func TestEverythingIsUndone(t *testing.T) {
	w := newTown(t)
	rapid.Check(t, func(t *rapid.T) {
		p := w.imported(small).Plan.ID
		before := w.stands(p)
		steps := 0
		for range rapid.IntRange(1, 8).Draw(t, "acts") {
			r := w.review(p)
			some := func(name string) []id.Item {
				var out []id.Item
				for _, i := range r.Items {
					if rapid.Bool().Draw(t, name) {
						out = append(out, i.ID)
					}
				}
				return out
			}
			cmd := w.cmd(w.clerk)
			switch rapid.IntRange(0, 6).Draw(t, "act") {
			case 0:
				_ = w.office.DropItems(w.Context(), cmd, p, some("dropped"))
			case 1:
				_ = w.office.JoinItems(w.Context(), cmd, p, some("joined"))
			case 2:
				to := Place{After: KeepPlace, Under: rapid.IntRange(-1, 3).Draw(t, "under")}
				if len(r.Items) > 0 && rapid.Bool().Draw(t, "moves") {
					to.After = r.Items[rapid.IntRange(0, len(r.Items)-1).Draw(t, "after")].ID
				}
				_ = w.office.MoveItems(w.Context(), cmd, p, some("moved"), to)
			case 3:
				lead := rapid.SampledFrom([]string{"", "甲馆"}).Draw(t, "lead")
				_ = w.office.SetItems(w.Context(), cmd, p, some("set"), Many{Lead: &lead, Due: "2011-12-01", DueOfAll: rapid.Bool().Draw(t, "all")})
			case 4:
				q := r.Questions
				if len(q) > 0 {
					one := q[rapid.IntRange(0, len(q)-1).Draw(t, "question")]
					_ = w.office.AnswerQuestion(w.Context(), cmd, p, one.ID, rapid.IntRange(-1, 1).Draw(t, "choice"), "说明")
				}
			case 5:
				if len(r.Items) > 0 {
					i := r.Items[rapid.IntRange(0, len(r.Items)-1).Draw(t, "split")]
					at := w.review(p).Find(rapid.SampledFrom([]string{"2011年完成", "力争", "9月23日"}).Draw(t, "quote"))
					_, _ = w.office.SplitItem(w.Context(), cmd, p, i.ID, at[0].Picked, "后半")
				}
			case 6:
				at := w.review(p).Find("夜间开放")
				_, _ = w.office.AddItem(w.Context(), cmd, p, at[0].Picked, plan.Item{Title: "开门"})
			}
			n := len(must(w.office.LatestSteps(w.Context(), w.clerk, p, 100)))
			steps = n
		}
		after := w.stands(p)
		for range steps {
			w.must(w.office.UndoStep(w.Context(), w.cmd(w.clerk), p))
		}
		if got := w.stands(p); got != before {
			t.Fatalf("taken back:\n%s\nwas\n%s", got, before)
		}
		for range steps {
			w.must(w.office.RedoStep(w.Context(), w.cmd(w.clerk), p))
		}
		if got := w.stands(p); got != after {
			t.Fatalf("done again:\n%s\nwas\n%s", got, after)
		}
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
