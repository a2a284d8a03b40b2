package job

import (
	"crypto/rand"
	"testing"
	"time"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/ledger"
	"luoshi/tests/postgres"

	"golang.org/x/mod/sumdb/note"
)

const city = 1

func working(t *testing.T) (*Worker, *db.DB) {
	t.Helper()
	secret, _, err := ledger.NewKey(rand.Reader, "luoshi/test")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(t.Context(), t.TempDir(), db.Options{Database: postgres.Fresh(t), Spread: postgres.Spread}, desk.Schema())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Found(t.Context(), city); err != nil {
		t.Fatal(err)
	}
	return NewWorker(desk.NewJobs(d, signer, city), time.Now), d
}

// act enters something and leaves a job.
func act(t *testing.T, d *db.DB, n int64, kind string) {
	t.Helper()
	cmd := db.Cmd{City: city, ID: id.Text(id.Next(0, time.Now())) + id.Text(n)}.Of("test.act", n)
	err := d.Write(t.Context(), cmd, func(tx *db.Tx) error {
		tx.Append(ledger.Draft{Kind: "test.done", Class: ledger.Internal})
		return tx.Later(kind, 0)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func signed(t *testing.T, d *db.DB) (size int64) {
	t.Helper()
	err := d.Read(t.Context(), func(v *db.View) (err error) {
		size, _, err = db.LastCheckpoint(v, city)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return size
}

func TestAnActIsAnchoredAtOnce(t *testing.T) {
	w, d := working(t)
	act(t, d, 1, desk.JobCheckpoint)
	for _, want := range []bool{true, false} {
		if more, err := w.One(t.Context()); err != nil || more != want {
			t.Fatalf("a job was there: %v, want %v (%v)", more, want, err)
		}
	}
	if n := signed(t, d); n != 1 {
		t.Errorf("the checkpoint covers %d entries", n)
	}
}

// A job of which nobody knows how to do it stays, and does not hold up the others.
func TestAFailedJobWaitsAndOthersGoOn(t *testing.T) {
	w, d := working(t)
	act(t, d, 1, "nobody.knows")
	act(t, d, 2, desk.JobCheckpoint)
	if _, err := w.One(t.Context()); err == nil {
		t.Error("an unknown job was done")
	}
	if more, err := w.One(t.Context()); !more || err != nil || signed(t, d) != 2 {
		t.Errorf("the next job: %v %v, signed %d", more, err, signed(t, d))
	}
}
