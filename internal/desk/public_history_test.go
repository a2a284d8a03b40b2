package desk

import (
	"reflect"
	"testing"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// What is kept of the entries about an item shows what a first look shows, whatever was
// released, covered or entered since.
func TestHistoryThatIsKept(t *testing.T) {
	w := newTown(t)
	r := w.forced(personal)
	p, item := r.Plan.ID, r.Items[0].ID
	same := func(after string) []Line {
		t.Helper()
		kept, err := w.public.Item(t.Context(), item)
		w.must(err)
		first, err := NewPublic(w.db, 1).Item(t.Context(), item)
		w.must(err)
		if len(first.History) == 0 || !reflect.DeepEqual(kept.History, first.History) {
			t.Errorf("after %s: %+v, not %+v", after, kept.History, first.History)
		}
		return kept.History
	}
	w.publish(p, item)
	was := same("it was made public")
	w.must(w.office.Publish(t.Context(), w.cmd(w.leader), p, plan.Release{Items: idsOf(r.Items[1:2]), Names: []string{"送书"}}, lookedOver))
	covered := false
	for _, l := range same("another was made public and words of it covered") {
		covered = covered || l.Covered
	}
	if !covered {
		t.Error("nothing is covered")
	}
	w.withdraw(p, plan.Withdrawal{Items: []id.Item{item}})
	if w.askedItem(item) == nil {
		t.Error("what was taken back is shown")
	}
	w.publish(p, item)
	if is := same("it was made public again"); len(is) <= len(was) {
		t.Errorf("%d entries, then %d", len(was), len(is))
	}
}

// A view that was opened before an entry came does not know what another has read.
func TestHistoryOfAnOlderView(t *testing.T) {
	w := newTown(t)
	r := w.forced(personal)
	w.publish(r.Plan.ID, r.Items[0].ID)
	w.must(w.db.Read(t.Context(), func(v *db.View) error {
		kept := newKeptEntries()
		want, err := kept.about(v, 1, r.Items[0].ID)
		w.must(err)
		later := entriesUpto{kept.of[r.Items[0].ID].seq + 1, append(want[:len(want):len(want)], db.Logged{})}
		kept.keep(r.Items[0].ID, later)
		is, err := kept.about(v, 1, r.Items[0].ID)
		if len(want) == 0 || !reflect.DeepEqual(is, want) {
			t.Errorf("%d entries, not %d", len(is), len(want))
		}
		if !reflect.DeepEqual(kept.find(r.Items[0].ID), later) {
			t.Error("what was kept is lost")
		}
		return err
	}))
}
