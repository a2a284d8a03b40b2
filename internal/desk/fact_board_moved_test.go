package desk

import (
	"reflect"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/org"
)

// Boards by the tree of today, of which a unit that moved tells again and again, are kept
// as far as they still hold: after each act they are what a reading of everything gives.
func TestBoardsOfMovedUnitsAreKeptTrue(t *testing.T) {
	w := newCounting(t)
	top, err := w.office.CityUnit(t.Context())
	w.must(err)
	open := func(parent id.Unit, level org.Level, name string) id.Unit {
		made, err := w.office.OpenUnits(t.Context(), w.cmd(w.admin), parent, []org.Unit{{Level: level, Name: name, From: "2011-01-01"}})
		w.must(err)
		return made[0]
	}
	other := open(w.county, org.Township, "白石镇")
	third := open(other, org.Village, "石桥村")
	station := w.hireAt(other, "文化站", org.UnitClerk)
	to := open(top, org.County, "云溪县")
	boats, err := w.office.OpenIndicator(t.Context(), w.cmd(w.clerk), fact.Indicator{Name: "渔船", Measure: "艘", Aggregation: fact.Distinct, Wanted: fact.OwnWord})
	w.must(err)
	w.now = time.Date(2011, 12, 20, 1, 0, 0, 0, time.UTC)
	w.must(w.office.ChangeUnit(t.Context(), w.cmd(w.admin), w.township, org.Change{Parent: to, Name: "青石镇", From: "2011-11-01"}))

	told := map[string]id.Fact{}
	tells := func(who Who, under, unit id.Unit, day, boat string) func() {
		return func() {
			out, err := w.office.ReportFactsBelow(t.Context(), w.cmd(who), under, []FactTold{{Indicator: boats, Unit: unit, Day: calendar.Day(day), Quantity: document.Whole(1), Subject: boat, Class: fact.ByRecipient}}, fact.ByGrid)
			w.must(err)
			told[boat] = out.First
		}
	}
	moved := func(unit id.Unit, day, boat string) func() { return tells(w.station, w.township, unit, day, boat) }
	stayed := func(day, boat string) func() { return tells(station, other, third, day, boat) }
	rows := func(b FactBoard) (was, is document.Decimal) {
		from, _ := b.Row(w.county)
		now, _ := b.Row(to)
		return from.Total.Reported, now.Total.Reported
	}
	for _, c := range []struct {
		name    string
		act     func()
		was, is int64 // boats of which the old county told and the new one, by the tree of today
		all     int64 // each once
	}{
		{"one boat before the move", moved(w.first, "2011-09-10", "浙渔00001"), 0, 1, 1},
		{"a second after it", moved(w.first, "2011-11-12", "浙渔00002"), 0, 2, 2},
		{"one of who stayed", stayed("2011-09-20", "浙渔00003"), 1, 2, 3},
		{"and who stayed tells of one that is known", stayed("2011-09-01", "浙渔00001"), 2, 2, 3},
		{"who moved tells of one of who stayed, earlier", moved(w.second, "2011-09-02", "浙渔00003"), 2, 3, 3},
		{"and takes it back", func() {
			w.must(w.office.WithdrawFact(t.Context(), w.cmd(w.station), w.township, told["浙渔00003"], "记错了"))
		}, 2, 2, 3},
		{"a boat turns out to be another", func() {
			_, err := w.office.CorrectFact(t.Context(), w.cmd(w.station), told["浙渔00002"], FactTold{Unit: w.first, Day: "2011-10-02", Quantity: document.Whole(1), Subject: "浙渔00004", Class: fact.ByRecipient, Note: "号码抄错了"})
			w.must(err)
		}, 2, 2, 3},
		{"what somebody else counts changes nothing", func() { w.tell(w.first, w.shows, "2011-11-03", 2, "") }, 2, 2, 3},
		{"and one more", moved(w.second, "2011-12-01", "浙渔00005"), 2, 3, 4},
	} {
		c.act()
		kept := w.board(boats, TreeOfToday)
		if was, is := rows(kept); was != document.Whole(c.was) || is != document.Whole(c.is) || kept.Total.Reported != document.Whole(c.all) {
			t.Errorf("%s: %s in the old county, %s in the new, %s in all", c.name, was, is, kept.Total.Reported)
		}
		fresh := *w.town
		fresh.office = NewOffice(w.db, nil, 1)
		if anew := (&counting{town: &fresh}).board(boats, TreeOfToday); !reflect.DeepEqual(kept, anew) {
			t.Errorf("%s: kept\n%+v\nanew\n%+v", c.name, kept, anew)
		}
	}
}
