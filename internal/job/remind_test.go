package job

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/gateway"
	"luoshi/reminder"
)

// told is a city whose messages are not records.
type told struct {
	early   *desk.NotYet
	again   bool
	settled []reminder.State
	swept   int
}

func (r *told) RemindByRules(context.Context) error { r.swept++; return nil }

func (r *told) TakeMessage(context.Context, id.Message) (*desk.Handing, error) {
	if r.early != nil {
		return nil, r.early
	}
	return &desk.Handing{Key: "k", Text: "t"}, nil
}

func (r *told) SettleMessage(_ context.Context, _ id.Message, became reminder.State) (bool, error) {
	r.settled = append(r.settled, became)
	return r.again, nil
}

// What may not leave yet is kept for its hour, and has not failed; what was not taken
// comes again.
func TestAMessageWaitsForItsHour(t *testing.T) {
	w, d := working(t)
	now := time.Now()
	w.now = func() time.Time { return now }
	r := &told{early: &desk.NotYet{Wait: 10 * time.Hour}}
	w.Reminding(r, func(context.Context, gateway.Settings, gateway.Message) error { return nil })
	act(t, d, 1, desk.JobRemind)
	one := func(want bool) error {
		t.Helper()
		more, err := w.One(t.Context())
		if more != want {
			t.Errorf("a job was there: %v, want %v (%v)", more, want, err)
		}
		return err
	}
	if err := one(true); err != nil {
		t.Error(err)
	}
	if err := d.Read(t.Context(), func(v *db.View) error {
		_, failed, err := db.CountJobs(v, city)
		if failed != 0 {
			t.Errorf("%d jobs failed", failed)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	now = now.Add(10*time.Hour - time.Second)
	if err := one(false); err != nil {
		t.Error(err)
	}
	now = now.Add(2 * time.Second)
	r.early, r.again = nil, true
	if err := one(true); !errors.Is(err, errAgain) {
		t.Errorf("%v", err)
	}
	now = now.Add(3 * time.Second)
	r.again = false
	if err := one(true); err != nil {
		t.Error(err)
	}
	if err := one(false); err != nil || len(r.settled) != 2 {
		t.Errorf("%v %v", r.settled, err)
	}
	w.clean(t.Context())
	if r.swept != 1 {
		t.Errorf("swept %d times", r.swept)
	}
}

func TestWhatAMessageCameTo(t *testing.T) {
	for sent, want := range map[error]reminder.State{nil: reminder.Done, fmt.Errorf("no: %w", gateway.ErrNotSent): reminder.Queued, fmt.Errorf("no: %w", gateway.ErrRefused): reminder.Failed,
		context.DeadlineExceeded: reminder.Unknown} {
		if got := became(sent); got != want {
			t.Errorf("%v: %s, want %s", sent, got, want)
		}
	}
}
