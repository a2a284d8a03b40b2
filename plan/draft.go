package plan

import (
	"maps"
	"sort"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
)

// Draft is a plan as it was read, ready to be looked at and corrected.
type Draft struct {
	Plan       Plan
	Nodes      []document.Node
	Items      []Item
	Targets    []Target
	Milestones []Milestone
	Phases     []Phase
	Questions  []Question
	Orders     map[id.Item]Order // where items come from that were given once the plan was in force
	Size       int64             // how many identifiers it takes

	// Of a plan in force: by what it was changed since, the earliest first, and the
	// records that no longer stand, which are not among those above.
	Amendments []Amendment
	Ended      *Draft
	Documents  []Edition // none where the plan stands on its first document
}

// Edition is a version of the document of a plan; the one on which it was taken into
// force is version 1.
type Edition struct {
	Version    int
	Document   id.Document
	Number     string // 文号
	ApprovedBy string // internal
	Day        calendar.Day
	Adopted    bool // else it is only compared yet
	Released   bool // what it says anew was looked over and made public
}

// NewDraft makes a draft of what was read. Its identifiers are provisional, from
// 1 to Size: Numbered gives them their place, so that the work on a long document
// is done before anybody is kept waiting.
//
// Each numbered paragraph without further numbers below it becomes an item, as
// does any paragraph that promises a figure or a day; the description of a
// phase that promises neither stays a phase.
func NewDraft(s Structure) Draft {
	last := int64(0)
	next := func() int64 { last++; return last }
	d := Draft{Plan: Plan{ID: id.Plan(next()), Document: id.Document(next()), Title: s.Title, Issuer: s.Issuer, State: Drafted}, Nodes: s.Outline}
	b := drafting{draft: &d, read: s, next: next, items: map[int]int{}, targets: map[int][]int{}}
	for i, t := range s.Targets {
		b.targets[t.Node] = append(b.targets[t.Node], i)
	}
	d.Phases = phasesOf(s)
	b.addItems()
	targets := b.addTargets()
	milestones := b.addMilestones()
	b.addParties()
	b.addQuestions(targets, milestones)
	b.setPeriods()
	d.Size = last
	return d
}

// Numbered gives the draft with its provisional identifiers moved up by base.
func (d Draft) Numbered(base int64) Draft {
	move := func(n *int64) {
		if *n != 0 {
			*n += base
		}
	}
	move(d.Plan.ID.Number())
	move(d.Plan.Document.Number())
	for i := range d.Items {
		move(d.Items[i].ID.Number())
		move(d.Items[i].Document.Number())
	}
	for i := range d.Targets {
		move(d.Targets[i].ID.Number())
		move(d.Targets[i].Item.Number())
	}
	for i := range d.Milestones {
		move(d.Milestones[i].ID.Number())
		move(d.Milestones[i].Item.Number())
	}
	for i := range d.Questions {
		q := &d.Questions[i]
		for _, n := range []*int64{q.ID.Number(), q.Item.Number(), q.Target.Number(), q.Milestone.Number()} {
			move(n)
		}
	}
	return d
}

type drafting struct {
	draft   *Draft
	read    Structure
	next    func() int64
	items   map[int]int   // node ordinal -> index of its item
	targets map[int][]int // node ordinal -> indexes of the targets read there
}

// phasesOf are the stages with the days that the text gives.
func phasesOf(s Structure) []Phase {
	var out []Phase
	for i, p := range s.Phases {
		out = append(out, Phase{Ordinal: i + 1, Node: p.Node, Name: p.Name,
			First: firstDay(p.Start), Last: lastDay(p.End), Span: p.Span})
	}
	return out
}

func firstDay(s *string) calendar.Day {
	if s == nil {
		return ""
	}
	if len(*s) == len("2011-08") {
		return calendar.Day(*s + "-01")
	}
	return calendar.Day(*s)
}

func lastDay(s *string) calendar.Day {
	d := firstDay(s)
	if s != nil && len(*s) == len("2011-08") {
		t := d.Time()
		return calendar.MonthEnd(t.Year(), int(t.Month()))
	}
	return d
}

func (b *drafting) addItems() {
	wanted := map[int]bool{}
	for _, n := range b.read.Outline {
		wanted[n.Ordinal] = true
	}
	for _, n := range b.read.Outline {
		delete(wanted, n.Parent)
	}
	for _, p := range b.read.Phases {
		delete(wanted, p.Node)
	}
	for _, t := range b.read.Targets {
		wanted[t.Node] = true
	}
	for _, t := range b.read.Deadlines {
		if b.served(t) < 0 {
			wanted[t.Node] = true
		}
	}
	add := func(node int, title string) {
		b.items[node] = len(b.draft.Items)
		b.draft.Items = append(b.draft.Items, Item{ID: id.Item(b.next()), Document: b.draft.Plan.Document, Node: node,
			Ordinal: len(b.draft.Items) + 1, Rank: int64(len(b.draft.Items)+1) * RankStep, Title: shorten(title, longestTitle), Project: b.under(node, projectHeadings)})
	}
	if wanted[0] { // promised before the first number, or there are no numbers at all
		add(0, b.read.Title)
	}
	for _, n := range b.read.Outline {
		if wanted[n.Ordinal] {
			add(n.Ordinal, n.Title)
		}
	}
}

func (b *drafting) addTargets() []id.Target {
	ids := make([]id.Target, len(b.read.Targets))
	for i, r := range b.read.Targets {
		t := Target{ID: id.Target(b.next()), Item: b.itemOf(r.Node), Quote: r.Quote, Indicator: shorten(r.Indicator, longestTitle),
			Bound: r.Bound, Value: r.Value, Max: r.Max, From: r.From, Unit: shorten(r.Unit, 20), Hardness: r.Hardness,
			Aggregate: r.Aggregate, Direction: r.Direction, Scope: shorten(r.Scope, 20), Span: r.Span, Flags: r.Flags, Derived: r.Derived}
		if t.Indicator == "" {
			t.Indicator = shorten(r.Quote, longestTitle)
		}
		if r.Period != nil {
			t.Period = *r.Period
		}
		if r.Deadline != nil {
			t.Deadline = calendar.Day(*r.Deadline)
		}
		ids[i] = t.ID
		b.draft.Targets = append(b.draft.Targets, t)
	}
	return ids
}

// served gives the index of the target whose own deadline a due time is, or -1.
func (b *drafting) served(d ReadDeadline) int {
	for _, i := range b.targets[d.Node] {
		if t := b.read.Targets[i]; t.Deadline != nil && *t.Deadline == d.Date && (overlap(t.Span, d.Span) || t.Cell != nil && d.Cell != nil) {
			return i
		}
	}
	return -1
}

func overlap(a, b document.Span) bool { return a.Start() < b.End() && b.Start() < a.End() }

func (b *drafting) addMilestones() []id.Milestone {
	ids := make([]id.Milestone, len(b.read.Deadlines))
	for i, r := range b.read.Deadlines {
		if b.served(r) >= 0 {
			continue // the target carries it
		}
		title := r.Quote
		if r.Cell != nil && r.Node > 0 { // a cell under 时限 says the day and not what for
			title = b.read.Outline[r.Node-1].Title
		}
		m := Milestone{ID: id.Milestone(b.next()), Item: b.itemOf(r.Node), Title: shorten(title, longestTitle),
			Due: calendar.Day(r.Date), Hardness: r.Hardness, Span: r.Span, Flags: r.Flags, Derived: r.Derived}
		ids[i] = m.ID
		b.draft.Milestones = append(b.draft.Milestones, m)
	}
	return ids
}

func (b *drafting) addParties() {
	for _, p := range b.read.Responsible {
		i, ok := b.items[p.Node]
		if !ok {
			continue
		}
		names := strings.Join(p.Units, "、")
		switch item := &b.draft.Items[i]; p.Role {
		case "cooperating":
			item.Cooperating = joined(item.Cooperating, names)
		case "lead":
			item.Lead = joined(item.Lead, names)
		default:
			item.Responsible = joined(item.Responsible, names)
		}
	}
	for i := range b.draft.Items {
		if item := &b.draft.Items[i]; item.Lead == "" { // whoever is responsible alone takes the lead
			item.Lead, item.Responsible = item.Responsible, ""
		}
	}
}

func joined(a, b string) string {
	if a == "" {
		return shorten(b, longestParty)
	}
	return shorten(a+"、"+b, longestParty)
}

func (b *drafting) addQuestions(targets []id.Target, milestones []id.Milestone) {
	for i, r := range b.read.Questions {
		q := Question{ID: id.Question(b.next()), Ordinal: i + 1, Kind: r.Kind, Pattern: r.Pattern, Args: r.Args,
			Span: r.Span, State: QuestionOpen, Chosen: OwnWords}
		switch r.About {
		case "target":
			q.Target, q.Item = targets[r.Index], b.itemOf(b.read.Targets[r.Index].Node)
		case "deadline":
			d := b.read.Deadlines[r.Index]
			q.Milestone, q.Item = milestones[r.Index], b.itemOf(d.Node)
			if t := b.served(d); t >= 0 {
				q.Target = targets[t]
			}
		default:
			q.Item = b.itemOf(b.read.nodeAt(r.Span.Start()))
		}
		q.AsRead = only(b.asRead(r), r.Choices)
		q.Choices = choices(r, q.AsRead)
		b.draft.Questions = append(b.draft.Questions, q)
	}
}

// asRead is the values of what hangs on a question, as they were read.
func (b *drafting) asRead(r ReadQuestion) map[string]string {
	out := map[string]string{}
	target := -1
	switch r.About {
	case "target":
		target = r.Index
	case "deadline":
		out["date"] = b.read.Deadlines[r.Index].Date
		target = b.served(b.read.Deadlines[r.Index])
	}
	if target >= 0 {
		t := b.draft.Targets[target]
		out["bound"], out["value"], out["period"], out["aggregate"] = t.Bound, t.Value.String(), t.Period, t.Aggregate
		out["date"] = string(t.Deadline)
	}
	if len(r.Choices) > 0 && len(r.Choices[0].Args) > 0 {
		out["year"] = r.Choices[0].Args[0]
	}
	return out
}

// choices makes each choice set every field that any of them sets, if need be to
// the value as it was read: who changes an answer must get back to it.
func choices(r ReadQuestion, asRead map[string]string) []Choice {
	var out []Choice
	for _, c := range r.Choices {
		set := maps.Clone(asRead)
		maps.Copy(set, c.Set)
		out = append(out, Choice{Pattern: c.Pattern, Args: c.Args, Set: set})
	}
	return out
}

// only keeps the fields that some choice sets.
func only(asRead map[string]string, all []ReadChoice) map[string]string {
	out := map[string]string{}
	for _, c := range all {
		for field := range c.Set {
			out[field] = asRead[field]
		}
	}
	return out
}

// nodeAt gives the ordinal of the node that holds a rune, or 0.
func (s Structure) nodeAt(rune int) int {
	after := sort.Search(len(s.Outline), func(i int) bool { return s.Outline[i].Span.Start() > rune })
	if after == 0 || rune >= s.Outline[after-1].Span.End() {
		return 0
	}
	return s.Outline[after-1].Ordinal
}

func (b *drafting) itemOf(node int) id.Item {
	if i, ok := b.items[node]; ok {
		return b.draft.Items[i].ID
	}
	return 0
}

// Headings under which plans put what is to be done, and what is only said.
var (
	projectHeadings   = []string{"重点项目", "重点任务", "主要任务", "重点工作", "工作任务", "主要举措"}
	principleHeadings = []string{"指导思想", "总体要求", "总的要求", "基本原则", "工作原则", "重要意义", "工作要求", "组织领导", "保障措施", "组织保障"}
)

// setPeriods lets duties be reported every month, and leaves principles alone:
// what stands under a heading of principles and promises neither figure nor day.
func (b *drafting) setPeriods() {
	promised := map[id.Item]bool{}
	for _, t := range b.draft.Targets {
		promised[t.Item] = true
	}
	for _, m := range b.draft.Milestones {
		promised[m.Item] = true
	}
	for i := range b.draft.Items {
		item := &b.draft.Items[i]
		if promised[item.ID] || !b.under(item.Node, principleHeadings) {
			item.Period = Monthly
		}
	}
}

// under reports whether a node or one above it has a heading that holds one of the words.
func (b *drafting) under(node int, words []string) bool {
	for node > 0 && node <= len(b.read.Outline) {
		n := b.read.Outline[node-1]
		for _, w := range words {
			if strings.Contains(n.Title, w) {
				return true
			}
		}
		node = n.Parent
	}
	return false
}

func shorten(s string, runes int) string {
	r := []rune(s)
	if len(r) <= runes {
		return s
	}
	return string(r[:runes-1]) + "…"
}
