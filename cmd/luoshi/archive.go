package main

import (
	"context"
	"errors"
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
// log, and deletes what is older than it is to be kept.
func (k *kept) run(ctx context.Context, files *blob.Store) {
	if k.keeper == nil {
		return
	}
	daily := time.NewTicker(24 * time.Hour)
	defer daily.Stop()
	for {
		if err := files.Mirror(k.files()); err != nil {
			slog.Error("archive files", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case now := <-daily.C:
			if err := errors.Join(k.keeper.Begin(now), k.keeper.Prune(now.AddDate(0, 0, -k.days))); err != nil && ctx.Err() == nil {
				slog.Error("archive", "error", err)
			}
		}
	}
}
