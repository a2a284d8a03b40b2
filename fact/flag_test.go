package fact

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
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

// raised are the flags of one kind among those of a scene of village 11 and others, each with
// the other claim that it names.
func raised(t *testing.T, kind FlagKind, s Scene) (out []string) {
	t.Helper()
	s.Indicators = map[id.Indicator]Indicator{1: {ID: 1, Aggregation: Sum}, 2: {ID: 2, Aggregation: Once}, 3: {ID: 3, Aggregation: Snapshot}, 4: {ID: 4, Aggregation: Sum}}
	s.Closed = func(id.Unit) int64 { return 0 }
	for _, f := range s.Flags() {
		if f.Kind == kind {
			key, args := f.Reason(func(u id.Unit) string { return u.String() })
			if strings.Count(key, "%s") != len(args) || len(args) == 0 {
				t.Errorf("%s: %q of %v", f.Kind, key, args)
			}
			out = append(out, fmt.Sprintf("%d %d", f.Fact, f.Other))
		}
	}
	return out
}

func TestFlagsOfWhoSaysNone(t *testing.T) {
	of := func(n int64, post id.Post) func(*Fact) {
		return func(f *Fact) { f.Quantity, f.Post = document.Whole(n), post }
	}
	indicator := func(i id.Indicator, more func(*Fact)) func(*Fact) {
		return func(f *Fact) { f.Indicator = i; more(f) }
	}
	for _, c := range []struct {
		name string
		none Fact
		some Fact
		want bool
	}{
		{"the village says of the month that nobody came", toldAt(1, 11, "2012-04-28", 1, 0, of(0, 8)), toldAt(2, 11, "2012-04-12", 1, 0, of(1, 7)), true},
		{"on the day itself", toldAt(1, 11, "2012-04-12", 1, 0, of(0, 8)), toldAt(2, 11, "2012-04-12", 5, 0, of(1, 7)), true},
		{"of what a village does once", toldAt(1, 11, "2012-04-28", 1, 0, indicator(2, of(0, 8))), toldAt(2, 11, "2012-04-12", 1, 0, indicator(2, of(1, 7))), true},
		{"a library tells what it brought there", toldAt(1, 11, "2012-04-28", 1, 0, of(0, 8)), toldAt(2, 5, "2012-04-12", 1, 0, func(f *Fact) { f.Place = 11 }), true},
		{"an honest village says so early, and the team comes later", toldAt(1, 11, "2012-04-10", 1, 0, of(0, 8)), toldAt(2, 11, "2012-04-12", 1, 0, of(1, 7)), false},
		{"one person tells of both", toldAt(1, 11, "2012-04-28", 1, 0, of(0, 7)), toldAt(2, 11, "2012-04-12", 1, 0, of(1, 7)), false},
		{"another village", toldAt(1, 12, "2012-04-28", 1, 0, of(0, 8)), toldAt(2, 11, "2012-04-12", 1, 0, of(1, 7)), false},
		{"another indicator", toldAt(1, 11, "2012-04-28", 1, 0, of(0, 8)), toldAt(2, 11, "2012-04-12", 1, 0, indicator(4, of(1, 7))), false},
		{"both say none", toldAt(1, 11, "2012-04-28", 1, 0, of(0, 8)), toldAt(2, 11, "2012-04-12", 1, 0, of(0, 7)), false},
		{"a count that went down to nothing", toldAt(1, 11, "2012-04-28", 1, 0, indicator(3, of(0, 8))), toldAt(2, 11, "2012-04-12", 1, 0, indicator(3, of(9, 7))), false},
		{"an opening balance of none", toldAt(1, 11, "2012-04-28", 1, 0, func(f *Fact) { f.Quantity, f.Post, f.Source = 0, 8, Opening }), toldAt(2, 11, "2012-04-12", 1, 0, of(1, 7)), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var want []string
			if c.want {
				want = []string{"1 2", "2 1"}
			}
			if got := raised(t, SaysNone, Scene{Facts: []Fact{c.none, c.some}}); !slices.Equal(got, want) {
				t.Errorf("%v, want %v", got, want)
			}
		})
	}
}

func TestFlagsOfASeason(t *testing.T) {
	goal := func(i id.Indicator, windows ...Window) Goal {
		return Goal{Indicator: i, From: "2011-08-01", To: "2012-12-31", Windows: windows}
	}
	summer, winter := Window{"06-01", "09-16"}, Window{"11-15", "02-28"}
	last := goal(1)
	last.To = "2012-03-31"
	for _, c := range []struct {
		name  string
		fact  Fact
		goals []Goal
		want  bool
	}{
		{"at sea", toldAt(1, 11, "2012-04-11", 1, 0, nil), []Goal{goal(1, summer)}, true},
		{"the day after", toldAt(1, 11, "2012-09-17", 1, 0, nil), []Goal{goal(1, summer)}, true},
		{"on the last day", toldAt(1, 11, "2012-09-16", 1, 0, nil), []Goal{goal(1, summer)}, false},
		{"in neither of two seasons", toldAt(1, 11, "2012-04-11", 1, 0, nil), []Goal{goal(1, summer, winter)}, true},
		{"in the second of them, over the new year", toldAt(1, 11, "2012-01-11", 1, 0, nil), []Goal{goal(1, summer, winter)}, false},
		{"in the season of another goal", toldAt(1, 11, "2012-01-11", 1, 0, nil), []Goal{goal(1, summer), goal(1, winter)}, false},
		{"another goal is for any day", toldAt(1, 11, "2012-04-11", 1, 0, nil), []Goal{goal(1, summer), goal(1)}, false},
		{"one for any day is over", toldAt(1, 11, "2012-04-11", 1, 0, nil), []Goal{goal(1, summer), last}, true},
		{"no goal has a season", toldAt(1, 11, "2012-04-11", 1, 0, nil), []Goal{goal(1)}, false},
		{"no goal at all", toldAt(1, 11, "2012-04-11", 1, 0, nil), nil, false},
		{"the season of another indicator", toldAt(1, 11, "2012-04-11", 1, 0, nil), []Goal{goal(4, summer)}, false},
		{"before the goal begins it counts for none", toldAt(1, 11, "2011-04-11", 1, 0, nil), []Goal{goal(1, summer)}, false},
		{"none at sea", toldAt(1, 11, "2012-04-11", 1, 0, func(f *Fact) { f.Quantity = 0 }), []Goal{goal(1, summer)}, false},
		{"how many there are", toldAt(1, 11, "2012-04-11", 1, 0, func(f *Fact) { f.Indicator = 3 }), []Goal{goal(3, summer)}, false},
		{"an opening balance", toldAt(1, 11, "2012-04-11", 1, 0, func(f *Fact) { f.Source = Opening }), []Goal{goal(1, summer)}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := raised(t, OutOfSeason, Scene{Facts: []Fact{c.fact}, Goals: c.goals}); (len(got) == 1) != c.want {
				t.Errorf("%v", got)
			}
		})
	}
}

func TestFlagsOfADigitTooMany(t *testing.T) {
	// others are claims of as many villages, each of one of the numbers in turn.
	others := func(source Source, n int, numbers ...int64) (out []Fact) {
		for k := range n {
			out = append(out, toldAt(id.Fact(k+100), id.Unit(k+100), "2012-04-02", 1, 0, func(f *Fact) { f.Quantity, f.Source = document.Whole(numbers[k%len(numbers)]), source }))
		}
		return out
	}
	mine := func(n int, quantity int64) []Fact {
		out := others(BySheet, n, quantity)
		for k := range out {
			out[k].ID, out[k].Unit = id.Fact(k+50), 11
		}
		return out
	}
	for _, c := range []struct {
		name    string
		told    int64
		month   []Fact
		earlier []Fact
		past    []int64 // months of its own
		want    int
	}{
		{"a 0 too many", 520, others(BySheet, 20, 48, 52, 45, 60), nil, nil, 1},
		{"a key pressed twice", 11, others(BySheet, 20, 1), nil, nil, 1},
		{"two digits too many", 5200, others(BySheet, 20, 48, 52, 45, 60), nil, nil, 1},
		{"rounded up past the tenth", 800, others(BySheet, 20, 48, 52, 45, 60), nil, nil, 1},
		{"the year before says so", 520, others(BySheet, 6, 48, 52, 45, 60), others(BySheet, 14, 50), nil, 1},
		{"too few say so", 520, others(BySheet, 6, 48, 52, 45, 60), others(BySheet, 13, 50), nil, 0},
		{"a large delivery", 120, others(BySheet, 20, 48, 52, 45, 60), nil, nil, 0},
		{"nine in one line", 9, others(BySheet, 20, 1), nil, nil, 0},
		{"all sorts of sizes", 520, others(BySheet, 30, 5, 20, 80, 200, 400), nil, nil, 0},
		{"others tell as much now and then", 520, others(BySheet, 30, 50, 50, 50, 50, 50, 50, 50, 50, 50, 400), nil, nil, 0},
		{"grids tell of a month, lists of an evening", 11, others(ByGrid, 30, 1), nil, nil, 0},
		{"typed into a form, not in a list", 520, others(ByForm, 20, 50), nil, nil, 1},
		{"one village again and again", 520, append(others(BySheet, 20, 50), mine(2, 520)...), nil, nil, 3},
		{"three villages", 520, append(others(BySheet, 20, 50), others(BySheet, 2, 520)...), nil, nil, 0},
		{"a village that always tells as much", 30, others(BySheet, 20, 3), nil, []int64{28, 31, 33}, 0},
		{"a village that never does", 30, others(BySheet, 20, 3), nil, []int64{3, 2, 3}, 1},
		{"none", 0, others(BySheet, 21, 50), nil, nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Scene{Earlier: c.earlier, Past: map[PastKey][]document.Decimal{}}
			for _, n := range c.past {
				s.Past[PastKey{11, 1}] = append(s.Past[PastKey{11, 1}], document.Whole(n))
			}
			s.Facts = append(c.month, toldAt(1, 11, "2012-04-17", 1, 0, func(f *Fact) { f.Quantity, f.Source = document.Whole(c.told), BySheet }))
			if got := raised(t, Digit, s); len(got) != c.want {
				t.Errorf("%v", got)
			}
			few := s
			few.Indicators = map[id.Indicator]Indicator{1: {ID: 1, Aggregation: Sum}}
			if asks := len(few.FewSingles()) > 0; asks != (len(c.month) < 20 || c.month[0].Source == ByGrid) {
				t.Errorf("asks for the year before: %v", asks)
			}
		})
	}
}

// How often honest claims are called a digit too many, and how many slips of a finger are:
// deliveries of many sizes, of which some bring a shelf at once.
func TestHowOftenADigitIsWrong(t *testing.T) {
	random := rand.New(rand.NewPCG(2012, 5))
	honest, alarms, slips, found := 0, 0, 0, 0
	for scene := range 200 {
		spread := []int64{2, 5, 10, 40, 80}[scene%5] // each brings 50, more or less so much
		delivery := func() int64 {
			if random.IntN(50) == 0 {
				return 150 + random.Int64N(150)
			}
			return max(1, 50-spread/2+random.Int64N(spread+1))
		}
		var s Scene
		for k := range 21 + random.IntN(200) {
			s.Facts = append(s.Facts, toldAt(id.Fact(k+1), id.Unit(k+1), "2012-04-02", 1, 0, func(f *Fact) { f.Quantity, f.Source = document.Whole(delivery()), BySheet }))
		}
		honest += len(s.Facts)
		alarms += len(raised(t, Digit, s))
		slip := &s.Facts[random.IntN(len(s.Facts))]
		slip.Quantity *= 10
		slips++
		if slices.Contains(raised(t, Digit, s), fmt.Sprintf("%d 0", slip.ID)) {
			found++
		}
	}
	t.Logf("%d honest claims, of which %d are called a digit too many (%.2f %%); %d figures with a 0 too many, of which %d are found (%.0f %%)",
		honest, alarms, 100*float64(alarms)/float64(honest), slips, found, 100*float64(found)/float64(slips))
	if 100*alarms > honest || 100*found < 80*slips {
		t.Error("more than 1 in 100 false alarms, or fewer than 80 in 100 slips found")
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
