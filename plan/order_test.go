package plan

import (
	"testing"

	"luoshi/fault"
)

func TestCheckOrder(t *testing.T) {
	type given struct {
		p Plan
		o Order
		i Item
		m Milestone
	}
	for _, c := range []struct {
		name, field string
		change      func(*given)
	}{
		{"as it should be", "", func(*given) {}},
		{"due on the day it was given", "", func(g *given) { g.m.Due = g.o.Given }},
		{"nobody reports it", "", func(g *given) { g.i.Period = NoPeriod }},
		{"a draft", "-", func(g *given) { g.p.State = Drafted }},
		{"closed", "-", func(g *given) { g.p.State = Closed }},
		{"of no kind", "kind", func(g *given) { g.o.Kind = "" }},
		{"without words", "words", func(g *given) { g.o.Words = " " }},
		{"given by nobody", "giver", func(g *given) { g.o.Giver = "" }},
		{"on no day", "given", func(g *given) { g.o.Given = "" }},
		{"tomorrow", "given", func(g *given) { g.o.Given = "2012-04-20" }},
		{"without a title", "title", func(g *given) { g.i.Title = "" }},
		{"nobody leads", "lead", func(g *given) { g.i.Lead = "" }},
		{"never due", "due", func(g *given) { g.m.Due = "" }},
		{"due before it was given", "due", func(g *given) { g.m.Due = "2012-04-09" }},
		{"a period that is none", "period", func(g *given) { g.i.Period = "x" }},
	} {
		g := given{Plan{State: InForce}, Order{Kind: Instruction, Words: "请抓紧办。", Giver: "局长", Given: "2012-04-10"},
			Item{Title: "修好乡镇站屋顶", Lead: "公共文化处", Period: Monthly}, Milestone{Title: "修好乡镇站屋顶", Due: "2012-06-30", Hardness: "hard"}}
		c.change(&g)
		err := CheckOrder(g.p, g.o, g.i, g.m, "2012-04-19")
		field := ""
		if f := fault.Of(err); f != nil {
			field = "-" + f.Field
			if f.Field != "" {
				field = f.Field
			}
		}
		if field != c.field {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestOrderNumber(t *testing.T) {
	for want, o := range map[string]Order{
		"批〔2012〕3号": {Kind: Instruction, Year: 2012, Serial: 3}, "纪〔2012〕1号": {Kind: Minutes, Year: 2012, Serial: 1}, "交〔2013〕12号": {Kind: Errand, Year: 2013, Serial: 12},
	} {
		if got := o.Number(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
