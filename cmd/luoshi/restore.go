package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"luoshi/fault"
	"luoshi/internal/archive"
	"luoshi/internal/db"
	"luoshi/internal/disk"
	"luoshi/ledger"

	"golang.org/x/mod/sumdb/note"
)

type restoreCommand struct {
	From     string `arg:"" help:"${backup_folder}"`
	Data     string `required:"" help:"${data_empty}"`
	Database string `env:"LUOSHI_DATABASE" help:"${database}"`
	Keys     string `help:"${keys_folder}"`
	At       string `help:"${restore_at}"`
}

// Help gives an example.
func (restoreCommand) Help() string {
	return example("luoshi restore /mnt/backup/2026-11-24 --keys /mnt/keys --data data/city2")
}

// Run puts a city together again from its backup and its keys, and proves that
// it is whole. The database goes last: without it the folder holds no city.
func (c restoreCommand) Run(t terminal) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if holdsRecords(c.Data) {
		t.say("%s 里已经有一个城市，没有动它。请换一个空的文件夹。", c.Data)
		return exitError(exitUsage)
	}
	if err := c.placeKeys(t); err != nil {
		return err
	}
	if c.At != "" {
		return c.restoreArchive(ctx, t)
	}
	contents, err := checkBackup(ctx, t, c.From, c.Data)
	if err != nil {
		return err
	}
	bar := longBar(t, "restore")
	for _, name := range []string{"blob", sampleFile} {
		if err := copyTree(ctx, filepath.Join(c.From, name), filepath.Join(c.Data, name), bar.show); err != nil {
			return fmt.Errorf("restore %s: %w", name, err)
		}
	}
	bar.end()
	if err := os.RemoveAll(filepath.Join(c.Data, restorePart)); err != nil {
		return err
	}
	if err := disk.Copy(filepath.Join(c.From, db.File), filepath.Join(c.Data, restorePart, db.File)); err != nil {
		return fmt.Errorf("restore database: %w", err)
	}
	number, err := c.placeDatabase(ctx, t)
	if err != nil {
		return err
	}
	about, entries, err := c.proveRestored(ctx, t, number)
	if err != nil {
		return err
	}
	if entries != contents.Entries {
		return fault.New(fault.Invalid, "备份的时候有 %s 笔存证，恢复出来有 %s 笔。", fmt.Sprint(contents.Entries), fmt.Sprint(entries))
	}
	t.say("%s恢复到了 %s：%s 笔存证都核对过，备份从 %s 开始。在那以后办的事不在里面。", about, c.Data, fmt.Sprint(entries), contents.Began.Local().Format(time.DateTime))
	return nil
}

// restoreArchive puts a city together again as it was at an instant.
func (c restoreCommand) restoreArchive(ctx context.Context, t terminal) error {
	at, err := time.ParseInLocation(time.DateTime, c.At, time.Local)
	if err != nil {
		t.say("--at 要写成 \"2026-11-24 12:00:00\" 这样。")
		return exitError(exitUsage)
	}
	kept := kept{folder: c.From}
	part := filepath.Join(c.Data, restorePart)
	if err := errors.Join(os.RemoveAll(part), os.MkdirAll(part, 0o700)); err != nil {
		return err
	}
	bar := longBar(t, "restore")
	reached, err := archive.Restore(kept.log(), at, filepath.Join(part, db.File), bar.show)
	bar.end()
	if errors.Is(err, archive.ErrTooEarly) {
		err = errors.Join(fault.New(fault.Missing, "归档没有那么早。"), err)
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(part))
	}
	if err := copyTree(ctx, kept.files(), filepath.Join(c.Data, "blob"), bar.show); err != nil {
		return fmt.Errorf("restore files: %w", err)
	}
	number, err := c.placeDatabase(ctx, t)
	if err != nil {
		return err
	}
	about, entries, err := c.proveRestored(ctx, t, number)
	if err != nil {
		return err
	}
	t.say("%s恢复到了 %s，停在 %s：%s 笔存证都核对过。", about, c.Data, reached.Local().Format(time.DateTime), fmt.Sprint(entries))
	return nil
}

// holdsRecords reports whether a folder holds a database, or the log of one: the
// log of another database would be taken for that of the restored one.
func holdsRecords(folder string) bool {
	for _, end := range []string{"", "-wal", "-shm"} {
		if _, err := os.Stat(filepath.Join(folder, db.File+end)); err == nil {
			return true
		}
	}
	return false
}

// placeKeys takes the keys from their own backup, unless they are there already.
func (c restoreCommand) placeKeys(t terminal) error {
	if _, err := os.Stat(filepath.Join(c.Data, secretKeyFile)); err == nil {
		return nil
	}
	if c.Keys == "" {
		t.say("钥匙不在备份里。请用 --keys 说清钥匙的备份在哪里，或者先运行：luoshi keys restore 钥匙的备份 --data %s", c.Data)
		return exitError(exitUsage)
	}
	return keysRestoreCommand{From: c.Keys, Data: c.Data}.Run(t)
}

// checkBackup checks every byte of a backup, and that this city signed it.
func checkBackup(ctx context.Context, t terminal, from, data string) (b backupContents, err error) {
	list, err := os.ReadFile(filepath.Join(from, backupList))
	if err != nil {
		return b, errors.Join(errNoBackup, err)
	}
	if err := json.Unmarshal(list, &b); err != nil || b.Format != backupFormat {
		return b, errors.Join(errNoBackup, err)
	}
	signed, err := os.ReadFile(filepath.Join(from, backupNote))
	if err != nil {
		return b, errors.Join(errNoBackup, err)
	}
	public, err := os.ReadFile(filepath.Join(data, publicKeyFile))
	if err != nil {
		return b, fmt.Errorf("read public key: %w", err)
	}
	key, err := ledger.ReadKey(string(public))
	if err != nil {
		return b, fmt.Errorf("read public key: %w", err)
	}
	if err := checkNote(signed, list, key); err != nil {
		return b, err
	}
	bar := longBar(t, "verify")
	defer bar.end()
	found, err := hashFiles(ctx, from, bar.show)
	if err != nil {
		return b, err
	}
	return b, compareFiles(b.Files, found)
}

func checkNote(signed, list []byte, key note.Verifier) error {
	text, err := ledger.OpenText(signed, key)
	if err != nil || text != backupText(key.Name(), list) {
		return errors.Join(fault.New(fault.Invalid, "备份的清单不是用这个城市的钥匙签的，或者被改过。"), err)
	}
	return nil
}

// compareFiles finds a file that is missing, too many, or not what was backed up.
func compareFiles(listed, found []backupFile) error {
	there := map[string]backupFile{}
	for _, f := range found {
		there[f.Path] = f
	}
	for _, want := range listed {
		if there[want.Path] != want {
			return fault.New(fault.Invalid, "备份里的 %s 坏了：少了，或者和备份的时候不一样。", want.Path)
		}
		delete(there, want.Path)
	}
	delete(there, backupList)
	delete(there, backupNote)
	for path := range there {
		return fault.New(fault.Invalid, "备份里多了一个文件：%s。", path)
	}
	return nil
}

// restorePart is where a database lies until all else is in its place.
const restorePart = ".luoshi-restore"

// placeDatabase moves the database from where it was put together to where it is
// to be, and tells the number of its city.
func (c restoreCommand) placeDatabase(ctx context.Context, t terminal) (number int64, err error) {
	part := filepath.Join(c.Data, restorePart)
	defer func() { err = errors.Join(err, os.RemoveAll(part)) }()
	d, err := db.Open(ctx, part, db.Options{}, schemas()...)
	if err != nil {
		return 0, err
	}
	number, err = place{Data: part}.number(ctx, d)
	if err == nil && c.Database != "" {
		err = transfer(ctx, t, d, number, place{Data: c.Data, Database: c.Database})
	}
	if err = errors.Join(err, d.Close()); err != nil || c.Database != "" {
		return number, err
	}
	if holdsRecords(c.Data) { // somebody began a city there meanwhile
		return number, db.ErrCityThere
	}
	return number, errors.Join(os.Rename(filepath.Join(part, db.File), filepath.Join(c.Data, db.File)), disk.SyncFolder(c.Data))
}

// proveRestored opens the city, takes away again what was erased since, holds what may
// have been sent since, and has the independent checker go through it.
func (c restoreCommand) proveRestored(ctx context.Context, t terminal, number int64) (name string, entries int64, err error) {
	p := place{Data: c.Data, Database: c.Database}
	options, err := p.withKey(ctx, db.Options{Database: c.Database, ReadLimit: readsLong})
	if err != nil {
		return "", 0, err
	}
	d, err := db.Open(ctx, c.Data, options, schemas()...)
	if err != nil {
		return "", 0, err
	}
	f, err := p.openCity(ctx, d, number)
	if err != nil {
		return "", 0, err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	about, err := f.office.City(ctx)
	if err != nil {
		return "", 0, err
	}
	if entries, err = f.prove(ctx, t); err != nil {
		return "", 0, err
	}
	again, err := f.eraseAgain(ctx)
	if err != nil {
		return about.Name, entries, err
	}
	held, err := f.office.HoldMessages(ctx)
	if err != nil || again+held == 0 {
		return about.Name, entries, err
	}
	if again > 0 {
		t.say("备份以后抹去过的 %s 个人，又抹去了一遍。", fmt.Sprint(again))
	}
	if held > 0 {
		t.say("备份的时候有 %s 条催办的消息等着发，后来可能发过了，不再发。催过的清单里写着。", fmt.Sprint(held))
	}
	_, err = f.prove(ctx, t)
	return about.Name, entries, err
}
