package fact

import (
	"cmp"
	"slices"
	"strings"

	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
)

// GridSpot is a cell of a grid: what one unit tells of one indicator for a month.
type GridSpot struct {
	Unit      id.Unit
	Indicator id.Indicator
}

// Field is how a form calls a cell.
func (s GridSpot) Field() string { return "c-" + s.Unit.String() + "-" + s.Indicator.String() }

// InGrid reports whether an indicator is told as a number, or as names, of a unit and month.
func (i Indicator) InGrid() bool { return !i.Rate() }

// Standing is what claims of one unit and month come to in a cell: their sum, how many they
// name, or what was said last.
func (i Indicator) Standing(claims []Fact) (q document.Decimal) {
	if i.Named() {
		seen := map[string]bool{}
		for _, f := range claims {
			if f.Subject == "" || !seen[f.Subject] { // an opening balance names nobody
				q += f.Quantity
			}
			seen[f.Subject] = true
		}
		return q
	}
	if i.Aggregation == Sum {
		for _, f := range claims {
			q += f.Quantity
		}
		return q
	}
	if at := lastSaid(claims); at >= 0 {
		q = claims[at].Quantity
	}
	return q
}

func lastSaid(claims []Fact) int {
	last := -1
	for k, f := range claims {
		if last < 0 || f.after(claims[last]) {
			last = k
		}
	}
	return last
}

// Restated is one claim that brings a cell to another number: a correction of a claim that
// stands, or a new one.
type Restated struct {
	As       Fact // the claim that it corrects; with number 0 it is new
	Quantity document.Decimal
}

// Restate gives the fewest claims after which those that stand come to a number. Claims
// that nobody checked are corrected first, those from a grid before others, and the newest
// before older ones; what was checked stays where it can.
func (i Indicator) Restate(claims []Fact, to document.Decimal) []Restated {
	stands := i.Standing(claims)
	switch {
	case len(claims) == 0:
		return []Restated{{Quantity: to}}
	case stands == to:
		return nil
	case i.Aggregation != Sum:
		return []Restated{{claims[lastSaid(claims)], to}}
	case len(claims) == 1:
		return []Restated{{claims[0], to}}
	}
	order := slices.Clone(claims)
	rank := func(f Fact) (n int) {
		if f.State == Verified {
			n += 2
		}
		if f.Source != ByGrid {
			n++
		}
		return n
	}
	slices.SortFunc(order, func(a, b Fact) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(b.ID, a.ID)) })
	if to > stands {
		if rank(order[0]) == 0 {
			return []Restated{{order[0], order[0].Quantity + to - stands}}
		}
		return []Restated{{Quantity: to - stands}}
	}
	var out []Restated
	for _, f := range order {
		less := min(f.Quantity, stands-to)
		if less > 0 {
			out = append(out, Restated{f, f.Quantity - less})
			stands -= less
		}
	}
	return out
}

// GridDoubt is what is wrong with a grid, or is asked of it.
type GridDoubt struct {
	Spot  GridSpot // the cell; without unit a column, without both the list
	Line  int      // of what was pasted, from 1; 0 where it was not
	Kind  string
	Says  *fault.Fault
	Stops bool // must be put right; else somebody may say that it is so
	Told  bool // is only told
}

// Key is how a form calls a doubt that somebody takes for right: it holds what was told, so
// that another number is asked anew.
func (d GridDoubt) Key() string {
	return strings.Join([]string{d.Kind, d.Spot.Unit.String(), d.Spot.Indicator.String(), d.Says.Error()}, "|")
}

// ReadGridCell reads what was typed into a cell. An empty one, and one with a dash, says
// nothing: that is not 0.
func ReadGridCell(words string) (q document.Decimal, told bool, doubt *GridDoubt) {
	found := readSheetNumber(words)
	switch {
	case found.said != SheetNumber:
		return 0, false, nil
	case found.wrong != nil && !found.may:
		return 0, false, &GridDoubt{Kind: "number", Says: found.wrong, Stops: true}
	case found.wrong != nil:
		return found.value, true, &GridDoubt{Kind: "number", Says: fault.New(fault.Invalid, "“%s”不是整数。", words)}
	}
	return found.value, true, nil
}

// GridTold is a grid as it was read: the numbers of its cells.
type GridTold map[GridSpot]document.Decimal

// Oddities asks about numbers that are far off the past months of their villages, or far
// above what the others tell, and about columns that look exchanged. Cells as they stand
// are not asked about again.
func (g GridTold) Oddities(units []id.Unit, columns []Indicator, past map[PastKey][]document.Decimal, stands map[GridSpot]document.Decimal) (out []GridDoubt) {
	far := map[GridSpot]Usual{}
	for _, c := range columns {
		var others []document.Decimal
		for _, u := range units {
			if q, told := g[GridSpot{u, c.ID}]; told && c.Aggregation != Once {
				others = append(others, q)
			}
		}
		among := UsualOf(others)
		for _, u := range units {
			at := GridSpot{u, c.ID}
			q, told := g[at]
			if was, same := stands[at]; !told || same && was == q || c.Aggregation == Once {
				continue
			}
			if own := UsualOf(past[PastKey{u, c.ID}]); own.FarOff(q) {
				far[at] = own
			} else if own.Months < LeastUsualMonths && len(others) >= 5 && among.FarAbove(q) {
				out = append(out, GridDoubt{Spot: at, Kind: "others", Says: fault.New(fault.Invalid, "%s：别处一般是 %s，多得多。", q.Grouped(), among.Median.Grouped())})
			}
		}
	}
	out = append(out, g.exchanged(units, columns, past, far)...)
	for _, c := range columns {
		for _, u := range units {
			at := GridSpot{u, c.ID}
			if usual, is := far[at]; is {
				out = append(out, GridDoubt{Spot: at, Kind: "usual", Says: fault.New(fault.Invalid, "%s：以前 %d 个月一般是 %s，差得多。", g[at].Grouped(), usual.Months, usual.Median.Grouped())})
			}
		}
	}
	return out
}

// exchanged finds pairs of columns whose numbers would each be usual in the other one: in
// one row, or, where half of the rows say so, of the whole grid. What it explains is taken
// from what is far off.
func (g GridTold) exchanged(units []id.Unit, columns []Indicator, past map[PastKey][]document.Decimal, far map[GridSpot]Usual) (out []GridDoubt) {
	for k, a := range columns {
		for _, b := range columns[k+1:] {
			var rows []id.Unit
			both := 0
			for _, u := range units {
				qa, toldA := g[GridSpot{u, a.ID}]
				qb, toldB := g[GridSpot{u, b.ID}]
				ua, ub := UsualOf(past[PastKey{u, a.ID}]), UsualOf(past[PastKey{u, b.ID}])
				if !toldA || !toldB || min(ua.Months, ub.Months) < LeastUsualMonths {
					continue
				}
				both++
				_, offA := far[GridSpot{u, a.ID}]
				_, offB := far[GridSpot{u, b.ID}]
				if (offA || offB) && (ua.FarOff(qa) || ub.FarOff(qb)) && !ua.FarOff(qb) && !ub.FarOff(qa) {
					rows = append(rows, u)
				}
			}
			if len(rows) == 0 {
				continue
			}
			whole := len(rows) >= 3 && 2*len(rows) >= both
			for _, u := range rows {
				delete(far, GridSpot{u, a.ID})
				delete(far, GridSpot{u, b.ID})
				if !whole {
					out = append(out, GridDoubt{Spot: GridSpot{u, a.ID}, Kind: "exchanged", Says: fault.New(fault.Invalid, "“%s”和“%s”像是填反了：%s、%s。", a.Name, b.Name,
						g[GridSpot{u, a.ID}].Grouped(), g[GridSpot{u, b.ID}].Grouped())})
				}
			}
			if whole {
				out = append(out, GridDoubt{Spot: GridSpot{Indicator: a.ID}, Kind: "exchanged", Says: fault.New(fault.Invalid, "“%s”和“%s”两列像是贴反了：%d 行对调以后才和以前差不多。", a.Name, b.Name, len(rows))})
			}
		}
	}
	return out
}
