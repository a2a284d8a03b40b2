package main

import (
	"fmt"
	"slices"
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
	read plan.Structure
}

func printOutline(t terminal, s plan.Structure) {
	o := outline{t, painterFor(t.out), s}
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

// below prints what a node promises.
func (o outline) below(node, level int) {
	for _, p := range o.read.Phases {
		if p.Node == node {
			o.note(level, yellow, text.Say(o.lang, "阶段"), text.Say(o.lang, "%s：%s 到 %s", p.Name, orOpen(p.Start), orOpen(p.End)), "")
		}
	}
	for _, t := range o.read.Targets {
		if t.Node == node {
			words := strings.TrimSpace(t.Indicator + " " + plan.Figure(t.Bound, t.Value, t.Max, t.Unit))
			if t.Deadline != nil {
				words = text.Say(o.lang, "%s，期限 %s", words, *t.Deadline)
			}
			o.note(level, green, text.Say(o.lang, "目标"), o.aimed(words, t.Hardness), t.Quote, t.Flags...)
		}
	}
	for _, d := range o.read.Deadlines {
		if d.Node == node && !o.served(d) {
			o.note(level, yellow, text.Say(o.lang, "期限"), o.aimed(d.Date, d.Hardness), d.Quote, d.Flags...)
		}
	}
	for _, r := range o.read.Recurring {
		if r.Node == node {
			o.note(level, yellow, text.Say(o.lang, "定期"), r.Period, r.Quote, r.Flags...)
		}
	}
	for _, p := range o.read.Responsible {
		if p.Node == node {
			o.note(level, blue, o.role(p.Role), strings.Join(p.Units, "、"), "")
		}
	}
}

// aimed adds that something is an effort and no must.
func (o outline) aimed(words, hardness string) string {
	if hardness == "soft" {
		words += " · " + text.Say(o.lang, "力争")
	}
	return words
}

// served reports a day that a target already shows, in the same words.
func (o outline) served(d plan.ReadDeadline) bool {
	return slices.ContainsFunc(o.read.Targets, func(t plan.ReadTarget) bool {
		return t.Node == d.Node && t.Deadline != nil && *t.Deadline == d.Date &&
			(strings.Contains(d.Quote, t.Quote) || strings.Contains(t.Quote, d.Quote))
	})
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
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}
