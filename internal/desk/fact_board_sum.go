package desk

import (
	"maps"
	"slices"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// sumsAt are the months of townships and of other units that report, each in its row, as
// they were at one length of the ledger.
type sumsAt struct {
	seq   int64
	cells []cellOf
}

// sumCells gives what a board of the whole city adds up. Of what was told since, only the
// townships are read anew.
func (k *keptFactBoards) sumCells(q db.Querier, city int64, i fact.Indicator, months []string, key boardKey, seq int64) ([]cellOf, error) {
	k.Lock()
	was, known := k.sums[key]
	k.Unlock()
	entries, known, err := entriesSince(q, city, was.seq, seq, known)
	if err != nil {
		return nil, err
	}
	var cells []cellOf
	if known {
		cells, err = was.after(q, city, i, months, entries)
	} else if cells, err = cellsOf(q, city, i, months, TreeOfTheDay); err == nil {
		_, err = rowsOfCells(q, city, cells, TreeOfTheDay, "")
	}
	if err != nil {
		return nil, err
	}
	k.Lock()
	defer k.Unlock()
	if k.seq == seq {
		if len(k.sums) >= mostFactBoards {
			clear(k.sums)
		}
		k.sums[key] = sumsAt{seq, cells}
	}
	return cells, nil
}

func (s sumsAt) after(q db.Querier, city int64, i fact.Indicator, months []string, entries []db.Logged) ([]cellOf, error) {
	told, err := toldInEntries(q, city, i.ID, entries)
	if err != nil || len(told) == 0 {
		return s.cells, err
	}
	anew := map[id.Unit]bool{}
	for _, t := range told {
		anew[t.unit] = true
	}
	above, err := loadLineage(q, city, slices.Sorted(maps.Keys(anew)))
	if err != nil {
		return nil, err
	}
	for u := range above {
		if above.level(u) == org.Township {
			anew[u] = true
		}
	}
	fresh, err := monthCellsOf(q, city, i.ID, fact.Upper, slices.Sorted(maps.Keys(anew)), months)
	if err != nil {
		return nil, err
	}
	if _, err := rowsOfCells(q, city, fresh, TreeOfTheDay, ""); err != nil {
		return nil, err
	}
	fresh = slices.Grow(fresh, len(s.cells))
	for _, c := range s.cells {
		if !anew[c.unit] {
			fresh = append(fresh, c)
		}
	}
	return fresh, nil
}
