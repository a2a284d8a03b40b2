package db

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

// Schema is one room's share of the database: its migrations, numbered from
// 0001, and the declarations of its tables.
type Schema struct {
	Room   string
	Files  fs.FS
	Tables []Table
}

//go:embed schema/*.sql
var files embed.FS

func ownSchema() Schema {
	own, err := fs.Sub(files, "schema")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return Schema{Room: "db", Files: own, Tables: tables}
}

// ErrNewerSchema is returned where the data was written by a newer Luoshi.
var ErrNewerSchema = errors.New("the data was written by a newer version of luoshi; use that version or a later one")

// Version is how far the share of one room stands.
type Version struct {
	Room   string
	Stands int64
	Knows  int64 // the program
}

func (d *DB) migrate(ctx context.Context, s Schema) error {
	p, v, err := d.migrations(ctx, s)
	if err != nil {
		return fmt.Errorf("migrate %s: %w", s.Room, err)
	}
	if v.Stands > v.Knows {
		return fmt.Errorf("%s stands at %d, this program knows %d: %w", s.Room, v.Stands, v.Knows, ErrNewerSchema)
	}
	d.versions = append(d.versions, Version{Room: v.Room, Stands: v.Knows, Knows: v.Knows})
	if v.Stands == v.Knows {
		return nil
	}
	if _, err = p.Up(ctx); err != nil {
		return fmt.Errorf("migrate %s: %w", s.Room, err)
	}
	return nil
}

func (d *DB) migrations(ctx context.Context, s Schema) (*goose.Provider, Version, error) {
	v := Version{Room: s.Room}
	store, err := database.NewStore(d.engine.dialect, "migration_"+s.Room)
	if err != nil {
		return nil, v, err
	}
	from := s.Files
	if d.options.Spread != nil && d.options.Database != "" {
		from = rewritten{s.Files, func(text string) string { return d.options.Spread(text, d.distributed) }}
	}
	p, err := goose.NewProvider("", d.engine.writePool, from, goose.WithStore(store), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, v, err
	}
	for _, source := range p.ListSources() {
		v.Knows = max(v.Knows, source.Version)
	}
	if v.Stands, err = p.GetDBVersion(ctx); err != nil {
		return nil, v, fmt.Errorf("read version: %w", err)
	}
	return p, v, nil
}

// Versions tells how far the share of each room stands, as found when the database was
// opened: its one connection for writing is not to be had any more.
func (d *DB) Versions() []Version { return d.versions }

// Tables lists the declared tables of all rooms, parents before children.
func (d *DB) Tables() []Table {
	var out []Table
	for _, s := range d.schemas {
		out = append(out, s.Tables...)
	}
	return out
}

// distributed reports whether a table is spread by city.
func (d *DB) distributed(table string) bool { return d.sharing[table] == Distributed }

// rewritten gives files with their text changed.
type rewritten struct {
	fs.FS
	change func(string) string
}

// ReadFile gives a whole file.
func (r rewritten) ReadFile(name string) ([]byte, error) {
	b, err := fs.ReadFile(r.FS, name)
	return []byte(r.change(string(b))), err
}

// Open gives a folder as it is and a file with its text changed.
func (r rewritten) Open(name string) (fs.File, error) {
	f, err := r.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if about, err := f.Stat(); err != nil || about.IsDir() {
		return f, err
	}
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &rewrittenFile{f, bytes.NewReader([]byte(r.change(string(b))))}, nil
}

type rewrittenFile struct {
	fs.File
	text *bytes.Reader
}

func (f *rewrittenFile) Read(p []byte) (int, error) { return f.text.Read(p) }
