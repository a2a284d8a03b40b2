package fact

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
)

// toldAt is a claim of the tests: it was taken in on its day, at an hour and a minute.
func toldAt(n id.Fact, unit id.Unit, day calendar.Day, hour, minute int, more func(*Fact)) Fact {
	f := Fact{ID: n, Indicator: 1, Unit: unit, Day: day, Quantity: document.Whole(1), Kind: Claim, State: Reported, Source: ByForm, Post: 7,
		Instant: day.Time().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute).UnixMicro()}
	if more != nil {
		more(&f)
	}
	return f
}

func TestFlags(t *testing.T) {
	at := func(u id.Unit) func(*Fact) { return func(f *Fact) { f.Place = u } }
	noted := func(words string, source Source) func(*Fact) {
		return func(f *Fact) { f.Note, f.Source = words, source }
	}
	shown := func(file string) func(*Fact) { return func(f *Fact) { f.Evidence = []byte(file) } }
	of := func(subject string) func(*Fact) { return func(f *Fact) { f.Subject = subject } }
	for _, c := range []struct {
		name  string
		facts []Fact
		more  func(*Scene)
		want  []string
	}{
		{"nothing odd", []Fact{toldAt(1, 11, "2012-04-10", 1, 0, nil), toldAt(2, 12, "2012-04-11", 1, 0, nil)}, nil, nil},
		{"one team in two villages within an hour", []Fact{toldAt(1, 5, "2012-04-10", 10, 0, at(11)), toldAt(2, 5, "2012-04-10", 10, 20, at(12))}, nil, []string{"1 two_places 20", "2 two_places 20"}},
		{"with two hours between", []Fact{toldAt(1, 5, "2012-04-10", 8, 0, at(11)), toldAt(2, 5, "2012-04-10", 10, 20, at(12))}, nil, nil},
		{"in one village twice", []Fact{toldAt(1, 5, "2012-04-10", 10, 0, at(11)), toldAt(2, 5, "2012-04-10", 10, 20, at(11))}, nil, nil},
		{"typed in days later", []Fact{toldAt(1, 5, "2012-04-10", 10, 0, func(f *Fact) { f.Place, f.Day = 11, "2012-04-03" }), toldAt(2, 5, "2012-04-10", 10, 20, func(f *Fact) { f.Place, f.Day = 12, "2012-04-04" })}, nil, nil},
		{"two reporters", []Fact{toldAt(1, 5, "2012-04-10", 10, 0, at(11)), toldAt(2, 6, "2012-04-10", 10, 20, func(f *Fact) { f.Place, f.Post = 12, 8 })}, nil, nil},
		{"one note on one day", []Fact{toldAt(1, 11, "2012-04-10", 1, 0, noted("越剧二队小百花", BySheet)), toldAt(2, 12, "2012-04-10", 1, 0, noted("越剧二队小百花", BySheet))}, nil, []string{"1 two_places -1", "2 two_places -1"}},
		{"a note of a whole list", []Fact{toldAt(1, 11, "2012-04-10", 1, 0, noted("有签收单", BySheet)), toldAt(2, 12, "2012-04-10", 1, 0, noted("有签收单", BySheet)),
			toldAt(3, 13, "2012-04-10", 1, 0, noted("有签收单", BySheet)), toldAt(4, 14, "2012-04-10", 1, 0, noted("有签收单", BySheet))}, nil, nil},
		{"far above", []Fact{toldAt(1, 11, "2012-04-10", 1, 0, func(f *Fact) { f.Quantity = document.Whole(30) })}, nil, []string{"1 out_of_usual 4"}},
		{"within the slack", []Fact{toldAt(1, 11, "2012-04-10", 1, 0, func(f *Fact) { f.Quantity = document.Whole(8) })}, nil, nil},
		{"many that come to much", []Fact{toldAt(1, 11, "2012-04-10", 1, 0, func(f *Fact) { f.Quantity = document.Whole(5) }), toldAt(2, 11, "2012-04-20", 1, 0, func(f *Fact) { f.Quantity = document.Whole(6) })}, nil, []string{"2 out_of_usual 4"}},
		{"the same file elsewhere", []Fact{toldAt(1, 11, "2012-04-10", 1, 0, shown("photo")), toldAt(2, 12, "2012-04-10", 5, 0, func(f *Fact) { f.Post = 8; f.Evidence = []byte("photo") })}, nil, []string{"1 same_evidence 0", "2 same_evidence 0"}},
		{"the same file of an earlier month", []Fact{toldAt(1, 11, "2012-04-10", 1, 0, shown("photo"))}, func(s *Scene) { s.Evidence = append(s.Evidence, toldAt(9, 11, "2012-01-10", 1, 0, shown("photo"))) }, []string{"1 same_evidence 0"}},
		{"one receipt for two indicators", []Fact{toldAt(1, 11, "2012-04-10", 1, 0, shown("paper")), toldAt(2, 11, "2012-04-10", 1, 0, func(f *Fact) { f.Indicator, f.Evidence = 2, []byte("paper") })}, nil, nil},
		{"after the close", []Fact{toldAt(1, 11, "2012-04-10", 1, 0, nil), toldAt(2, 11, "2012-04-30", 20, 0, nil)}, func(s *Scene) {
			closed := calendar.Day("2012-04-30").Time().Add(time.Hour).UnixMicro()
			s.Closed = func(id.Unit) int64 { return closed }
		}, []string{"2 after_close 0"}},
		{"one boat of two units", []Fact{toldAt(1, 11, "2012-04-10", 1, 0, of("浙渔1")), toldAt(2, 11, "2012-04-10", 1, 0, of("浙渔2"))}, func(s *Scene) { s.Subjects = append(s.Subjects, toldAt(9, 12, "2012-02-10", 1, 0, of("浙渔1"))) }, []string{"1 same_subject 0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Scene{Facts: c.facts, Indicators: map[id.Indicator]Indicator{1: {ID: 1, Aggregation: Sum}, 2: {ID: 2, Aggregation: Sum}}, Closed: func(id.Unit) int64 { return 0 },
				Past:     map[PastKey][]document.Decimal{{11, 1}: {document.Whole(2), document.Whole(3), document.Whole(4), document.Whole(3)}},
				Evidence: slices.Clone(c.facts), Subjects: slices.Clone(c.facts)}
			if c.more != nil {
				c.more(&s)
			}
			var got []string
			for _, f := range s.Flags() {
				n := f.Minutes
				if f.Kind == OutOfUsual {
					n = f.Usual.Months
				}
				got = append(got, fmt.Sprintf("%d %s %d", f.Fact, f.Kind, n))
				if key, args := f.Reason(func(id.Unit) string { return "某村" }); key == "" || len(args) == 0 {
					t.Errorf("%s has no reason", f.Kind)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

// How often honest months are called far off, and how many slips of a finger are: months
// of villages that go up and down as counts do, each with eight to twelve months behind it.
func TestHowOftenUsualIsWrong(t *testing.T) {
	random := rand.New(rand.NewPCG(2012, 4))
	// A count: how many of n chances came off.
	count := func(mean int64) (n int64) {
		for range 4 * mean {
			if random.IntN(4) == 0 {
				n++
			}
		}
		return n
	}
	honest, alarms, slips, found, months := 0, 0, 0, 0, 0
	for village := range 2000 {
		mean := []int64{2, 4, 12, 60, 400}[village%5]
		var past []document.Decimal
		for range 8 + village%5 {
			past = append(past, document.Whole(count(mean)))
		}
		u := UsualOf(past)
		months += len(past)
		honest++
		if u.FarOff(document.Whole(count(mean))) {
			alarms++
		}
		if typed := count(mean); typed > 0 { // a 0 too many
			slips++
			if u.FarOff(document.Whole(10 * typed)) {
				found++
			}
		}
	}
	t.Logf("%d honest months, of which %d are called far off (%.1f %%); %d figures with a 0 too many, of which %d are found (%.0f %%)",
		honest, alarms, 100*float64(alarms)/float64(honest), slips, found, 100*float64(found)/float64(slips))
	if 100*alarms > 2*honest || 100*found < 95*slips {
		t.Error("more than 2 in 100 false alarms, or fewer than 95 in 100 slips found")
	}
}
