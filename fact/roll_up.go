package fact

import (
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
)

// Tier says which of the two summaries of a fact a row is.
type Tier int

const (
	Leaf  Tier = 0 // the unit that reported
	Upper Tier = 1 // the township above it on the day of the fact; any other unit itself
	First Tier = 2 // of persons and things, the month in which each was told of first: in the city (no unit), and in a county
)

// Place is where in the tree a fact stood on its day.
type Place struct {
	Upper      id.Unit // its township, or the unit itself
	UpperAbove id.Unit // the unit above Upper
	Row        id.Unit // the county or direct unit under which it is shown
}

// Placed is a fact with its place.
type Placed struct {
	Fact
	Place Place
}

// Cell is one row of the summaries: months are 2011-09.
type Cell struct {
	Tier  Tier
	Month string
	Unit  id.Unit
	Above id.Unit // the unit above a township on the day, where facts add up; else 0
}

// Figure is what facts come to.
type Figure struct {
	Reported document.Decimal
	Counted  document.Decimal // checked, with evidence as good as is wanted
	Facts    int64            // claims that stand
	Checked  int64            // of them those that count
}

// Plus adds two figures.
func (f Figure) Plus(o Figure) Figure {
	return Figure{f.Reported + o.Reported, f.Counted + o.Counted, f.Facts + o.Facts, f.Checked + o.Checked}
}

// Minus takes one figure from another.
func (f Figure) Minus(o Figure) Figure {
	return Figure{f.Reported - o.Reported, f.Counted - o.Counted, f.Facts - o.Facts, f.Checked - o.Checked}
}

// Group is what facts must be looked at together, because none adds to a figure alone: all
// of one subject, or all of one unit and month. Facts that add up each for itself have none.
type Group struct {
	Subject string
	Unit    id.Unit
	Month   string
}

// GroupOf gives the group of a fact; ok is false where it stands for itself.
func (i Indicator) GroupOf(f Fact) (g Group, ok bool) {
	switch i.Aggregation {
	case Distinct:
		return Group{Subject: f.Subject}, f.Subject != ""
	case Snapshot, Once:
		return Group{Unit: f.Unit, Month: f.Month()}, true
	}
	return g, false
}

// Share adds to cells what the facts of one group bring, or a fact that stands for itself.
func (i Indicator) Share(group []Placed, cells map[Cell]Figure) {
	type best struct{ reported, counted *Placed }
	last := map[Cell]best{}
	for k := range group {
		p := &group[k]
		if !p.Stands() {
			continue
		}
		for _, c := range i.cells(p) {
			f := cells[c]
			f.Facts++
			if p.Counts(i.Wanted) {
				f.Checked++
			}
			if _, grouped := i.GroupOf(p.Fact); !grouped {
				f.Reported += p.Quantity
				if p.Counts(i.Wanted) {
					f.Counted += p.Quantity
				}
			} else {
				b := last[c]
				if b.reported == nil || p.after(b.reported.Fact) {
					b.reported = p
				}
				if p.Counts(i.Wanted) && (b.counted == nil || p.after(b.counted.Fact)) {
					b.counted = p
				}
				last[c] = b
			}
			cells[c] = f
		}
	}
	if i.Aggregation == Distinct && len(group) > 0 && group[0].Subject != "" {
		i.first(group, cells)
	}
	for c, b := range last {
		f := cells[c]
		f.Reported += i.worth(b.reported)
		f.Counted += i.worth(b.counted)
		cells[c] = f
	}
}

// first adds the person or thing of a group to the month in which it was first told of, and
// to the one in which it first counted, in the city and in each county, so that what is new
// of each month adds up.
func (i Indicator) first(group []Placed, cells map[Cell]Figure) {
	type months struct{ reported, counted string }
	of := map[id.Unit]months{}
	for _, p := range group {
		for _, row := range []id.Unit{0, p.Place.Row} {
			m, month := of[row], p.Month()
			if p.Stands() && (m.reported == "" || month < m.reported) {
				m.reported = month
			}
			if p.Counts(i.Wanted) && (m.counted == "" || month < m.counted) {
				m.counted = month
			}
			of[row] = m
		}
	}
	for row, m := range of {
		if m.reported != "" {
			c := Cell{Tier: First, Month: m.reported, Unit: row}
			cells[c] = cells[c].Plus(Figure{Reported: document.Whole(1), Facts: 1})
		}
		if m.counted != "" {
			c := Cell{Tier: First, Month: m.counted, Unit: row}
			cells[c] = cells[c].Plus(Figure{Counted: document.Whole(1), Checked: 1})
		}
	}
}

// worth is what a group comes to in a cell, of which the last fact is given.
func (i Indicator) worth(last *Placed) document.Decimal {
	switch {
	case last == nil, i.Aggregation == Once && last.Quantity <= 0:
		return 0
	case i.Aggregation == Snapshot:
		return last.Quantity
	}
	return document.Whole(1)
}

// after tells which of two facts was said last of the state of things.
func (f Fact) after(o Fact) bool {
	if f.Day != o.Day {
		return f.Day > o.Day
	}
	return f.ID > o.ID
}

func (i Indicator) cells(p *Placed) [2]Cell {
	month := p.Month()
	upper := Cell{Tier: Upper, Month: month, Unit: p.Place.Upper}
	if i.Aggregation == Sum {
		upper.Above = p.Place.UpperAbove
	}
	return [2]Cell{{Tier: Leaf, Month: month, Unit: p.Unit}, upper}
}

// RollUp sums up facts from nothing, in whatever order they come.
func (i Indicator) RollUp(all []Placed) map[Cell]Figure {
	cells := map[Cell]Figure{}
	groups := map[Group][]Placed{}
	for _, p := range all {
		if g, ok := i.GroupOf(p.Fact); ok {
			groups[g] = append(groups[g], p)
		} else {
			i.Share([]Placed{p}, cells)
		}
	}
	for _, g := range groups {
		i.Share(g, cells)
	}
	return cells
}

// Changes gives what summaries change by when groups were so and are so.
func (i Indicator) Changes(before, after []Placed) map[Cell]Figure {
	was, is := i.RollUp(before), i.RollUp(after)
	for c, f := range was {
		is[c] = is[c].Minus(f)
	}
	for c, f := range is {
		if f == (Figure{}) {
			delete(is, c)
		}
	}
	return is
}

// Months are the months of a span, each as 2011-09.
func Months(from, to calendar.Day) (out []string) {
	if to < from {
		return nil
	}
	for m := Month(from); m <= Month(to); m = NextMonth(m) {
		out = append(out, m)
	}
	return out
}

// NextMonth is the month after one.
func NextMonth(m string) string { return Month(calendar.Day(m + "-28").AddDays(4)) }

// WholeMonths reports whether a span begins with a month and ends with one.
func WholeMonths(from, to calendar.Day) bool {
	return from == calendar.Day(Month(from)+"-01") && Month(to.AddDays(1)) != Month(to)
}

// SortCells puts cells in order of unit and month.
func SortCells(cells []Cell) {
	slices.SortFunc(cells, func(a, b Cell) int {
		switch {
		case a.Tier != b.Tier:
			return int(a.Tier - b.Tier)
		case a.Unit != b.Unit:
			return int(min(1, max(-1, int64(a.Unit)-int64(b.Unit))))
		case a.Month < b.Month:
			return -1
		case a.Month > b.Month:
			return 1
		}
		return int(min(1, max(-1, int64(a.Above)-int64(b.Above))))
	})
}
