package archive

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestAnyOrderOfThings does what can happen to a city in any order, and restores
// to instants between. The model is one number for each Follow: how many rows
// there were.
func TestAnyOrderOfThings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		root, err := os.MkdirTemp("", "any-order")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(root)
		m := &model{clock: newClock(), root: root, city: open(t, filepath.Join(root, "0"))}
		m.follow()
		t.Repeat(map[string]func(*rapid.T){
			"write":      func(t *rapid.T) { m.city.write(rapid.IntRange(1, 60).Draw(t, "rows")) },
			"roll back":  func(t *rapid.T) { m.rollBack(t) },
			"follow":     func(*rapid.T) { m.follow() },
			"checkpoint": func(*rapid.T) { m.checkpoint() },
			"begin":      func(t *rapid.T) { m.begin(t) },
			"prune":      func(t *rapid.T) { m.prune(t) },
			"crash":      func(t *rapid.T) { m.crash(t) },
			"restart":    func(*rapid.T) { m.restart(false) },
			"lose log":   func(*rapid.T) { m.restart(true) },
			"restore":    func(t *rapid.T) { m.restore(t) },
		})
		m.follow()
		m.restore(t)
		m.city.abandon()
	})
}

type model struct {
	clock   *clock
	root    string
	city    *city
	copies  int
	cuts    []modelCut
	reaches time.Time // the first instant that was not pruned
}

type modelCut struct {
	at   time.Time
	rows int
}

func (m *model) add() { m.cuts = append(m.cuts, modelCut{m.clock.now, m.city.rows}) }

func (m *model) follow() {
	m.city.follow(m.clock.next())
	m.add()
}

func (m *model) checkpoint() {
	m.city.checkpoint(m.clock.next())
	// Where a line was lost nothing is archived until the next Follow.
	if m.city.keeper.segment != nil {
		m.add()
	}
}

func (m *model) begin(t *rapid.T) {
	if err := m.city.keeper.Begin(m.clock.next()); err != nil {
		t.Fatal(err)
	}
	m.add()
}

func (m *model) rollBack(t *rapid.T) {
	m.city.exec("PRAGMA cache_size=5")
	m.city.exec("BEGIN IMMEDIATE")
	for i := range rapid.IntRange(1, 300).Draw(t, "rows") {
		m.city.exec("INSERT INTO row VALUES ($1, $2)", m.city.rows+1+i, words(49))
	}
	if rapid.Bool().Draw(t, "follow") {
		m.follow()
	}
	m.city.exec("ROLLBACK")
}

// prune keeps what is needed from one of the cuts on.
func (m *model) prune(t *rapid.T) {
	keep := m.cuts[rapid.IntRange(0, len(m.cuts)-1).Draw(t, "keep")].at
	if err := m.city.keeper.Prune(keep); err != nil {
		t.Fatal(err)
	}
	if keep.After(m.reaches) {
		m.reaches = keep
	}
}

// crash goes on with a copy of the folder, in which a last write to the archive
// may have come to the disk in part.
func (m *model) crash(t *rapid.T) {
	m.copies++
	into := filepath.Join(m.root, string(rune('a'+m.copies%26))+time.Duration(m.copies).String())
	k := m.city.keeper
	if s := k.segment; s != nil && rapid.Bool().Draw(t, "torn") {
		garbage := []byte(rapid.StringN(1, 5000, 5000).Draw(t, "garbage"))
		if _, err := s.log.WriteAt(garbage, s.at.offset); err != nil {
			t.Fatal(err)
		}
		c := cut{m.clock.now.UnixMicro(), s.at.offset + int64(len(garbage))}
		part := c.line(c.check(k.sum))[:rapid.IntRange(0, cutBytes-1).Draw(t, "part")]
		if _, err := s.cuts.WriteAt(part, s.size); err != nil {
			t.Fatal(err)
		}
	}
	m.city = m.city.crash(into)
}

func (m *model) restart(logIsLost bool) {
	following := m.city.keeper.segment != nil
	m.city.close(m.clock.next())
	if following {
		m.add()
	}
	if logIsLost {
		if err := os.Remove(m.city.database() + "-wal"); err != nil && !os.IsNotExist(err) {
			m.city.t.Fatal(err)
		}
	}
	m.city = open(m.city.t, m.city.folder)
}

// restore compares the database at any instant with the model.
func (m *model) restore(t *rapid.T) {
	i := rapid.IntRange(0, len(m.cuts)-1).Draw(t, "cut")
	at := m.cuts[i].at
	if at.Before(m.reaches) {
		return
	}
	later := time.Duration(rapid.IntRange(0, 999_999).Draw(t, "later")) * time.Microsecond
	n, reached := restored(t, m.city.archive(), at.Add(later))
	if n != m.cuts[i].rows || reached.After(at) {
		t.Fatalf("%d rows at %s (%s), not %d", n, at, reached, m.cuts[i].rows)
	}
}
