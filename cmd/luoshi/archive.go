package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"time"

	"luoshi/internal/archive"
	"luoshi/internal/blob"
	"luoshi/internal/db"
)

// kept is an archive from which a city can be restored to any second: the log of
// writes of its database, and its files.
type kept struct {
	folder string // empty: none is kept
	days   int
	keeper *archive.Keeper
	tidied time.Time
}

// A data folder in the archive holds both, each under its own name.
func (k *kept) log() string   { return filepath.Join(k.folder, "log") }
func (k *kept) files() string { return filepath.Join(k.folder, "blob") }

// opener is what opens it together with the database; nil where none is kept.
func (k *kept) opener() func(database string) (db.LogKeeper, error) {
	if k.folder == "" {
		return nil
	}
	return func(database string) (db.LogKeeper, error) {
		keeper, err := archive.Open(k.log(), database)
		if err != nil {
			return nil, err
		}
		k.keeper = keeper
		return keeper, nil
	}
}

// run begins a fresh line each day, so that a restore need not go through a long
// log, and deletes what is older than it is to be kept; also where the program is
// started anew each night.
func (k *kept) run(ctx context.Context, files *blob.Store) {
	if k.keeper == nil {
		return
	}
	again := time.NewTicker(time.Minute)
	defer again.Stop()
	mirrored := false
	for {
		if !mirrored || files.Behind() {
			err := files.Mirror(k.files())
			if mirrored = err == nil; err != nil {
				slog.Error("archive files", "error", err)
			}
		}
		if err := k.tidy(time.Now()); err != nil && ctx.Err() == nil {
			slog.Error("archive", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

const lineLength = 24 * time.Hour

func (k *kept) tidy(now time.Time) error {
	if now.Sub(k.tidied) < time.Hour {
		return nil
	}
	lines, err := archive.Lines(k.log())
	if err != nil {
		return err
	}
	if len(lines) > 0 && now.Sub(lines[len(lines)-1].First) >= lineLength {
		if err := k.keeper.Begin(now); err != nil {
			return err
		}
	}
	k.tidied = now
	return k.keeper.Prune(now.AddDate(0, 0, -k.days))
}
