package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"luoshi/internal/db"
)

type copyCommand struct {
	From string `required:"" help:"${copy_from}"`
	To   string `required:"" help:"${copy_to}"`
	Data string `help:"${copy_data}"`
	City string `help:"${which_city}"`
}

// Help gives an example.
func (copyCommand) Help() string {
	return example("luoshi copy --from data/city --to postgres://luoshi@127.0.0.1/luoshi")
}

// Run moves a city to another database and verifies it there.
func (c copyCommand) Run(t terminal) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	from, to, err := c.places(t)
	if err != nil {
		return err
	}
	source, err := from.open(ctx, t, db.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.close()) }()
	if to.Data != from.Data {
		if err := copyFiles(ctx, t, from.Data, to.Data); err != nil {
			return err
		}
	}
	if err := transfer(ctx, t, source.db, source.city, to); err != nil {
		return err
	}
	about, err := source.office.City(ctx)
	if err != nil {
		return err
	}
	to.City = about.Name
	arrived, err := to.open(ctx, t, db.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, arrived.close()) }()
	entries, err := arrived.prove(ctx, t)
	if err != nil {
		return err
	}
	t.say("%s搬到了 %s，%s 笔存证都核对过。原来的没有动；确认没有问题以后再删。", about.Name, c.To, fmt.Sprint(entries))
	return nil
}

// places tells where a city is moved from and to. Its files and keys stay in the
// folder they lie in, unless it is moved into another folder.
func (c copyCommand) places(t terminal) (from, to place, err error) {
	from, to = place{Data: c.From, City: c.City}, place{Data: c.To}
	if db.IsPostgres(c.From) {
		from.Database, from.Data = c.From, c.Data
	}
	if db.IsPostgres(c.To) {
		to.Database, to.Data = c.To, from.Data
		if c.Data != "" {
			to.Data = c.Data
		}
	}
	if from.Data == "" || from == to {
		t.say("从 PostgreSQL 搬出来，要用 --data 说清城市的文件和钥匙在哪个文件夹。")
		return from, to, exitError(exitUsage)
	}
	return from, to, nil
}

// transfer moves the rows of a city into a database.
func transfer(ctx context.Context, t terminal, from *db.DB, number int64, to place) error {
	d, err := db.Open(ctx, to.Data, db.Options{Database: to.Database}, schemas()...)
	if err != nil {
		return err
	}
	bar := longBar(t, "copy")
	err = db.Transfer(ctx, from, d, number, bar.show)
	bar.end()
	return errors.Join(err, d.Close())
}

// copyFiles copies what a data folder holds beside its database: files and keys.
func copyFiles(ctx context.Context, t terminal, from, to string) error {
	if holdsRecords(to) {
		t.say("%s 里已经有一个城市，没有动它。请换一个空的文件夹。", to)
		return exitError(exitUsage)
	}
	for _, name := range []string{"keys", "blob"} {
		if err := os.CopyFS(filepath.Join(to, name), os.DirFS(filepath.Join(from, name))); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("copy %s: %w", name, err)
		}
	}
	return ctx.Err()
}

// readsLong lets exports and checks read for as long as they need.
const readsLong = 24 * time.Hour
