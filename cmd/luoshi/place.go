package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"luoshi/fault"
	"luoshi/internal/blob"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/login"
)

// place is where a city lives: files and keys in a folder, records there too or
// on PostgreSQL.
type place struct {
	Data     string `required:"" help:"${data}"`
	Database string `env:"LUOSHI_DATABASE" help:"${database}"`
	City     string `help:"${which_city}"`
}

// begun reports whether a city was begun here, as far as can be told without opening it.
func (p place) begun() bool {
	if p.Database != "" {
		return true
	}
	_, err := os.Stat(filepath.Join(p.Data, db.File))
	return err == nil
}

// open opens a city that was begun, and says what to do where there is none.
func (p place) open(ctx context.Context, t terminal, options db.Options) (*folder, error) {
	if !p.begun() {
		return nil, p.noCity(t)
	}
	f, err := p.openAny(ctx, options)
	if errors.Is(err, db.ErrNoCity) {
		return nil, p.noCity(t)
	}
	return f, err
}

func (p place) noCity(t terminal) error {
	t.say("%s 里还没有城市。先建一个：luoshi init --data %s --city 城市名", p.Data, p.Data)
	return exitError(exitUsage)
}

// openAny opens the city that is meant; ErrNoCity where it was not begun yet.
func (p place) openAny(ctx context.Context, options db.Options) (*folder, error) {
	options.Database = p.Database
	d, err := db.Open(ctx, p.Data, options, schemas()...)
	if err != nil {
		return nil, err
	}
	number, err := p.number(ctx, d)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return p.openCity(ctx, d, number)
}

func schemas() []db.Schema { return []db.Schema{desk.Schema(), login.Schema()} }

func (p place) openCity(ctx context.Context, d *db.DB, number int64) (*folder, error) {
	f := &folder{path: p.Data, city: number, db: d}
	blobs, err := blob.Open(filepath.Join(p.Data, "blob"))
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	f.blobs, f.office, f.public = blobs, desk.NewOffice(d, blobs, number), desk.NewPublic(d, number)
	if err := errors.Join(f.readKeys(), f.checkKeys(ctx)); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return f, nil
}

// number finds the number of the city that is meant: the one of that name, or
// the only one.
func (p place) number(ctx context.Context, d *db.DB) (int64, error) {
	all, err := desk.Cities(ctx, d)
	if err != nil {
		return 0, err
	}
	var names []string
	for _, c := range all {
		if c.Name == p.City || p.City == "" && len(all) == 1 {
			return c.Number, nil
		}
		names = append(names, c.Name)
	}
	if p.City == "" && len(all) > 1 {
		return 0, fault.New(fault.Invalid, "这个数据库里有几个城市：%s。请用 --city 说清是哪一个。", strings.Join(names, "、"))
	}
	return 0, db.ErrNoCity
}

// checkKeys refuses the keys of another city: what they signed nobody could check.
func (f *folder) checkKeys(ctx context.Context) error {
	if f.signer == nil {
		return nil
	}
	return f.db.Read(ctx, func(v *db.View) error {
		_, signed, err := db.LastCheckpoint(v, f.city)
		if err != nil || signed == "" {
			return err
		}
		if origin, _, _ := strings.Cut(signed, "\n"); origin != f.signer.Name() {
			return fault.New(fault.Conflict, "%s 里的钥匙不是这个城市的：它的存证是用 %s 签的。请换成这个城市自己的数据文件夹。", f.path, origin)
		}
		return nil
	})
}
