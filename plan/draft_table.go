package plan

import (
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
)

// DraftTasks makes the 任务分解表 of a plan as it stands in the program: with what a
// person corrected, added, took off and answered. The columns are those by which the
// tables of its document were read.
//
// Each item is a row, save those that promise nothing, name nobody and are not
// reported. What is no part of a draft, the measures and what comes round, is read
// from the document again.
func DraftTasks(d Draft, source document.Source, columns []Columns) TaskTable {
	b := standing{draft: d, source: source, quotes: map[document.Range]Target{}, promised: map[id.Item][]Target{}, dated: map[id.Item][]Milestone{}}
	b.tabling = newTabling(ReadSource(source, columns), document.NewSourceView(source))
	b.table.Title, b.table.Phases, b.table.Plan = d.Plan.Title, d.Phases, d.Plan.ID
	b.sort()
	if !slices.EqualFunc(d.Nodes, b.read.Outline, func(a, b document.Node) bool { return a.Span.Start() == b.Span.Start() }) {
		// An older version read the document otherwise: its words say no more than the draft.
		b.recurring, b.parties, b.above, b.cells = map[int][]ReadRecurring{}, map[int][]ReadParties{}, map[int]bool{}, map[int][]ReadCell{}
		b.read.Outline = d.Nodes
		for _, n := range d.Nodes {
			b.above[n.Parent] = true
		}
	}
	for _, t := range d.Targets {
		b.promised[t.Item] = append(b.promised[t.Item], t)
	}
	for _, m := range d.Milestones {
		b.dated[m.Item] = append(b.dated[m.Item], m)
	}
	for _, t := range NewDraft(b.read).Targets {
		b.quotes[document.Range{Start: t.Span.Start(), End: t.Span.End()}] = t
	}
	b.targets, b.deadlines, b.phases = nil, nil, map[int][]ReadPhase{}
	for _, f := range d.Phases {
		b.phases[f.Node] = append(b.phases[f.Node], readPhase(f))
	}
	grouped := slices.ContainsFunc(d.Nodes, func(n document.Node) bool { return n.Parent > 0 })
	rows := map[id.Item]int{}
	b.original = newOriginally(d)
	for _, i := range d.Items {
		if o, ordered := d.Orders[i.ID]; ordered {
			rows[i.ID] = b.addOrder(i, o)
		} else if s := b.saidOf(i); b.isRow(i, s) {
			rows[i.ID] = b.addItem(i, s, grouped)
		}
	}
	b.cancelledRows(b.original)
	for _, q := range d.Questions {
		if q.State == QuestionAnswered {
			continue
		}
		if row, ok := rows[q.Item]; ok {
			b.table.Tasks[row].Questions = append(b.table.Tasks[row].Questions, Fill(q.Pattern, q.Args))
		} else {
			b.table.Questions = append(b.table.Questions, Fill(q.Pattern, q.Args))
		}
	}
	return b.table
}

// standing makes rows of the items of a draft.
type standing struct {
	*tabling
	draft    Draft
	source   document.Source
	quotes   map[document.Range]Target // as they were read, by their place
	promised map[id.Item][]Target      // what hangs on each item
	dated    map[id.Item][]Milestone

	original originally
}

// isRow reports an item that somebody has to do something about.
func (b *standing) isRow(i Item, s said) bool {
	return i.Period != NoPeriod || len(b.original.targets[i.ID])+len(b.original.milestones[i.ID]) > 0 || i.Lead+i.Cooperating+i.Responsible != "" || len(s.targets)+len(s.deadlines)+len(s.recurring) > 0
}

// saidOf is what an item promises now.
func (b *standing) saidOf(i Item) said {
	s := said{recurring: b.recurring[i.Node], phases: b.phases[i.Node]}
	for _, t := range b.promised[i.ID] {
		s.targets, s.targetIDs = append(s.targets, b.readTarget(t)), append(s.targetIDs, t.ID)
	}
	for _, m := range b.dated[i.ID] {
		s.deadlines = append(s.deadlines, ReadDeadline{Quote: m.Title, Date: string(m.Due), Hardness: m.Hardness, Span: m.Span})
		s.milestoneIDs = append(s.milestoneIDs, m.ID)
	}
	return s
}

// readTarget gives a target in the form in which it is read. The document's own
// phrase stands only for what is still as it was read.
func (b *standing) readTarget(t Target) ReadTarget {
	r := ReadTarget{Quote: t.Quote, Indicator: t.Indicator, Value: t.Value, Unit: t.Unit, Bound: t.Bound, Max: t.Max, From: t.From, Hardness: t.Hardness, Span: t.Span}
	if t.Deadline != "" {
		day := string(t.Deadline)
		r.Deadline = &day
	}
	if t.Period != "" {
		r.Period = &t.Period
	}
	was, found := b.quotes[document.Range{Start: t.Span.Start(), End: t.Span.End()}]
	if !found || was.Indicator != t.Indicator || was.Value != t.Value || was.Bound != t.Bound || was.Unit != t.Unit ||
		was.Period != t.Period || was.Hardness != t.Hardness || !same(was.Max, t.Max) || !same(was.From, t.From) {
		r.Quote = figureWords(t)
	}
	return r
}

func same(a, b *Decimal) bool { return a == b || a != nil && b != nil && *a == *b }

// each are the words for how often a figure is promised.
var each = map[string]string{"day": "每天", "week": "每周", "month": "每月", "quarter": "每季度", "half_year": "每半年", "year": "每年",
	"two_years": "每两年", "three_years": "每三年", "term": "每学期"}

// figureWords are a target in its own fields: 每年送演出 从 100 场到 ≥ 200 场（力争）.
func figureWords(t Target) string {
	words := each[t.Period] + t.Indicator + " "
	if t.From != nil {
		words += "从 " + Figure("eq", *t.From, nil, t.Unit) + "到 "
	}
	words += Figure(t.Bound, t.Value, t.Max, t.Unit)
	if t.Hardness == "soft" {
		words += "（力争）"
	}
	return words
}

// readPhase gives a stage in the form in which it is read: by months where it
// begins with one and ends with one.
func readPhase(f Phase) ReadPhase {
	r := ReadPhase{Name: f.Name, Node: f.Node, Span: f.Span}
	months := (f.First == "" || f.First.Time().Day() == 1) && (f.Last == "" || f.Last == monthEnd(f.Last))
	text := func(d calendar.Day) *string {
		s := string(d)
		switch {
		case d == "":
			return nil
		case months:
			s = s[:len("2011-08")]
		}
		return &s
	}
	r.Start, r.End = text(f.First), text(f.Last)
	return r
}

func monthEnd(d calendar.Day) calendar.Day {
	t := d.Time()
	return calendar.MonthEnd(t.Year(), int(t.Month()))
}

func (b *standing) addItem(i Item, s said, grouped bool) int {
	t := Task{Title: i.Title, Item: i.ID, Period: i.Period, Project: i.Project, Tags: i.Tags, targets: b.promised[i.ID], milestones: b.dated[i.ID]}
	var n document.Node
	if i.Node > 0 && i.Node <= len(b.read.Outline) {
		n = b.read.Outline[i.Node-1]
		t.Path, t.Headings = n.Path, b.headings(n, grouped)
		title, measures := b.wordsOf(n)
		t.Measures = measures
		t.Words = b.plainNode(n)
		if i.Span.End() > 0 {
			t.Words, t.Measures = b.ownWords(i)
		}
		if i.Under > 0 && i.Under <= len(b.read.Outline) {
			t.Headings = b.headingsUnder(b.read.Outline[i.Under-1])
		}
		if i.Title == shorten(n.Title, longestTitle) {
			t.Title = title
		}
	}
	if i.Lead+i.Cooperating+i.Responsible == "" && len(b.parties[i.Node]) == 0 {
		t.name(b.partiesOf(n))
		t.lent = true
	} else {
		t.Lead, t.Cooperating, t.Responsible = listed(i.Lead), listed(i.Cooperating), listed(i.Responsible)
	}
	b.promise(&t, s)
	b.original.beside(&t, i)
	if words := b.cellWords(n.Ordinal, DueColumn); len(t.Dues) == 0 && len(words) > 0 {
		t.Limits = words // 持续推进
	}
	for _, more := range []func() []string{
		func() []string { return b.phaseAbove(n) },
		func() []string { return lasting(b.plainNode(n)) },
	} {
		if len(t.Limits) == 0 && n.Ordinal > 0 {
			t.Limits = more()
		}
	}
	return b.add(t)
}

// ownWords are the words of an item that stands for a part of its node, and those
// of them that do not say its title again.
func (b *standing) ownWords(i Item) (words, measures string) {
	from, to := b.place(i.Span)
	words = b.plain(from, to, nil)
	measures = strings.TrimLeft(strings.TrimPrefix(strings.TrimSpace(words), i.Title), "。．.，,；;：:、 \n")
	return words, cutAtSentence(strings.TrimSpace(measures), longestMeasures)
}

// headingsUnder are those of an item that a person moved below a heading.
func (b *standing) headingsUnder(n document.Node) []string {
	out := b.headings(n, false)
	if !b.above[n.Ordinal] {
		out = append(out, b.heading(n))
	}
	return out
}

func listed(names string) []string {
	if names == "" {
		return nil
	}
	return []string{names}
}

func (b *standing) plainNode(n document.Node) string {
	from, to := b.place(n.Span)
	return b.plain(from, to, nil)
}

// wordsOf are the title of a row and its measures. In a table the columns say which
// words are which.
func (b *standing) wordsOf(n document.Node) (name, measures string) {
	if measures, inTable := b.cellMeasures(n.Ordinal); inTable {
		return strings.TrimRight(taskName(n.Title), "，,；;：:"), measures
	}
	from, to := b.place(n.Span)
	return b.words(n.Title, b.titlePlace(n, from, to), to, b.parties[n.Ordinal])
}
