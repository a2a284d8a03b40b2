package desk

import (
	"context"

	"luoshi/calendar"
	"luoshi/internal/db"
)

// keptDues is what all units owe as it stood after one entry of the ledger, on one day:
// whatever changes it is an act and has an entry, so that it is not read again until one
// was added or the day ended. Only handovers are dealt with without one. Nobody may change
// what is in it.
type keptDues struct {
	entries   int64
	handovers int // that are open
	day       calendar.Day
	dues      dues
	blocked   []Blocked
}

// allDues gives what all units owe, and the items that they cannot go on with.
func (o *Office) allDues(v *db.View) (*keptDues, error) {
	entries, err := db.Size(v, o.city)
	if err != nil {
		return nil, err
	}
	handovers, err := countOpenHandovers(v, o.city)
	if err != nil {
		return nil, err
	}
	if k := o.dues.Load(); k != nil && k.entries == entries && k.handovers == handovers && k.day == o.Today() {
		return k, nil
	}
	k := &keptDues{entries: entries, handovers: handovers, day: o.Today()}
	if k.dues, err = o.duesOf(v); err != nil {
		return nil, err
	}
	if k.blocked, err = blockedNow(v, o.city); err != nil {
		return nil, err
	}
	o.dues.Store(k)
	return k, nil
}

// keptCount is how many things nobody holds in the whole city, kept as dues are.
type keptCount struct {
	entries int64
	day     calendar.Day
	n       int
}

// UnheldCount tells how many things nobody holds, as far as who asks may see accounts.
func (o *Office) UnheldCount(ctx context.Context, who Who) (int, error) {
	var entries int64
	if err := o.db.Read(ctx, func(v *db.View) (err error) {
		entries, err = db.Size(v, o.city)
		return err
	}); err != nil {
		return 0, err
	}
	everywhere := who.MayEverywhere("account.read")
	if k := o.unheld.Load(); everywhere && k != nil && k.entries == entries && k.day == o.Today() {
		return k.n, nil
	}
	u, err := o.Unheld(ctx, who)
	if err == nil && everywhere {
		o.unheld.Store(&keptCount{entries, o.Today(), u.Count()})
	}
	return u.Count(), err
}
