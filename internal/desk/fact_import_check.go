package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
)

// FactCheck is what a sheet says and adds, as everything stands. Nothing is kept of it.
type FactCheck struct {
	Import     FactImport
	Sheets     []*fact.Sheet
	Units      *fact.SheetUnits
	Indicators []fact.Indicator // that can be reported
	Words      []IndicatorWords // of the sheet, for indicators
	Read       *fact.SheetReading
	Doubts     []fact.SheetDoubt // what keeps the sheet from being taken over
	Wrong      int
	Told       []FactTold // what would be taken over
	Rows       []int      // of Told, their rows in the file
	Repeats    []FactRepeat
	Sums       []FactSum
	Counts     FactCounts
	Digest     string // of Told; empty where something is wrong
}

// Sheet is the one that is read.
func (c FactCheck) Sheet() *fact.Sheet { return c.Sheets[c.Import.Reading.Sheet] }

// IndicatorWords are words of a sheet for an indicator, and which it is.
type IndicatorWords struct {
	Words    string
	Which    id.Indicator // 0 where it is not known
	Left     bool         // its rows are left out
	Proposed id.Indicator // whose name is like the words; it is asked
}

// FactRepeat is a row that says what a fact that stands says already.
type FactRepeat struct {
	Row  int
	Told FactTold
	Fact id.Fact
}

// FactSum is what a sheet adds to an indicator in a unit.
type FactSum struct {
	Indicator id.Indicator
	Unit      id.Unit
	Quantity  document.Decimal
	Rows      int
}

// CheckFacts reads a sheet and compares it with what stands. Nothing is kept of it.
func (o *Office) CheckFacts(ctx context.Context, who Who, which id.FactImport) (c FactCheck, err error) {
	f, err := o.FactImport(ctx, who, which)
	if err != nil {
		return c, err
	}
	return o.checkSheet(ctx, f)
}

func (o *Office) checkSheet(ctx context.Context, f FactImport) (c FactCheck, err error) {
	c.Import = f
	if c.Sheets, err = o.sheetsOf(ctx, f); err != nil {
		return c, err
	}
	if len(c.Sheets) == 0 {
		return c, errSheetEmpty
	}
	if f.Reading.Sheet < 0 || f.Reading.Sheet >= len(c.Sheets) {
		return c, ErrMissing
	}
	stands, err := o.standing(ctx, f.Unit)
	if err != nil {
		return c, err
	}
	c.Units = fact.NewSheetUnits(stands)
	err = o.db.Read(ctx, func(v *db.View) error { return o.compareSheet(v, &c) })
	return c, err
}

// compareSheet reads the sheet against what stands.
func (o *Office) compareSheet(v *db.View, c *FactCheck) error {
	all, err := listIndicators(v, o.city)
	if err != nil {
		return err
	}
	c.Indicators = slices.DeleteFunc(all, fact.Indicator.Rate)
	r := c.Import.Reading
	form := fact.SheetForm{Head: r.Head, Map: r.Map, Title: c.Sheet().TitleAbove(r.Head)}
	for _, p := range r.Put {
		c.Sheet().Put(p.SheetSpot, p.Words)
	}
	lines, err := o.exportedFacts(v, c, form)
	if err != nil {
		return err
	}
	if err := o.formerUnits(v, c, lines); err != nil {
		return err
	}
	context := fact.SheetContext{Time: o.sheetTime(r), Home: c.Import.Unit, Unit: c.Units.Find, Right: map[fact.SheetSpot]bool{}, Standing: func(which id.Fact) (fact.SheetStanding, bool) {
		l, known := lines[which]
		if !known || !c.Units.Has(l.Unit) {
			return fact.SheetStanding{}, false
		}
		return fact.SheetStanding{Indicator: c.indicator(l.Indicator).Name, Unit: l.Unit, Day: l.Day, Quantity: l.Quantity, Subject: l.SubjectWords(), Replaced: !l.Stands()}, true
	}}
	for _, at := range r.Right {
		context.Right[at] = true
	}
	if i := c.indicator(r.Indicator); i.ID != 0 {
		context.Indicator = i.Name
	}
	c.Read = fact.ReadSheet(c.Sheet(), form, context)
	c.Doubts, c.Wrong = c.Read.Doubts, c.Read.Wrong
	c.findWords(r)
	if err := o.tellRows(v, c, lines); err != nil {
		return err
	}
	if c.Wrong == 0 {
		if err := o.findRepeats(v, c); err != nil {
			return err
		}
		c.sumUp(lines)
	}
	return nil
}

// sheetTime is what the days of a sheet are read by. All of an opening balance is of one day.
func (o *Office) sheetTime(r FactReading) fact.SheetTime {
	t := fact.SheetTime{From: calendar.Day(fmt.Sprintf("%04d-01-01", r.Year)), To: calendar.Day(fmt.Sprintf("%04d-12-31", r.Year)), Today: o.Today()}
	month := r.Month
	if r.Opening {
		month = fact.Month(r.AsOf)
	}
	if month != "" {
		t.From = calendar.Day(month + "-01")
		t.To = calendar.Day(fact.NextMonth(month) + "-01").AddDays(-1)
	}
	if r.Opening {
		t.Today, t.MonthEnd = t.To, true
	}
	return t
}

func (c FactCheck) indicator(which id.Indicator) fact.Indicator {
	if k := slices.IndexFunc(c.Indicators, func(i fact.Indicator) bool { return i.ID == which }); k >= 0 && which != 0 {
		return c.Indicators[k]
	}
	return fact.Indicator{}
}

// exportedFacts reads the facts that a sheet names by their numbers.
func (o *Office) exportedFacts(v *db.View, c *FactCheck, form fact.SheetForm) (map[id.Fact]FactLine, error) {
	var which []id.Fact
	for _, words := range c.Sheet().Keys(form) {
		if f, err := id.Of[id.Fact](words); err == nil {
			which = append(which, f)
		}
	}
	slices.Sort(which)
	found, err := loadFacts(v, o.city, slices.Compact(which))
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(f fact.Fact) bool { return f.Kind != fact.Claim })
	lines, err := o.factLines(v, found, c.Indicators)
	out := make(map[id.Fact]FactLine, len(lines))
	for _, l := range lines {
		out[l.ID] = l
	}
	return out, err
}

// findWords finds the indicators that words of the sheet mean: by their names, or as a
// person said. What is only like a name is proposed.
func (c *FactCheck) findWords(r FactReading) {
	var words []string
	for _, row := range c.Read.Rows {
		if row.Fact == 0 && !slices.Contains(words, row.Indicator) {
			words = append(words, row.Indicator)
		}
	}
	if len(c.Read.Rows) == 0 { // what the heads say is asked before the rows can be read
		for _, h := range r.Map.Heads {
			if h.Says == fact.SheetQuantity && h.Indicator != "" && !slices.Contains(words, h.Indicator) {
				words = append(words, h.Indicator)
			}
		}
	}
	for _, w := range words {
		one := IndicatorWords{Words: w}
		said := r.Indicators[w]
		which, _ := id.Of[id.Indicator](said)
		switch {
		case said == "-":
			one.Left = true
		case c.indicator(which).ID != 0:
			one.Which = which
		default:
			one.Which, one.Proposed = c.named(w)
		}
		if one.Which == 0 && !one.Left && len(words) == 1 { // one column, and what it counts was said of the whole sheet
			one.Which = c.indicator(r.Indicator).ID
		}
		c.Words = append(c.Words, one)
	}
}

func (c *FactCheck) named(words string) (is, like id.Indicator) {
	tight := fact.SheetWords(words)
	var alike []id.Indicator
	for _, i := range c.Indicators {
		name := fact.SheetWords(i.Name)
		switch {
		case name == tight:
			return i.ID, 0
		case strings.Contains(tight, name), strings.Contains(name, tight):
			alike = append(alike, i.ID)
		}
	}
	if len(alike) == 1 {
		like = alike[0]
	}
	return 0, like
}

func (c *FactCheck) doubt(at fact.SheetSpot, cell string, says *fault.Fault) {
	if c.Wrong++; len(c.Doubts) < fact.MostSheetDoubts {
		c.Doubts = append(c.Doubts, fact.SheetDoubt{SheetSpot: at, Cell: cell, Says: says})
	}
}

// tellRows makes what would be told of the rows, and says what keeps it from being taken.
func (o *Office) tellRows(v *db.View, c *FactCheck, lines map[id.Fact]FactLine) error {
	of := map[string]IndicatorWords{}
	for _, w := range c.Words {
		if of[w.Words] = w; w.Which == 0 && !w.Left {
			c.doubt(fact.SheetSpot{}, w.Words, fault.New(fault.Invalid, "“%s”是哪个指标？请在下面选一个，不导的选“不导入”。", w.Words))
		}
	}
	var units []id.Unit
	for _, row := range c.Read.Rows {
		units = append(units, row.Unit)
	}
	slices.Sort(units)
	above, err := loadLineage(v, o.city, slices.Compact(units))
	if err != nil {
		return err
	}
	for _, row := range c.Read.Rows {
		w := of[row.Indicator]
		if row.Fact == 0 && w.Which == 0 {
			continue // left out, or asked above
		}
		t, now := c.tell(row, lines, w.Which)
		was, known := lines[t.As]
		if known && was.Subject != "" && was.SubjectWords() == was.Subject && c.indicator(t.Indicator).Subjects == fact.Persons {
			c.doubt(row.SheetSpot, row.Subject, fault.New(fault.Invalid, "第 %d 行的人已经抹去姓名，不能更正，只能撤回。", row.Row))
			continue
		}
		err := now.CheckClaim(c.indicator(t.Indicator), o.Today())
		if err == nil {
			err = o.checkPlace(above, now, c.Import.Unit)
		}
		if f := fault.Of(err); f != nil {
			c.doubt(row.SheetSpot, c.cellAt(row), f)
			continue
		}
		if err != nil {
			return err
		}
		c.Told, c.Rows = append(c.Told, t), append(c.Rows, row.Row)
	}
	return nil
}

// cellAt gives the words at the place of a row's number, from the file's counting.
func (c *FactCheck) cellAt(row fact.SheetRow) string {
	if row.Column == 0 {
		return row.UnitWords
	}
	return row.Quantity.String()
}

// tell is what a row tells, and the claim that it makes. Of a correction all that the
// sheet does not say stays as it is.
func (c *FactCheck) tell(row fact.SheetRow, lines map[id.Fact]FactLine, which id.Indicator) (t FactTold, now fact.Fact) {
	r := c.Import.Reading
	t = FactTold{Indicator: which, Unit: row.Unit, Day: row.Day, Quantity: row.Quantity, Subject: row.Subject, Class: r.Class, Opening: r.Opening, Note: row.Place}
	if r.Opening {
		t.Day, t.Class = r.AsOf, fact.OwnWord
	}
	if was, known := lines[row.Fact]; known && row.Fact != 0 {
		t = FactTold{Indicator: was.Indicator, Unit: was.Unit, Place: was.Place, Day: was.Day, Quantity: was.Quantity, Subject: was.SubjectWords(), Class: was.Class, Note: r.Why, As: was.ID, Opening: was.Source == fact.Opening}
		if t.Note == "" {
			t.Note = "台账里改过"
		}
		for _, changed := range row.Changed {
			switch changed {
			case fact.SheetUnitWords:
				t.Unit = row.Unit
			case fact.SheetDayWords:
				t.Day = row.Day
			case fact.SheetQuantity:
				t.Quantity = row.Quantity
			case fact.SheetSubject:
				t.Subject = row.Subject
			}
		}
	}
	now = fact.Fact{Indicator: t.Indicator, Unit: t.Unit, Place: t.Place, Day: t.Day, Quantity: t.Quantity, Subject: fact.SubjectKey(t.Subject), Kind: fact.Claim, State: fact.Reported,
		Class: t.Class, Source: fact.BySheet, Note: t.Note}
	if t.Opening {
		now.Source = fact.Opening
	}
	return t, now
}

// UnitNamed gives words for a unit of the sheet.
func (c FactCheck) UnitNamed(u id.Unit) string { return c.Units.Path(u) }

// IndicatorNamed gives an indicator of the sheet.
func (c FactCheck) IndicatorNamed(i id.Indicator) fact.Indicator { return c.indicator(i) }

// SubjectWords are the words for the person or thing of a fact: a name, where it is known.
func (l FactLine) SubjectWords() string {
	if l.Person != "" {
		return l.Person
	}
	return l.Subject
}
