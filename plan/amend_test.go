package plan_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
	"luoshi/plan"

	"pgregory.net/rapid"
)

func TestReasons(t *testing.T) {
	replan := plan.Reason{Kind: plan.Replan, Cause: "经费减了", ApprovedBy: "局长办公会", Day: "2012-04-20"}
	for name, c := range map[string]struct {
		reason plan.Reason
		wrong  string
	}{
		"a re-plan":                    {replan, ""},
		"nothing chosen":               {plan.Reason{Cause: "错了"}, "请先选"},
		"an erratum":                   {plan.Reason{Kind: plan.Erratum, Cause: "把 1800 读成了 1500"}, ""},
		"an erratum without words":     {plan.Reason{Kind: plan.Erratum}, "说明"},
		"a re-plan without cause":      {func() plan.Reason { r := replan; r.Cause = ""; return r }(), "原因"},
		"a re-plan nobody approved":    {func() plan.Reason { r := replan; r.ApprovedBy = ""; return r }(), "批准人"},
		"a re-plan without a day":      {func() plan.Reason { r := replan; r.Day = ""; return r }(), "批准日期"},
		"a re-plan approved tomorrow":  {func() plan.Reason { r := replan; r.Day = "2012-05-02"; return r }(), "不能晚于今天"},
		"an answer needs no words":     {plan.Reason{Kind: plan.LateAnswer}, ""},
		"a new place needs no words":   {plan.Reason{Kind: plan.NewText}, ""},
		"a cause longer than a letter": {plan.Reason{Kind: plan.Erratum, Cause: strings.Repeat("长", 501)}, "说明"},
	} {
		err := plan.CheckReason(c.reason, "2012-05-01")
		if c.wrong == "" && err != nil || c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// amending plays amendments of one target, for tests.
type amending struct {
	now   plan.Target
	there bool
	all   []plan.Amendment
}

var day0 = time.Date(2011, 8, 8, 2, 0, 0, 0, time.UTC)

func (a *amending) make(kind plan.AmendmentKind, days int, change func(*plan.Target)) {
	is := a.now
	change(&is)
	is.Revision++
	was := &a.now
	if !a.there {
		was, a.there = nil, true
	}
	e, _ := plan.EditOf("target", is.ID.String(), was, &is)
	a.all = append(a.all, plan.Amendment{Version: len(a.all) + 2, Reason: plan.Reason{Kind: kind}, At: day0.AddDate(0, 0, days),
		Parts: []plan.AmendmentPart{{Item: is.Item, Edits: []plan.Edit{e}}}})
	a.now = is
}

func value(n int64) func(*plan.Target) { return func(t *plan.Target) { t.Value = plan.Whole(n) } }

func ends(s plan.Standing) func(*plan.Target) { return func(t *plan.Target) { t.Standing = s } }

func figure(all []plan.Target) string {
	if len(all) == 0 {
		return "none"
	}
	return all[0].Value.String() + all[0].Unit
}

func TestOriginalAndAsOf(t *testing.T) {
	unit := func(t *plan.Target) { t.Unit = "册" }
	for name, c := range map[string]struct {
		fresh    bool // it was not in force from the beginning
		play     func(a *amending)
		original string
		present  string
		asOf     map[int]string // by days after it came into force
	}{
		"untouched":                 {false, func(*amending) {}, "1500场", "1500场", map[int]string{0: "1500场"}},
		"an erratum":                {false, func(a *amending) { a.make(plan.Erratum, 3, value(1800)) }, "1800场", "1800场", map[int]string{2: "1500场", 3: "1800场"}},
		"a re-plan":                 {false, func(a *amending) { a.make(plan.Replan, 3, value(1200)) }, "1500场", "1200场", map[int]string{2: "1500场", 3: "1200场", 99: "1200场"}},
		"an erratum, then a change": {false, func(a *amending) { a.make(plan.Erratum, 1, value(1800)); a.make(plan.Replan, 5, value(1200)) }, "1800场", "1200场", map[int]string{0: "1500场", 4: "1800场", 5: "1200场"}},
		"a change that was entered wrongly": {false, func(a *amending) { a.make(plan.Replan, 1, value(1200)); a.make(plan.Erratum, 2, value(1250)) },
			"1500场", "1250场", map[int]string{1: "1200场", 2: "1250场"}},
		"an erratum of what the change left alone": {false, func(a *amending) { a.make(plan.Replan, 1, value(1200)); a.make(plan.Erratum, 2, unit) },
			"1500册", "1200册", map[int]string{1: "1200场"}},
		"cancelled":       {false, func(a *amending) { a.make(plan.Replan, 1, ends(plan.Cancelled)) }, "1500场", "none", map[int]string{0: "1500场", 1: "none"}},
		"never a promise": {false, func(a *amending) { a.make(plan.Erratum, 1, ends(plan.Withdrawn)) }, "none", "none", map[int]string{0: "1500场", 1: "none"}},
		"cancelled by mistake": {false, func(a *amending) {
			a.make(plan.Replan, 1, ends(plan.Cancelled))
			a.make(plan.Erratum, 2, ends(plan.Stands))
		}, "1500场", "1500场", map[int]string{1: "none", 2: "1500场"}},
		"missed at first": {true, func(a *amending) { a.make(plan.Erratum, 4, value(1500)) }, "1500场", "1500场", map[int]string{3: "none", 4: "1500场"}},
		"added later":     {true, func(a *amending) { a.make(plan.Replan, 4, value(1500)); a.make(plan.Erratum, 5, unit) }, "none", "1500册", map[int]string{3: "none", 4: "1500场"}},
		"an answer":       {false, func(a *amending) { a.make(plan.LateAnswer, 4, value(2000)) }, "2000场", "2000场", map[int]string{3: "1500场"}},
		"a new place":     {false, func(a *amending) { a.make(plan.NewText, 4, func(t *plan.Target) { t.Quote = "演出" }) }, "1500场", "1500场", nil},
	} {
		a := amending{now: plan.Target{ID: 7, Item: 3, Revision: 1, Value: plan.Whole(1500), Unit: "场"}, there: !c.fresh}
		if c.fresh {
			a.now.Revision = 0
		}
		c.play(&a)
		d := plan.Draft{Targets: []plan.Target{a.now}, Amendments: a.all}
		if got := figure(d.Original().Targets); got != c.original {
			t.Errorf("%s: the original is %s", name, got)
		}
		if got := figure(d.Parted().Targets); got != c.present {
			t.Errorf("%s: it stands as %s", name, got)
		}
		for days, want := range c.asOf {
			if got := figure(d.AsOf(calendar.DayOf(day0).AddDays(days)).Targets); got != want {
				t.Errorf("%s: %d days on it is %s, not %s", name, days, got, want)
			}
		}
	}
}

// Whatever is done to a target, each day's state is found again, and no re-plan
// touches the original.
func TestAmendmentsReplay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := amending{now: plan.Target{ID: 7, Item: 3, Revision: 1, Value: plan.Whole(1500), Unit: "场", Span: document.At(3, 9), Flags: []string{"x"}}, there: true}
		states := []plan.Target{a.now}
		changes := []func(*plan.Target){value(1), value(2), ends(plan.Cancelled), ends(plan.Stands), func(t *plan.Target) { t.Unit = "册" },
			func(t *plan.Target) { t.Deadline = "2012-12-31" }, func(t *plan.Target) { most := plan.Whole(9); t.Max = &most }}
		for day := 1; day <= rapid.IntRange(0, 6).Draw(t, "amendments"); day++ {
			kind := rapid.SampledFrom([]plan.AmendmentKind{plan.Erratum, plan.Replan, plan.LateAnswer, plan.NewText}).Draw(t, "kind")
			before := plan.Draft{Targets: []plan.Target{a.now}, Amendments: a.all}.Original()
			a.make(kind, day, rapid.SampledFrom(changes).Draw(t, "change"))
			after := plan.Draft{Targets: []plan.Target{a.now}, Amendments: a.all}.Original()
			if kind == plan.Replan && fmt.Sprintf("%+v", before) != fmt.Sprintf("%+v", after) {
				t.Fatalf("a re-plan made %+v of the original %+v", after, before)
			}
			states = append(states, a.now)
		}
		for day, want := range states {
			got := plan.Draft{Targets: []plan.Target{a.now}, Amendments: a.all}.AsOf(calendar.DayOf(day0).AddDays(day))
			if want.Standing != plan.Stands {
				if len(got.Targets) > 0 {
					t.Fatalf("day %d: %+v does not stand", day, got.Targets)
				}
				continue
			}
			if e, differs := plan.EditOf("target", "", &want, &got.Targets[0]); differs {
				t.Fatalf("day %d: %+v", day, e)
			}
		}
	})
}

func TestWhatAnAmendmentMayDo(t *testing.T) {
	added := []plan.Edit{{Noun: "target", Is: plan.Fields{"ID": []byte("1")}}}
	for name, c := range map[string]struct {
		reason plan.Reason
		edits  []plan.Edit
		want   error
	}{
		"nothing":                      {plan.Reason{Kind: plan.Erratum}, nil, plan.ErrSameAsBefore},
		"a promise that was missed":    {plan.Reason{Kind: plan.Erratum}, added, nil},
		"a promise out of nowhere":     {plan.Reason{Kind: plan.Replan}, added, plan.ErrNewPromise},
		"a promise of a new document":  {plan.Reason{Kind: plan.Replan, Source: id.Document(5)}, added, nil},
		"a change of what is promised": {plan.Reason{Kind: plan.Replan}, []plan.Edit{{Noun: "target", Was: plan.Fields{}, Is: plan.Fields{}}}, nil},
	} {
		if err := c.reason.CheckEdits(c.edits); err != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Only the last revision of a promise stands in the plan.
func TestNewest(t *testing.T) {
	if got := plan.NewestTargets([]plan.Target{{ID: 1, Revision: 1}, {ID: 1, Revision: 2}, {ID: 2, Revision: 1}}); len(got) != 2 || got[0].Revision != 2 || got[1].ID != 2 {
		t.Errorf("targets %+v", got)
	}
	if got := plan.NewestMilestones([]plan.Milestone{{ID: 1, Revision: 1}, {ID: 2, Revision: 1}, {ID: 2, Revision: 2}}); len(got) != 2 || got[1].Revision != 2 {
		t.Errorf("milestones %+v", got)
	}
}
