package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"luoshi/fault"
	"luoshi/internal/blob"
	"luoshi/internal/convert"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/keys"
	"luoshi/internal/login"
	"luoshi/internal/paper"
	"luoshi/org"
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
	return err == nil || errors.Is(err, os.ErrPermission) // who may not look is told so when opening
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
	options, err := p.withKey(ctx, options)
	if err != nil {
		return nil, err
	}
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

// withKey has a database opened with the key that seals personal columns.
func (p place) withKey(ctx context.Context, options db.Options) (db.Options, error) {
	folder := filepath.Join(p.Data, keyFolder)
	if _, err := os.Stat(filepath.Join(p.Data, secretKeyFile)); errors.Is(err, os.ErrNotExist) {
		return options, fault.New(fault.Missing, "%s 里没有钥匙。钥匙另有备份，先放回来：luoshi keys restore 钥匙的备份 --data %s", p.Data, p.Data)
	}
	if _, err := os.Stat(filepath.Join(folder, keys.Personal)); errors.Is(err, os.ErrNotExist) {
		if err := p.makeFirstPersonalKey(ctx); err != nil {
			return options, err
		}
	}
	var err error
	options.PersonalKey, err = keys.ReadPersonal(folder)
	return options, err
}

// makeFirstPersonalKey makes the key that seals personal columns in a folder of a
// version that had none. Where something is sealed it was lost, and another would
// not open it.
func (p place) makeFirstPersonalKey(ctx context.Context) error {
	d, err := db.Open(ctx, p.Data, db.Options{Database: p.Database}, schemas()...)
	if err != nil {
		return err
	}
	cities, err := desk.Cities(ctx, d)
	for _, c := range cities {
		if p.Database != "" && p.City != "" && c.Name != p.City {
			continue // it has its own folder and its own key
		}
		sealed, failed := desk.NewOffice(d, nil, c.Number).CheckPersonalKey(ctx)
		if sealed && err == nil {
			failed = fault.New(fault.Missing, "%s 里少了 keys/personal.key，姓名和电话打不开。先把钥匙的备份放回来：luoshi keys restore 钥匙的备份 --data %s", p.Data, p.Data)
		}
		err = errors.Join(err, failed)
	}
	if err = errors.Join(err, d.Close()); err != nil {
		return err
	}
	return keys.MakePersonal(filepath.Join(p.Data, keyFolder), rand.Reader)
}

func (p place) openCity(ctx context.Context, d *db.DB, number int64) (*folder, error) {
	return p.openCityWith(ctx, d, number, p.Data)
}

// openCityWith opens a city with the keys that lie in another folder. The
// database was opened with the one that seals.
func (p place) openCityWith(ctx context.Context, d *db.DB, number int64, from string) (*folder, error) {
	f := &folder{path: p.Data, city: number, db: d}
	blobs, err := blob.Open(filepath.Join(p.Data, "blob"))
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	f.blobs, f.office, f.public = blobs, desk.NewOffice(d, blobs, number), desk.NewPublic(d, number)
	f.public.Originals = blobs
	f.office.ReadFile = convert.ReadFile
	f.office.ReadCells = func(ctx context.Context, name string, raw []byte) (*org.Cells, error) {
		return paper.ReadList(ctx, name, raw, convert.ReadFile)
	}
	f.office.ReadSheet = paper.ReadTemplate
	if err := errors.Join(f.readKeys(from), f.checkKeys(ctx)); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if err := f.sealPlain(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return f, nil
}

// sealPlain seals what an older version kept in clear, and wipes it out of the file.
func (f *folder) sealPlain(ctx context.Context) error {
	n, err := f.office.SealPlain(ctx)
	if err != nil {
		return fmt.Errorf("seal names: %w", err)
	}
	if n > 0 {
		slog.Info("sealed names that were kept in clear", "accounts", n)
	}
	sheets, err := f.office.SealSheets(ctx)
	if err != nil {
		return fmt.Errorf("seal sheets and lists: %w", err)
	}
	if sheets > 0 {
		slog.Info("sealed or deleted sheets of facts and lists of units that were kept in clear", "sheets", sheets)
		if err := f.db.Fold(ctx); err != nil && ctx.Err() == nil {
			slog.Warn("wipe the log of writes", "error", err)
		}
	}
	if err := f.db.Scrub(ctx); err != nil && ctx.Err() == nil {
		slog.Warn("wipe the database file; it is tried again at the next start", "error", err)
	}
	return ctx.Err()
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

// checkKeys refuses the keys of another city: what they signed nobody could
// check, and what is sealed they do not open.
func (f *folder) checkKeys(ctx context.Context) error {
	if f.signer == nil {
		return nil
	}
	if err := f.db.Read(ctx, func(v *db.View) error {
		_, signed, err := db.LastCheckpoint(v, f.city)
		if err != nil || signed == "" {
			return err
		}
		if origin, _, _ := strings.Cut(signed, "\n"); origin != f.signer.Name() {
			return fault.New(fault.Conflict, "%s 里的钥匙不是这个城市的：它的存证是用 %s 签的。请换成这个城市自己的数据文件夹。", f.path, origin)
		}
		return nil
	}); err != nil {
		return err
	}
	if _, err := f.office.CheckPersonalKey(ctx); errors.Is(err, db.ErrSealed) || errors.Is(err, db.ErrNoPersonalKey) {
		return errors.Join(fault.New(fault.Conflict, "%s 的姓名和电话用这里的钥匙（keys/personal.key）打不开。请放回这个城市自己的钥匙：luoshi keys restore 钥匙的备份 --data %s", f.path, f.path), err)
	} else if err != nil { // a database that is slow says nothing about the keys
		return err
	}
	return nil
}
