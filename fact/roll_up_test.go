package fact

import (
	"maps"
	"testing"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"

	"pgregory.net/rapid"
)

// Units of the tests: villages 11 and 12 of township 1, 21 of township 2; 31 a direct unit.
// Townships 1 and 2 stand in counties 101 and 102.
func stood(f Fact, township id.Unit) Placed {
	county := 100 + township
	p := Place{Upper: township, UpperAbove: county, Row: county}
	if township == 0 {
		p = Place{Upper: f.Unit, UpperAbove: 200, Row: f.Unit}
	}
	f.Kind = Claim
	if f.State == "" {
		f.State = Reported
	}
	return Placed{f, p}
}

func told(n id.Fact, unit, township id.Unit, day calendar.Day, quantity int64, subject string) Placed {
	return stood(Fact{ID: n, Unit: unit, Day: day, Quantity: document.Whole(quantity), Subject: subject, Class: OwnWord}, township)
}

func verified(p Placed, class Class) Placed {
	p.State, p.Class = Verified, class
	return p
}

func gone(p Placed) Placed {
	p.State = Replaced
	return p
}

func TestRollUp(t *testing.T) {
	w := func(reported, counted, facts, checked int64) Figure {
		return Figure{document.Whole(reported), document.Whole(counted), facts, checked}
	}
	leaf := func(month string, unit id.Unit) Cell { return Cell{Tier: Leaf, Month: month, Unit: unit} }
	upper := func(month string, unit, above id.Unit) Cell {
		return Cell{Tier: Upper, Month: month, Unit: unit, Above: above}
	}
	first := func(month string, row id.Unit) Cell { return Cell{Tier: First, Month: month, Unit: row} }
	for name, c := range map[string]struct {
		how  Indicator
		all  []Placed
		want map[Cell]Figure
	}{
		"nothing": {plays, nil, map[Cell]Figure{}},
		"sum, with the last day of a month and the first of the next": {plays, []Placed{
			told(1, 11, 1, "2011-09-30", 3, ""), verified(told(2, 11, 1, "2011-10-01", 4, ""), ByRecipient), told(3, 12, 1, "2011-09-01", 1, ""), told(4, 31, 0, "2011-09-05", 9, "")},
			map[Cell]Figure{leaf("2011-09", 11): w(3, 0, 1, 0), leaf("2011-10", 11): w(4, 4, 1, 1), leaf("2011-09", 12): w(1, 0, 1, 0), leaf("2011-09", 31): w(9, 0, 1, 0),
				upper("2011-09", 1, 101): w(4, 0, 2, 0), upper("2011-10", 1, 101): w(4, 4, 1, 1), upper("2011-09", 31, 200): w(9, 0, 1, 0)}},
		"sum, checked but with too little evidence": {plays, []Placed{verified(told(1, 11, 1, "2011-09-30", 3, ""), OwnWord)},
			map[Cell]Figure{leaf("2011-09", 11): w(3, 0, 1, 0), upper("2011-09", 1, 101): w(3, 0, 1, 0)}},
		"sum, what was replaced adds nothing": {plays, []Placed{gone(told(1, 11, 1, "2011-09-30", 3, "")), {Fact: Fact{ID: 2, Unit: 11, Day: "2011-09-30", Kind: Return, State: Returned}}}, map[Cell]Figure{}},
		"sum, a village that moved in the middle of a month": {plays, []Placed{told(1, 11, 1, "2011-09-14", 3, ""), told(2, 11, 2, "2011-09-15", 4, "")},
			map[Cell]Figure{leaf("2011-09", 11): w(7, 0, 2, 0), upper("2011-09", 1, 101): w(3, 0, 1, 0), upper("2011-09", 2, 102): w(4, 0, 1, 0)}},
		"distinct, one boat by two villages, and of before": {boats, []Placed{told(1, 11, 1, "2011-09-02", 1, "A7"), told(2, 12, 1, "2011-09-03", 1, "A7"), verified(told(3, 21, 2, "2011-10-04", 1, "A7"), OwnWord), told(4, 11, 1, "2011-08-31", 40, "")},
			map[Cell]Figure{leaf("2011-09", 11): w(1, 0, 1, 0), leaf("2011-09", 12): w(1, 0, 1, 0), leaf("2011-10", 21): w(1, 1, 1, 1), leaf("2011-08", 11): w(40, 0, 1, 0),
				upper("2011-09", 1, 0): w(1, 0, 2, 0), upper("2011-10", 2, 0): w(1, 1, 1, 1), upper("2011-08", 1, 0): w(40, 0, 1, 0),
				first("2011-09", 0): w(1, 0, 1, 0), first("2011-10", 0): w(0, 1, 0, 1), first("2011-09", 101): w(1, 0, 1, 0), first("2011-10", 102): w(1, 1, 1, 1)}},
		"snapshot, what was said last of a day and then last of all": {Indicator{Aggregation: Snapshot, Wanted: OwnWord}, []Placed{told(1, 11, 1, "2011-09-30", 5, ""), verified(told(2, 11, 1, "2011-09-01", 8, ""), OwnWord), told(3, 11, 1, "2011-09-30", 6, ""), told(4, 12, 1, "2011-09-02", 2, "")},
			map[Cell]Figure{leaf("2011-09", 11): w(6, 8, 3, 1), leaf("2011-09", 12): w(2, 0, 1, 0), upper("2011-09", 1, 0): w(8, 8, 4, 1)}},
		"snapshot, a village that moved said it in both": {Indicator{Aggregation: Snapshot, Wanted: OwnWord}, []Placed{told(1, 11, 1, "2011-09-14", 5, ""), told(2, 11, 2, "2011-09-15", 6, "")},
			map[Cell]Figure{leaf("2011-09", 11): w(6, 0, 2, 0), upper("2011-09", 1, 0): w(5, 0, 1, 0), upper("2011-09", 2, 0): w(6, 0, 1, 0)}},
		"once, however often": {Indicator{Aggregation: Once, Wanted: OwnWord}, []Placed{told(1, 11, 1, "2011-09-14", 5, ""), verified(told(2, 11, 1, "2011-09-15", 6, ""), ByRecipient), told(3, 12, 1, "2011-09-15", 1, ""), told(4, 12, 1, "2011-10-01", 0, "")},
			map[Cell]Figure{leaf("2011-09", 11): w(1, 1, 2, 1), leaf("2011-09", 12): w(1, 0, 1, 0), leaf("2011-10", 12): w(0, 0, 1, 0), upper("2011-09", 1, 0): w(2, 1, 3, 1), upper("2011-10", 1, 0): w(0, 0, 1, 0)}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.how.RollUp(c.all); !maps.Equal(got, c.want) {
				t.Errorf("%+v\nwant %+v", got, c.want)
			}
		})
	}
}

// What summaries change by, one act after another, is what a sum from nothing gives: with
// each act the whole of the groups that it touches is looked at, before and after.
func TestChangesAddUpToTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		i := Indicator{Aggregation: rapid.SampledFrom(Aggregations).Draw(t, "aggregation"), Wanted: Independent}
		var all []Placed
		cells := map[Cell]Figure{}
		for n := range rapid.IntRange(1, 40).Draw(t, "acts") {
			was := len(all)
			is := append([]Placed{}, all...)
			touched := map[int]bool{}
			if pick := rapid.IntRange(-1, len(all)-1).Draw(t, "which"); pick >= 0 {
				touched[pick] = true
				switch p := &is[pick]; rapid.SampledFrom([]string{"check", "replace", "move"}).Draw(t, "act") {
				case "check":
					p.State, p.Class = Verified, rapid.SampledFrom(Classes).Draw(t, "class")
				case "replace":
					p.State = Replaced
				case "move":
					*p = stood(p.Fact, rapid.SampledFrom([]id.Unit{1, 2, 0}).Draw(t, "to"))
				}
			} else {
				f := Fact{ID: id.Fact(n + 1), Unit: rapid.SampledFrom([]id.Unit{11, 12, 21, 31}).Draw(t, "unit"), Class: OwnWord,
					Day: calendar.Day("2011-09-28").AddDays(rapid.IntRange(0, 5).Draw(t, "day")), Quantity: document.Decimal(rapid.Int64Range(0, 30000).Draw(t, "quantity"))}
				if i.Aggregation == Distinct {
					f.Subject = rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "subject")
				}
				is = append(is, stood(f, rapid.SampledFrom([]id.Unit{1, 2, 0}).Draw(t, "township")))
				touched[was] = true
			}
			groups, alone := map[Group]bool{}, map[int]bool{}
			for k := range touched {
				if g, ok := i.GroupOf(is[k].Fact); ok {
					groups[g] = true
				} else {
					alone[k] = true
				}
			}
			of := func(some []Placed) (out []Placed) {
				for k, p := range some {
					if g, ok := i.GroupOf(p.Fact); ok && groups[g] || alone[k] {
						out = append(out, p)
					}
				}
				return out
			}
			for c, f := range i.Changes(of(all), of(is)) {
				if cells[c] = cells[c].Plus(f); cells[c] == (Figure{}) {
					delete(cells, c)
				}
			}
			if all = is; !maps.Equal(cells, i.RollUp(all)) {
				t.Fatalf("%s: %+v, from nothing %+v", i.Aggregation, cells, i.RollUp(all))
			}
		}
	})
}
