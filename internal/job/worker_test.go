package job

import (
	"context"
	"crypto/rand"
	"errors"
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

var errNoList = errors.New("the list cannot be written")

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
	d, err := db.Open(t.Context(), t.TempDir(), db.Options{Database: postgres.Fresh(t), Spread: postgres.Spread, ReadLimit: time.Minute}, desk.Schema())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Found(t.Context(), city); err != nil {
		t.Fatal(err)
	}
	return NewWorker(desk.NewJobs(d, signer, city), time.Now, func(context.Context, int64) error { return errNoList },
		func(context.Context, id.UnitImport) error { return nil }), d
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

// A crash between the work and its mark: the job comes again after its lease, and
// what it did the first time is not done twice.
func TestACrashBeforeTheMarkDoublesNothing(t *testing.T) {
	w, d := working(t)
	now := time.Now()
	w.now = func() time.Time { return now }
	act(t, d, 1, desk.JobCheckpoint)
	claimed, err := w.jobs.Claim(t.Context(), now, lease)
	if err != nil || claimed == nil {
		t.Fatalf("%v %v", claimed, err)
	}
	if err := w.do(t.Context(), *claimed); err != nil { // and here the machine loses its power
		t.Fatal(err)
	}
	if more, err := w.One(t.Context()); more || err != nil {
		t.Errorf("a leased job was given out: %v %v", more, err)
	}
	now = now.Add(lease)
	if more, err := w.One(t.Context()); !more || err != nil {
		t.Errorf("it did not come again after its lease: %v %v", more, err)
	}
	if n := checkpoints(t, d); n != 1 {
		t.Errorf("%d checkpoints of one log", n)
	}
}

// A job that fails is tried later each time, an hour at most, and at once when an
// administrator asks for it.
func TestAFailedJobBacksOff(t *testing.T) {
	w, d := working(t)
	now := time.Now()
	w.now = func() time.Time { return now }
	act(t, d, 1, "nobody.knows")
	for i, wait := range []time.Duration{2 * time.Second, 4 * time.Second, 8 * time.Second} {
		if _, err := w.One(t.Context()); err == nil {
			t.Fatal("an unknown job was done")
		}
		now = now.Add(wait - time.Millisecond)
		if more, err := w.One(t.Context()); more || err != nil {
			t.Errorf("try %d came before %v: %v", i+2, wait, err)
		}
		now = now.Add(time.Millisecond)
	}
	if _, err := w.One(t.Context()); err == nil {
		t.Fatal("an unknown job was done")
	}
	if err := d.HurryJobs(t.Context(), city); err != nil {
		t.Fatal(err)
	}
	if more, err := w.One(t.Context()); !more || err == nil {
		t.Errorf("asked for, it was not tried: %v %v", more, err)
	}
}

func checkpoints(t *testing.T, d *db.DB) (n int64) {
	t.Helper()
	err := d.Read(t.Context(), func(v *db.View) (err error) {
		n, err = db.Row(v, db.Value[int64], "SELECT COUNT(*) FROM ledger_checkpoint WHERE city_id = $1", city)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// An erasing is carried on until it is done: one that failed is kept, and hurried it comes again.
func TestAnErasingIsCarriedOn(t *testing.T) {
	w, d := working(t)
	const account = 77
	cmd := db.Cmd{City: city, ID: id.Text(id.Next(0, time.Now())) + id.Text(1)}.Of("test.erase", account)
	if err := d.Write(t.Context(), cmd, func(tx *db.Tx) error { return tx.Later(desk.JobErased, account) }); err != nil {
		t.Fatal(err)
	}
	if _, err := w.One(t.Context()); !errors.Is(err, errNoList) {
		t.Errorf("it was not told that it failed: %v", err)
	}
	if err := d.HurryJobs(t.Context(), city); err != nil {
		t.Fatal(err)
	}
	var carried []int64
	w.erased = func(_ context.Context, a int64) error { carried = append(carried, a); return nil }
	for _, want := range []bool{true, false} {
		if more, err := w.One(t.Context()); more != want || err != nil {
			t.Errorf("a job was there: %v, want %v (%v)", more, want, err)
		}
	}
	if len(carried) != 1 || carried[0] != account {
		t.Errorf("carried on: %v", carried)
	}
}
