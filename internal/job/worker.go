// Package job does what is due after a commit: each job at least once, so each
// kind must say why doing it twice does no harm.
package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"luoshi/id"
	"luoshi/internal/desk"
)

// Worker does the jobs of one city, one after the other.
type Worker struct {
	jobs *desk.Jobs
	now  func() time.Time // for leases and retries: the machine's clock, whatever day a sample lives in

	erased  func(ctx context.Context, account int64) error
	persons func(ctx context.Context, pseudonym int64) error
	units   func(ctx context.Context, list id.UnitImport) error

	facts     func(ctx context.Context, sheet id.FactImport) error // nil: no sheet is taken over here
	reminders Reminders                                            // nil: nobody is reminded
	send      Send
}

const (
	pause      = 500 * time.Millisecond // between looks at the list
	lease      = time.Minute            // after which a job that was begun comes again
	checkpoint = time.Minute            // between checkpoints while there is something new
	cleaning   = time.Hour              // between looks for what a new day asks for, and for what need not be remembered

	titlesAtOnce = 200                   // indexed in one go, while others wait for some tens of milliseconds
	letOthers    = 10 * time.Millisecond // between two goes
)

// NewWorker gives the worker of a city's jobs. erased does what is to be done
// outside of the records once an account was erased, units takes a list of units over.
func NewWorker(jobs *desk.Jobs, now func() time.Time, erased func(ctx context.Context, account int64) error, units func(ctx context.Context, list id.UnitImport) error) *Worker {
	return &Worker{jobs: jobs, now: now, erased: erased, units: units}
}

// Unnaming has the worker do what is to be done outside of the records once the name
// behind a pseudonym was erased.
func (w *Worker) Unnaming(persons func(ctx context.Context, pseudonym int64) error) {
	w.persons = persons
}

// Counting has the worker take large sheets of facts over.
func (w *Worker) Counting(facts func(ctx context.Context, sheet id.FactImport) error) {
	w.facts = facts
}

// Run works until the context ends.
func (w *Worker) Run(ctx context.Context) {
	look, sign, clean, build := time.NewTicker(pause), time.NewTicker(checkpoint), time.NewTicker(cleaning), time.NewTimer(0)
	defer build.Stop()
	defer look.Stop()
	defer sign.Stop()
	defer clean.Stop()
	w.sign(ctx) // what was done while nobody served, a founding above all
	w.clean(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
			w.drain(ctx)
		case <-sign.C:
			w.sign(ctx)
		case <-build.C: // once, after an older version: whatever is written now is indexed with it
			more, err := w.jobs.BuildSearch(ctx, titlesAtOnce)
			if err != nil && ctx.Err() == nil {
				slog.Error("index titles", "error", err)
				build.Reset(checkpoint)
			} else if more {
				build.Reset(letOthers)
			}
		case <-clean.C:
			w.clean(ctx)
		}
	}
}

func (w *Worker) clean(ctx context.Context) {
	if err := w.jobs.ForgetCommands(ctx); err != nil && ctx.Err() == nil {
		slog.Error("forget commands", "error", err)
	}
	if err := w.jobs.FinishHandovers(ctx); err != nil && ctx.Err() == nil {
		slog.Error("finish handovers", "error", err)
	}
	if err := w.jobs.DropSheets(ctx); err != nil && ctx.Err() == nil {
		slog.Error("give up sheets that were left lying", "error", err)
	}
	w.remind(ctx)
}

func (w *Worker) sign(ctx context.Context) {
	if err := w.jobs.SignCheckpoint(ctx); err != nil && ctx.Err() == nil {
		slog.Error("sign checkpoint", "error", err)
	}
}

// drain does the jobs that are due.
func (w *Worker) drain(ctx context.Context) {
	for ctx.Err() == nil {
		more, err := w.One(ctx)
		if err != nil && ctx.Err() == nil {
			slog.Error("job", "error", err)
		}
		if err != nil || !more {
			return
		}
	}
}

// One does the oldest job that is due, and reports whether there was one.
func (w *Worker) One(ctx context.Context) (bool, error) {
	j, err := w.jobs.Claim(ctx, w.now(), lease)
	if err != nil || j == nil {
		return false, err
	}
	if err := w.do(ctx, *j); err != nil {
		var early *desk.NotYet
		if errors.As(err, &early) {
			return true, w.jobs.PutOff(ctx, *j, w.now().Add(early.Wait))
		}
		if keep := w.jobs.Fail(ctx, *j, w.now(), err); keep != nil {
			return true, keep // it comes again after its lease all the same
		}
		return true, fmt.Errorf("%s %d: %w", j.Kind, j.ID, err)
	}
	return true, w.jobs.Finish(ctx, *j)
}

func (w *Worker) do(ctx context.Context, j desk.Job) error {
	switch j.Kind {
	case desk.JobCheckpoint: // twice: the log that is signed already is left as it is
		return w.jobs.SignCheckpoint(ctx)
	case desk.JobErased: // twice: what stands on the list already is not written again, what is gone is gone
		return w.erased(ctx, j.Subject)
	case desk.JobPersonErased: // twice: what stands on the list already is not written again
		if w.persons != nil {
			return w.persons(ctx, j.Subject)
		}
		return fmt.Errorf("nobody notes whose name was erased")
	case desk.JobUnits: // twice: a unit that stands as its list says is left as it is
		return w.units(ctx, id.UnitImport(j.Subject))
	case desk.JobFacts: // twice: rows that were taken are passed over, how many these are is kept with them
		if w.facts != nil {
			return w.facts(ctx, id.FactImport(j.Subject))
		}
	case desk.JobRemind: // twice: a message that may have left is not handed over again
		return w.deliver(ctx, id.Message(j.Subject))
	}
	return fmt.Errorf("nobody knows how to do a job of this kind")
}
