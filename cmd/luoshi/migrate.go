package main

import (
	"context"
	"errors"
	"fmt"

	"luoshi/internal/db"
)

type migrateCommand struct {
	place `embed:""`
}

// Help gives an example.
func (migrateCommand) Help() string { return example("luoshi migrate --data data/city") }

// Run brings the records up to the schema of this program, as every start does,
// and tells how far each room's share stands.
func (c migrateCommand) Run(t terminal) (err error) {
	ctx := context.Background()
	f, err := c.open(ctx, t, db.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	for _, v := range f.db.Versions() {
		t.say("%s：第 %s 版，最新。", v.Room, fmt.Sprint(v.Stands))
	}
	return nil
}
