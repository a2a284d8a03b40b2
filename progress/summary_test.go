package progress

import (
	"testing"

	"luoshi/fault"
	"luoshi/id"
)

func TestWithin(t *testing.T) {
	for _, c := range []struct {
		name  string
		every Every
		in    Period
		want  Period
	}{
		{"the same kind", Monthly, "2012-03", "2012-03"},
		{"the last week that ends in a month", Weekly, "2012-03", "2012-W12"},
		{"a week that ends with the month", Weekly, "2012-09", "2012-W39"},
		{"the last fortnight", Fortnightly, "2012-03", "2012-F06"},
		{"a quarter that ends in the month", Quarterly, "2012-03", "2012-Q1"},
		{"a quarter that does not", Quarterly, "2012-04", ""},
		{"a year that ends in December", Yearly, "2011-12", "2011"},
		{"a month in a week", Monthly, "2012-W15", ""},
		{"a month that ends in a week", Monthly, "2012-W13", "2012-03"},
		{"months in a quarter", Monthly, "2012-Q1", "2012-03"},
	} {
		if got := Within(c.every, c.in); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestShorten(t *testing.T) {
	said := SummaryWords{Revision: 3, Done: "送书 2,600 册到 52 个农家书屋", Next: "再送"}
	for _, c := range []struct {
		name  string
		short Shortened
		wrong string // field
	}{
		{"shorter", Shortened{Done: "送书 2,600 册"}, ""},
		{"as it was", Shortened{Done: said.Done, Next: said.Next}, ""},
		{"longer", Shortened{Done: said.Done, Next: "再送一些"}, "next"},
		{"where nothing was said", Shortened{Done: "送书", Difficulty: "没有钱"}, "difficulty"},
	} {
		got, err := said.Shorten(c.short)
		if f := fault.Of(err); (f != nil) != (c.wrong != "") || f != nil && f.Field != c.wrong {
			t.Errorf("%s: %v", c.name, err)
		}
		if err == nil && got.Revision != 3 {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	l := SummaryLine{Said: &said, Short: &Shortened{Revision: 3, Done: "送书"}}
	if w := l.Printed(); w.Done != "送书" || w.Next != "" || said.Next != "再送" {
		t.Errorf("%+v", w)
	}
	l.Short.Revision = 2 // the unit reported anew
	if w := l.Printed(); w.Done != said.Done {
		t.Errorf("%+v", w)
	}
}

// line is what a unit said of item 1 for a month.
func line(unit id.Unit, p Period, s Situation, said *SummaryWords) SummaryLine {
	return SummaryLine{Unit: unit, Period: p, Situation: s, Said: said}
}

func summary(p Period, lines ...SummaryLine) Summary {
	return Summary{Period: p, Rows: []SummaryRow{{Item: 1, Title: "送书", Lines: lines}}}
}

func TestAdjustments(t *testing.T) {
	first := &SummaryWords{Revision: 1, State: UnderWay, Done: "送了", Day: "2012-03-03"}
	second := &SummaryWords{Revision: 2, State: UnderWay, Done: "送了 900 册", Day: "2012-04-12"}
	complete := &SummaryWords{Revision: 1, State: Complete, Standing: Confirmed, Day: "2012-03-03"}
	february := summary("2012-02", line(1, "2012-02", Missing, nil), line(2, "2012-02", Reported, first), line(3, "2012-02", Awaited, nil))
	now := func(lines ...SummaryLine) map[Period][]SummaryRow {
		return map[Period][]SummaryRow{"2012-02": summary("2012-02", lines...).Rows}
	}
	for _, c := range []struct {
		name     string
		editions []Summary
		now      map[Period][]SummaryRow
		want     int
	}{
		{"nothing changed", []Summary{february}, now(february.Rows[0].Lines...), 0},
		{"a day passed", []Summary{february}, now(line(1, "2012-02", Missing, nil), line(2, "2012-02", Reported, first), line(3, "2012-02", Missing, nil)), 0},
		{"it came late", []Summary{february}, now(line(1, "2012-02", Reported, first), line(2, "2012-02", Reported, first)), 1},
		{"it was said anew", []Summary{february}, now(line(2, "2012-02", Reported, second)), 1},
		{"it was returned", []Summary{february}, now(line(2, "2012-02", GivenBack, nil)), 1},
		{"who cooperates reported", []Summary{february}, now(append(february.Rows[0].Lines, line(9, "2012-02", Reported, first))...), 1},
		{"who was not chosen reported", []Summary{{Period: "2012-02", Chosen: SummaryChoice{Theme: "送书"}, Rows: february.Rows}}, now(line(9, "2012-02", Reported, first)), 0},
		{"it was confirmed", []Summary{summary("2012-02", line(1, "2012-02", Waiting, complete))}, now(line(1, "2012-02", Completed, complete)), 1},
		{"it was told before", []Summary{february, {Period: "2012-03", Adjustments: []Adjustment{{Item: 1, Unit: 1, Period: "2012-02", Is: Told{Situation: Reported, State: UnderWay, Revision: 1, Done: "送了"}}}}},
			now(line(1, "2012-02", Reported, first)), 0},
		{"it changed again since", []Summary{february, {Period: "2012-03", Adjustments: []Adjustment{{Item: 1, Unit: 1, Period: "2012-02", Is: Told{Situation: Reported, State: UnderWay, Revision: 1, Done: "送了"}}}}},
			now(line(1, "2012-02", Reported, second)), 1},
		{"the period was issued a second time", []Summary{february, summary("2012-02", line(2, "2012-02", Reported, second))}, now(line(2, "2012-02", Reported, second)), 0},
	} {
		got := Adjust(c.editions, c.now)
		if len(got) != c.want {
			t.Errorf("%s: %+v", c.name, got)
		}
		for _, a := range got { // what is told once is not told again
			told := append(c.editions, Summary{Period: "2012-04", Adjustments: []Adjustment{a}})
			if again := Adjust(told, c.now); len(again) != len(got)-1 {
				t.Errorf("%s: told again: %+v", c.name, again)
			}
		}
	}
	late := Adjust([]Summary{february}, now(line(1, "2012-02", Reported, second)))
	if len(late) != 1 || late[0].Was.Situation != Missing || late[0].Is.Done != "送了 900 册" || late[0].Since != "2012-04-12" {
		t.Errorf("%+v", late)
	}
}
