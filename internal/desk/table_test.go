package desk

import (
	"slices"
	"strings"
	"testing"

	"luoshi/internal/db"
	"luoshi/internal/login"
)

// Every table of the schema is declared, with every column, and distributed
// tables begin their keys with the city.
func TestEveryTableIsDeclared(t *testing.T) {
	d, err := db.Open(t.Context(), t.TempDir(), db.Options{}, Schema(), login.Schema())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	declared := map[string]db.Table{}
	for _, table := range d.Tables() {
		declared[table.Name] = table
	}
	err = d.Read(t.Context(), func(v *db.View) error {
		names, err := db.Rows(v, db.Value[string], `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'migration_%'`)
		if err != nil {
			return err
		}
		for _, name := range names {
			table, ok := declared[name]
			if !ok {
				t.Errorf("table %s is not declared", name)
				continue
			}
			delete(declared, name)
			type column struct {
				name string
				key  int
			}
			columns, err := db.Rows(v, func(s db.Scanner) (c column, err error) {
				err = s.Scan(&c.name, &c.key)
				return c, err
			}, "SELECT name, pk FROM pragma_table_info($1)", name)
			if err != nil {
				return err
			}
			for _, c := range columns {
				known := slices.ContainsFunc(table.Columns, func(d db.Column) bool { return d.Name == c.name })
				switch {
				case c.name == "city_id" && table.Sharing == db.Distributed:
					if c.key != 1 {
						t.Errorf("the key of %s does not begin with city_id", name)
					}
				case !known:
					t.Errorf("column %s.%s is not declared", name, c.name)
				}
			}
			if len(table.Columns) > len(columns) {
				t.Errorf("%s declares columns that are not there", name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range declared {
		t.Errorf("table %s is declared, but not there", name)
	}
}

// The migrations keep to what every engine takes.
func TestSchemaKeepsToOneDialect(t *testing.T) {
	all, err := files.ReadFile("schema/0001_plan.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"TRIGGER", "AUTOINCREMENT", "INTEGER", "BLOB", "REAL", "SET NULL", "DEFAULT"} {
		if strings.Contains(strings.ToUpper(string(all)), word) {
			t.Errorf("%s in the schema", word)
		}
	}
}
