package plan

import (
	"slices"
	"sort"
	"strings"

	"luoshi/document"
)

// values are what the clauses of an edition promise: for each piece, indices into
// the structure's lists.
type values struct {
	targets, deadlines, phases [][]int
	parties                    [][]int // for each item
	dates                      []document.Date
	quantities                 []document.Quantity
}

// findValues tells which piece each value stands in.
func (e *edition) findValues() {
	e.dates = e.view.Dates()
	e.quantities = e.view.Quantities(e.dates)
	e.targets, e.deadlines, e.phases = make([][]int, len(e.pieces)), make([][]int, len(e.pieces)), make([][]int, len(e.pieces))
	put := func(lists [][]int, span document.Span, k int) {
		if i := e.pieceAt(span); i >= 0 {
			lists[i] = append(lists[i], k)
		}
	}
	for k, t := range e.structure.Targets {
		put(e.targets, t.Span, k)
	}
	for k, d := range e.structure.Deadlines {
		put(e.deadlines, d.Span, k)
	}
	for k, p := range e.structure.Phases {
		put(e.phases, p.Span, k)
	}
	e.parties = make([][]int, len(e.structure.Outline)+1)
	for k, p := range e.structure.Responsible {
		e.parties[p.Node] = append(e.parties[p.Node], k)
	}
}

// pieceAt is the piece that holds the beginning of a span, or -1.
func (e *edition) pieceAt(span document.Span) int {
	i := e.within(span).Start
	return sort.Search(len(e.pieces), func(k int) bool { return e.pieces[k].Start > i }) - 1
}

// accounted is what was told of a pair of clauses: how many changes, and which words of
// either side they account for.
type accounted struct {
	changes  int
	old, new []document.Range
}

// tellValues tells what a pair of clauses promises otherwise than before, and that
// its words differ where the values do not account for it.
func (c *comparison) tellValues(i, j int) {
	var a accounted
	if c.new.pieces[j].alike {
		c.tellNumbers(i, j, &a)
	}
	if c.new.pieces[j].alike || c.sameKinds(i, j) {
		c.tellDates(i, j, &a)
	}
	if c.new.pieces[j].alike {
		c.accountOwners(i, j, &a)
		old, new, same := differing(c.old, i, c.new, j, a)
		if !same {
			was, is := c.old.mention(i), c.new.mention(j)
			was.Runs, is.Runs = old, new
			c.tell(c.newOrder(j), Change{Kind: Reworded, Old: was, New: is})
		}
	}
	if a.changes > 0 {
		c.touched[j] = true
	}
}

// sameKinds reports that the same words were read as the same kinds of dates. Where a
// heading made a stage of what was a due time, no date was changed; where a document
// of another year gives 6月底前 another year, one was.
func (c *comparison) sameKinds(i, j int) bool {
	return len(c.old.deadlines[i]) == len(c.new.deadlines[j]) && len(c.old.phases[i]) == len(c.new.phases[j])
}

// tellNumbers compares the targets of a pair of clauses, by what they count.
func (c *comparison) tellNumbers(i, j int, a *accounted) {
	left, right := c.old.targets[i], c.new.targets[j]
	for _, p := range pairTargets(c.old, left, c.new, right) {
		change := Change{Kind: NumberChanged}
		if p[0] >= 0 {
			t := c.old.structure.Targets[p[0]]
			change.What, change.From = t.Indicator, shown(t)
		}
		if p[1] >= 0 {
			t := c.new.structure.Targets[p[1]]
			change.What, change.To = t.Indicator, shown(t)
		}
		if change.From == change.To {
			continue
		}
		if p[0] >= 0 {
			a.old = append(a.old, c.old.number(c.old.structure.Targets[p[0]]))
		}
		if p[1] >= 0 {
			a.new = append(a.new, c.new.number(c.new.structure.Targets[p[1]]))
		}
		a.changes++
		change.Old, change.New = c.old.mention(i), c.new.mention(j)
		c.tell(c.newOrder(j), change)
	}
}

// pairTargets pairs targets that count the same thing: by the same name, then by a
// like name or the same unit in their order; -1 stands for none.
func pairTargets(old *edition, left []int, new *edition, right []int) [][2]int {
	left, right = slices.Clone(left), slices.Clone(right)
	var out [][2]int
	if len(left)*len(right) > widest { // a list of hundreds in one sentence keeps its order
		n := min(len(left), len(right))
		for k := range n {
			out = append(out, [2]int{left[k], right[k]})
		}
		left, right = left[n:], right[n:]
	}
	for _, same := range []func(x, y ReadTarget) bool{
		func(x, y ReadTarget) bool { return shown(x) == shown(y) && fold(x.Indicator) == fold(y.Indicator) },
		func(x, y ReadTarget) bool { return fold(x.Indicator) == fold(y.Indicator) },
		func(x, y ReadTarget) bool {
			return alike(gramsOf(fold(x.Indicator)), gramsOf(fold(y.Indicator))) >= somewhatAlike
		},
		func(x, y ReadTarget) bool { return x.Unit == y.Unit },
	} {
		for l := 0; l < len(left); l++ {
			r := slices.IndexFunc(right, func(k int) bool { return same(old.structure.Targets[left[l]], new.structure.Targets[k]) })
			if r >= 0 {
				out = append(out, [2]int{left[l], right[r]})
				left, right = slices.Delete(left, l, l+1), slices.Delete(right, r, r+1)
				l--
			}
		}
	}
	for _, k := range left {
		out = append(out, [2]int{k, -1})
	}
	for _, k := range right {
		out = append(out, [2]int{-1, k})
	}
	return out
}

// periodSigns write an interval without words.
var periodSigns = map[string]string{"year": "/年", "half_year": "/半年", "quarter": "/季", "month": "/月", "week": "/周", "day": "/日", "term": "/学期", "two_years": "/两年", "three_years": "/三年"}

// shown writes the value of a target: ≥ 2,000 名, 2–3 个, 60→80%, 36,000 册/年.
func shown(t ReadTarget) string {
	value := Figure(t.Bound, t.Value, t.Max, t.Unit)
	if t.From != nil {
		value = t.From.Grouped() + "→" + value
	}
	if t.Period != nil {
		value += periodSigns[*t.Period]
	}
	return value
}

// boundLength is how far before a number the word of its limit may begin: 不得少于.
const boundLength = 4

// number is where the number of a target stands, with its unit and limit.
func (e *edition) number(t ReadTarget) document.Range {
	in := e.within(t.Span)
	k := sort.Search(len(e.quantities), func(k int) bool { return e.quantities[k].From >= in.Start })
	for ; k < len(e.quantities) && e.quantities[k].From < in.End; k++ {
		if q := e.quantities[k]; Decimal(q.Value) == t.Value {
			from := q.From
			if q.HasBase {
				from = q.BaseAt
			}
			return document.Range{Start: max(in.Start, from-boundLength), End: q.To}
		}
	}
	return in
}

// dated is a day or a run of days that a clause names.
type dated struct {
	name, day string
	at        document.Range
}

// datesOf gives the due times and stages of a piece.
func (e *edition) datesOf(k int) []dated {
	var out []dated
	for _, n := range e.deadlines[k] {
		d := e.structure.Deadlines[n]
		out = append(out, dated{"", d.Date, e.within(d.Span)})
	}
	for _, n := range e.phases[k] {
		p := e.structure.Phases[n]
		if p.Start != nil || p.End != nil {
			out = append(out, dated{p.Name, months(p.Start) + " – " + months(p.End), e.within(p.Span)})
		}
	}
	return out
}

func months(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// tellDates compares the due times and stages of a pair of clauses in their order,
// those that stayed set aside.
func (c *comparison) tellDates(i, j int, a *accounted) {
	left, right := otherDates(c.old.datesOf(i), c.new.datesOf(j))
	for k := range max(len(left), len(right)) {
		change := Change{Kind: DateChanged, Old: c.old.mention(i), New: c.new.mention(j)}
		if k < len(left) {
			change.What, change.From = left[k].name, left[k].day
			a.old = append(a.old, c.old.datesWithin(left[k].at)...)
		}
		if k < len(right) {
			change.What, change.To = right[k].name, right[k].day
			a.new = append(a.new, c.new.datesWithin(right[k].at)...)
		}
		a.changes++
		c.tell(c.newOrder(j), change)
	}
}

// otherDates leaves out the dates that both sides have.
func otherDates(left, right []dated) (onlyLeft, onlyRight []dated) {
	type day struct {
		stage bool
		day   string
	}
	common := map[day]int{} // how many more there are on the right
	for _, d := range right {
		common[day{d.name != "", d.day}]++
	}
	for _, d := range left {
		if k := (day{d.name != "", d.day}); common[k] > 0 {
			common[k]--
		} else {
			onlyLeft = append(onlyLeft, d)
		}
	}
	for k := len(right) - 1; k >= 0; k-- { // of equal ones the last are over
		if d := right[k]; common[day{d.name != "", d.day}] > 0 {
			common[day{d.name != "", d.day}]--
			onlyRight = append(onlyRight, d)
		}
	}
	slices.Reverse(onlyRight)
	return onlyLeft, onlyRight
}

// datesWithin are the words of the dates that stand in a range.
func (e *edition) datesWithin(in document.Range) []document.Range {
	var out []document.Range
	k := sort.Search(len(e.dates), func(k int) bool { return e.dates[k].From >= in.Start })
	for ; k < len(e.dates) && e.dates[k].From < in.End; k++ {
		out = append(out, document.Range{Start: e.dates[k].From, End: e.dates[k].To})
	}
	return out
}

// owners writes who is responsible for an item: 牵头：甲局；配合：乙局、丙局.
func owners(e *edition, n int) string {
	if n <= 0 {
		return ""
	}
	var parts []string
	for _, role := range []struct {
		role document.Role
		name string
	}{{document.Lead, "牵头："}, {document.Responsible, ""}, {document.Cooperating, "配合："}} {
		if units := e.units(n, string(role.role)); len(units) > 0 {
			parts = append(parts, role.name+strings.Join(units, "、"))
		}
	}
	return strings.Join(parts, "；")
}

// units are the names that an item gives for a role, folded and in order.
func (e *edition) units(n int, role string) []string {
	var out []string
	for _, k := range e.parties[n] {
		if p := e.structure.Responsible[k]; role == "" || p.Role == role {
			for _, u := range p.Units {
				out = append(out, strings.TrimRight(fold(u), "\n"))
			}
		}
	}
	return out
}
