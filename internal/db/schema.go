package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
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
var ErrNewerSchema = errors.New("the data folder was written by a newer version of luoshi; use that version or a later one")

func migrate(ctx context.Context, pool *sql.DB, s Schema) error {
	store, err := database.NewStore(goose.DialectSQLite3, "migration_"+s.Room)
	if err != nil {
		return fmt.Errorf("migrate %s: %w", s.Room, err)
	}
	p, err := goose.NewProvider("", pool, s.Files, goose.WithStore(store), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrate %s: %w", s.Room, err)
	}
	known := int64(0)
	for _, source := range p.ListSources() {
		known = max(known, source.Version)
	}
	stands, err := p.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("migrate %s: read version: %w", s.Room, err)
	}
	if stands > known {
		return fmt.Errorf("%s stands at %d, this program knows %d: %w", s.Room, stands, known, ErrNewerSchema)
	}
	if stands == known {
		return nil
	}
	if _, err = p.Up(ctx); err != nil {
		return fmt.Errorf("migrate %s: %w", s.Room, err)
	}
	return nil
}

// Tables lists the declared tables of all rooms.
func (d *DB) Tables() []Table {
	var out []Table
	for _, s := range d.schemas {
		out = append(out, s.Tables...)
	}
	return out
}
