package desk

import (
	"errors"
	"strings"
	"testing"
	"time"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

const personal = `安澜市图书馆服务月方案

一、重点项目
1、送书下乡。2011年完成送图书3000册到农村。联系人：林小满，电话0500-88001200。
2、延长开放时间。完成夜间开放的准备工作。
2011年8月8日
`

func idsOf(items []plan.Item) (out []id.Item) {
	for _, i := range items {
		out = append(out, i.ID)
	}
	return out
}

// seen is the document as everybody sees it.
func (w *town) seen(p id.Plan) string {
	w.Helper()
	got, err := w.public.Plan(w.Context(), p)
	w.must(err)
	return got.Text
}

func (w *town) withdraw(p id.Plan, what plan.Withdrawal) {
	w.Helper()
	what.Why = "要再核一遍"
	w.must(w.office.Withdraw(w.Context(), w.cmd(w.leader), p, what))
}

func TestKindsStayInsideUntilReleased(t *testing.T) {
	w := newTown(t)
	r := w.forced(personal)
	p := r.Plan.ID
	w.publish(p, idsOf(r.Items)...)
	if got := w.seen(p); strings.Contains(got, "林小满") || strings.Contains(got, "88001200") || !strings.Contains(got, "联系人：■■■，电话■■■■■■■■■■■■■。") {
		t.Errorf("everybody sees %q", got)
	}
	if _, err := w.public.Original(t.Context(), p); !fault.Is(err, fault.Missing) {
		t.Errorf("the original: %v", err)
	}
	more := func(r plan.Release) error {
		return w.office.Publish(t.Context(), w.cmd(w.leader), p, r, lookedOver)
	}
	if err := more(plan.Release{Kinds: []plan.FieldKind{plan.Originals}}); !errors.Is(err, plan.ErrOriginalHolds) {
		t.Errorf("the original with a hidden name: %v", err)
	}
	if err := more(plan.Release{Kinds: []plan.FieldKind{plan.Difficulties}}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a kind of which there is nothing: %v", err)
	}
	w.must(more(plan.Release{Kinds: []plan.FieldKind{plan.Telephones, plan.Originals}, Spared: []string{"林小满"}}))
	w.public.Originals = w.office.blobs
	if got := w.seen(p); got != r.Text {
		t.Errorf("everybody sees %q", got)
	}
	if file, err := w.public.Original(t.Context(), p); err != nil || string(file.Content) != personal {
		t.Errorf("the original is %q %v", file.Content, err)
	}
	// What hides anything takes the original with it.
	w.withdraw(p, plan.Withdrawal{Kinds: []plan.FieldKind{plan.Telephones}})
	if got := w.seen(p); strings.Contains(got, "88001200") || !strings.Contains(got, "林小满") {
		t.Errorf("everybody sees %q", got)
	}
	if _, err := w.public.Original(t.Context(), p); !fault.Is(err, fault.Gone) {
		t.Errorf("the original: %v", err)
	}
	if err := w.office.Withdraw(t.Context(), w.cmd(w.leader), p, plan.Withdrawal{Why: "x"}); !errors.Is(err, plan.ErrNothingTicked) {
		t.Errorf("nothing withdrawn: %v", err)
	}
	w.withdraw(p, plan.Withdrawal{Whole: true})
	if err := w.office.Withdraw(t.Context(), w.cmd(w.leader), p, plan.Withdrawal{Whole: true, Why: "x"}); !errors.Is(err, plan.ErrNothingPublic) {
		t.Errorf("withdrawn twice: %v", err)
	}
	for _, err := range []error{w.asked(p), w.askedItem(r.Items[0].ID)} {
		if !fault.Is(err, fault.Gone) {
			t.Errorf("withdrawn: %v", err)
		}
	}
	state, err := w.office.Publicity(t.Context(), w.leader, p)
	w.must(err)
	if len(state.Acts) != 4 || state.Waiting() != len(r.Items) || state.Day == "" || !state.Acts[0].Whole || state.Fields[plan.Telephones].Released {
		t.Errorf("%+v", state)
	}
}

func (w *town) asked(p id.Plan) error { _, err := w.public.Plan(w.Context(), p); return err }

func (w *town) askedItem(i id.Item) error { _, err := w.public.Item(w.Context(), i); return err }

// A plan that an older version made public stays as it was, until something is taken back.
func TestPlanOfAnOlderVersionStaysAsItWas(t *testing.T) {
	for name, c := range map[string]struct {
		what                plan.Withdrawal
		names, telephones   bool
		again               bool
		namesAft, phonesAft bool
	}{
		"nothing":   {names: true, telephones: true, again: true, namesAft: true, phonesAft: true},
		"names":     {what: plan.Withdrawal{Kinds: []plan.FieldKind{plan.PersonNames}}, telephones: true, phonesAft: true},
		"the whole": {what: plan.Withdrawal{Whole: true}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTown(t)
			r := w.forced(personal)
			p := r.Plan.ID
			w.publish(p, r.Items[0].ID)
			w.must(w.db.Local(t.Context(), func(tx *db.Tx) error {
				_, err := tx.Exec("UPDATE plan SET keeping = NULL WHERE city_id = $1", 1)
				return err
			}))
			if got := w.seen(p); !strings.Contains(got, "林小满，电话0500") {
				t.Errorf("everybody sees %q", got)
			}
			if c.what.Whole {
				w.withdraw(p, c.what)
				w.publish(p, r.Items[0].ID)
			} else if c.what.Kinds != nil {
				w.withdraw(p, c.what)
			}
			got := w.seen(p)
			if strings.Contains(got, "林小满") != c.names || strings.Contains(got, "88001200") != c.telephones {
				t.Errorf("everybody sees %q", got)
			}
			w.publish(p, r.Items[1].ID)
			if got := w.seen(p); strings.Contains(got, "林小满") != c.namesAft || strings.Contains(got, "88001200") != c.phonesAft {
				t.Errorf("then everybody sees %q", got)
			}
		})
	}
}

// What was decided about words stays decided when more is made public.
func TestDecisionsAboutWordsStay(t *testing.T) {
	w := newTown(t)
	r := w.forced(personal)
	w.must(w.office.Publish(t.Context(), w.cmd(w.leader), r.Plan.ID, plan.Release{Items: idsOf(r.Items[:1]), Names: []string{"夜间"}, Spared: []string{"林小满"}}, lookedOver))
	w.publish(r.Plan.ID, r.Items[1].ID)
	if got := w.seen(r.Plan.ID); !strings.Contains(got, "林小满") || strings.Contains(got, "夜间") || !strings.Contains(got, "完成■■开放") {
		t.Errorf("everybody sees %q", got)
	}
}

func TestChangedIsTold(t *testing.T) {
	w := newTown(t)
	r := w.forced(personal)
	told := 0
	w.office.Forget = func() { told++ }
	w.publish(r.Plan.ID, r.Items[0].ID)
	w.withdraw(r.Plan.ID, plan.Withdrawal{Whole: true})
	if told != 2 {
		t.Errorf("told %d times", told)
	}
}

// Entries that are not released, and covered words, never reach a reader.
func TestLedgerOfCoveredWords(t *testing.T) {
	w := newTown(t)
	r := w.forced(personal)
	w.publish(r.Plan.ID, r.Items[0].ID)
	w.now = w.now.Add(time.Hour)
	w.must(w.office.Withdraw(t.Context(), w.cmd(w.leader), r.Plan.ID, plan.Withdrawal{Items: []id.Item{r.Items[0].ID}, Why: "问联系人：林小满"}))
	lines, err := w.public.Changes(t.Context(), 100)
	w.must(err)
	kinds := map[string]bool{}
	for _, l := range lines {
		kinds[l.Entry.Kind] = true
		if all := l.Reread + l.Body; strings.Contains(all, "林小满") || strings.Contains(all, "88001200") || strings.Contains(all, "夜间") || l.Covered && l.Salt != "" {
			t.Errorf("shown: %+v", l)
		}
	}
	if !kinds[plan.KindItemWithdrawn] || kinds[plan.KindDocumentFrozen] || kinds[plan.KindSecrecyReviewed] || kinds[plan.KindWordsKept] || kinds[plan.KindItemPublished] {
		t.Errorf("kinds shown: %v", kinds)
	}
}
