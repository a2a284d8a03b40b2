package plan

import (
	"sort"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
)

// reader gathers what one document says. Each kind of statement has its file;
// they run in the order in which they need each other.
type reader struct {
	view         *document.View
	items        []document.Heading
	dates        []document.Date
	year         int                 // the year of the document, or 0
	issued       calendar.Day        // its day of issue, or ""
	stageDays    map[int]stageDays   // the days of stages, by the ordinal of their item
	dated        bool                // its title, number or date of issue says so
	quantities   []document.Quantity // all that are no part of a date
	used         map[int]bool        // dates that are spans of phases
	marks        marks
	noDays       []int            // due times on days that there are not, in dates
	isStage      map[int]bool     // items that are stages, by ordinal
	stages       []document.Range // paragraphs that begin with 第一阶段
	lifted       []lift
	rowDues      map[int][]*due // of items of tables
	committed    int            // where the last quantity that commits begins
	cells        []cellNote     // of task tables, in the order of the text
	attributions []document.Attribution
	dues         []due               // one for each of out.Deadlines
	counted      []document.Quantity // one for each of out.Targets
	out          Structure
}

// Read reads the structure of a plan from its decoded text. It never fails: what
// it does not understand it leaves out, and what can be read in two ways it asks.
// The same text always gives the same structure.
func Read(text string) Structure { return ReadSource(document.Source{Text: text}, nil) }

// ReadSource reads the structure of a plan from a file with its tables. For each
// table the columns may be given, as a person put them right; nil is guessed.
func ReadSource(source document.Source, columns []Columns) Structure {
	view := document.NewSourceView(source)
	r := &reader{view: view, items: view.Outline(), dates: view.Dates(), used: map[int]bool{}, isStage: map[int]bool{}, stageDays: map[int]stageDays{}}
	r.readTables(source.Tables, columns)
	r.out.Outline = make([]document.Node, len(r.items))
	for i, h := range r.items {
		r.out.Outline[i] = h.Node
	}
	r.quantities = view.Quantities(r.dates)
	r.findMarks()
	r.attributions = view.Attributions()
	r.readLifts(r.attributions)
	r.out.Title = view.Title(r.items)
	if r.out.Title == "" {
		r.out.Title = r.tableTitle(source.Tables)
	}
	r.out.Issuer = r.readIssuer()
	r.year, r.dated = r.readYear()
	r.readPhases()
	r.readDeadlines()
	r.findRowDues()
	r.readTargets()
	r.readRecurring()
	r.readParties()
	r.readQuestions()
	r.out.Questions = Ranked(r.out.Questions)
	r.nameCells(source.Tables)
	r.listCells()
	r.fillEmpty()
	return r.out
}

// fillEmpty makes lists that hold nothing empty ones, so that JSON says [] and not null.
func (r *reader) fillEmpty() {
	o := &r.out
	if o.Phases == nil {
		o.Phases = []ReadPhase{}
	}
	if o.Targets == nil {
		o.Targets = []ReadTarget{}
	}
	if o.Deadlines == nil {
		o.Deadlines = []ReadDeadline{}
	}
	if o.Recurring == nil {
		o.Recurring = []ReadRecurring{}
	}
	if o.Responsible == nil {
		o.Responsible = []ReadParties{}
	}
	if o.Tables == nil {
		o.Tables = []ReadTable{}
	}
	if o.Questions == nil {
		o.Questions = []ReadQuestion{}
	}
}

// item gives the path and ordinal of the heading with that index, or "" and 0.
func (r *reader) item(k int) (string, int) {
	if k < 0 {
		return "", 0
	}
	return r.items[k].Path, r.items[k].Ordinal
}

// longestQuote is the longest quote in runes.
const longestQuote = 60

// quote fits the words [from, to) around the mark [keep, keepTo) into the length
// of a quote and gives its span and words.
func (r *reader) quote(from, to, keep, keepTo int) (document.Span, string) {
	from, to = max(from, keep-longestQuote), min(to, keepTo+longestQuote)
	for {
		for from < keep && strings.ContainsRune("、,;:。 ", r.rune(from)) {
			from++
		}
		span := r.view.Span(from, to)
		words := document.Quote(r.view.Text, span)
		over := len([]rune(words)) - longestQuote
		if over <= 0 {
			return span, words
		}
		switch {
		case to > keepTo:
			to = max(keepTo, to-over)
		case from < keep:
			from = min(keep, from+over)
		default:
			to -= over
			keepTo = to
		}
	}
}

// clause is the run of words around i between two signs that end a clause: without
// the counter of its item, and no farther than the bracket that i stands in.
func (r *reader) clause(i int) (from, to int) {
	from, to = r.view.Clause(i)
	for _, h := range r.headAt(i) {
		if i >= h.TitleAt.Start {
			from = max(from, h.TitleAt.Start)
		}
	}
	depth := 0
	for k := from; k < to; k++ {
		switch r.rune(k) {
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 && k >= i {
				return from, k
			}
			depth = max(depth, 0)
		}
	}
	return from, to
}

// headAt gives the heading that holds i, if there is one.
func (r *reader) headAt(i int) []document.Heading {
	k := sort.Search(len(r.items), func(k int) bool { return r.items[k].From > i })
	if k == 0 {
		return nil
	}
	return r.items[k-1 : k]
}

// dateFrom is the index of the first date at or behind i.
func (r *reader) dateFrom(i int) int {
	return sort.Search(len(r.dates), func(k int) bool { return r.dates[k].From >= i })
}

// words are the folded runes [from, to), for looking things up in.
func (r *reader) words(from, to int) string {
	return string(r.view.Runes[max(from, 0):max(min(to, len(r.view.Runes)), from, 0)])
}

func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// startsWithAny reports that s begins with one of the words.
func startsWithAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// starts reports whether one of the words stands at i.
func (r *reader) starts(i int, words ...string) bool { return r.view.Stands(i, words...) }

// ends reports whether one of the words ends right before i.
func (r *reader) ends(i int, words ...string) bool { return r.view.Ends(i, words...) }

// rune is the folded rune at i, or a line break beyond the text.
func (r *reader) rune(i int) rune {
	if i < 0 || i >= len(r.view.Runes) {
		return '\n'
	}
	return r.view.Runes[i]
}

// derive notes how a field that is no substring came about.
func (d *Doubts) derive(field, rule string) {
	if d.Derived == nil {
		d.Derived = map[string]string{}
	}
	d.Derived[field] = rule
}

func (d *Doubts) flag(name string) { d.Flags = append(d.Flags, name) }
