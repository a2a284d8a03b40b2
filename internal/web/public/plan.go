package public

import (
	"context"
	"net/http"
	"slices"
	"sort"
	"strconv"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"

	"github.com/a-h/templ"
)

// planPage is the living plan: the document, each promise with its state beside
// the words that made it.
type planPage struct {
	desk.PublicPlan
	Today      calendar.Day
	Clauses    []noted
	Contents   []heading
	Promises   map[string]promise // by the key of the mark
	Counts     []lampCount
	Passed     int // whose day has gone by
	Principles int // items that promise nothing to be measured
	Titled     bool
	Ordered    []duty // given once the plan was in force; they do not stand in its document
	Asking     asking
	Chosen     []duty // what the filter chooses
	Line       phaseLine
	Address    string // of the page, as it is printed and drawn as a QR code
	Subscribe  string // of its calendar, for programs that look again by themselves
	Past       bool   // it is shown as it stood on Today, which is over
	Original   web.Original
}

// noted is a clause with what stands beside it.
type noted struct {
	clause
	Phases    []plan.Phase
	Duties    []duty
	Cancelled []cancelled
	Questions []plan.Question
}

// heading is a line of the table of contents.
type heading struct {
	document.Node
	Duty *duty // nil where nothing is asked
	Sub  []heading
}

func (v visit) plan() error {
	p, err := v.released()
	if err != nil {
		return err
	}
	p, day, err := v.past(p)
	if err != nil {
		return err
	}
	page := newPlanPage(p, day)
	page.Past = day != v.today
	page.ask(v.r.Context(), readFilter(v.r.URL.Query()))
	page.Address, page.Subscribe = v.planAddress(p.Plan), v.subscription(p.Plan)
	if !page.Asking.Filter.IsEmpty() {
		return v.show(http.StatusOK, v.say("方案里的一部分任务"), chosenItems(page))
	}
	return v.show(http.StatusOK, v.say("方案全文"), living(page))
}

// ask keeps of a plan what a filter chooses; an empty one chooses all.
func (p *planPage) ask(ctx context.Context, f plan.Filter) {
	all := duties(p.PublicPlan, p.Today)
	stand := seenAll(p.PublicPlan, all)
	p.Asking = newAsking(ctx, p.PublicPlan, f, stand)
	if f.IsEmpty() {
		return
	}
	byNode := map[int][]duty{}
	for i, d := range all {
		if f.Meets(stand[i]) {
			p.Chosen = append(p.Chosen, d)
			if ordered(p.PublicPlan, d.ID) {
				continue
			}
			byNode[d.Node] = append(byNode[d.Node], d)
		}
	}
	var kept []noted
	for _, c := range p.Clauses {
		if c.Duties = byNode[c.Node.Ordinal]; len(c.Duties) > 0 {
			kept = append(kept, c)
		}
	}
	p.Clauses = kept
}

func newPlanPage(p desk.PublicPlan, today calendar.Day) planPage {
	page := planPage{PublicPlan: p, Today: today, Promises: map[string]promise{}, Line: newPhaseLine(p.Phases, today), Original: web.NewOriginal(p.Draft)}
	var marks []web.Mark
	all := promises(p, today)
	all = slices.DeleteFunc(all, func(m promise) bool { return ordered(p, m.Item) })
	for _, m := range all {
		page.Promises[m.Key] = m
		marks = append(marks, web.Mark{Key: m.Key, Class: string(m.Lamp), Span: m.Span})
		if m.passed(today) {
			page.Passed++
		}
	}
	page.Counts = count(lampsOf(all))
	marks = append(marks, hiddenMarks(p.Hidden)...)
	byNode := map[int][]duty{}
	for _, d := range duties(p, today) {
		if ordered(p, d.ID) {
			page.Ordered = append(page.Ordered, d)
			continue
		}
		byNode[d.Node] = append(byNode[d.Node], d)
		if d.principle() {
			page.Principles++
		}
	}
	gone := map[int][]cancelled{}
	for _, c := range cancelledOf(p) {
		gone[c.Node] = append(gone[c.Node], c)
	}
	for _, c := range clauses(p, marks) {
		n := noted{clause: c, Duties: byNode[c.Node.Ordinal], Cancelled: gone[c.Node.Ordinal]}
		for _, f := range p.Phases {
			if f.Node == c.Node.Ordinal {
				n.Phases = append(n.Phases, f)
			}
		}
		page.Clauses = append(page.Clauses, n)
		page.Titled = page.Titled || c.titled()
	}
	page.placeQuestions()
	page.Contents = contents(p.Nodes, p.Phases, byNode)
	return page
}

// ordered reports an item that does not come from the document of its plan.
func ordered(p desk.PublicPlan, i id.Item) bool {
	_, is := p.Orders[i]
	return is
}

// dated reports whether anything of the plan can stand in a calendar.
func (p planPage) dated() bool { return len(happenings(p.PublicPlan)) > 0 }

func (c clause) titled() bool {
	for _, b := range c.Blocks {
		if b.Kind == "h1" {
			return true
		}
	}
	return false
}

func (c clause) start() int { return c.Blocks[0].Lines[0].Start }

// placeQuestions puts each question beside the clause that it is about: the last that
// begins before it.
func (p *planPage) placeQuestions() {
	if len(p.Clauses) == 0 {
		return
	}
	for _, q := range p.Questions {
		behind := sort.Search(len(p.Clauses), func(i int) bool { return p.Clauses[i].start() > q.Span.Start() })
		c := &p.Clauses[max(0, behind-1)]
		c.Questions = append(c.Questions, q)
	}
}

// contents lists the headings of the first level, and below each its items and phases.
func contents(nodes []document.Node, phases []plan.Phase, byNode map[int][]duty) (all []heading) {
	phased := map[int]string{}
	for _, f := range phases {
		phased[f.Node] = f.Name
	}
	for _, n := range nodes {
		h := heading{Node: n}
		if name := phased[n.Ordinal]; name != "" {
			h.Title = name
		}
		if of := byNode[n.Ordinal]; len(of) > 0 {
			h.Duty = &of[0]
		}
		if n.Level == 1 || len(all) == 0 {
			all = append(all, h)
		} else if h.Duty != nil || phased[n.Ordinal] != "" {
			last := &all[len(all)-1]
			last.Sub = append(last.Sub, h)
		}
	}
	return all
}

// name is the title of a heading, short enough for the narrow column.
func (h heading) name() string {
	if title := []rune(h.Title); len(title) > 16 {
		return string(title[:15]) + "…"
	}
	return h.Title
}

// chip gives the chip of a mark.
func (p planPage) chip(key string) templ.Component { return chip(p.Promises[key]) }

// hiddenMarks mark what is not public, each with the sentence in its place.
func hiddenMarks(hidden []plan.Hidden) (marks []web.Mark) {
	for i, h := range hidden {
		m := hiddenMark[h.Kind]
		m.Key, m.Span = "h-"+strconv.Itoa(i), document.Span{h.Range}
		marks = append(marks, m)
	}
	return marks
}

// hiddenMark says what is not public; of no kind are the words of an item.
var hiddenMark = map[plan.FieldKind]web.Mark{
	"":               {Instead: "（这一段没有公开）"},
	plan.PersonNames: {Instead: "〔姓名没有公开〕"},
	plan.Telephones:  {Instead: "〔电话没有公开〕"},
}

// asked says a question that was asked when the document was read, and its answer.
func asked(ctx context.Context, q plan.Question) string {
	return web.T(ctx, "读的时候问过：%s答：%s。", web.Filled(ctx, q.Pattern, q.Args), answer(ctx, q))
}

func answer(ctx context.Context, q plan.Question) string {
	if q.Chosen == plan.OwnWords {
		return q.Words
	}
	return web.Filled(ctx, q.Choices[q.Chosen].Pattern, q.Choices[q.Chosen].Args)
}
