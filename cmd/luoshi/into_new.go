package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"luoshi/internal/db"
	"luoshi/internal/disk"
)

// intoNew opens a city and has a new folder filled from it. The folder is filled
// beside its place and renamed when it is whole, so that what a killed command
// left is found and removed by the next.
func (p place) intoNew(t terminal, out, kind string, fill func(ctx context.Context, f *folder, part string) error) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if _, err := os.Stat(out); err == nil {
		t.say("%s 已经有了。请换一个文件夹名。", out)
		return exitError(exitUsage)
	}
	f, err := p.open(ctx, t, db.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	out = filepath.Clean(out)
	part := filepath.Join(filepath.Dir(out), ".luoshi-"+kind+"-"+filepath.Base(out))
	if err := os.RemoveAll(part); err != nil {
		return err
	}
	if err := fill(ctx, f, part); err != nil {
		return errors.Join(err, os.RemoveAll(part))
	}
	return errors.Join(os.Rename(part, out), disk.SyncFolder(filepath.Dir(out)))
}
