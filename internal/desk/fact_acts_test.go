package desk

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/ledger"
	"luoshi/org"

	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"
)

// tallying is somebody who reports, corrects, checks and moves without a plan.
type tallying struct {
	*rapid.T
	w          *town
	city       id.Unit
	checker    Who
	from       calendar.Day
	parents    []id.Unit // counties and townships
	units      []id.Unit // that tell, or move
	indicators []fact.Indicator
	named      *int
}

func (y *tallying) day() calendar.Day {
	return y.from.AddDays(rapid.IntRange(-10, 90).Draw(y.T, "day"))
}

func (y *tallying) unit() id.Unit { return rapid.SampledFrom(y.units).Draw(y.T, "unit") }

func (y *tallying) told() FactTold {
	i := rapid.SampledFrom(y.indicators).Draw(y.T, "indicator")
	t := FactTold{Indicator: i.ID, Unit: y.unit(), Day: y.day(), Class: rapid.SampledFrom(fact.Classes).Draw(y.T, "class"), Note: "记错了",
		Quantity: document.Decimal(rapid.Int64Range(0, 4).Draw(y.T, "quantity")) * 5000}
	if i.Subjects != fact.NoSubject {
		if t.Subject = rapid.SampledFrom([]string{"甲", "乙", "丙", "丁"}).Draw(y.T, "subject"); rapid.IntRange(0, 5).Draw(y.T, "opening") == 0 {
			t.Subject, t.Opening, t.Class = "", true, fact.OwnWord
		} else {
			t.Quantity = document.Whole(1)
		}
	}
	return t
}

// claims are all of these indicators, those that stand no longer too: acts on them are refused.
func (y *tallying) claim() (f fact.Fact, any bool) {
	var all []fact.Fact
	for _, i := range y.indicators {
		y.w.must(y.w.db.Read(y.w.Context(), func(v *db.View) error {
			some, err := db.Rows(v, scanFact, "SELECT "+factColumns+" FROM fact WHERE city_id = $1 AND indicator_id = $2 AND kind = 'claim' ORDER BY id", 1, i.ID)
			all = append(all, some...)
			return err
		}))
	}
	if len(all) == 0 {
		return f, false
	}
	return rapid.SampledFrom(all).Draw(y.T, "claim"), true
}

// act does one act that anybody might come upon; one that is refused in words is fine.
func (y *tallying) act() {
	o, ctx := y.w.office, y.w.Context()
	var err error
	about := func(do func(f fact.Fact) error) {
		if f, any := y.claim(); any {
			err = do(f)
		}
	}
	*y.named++
	name := fmt.Sprintf("单位%d", *y.named)
	switch act := rapid.SampledFrom([]string{"report", "import", "import", "correct", "return", "withdraw", "check", "check", "close month", "move", "merge", "split", "close"}).Draw(y.T, "act"); act {
	case "report":
		_, err = o.ReportFactsBelow(ctx, y.w.cmd(y.w.clerk), y.city, []FactTold{y.told()}, fact.ByForm)
	case "import":
		var told []FactTold
		for range rapid.IntRange(2, 12).Draw(y.T, "rows") {
			told = append(told, y.told())
		}
		_, err = o.ReportFactsBelow(ctx, y.w.cmd(y.w.clerk), y.city, told, fact.BySheet)
	case "correct":
		about(func(f fact.Fact) error {
			t := y.told()
			t.Indicator = f.Indicator
			_, err := o.CorrectFact(ctx, y.w.cmd(y.w.clerk), f.ID, t)
			return err
		})
	case "return":
		about(func(f fact.Fact) error {
			return o.ReturnFacts(ctx, y.w.cmd(y.checker), y.city, []id.Fact{f.ID}, "不对")
		})
	case "withdraw":
		about(func(f fact.Fact) error { return o.WithdrawFact(ctx, y.w.cmd(y.w.clerk), y.city, f.ID, "不对") })
	case "check":
		about(func(f fact.Fact) error {
			class := rapid.SampledFrom([]fact.Class{"", "A", "B", "C"}).Draw(y.T, "found")
			return o.VerifyFacts(ctx, y.w.cmd(y.checker), y.city, []id.Fact{f.ID}, class)
		})
	case "close month":
		err = o.CloseMonth(ctx, y.w.cmd(y.w.leader), y.unit(), fact.Month(y.day()))
	case "move":
		err = o.ChangeUnit(ctx, y.w.cmd(y.w.admin), y.unit(), org.Change{Parent: rapid.SampledFrom(y.parents).Draw(y.T, "parent"), Name: name, From: y.day()})
	case "merge":
		err = o.MergeUnit(ctx, y.w.cmd(y.w.admin), y.unit(), y.unit(), y.day())
	case "split":
		_, err = o.SplitUnit(ctx, y.w.cmd(y.w.admin), y.unit(), NewPart{Name: name, Below: rapid.SliceOfNDistinct(rapid.SampledFrom(y.units), 0, 2, rapid.ID[id.Unit]).Draw(y.T, "below"), From: y.day()})
	case "close":
		err = o.CloseUnit(ctx, y.w.cmd(y.w.admin), y.unit(), y.day())
	}
	if f := (*fault.Fault)(nil); err != nil && !errors.As(err, &f) {
		y.Fatal(err)
	}
}

// check holds every figure to a recount.
func (y *tallying) check() {
	months := fact.Months(y.from.AddDays(rapid.SampledFrom([]int{-10, 30}).Draw(y.T, "board")), y.from.AddDays(90))
	for _, i := range y.indicators {
		r := y.w.recounting(i.ID)
		if is, want := y.w.summaries(i.ID), r.summaries(); !maps.Equal(is, want) {
			y.Fatalf("%s: the summaries are\n%v, a recount gives\n%v", i.Aggregation, is, want)
		}
		total, byMonth := r.board(months)
		for _, tree := range []FactTree{TreeOfTheDay, TreeOfToday} {
			b, err := y.w.office.FactBoard(y.w.Context(), y.w.clerk, i.ID, months, tree)
			y.w.must(err)
			if is := (both{b.Total.Reported, b.Total.Counted}); is != total {
				y.Fatalf("%s by the tree of %s: %v, a recount gives %v", i.Aggregation, tree, is, total)
			}
			var of both
			rows := map[id.Unit]both{}
			for _, row := range b.Rows {
				rows[row.Unit.ID] = both{row.Total.Reported, row.Total.Counted}
				of.reported, of.counted = of.reported+row.Total.Reported, of.counted+row.Total.Counted
			}
			for _, m := range months {
				if is := (both{b.ByMonth[m].Reported, b.ByMonth[m].Counted}); is != byMonth[m] {
					y.Fatalf("%s by the tree of %s in %s: %v, a recount gives %v", i.Aggregation, tree, m, is, byMonth[m])
				}
			}
			if is, want := withoutZeros(b.Bases), r.bases(months); i.Aggregation == fact.Snapshot && !maps.Equal(is, want) {
				y.Fatalf("by the tree of %s units said first %v, a recount gives %v", tree, is, want)
			}
			inRows := map[string]document.Decimal{}
			for _, row := range b.Rows {
				inRows = shiftBases(inRows, row.Bases, 1)
			}
			if want := withoutZeros(b.Bases); !maps.Equal(inRows, want) {
				y.Fatalf("%s by the tree of %s: in the rows units said first %v, not %v", i.Aggregation, tree, inRows, want)
			}
			if (i.Aggregation == fact.Sum || i.Aggregation == fact.Snapshot) && of != total {
				y.Fatalf("%s by the tree of %s: the rows add up to %v, not %v", i.Aggregation, tree, of, total)
			}
			if want := r.rows(months); (i.Aggregation == fact.Sum || i.Aggregation == fact.Distinct) && tree == TreeOfTheDay && !maps.Equal(rows, want) {
				y.Fatalf("%s: rows %v, a recount gives %v", i.Aggregation, rows, want)
			}
		}
		y.w.must(y.w.db.Read(y.w.Context(), func(v *db.View) error { return y.keptIsRead(v, i, months) }))
	}
}

// keptIsRead compares what is made of what was kept, and of the units that moved, with what
// every unit's own months and all facts say.
func (y *tallying) keptIsRead(v *db.View, i fact.Indicator, months []string) error {
	o := y.w.office
	b, err := o.facts.board(v, o.city, i, months, TreeOfToday, o.Today())
	y.w.must(err)
	cells, err := cellsOf(v, o.city, i, months, TreeOfToday)
	y.w.must(err)
	_, err = rowsOfCells(v, o.city, cells, TreeOfToday, o.Today())
	y.w.must(err)
	whole, err := boardOfCells(v, o.city, i, cells, months, nil)
	y.w.must(err)
	rows := func(b FactBoard) map[id.Unit][]any {
		out := map[id.Unit][]any{}
		for _, r := range b.Rows {
			some := r.Total != fact.Figure{} // who told 0 before the first month told nothing in these
			figures := []any{r.Total, withoutZeros(r.Bases)}
			for _, m := range months {
				some = some || r.ByMonth[m] != fact.Figure{}
				figures = append(figures, r.ByMonth[m])
			}
			if some {
				out[r.Unit.ID] = figures
			}
		}
		return out
	}
	if is, want := rows(b), rows(whole); !reflect.DeepEqual(is, want) {
		y.Fatalf("%s by the tree of today: rows %v, of all that units told %v", i.Aggregation, is, want)
	}
	all, err := listIndicators(v, o.city)
	y.w.must(err)
	fair, err := readFairness(v, o.city, o.leaves, i, months, all, o.Today())
	y.w.must(err)
	if want, err := readFairness(v, o.city, nil, i, months, all, o.Today()); err != nil || !reflect.DeepEqual(fair, want) {
		y.Fatalf("%s: fairness is %+v, of all facts %+v, %v", i.Aggregation, fair, want, err)
	}
	return nil
}

// After any acts in any order every figure equals a recount of the raw facts, by the tree
// of the day and of today, and an export of all of it verifies.
func TestEveryFigureIsItsRecount(t *testing.T) {
	secret, _, err := ledger.NewKey(zeros{}, "luoshi/test")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	w, named := newTown(t), 0
	top, err := w.office.CityUnit(t.Context())
	w.must(err)
	checker := w.hire("核实岗", "某某", org.Clerk)
	budget := 10
	rapid.Check(t, func(rt *rapid.T) { // each time in counties and with indicators of their own
		if budget--; budget < 0 {
			return
		}
		y := &tallying{T: rt, w: w, city: top, checker: checker, from: w.office.Today(), named: &named}
		open := func(parent id.Unit, level org.Level, n int) []id.Unit {
			var units []org.Unit
			for range n {
				named++
				units = append(units, org.Unit{Level: level, Name: fmt.Sprintf("单位%d", named)})
			}
			made, err := w.office.OpenUnits(t.Context(), w.cmd(w.admin), parent, units)
			w.must(err)
			if level != org.Village && level != org.Direct {
				y.parents = append(y.parents, made...)
			}
			y.units = append(y.units, made...)
			return made
		}
		for _, c := range open(top, org.County, 2) {
			for _, town := range open(c, org.Township, 2) {
				open(town, org.Village, 2)
			}
		}
		open(w.bureau(), org.Direct, 1)
		for _, i := range []fact.Indicator{{Name: "累加", Aggregation: fact.Sum, Wanted: fact.Independent}, {Name: "去重", Aggregation: fact.Distinct, Wanted: fact.Independent},
			{Name: "去重人", Aggregation: fact.Distinct, Subjects: fact.Persons}, {Name: "时点", Aggregation: fact.Snapshot, Wanted: fact.Independent}, {Name: "一次", Aggregation: fact.Once}} {
			i.Measure, named = "个", named+1
			i.Name = fmt.Sprintf("%s%d", i.Name, named)
			made, err := w.office.OpenIndicator(t.Context(), w.cmd(w.clerk), i)
			w.must(err)
			i.ID = made
			if rapid.Bool().Draw(rt, "released") {
				w.must(w.office.ReleaseIndicator(t.Context(), w.cmd(w.leader), made, true))
			}
			y.indicators = append(y.indicators, i.Tidied())
		}
		w.now = w.now.Add(91 * 24 * time.Hour)
		for n := range rapid.IntRange(6, 40).Draw(rt, "acts") {
			if y.act(); n%8 == 7 {
				y.check()
			}
		}
		y.check()
	})
	w.verified(FullExport, signer)
	w.verified(PublicExport, signer)
}

func (w *town) bureau() (u id.Unit) {
	w.must(w.db.Read(w.Context(), func(v *db.View) error {
		b, err := loadBureau(v, 1)
		u = b.ID
		return err
	}))
	return u
}
