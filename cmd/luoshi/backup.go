package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"luoshi/fault"
	"luoshi/internal/db"
	"luoshi/internal/disk"
	"luoshi/ledger"
)

type backupCommand struct {
	place `embed:""`
	Out   string `arg:"" help:"${out}"`
}

// Help gives an example.
func (backupCommand) Help() string {
	return example("luoshi backup --data data/city /mnt/backup/2026-11-24")
}

// A backup is a folder: the database as one SQLite file whatever it was kept in,
// the files, the public key, a list of all with their hashes, and its signature.
// The secret keys are never in it.
const (
	backupFormat = "luoshi/backup/1"
	backupList   = "backup.json"
	backupNote   = "backup.note"
)

type backupContents struct {
	Format  string       `json:"format"`
	City    string       `json:"city"`
	Number  int64        `json:"number"`
	Entries int64        `json:"entries"`
	Began   time.Time    `json:"began"` // every act answered before it is inside
	Files   []backupFile `json:"files"`
}

type backupFile struct {
	Path   string `json:"path"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Run backs up a city while it is served, and proves that the backup holds it.
func (c backupCommand) Run(t terminal) error {
	var contents backupContents
	err := c.intoNew(t, c.Out, "backup", func(ctx context.Context, f *folder, part string) (err error) {
		if err := os.MkdirAll(part, 0o700); err != nil {
			return err
		}
		contents, err = f.backUp(ctx, t, part)
		return err
	})
	if err != nil {
		return err
	}
	t.say("备份好了 %s：%s，%s 笔存证、%s 个文件，都核对过。钥匙不在里面，要另外备份：luoshi keys backup", c.Out, contents.City, fmt.Sprint(contents.Entries), fmt.Sprint(len(contents.Files)))
	return nil
}

// backUp fills a folder. The database is copied before the files: a file is there
// before the act that names it, so that none can be missing.
func (f *folder) backUp(ctx context.Context, t terminal, part string) (backupContents, error) {
	about, err := f.office.City(ctx)
	contents := backupContents{Format: backupFormat, City: about.Name, Number: f.city, Began: time.Now().UTC()}
	if err != nil {
		return contents, err
	}
	bar := longBar(t, "backup")
	err = f.db.Copy(ctx, f.city, part, bar.show)
	bar.end()
	if err != nil {
		return contents, err
	}
	bar = longBar(t, "files")
	for _, name := range []string{"blob", publicKeyFile, sampleFile} {
		if err := copyTree(ctx, filepath.Join(f.path, name), filepath.Join(part, name), bar.show); err != nil {
			return contents, fmt.Errorf("back up %s: %w", name, err)
		}
	}
	bar.end()
	copied, err := f.at(ctx, part)
	if err != nil {
		return contents, err
	}
	contents.Entries, err = copied.prove(ctx, t)
	if err = errors.Join(err, copied.close()); err != nil {
		return contents, err
	}
	err = contents.sign(ctx, t, part, f)
	return contents, err
}

// at opens a copy of the city in another folder, with the keys of this one.
func (f *folder) at(ctx context.Context, path string) (*folder, error) {
	d, err := db.Open(ctx, path, db.Options{PersonalKey: f.personal}, schemas()...)
	if err != nil {
		return nil, err
	}
	return place{Data: path}.openCityWith(ctx, d, f.city, f.path)
}

// sign lists all files of a folder with their hashes and signs the list.
func (b *backupContents) sign(ctx context.Context, t terminal, part string, f *folder) error {
	bar := longBar(t, "hash")
	defer bar.end()
	var err error
	if b.Files, err = hashFiles(ctx, part, bar.show); err != nil {
		return err
	}
	list, err := json.MarshalIndent(*b, "", "  ")
	if err != nil {
		return err
	}
	note, err := ledger.SignText(backupText(f.signer.Name(), list), f.signer)
	if err != nil {
		return err
	}
	if err := disk.Write(filepath.Join(part, backupList), list, 0o600); err != nil {
		return err
	}
	return disk.Write(filepath.Join(part, backupNote), note, 0o600)
}

func backupText(origin string, list []byte) string {
	return fmt.Sprintf("%s\n%s\n%x\n", backupFormat, origin, sha256.Sum256(list))
}

// hashFiles hashes every file of a folder and has it on the disk.
func hashFiles(ctx context.Context, folder string, progress func(done, all int64)) (files []backupFile, err error) {
	all, err := countFiles(folder)
	if err != nil {
		return nil, err
	}
	err = filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		if e.IsDir() {
			return disk.SyncFolder(path)
		}
		one, err := hashFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		one.Path = filepath.ToSlash(name)
		files = append(files, one)
		progress(int64(len(files)), int64(all))
		return err
	})
	return files, err
}

func hashFile(path string) (one backupFile, err error) {
	f, err := os.Open(path)
	if err != nil {
		return one, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	h := sha256.New()
	if one.Bytes, err = io.Copy(h, f); err != nil {
		return one, err
	}
	one.SHA256 = hex.EncodeToString(h.Sum(nil))
	return one, f.Sync()
}

// copyTree copies a file or a folder that is there, durably; what is being
// written just now ("part-…") is nobody's yet.
func copyTree(ctx context.Context, from, to string, progress func(done, all int64)) error {
	if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	all, err := countFiles(from)
	if err != nil {
		return err
	}
	done := int64(0)
	return filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err != nil || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		name, err := filepath.Rel(from, path)
		if err != nil || e.IsDir() || strings.HasPrefix(e.Name(), "part-") {
			return err
		}
		done++
		progress(done, int64(all))
		return disk.Copy(path, filepath.Join(to, name))
	})
}

var errNoBackup = fault.New(fault.Invalid, "这个文件夹里没有 luoshi 的备份。")
