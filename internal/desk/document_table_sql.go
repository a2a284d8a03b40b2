package desk

import (
	"errors"

	"luoshi/document"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// DocumentTable is a table of a stored document and how it was read.
type DocumentTable struct {
	document.Table
	Heads   []string     // what stands above each column
	Columns plan.Columns // what each was taken for
}

// documentTables puts the tables of a file to what was read of them.
func documentTables(tables []document.Table, read []plan.ReadTable) []DocumentTable {
	out := make([]DocumentTable, len(tables))
	for i, t := range tables {
		out[i] = DocumentTable{t, read[i].Heads, read[i].Columns}
	}
	return out
}

// grid are the cells of a table by rows, each as the first and last place of its
// words and where the file has it.
type grid [][][4]int

func gridOf(t document.Table) grid {
	out := make(grid, len(t.Rows))
	for i, row := range t.Rows {
		out[i] = make([][4]int, len(row))
		for k, c := range row {
			out[i][k] = [4]int{c.Place.Start, c.Place.End, c.Row, c.Column}
		}
	}
	return out
}

func (g grid) rows() [][]document.Cell {
	out := make([][]document.Cell, len(g))
	for i, row := range g {
		out[i] = make([]document.Cell, len(row))
		for k, c := range row {
			out[i][k] = document.Cell{Place: document.Range{Start: c[0], End: c[1]}, Row: c[2], Column: c[3]}
		}
	}
	return out
}

func saveTables(tx *db.Tx, city int64, doc id.Document, tables []DocumentTable) error {
	rows := make([][]any, len(tables))
	for i, t := range tables {
		rows[i] = []any{city, doc, i + 1, text(document.Span{t.Place}), text(t.Heads), text(gridOf(t.Table)), t.Sheet, text(t.Columns)}
	}
	return tx.Upsert("document_table", "city_id, document_id, ordinal", "city_id, document_id, ordinal, place, heads, grid, sheet, read_as", rows)
}

func loadTables(q db.Querier, city int64, doc id.Document) ([]DocumentTable, error) {
	return db.Rows(q, func(s db.Scanner) (DocumentTable, error) {
		var sheet, columns string
		t, err := scanPublicTable(s, &sheet, &columns)
		t.Sheet = sheet
		return t, errors.Join(err, untext(columns, &t.Columns))
	}, "SELECT place, heads, grid, sheet, read_as FROM document_table WHERE city_id = $1 AND document_id = $2 ORDER BY ordinal", city, doc)
}

// loadPublicTables leaves out the names of sheets and how the columns were read.
func loadPublicTables(q db.Querier, city int64, doc id.Document) ([]DocumentTable, error) {
	return db.Rows(q, func(s db.Scanner) (DocumentTable, error) { return scanPublicTable(s) },
		"SELECT place, heads, grid FROM document_table WHERE city_id = $1 AND document_id = $2 ORDER BY ordinal", city, doc)
}

func scanPublicTable(s db.Scanner, more ...any) (t DocumentTable, err error) {
	var place, heads, cells string
	if err = s.Scan(append([]any{&place, &heads, &cells}, more...)...); err != nil {
		return t, err
	}
	var span document.Span
	var g grid
	if err = errors.Join(untext(place, &span), untext(heads, &t.Heads), untext(cells, &g)); err != nil {
		return t, err
	}
	if len(span) > 0 {
		t.Place = span[0]
	}
	t.Rows = g.rows()
	return t, nil
}
