package collection

import (
	"maps"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
)

func TestSituation(t *testing.T) {
	for _, c := range []struct {
		name  string
		owed  Owed
		today string
		want  Situation
		late  bool
	}{
		{"not due", Owed{}, "2011-09-23", Awaited, false},
		{"the day after", Owed{}, "2011-09-24", Missing, false},
		{"came", Owed{Revision: 1, Standing: Sent, First: "2011-09-23"}, "2011-09-25", Arrived, false},
		{"came late", Owed{Revision: 1, Standing: Sent, First: "2011-09-24"}, "2011-09-25", Arrived, true},
		{"returned", Owed{Revision: 1, Standing: Returned, First: "2011-09-20"}, "2011-09-22", GivenBack, false},
		{"came anew after the day, the first in time", Owed{Revision: 2, Standing: Sent, First: "2011-09-20", Day: "2011-09-29"}, "2011-09-30", Arrived, false},
		{"taken", Owed{Revision: 1, Standing: Accepted, First: "2011-09-20"}, "2011-09-30", Taken, false},
	} {
		if got := c.owed.Situation("2011-09-23", calendar.Day(c.today)); got != c.want || c.owed.Late("2011-09-23") != c.late {
			t.Errorf("%s: %s, late %v", c.name, got, c.owed.Late("2011-09-23"))
		}
	}
}

func TestCheckOfACollection(t *testing.T) {
	good := Collection{Kind: Text, Title: "意见", Due: "2011-09-23", Questions: []string{"有什么困难"}}
	for _, c := range []struct {
		name  string
		with  func(*Collection)
		units int
		field string
	}{
		{"good", func(*Collection) {}, 2, "-"},
		{"no kind", func(c *Collection) { c.Kind = "x" }, 2, "kind"},
		{"no title", func(c *Collection) { c.Title = "" }, 2, "title"},
		{"two lines of title", func(c *Collection) { c.Title = "a\nb" }, 2, "title"},
		{"too many words", func(c *Collection) { c.Words = strings.Repeat("字", LongestWords+1) }, 2, "words"},
		{"no day", func(c *Collection) { c.Due = "" }, 2, "due"},
		{"a day that passed", func(c *Collection) { c.Due = "2011-08-31" }, 2, "due"},
		{"nobody", func(*Collection) {}, 0, "units"},
		{"too many", func(*Collection) {}, MostAsked + 1, "units"},
		{"no question", func(c *Collection) { c.Questions = nil }, 2, "questions"},
		{"a plan of no plan", func(c *Collection) { c.Kind = Plan }, 2, "plan"},
		{"a plan without items", func(c *Collection) { c.Kind, c.Plan = Plan, 1 }, 2, "plan"},
		{"a table without template", func(c *Collection) { c.Kind = Table }, 2, "file"},
	} {
		got := good
		c.with(&got)
		err := got.Check(make([]id.Unit, c.units), "2011-09-01")
		if field := fieldOf(err); field != c.field {
			t.Errorf("%s: %v in %q", c.name, err, field)
		}
	}
}

func fieldOf(err error) string {
	if f := fault.Of(err); f != nil {
		return f.Field
	}
	return "-"
}

func TestAnswersOfEachKind(t *testing.T) {
	questions := Collection{Kind: Text, Questions: []string{"有什么困难", "要什么"}, State: Open}
	plans := Collection{Kind: Plan, Items: []Promised{{Item: 1, Title: "送书"}, {Item: 2, Title: "开放"}}, State: Open}
	table := Collection{Kind: Table, State: Open, Template: &Template{Sheet: library, Reading: library.Guess(find)}}
	file := Collection{Kind: File, State: Open}
	one, two := tickKey(1), tickKey(2)
	for _, c := range []struct {
		name  string
		of    Collection
		typed Values
		file  bool
		field string // of what is wrong
		kept  int
	}{
		{"both answered", questions, Values{"q1": " 没有 ", "q2": "书\r\n架", "q3": "x"}, false, "-", 2},
		{"one not", questions, Values{"q1": "没有"}, false, "q2", 1},
		{"too long", questions, Values{"q1": strings.Repeat("字", LongestAnswer+1), "q2": "书"}, false, "q1", 2},
		{"a plan", plans, Values{one: "on", one + "-words": "每月一次", one + "-day": "2011-12-31"}, false, "-", 3},
		{"a plan as a file", plans, Values{}, true, "-", 0},
		{"nothing ticked", plans, Values{}, false, "", 0},
		{"words without a tick", plans, Values{one: "1", two + "-words": "好"}, false, two, 2},
		{"no day", plans, Values{one: "1", one + "-day": "年底"}, false, one + "-day", 2},
		{"cells", table, Values{"r1c3": "7", "r1c2": "x"}, false, "-", 1},
		{"no cells", table, Values{"r1c2": "x"}, false, "", 0},
		{"a file", file, nil, true, "-", 0},
		{"no file", file, nil, false, "file", 0},
	} {
		o := Owed{Rows: []int{4}}
		a := Answer{Values: c.of.Kept(o, c.typed)}
		if c.file {
			a.File = &Attached{Name: "盖章件.pdf"}
		}
		if got := fieldOf(c.of.CheckSent(o, a)); got != c.field || len(a.Values) != c.kept {
			t.Errorf("%s: wrong in %q, kept %v", c.name, got, a.Values)
		}
	}
	if n := plans.Asks(Owed{}) + table.Asks(Owed{Rows: []int{4}}) + questions.Asks(Owed{}) + file.Asks(Owed{}); n != 2+3+2+1 {
		t.Errorf("%d are asked", n)
	}
}

func TestReturnAndAccept(t *testing.T) {
	c := Collection{Kind: Text, Questions: []string{"有什么困难"}, State: Open}
	a := Answer{Revision: 1, Standing: Sent, Day: "2011-09-20"}
	fields := c.Fields(Owed{})
	for name, reasons := range map[string]Values{"none": {}, "blank": {"q1": "  "}, "of another field": {"q9": "缺"}, "too long": {"q1": strings.Repeat("字", LongestReason+1)}} {
		if _, err := a.Return(fields, reasons, "2011-09-21"); err == nil {
			t.Errorf("returned with %s", name)
		}
	}
	back, err := a.Return(fields, Values{"q1": " 写具体些 ", Whole: ""}, "2011-09-21")
	if err != nil || back.Standing != Returned || !maps.Equal(back.Reasons, Values{"q1": "写具体些"}) {
		t.Fatalf("%+v %v", back, err)
	}
	if _, err := back.Accept("2011-09-22"); err == nil {
		t.Error("what was returned is accepted")
	}
	taken, err := a.Accept("2011-09-21")
	if err != nil || taken.Standing != Accepted {
		t.Errorf("%+v %v", taken, err)
	}
	if err := c.Follows(Owed{Standing: Accepted}); !fault.Is(err, fault.Conflict) {
		t.Errorf("answered after it was accepted: %v", err)
	}
	c.State = Closed
	if err := c.Follows(Owed{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("answered after the end: %v", err)
	}
}

func TestExtend(t *testing.T) {
	c := Collection{State: Open, Due: "2011-09-23"}
	for _, bad := range []struct{ to, reason string }{{"2011-09-23", "忙"}, {"2011-09-30", ""}, {"", "忙"}} {
		if _, err := c.Extend(calendar.Day(bad.to), bad.reason, "2011-09-24"); err == nil {
			t.Errorf("extended to %q for %q", bad.to, bad.reason)
		}
	}
	later, err := c.Extend("2011-09-30", "台风", "2011-09-24")
	if err != nil || later.Due != "2011-09-30" || len(later.Extended) != 1 || later.Extended[0].From != "2011-09-23" {
		t.Errorf("%+v %v", later, err)
	}
}

func TestMatrix(t *testing.T) {
	c := Collection{Kind: Plan, Items: []Promised{{Item: 1, Title: "送书"}, {Item: 2, Title: "开放"}, {Item: 3, Title: "讲座"}}}
	owed := []Owed{{Unit: 1, Revision: 1, Standing: Sent}, {Unit: 2, Revision: 1, Standing: Returned}, {Unit: 3}}
	m := NewMatrix(c, owed, map[id.Unit]Answer{1: {Values: Values{tickKey(1): "1", wordKey(1): "每月"}}, 2: {Values: Values{tickKey(2): "1"}}})
	if m.By(1) != 1 || m.By(2) != 0 || len(m.Untaken()) != 2 || m.Taken[1][1].Words != "每月" || m.Came[2] || m.Came[3] {
		t.Errorf("%+v", m)
	}
}
