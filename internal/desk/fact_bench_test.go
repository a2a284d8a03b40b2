package desk

import (
	stdflag "flag"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
	"luoshi/org"
)

var factsThere = stdflag.Int("facts", 100_000, "how many facts that add up BenchmarkFactBoard reads")

// tellers is a city of counties, townships and villages in which clerks tell of facts.
type tellers struct {
	*testing.B
	office   *Office
	db       *db.DB
	folder   string
	now      time.Time
	n        atomic.Int64
	admin    Who
	clerk    Who
	stations []Who // a clerk for each township
	towns    []id.Unit
	villages [][]id.Unit
	shows    id.Indicator
	boats    id.Indicator
}

func (w *tellers) cmd(who Who) db.Cmd { return w.office.Cmd(who, id.Text(7)+id.Text(w.n.Add(1))) }

func (w *tellers) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func newTellers(b *testing.B, townships, villages int) *tellers {
	w := &tellers{B: b, now: calendar.Day("2011-08-08").Time().Add(9 * time.Hour), folder: b.TempDir()}
	d, err := db.Open(b.Context(), w.folder, db.Options{Now: func() time.Time { return w.now }, PersonalKey: personalKey, ReadLimit: time.Minute}, Schema())
	w.must(err)
	b.Cleanup(func() { d.Close() })
	blobs, err := blob.Open(b.TempDir())
	w.must(err)
	w.db, w.office = d, NewOffice(d, blobs, 1)
	account, err := w.office.Found(b.Context(), id.Text(6)+id.Text(1), City{Name: "安澜市", Bureau: "安澜市文化局"}, First{"局办公室", "信息岗", "方晓舟"})
	w.must(err)
	w.admin, err = w.office.Who(b.Context(), account)
	w.must(err)
	hire := func(n NewAccount) Who {
		account, err := w.office.OpenAccount(b.Context(), w.cmd(w.admin), n)
		w.must(err)
		who, err := w.office.Who(b.Context(), account)
		w.must(err)
		return who
	}
	w.clerk = hire(NewAccount{Unit: "局办公室", Title: "综合岗", Name: "周明远", Roles: []org.Role{org.Clerk}})
	top, err := w.office.CityUnit(b.Context())
	w.must(err)
	open := func(parent id.Unit, level org.Level, n int) []id.Unit {
		var all []org.Unit
		for range n {
			all = append(all, org.Unit{Level: level, Name: fmt.Sprintf("单位%d", w.n.Add(1))})
		}
		made, err := w.office.OpenUnits(b.Context(), w.cmd(w.admin), parent, all)
		w.must(err)
		return made
	}
	counties := open(top, org.County, 9)
	for k := range townships {
		town := open(counties[k%9], org.Township, 1)[0]
		w.towns = append(w.towns, town)
		w.villages = append(w.villages, open(town, org.Village, villages))
		w.stations = append(w.stations, hire(NewAccount{UnitID: town, Title: "文化站", Name: "某某", Roles: []org.Role{org.UnitClerk}}))
	}
	w.shows, err = w.office.OpenIndicator(b.Context(), w.cmd(w.clerk), fact.Indicator{Name: "送演出", Measure: "场", Aggregation: fact.Sum, Wanted: fact.ByRecipient})
	w.must(err)
	w.boats, err = w.office.OpenIndicator(b.Context(), w.cmd(w.clerk), fact.Indicator{Name: "渔船", Measure: "艘", Aggregation: fact.Distinct, Wanted: fact.ByRecipient})
	w.must(err)
	w.now = calendar.Day("2012-12-31").Time().Add(9 * time.Hour)
	return w
}

// fill tells of facts in long lists, n in all: of shows, or of boats each with its number.
func (w *tellers) fill(i id.Indicator, n int) {
	first := calendar.Day("2011-08-01")
	for done, k := 0, 0; done < n; k++ {
		town := k % len(w.towns)
		some := make([]FactTold, min(mostFacts, n-done))
		for j := range some {
			v := w.villages[town]
			some[j] = FactTold{Indicator: i, Unit: v[j%len(v)], Day: first.AddDays((k*7 + j) % 510), Quantity: document.Whole(1), Class: fact.ByRecipient}
			if i == w.boats {
				some[j].Subject = fmt.Sprintf("船%d", (done+j)*7%(n*9/10+1))
			}
		}
		_, err := w.office.ReportFactsBelow(w.Context(), w.cmd(w.stations[town]), w.towns[town], some, fact.BySheet)
		w.must(err)
		done += len(some)
	}
}

// BenchmarkFactBoard reads a county x month table, anew and again, and
// the total alone: of facts that add up, and of things each of which counts once.
func BenchmarkFactBoard(b *testing.B) {
	w := newTellers(b, 130, 24)
	w.fill(w.shows, *factsThere)
	w.fill(w.boats, 100_000)
	months := fact.Months("2011-08-01", "2012-12-31")
	for name, read := range map[string]func() error{
		"table": func() error {
			_, err := w.office.FactBoard(b.Context(), w.clerk, w.shows, months, TreeOfTheDay)
			return err
		},
		"table, read anew": func() error {
			w.office.facts.forget()
			_, err := w.office.FactBoard(b.Context(), w.clerk, w.shows, months, TreeOfTheDay)
			return err
		},
		"table by the tree of today, read anew": func() error {
			w.office.facts.forget()
			_, err := w.office.FactBoard(b.Context(), w.clerk, w.shows, months, TreeOfToday)
			return err
		},
		"things, total": func() error {
			_, err := w.office.FactTotal(b.Context(), w.clerk, w.boats, months)
			return err
		},
		"things, table": func() error {
			_, err := w.office.FactBoard(b.Context(), w.clerk, w.boats, months, TreeOfTheDay)
			return err
		},
		"things, table, read anew": func() error {
			w.office.facts.forget()
			_, err := w.office.FactBoard(b.Context(), w.clerk, w.boats, months, TreeOfTheDay)
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				if err := read(); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}
