package desk

import (
	"cmp"
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// FactGrid is what the units right below one told for a month, to be filled in for them.
type FactGrid struct {
	Unit    org.Unit
	Month   string
	Day     calendar.Day // of what is told in it
	Rows    []org.Unit
	Columns []fact.Indicator
	Others  []fact.Indicator // that may be columns too
	Below   []org.Unit       // that have grids of their own
	Stands  map[fact.GridSpot]GridStanding
	Past    map[fact.PastKey][]document.Decimal
	Reasons map[fact.GridSpot]string // why a cell was returned in which nothing stands
	Draft   *GridDraft
	Closed  calendar.Day // on which the month was closed; empty for not
}

// GridStanding is what stands in a cell.
type GridStanding struct {
	Told    document.Decimal
	Claims  []fact.Fact
	Names   []string // of the persons and things that are named, as they were written
	Own     bool     // the unit told some of it itself
	Checked bool     // some of it was verified
}

// GridTyped is a grid as it was typed.
type GridTyped struct {
	Cells  map[string]string // by the names of their fields
	Pasted string            // as it was read last
	Sure   []string          // doubts that somebody took for right
	Class  fact.Class
	Why    string // of what is changed

	Unnamed bool `json:",omitempty"` // a name was erased that stood in it
}

// GridDraft is one that was kept.
type GridDraft struct {
	GridTyped
	Day calendar.Day
}

// mostGridColumns is how many indicators a grid shows at once.
const mostGridColumns = 12

// FactGrid gives the grid of a unit and month. chosen are the columns; none for what its
// villages are asked for.
func (o *Office) FactGrid(ctx context.Context, who Who, unit id.Unit, month string, chosen []id.Indicator) (g FactGrid, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if err := o.mayOver(v, who, "fact.onbehalf", unit); err != nil {
			return err
		}
		if err := o.gridUnits(v, &g, unit, month); err != nil {
			return err
		}
		if err := o.gridColumns(v, &g, chosen); err != nil {
			return err
		}
		if g.Stands, err = o.gridStands(v, g.Rows, g.Columns, g.Month); err != nil {
			return err
		}
		if err := o.gridNames(v, g); err != nil {
			return err
		}
		if g.Past, err = pastTold(v, o.city, unitIDs(g.Rows), g.Month); err != nil {
			return err
		}
		rows, err := rowsOfMonth(v, o.city, unitIDs(g.Rows), g.Month)
		if err != nil {
			return err
		}
		g.Reasons = map[fact.GridSpot]string{}
		for _, f := range rows {
			if at := (fact.GridSpot{Unit: f.Unit, Indicator: f.Indicator}); f.Kind == fact.Return && len(g.Stands[at].Claims) == 0 {
				g.Reasons[at] = f.Note
			}
		}
		g.Draft, err = loadGridDraft(v, o.city, unit, g.Month)
		return err
	})
	return g, err
}

// monthDay is the day of what is told of a whole month: its last, or today.
func monthDay(month string, today calendar.Day) (calendar.Day, error) {
	if _, err := calendar.ParseDay(month + "-01"); err != nil {
		return "", fault.New(fault.Invalid, "请选一个月份，例如 2011-09。").In("month")
	}
	if month > fact.Month(today) {
		return "", fault.New(fault.Invalid, "%s 还没有到。请选已经过了的月份。", month).In("month")
	}
	return min(today, monthEnd(month)), nil
}

func (o *Office) gridUnits(q db.Querier, g *FactGrid, unit id.Unit, month string) (err error) {
	g.Month = cmp.Or(month, fact.Month(o.Today()))
	if g.Day, err = monthDay(g.Month, o.Today()); err != nil {
		return err
	}
	if g.Unit, err = loadUnit(q, o.city, unit); err != nil {
		return err
	}
	below, err := o.partedAmong(q, unit)
	if err != nil {
		return err
	}
	for _, u := range below {
		if u.Level == org.County || u.Level == org.Township {
			g.Below = append(g.Below, u.Unit)
		} else {
			g.Rows = append(g.Rows, u.Unit)
		}
	}
	above, err := loadLineage(q, o.city, []id.Unit{unit})
	if err != nil {
		return err
	}
	closes, err := closesOfMonth(q, o.city, g.Month)
	g.Closed = closedFor(above, closes, unit, g.Day).Day
	return err
}

// gridColumns chooses what a grid asks for: what was chosen, or what the unit is asked
// for and its rows told of within a year, or all.
func (o *Office) gridColumns(q db.Querier, g *FactGrid, chosen []id.Indicator) error {
	all, err := listIndicators(q, o.city)
	if err != nil {
		return err
	}
	asked, err := o.askedOf(q, g.Unit.ID, o.Today())
	if err != nil {
		return err
	}
	told, err := monthsTold(q, o.city, unitIDs(g.Rows), fact.Month(o.Today().AddDays(-365)), g.Month)
	if err != nil {
		return err
	}
	for _, m := range told {
		asked[m.Indicator] = AskedIndicator{}
	}
	for _, i := range all {
		_, is := asked[i.ID]
		switch {
		case !i.InGrid():
		case len(g.Columns) < mostGridColumns && (slices.Contains(chosen, i.ID) || len(chosen) == 0 && is):
			g.Columns = append(g.Columns, i)
		default:
			g.Others = append(g.Others, i)
		}
	}
	if len(g.Columns) == 0 && len(chosen) == 0 {
		n := min(mostGridColumns, len(g.Others))
		g.Columns, g.Others = g.Others[:n], g.Others[n:]
	}
	// Numbers stand first, so that a block of numbers without heads finds them in order.
	slices.SortStableFunc(g.Columns, func(a, b fact.Indicator) int { return cmp.Compare(number(a.Named()), number(b.Named())) })
	return nil
}

// gridStands gives what stands in the cells of a month. An opening balance is no month's.
func (o *Office) gridStands(q db.Querier, rows []org.Unit, columns []fact.Indicator, month string) (map[fact.GridSpot]GridStanding, error) {
	out := map[fact.GridSpot]GridStanding{}
	for _, i := range columns {
		claims, err := claimsOf(q, o.city, i.ID, unitIDs(rows), calendar.Day(month+"-01"), monthEnd(month))
		if err != nil {
			return nil, err
		}
		for _, f := range claims {
			if !f.Stands() || f.Source == fact.Opening {
				continue
			}
			at := fact.GridSpot{Unit: f.Unit, Indicator: i.ID}
			s := out[at]
			s.Claims = append(s.Claims, f)
			s.Told, s.Own, s.Checked = i.Standing(s.Claims), s.Own || !f.OnBehalf, s.Checked || f.State == fact.Verified
			out[at] = s
		}
	}
	return out, nil
}

// gridNames puts the names that stand to the cells of those columns that ask for them.
func (o *Office) gridNames(q db.Querier, g FactGrid) error {
	for _, i := range g.Columns {
		if !i.Named() {
			continue
		}
		for _, u := range g.Rows {
			at := fact.GridSpot{Unit: u.ID, Indicator: i.ID}
			s := g.Stands[at]
			lines, err := o.factLines(q, s.Claims, []fact.Indicator{i})
			if err != nil {
				return err
			}
			for _, l := range lines {
				if name := l.SubjectWords(); !slices.Contains(s.Names, name) {
					s.Names = append(s.Names, name)
				}
			}
			if len(lines) > 0 {
				g.Stands[at] = s
			}
		}
	}
	return nil
}

// pastTold gives what units told in the months of the year before one.
func pastTold(q db.Querier, city int64, units []id.Unit, month string) (map[fact.PastKey][]document.Decimal, error) {
	first := calendar.Day(month + "-01")
	told, err := monthsTold(q, city, units, fact.Month(first.AddDays(-365)), fact.Month(first.AddDays(-1)))
	out := map[fact.PastKey][]document.Decimal{}
	for _, m := range told {
		out[m.PastKey] = append(out[m.PastKey], m.Told)
	}
	return out, err
}

// KeepFactGrid keeps a grid as it was typed; nothing is reported.
func (o *Office) KeepFactGrid(ctx context.Context, cmd db.Cmd, unit id.Unit, month string, typed GridTyped) error {
	return o.writeOver(ctx, cmd.Of("fact.grid_keep", []any{unit, month, typed}), "fact.onbehalf", over(unit), func(tx *db.Tx, _ Who) error {
		if _, err := monthDay(month, tx.Today()); err != nil {
			return err
		}
		return saveGridDraft(tx, o.city, unit, month, typed)
	})
}

// GridTold is what is told in one cell, and what stood in it on the page.
type GridTold struct {
	fact.GridSpot
	Told  document.Decimal
	Stood document.Decimal
	Stand bool     // whether anything stood in it
	Names []string // that are told beside those that stand, where each is named
}

// ReportFactGrid (代报) reports what a grid says of the units below one for a month. What
// stands in a cell is corrected; a cell that says what stands makes no fact.
func (o *Office) ReportFactGrid(ctx context.Context, cmd db.Cmd, unit id.Unit, month string, cells []GridTold, class fact.Class, why string) (out FactsTaken, err error) {
	if len(cells) == 0 {
		return out, errNothingInGrid
	}
	err = o.writeOver(ctx, cmd.Of("fact.grid", []any{unit, month, cells, class, why}, &out.First, &out.Last), "fact.onbehalf", over(unit), func(tx *db.Tx, _ Who) error {
		told, err := o.gridTold(tx, month, cells, class, why)
		switch {
		case err != nil:
			return err
		case len(told) == 0:
			return errNothingInGrid
		case len(told) > mostFacts:
			return fault.New(fault.TooLarge, "一次最多报 %d 条。", mostFacts)
		}
		if out, err = o.takeFacts(tx, unit, told, fact.ByGrid, true); err != nil {
			return err
		}
		return deleteGridDraft(tx, o.city, unit, month)
	})
	return out, err
}

var errNothingInGrid = fault.New(fault.Invalid, "没有新填的，也没有改的：没有要报的。")

// gridTold makes claims and corrections of cells.
func (o *Office) gridTold(tx *db.Tx, month string, cells []GridTold, class fact.Class, why string) (told []FactTold, err error) {
	day, err := monthDay(month, tx.Today())
	if err != nil {
		return nil, err
	}
	all, err := listIndicators(tx, o.city)
	if err != nil {
		return nil, err
	}
	var rows []org.Unit
	var columns []fact.Indicator
	for _, i := range all {
		if i.InGrid() && slices.ContainsFunc(cells, func(c GridTold) bool { return c.Indicator == i.ID }) {
			columns = append(columns, i)
		}
	}
	for _, c := range cells {
		if !slices.ContainsFunc(rows, func(u org.Unit) bool { return u.ID == c.Unit }) {
			rows = append(rows, org.Unit{ID: c.Unit})
		}
	}
	stands, err := o.gridStands(tx, rows, columns, month)
	if err != nil {
		return nil, err
	}
	for _, c := range cells {
		at := slices.IndexFunc(columns, func(i fact.Indicator) bool { return i.ID == c.Indicator })
		if at < 0 {
			return nil, fault.New(fault.Invalid, "没有这个指标，请回到页面上重新选。").In(c.Field())
		}
		now := stands[c.GridSpot]
		if columns[at].Named() {
			more, err := namedInGrid(tx, columns[at], c, now.Claims, FactTold{Indicator: c.Indicator, Unit: c.Unit, Day: day, Quantity: document.Whole(1), Class: class, Field: c.Field()})
			if err != nil {
				return nil, err
			}
			told = append(told, more...)
			continue
		}
		if c.Stand != (len(now.Claims) > 0) || c.Stood != now.Told {
			return nil, fault.New(fault.Conflict, "您填的时候，这一格有人报过或者改过：现在是 %s。请看一看，再报一次。", now.Told.Grouped()).In(c.Field())
		}
		for _, r := range columns[at].Restate(now.Claims, c.Told) {
			t := FactTold{Indicator: c.Indicator, Unit: c.Unit, Day: day, Quantity: r.Quantity, Class: class, Field: c.Field()}
			if f := r.As; f.ID != 0 { // where, when and by what evidence stays as it was told
				t.As, t.Place, t.Day, t.Class, t.Evidence, t.Note = f.ID, f.Place, f.Day, f.Class, f.Evidence, why
			}
			told = append(told, t)
		}
	}
	return told, nil
}

// namedInGrid makes a claim of each name in a cell; who or what stands in it is not told again.
func namedInGrid(tx *db.Tx, i fact.Indicator, c GridTold, stands []fact.Fact, one FactTold) (told []FactTold, err error) {
	seen := map[string]bool{}
	for _, f := range stands {
		seen[f.Subject] = true
	}
	for _, name := range c.Names {
		subject, err := subjectOf(tx, i, name, map[int64]string{})
		if err != nil {
			return nil, inForm(err, c.Field())
		}
		if !seen[subject] {
			seen[subject], one.Subject = true, name
			told = append(told, one)
		}
	}
	return told, nil
}
