package desk

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/org"
	"luoshi/plan"

	"pgregory.net/rapid"
)

func (w *town) titleOf(p id.Plan, i id.Item) string {
	for _, item := range w.review(p).Items {
		if item.ID == i {
			return item.Title
		}
	}
	return ""
}

func TestUndoAndRedo(t *testing.T) {
	w := newTown(t)
	r := w.imported(small)
	p, item, target := r.Plan.ID, r.Items[1], r.Targets[0]
	was := item.Title
	item.Title = "送书到村"
	// As a form sends it, which says from which step its values come.
	w.must(w.office.CorrectItem(t.Context(), w.cmd(w.clerk), p, item, Seen{0, 0}))
	w.must(w.office.RemoveTarget(t.Context(), w.cmd(w.clerk), p, target.Item, target.ID))
	w.must(w.office.UndoStep(t.Context(), w.cmd(w.clerk), p))
	if r = w.review(p); len(r.Targets) != 1 || r.Targets[0].Quote != target.Quote || r.Targets[0].Span.Start() != target.Span.Start() {
		t.Errorf("the target did not come back: %+v", r.Targets)
	}
	w.must(w.office.UndoStep(t.Context(), w.cmd(w.clerk), p))
	if got := w.titleOf(p, item.ID); got != was {
		t.Errorf("title %q, want %q", got, was)
	}
	if err := w.office.UndoStep(t.Context(), w.cmd(w.clerk), p); !errors.Is(err, errNothingToUndo) {
		t.Errorf("undone a third time: %v", err)
	}
	w.must(w.office.RedoStep(t.Context(), w.cmd(w.clerk), p))
	w.must(w.office.RedoStep(t.Context(), w.cmd(w.clerk), p))
	if r = w.review(p); len(r.Targets) != 0 || w.titleOf(p, item.ID) != "送书到村" {
		t.Errorf("after doing it again: %d targets, %q", len(r.Targets), w.titleOf(p, item.ID))
	}
	w.must(w.office.UndoStep(t.Context(), w.cmd(w.clerk), p))
	w.must(w.office.DeferQuestion(t.Context(), w.cmd(w.clerk), p, r.Questions[0].ID))
	if err := w.office.RedoStep(t.Context(), w.cmd(w.clerk), p); !errors.Is(err, errNothingToRedo) {
		t.Errorf("done again after something else: %v", err)
	}
	steps, err := w.office.LatestSteps(t.Context(), w.clerk, p, 20)
	w.must(err)
	if len(steps) != 8 || steps[0].By.Name != "周明远" || steps[0].Pattern != "问题待定：%s" || len(steps[0].Nodes) == 0 {
		t.Errorf("%d steps, the last %+v", len(steps), steps[0])
	}
}

func TestAnswerIsUndone(t *testing.T) {
	w := newTown(t)
	r := w.imported(small)
	for _, q := range r.Questions {
		if len(q.Choices) > 1 && q.Milestone != 0 {
			due := func() string {
				for _, m := range w.review(r.Plan.ID).Milestones {
					if m.ID == q.Milestone {
						return string(m.Due)
					}
				}
				return ""
			}
			was := due()
			w.must(w.office.AnswerQuestion(t.Context(), w.cmd(w.clerk), r.Plan.ID, q.ID, 1, ""))
			is := due()
			w.must(w.office.UndoStep(t.Context(), w.cmd(w.clerk), r.Plan.ID))
			if due() != was || is == was {
				t.Errorf("%s: %s, answered %s, undone %s", q.Kind, was, is, due())
			}
			return
		}
	}
	t.Fatal("no question with a day")
}

// What hangs on something that one person made keeps it from being taken back.
func TestAlikeQuestionsAreAnsweredTogether(t *testing.T) {
	w := newTown(t)
	r := w.imported("安澜市送书方案\n一、任务\n1、送书。2011年9月23日之前送图书300册到村。\n2、送戏。2011年10月20日之前送演出20场到村。\n3、送影。2011年11月5日之前放电影30场。\n2011年8月8日\n")
	var first plan.Question
	for _, q := range r.Questions {
		if len(plan.OpenAlike(r.Questions, q)) == 2 {
			first = q
			break
		}
	}
	if first.ID == 0 {
		t.Fatalf("no three questions alike: %+v", r.Questions)
	}
	days := func() (out []string) {
		r = w.review(r.Plan.ID)
		for _, t := range r.Targets {
			out = append(out, string(t.Deadline))
		}
		return out
	}
	was := days()
	w.must(w.office.AnswerAlike(t.Context(), w.cmd(w.clerk), r.Plan.ID, first.ID, 1))
	if is := days(); slices.Equal(is, was) || !slices.Equal(is, []string{"2011-09-22", "2011-10-19", "2011-11-04"}) || len(plan.OpenAlike(r.Questions, first)) != 0 {
		t.Errorf("answered together: %v", is)
	}
	w.must(w.office.UndoStep(t.Context(), w.cmd(w.clerk), r.Plan.ID))
	if is := days(); !slices.Equal(is, was) || len(plan.OpenAlike(r.Questions, first)) != 2 {
		t.Errorf("undone: %v", is)
	}
}

func TestUndoRefusesWhereAnotherWorkedSince(t *testing.T) {
	w := newTown(t)
	second := w.hire("综合岗", "沈玉兰", org.Clerk)
	r := w.imported(small)
	p, item := r.Plan.ID, r.Items[1]
	target := plan.Target{Item: item.ID, Quote: "送图书3000册", Indicator: "送书", Bound: "ge", Value: plan.Whole(3000), Hardness: "hard", Aggregate: "sum"}
	made, err := w.office.CorrectTarget(t.Context(), w.cmd(w.clerk), p, target, AsItStands)
	w.must(err)
	target.ID, target.Unit = made, "册"
	_, err = w.office.CorrectTarget(t.Context(), w.cmd(second), p, target, AsItStands)
	w.must(err)
	if err := w.office.UndoStep(t.Context(), w.cmd(w.clerk), p); !errors.Is(err, plan.ErrChangedSince) {
		t.Errorf("undone over another's change: %v", err)
	}
	w.must(w.office.UndoStep(t.Context(), w.cmd(second), p))
	w.must(w.office.UndoStep(t.Context(), w.cmd(w.clerk), p))
	if n := len(w.review(p).Targets); n != 1 {
		t.Errorf("%d targets", n)
	}
}

// writing is what is known of one field: who wrote it last, in which step.
type writing struct {
	value string
	by    int
	seq   int64
}

// Two people who open forms, save, undo and redo in any order overwrite nothing that
// they were not shown, and take back nothing of each other's.
func TestTwoPeopleLoseNothing(t *testing.T) {
	w := newTown(t)
	people := []Who{w.clerk, w.hire("综合岗", "沈玉兰", org.Clerk)}
	type form struct {
		saw, item plan.Item
		seen      Seen
	}
	rapid.Check(t, func(t *rapid.T) {
		r := w.imported(small)
		p, first := r.Plan.ID, r.Items[1].ID
		read := func() (plan.Item, int64) {
			r := w.review(p)
			for _, i := range r.Items {
				if i.ID == first {
					return i, r.LastStep
				}
			}
			t.Fatal("the item is gone")
			return plan.Item{}, 0
		}
		fields := func(i plan.Item) map[string]string {
			return map[string]string{"title": i.Title, "lead": i.Lead, "cooperating": i.Cooperating}
		}
		// Who wrote what stands now, and for each person the steps done and taken back.
		written := map[string]writing{}
		actor := map[string]int{} // who changed it last, be it by undoing
		type made struct{ before, after map[string]writing }
		var done, undone [2][]made
		for name, value := range fields(func() plan.Item { i, _ := read(); return i }()) {
			written[name] = writing{value, -1, 0}
		}
		// note learns of a step of a person from what stood before and stands after.
		note := func(by int) {
			i, seq := read()
			before := maps.Clone(written)
			for name, value := range fields(i) {
				if written[name].value != value {
					written[name], actor[name] = writing{value, by, seq}, by
				}
			}
			if !maps.Equal(before, written) {
				done[by], undone[by] = append(done[by], made{before, maps.Clone(written)}), nil
			}
		}
		forms := make([]*form, 2)
		for range rapid.IntRange(3, 12).Draw(t, "acts") {
			by := rapid.IntRange(0, 1).Draw(t, "who")
			before, _ := read()
			switch act := rapid.SampledFrom([]string{"open", "save", "save", "undo", "redo"}).Draw(t, "act"); {
			case act == "open" || act == "save" && forms[by] == nil:
				i, seq := read()
				forms[by] = &form{i, i, Seen{seq, seq}}
			case act == "save":
				f := forms[by]
				sent := f.item
				value := rapid.SampledFrom([]string{"甲", "乙", "丙"}).Draw(t, "value")
				switch rapid.IntRange(0, 2).Draw(t, "field") {
				case 0:
					sent.Title = value
				case 1:
					sent.Lead = value
				default:
					sent.Cooperating = value
				}
				err := w.office.CorrectItem(w.Context(), w.cmd(people[by]), p, sent, f.seen)
				after, seq := read()
				if fault.Is(err, fault.Conflict) {
					if fields(after)["title"] != before.Title || after.Lead != before.Lead {
						t.Fatalf("a refused form changed something")
					}
					f.saw, f.item, f.seen.Told = after, sent, seq // the page says so; what was typed stays
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				for name, value := range fields(after) {
					if was := written[name]; value != was.value && was.value != fields(f.saw)[name] && actor[name] == 1-by {
						t.Fatalf("%s of person %d was overwritten unseen: %+v", name, 1-by, was)
					}
				}
				note(by)
				forms[by] = nil
			case act == "undo":
				err := w.office.UndoStep(w.Context(), w.cmd(people[by]), p)
				after, _ := read()
				for name, value := range fields(after) {
					if was := written[name]; value != was.value && (err != nil || was.by != by) {
						t.Fatalf("undo by person %d took back %s of another: %+v is %q (%v)", by, name, was, value, err)
					}
				}
				if err == nil {
					last := len(done[by]) - 1
					step := done[by][last]
					done[by], undone[by] = done[by][:last], append(undone[by], step)
					for name, value := range fields(after) {
						if value != written[name].value {
							written[name], actor[name] = step.before[name], by
						}
						if value != written[name].value {
							t.Fatalf("%s is %q after undoing a step that began with %+v", name, value, step.before[name])
						}
					}
				}
			default:
				err := w.office.RedoStep(w.Context(), w.cmd(people[by]), p)
				after, _ := read()
				for name, value := range fields(after) {
					was := written[name]
					if value == was.value {
						continue
					}
					if err != nil || len(undone[by]) == 0 || undone[by][len(undone[by])-1].before[name].value != was.value {
						t.Fatalf("redo by person %d overwrote %s: %+v is %q (%v)", by, name, was, value, err)
					}
				}
				if err == nil {
					last := len(undone[by]) - 1
					step := undone[by][last]
					undone[by], done[by] = undone[by][:last], append(done[by], step)
					for name, value := range fields(after) {
						if value != written[name].value {
							written[name], actor[name] = step.after[name], by
						}
					}
				}
			}
		}
	})
}
