package main

import (
	"fmt"
	"strings"
	"unicode"

	"luoshi/internal/text"
	"luoshi/plan"
)

// outline prints a plan for reading: its numbers, indented by level, with what
// each promises below it, and then the questions.
type outline struct {
	terminal
	painter
	read  plan.Structure
	nodes map[int]*promised
}

func printOutline(t terminal, s plan.Structure) {
	o := outline{t, painterFor(t.out), s, byNode(s)}
	o.line(0, o.in(bold, shown(s.Title)))
	if s.Issuer != "" {
		o.line(0, shown(s.Issuer))
	}
	o.below(0, 0)
	for _, n := range s.Outline {
		title := shown(n.Title)
		if n.Level == 1 {
			title = o.in(bold, title)
		}
		o.line(n.Level, o.in(cyan, n.Number)+" "+title)
		o.below(n.Ordinal, n.Level+1)
	}
	o.questions()
}

func (o outline) line(level int, words string) {
	fmt.Fprintln(o.out, strings.Repeat("  ", level)+words)
}

// note is a line of what was read: a coloured word, what it is, and where it says so.
func (o outline) note(level int, c colour, word, words, quote string, flags ...string) {
	line := o.in(c, word) + " " + shown(words)
	if quote != "" {
		line += " " + o.in(faint, "「"+shown(quote)+"」")
	}
	for _, f := range flags {
		if doubt := plan.Doubt(f); doubt != "" {
			line += " " + o.in(magenta, "? "+text.Say(o.lang, doubt))
		}
	}
	o.line(level, line)
}

// promised are the values of one node.
type promised struct {
	phases    []plan.ReadPhase
	targets   []plan.ReadTarget
	deadlines []plan.ReadDeadline
	recurring []plan.ReadRecurring
	parties   []plan.ReadParties
}

// byNode puts what was read to its nodes.
func byNode(s plan.Structure) map[int]*promised {
	nodes := map[int]*promised{}
	at := func(node int) *promised {
		if nodes[node] == nil {
			nodes[node] = &promised{}
		}
		return nodes[node]
	}
	for _, x := range s.Phases {
		at(x.Node).phases = append(at(x.Node).phases, x)
	}
	for _, x := range s.Targets {
		at(x.Node).targets = append(at(x.Node).targets, x)
	}
	for _, x := range s.Deadlines {
		at(x.Node).deadlines = append(at(x.Node).deadlines, x)
	}
	for _, x := range s.Recurring {
		at(x.Node).recurring = append(at(x.Node).recurring, x)
	}
	for _, x := range s.Responsible {
		at(x.Node).parties = append(at(x.Node).parties, x)
	}
	return nodes
}

// below prints what a node promises.
func (o outline) below(node, level int) {
	in := o.nodes[node]
	if in == nil {
		return
	}
	for _, p := range in.phases {
		o.note(level, yellow, text.Say(o.lang, "阶段"), text.Say(o.lang, "%s：%s 到 %s", p.Name, orOpen(p.Start), orOpen(p.End)), "")
	}
	for _, t := range in.targets {
		words := strings.TrimSpace(t.Indicator + " " + plan.Figure(t.Bound, t.Value, t.Max, t.Unit))
		if t.Deadline != nil {
			words = text.Say(o.lang, "%s，期限 %s", words, *t.Deadline)
		}
		o.note(level, green, text.Say(o.lang, "目标"), o.aimed(words, t.Hardness), t.Quote, t.Flags...)
	}
	served := map[string][]string{} // quotes of targets by their day
	for _, t := range in.targets {
		if t.Deadline != nil {
			served[*t.Deadline] = append(served[*t.Deadline], t.Quote)
		}
	}
	for _, d := range in.deadlines {
		if !shownAlready(served[d.Date], d.Quote) {
			o.note(level, yellow, text.Say(o.lang, "期限"), o.aimed(d.Date, d.Hardness), d.Quote, d.Flags...)
		}
	}
	for _, r := range in.recurring {
		o.note(level, yellow, text.Say(o.lang, "定期"), r.Period, r.Quote, r.Flags...)
	}
	for _, p := range in.parties {
		o.note(level, blue, o.role(p.Role), strings.Join(p.Units, "、"), "")
	}
}

// mostServed is how many targets of one day a due time is compared with.
const mostServed = 50

// shownAlready reports a due time that a target of its day shows in the same words.
func shownAlready(quotes []string, quote string) bool {
	for _, q := range quotes[:min(len(quotes), mostServed)] {
		if strings.Contains(q, quote) || strings.Contains(quote, q) {
			return true
		}
	}
	return false
}

// aimed adds that something is an effort and no must.
func (o outline) aimed(words, hardness string) string {
	if hardness == "soft" {
		words += " · " + text.Say(o.lang, "力争")
	}
	return words
}

func (o outline) role(role string) string {
	switch role {
	case "lead":
		return text.Say(o.lang, "牵头")
	case "cooperating":
		return text.Say(o.lang, "配合")
	}
	return text.Say(o.lang, "责任")
}

func (o outline) questions() {
	for i, q := range plan.Ranked(o.read.Questions) {
		if i == 0 {
			o.line(0, "")
		}
		o.line(0, o.in(magenta, text.Say(o.lang, "第 %s 问：", fmt.Sprint(i+1)))+shown(o.filled(q.Pattern, q.Args)))
		for _, c := range q.Choices {
			o.line(2, "· "+shown(o.filled(c.Pattern, c.Args)))
		}
	}
}

func (o outline) filled(pattern string, args []string) string {
	return plan.Fill(text.Say(o.lang, pattern), args)
}

func orOpen(s *string) string {
	if s == nil {
		return "–"
	}
	return *s
}

// shown are words of a document without the signs that steer a terminal.
func shown(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) { // also those that turn the direction of writing
			return -1
		}
		return r
	}, s)
}
