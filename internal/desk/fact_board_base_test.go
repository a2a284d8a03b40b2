package desk

import (
	"maps"
	"testing"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/org"
)

// Village 11 moves in March 2011 from township 1 of county 10 to township 2 of county 20.
func TestBasesMoveWithTheirUnits(t *testing.T) {
	version := func(u, parent id.Unit, level org.Level, from, to calendar.Day) org.Unit {
		return org.Unit{ID: u, Parent: parent, Level: level, From: from, To: to}
	}
	above := lineage{10: {version(10, 0, org.County, "2000-01-01", "")}, 20: {version(20, 0, org.County, "2000-01-01", "")},
		1: {version(1, 10, org.Township, "2000-01-01", "")}, 2: {version(2, 20, org.Township, "2000-01-01", "")},
		11: {version(11, 1, org.Village, "2000-01-01", "2011-03-10"), version(11, 2, org.Village, "2011-03-10", "")},
		12: {version(12, 1, org.Village, "2000-01-01", "")}}
	months := []string{"2011-01", "2011-02", "2011-03", "2011-04"}
	cell := func(u id.Unit, month string, n int64) cellOf {
		return cellOf{unit: u, month: month, row: above.topRow(u, monthEnd(month)), Figure: fact.Figure{Reported: document.Whole(n), Facts: 1}}
	}
	type bases = map[string]document.Decimal
	for name, c := range map[string]struct {
		cells          []cellOf
		all, ten, into bases
	}{
		"each in its own month":             {[]cellOf{cell(12, "2011-01", 60), cell(11, "2011-02", 20), cell(12, "2011-02", 50)}, bases{"2011-01": document.Whole(60), "2011-02": document.Whole(20)}, bases{"2011-01": document.Whole(60)}, bases{"2011-02": document.Whole(20)}},
		"before the first month":            {[]cellOf{cell(12, "2010-05", 80), cell(12, "2010-11", 70), cell(12, "2011-02", 50)}, bases{"2011-01": document.Whole(70)}, bases{"2011-01": document.Whole(70)}, nil},
		"before it, and anew in it":         {[]cellOf{cell(12, "2010-11", 70), cell(12, "2011-01", 65)}, bases{"2011-01": document.Whole(65)}, bases{"2011-01": document.Whole(65)}, nil},
		"fallen to 0 before it moves":       {[]cellOf{cell(11, "2011-01", 30), cell(11, "2011-02", 0)}, bases{"2011-01": document.Whole(30)}, bases{}, bases{"2011-01": document.Whole(30)}},
		"said again after it moved":         {[]cellOf{cell(11, "2011-01", 30), cell(11, "2011-04", 10)}, bases{"2011-01": document.Whole(30)}, bases{}, bases{"2011-01": document.Whole(30)}},
		"said first in the month it moves":  {[]cellOf{cell(11, "2011-03", 30)}, bases{"2011-03": document.Whole(30)}, nil, bases{"2011-03": document.Whole(30)}},
		"said first after it moved":         {[]cellOf{cell(11, "2011-04", 30)}, bases{"2011-04": document.Whole(30)}, nil, bases{"2011-04": document.Whole(30)}},
		"nothing but that there is nothing": {[]cellOf{cell(12, "2011-01", 0)}, bases{"2011-01": 0}, bases{"2011-01": 0}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			rows := map[id.Unit][]cellOf{}
			for _, one := range c.cells {
				rows[one.row] = append(rows[one.row], one)
			}
			above.carry(c.cells, months, rows)
			first := saidFirst(c.cells, months)
			of := func(row id.Unit) bases {
				added(fact.Indicator{Aggregation: fact.Snapshot}, rows[row], months) // it puts them in order
				return basesOf(first, rows[row])
			}
			if all, ten, into := basesOf(first, c.cells), of(10), of(20); !maps.Equal(all, c.all) || !maps.Equal(ten, c.ten) || !maps.Equal(into, c.into) {
				t.Errorf("of all %v, of the county that it left %v, of the one that it came to %v", all, ten, into)
			}
		})
	}
}

func TestMovedBoardTakesBasesAlong(t *testing.T) {
	board := func(facts int64, of map[id.Unit]map[string]document.Decimal) (b FactBoard) {
		for u, bases := range of {
			b.Rows = append(b.Rows, FactRow{Unit: org.Unit{ID: u}, Total: fact.Figure{Facts: facts}, ByMonth: map[string]fact.Figure{"2011-01": {Facts: facts}}, Bases: bases})
		}
		return b
	}
	all := board(2, map[id.Unit]map[string]document.Decimal{10: {"2011-01": 90, "2011-02": 5}, 30: {"2011-02": 7}})
	moved := movedBoard(all, movedPart{was: board(1, map[id.Unit]map[string]document.Decimal{10: {"2011-01": 30, "2011-02": 5}}), is: board(1, map[id.Unit]map[string]document.Decimal{20: {"2011-01": 30, "2011-02": 5}})})
	for u, want := range map[id.Unit]map[string]document.Decimal{10: {"2011-01": 60}, 20: {"2011-01": 30, "2011-02": 5}, 30: {"2011-02": 7}} {
		if r, _ := moved.Row(u); !maps.Equal(r.Bases, want) {
			t.Errorf("%d: %v, not %v", u, r.Bases, want)
		}
	}
	if r, _ := all.Row(10); r.Bases["2011-01"] != 90 || len(r.Bases) != 2 {
		t.Errorf("the board that is kept was changed: %v", r.Bases)
	}
}
