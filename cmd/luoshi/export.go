package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"luoshi/internal/desk"
)

type exportCommand struct {
	place  `embed:""`
	Out    string `arg:"" help:"${out}"`
	Public bool   `help:"${public}"`
}

// Help gives an example.
func (exportCommand) Help() string {
	return example("luoshi export --data data/city --public open-data")
}

// Run writes an export, from a copy of the database so that nobody waits for it.
func (c exportCommand) Run(t terminal) error {
	kind := desk.FullExport
	if c.Public {
		kind = desk.PublicExport
	}
	files := 0
	err := c.intoNew(t, c.Out, "export", func(ctx context.Context, f *folder, part string) (err error) {
		copied := part + "-database"
		if err := os.RemoveAll(copied); err != nil {
			return err
		}
		if err := f.export(ctx, t, kind, part, copied, "export"); err != nil {
			return err
		}
		files, err = countFiles(part)
		return err
	})
	if err != nil {
		return err
	}
	t.say("写好了 %s：%s 个文件。核对：luoshi verify %s --key %s --checkpoint 另存的检查点", c.Out, fmt.Sprint(files), c.Out, filepath.Join(c.Data, publicKeyFile))
	return nil
}

func countFiles(folder string) (n int, err error) {
	err = filepath.WalkDir(folder, func(_ string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			n++
		}
		return err
	})
	return n, err
}

// writeFile writes a file and the folders above it, for everybody to read or for
// its owner alone.
func writeFile(path string, content []byte, everybody bool) error {
	folder, file := os.FileMode(0o700), os.FileMode(0o600)
	if everybody {
		folder, file = 0o755, 0o644
	}
	if err := os.MkdirAll(filepath.Dir(path), folder); err != nil {
		return err
	}
	if err := os.WriteFile(path, content, file); err != nil {
		return err
	}
	// Also against a narrower preset of the process.
	return errors.Join(os.Chmod(filepath.Dir(path), folder), os.Chmod(path, file))
}
