package org

import (
	"encoding/csv"
	"fmt"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/ledger"
)

// ImportedEntry is the entry of units that were opened together from a list: its words
// hold a CSV row `unit,parent,level,name,code` for each, so that one commitment covers
// them all. They all begin on the same day.
func ImportedEntry(units []Unit) ledger.Draft {
	d := ledger.Draft{Kind: KindUnitsImported, Class: ledger.Public}
	var rows strings.Builder
	w := csv.NewWriter(&rows)
	for _, u := range units {
		d.Subjects = append(d.Subjects, u.subject())
		parent := ""
		if u.Parent != 0 {
			parent = u.Parent.String()
		}
		_ = w.Write([]string{u.ID.String(), parent, string(u.Level), u.Name, u.Code}) // a builder takes everything
		d.Fields = []ledger.Field{ledger.Day("from", string(u.From)), ledger.Num("units", int64(len(units)))}
	}
	w.Flush()
	d.Words = ledger.Words("rows", rows.String())
	return d
}

// ReadRows reads the rows of an ImportedEntry.
func ReadRows(rows string, from calendar.Day) ([]Unit, error) {
	r := csv.NewReader(strings.NewReader(rows))
	r.FieldsPerRecord = 5
	records, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read imported units: %w", err)
	}
	out := make([]Unit, len(records))
	for i, c := range records {
		out[i] = Unit{Level: Level(c[2]), Name: c[3], Code: c[4], From: from}
		if out[i].ID, err = id.Of[id.Unit](c[0]); err != nil {
			return nil, fmt.Errorf("read imported units: row %d: %w", i+1, err)
		}
		if c[1] != "" {
			if out[i].Parent, err = id.Of[id.Unit](c[1]); err != nil {
				return nil, fmt.Errorf("read imported units: row %d: %w", i+1, err)
			}
		}
	}
	return out, nil
}

// Entry is the entry of who goes on with what a unit did.
func (s Successor) Entry() ledger.Draft {
	return ledger.Draft{Kind: KindUnitSucceeded, Class: ledger.Public,
		Subjects: []ledger.Subject{{Noun: "unit", ID: s.Unit.String()}, {Noun: "unit", ID: s.Successor.String()}},
		Fields:   []ledger.Field{ledger.Day("from", string(s.From)), ledger.IDField("successor", s.Successor.String())}}
}
