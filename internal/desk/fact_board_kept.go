package desk

import (
	"maps"
	"strings"
	"sync"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// boardKey is what a board that is kept is of.
type boardKey struct {
	indicator id.Indicator
	under     id.Unit // of the units right below this one; 0 for the whole city
	from, to  string
	tree      FactTree
	day       calendar.Day
}

// keptFactBoards are boards as they stood at one length of the ledger. Facts of an indicator
// let go of its boards, changes of units of all. Nobody may change what is in them.
type keptFactBoards struct {
	sync.Mutex
	seq    int64
	of     map[boardKey]FactBoard
	moved  map[id.Unit][]id.Unit // for boards below a unit, the units that make a difference between the trees
	parts  map[boardKey]movedPart
	sums   map[boardKey]sumsAt
	shares map[id.Goal][]fact.Share // those that stand
}

func newKeptFactBoards() *keptFactBoards {
	return &keptFactBoards{of: map[boardKey]FactBoard{}, moved: map[id.Unit][]id.Unit{}, parts: map[boardKey]movedPart{}, sums: map[boardKey]sumsAt{}, shares: map[id.Goal][]fact.Share{}}
}

// forget lets go of everything.
func (k *keptFactBoards) forget() {
	clear(k.of)
	clear(k.moved)
	clear(k.parts)
	clear(k.sums)
	clear(k.shares)
}

// mostFactBoards is how many boards are kept.
const mostFactBoards = 64

// board gives a board of the whole city.
func (k *keptFactBoards) board(q db.Querier, city int64, i fact.Indicator, months []string, tree FactTree, today calendar.Day) (FactBoard, error) {
	return k.boardUnder(q, city, i, org.Unit{}, months, tree, today)
}

// boardUnder gives the board of a unit and of those right below it, or of the whole city
// where the unit is none; worked out anew where anything that it depends on was entered since.
func (k *keptFactBoards) boardUnder(q db.Querier, city int64, i fact.Indicator, under org.Unit, months []string, tree FactTree, today calendar.Day) (b FactBoard, err error) {
	if len(months) == 0 {
		return FactBoard{Indicator: i, ByMonth: map[string]fact.Figure{}}, nil
	}
	if i.Rate() {
		return k.rateBoard(q, city, i, under, months, tree, today)
	}
	seq, err := k.follow(q, city)
	if err != nil {
		return b, err
	}
	var moved []id.Unit
	if tree == TreeOfToday {
		if moved, err = k.movedBelow(q, city, under.ID, seq); err != nil {
			return b, err
		}
		if len(moved) == 0 {
			tree = TreeOfTheDay
		}
	}
	key := boardKey{indicator: i.ID, under: under.ID, from: months[0], to: months[len(months)-1], tree: tree}
	if tree == TreeOfToday {
		key.day = today
	}
	k.Lock()
	b, known := k.of[key]
	known = known && k.seq == seq
	k.Unlock()
	if known {
		b.Indicator = i // its words may have been put right
		return b, nil
	}
	switch {
	case under.ID == 0 && tree == TreeOfToday:
		if b, err = k.boardUnder(q, city, i, under, months, TreeOfTheDay, today); err == nil {
			var part movedPart
			part, err = k.movedPart(q, city, i, months, moved, key, seq)
			b = movedBoard(b, part)
		}
	case under.ID == 0 && i.Aggregation == fact.Sum:
		var cells []cellOf
		if cells, err = k.sumCells(q, city, i, months, key, seq); err == nil {
			b, err = boardOfCells(q, city, i, cells, months, nil)
		}
	case under.ID == 0:
		b, err = readBoard(q, city, i, months)
	default:
		b, err = readBelow(q, city, i, under, months, tree, today)
	}
	if err != nil {
		return b, err
	}
	k.Lock()
	defer k.Unlock()
	if k.seq == seq {
		if len(k.of) >= mostFactBoards {
			clear(k.of)
		}
		k.of[key] = b
	}
	return b, nil
}

// movedBelow gives the units that make a difference between the two trees in the boards
// below a unit: mostly none.
func (k *keptFactBoards) movedBelow(q db.Querier, city int64, under id.Unit, seq int64) ([]id.Unit, error) {
	return keptAt(k, k.moved, under, seq, func() ([]id.Unit, error) { return movedUnits(q, city, under) })
}

// standingShares gives the partings of a goal that stand.
func (k *keptFactBoards) standingShares(q db.Querier, city int64, g id.Goal) ([]fact.Share, error) {
	read := func() ([]fact.Share, error) {
		all, err := sharesOfGoal(q, city, g)
		return fact.StandingShares(all), err
	}
	if k == nil { // what is previewed is kept nowhere
		return read()
	}
	seq, err := k.follow(q, city)
	if err != nil {
		return nil, err
	}
	return keptAt(k, k.shares, g, seq, read)
}

// keptAt gives what is kept of a key for a reader at one length of the ledger, read anew
// where nothing is.
func keptAt[K comparable, V any](k *keptFactBoards, of map[K]V, key K, seq int64, read func() (V, error)) (V, error) {
	k.Lock()
	v, known := of[key]
	known = known && k.seq == seq
	k.Unlock()
	if known {
		return v, nil
	}
	v, err := read()
	if err != nil {
		return v, err
	}
	k.Lock()
	defer k.Unlock()
	if k.seq == seq {
		of[key] = v
	}
	return v, nil
}

// follow lets go of what entries since the last time have changed, and gives how long the
// ledger is for this reader. One that sees an older state is given nothing that is kept.
func (k *keptFactBoards) follow(q db.Querier, city int64) (int64, error) {
	seq, err := db.Size(q, city)
	if err != nil {
		return 0, err
	}
	k.Lock()
	defer k.Unlock()
	if seq <= k.seq {
		return seq, nil
	}
	if seq-k.seq > mostLookedThrough {
		k.forget()
		k.seq = seq
		return seq, nil
	}
	entries, err := db.Entries(q, city, k.seq, int(seq-k.seq))
	if err != nil {
		return 0, err
	}
	told := map[string]bool{}
	for _, e := range entries {
		if strings.HasPrefix(e.Kind, "unit.") {
			k.forget()
		}
		if e.Kind == fact.KindSplitIssued {
			clear(k.shares)
		}
		if e.Kind == fact.KindAdded {
			told[e.Subject("indicator")] = true
		}
	}
	maps.DeleteFunc(k.of, func(key boardKey, _ FactBoard) bool { return told[key.indicator.String()] })
	// Of what nothing was told since, the parts stand as they stood: they are not to fall so
	// far behind that there would be too much to look through.
	for key, s := range k.sums {
		if s.seq == k.seq && !told[key.indicator.String()] {
			s.seq = seq
			k.sums[key] = s
		}
	}
	for key, p := range k.parts {
		if p.seq == k.seq && !told[key.indicator.String()] {
			p.seq = seq
			k.parts[key] = p
		}
	}
	k.seq = seq
	return seq, nil
}
