package progress

import (
	"testing"

	"luoshi/calendar"

	"pgregory.net/rapid"
)

func TestPeriods(t *testing.T) {
	for _, c := range []struct {
		key, first, last, due, next, before string
	}{
		{"2011-09", "2011-09-01", "2011-09-30", "2011-10-05", "2011-10", "2011-08"},
		{"2011-12", "2011-12-01", "2011-12-31", "2012-01-05", "2012-01", "2011-11"},
		{"2012-02", "2012-02-01", "2012-02-29", "2012-03-05", "2012-03", "2012-01"},
		{"2011-Q3", "2011-07-01", "2011-09-30", "2011-10-05", "2011-Q4", "2011-Q2"},
		{"2011", "2011-01-01", "2011-12-31", "2012-01-05", "2012", "2010"},
		{"2011-W37", "2011-09-12", "2011-09-18", "2011-09-23", "2011-W38", "2011-W36"},
		{"2011-W52", "2011-12-26", "2012-01-01", "2012-01-06", "2012-W01", "2011-W51"},
		{"2009-W53", "2009-12-28", "2010-01-03", "2010-01-08", "2010-W01", "2009-W52"},
		{"2011-F18", "2011-08-29", "2011-09-11", "2011-09-16", "2011-F19", "2011-F17"},
		{"2011-F26", "2011-12-19", "2012-01-01", "2012-01-06", "2012-F01", "2011-F25"},
		{"2009-F26", "2009-12-14", "2010-01-03", "2010-01-08", "2010-F01", "2009-F25"}, // with the 53rd week
	} {
		p, err := Parse(c.key)
		if err != nil {
			t.Errorf("%s: %v", c.key, err)
			continue
		}
		got := [...]string{string(p.First()), string(p.Last()), string(p.Due(GraceDays)), string(p.Next()), string(p.Previous())}
		if want := [...]string{c.first, c.last, c.due, c.next, c.before}; got != want {
			t.Errorf("%s: %v, want %v", c.key, got, want)
		}
		if OfCode(p.Code()) != p {
			t.Errorf("%s is read back as %s", p, OfCode(p.Code()))
		}
	}
	for _, none := range []string{"", "2011-00", "2011-13", "2011-Q0", "2011-Q5", "2011-W00", "2011-W53", "2011-F27", "2011-H1", "2011-9", "1900", "2199", "2011-09-01", " 2011"} {
		if p, err := Parse(none); err == nil {
			t.Errorf("%q is read as %s", none, p)
		}
	}
}

func TestAsked(t *testing.T) {
	for _, c := range []struct {
		name         string
		every        Every
		since, today string
		want         string
	}{
		{"before the day the last month is asked for", Monthly, "2011-08-10", "2011-10-05", "2011-09"},
		{"after it the running one", Monthly, "2011-08-10", "2011-10-06", "2011-10"},
		{"nothing before the unit had the item", Monthly, "2011-10-02", "2011-10-03", "2011-10"},
		{"the month in which it got it", Monthly, "2011-09-30", "2011-10-03", "2011-09"},
		{"a week until Friday", Weekly, "2011-08-10", "2011-09-23", "2011-W37"},
		{"a week on Saturday", Weekly, "2011-08-10", "2011-09-24", "2011-W38"},
		{"a year", Yearly, "2011-08-10", "2012-01-05", "2011"},
	} {
		if got := Asked(c.every, calendar.Day(c.since), calendar.Day(c.today), GraceDays); string(got) != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// Every day is in exactly one period of each kind, and next and previous undo each other.
func TestEveryDayIsInOnePeriodOfEachKind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := calendar.Day("1902-01-01").AddDays(rapid.IntRange(0, 365*295).Draw(t, "day"))
		every := rapid.SampledFrom(Kinds).Draw(t, "every")
		p := Of(every, day)
		if read, err := Parse(string(p)); err != nil || read != p || p.Every() != every {
			t.Fatalf("%s of %s: %v", p, day, err)
		}
		if day < p.First() || day > p.Last() {
			t.Fatalf("%s is not in %s, %s to %s", day, p, p.First(), p.Last())
		}
		next, before := p.Next(), p.Previous()
		if next.First() != p.Last().AddDays(1) || before.Last() != p.First().AddDays(-1) {
			t.Fatalf("%s %s %s leave a gap or overlap", before, p, next)
		}
		if next.Previous() != p || before.Next() != p || next <= p || before >= p {
			t.Fatalf("%s %s %s", before, p, next)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2011-09", "2011-W53", "2011-F26", "2011", "２０１１"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := Parse(s); err == nil && (Of(p.Every(), p.First()) != p || Of(p.Every(), p.Last()) != p) {
			t.Errorf("%q", s)
		}
	})
}
