package desk

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"luoshi/internal/db"
	"luoshi/internal/login"
	"luoshi/tests/postgres"
)

// catalogue is how an engine tells of its tables: their names; of one table the
// names of the columns and their places in its key.
type catalogue struct{ tables, columns string }

var sqliteCatalogue = catalogue{
	`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'migration_%'`,
	"SELECT name, pk FROM pragma_table_info($1)"}

var postgresCatalogue = catalogue{
	`SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT LIKE 'migration_%'`,
	`SELECT CAST(c.column_name AS text), COALESCE((SELECT k.ordinal_position FROM information_schema.key_column_usage k
		JOIN information_schema.table_constraints p ON p.constraint_name = k.constraint_name AND p.constraint_schema = k.constraint_schema
		WHERE p.constraint_type = 'PRIMARY KEY' AND p.table_schema = current_schema() AND p.table_name = c.table_name AND k.column_name = c.column_name), 0)
		FROM information_schema.columns c WHERE c.table_schema = current_schema() AND c.table_name = $1`}

// partition is the name of one part of a table.
var partition = regexp.MustCompile(`_\d+$`)

// Every table of the schema is declared, with every column, and distributed
// tables begin their keys with the city.
func TestEveryTableIsDeclared(t *testing.T) {
	d, err := db.Open(t.Context(), t.TempDir(), db.Options{Database: postgres.Fresh(t), Spread: postgres.Spread, ReadLimit: time.Minute}, Schema(), login.Schema())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	catalogue := sqliteCatalogue
	if postgres.Fresh(t) != "" {
		catalogue = postgresCatalogue
	}
	declared := map[string]db.Table{}
	for _, table := range d.Tables() {
		declared[table.Name] = table
	}
	err = d.Read(t.Context(), func(v *db.View) error {
		tables, err := db.Rows(v, db.Value[string], catalogue.tables)
		if err != nil {
			return err
		}
		var names []string
		for _, name := range tables {
			if !partition.MatchString(name) {
				names = append(names, name)
			}
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
			}, catalogue.columns, name)
			if err != nil {
				return err
			}
			for _, c := range columns {
				known := slices.ContainsFunc(table.Columns, func(d db.Column) bool { return d.Name == c.name })
				switch {
				case c.name == "city_id":
					if table.Sharing == db.Distributed && c.key != 1 {
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
	paths, err := filepath.Glob("../*/schema/*.sql")
	if err != nil || len(paths) < 4 {
		t.Fatalf("%d migrations: %v", len(paths), err)
	}
	for _, path := range paths {
		all, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"TRIGGER", "AUTOINCREMENT", "INTEGER", "BLOB", "REAL", "SET NULL", "DEFAULT"} {
			if strings.Contains(strings.ToUpper(string(all)), word) {
				t.Errorf("%s: %s", path, word)
			}
		}
	}
}
