package main

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"time"

	"luoshi/fault"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/job"
	"luoshi/internal/login"
)

// importing is a city into which a command takes a sheet of facts or a list of units.
type importing struct {
	*folder
	t   terminal
	who desk.Who // as whom the command acts: the first account that may
}

// importFile reads a file and opens the city that it is taken into by an act.
func importFile(t terminal, p place, file, act string, do func(ctx context.Context, i importing, content []byte) error) (err error) {
	ctx := context.Background()
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	now, err := clockOf(p.Data)
	if err != nil {
		return err
	}
	f, err := p.open(ctx, t, db.Options{Now: now.Now, ReadLimit: readsLong})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	last, err := f.office.LastAct(ctx)
	if err != nil {
		return err
	}
	now.notBefore(last)
	account, err := f.office.SomebodyWhoMay(ctx, act)
	if err != nil {
		return err
	}
	who, err := f.office.Who(ctx, account)
	if err != nil {
		return err
	}
	return do(ctx, importing{f, t, who}, content)
}

func commandOf(f *folder, who desk.Who) (db.Cmd, error) {
	command, err := desk.NewCommandID(time.Now(), rand.Reader)
	return f.office.Cmd(who, command), err
}

// does has a command done by who imports.
func (i importing) does(do func(cmd db.Cmd) error) error {
	cmd, err := commandOf(i.folder, i.who)
	if err != nil {
		return err
	}
	return do(cmd)
}

// importedSoFar is how far a sheet or list is taken over.
type importedSoFar struct {
	state     desk.ImportState
	done, all int64
}

// take does the jobs until what was decided on is taken over, with a bar of how far it is.
func (i importing) take(ctx context.Context, title string, look func() (importedSoFar, error)) (importedSoFar, error) {
	l, err := login.New(i.db, i.city, false)
	if err != nil {
		return importedSoFar{}, err
	}
	worker := job.NewWorker(desk.NewJobs(i.db, i.signer, i.city), time.Now, i.erased(l), i.office.TakeUnitsOver)
	worker.Unnaming(i.unnamed)
	worker.Counting(i.office.TakeFactsOver)
	worked := make(chan error, 1)
	go func() { worked <- workUntilTaken(ctx, worker, look) }()
	b := longBar(i.t, title)
	defer b.end()
	again := time.NewTicker(200 * time.Millisecond)
	defer again.Stop()
	for {
		select {
		case <-again.C:
			if far, err := look(); err == nil {
				b.show(min(far.done, far.all), far.all)
			}
		case err := <-worked:
			if err != nil {
				return importedSoFar{}, err
			}
			return look()
		}
	}
}

// workUntilTaken does jobs until what was decided on is taken over and its checkpoint is signed.
func workUntilTaken(ctx context.Context, worker *job.Worker, look func() (importedSoFar, error)) error {
	for {
		more, err := worker.One(ctx)
		if err != nil && !fault.Is(err, fault.Busy) {
			return err
		}
		if more && err == nil {
			continue
		}
		if far, err := look(); err != nil || far.state != desk.ImportApplying {
			return err
		}
		time.Sleep(time.Second) // somebody else works on it: it is tried again
	}
}
