package desk

import (
	"errors"
	"strings"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/plan"
)

var (
	erratum = plan.Reason{Kind: plan.Erratum, Cause: "把 3200 读成了 3000"}
	replan  = plan.Reason{Kind: plan.Replan, Cause: "购书经费减少", ApprovedBy: "局长办公会第 9 次会议", Basis: "安文〔2011〕40号", Day: "2011-08-10"}
)

func (w *town) tomorrow() { w.now = w.now.Add(24 * time.Hour) }

// An erratum and a re-plan of one target: what it was promised as, what it is now and
// what it was on any day stay apart, and the ledger says who, what and why.
func TestErratumAndReplan(t *testing.T) {
	w := newTown(t)
	r := w.forced(small)
	p, target := r.Plan.ID, r.Targets[0]
	w.publish(p, r.Items[0].ID, r.Items[1].ID)
	change := func(who Who, why plan.Reason, value int64) error {
		target := w.review(p).Targets[0]
		target.Value = plan.Whole(value)
		_, err := w.office.Amending(why).CorrectTarget(t.Context(), w.cmd(who), p, target, AsItStands)
		return err
	}
	if _, err := w.office.CorrectTarget(t.Context(), w.cmd(w.clerk), p, target, AsItStands); !errors.Is(err, plan.ErrUnreasoned) {
		t.Errorf("changed without a reason: %v", err)
	}
	if err := change(w.leader, erratum, 3200); !fault.Is(err, fault.Denied) {
		t.Errorf("somebody who may not: %v", err)
	}
	if err := change(w.clerk, erratum, 3000); !errors.Is(err, plan.ErrSameAsBefore) {
		t.Errorf("nothing was changed: %v", err)
	}
	w.tomorrow()
	w.must(change(w.clerk, erratum, 3200))
	w.tomorrow()
	before := len(w.entries())
	w.must(change(w.clerk, replan, 2500))
	r = w.review(p)
	if got := r.Targets[0]; got.Value != plan.Whole(2500) || got.Revision != 3 {
		t.Errorf("it stands as %s in revision %d", got.Value, got.Revision)
	}
	if got := r.Original().Targets[0].Value; got != plan.Whole(3200) {
		t.Errorf("the original is %s", got)
	}
	for day, want := range map[string]int64{"2011-08-08": 3000, "2011-08-09": 3200, "2011-08-10": 2500} {
		if got := r.AsOf(calendar.Day(day)).Targets[0].Value; got != plan.Whole(want) {
			t.Errorf("on %s it was %s", day, got)
		}
	}
	public, err := w.public.Plan(t.Context(), p)
	w.must(err)
	if a := public.Amendments; len(a) != 2 || a[1].Cause != replan.Cause || a[1].ApprovedBy != "" || a[1].By != 0 || public.Posts[a[1].Post] != "局办公室 · 综合岗" {
		t.Errorf("the public sees %+v by %v", a, public.Posts)
	}
	if public.asOf("2011-08-09").Targets[0].Value != plan.Whole(3200) || public.Original().Targets[0].Value != plan.Whole(3200) {
		t.Error("the public sees another past")
	}
	var kinds []string
	for _, e := range w.entries()[before:] {
		kinds = append(kinds, e.Entry.Kind+" "+string(e.Entry.Class))
	}
	if got := strings.Join(kinds, ", "); got != "change.recorded public, change.approved internal, target.recorded public" {
		t.Errorf("entries: %s", got)
	}
}

func TestWithdrawAndCancel(t *testing.T) {
	w := newTown(t)
	r := w.forced(small)
	p, item := r.Plan.ID, r.Items[1].ID
	w.tomorrow()
	w.must(w.office.Amending(approvedOn("2011-08-09")).DropItems(t.Context(), w.cmd(w.clerk), p, []id.Item{item}))
	r = w.review(p)
	if len(r.Items) != 3 || len(r.Targets) != 0 || r.Ended == nil || r.Ended.Items[0].Standing != plan.Cancelled || r.Ended.Targets[0].Standing != plan.Cancelled {
		t.Fatalf("stands %+v, ended %+v", r.Items, r.Ended)
	}
	if o := r.Original(); len(o.Items) != 4 || len(o.Targets) != 1 {
		t.Errorf("the original has %d items, %d targets", len(o.Items), len(o.Targets))
	}
	target := r.Ended.Targets[0]
	if _, err := w.office.Amending(erratum).CorrectTarget(t.Context(), w.cmd(w.clerk), p, target, AsItStands); !errors.Is(err, plan.ErrEnded) {
		t.Errorf("what was cancelled is changed: %v", err)
	}
	w.must(w.office.Amending(erratum).RestoreItem(t.Context(), w.cmd(w.clerk), p, item))
	if r = w.review(p); len(r.Items) != 4 || len(r.Targets) != 1 {
		t.Errorf("restored: %d items, %d targets", len(r.Items), len(r.Targets))
	}
	w.must(w.office.Amending(erratum).RemoveTarget(t.Context(), w.cmd(w.clerk), p, item, target.ID))
	r = w.review(p)
	if o := r.Original(); len(o.Targets) != 0 || len(r.Targets) != 0 || r.Ended.Targets[0].Standing != plan.Withdrawn {
		t.Errorf("no promise ever: %+v, original %+v", r.Ended, o.Targets)
	}
}

// What was missed is added from the document's own words; a re-plan cannot invent.
func TestAddAfterForce(t *testing.T) {
	w := newTown(t)
	r := w.forced(small)
	p := r.Plan.ID
	fresh := plan.Target{Item: r.Items[2].ID, Quote: "夜间开放", Indicator: "夜间开放", Bound: "eq", Value: plan.Whole(1), Hardness: "hard", Aggregate: "once"}
	if _, err := w.office.Amending(approvedOn("2011-08-08")).CorrectTarget(t.Context(), w.cmd(w.clerk), p, fresh, AsItStands); !errors.Is(err, plan.ErrNewPromise) {
		t.Errorf("a promise out of nowhere: %v", err)
	}
	_, err := w.office.Amending(erratum).CorrectTarget(t.Context(), w.cmd(w.clerk), p, fresh, AsItStands)
	w.must(err)
	r = w.review(p)
	if o := r.Original(); len(r.Targets) != 2 || len(o.Targets) != 2 || r.Targets[1].Revision != 1 {
		t.Errorf("%d targets, originally %d", len(r.Targets), len(o.Targets))
	}
	found := w.review(p).Find("延长开放时间")
	made, err := w.office.Amending(erratum).AddItem(t.Context(), w.cmd(w.clerk), p, found[0].Picked, plan.Item{Title: "延长开放时间", Period: plan.Monthly})
	w.must(err)
	for _, i := range w.review(p).Items {
		if i.ID == made && i.Released {
			t.Error("a new item is public")
		}
	}
}

// A question that was put off is answered later, which says how it was to be read.
func TestAnswerAfterForce(t *testing.T) {
	w := newTown(t)
	r := w.imported(small)
	p := r.Plan.ID
	w.must(w.office.TakeIntoForce(t.Context(), w.cmd(w.clerk), p, force))
	w.tomorrow()
	for _, q := range r.Questions {
		if q.Milestone == 0 || len(q.Choices) < 2 || !strings.Contains(strings.Join(q.Args, ""), "年前") {
			continue
		}
		w.must(w.office.Amending(plan.Reason{Kind: plan.LateAnswer}).AnswerQuestion(t.Context(), w.cmd(w.clerk), p, q.ID, 1, ""))
		r = w.review(p)
		for k, m := range r.Milestones {
			if m.ID == q.Milestone && (m.Due != "2012-01-22" || r.Original().Milestones[k].Due != m.Due || r.AsOf("2011-08-08").Milestones[k].Due == m.Due) {
				t.Errorf("due on %s, originally %s", m.Due, r.Original().Milestones[k].Due)
			}
		}
		return
	}
	t.Error("nobody asked what 年前 means")
}

// approvedOn gives a re-plan that was approved on a day.
func approvedOn(day calendar.Day) plan.Reason {
	r := replan
	r.Day = day
	return r
}
