package desk

import (
	"encoding/json"
	"fmt"

	"luoshi/document"
	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
)

type storedDocument struct {
	ID       id.Document
	Text     string
	Hash     blob.Hash // of the text
	Runes    int
	FileName string
	Original blob.Hash
	At       int64 // when it was imported, microseconds
	By       id.Account
	Format   string   // of the file; empty where text only was taken in
	Notes    []string // what was done to the file; loadNotes gives them
}

func saveDocument(tx *db.Tx, city int64, d storedDocument) error {
	return tx.Insert("document", "city_id, id, text, text_hash, runes, file_name, original_hash, imported_at, imported_by, format, notes",
		[][]any{{city, d.ID, d.Text, d.Hash[:], d.Runes, d.FileName, d.Original[:], tx.Now().UnixMicro(), d.By, d.Format, text(d.Notes)}})
}

func loadDocument(q db.Querier, city int64, doc id.Document) (storedDocument, error) {
	return db.Row(q, func(s db.Scanner) (d storedDocument, err error) {
		var hash, original []byte
		err = s.Scan(&d.ID, &d.Text, &hash, &d.Runes, &d.FileName, &original, &d.At, &d.By, &d.Format)
		copy(d.Hash[:], hash)
		copy(d.Original[:], original)
		return d, err
	}, "SELECT id, text, text_hash, runes, file_name, original_hash, imported_at, imported_by, COALESCE(format, '') FROM document WHERE city_id = $1 AND id = $2", city, doc)
}

// loadNotes gives what was done to the file of a document.
func loadNotes(q db.Querier, city int64, doc id.Document) (notes []string, err error) {
	column, err := db.Row(q, db.Value[string], "SELECT COALESCE(notes, '[]') FROM document WHERE city_id = $1 AND id = $2", city, doc)
	if err != nil {
		return nil, err
	}
	err = untext(column, &notes)
	return notes, err
}

func saveNodes(tx *db.Tx, city int64, doc id.Document, nodes []document.Node) error {
	rows := make([][]any, len(nodes))
	for i, n := range nodes {
		rows[i] = []any{city, doc, n.Ordinal, n.Level, n.Number, n.Title, n.Parent, text(n.Span)}
	}
	return tx.Insert("node", "city_id, document_id, ordinal, level, number, title, parent, span", rows)
}

func loadNodes(q db.Querier, city int64, doc id.Document) ([]document.Node, error) {
	nodes, err := db.Rows(q, func(s db.Scanner) (n document.Node, err error) {
		var span string
		if err = s.Scan(&n.Ordinal, &n.Level, &n.Number, &n.Title, &n.Parent, &span); err != nil {
			return n, err
		}
		return n, json.Unmarshal([]byte(span), &n.Span)
	}, "SELECT ordinal, level, number, title, parent, span FROM node WHERE city_id = $1 AND document_id = $2 ORDER BY ordinal", city, doc)
	for i := range nodes {
		if nodes[i].Path = nodes[i].Number; nodes[i].Parent > 0 && nodes[i].Parent <= i {
			nodes[i].Path = nodes[nodes[i].Parent-1].Path + "/" + nodes[i].Number
		}
	}
	return nodes, err
}

func loadNodeSpan(q db.Querier, city int64, doc id.Document, ordinal int) (span document.Span, err error) {
	column, err := db.Row(q, db.Value[string], "SELECT span FROM node WHERE city_id = $1 AND document_id = $2 AND ordinal = $3", city, doc, ordinal)
	if err != nil {
		return nil, err
	}
	return span, untext(column, &span)
}

// text writes a structure into a TEXT column, as JSON.
func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("column of %T: %v", v, err)) // plain structures only
	}
	return string(b)
}

// nodeHolding gives the ordinal of the innermost node that holds a rune, or 0.
func nodeHolding(q db.Querier, city int64, doc id.Document, rune int) (int, error) {
	nodes, err := loadNodes(q, city, doc)
	at := 0
	for _, n := range nodes {
		if n.Span.Start() <= rune && rune < n.Span.End() {
			at = n.Ordinal
		}
	}
	return at, err
}
