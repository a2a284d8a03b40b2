package progress

import (
	"luoshi/calendar"
	"luoshi/id"
)

// Adjustment (调整) is what came or changed for a period after an edition had told of it.
type Adjustment struct {
	Item   id.Item
	Number int
	Title  string
	Unit   id.Unit
	Name   string
	Period Period
	Was    Told         // in the edition
	Is     Told         // now
	Since  calendar.Day // on which it came, or was decided
}

// Told is what an edition tells of a unit and an item, as far as it is compared later.
type Told struct {
	Situation Situation
	State     State
	Revision  int
	Done      string
}

func (l SummaryLine) told() Told {
	t := Told{Situation: l.Situation}
	if l.Said != nil {
		t.State, t.Revision, t.Done = l.Said.State, l.Said.Revision, l.Said.Done
	}
	return t
}

type toldKey struct {
	item   id.Item
	unit   id.Unit
	period Period
}

// Adjust finds what earlier editions told otherwise than it stands now, each once: what
// one of them told as an adjustment is not told again. now are the rows of their periods
// as they stand; the editions come in the order in which they were issued.
func Adjust(editions []Summary, now map[Period][]SummaryRow) (out []Adjustment) {
	told := map[toldKey]Told{}
	whole := map[Period]bool{} // told of everything, so that what is not there was not there
	var order []Period
	for _, e := range editions {
		if _, known := whole[e.Period]; !known {
			order = append(order, e.Period)
		}
		whole[e.Period] = whole[e.Period] || e.Chosen.IsEmpty()
		for _, r := range e.Rows {
			for _, l := range r.Lines {
				told[toldKey{r.Item, l.Unit, l.Period}] = l.told()
			}
		}
		for _, a := range e.Adjustments {
			told[toldKey{a.Item, a.Unit, a.Period}] = a.Is
		}
	}
	for _, p := range order {
		for _, r := range now[p] {
			for _, l := range r.Lines {
				was, known := told[toldKey{r.Item, l.Unit, l.Period}]
				if !known {
					if !whole[p] || l.Said == nil {
						continue
					}
					was = Told{Situation: NotAsked}
				}
				is := l.told()
				if !differs(was, is) {
					continue
				}
				a := Adjustment{Item: r.Item, Number: r.Number, Title: r.Title, Unit: l.Unit, Name: l.Name, Period: l.Period, Was: was, Is: is, Since: l.Decided}
				if l.Said != nil {
					a.Since = max(l.Said.Day, a.Since)
				}
				out = append(out, a)
			}
		}
	}
	return out
}

// differs reports a change that a person made: that a day passed is none.
func differs(was, is Told) bool {
	silent := func(t Told) bool { return t.Situation == Awaited || t.Situation == Missing || t.Situation == NotAsked }
	if silent(was) && silent(is) {
		return false
	}
	return was != is
}
