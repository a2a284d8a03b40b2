package desk

import (
	"sync"

	"luoshi/internal/db"
)

// keptReads are answers as they stood after one entry of the ledger. Nobody may change
// what is in them.
type keptReads[K comparable, V any] struct {
	sync.Mutex
	entries int64
	of      map[K]V
}

// get gives an answer, read anew where anything was entered since it was last.
func (k *keptReads[K, V]) get(q db.Querier, city int64, key K, read func() (V, error)) (out V, err error) {
	if k == nil { // what is previewed is kept nowhere
		return read()
	}
	entries, err := db.Size(q, city)
	if err != nil {
		return out, err
	}
	k.Lock()
	if k.entries != entries || k.of == nil {
		k.entries, k.of = entries, map[K]V{}
	}
	out, known := k.of[key]
	k.Unlock()
	if known {
		return out, nil
	}
	if out, err = read(); err != nil {
		return out, err
	}
	k.Lock()
	defer k.Unlock()
	if k.entries == entries {
		k.of[key] = out
	}
	return out, nil
}
