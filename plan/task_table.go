package plan

import (
	"slices"
	"strings"

	"luoshi/document"
	"luoshi/id"
)

// TaskTable is the 任务分解表 of a plan: one row for each duty, in the words of the
// plan. Its cells are Chinese whatever the reader's language, as the plan is.
type TaskTable struct {
	Title     string   // of the plan
	Plan      id.Plan  // in the program, else 0
	Step      int64    // the last step of work on the draft that it says
	Columns   []Column // those that are shown, in their order; nil for UsualColumns
	Tasks     []Task
	Phases    []Phase
	Questions []string // about the plan as a whole, or about words that no row holds
}

// Task is one row. What a row cannot say is empty: an office fills it in.
type Task struct {
	Number      int      // 序号, from 1
	Path        string   // of its node, or "" where it stands before or without numbers
	Headings    []string // the headings that it stands under, the highest first
	Title       string
	Measures    string   // 措施: its own words, without title and names of units
	Targets     []string // 目标: 送演出 ≥ 1,500 场, or the document's own phrase
	Lead        []string // 牵头单位; of a heading above where the row names nobody itself
	Cooperating []string // 配合单位
	Responsible []string // 责任单位, 责任人
	Limits      []string // 时限: 2011年12月31日前, 每季度末, 长期
	Dues        []Due    // the days among its limits, the earliest first
	Questions   []string

	// What follows only a row of a draft has.
	Item    id.Item
	Period  Period
	Project bool
	Tags    []string
	Words   string // all its words in the document

	lent       bool        // its units are those of a heading above
	aims       []aim       // what each of Targets says
	targets    []Target    // of its item
	milestones []Milestone // of its item
}

// aim are the promises that one line under 目标 says.
type aim struct {
	targets    []id.Target
	milestones []id.Milestone
}

// aimHeadings are the headings under which a plan says what it is for. What
// stands there and promises no figure, no day and no unit is no task.
var aimHeadings = []string{"指导思想", "总体要求", "总的要求", "总体思路", "基本原则", "工作原则", "重要意义", "目的意义", "工作目标", "总体目标", "主要目标", "工作思路"}

// longestAim is the longest heading of aims in runes; a longer one is a sentence
// that only mentions one: 按照……基本原则，开展……
const longestAim = 16

// tabling gathers the rows from what was read, by the ordinals of nodes; 0 stands
// for the text before the first number, or of a plan without numbers.
type tabling struct {
	read      Structure
	view      *document.View
	above     map[int]bool // nodes that have others below them
	targets   map[int][]ReadTarget
	deadlines map[int][]ReadDeadline
	recurring map[int][]ReadRecurring
	parties   map[int][]ReadParties
	phases    map[int][]ReadPhase
	cells     map[int][]ReadCell      // of tables, by their items
	figures   map[int][]document.Span // where targets stand, by their items
	table     TaskTable
	rows      map[int]int            // ordinal of a node -> index of its row
	sentences map[document.Range]int // sentence without number -> index of its row
}

// Tasks makes the 任务分解表 of a plan that was read from that file.
//
// A numbered paragraph without others below it is a row, unless it only says what
// the plan is for; so is any other that promises a figure, a day or what comes
// round. Outside numbers each sentence that promises one is a row.
func Tasks(s Structure, source document.Source) TaskTable {
	b := newTabling(s, document.NewSourceView(source))
	b.table.Title, b.table.Phases = s.Title, phasesOf(s)
	b.sort()
	b.addLoose()
	grouped := slices.ContainsFunc(s.Outline, func(n document.Node) bool { return n.Parent > 0 })
	for _, n := range s.Outline {
		if b.isTask(n) {
			b.addTask(n, grouped)
		}
	}
	b.addQuestions()
	return b.table
}

func newTabling(s Structure, v *document.View) *tabling {
	return &tabling{read: s, view: v, above: map[int]bool{}, targets: map[int][]ReadTarget{},
		deadlines: map[int][]ReadDeadline{}, recurring: map[int][]ReadRecurring{}, parties: map[int][]ReadParties{},
		phases: map[int][]ReadPhase{}, cells: map[int][]ReadCell{}, figures: map[int][]document.Span{}, rows: map[int]int{}, sentences: map[document.Range]int{}}
}

// sort puts what was read to its nodes.
func (b *tabling) sort() {
	for _, n := range b.read.Outline {
		b.above[n.Parent] = true
	}
	for _, t := range b.read.Targets {
		b.targets[t.Node] = append(b.targets[t.Node], t)
	}
	for _, c := range b.read.Cells {
		b.cells[c.Node] = append(b.cells[c.Node], c)
	}
	for _, t := range b.read.Targets {
		b.figures[t.Node] = append(b.figures[t.Node], t.Span)
	}
	for _, d := range b.read.Deadlines {
		b.deadlines[d.Node] = append(b.deadlines[d.Node], d)
	}
	for _, r := range b.read.Recurring {
		b.recurring[r.Node] = append(b.recurring[r.Node], r)
	}
	for _, p := range b.read.Responsible {
		b.parties[p.Node] = append(b.parties[p.Node], p)
	}
	for _, p := range b.read.Phases {
		b.phases[p.Node] = append(b.phases[p.Node], p)
	}
}

func (b *tabling) isTask(n document.Node) bool {
	k := n.Ordinal
	if len(b.targets[k])+len(b.deadlines[k])+len(b.recurring[k]) > 0 {
		return true
	}
	if b.above[k] {
		return false
	}
	return len(b.parties[k])+len(b.phases[k]) > 0 || !b.isAim(n)
}

// isAim reports a node that stands under a heading of aims, or is one.
func (b *tabling) isAim(n document.Node) bool {
	for {
		if len([]rune(n.Title)) <= longestAim && containsAny(n.Title, aimHeadings...) {
			return true
		}
		if n.Parent == 0 {
			return false
		}
		n = b.read.Outline[n.Parent-1]
	}
}

func (b *tabling) addTask(n document.Node, grouped bool) {
	t := Task{Path: n.Path, Headings: b.headings(n, grouped)}
	from, to := b.place(n.Span)
	at := b.titlePlace(n, from, to)
	t.Title, t.Measures = b.words(n.Title, at, to, b.parties[n.Ordinal])
	if measures, inTable := b.cellMeasures(n.Ordinal); inTable {
		t.Measures = measures
	}
	t.name(b.partiesOf(n))
	b.promise(&t, said{targets: b.targets[n.Ordinal], deadlines: b.deadlines[n.Ordinal], recurring: b.recurring[n.Ordinal], phases: b.phases[n.Ordinal]})
	if len(t.Limits) == 0 {
		t.Limits = append(t.Limits, b.phaseAbove(n)...)
	}
	if len(t.Limits) == 0 {
		t.Limits = lasting(b.plain(from, to, nil))
	}
	b.rows[n.Ordinal] = b.add(t)
}

func (b *tabling) add(t Task) int {
	t.Number = len(b.table.Tasks) + 1
	b.table.Tasks = append(b.table.Tasks, t)
	return t.Number - 1
}

// headings are those above a node. One that stands at the top of a plan with
// levels, or has others below it, stands under its own.
func (b *tabling) headings(n document.Node, grouped bool) []string {
	var out []string
	if b.above[n.Ordinal] || n.Parent == 0 && grouped {
		out = append(out, b.heading(n))
	}
	for n.Parent > 0 {
		n = b.read.Outline[n.Parent-1]
		out = append(out, b.heading(n))
	}
	slices.Reverse(out)
	return out
}

// longestHeading is the longest heading of a group of rows in runes.
const longestHeading = 60

// heading is a heading with its counter and who answers for all below it:
// （一）营造创新环境（甲委牵头，乙局配合）.
func (b *tabling) heading(n document.Node) string {
	from, to := b.place(n.Span)
	at := b.titlePlace(n, from, to)
	out := b.plain(from, at, nil) + shorten(n.Title, longestHeading)
	if parties := b.parties[n.Ordinal]; len(parties) > 0 && b.above[n.Ordinal] {
		from, to := b.place(parties[0].Span)
		words := strings.Trim(b.plain(from, to, nil), "（）()〔〕[]【】")
		out += "（" + shorten(words, longestHeading) + "）"
	}
	return out
}

// partiesOf are those named for a node, or for the nearest one above that names any.
func (b *tabling) partiesOf(n document.Node) []ReadParties {
	for len(b.parties[n.Ordinal]) == 0 && n.Parent > 0 {
		n = b.read.Outline[n.Parent-1]
	}
	return b.parties[n.Ordinal]
}

func (t *Task) name(parties []ReadParties) {
	for _, p := range parties {
		switch p.Role {
		case "lead":
			t.Lead = append(t.Lead, p.Units...)
		case "cooperating":
			t.Cooperating = append(t.Cooperating, p.Units...)
		default:
			t.Responsible = append(t.Responsible, p.Units...)
		}
	}
}

// addQuestions puts each question to the row that it is about.
func (b *tabling) addQuestions() {
	for _, q := range Ranked(b.read.Questions) {
		if row, ok := b.asked(q); ok {
			b.table.Tasks[row].Questions = append(b.table.Tasks[row].Questions, q.Text)
		} else {
			b.table.Questions = append(b.table.Questions, q.Text)
		}
	}
}

func (b *tabling) asked(q ReadQuestion) (row int, ok bool) {
	node := b.read.nodeAt(q.Span.Start())
	switch q.About {
	case "target":
		node = b.read.Targets[q.Index].Node
	case "deadline":
		node = b.read.Deadlines[q.Index].Node
	}
	if node == 0 {
		row, ok = b.sentences[b.sentence(q.Span)]
		return row, ok
	}
	row, ok = b.rows[node]
	return row, ok
}
