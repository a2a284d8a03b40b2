package desk

import (
	"slices"
	"sync"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/ledger"
)

// keptEntries are the public entries about items. An entry and its words never change, so
// that only what came since is read; what of them is shown is decided anew each time.
// Nobody may change what is in them.
type keptEntries struct {
	sync.Mutex
	of map[id.Item]entriesUpto
	n  int
}

type entriesUpto struct {
	seq int64 // at this length of the ledger
	all []db.Logged
}

// mostKeptEntries is how many entries are kept: each takes about two kilobytes.
const mostKeptEntries = 10_000

func newKeptEntries() *keptEntries { return &keptEntries{of: map[id.Item]entriesUpto{}} }

// about gives the public entries about an item, oldest first.
func (k *keptEntries) about(q db.Querier, city int64, item id.Item) ([]db.Logged, error) {
	seq, err := db.Size(q, city)
	if err != nil {
		return nil, err
	}
	was := k.find(item)
	if was.seq > seq { // another has read what this view does not know yet
		was = entriesUpto{}
	}
	since, err := db.EntriesAboutFrom(q, city, "item", int64(item), was.seq)
	if err != nil {
		return nil, err
	}
	since = slices.DeleteFunc(since, func(l db.Logged) bool { return l.Class != ledger.Public })
	is := entriesUpto{seq, was.all}
	if len(since) > 0 {
		is.all = slices.Concat(was.all, since)
	}
	k.keep(item, is)
	return is.all, nil
}

func (k *keptEntries) find(item id.Item) entriesUpto {
	if k == nil { // what is previewed is kept nowhere
		return entriesUpto{}
	}
	k.Lock()
	defer k.Unlock()
	return k.of[item]
}

func (k *keptEntries) keep(item id.Item, is entriesUpto) {
	if k == nil {
		return
	}
	k.Lock()
	defer k.Unlock()
	if k.n > mostKeptEntries {
		clear(k.of)
		k.n = 0
	}
	was := k.of[item]
	if was.seq > is.seq {
		return
	}
	k.n += len(is.all) - len(was.all)
	k.of[item] = is
}
