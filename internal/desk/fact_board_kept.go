package desk

import (
	"strings"
	"sync"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

// boardKey is what a board that is kept is of.
type boardKey struct {
	indicator id.Indicator
	from, to  string
	tree      FactTree
	day       calendar.Day
}

// keptFactBoards are boards as they stood at one length of the ledger. Facts of an indicator
// let go of its boards, changes of units of all. Nobody may change what is in them.
type keptFactBoards struct {
	sync.Mutex
	seq int64
	of  map[boardKey]FactBoard
}

func newKeptFactBoards() *keptFactBoards { return &keptFactBoards{of: map[boardKey]FactBoard{}} }

// mostFactBoards is how many boards are kept.
const mostFactBoards = 64

// board gives a board, worked out anew where anything that it depends on was entered since.
func (k *keptFactBoards) board(q db.Querier, city int64, i fact.Indicator, months []string, tree FactTree, today calendar.Day) (FactBoard, error) {
	if len(months) == 0 {
		return FactBoard{Indicator: i, ByMonth: map[string]fact.Figure{}}, nil
	}
	seq, err := k.follow(q, city)
	if err != nil {
		return FactBoard{}, err
	}
	key := boardKey{indicator: i.ID, from: months[0], to: months[len(months)-1], tree: tree}
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
	if b, err = readBoard(q, city, i, months, tree, today); err != nil {
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
		clear(k.of)
		k.seq = seq
		return seq, nil
	}
	entries, err := db.Entries(q, city, k.seq, int(seq-k.seq))
	if err != nil {
		return 0, err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Kind, "unit.") {
			clear(k.of)
		}
		for key := range k.of {
			if e.Kind == fact.KindAdded && e.Subject("indicator") == key.indicator.String() {
				delete(k.of, key)
			}
		}
	}
	k.seq = seq
	return seq, nil
}
