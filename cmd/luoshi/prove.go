package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"luoshi/internal/audit"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/text"
)

// prove exports a city into a folder for the moment and has the independent
// checker go through it, with the last checkpoint that was signed as its anchor.
// It gives the number of entries.
func (f *folder) prove(ctx context.Context, t terminal) (entries int64, err error) {
	part, err := os.MkdirTemp("", "luoshi-prove-")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(part)) }()
	if err := f.export(ctx, t, desk.FullExport, filepath.Join(part, "export"), filepath.Join(part, "database"), "verify"); err != nil {
		return 0, err
	}
	anchors := audit.Anchors{Key: f.key}
	if err := f.db.Read(ctx, func(v *db.View) error {
		_, signed, err := db.LastCheckpoint(v, f.city)
		if signed != "" {
			anchors.Checkpoint = []byte(signed)
		}
		return err
	}); err != nil {
		return 0, err
	}
	r, err := audit.Verify(filepath.Join(part, "export"), anchors)
	if err != nil {
		return 0, err
	}
	for _, p := range r.Problems {
		fmt.Fprintf(t.err, "✗ %s  %s\n", p.Place, text.Say(t.lang, p.What.Key, p.What.Args...))
	}
	if len(r.Problems) > 0 {
		t.say("发现 %s 处问题。", fmt.Sprint(len(r.Problems)))
		return 0, exitError(exitWanting)
	}
	return r.Size, nil
}

// export writes an export, from a copy of the database so that nobody waits for it.
func (f *folder) export(ctx context.Context, t terminal, kind desk.ExportKind, out, copied, name string) (err error) {
	if err := os.MkdirAll(copied, 0o700); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(copied)) }()
	bar := longBar(t, name)
	defer bar.end()
	if err := f.db.Copy(ctx, f.city, copied, bar.show); err != nil {
		return err
	}
	d, err := db.Open(ctx, copied, db.Options{ReadLimit: readsLong, PersonalKey: f.personal}, schemas()...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	err = desk.NewOffice(d, f.blobs, f.city).Export(ctx, kind, f.signer, func(path string, content []byte) error {
		return writeFile(filepath.Join(out, filepath.FromSlash(path)), content, kind == desk.PublicExport)
	}, bar.show)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}
