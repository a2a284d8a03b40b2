package desk

import (
	"maps"
	"strings"
	"sync"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/ledger"
	"luoshi/org"
)

// keptBoards are boards as they were read last. Each act on which one depends has an entry,
// so that a board stands as long as the ledger does; after an act only what its entries
// name is read anew.
type keptBoards struct {
	mu sync.Mutex
	of map[id.Plan]keptBoard
}

type keptBoard struct {
	seq    int64 // how long the ledger was
	day    calendar.Day
	owners ownersSaid
	board  LampBoard
}

func newKeptBoards() *keptBoards { return &keptBoards{of: map[id.Plan]keptBoard{}} }

// mostKept is of how many plans a board is kept.
const mostKept = 8

// mostLookedThrough is how many entries are looked through for what changed, before all is read anew.
const mostLookedThrough = 200

// wholeBoard gives the lamps of a plan. Nobody may change what it gives.
func (o *Office) wholeBoard(v *db.View, p id.Plan) (b LampBoard, err error) {
	seq, _, err := db.LogSize(v, o.city)
	if err != nil {
		return b, err
	}
	today := o.Today()
	o.boards.mu.Lock()
	was := o.boards.of[p]
	o.boards.mu.Unlock()
	if was.owners != nil && was.seq == seq && was.day == today {
		return was.board, nil
	}
	now := keptBoard{seq: seq, day: today, owners: was.owners}
	if now.owners, err = o.ownersSince(v, p, was, seq); err != nil {
		return b, err
	}
	if now.board, err = o.lampBoard(v, p, 0, now.owners); err != nil {
		return b, err
	}
	o.boards.mu.Lock()
	if len(o.boards.of) >= mostKept {
		clear(o.boards.of)
	}
	o.boards.of[p] = now
	o.boards.mu.Unlock()
	return now.board, nil
}

// ownersSince gives who answers for what and said what, from what is known of it at an
// earlier length of the ledger.
func (o *Office) ownersSince(v *db.View, p id.Plan, was keptBoard, seq int64) (ownersSaid, error) {
	if was.owners == nil || seq < was.seq || seq-was.seq > mostLookedThrough {
		return ownerReports(v, o.city, p, 0)
	}
	entries, err := db.Entries(v, o.city, was.seq, int(seq-was.seq))
	if err != nil {
		return nil, err
	}
	touched := map[id.Item]bool{}
	for _, e := range entries {
		if e.Kind == org.KindItemAssigned || strings.HasPrefix(e.Kind, "progress.") {
			for _, s := range e.Subjects {
				if i, wrong := itemSubject(s); wrong == nil && i != 0 {
					touched[i] = true
				}
			}
		}
	}
	owners := maps.Clone(was.owners)
	for i := range touched {
		one, err := ownerReports(v, o.city, p, i)
		if err != nil {
			return nil, err
		}
		delete(owners, i)
		maps.Copy(owners, one)
	}
	return owners, nil
}

// itemSubject gives the item that a subject is; 0 where it is something else.
func itemSubject(s ledger.Subject) (id.Item, error) {
	if s.Noun != "item" {
		return 0, nil
	}
	return id.Of[id.Item](s.ID)
}
