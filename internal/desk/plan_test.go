package desk

import (
	"errors"
	"strings"
	"testing"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

func TestFromPaperToPage(t *testing.T) {
	w := newTown(t)
	r := w.imported(small)
	if r.Plan.Title != "安澜市图书馆服务月方案" || len(r.Items) != 4 || len(r.Targets) != 1 || len(r.Milestones) != 2 {
		t.Fatalf("read as %q with %d items, %d targets, %d milestones", r.Plan.Title, len(r.Items), len(r.Targets), len(r.Milestones))
	}
	before := len(w.entries())
	w.answerAll(r)
	if n := len(w.entries()); n != before {
		t.Errorf("%d entries for work on a draft", n-before)
	}
	w.must(w.office.TakeIntoForce(t.Context(), w.cmd(w.clerk), r.Plan.ID, force))
	r = w.review(r.Plan.ID)
	if r.Plan.State != plan.InForce || r.Targets[0].Revision != 1 || r.Plan.Number != force.Number {
		t.Errorf("in force: %+v, revision %d", r.Plan, r.Targets[0].Revision)
	}
	if _, err := w.public.Plan(t.Context(), r.Plan.ID); !fault.Is(err, fault.Missing) {
		t.Errorf("in force is not public: %v", err)
	}
	chosen := []id.Item{r.Items[0].ID, r.Items[1].ID}
	w.must(w.office.Publish(t.Context(), w.cmd(w.leader), r.Plan.ID, plan.Release{Items: chosen}, lookedOver))
	seen, err := w.public.Plan(t.Context(), r.Plan.ID)
	w.must(err)
	if len(seen.Items) != 2 || len(seen.Targets) != 1 || seen.Plan.ApprovedBy != "" || seen.Plan.TakenBy != 0 {
		t.Errorf("public sees %d items, %d targets, %+v", len(seen.Items), len(seen.Targets), seen.Plan)
	}
	if _, err := w.public.Item(t.Context(), r.Items[2].ID); !fault.Is(err, fault.Missing) {
		t.Errorf("a withheld item is shown: %v", err)
	}
	item, err := w.public.Item(t.Context(), r.Items[1].ID)
	w.must(err)
	if len(item.History) < 3 {
		t.Errorf("history of %d lines", len(item.History))
	}
	w.must(w.office.Publish(t.Context(), w.cmd(w.leader), r.Plan.ID, plan.Release{Items: []id.Item{r.Items[2].ID}}, lookedOver))
	w.must(w.office.ClosePlan(t.Context(), w.cmd(w.leader), r.Plan.ID, "全部办完"))
	if r = w.review(r.Plan.ID); r.Plan.State != plan.Closed {
		t.Errorf("closed: %+v", r.Plan)
	}
}

// A question keeps nobody from taking a plan into force: it is put off.
func TestOpenQuestionsArePutOff(t *testing.T) {
	w := newTown(t)
	r := w.imported(small)
	w.must(w.office.TakeIntoForce(t.Context(), w.cmd(w.clerk), r.Plan.ID, force))
	for _, q := range w.review(r.Plan.ID).Questions {
		want := plan.QuestionDeferred
		if q.Kind == "missing_document_number" { // the approval says it
			want = plan.QuestionAnswered
		}
		if q.State != want {
			t.Errorf("%s is %s", q.Kind, q.State)
		}
	}
}

func TestWhoMay(t *testing.T) {
	w := newTown(t)
	r := w.forced(small)
	all := []id.Item{r.Items[0].ID}
	for name, err := range map[string]error{
		"a leader imports": func() error {
			_, err := w.office.ImportPlan(t.Context(), w.cmd(w.leader), Import{Original: []byte(small)})
			return err
		}(),
		"a clerk publishes": w.office.Publish(t.Context(), w.cmd(w.clerk), r.Plan.ID, plan.Release{Items: all}, lookedOver),
		"a clerk opens an account": func() error {
			_, err := w.office.OpenAccount(t.Context(), w.cmd(w.clerk), NewAccount{Unit: "局办公室", Title: "岗", Name: "某某"})
			return err
		}(),
		"a stranger closes": w.office.ClosePlan(t.Context(), db.Cmd{City: 1, ID: w.command()}, r.Plan.ID, "x"),
	} {
		if f := fault.Of(err); f == nil || f.Kind != fault.Denied && f.Kind != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The administrator has every role, and still cannot do both acts alone.
	own, err := w.office.ImportPlan(t.Context(), w.cmd(w.admin), Import{Original: []byte(small)})
	w.must(err)
	review := w.review(own)
	w.answerAll(review)
	w.must(w.office.TakeIntoForce(t.Context(), w.cmd(w.admin), own, force))
	if err := w.office.Publish(t.Context(), w.cmd(w.admin), own, plan.Release{Items: []id.Item{review.Items[0].ID}}, lookedOver); !errors.Is(err, plan.ErrSamePerson) {
		t.Errorf("one person did both: %v", err)
	}
}

func TestClosedAccountCanDoNothing(t *testing.T) {
	w := newTown(t)
	w.must(w.office.CloseAccount(t.Context(), w.cmd(w.admin), w.clerk.Account))
	if _, err := w.office.Who(t.Context(), w.clerk.Account); !fault.Is(err, fault.Denied) {
		t.Errorf("signed in: %v", err)
	}
	if _, err := w.office.ImportPlan(t.Context(), w.cmd(w.clerk), Import{Original: []byte(small)}); !fault.Is(err, fault.Denied) {
		t.Errorf("acted: %v", err)
	}
	if err := w.office.CloseAccount(t.Context(), w.cmd(w.admin), w.admin.Account); !errors.Is(err, errOwnAccount) {
		t.Errorf("closed itself: %v", err)
	}
}

func TestAnswersSetWhatHangsOnThem(t *testing.T) {
	w := newTown(t)
	r := w.imported(small)
	found := false
	for _, q := range r.Questions {
		if q.Milestone == 0 || len(q.Choices) < 2 || !strings.Contains(strings.Join(q.Args, ""), "年前") {
			continue
		}
		found = true
		w.must(w.office.AnswerQuestion(t.Context(), w.cmd(w.clerk), r.Plan.ID, q.ID, 1, ""))
		for _, m := range w.review(r.Plan.ID).Milestones {
			if m.ID == q.Milestone && m.Due != "2012-01-22" {
				t.Errorf("due on %s", m.Due)
			}
		}
	}
	if !found {
		t.Error("nobody asked what 年前 means")
	}
}

func TestCorrections(t *testing.T) {
	w := newTown(t)
	r := w.imported(small)
	p, target := r.Plan.ID, r.Targets[0]
	target.Value, target.Bound = plan.Whole(3200), "ge"
	_, err := w.office.CorrectTarget(t.Context(), w.cmd(w.clerk), p, target, AsItStands)
	w.must(err)
	added := plan.Target{Item: r.Items[2].ID, Quote: "夜间开放的准备工作", Indicator: "夜间开放", Bound: "eq", Value: plan.Whole(1), Hardness: "hard", Aggregate: "once"}
	made, err := w.office.CorrectTarget(t.Context(), w.cmd(w.clerk), p, added, AsItStands)
	w.must(err)
	item := r.Items[1]
	item.Lead = "市图书馆"
	w.must(w.office.CorrectItem(t.Context(), w.cmd(w.clerk), p, item, AsItStands))
	w.must(w.office.RemoveMilestone(t.Context(), w.cmd(w.clerk), p, r.Milestones[0].Item, r.Milestones[0].ID))
	again := w.review(p)
	if again.Targets[0].Value != plan.Whole(3200) || again.Targets[0].Quote != target.Quote || again.Items[1].Lead != "市图书馆" || len(again.Milestones) != len(r.Milestones)-1 {
		t.Errorf("after corrections: %+v", again.Draft)
	}
	for _, x := range again.Targets {
		if x.ID == made && x.Span.In([]rune(again.Text)) != added.Quote {
			t.Errorf("the added target stands at %q", x.Span.In([]rune(again.Text)))
		}
	}
	added.Quote = "没有这句话"
	if _, err := w.office.CorrectTarget(t.Context(), w.cmd(w.clerk), p, added, AsItStands); !errors.Is(err, errQuote) {
		t.Errorf("a promise that stands nowhere: %v", err)
	}
	other := w.imported(small)
	if err := w.office.CorrectItem(t.Context(), w.cmd(w.clerk), other.Plan.ID, item, AsItStands); !fault.Is(err, fault.Missing) {
		t.Errorf("an item of another plan: %v", err)
	}
	w.must(w.office.DiscardPlan(t.Context(), w.cmd(w.clerk), other.Plan.ID))
	if _, err := w.office.Plan(t.Context(), w.clerk, other.Plan.ID); !fault.Is(err, fault.Missing) {
		t.Errorf("discarded: %v", err)
	}
	forced := w.forced(small)
	if err := w.office.CorrectItem(t.Context(), w.cmd(w.clerk), forced.Plan.ID, forced.Items[0], AsItStands); !errors.Is(err, plan.ErrUnreasoned) {
		t.Errorf("corrected in force: %v", err)
	}
	if err := w.office.DiscardPlan(t.Context(), w.cmd(w.clerk), forced.Plan.ID); !errors.Is(err, plan.ErrNotDraft) {
		t.Errorf("discarded in force: %v", err)
	}
}

func TestSameImportTwice(t *testing.T) {
	w := newTown(t)
	cmd := w.cmd(w.clerk)
	first, err := w.office.ImportPlan(t.Context(), cmd, Import{Original: []byte(small)})
	w.must(err)
	again, err := w.office.ImportPlan(t.Context(), cmd, Import{Original: []byte(small)})
	if err != nil || again != first {
		t.Errorf("again: %v, want %v (%v)", again, first, err)
	}
	_, err = w.office.ImportPlan(t.Context(), cmd, Import{Original: []byte(small + "又改了")})
	var other *db.OtherContent
	if !errors.As(err, &other) || other.Answers[0] != int64(first) {
		t.Errorf("edited: %v", err)
	}
}

// Whatever way an answer goes, the days are those that it says.
func TestAnswersComeAndGo(t *testing.T) {
	w := newTown(t)
	r := w.imported(small)
	for _, q := range r.Questions {
		if q.Milestone == 0 || len(q.Choices) < 2 {
			continue
		}
		due := func() (day string) {
			for _, m := range w.review(r.Plan.ID).Milestones {
				if m.ID == q.Milestone {
					day = string(m.Due)
				}
			}
			return day
		}
		read, other := due(), q.Choices[1].Set["date"]
		for step, act := range []func() error{
			func() error {
				return w.office.AnswerQuestion(t.Context(), w.cmd(w.clerk), r.Plan.ID, q.ID, 1, "")
			},
			func() error { return w.office.DeferQuestion(t.Context(), w.cmd(w.clerk), r.Plan.ID, q.ID) },
			func() error {
				return w.office.AnswerQuestion(t.Context(), w.cmd(w.clerk), r.Plan.ID, q.ID, 1, "")
			},
			func() error {
				return w.office.AnswerQuestion(t.Context(), w.cmd(w.clerk), r.Plan.ID, q.ID, plan.OwnWords, "看情况")
			},
		} {
			w.must(act())
			if want := []string{other, read}[step%2]; due() != want {
				t.Errorf("step %d of %q: due %s, want %s", step, plan.Fill(q.Pattern, q.Args), due(), want)
			}
		}
	}
}

func TestPublishRefuses(t *testing.T) {
	w := newTown(t)
	r := w.forced(small)
	stranger := w.forced(small).Items[0].ID
	if err := w.office.Publish(t.Context(), w.cmd(w.leader), r.Plan.ID, plan.Release{Items: []id.Item{r.Items[0].ID, stranger}}, lookedOver); !errors.Is(err, errNotItsItem) {
		t.Errorf("an item of another plan: %v", err)
	}
	w.must(w.office.ClosePlan(t.Context(), w.cmd(w.leader), r.Plan.ID, "不办了"))
	if err := w.office.Publish(t.Context(), w.cmd(w.leader), r.Plan.ID, plan.Release{Items: []id.Item{r.Items[0].ID}}, lookedOver); !errors.Is(err, plan.ErrClosed) {
		t.Errorf("a plan that is closed: %v", err)
	}
}

// Throwing a draft away leaves every other plan whole.
func TestDiscardLeavesOthers(t *testing.T) {
	w := newTown(t)
	before, thrown, after := w.imported(small), w.imported(small), w.forced(small)
	w.must(w.office.DiscardPlan(t.Context(), w.cmd(w.clerk), thrown.Plan.ID))
	for _, kept := range []Review{before, after} {
		now := w.review(kept.Plan.ID)
		if len(now.Items) != len(kept.Items) || len(now.Targets) != len(kept.Targets) || len(now.Questions) != len(kept.Questions) {
			t.Errorf("%d items of %d are left", len(now.Items), len(kept.Items))
		}
	}
	w.must(w.db.Read(t.Context(), func(v *db.View) error {
		for _, table := range []string{"plan_item", "item"} {
			n, err := db.Row(v, db.Value[int], "SELECT COUNT(*) FROM "+table+" /*fanout*/")
			if err != nil || n != len(before.Items)+len(after.Items) {
				t.Errorf("%d rows in %s: %v", n, table, err)
			}
		}
		return nil
	}))
}

// A figure that the plan states twice is counted once where the answer says so.
func TestJoinRepeated(t *testing.T) {
	w := newTown(t)
	r := w.imported("安澜市2011年送戏方案\n一、目标\n全年组织市剧团送戏下乡300场。\n二、任务\n（一）送戏。全年组织市剧团送戏下乡300场。\n")
	figures := func() int { return len(w.review(r.Plan.ID).Targets) }
	if n := figures(); n != 2 {
		t.Fatalf("%d figures were read", n)
	}
	for _, q := range w.review(r.Plan.ID).Questions {
		if q.Kind == "repeated" {
			w.must(w.office.AnswerQuestion(t.Context(), w.cmd(w.clerk), r.Plan.ID, q.ID, 1, ""))
		}
	}
	if n := figures(); n != 1 {
		t.Errorf("%d figures are left", n)
	}
}
