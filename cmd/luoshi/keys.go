package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"luoshi/fault"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/keys"
)

type keysBackupCommand struct {
	Data string `required:"" help:"${data}"`
	Out  string `arg:"" help:"${out}"`
}

// Help gives an example.
func (keysBackupCommand) Help() string {
	return example("luoshi keys backup --data data/city /mnt/safe/keys-2026-11-24")
}

// Run copies the keys and the list of the erased into a folder of their own.
func (c keysBackupCommand) Run(t terminal) error {
	err := keys.Backup(filepath.Join(c.Data, keyFolder), c.Out)
	if errors.Is(err, fs.ErrExist) {
		t.say("%s 已经有了。请换一个文件夹名。", c.Out)
		return exitError(exitUsage)
	}
	if err != nil {
		return err
	}
	t.say("钥匙备份在 %s。请锁好，不要和平常的备份放在一处：两样都拿到的人看得到姓名和电话。", c.Out)
	t.say("以后每抹去一个人，都再做一次：名单在里面，恢复旧的备份时靠它再抹去。")
	return nil
}

type keysRestoreCommand struct {
	From     string `arg:"" help:"${keys_copy}"`
	Data     string `required:"" help:"${data}"`
	Database string `env:"LUOSHI_DATABASE" help:"${database}"`
	City     string `help:"${which_city}"`
}

// Help gives an example.
func (keysRestoreCommand) Help() string {
	return example("luoshi keys restore /mnt/safe/keys-2026-11-24 --data data/city")
}

// Run puts the keys back, and where their city is there already, tries them on it
// first and erases again whom the list names.
func (c keysRestoreCommand) Run(t terminal) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	copied, err := keys.ReadBackup(c.From)
	if err != nil {
		return err
	}
	p := place{Data: c.Data, Database: c.Database, City: c.City}
	there, err := p.fits(ctx, copied)
	if fault.Is(err, fault.Conflict) {
		return errors.Join(fault.New(fault.Conflict, "%s 里的钥匙不是这个城市的，没有放回去。请换一份备份。", c.From), err)
	}
	if err != nil {
		return err
	}
	if err := copied.Restore(filepath.Join(c.Data, keyFolder)); err != nil {
		return err
	}
	t.say("钥匙放回了 %s。", filepath.Join(c.Data, keyFolder))
	if !there {
		return nil
	}
	f, err := p.openAny(ctx, db.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	n, err := f.eraseAgain(ctx)
	if n > 0 {
		t.say("按名单又抹去了 %s 个人：这里的数据比名单旧。", fmt.Sprint(n))
	}
	return err
}

// fits reports whether there is a city here yet, and refuses keys that are not its own.
func (p place) fits(ctx context.Context, copied keys.Copy) (there bool, err error) {
	if !p.begun() {
		return false, nil
	}
	key, err := copied.PersonalKey()
	if err != nil {
		return false, err
	}
	d, err := db.Open(ctx, p.Data, db.Options{Database: p.Database, PersonalKey: key}, schemas()...)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	number, err := p.number(ctx, d)
	if errors.Is(err, db.ErrNoCity) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	f := &folder{path: p.Data, city: number, db: d, office: desk.NewOffice(d, nil, number)}
	return true, errors.Join(f.takeKeys(copied), f.checkKeys(ctx))
}
