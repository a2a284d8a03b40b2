package public

import (
	"strings"
	"testing"
	"unicode/utf8"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/internal/desk"
	"luoshi/plan"

	ics "github.com/arran4/golang-ical"
)

func TestCalendar(t *testing.T) {
	w := newTown(t)
	r := w.published(sampleText(t))
	path := "/plans/" + r.Plan.ID.String() + "/calendar.ics"
	file := w.page(path)
	for line := range strings.SplitSeq(strings.TrimSuffix(file, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Errorf("line %q", line)
		}
	}
	c, err := ics.ParseCalendar(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, m := range r.Targets {
		if m.Deadline != "" {
			want++
		}
	}
	for _, m := range r.Milestones {
		if m.Due != "" {
			want++
		}
	}
	phases, dues := 0, 0
	for _, e := range c.Events() {
		from, err := e.GetAllDayStartAt()
		w.must(err)
		to, err := e.GetAllDayEndAt()
		w.must(err)
		summary := ics.FromText(e.GetProperty(ics.ComponentPropertySummary).Value)
		if !strings.HasSuffix(e.Id(), "@anlan") || e.GetProperty(ics.ComponentPropertyDtstamp).Value != "20110807T160000Z" {
			t.Errorf("%s: stamp %s", e.Id(), e.GetProperty(ics.ComponentPropertyDtstamp).Value)
		}
		switch {
		case strings.HasPrefix(summary, "阶段："):
			phases++
			f := r.Phases[phases-1]
			if calendar.DayOf(from) != f.First || calendar.DayOf(to) != f.Last.AddDays(1) {
				t.Errorf("%s: %s to %s", f.Name, from, to)
			}
		case strings.HasPrefix(summary, "到期："):
			dues++
			if to.Sub(from).Hours() != 24 {
				t.Errorf("%s lasts %s", summary, to.Sub(from))
			}
		default:
			t.Errorf("summary %q", summary)
		}
	}
	if phases != len(r.Phases) || dues != want || want == 0 {
		t.Errorf("%d phases of %d, %d due days of %d", phases, len(r.Phases), dues, want)
	}
	english := w.page("/en" + path)
	if !strings.Contains(english, "SUMMARY:Due: ") || !strings.Contains(english, "URL:http://example.com/en/items/") {
		t.Error("the calendar in English")
	}
	if uids(file) != uids(english) {
		t.Error("the same event has two identifiers")
	}
	if !strings.Contains(w.page("/plans/"+r.Plan.ID.String()), `href="`+path+`"`) {
		t.Error("the plan does not lead to its calendar")
	}
}

func uids(file string) string {
	var all []string
	for line := range strings.SplitSeq(file, "\r\n") {
		if strings.HasPrefix(line, "UID:") {
			all = append(all, line)
		}
	}
	return strings.Join(all, "\n")
}

func TestHappenings(t *testing.T) {
	p := desk.PublicPlan{Text: "一二三四", Draft: plan.Draft{Plan: plan.Plan{ID: 7},
		Phases:     []plan.Phase{{Ordinal: 1, First: "2011-08-01", Last: "2011-08-31"}, {Ordinal: 2, First: "2011-09-01"}, {Ordinal: 3}, {Ordinal: 4, First: "2011-10-01", Last: "2011-09-30"}},
		Milestones: []plan.Milestone{{ID: 1, Revision: 2, Due: "2011-10-01", Span: document.At(0, 1)}},
		Targets:    []plan.Target{{ID: 2, Revision: 1, Span: document.At(1, 2)}}}}
	got := happenings(p)
	if len(got) != 3 || got[0].Key != "p-"+p.Plan.ID.String()+"-1" || got[2].First != "2011-10-01" || got[2].Sequence != 1 {
		t.Errorf("%+v", got)
	}
}
