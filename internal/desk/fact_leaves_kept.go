package desk

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

// keptLeaves are what units reported over some months, and the villages that stand, as they
// were at one length of the ledger. Facts told since change those of their units alone.
// Nobody may change what is in them.
type keptLeaves struct {
	sync.Mutex
	of       map[leavesKey]leavesAt
	villages villagesAt
	fair     map[fairKey]fairAt
}

type fairKey struct {
	of     leavesKey
	people id.Indicator
	today  calendar.Day
}

// fairAt is fairness, and the lists of which it was made.
type fairAt struct {
	from fairFrom
	FactFairness
}

type leavesKey struct {
	indicator id.Indicator
	from, to  string
}

type leavesAt struct {
	seq    int64
	totals []leafTotal // in order of units

	// Of which units the facts were looked at for what was told on a day or later, and
	// whether there was any.
	looked map[id.Unit]bool
	since  calendar.Day
}

type villagesAt struct {
	seq int64
	all []villageNow
}

// mostKeptLeaves is how many lists are kept.
const mostKeptLeaves = 32

func newKeptLeaves() *keptLeaves {
	return &keptLeaves{of: map[leavesKey]leavesAt{}, fair: map[fairKey]fairAt{}}
}

func leavesKeyOf(i fact.Indicator, months []string) leavesKey {
	return leavesKey{i.ID, months[0], months[len(months)-1]}
}

// fairness gives what was made of the very same lists.
func (k *keptLeaves) fairness(key fairKey, from fairFrom) (FactFairness, bool) {
	if k == nil {
		return FactFairness{}, false
	}
	k.Lock()
	defer k.Unlock()
	was, known := k.fair[key]
	return was.FactFairness, known && same(was.from.leaves, from.leaves) && same(was.from.villages, from.villages) && same(was.from.heads, from.heads)
}

// same reports whether two lists are one, not whether they are equal: what is kept is never changed.
func same[T any](a, b []T) bool { return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0]) }

func (k *keptLeaves) keepFairness(key fairKey, from fairFrom, f FactFairness) {
	if k == nil {
		return
	}
	k.Lock()
	defer k.Unlock()
	if len(k.fair) >= mostKeptLeaves {
		clear(k.fair)
	}
	k.fair[key] = fairAt{from, f}
}

// totals gives the units that reported anything of some months, in order.
func (k *keptLeaves) totals(q db.Querier, city int64, i fact.Indicator, months []string) ([]leafTotal, error) {
	if k == nil { // what is previewed is kept nowhere
		return leafTotals(q, city, i, months)
	}
	seq, err := db.Size(q, city)
	if err != nil {
		return nil, err
	}
	key := leavesKeyOf(i, months)
	k.Lock()
	was, known := k.of[key]
	k.Unlock()
	if known && was.seq == seq {
		return was.totals, nil
	}
	is := leavesAt{seq: seq}
	if since, there, err := entriesSince(q, city, was.seq, seq, known); err != nil {
		return nil, err
	} else if there {
		if is, err = was.after(q, city, i, months, since); err != nil {
			return nil, err
		}
		is.seq = seq
	} else if is.totals, err = leafTotals(q, city, i, months); err != nil {
		return nil, err
	}
	k.Lock()
	defer k.Unlock()
	if k.of[key].seq < seq {
		if len(k.of) >= mostKeptLeaves {
			clear(k.of)
		}
		k.of[key] = is
	}
	return is.totals, nil
}

// entriesSince gives the entries from one length of the ledger to another, where something
// was kept at the first and they are not too many to look through.
func entriesSince(q db.Querier, city, from, to int64, known bool) ([]db.Logged, bool, error) {
	if !known || to < from || to-from > mostLookedThrough {
		return nil, false, nil
	}
	entries, err := db.Entries(q, city, from, int(to-from))
	return entries, true, err
}

// toldInEntries gives of which units, persons and things anything was told in some entries
// of an indicator.
func toldInEntries(q db.Querier, city int64, i id.Indicator, entries []db.Logged) (out []toldOf, err error) {
	for _, e := range entries {
		if e.Kind != fact.KindAdded || e.Subject("indicator") != i.String() {
			continue
		}
		first, err := id.Of[id.Fact](e.Field("first"))
		if err != nil {
			return nil, err
		}
		last, err := id.Of[id.Fact](e.Field("last"))
		if err != nil {
			return nil, err
		}
		some, err := toldInRows(q, city, first, last)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// after reads anew the units of which anything was told in some entries.
func (l leavesAt) after(q db.Querier, city int64, i fact.Indicator, months []string, entries []db.Logged) (leavesAt, error) {
	since, err := toldInEntries(q, city, i.ID, entries)
	if err != nil {
		return l, err
	}
	var units []id.Unit
	for _, t := range since {
		units = append(units, t.unit)
	}
	if len(units) == 0 {
		return l, nil
	}
	slices.Sort(units)
	units = slices.Compact(units)
	told, err := leafTotalsOf(q, city, i, units, months)
	if err != nil {
		return l, err
	}
	l.looked = maps.Clone(l.looked)
	for _, u := range units {
		delete(l.looked, u)
	}
	out := make([]leafTotal, 0, len(l.totals)+len(told))
	for _, was := range l.totals {
		for len(told) > 0 && told[0].unit < was.unit {
			out, told = append(out, told[0]), told[1:]
		}
		if _, anew := slices.BinarySearch(units, was.unit); !anew {
			out = append(out, was)
		}
	}
	l.totals = append(out, told...)
	return l, nil
}

// looked gives what was found in the facts of the units of a list that is kept.
func (k *keptLeaves) looked(key leavesKey, leaves []leafTotal, since calendar.Day) map[id.Unit]bool {
	if k == nil {
		return nil
	}
	k.Lock()
	defer k.Unlock()
	if was := k.of[key]; was.since == since && same(was.totals, leaves) {
		return was.looked
	}
	return nil
}

func (k *keptLeaves) keepLooked(key leavesKey, leaves []leafTotal, since calendar.Day, looked map[id.Unit]bool) {
	if k == nil {
		return
	}
	k.Lock()
	defer k.Unlock()
	if was := k.of[key]; same(was.totals, leaves) {
		was.looked, was.since = looked, since
		k.of[key] = was
	}
}

// villagesNow gives the villages that stand; they are read anew when a unit changed.
func (k *keptLeaves) villagesNow(q db.Querier, city int64) ([]villageNow, error) {
	if k == nil {
		return villagesNow(q, city)
	}
	seq, err := db.Size(q, city)
	if err != nil {
		return nil, err
	}
	k.Lock()
	was := k.villages
	k.Unlock()
	entries, there, err := entriesSince(q, city, was.seq, seq, was.all != nil)
	if err != nil {
		return nil, err
	}
	all := was.all
	if !there || slices.ContainsFunc(entries, func(e db.Logged) bool { return strings.HasPrefix(e.Kind, "unit.") }) {
		if all, err = villagesNow(q, city); err != nil {
			return nil, err
		}
	}
	k.Lock()
	defer k.Unlock()
	if k.villages.seq < seq {
		k.villages = villagesAt{seq, all}
	}
	return all, nil
}
