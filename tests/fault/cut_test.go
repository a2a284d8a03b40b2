package fault_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"luoshi/tests/postgres"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// TestCutInTheMiddleOfCommit cuts the connection to PostgreSQL at each place
// where it makes a difference to a COMMIT. Whoever is answered is answered with
// the truth. LUOSHI_AWAY_SECONDS sets how long the database stays out of reach;
// after more than twenty the program does not wait for it any longer.
func TestCutInTheMiddleOfCommit(t *testing.T) {
	s := durable(t, "an answer is no lie where a connection breaks in the middle of a COMMIT")
	p, through := between(t, s.URL())
	c := gather(newHouseIn(t, filepath.Join(t.TempDir(), "data"), through, nil))
	c.expectAway()
	outOfReach := time.Duration(number(t, "LUOSHI_AWAY_SECONDS", 1)) * time.Second
	if outOfReach > 20*time.Second {
		c.refusals = append(c.refusals, cutUnknown)
	}
	said := func(err error) {
		if err != nil {
			t.Error(err)
		}
	}
	c.suffer(t, 1, func() {
		for name, at := range map[string]func(w *wire, commit []byte){
			"before it arrives": func(w *wire, _ []byte) { w.cut() },
			"before its answer": func(w *wire, commit []byte) {
				w.mute()
				said(w.send(commit))
				<-w.heard // it is done
				w.cut()
			},
			"behind it": func(w *wire, commit []byte) {
				w.mute()
				said(w.send(commit))
				w.cut()
			},
			// The program asks what became of it while it is still on its way.
			"and it arrives late": func(w *wire, commit []byte) {
				w.mute()
				w.program.Close()
				said(waitsForLock(s))
				said(w.send(commit))
				<-w.heard
			},
			"before it arrives, and for a while": func(w *wire, _ []byte) { p.unreachable(outOfReach) },
			"before its answer, and for a while": func(w *wire, commit []byte) {
				w.mute()
				said(w.send(commit))
				<-w.heard
				p.unreachable(outOfReach)
			},
		} {
			p.atNextCommit(at)
			c.works(3)
			if t.Failed() {
				t.Errorf("cut %s", name)
				return
			}
		}
	})
	if outOfReach > 20*time.Second && c.heard[cutUnknown] == 0 {
		t.Error("nobody was told that nobody knows")
	}
}

// waitsForLock waits until a session of the database waits for another one.
func waitsForLock(s *postgres.Server) error {
	database, err := sql.Open("pgx", s.URL())
	if err != nil {
		return err
	}
	defer database.Close()
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for late := time.After(patience); ; {
		var waiting int
		if err := database.QueryRow("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'").Scan(&waiting); err != nil || waiting > 0 {
			return err
		}
		select {
		case <-again.C:
		case <-late:
			return errors.New("the program does not ask what became of its COMMIT")
		}
	}
}
