package plans

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"

	"github.com/a-h/templ"
)

// clause is a numbered paragraph of the document beside what was read from it.
type clause struct {
	Node       document.Node // ordinal 0: the words before the first number
	Paragraphs []web.Paragraph
	Cells      [][]web.Cell // of each paragraph that is a row of a table
	Phases     []plan.Phase
	Items      []itemRead
	Questions  []questionRead // about no item
}

// questionRead is a question with what its form needs to know of the others.
type questionRead struct {
	plan.Question
	first bool // of those that wait for an answer
	alike int  // how many others are open and alike
	words bool // its form holds the field for an answer in one's own words
}

// mostWords is the number of open questions up to which the form of each holds the field
// for own words: a browser looks through all labels of a page for each form on it that
// has a field for words, and with thousands it would stand still for half a minute.
// Beyond, the script makes the field when it is wanted; without script the form for it
// comes as a page.
const mostWords = 200

// heading reports whether the first line is a heading alone: a sentence of its
// own ends with a full stop.
func (c clause) heading() bool {
	if c.Node.Ordinal == 0 || len(c.Paragraphs) == 0 || c.Cells[0] != nil {
		return false
	}
	var line strings.Builder
	for _, s := range c.Paragraphs[0].Segments {
		line.WriteString(s.Text)
	}
	return !strings.ContainsAny(line.String(), "。；：") && c.Node.Level < 3
}

// itemRead is an item with what hangs on it.
type itemRead struct {
	plan.Item
	Targets    []plan.Target
	Milestones []plan.Milestone
	Questions  []questionRead
	days       []dayRead // of the targets, then of the milestones
	original   web.Original
	moved      string                                            // the heading that it was moved to
	place      func(ctx context.Context, s document.Span) string // says where a value stands
}

// dayRead is the day of a promise in the table of an item, and how many rows it stands for:
// 0 where the row above has said it.
type dayRead struct {
	day     calendar.Day
	derived bool
	rows    int
}

// readDays puts the days of promises that follow one another together where they are the same.
func (i *itemRead) readDays() {
	for _, t := range i.Targets {
		i.days = append(i.days, dayRead{t.Deadline, t.Derived["deadline"] != "", 0})
	}
	for _, m := range i.Milestones {
		i.days = append(i.days, dayRead{m.Due, m.Derived["date"] != "", 0})
	}
	first := 0
	for k := range i.days {
		if i.days[k].day == "" || i.days[k].day != i.days[first].day || i.days[k].derived != i.days[first].derived {
			first = k
		}
		i.days[first].rows++
	}
}

// principle reports whether nobody is asked to report the item.
func (i itemRead) principle() bool {
	return i.Period == plan.NoPeriod && len(i.Targets) == 0 && len(i.Milestones) == 0
}

func review(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	v, err := s.Reviewed(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", web.ScriptPolicy)
	web.Show(w, r, http.StatusOK, reviewPage(v, clausesOf(v, func(int) bool { return true })))
	return nil
}

// reviewParts gives the clauses that a script asks for, and the bar, to put them in
// the place of those that changed.
func reviewParts(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	v, err := s.Reviewed(r)
	if err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, node := range strings.Split(r.FormValue("nodes"), ",") {
		wanted[node] = true
	}
	clauses := clausesOf(v, func(node int) bool { return wanted[strconv.Itoa(node)] })
	web.Show(w, r, http.StatusOK, partsOf(v, clauses))
	return nil
}

// clausesOf cuts the document at its nodes, and puts beside each clause what was read
// from it. Those that are not wanted stay without their words.
func clausesOf(v desk.Review, wanted func(node int) bool) []clause {
	text := []rune(v.Text)
	var out []clause
	if len(v.Nodes) == 0 || v.Nodes[0].Span.Start() > 0 {
		out = append(out, clause{})
	}
	for _, n := range v.Nodes {
		out = append(out, clause{Node: n})
	}
	starts := make([]int, len(out))
	for i, c := range out {
		starts[i] = max(0, c.Node.Span.Start())
		if i > 0 {
			starts[i] = max(starts[i], starts[i-1])
		}
	}
	marks := web.DealMarks(readMarks(v), starts)
	byNode := map[int]*clause{}
	for i := range out {
		c := &out[i]
		byNode[c.Node.Ordinal] = c
		if !wanted(c.Node.Ordinal) {
			continue
		}
		end := len(text)
		if i+1 < len(out) {
			end = starts[i+1]
		}
		c.Paragraphs = web.Paragraphs(text, starts[i], end, marks[i])
		for _, p := range c.Paragraphs {
			c.Cells = append(c.Cells, web.CellsOf(text, p, v.Tables))
		}
	}
	for _, f := range v.Phases {
		if c := byNode[f.Node]; c != nil {
			c.Phases = append(c.Phases, f)
		}
	}
	place(v, byNode, out)
	return slices.DeleteFunc(out, func(c clause) bool { return !wanted(c.Node.Ordinal) })
}

// place puts items, and questions about none, beside their words.
func place(v desk.Review, byNode map[int]*clause, all []clause) {
	items := map[id.Item]*itemRead{}
	place := placesOf(v)
	for k, i := range v.Items {
		i.Ordinal = k + 1 // as the task table counts them
		items[i.ID] = &itemRead{Item: i, place: place}
		if i.Under > 0 && i.Under <= len(v.Nodes) {
			items[i.ID].moved = "→ " + v.Nodes[i.Under-1].Number + " " + v.Nodes[i.Under-1].Title
		}
	}
	originally := web.NewOriginal(v.Draft)
	for _, i := range items {
		i.original = originally
	}
	for _, t := range v.Targets {
		items[t.Item].Targets = append(items[t.Item].Targets, t)
	}
	for _, m := range v.Milestones {
		items[m.Item].Milestones = append(items[m.Item].Milestones, m)
	}
	for _, i := range items {
		i.readDays()
	}
	first, alike, words := firstOpen(v), plan.CountAlike(v.Questions), plan.OpenQuestions(v.Questions) <= mostWords
	for _, q := range v.Questions {
		read := questionRead{q, q.ID == first, alike[q.ID], words}
		if i := items[q.Item]; i != nil {
			i.Questions = append(i.Questions, read)
			continue
		}
		c := &all[0]
		for k := range all {
			if n := all[k].Node; n.Ordinal > 0 && n.Span.Start() <= q.Span.Start() && q.Span.Start() < n.Span.End() {
				c = &all[k]
			}
		}
		c.Questions = append(c.Questions, read)
	}
	for _, i := range v.Items {
		if _, ordered := v.Orders[i.ID]; ordered {
			continue // it comes from no words of the document
		}
		if c := byNode[i.Node]; c != nil {
			c.Items = append(c.Items, *items[i.ID])
		} else {
			all[0].Items = append(all[0].Items, *items[i.ID])
		}
	}
}

// placesOf says where in the document something stands: in which cell of a table,
// or else at which runes.
func placesOf(v desk.Review) func(ctx context.Context, s document.Span) string {
	cells := document.NewCells(v.Source().Tables)
	return func(ctx context.Context, s document.Span) string {
		table, c, found := cells.At(s.Start())
		if !found {
			path := ""
			for _, n := range v.Nodes {
				if n.Span.Start() <= s.Start() && s.Start() < n.Span.End() {
					path = n.Path
				}
			}
			if path == "" {
				return web.T(ctx, "原文")
			}
			return path
		}
		row := strconv.Itoa(c.Row)
		switch sheet := v.Tables[table].Sheet; {
		case sheet != "":
			return web.T(ctx, "工作表“%s” 第%s行 %s列", sheet, row, c.Letters())
		case len(v.Tables) > 1:
			return web.T(ctx, "表格%s 第%s行 %s列", strconv.Itoa(table+1), row, c.Letters())
		default:
			return web.T(ctx, "表格 第%s行 %s列", row, c.Letters())
		}
	}
}

// readMarks marks what is asked before what was read, so that it is seen where both lie on one word.
func readMarks(v desk.Review) []web.Mark {
	var marks []web.Mark
	for _, q := range v.Questions {
		if q.State == plan.QuestionOpen && len(q.Span) > 0 {
			marks = append(marks, web.Mark{Key: "q-" + q.ID.String(), Class: "qs", Span: q.Span, Link: "#q-" + q.ID.String()})
		}
	}
	for _, t := range v.Targets {
		marks = append(marks, web.Mark{Key: "t-" + t.ID.String(), Class: "v", Span: t.Span, Link: "#t-" + t.ID.String()})
	}
	for _, m := range v.Milestones {
		marks = append(marks, web.Mark{Key: "m-" + m.ID.String(), Class: "v", Span: m.Span, Link: "#m-" + m.ID.String()})
	}
	return marks
}

// firstOpen is the first question that waits for an answer, or 0.
func firstOpen(v desk.Review) id.Question {
	for _, q := range v.Questions {
		if q.State == plan.QuestionOpen {
			return q.ID
		}
	}
	return 0
}

func answeredCount(v desk.Review) int {
	n := 0
	for _, q := range v.Questions {
		if q.State == plan.QuestionAnswered {
			n++
		}
	}
	return n
}

// placeLang says of a place that is written in the document's own numbers that it is Chinese.
func placeLang(place string) templ.Attributes {
	if strings.ContainsFunc(place, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return templ.Attributes{"lang": "zh-Hans"}
	}
	return nil
}
