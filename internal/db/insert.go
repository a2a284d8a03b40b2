package db

import (
	"fmt"
	"strings"
)

// parameters is how many values one statement carries. SQLite looks each $N up
// among all names of the statement, so that a long one costs the square of its length.
const parameters = 200

// Insert writes rows of one table with as few statements as the engine takes.
// Columns is the list as it stands in SQL: "city_id, id, name".
func (t *Tx) Insert(table, columns string, rows [][]any) error {
	return t.insert(table, columns, rows, "")
}

// Upsert writes rows, or all but the key columns of those that are there. Where there
// are none but key columns, those that are there stay as they are.
func (t *Tx) Upsert(table, key, columns string, rows [][]any) error {
	isKey := map[string]bool{}
	for _, k := range strings.Split(key, ", ") {
		isKey[k] = true
	}
	var set []string
	for _, c := range strings.Split(columns, ", ") {
		if !isKey[c] {
			set = append(set, c+" = excluded."+c)
		}
	}
	tail := " ON CONFLICT (" + key + ") DO NOTHING"
	if len(set) > 0 {
		tail = " ON CONFLICT (" + key + ") DO UPDATE SET " + strings.Join(set, ", ")
	}
	return t.insert(table, columns, rows, tail)
}

// Add writes rows, or adds to the columns that are not of the key of those that are there.
// No key comes twice.
func (t *Tx) Add(table, key, columns string, rows [][]any) error {
	var set []string
	for _, c := range strings.Split(strings.TrimPrefix(columns, key+", "), ", ") {
		set = append(set, c+" = "+table+"."+c+" + excluded."+c)
	}
	return t.insert(table, columns, rows, " ON CONFLICT ("+key+") DO UPDATE SET "+strings.Join(set, ", "))
}

func (t *Tx) insert(table, columns string, rows [][]any, tail string) error {
	wide := strings.Count(columns, ",") + 1
	for len(rows) > 0 {
		full := max(1, parameters/wide)
		n := min(len(rows), full)
		var text strings.Builder
		fmt.Fprintf(&text, "INSERT INTO %s (%s) VALUES ", table, columns)
		args := make([]any, 0, n*wide)
		for r, row := range rows[:n] {
			if len(row) != wide {
				return fmt.Errorf("insert into %s: %d values for %d columns", table, len(row), wide)
			}
			for c := range row {
				text.WriteString([]string{", ", "), (", "("}[separator(r, c)])
				fmt.Fprintf(&text, "$%d", r*wide+c+1)
			}
			args = append(args, row...)
		}
		text.WriteString(")" + tail)
		if err := t.execRows(text.String(), n == full || n <= few, args); err != nil {
			return fmt.Errorf("insert into %s: %w", table, err)
		}
		rows = rows[n:]
	}
	return nil
}

func separator(row, column int) int {
	switch {
	case column > 0:
		return 0
	case row > 0:
		return 1
	}
	return 2
}

// few is how many rows most acts write of a table.
const few = 4

// execRows keeps the statements of full lengths and of few rows, which come
// again; one of another length would only fill the list of statements.
func (t *Tx) execRows(text string, keep bool, args []any) error {
	run := t.conn.execOnce
	if keep {
		run = t.conn.exec
	}
	_, err := t.exec(run, text, args)
	return err
}
