package plan

import (
	"strings"

	"luoshi/document"
)

// lintDuties looks at every item that is to be carried out: how much, by when, by
// whom, and who leads where several are named.
func (l *linter) lintDuties() {
	counted, dated, owned := map[int]bool{}, map[int]bool{}, map[int]bool{}
	for _, t := range l.out.Targets {
		counted[t.Node] = true
		dated[t.Node] = dated[t.Node] || t.Period != nil || t.Deadline != nil
	}
	for _, d := range l.out.Deadlines {
		dated[d.Node] = true
	}
	for _, r := range l.out.Recurring {
		dated[r.Node] = true
	}
	for _, p := range l.out.Responsible {
		owned[p.Node] = true
	}
	yearly := l.isYearly()
	for _, k := range l.duties() {
		n := l.out.Outline[k]
		at := l.heading(k)
		hasDay := dated[n.Ordinal] || l.above(k, dated) || l.standing(k)
		if !counted[n.Ordinal] && !dated[n.Ordinal] {
			l.hint("no_number", Unclear, at, "没有数量：写明做多少；数不出来的，写明哪一天拿出什么成果。")
		}
		if !hasDay && !yearly {
			l.hint("no_date", Unclear, at, "没有时间：写明哪一天以前完成；经常要做的，写明多久一次。")
		}
		aim := strings.Contains(n.Title, "目标") // an aim is everybody's
		if !aim && !owned[n.Ordinal] && !l.above(k, owned) && !l.namesActor(k) {
			l.hint("no_owner", Unclear, at, "没有责任单位：写明由谁牵头、谁配合。")
		}
	}
	l.lintLeads()
}

// telling are the last words of headings that tell how or when, and order nothing.
var telling = []string{"时间", "范围", "方法", "方式", "对象", "依据", "定义", "分类", "名单", "流程", "条件", "内容", "方面", "情况"}

// duties are the items to be carried out: those with none below them, that are no
// stage and stand under no heading of spirit, of stages or of mere telling.
func (l *linter) duties() []int {
	parent, stage := map[int]bool{}, map[int]bool{}
	for _, n := range l.out.Outline {
		parent[n.Parent] = true
	}
	for _, p := range l.out.Phases {
		stage[p.Node] = true
	}
	var out []int
	for k, n := range l.out.Outline {
		steps := n.Parent > 0 && containsAny(l.out.Outline[n.Parent-1].Title, stepWords...)
		if !parent[n.Ordinal] && !stage[n.Ordinal] && !steps && !l.isExempt(k) && !endsWithAny(n.Title, telling) {
			out = append(out, k)
		}
	}
	return out
}

// heading is where the title of a node stands, or its first words where it has none.
func (l *linter) heading(k int) document.Range {
	h := l.items[k]
	if h.TitleAt.End > h.TitleAt.Start {
		return h.TitleAt
	}
	return document.Range{Start: h.From, End: min(h.To, h.From+longestHint)}
}

// above reports that a node above the k-th is in the set.
func (l *linter) above(k int, set map[int]bool) bool {
	for p := l.out.Outline[k].Parent; p > 0; p = l.out.Outline[p-1].Parent {
		if set[p] {
			return true
		}
	}
	return false
}

// isYearly reports that the title names one year, which then is the year of every item.
func (l *linter) isYearly() bool {
	dates := document.NewView(l.out.Title).Dates()
	return len(dates) == 1 && dates[0].YearOnly() && dates[0].Until == nil
}

// standing reports that the item says outright that it has no end.
func (l *linter) standing(k int) bool {
	h := l.items[k]
	for _, w := range []string{"持续推进", "长期坚持", "长期", "全年", "常年"} {
		rest := l.words(h.From, h.To)
		for i := strings.Index(rest, w); i >= 0; i = strings.Index(rest, w) {
			rest = rest[i+len(w):]
			if strings.ContainsAny(firstRune(rest), ")。,;、\n") {
				return true
			}
		}
	}
	return false
}

func firstRune(s string) string {
	for _, c := range s {
		return string(c)
	}
	return "\n"
}

// actorHeads and actorTails enclose the name of who acts in running prose:
// 某馆办好, 各县(市、区)要, 由市文化局负责.
var (
	actorHeads = []string{"由", "各", "市", "县", "区", "省", "州", "局", "厅", "乡", "镇", "街道", "社区"}
	actorTails = []string{"局", "厅", "委", "办", "馆", "院", "会", "处", "科", "股", "室", "站", "所", "部", "台", "中心", "单位", "部门", "政府", "公司", "集团", "领导小组", "专班", "(市"}
	noActors   = []string{"各项", "各种", "各类", "各方", "各界", "市场", "区域", "由于", "部分", "省级", "市级", "县级", "局部", "社区文", "社区系"}
)

// longestActor is how far from the head of a clause the name of an actor may end.
const longestActor = 14

// namesActor reports that a clause of the item begins with who is to act. It is
// meant to err towards yes: a missed owner is better than a wrong reproach.
func (l *linter) namesActor(k int) bool {
	h := l.items[k]
	for i := h.From; i < h.To; i++ {
		if !l.beginsClause(i) && l.rune(i-1) != '(' || !l.starts(i, actorHeads...) || l.starts(i, noActors...) {
			continue
		}
		for to := i + 2; to <= min(i+longestActor, h.To); to++ {
			if l.ends(to, actorTails...) {
				return true
			}
			if c := l.rune(to); c < 0x3400 && c != '(' && c != ')' && c != '、' {
				break
			}
		}
	}
	return false
}

// leadRules say in one sentence for the whole document who leads.
var leadRules = []string{"排在第一", "排第一", "列第一", "列在第一", "第一个单位", "排名第一", "首位的", "排在首位"}

// lintLeads looks for lists of owners of whom none leads.
func (l *linter) lintLeads() {
	text := string(l.view.Runes)
	if containsAny(text, leadRules...) {
		return
	}
	for i := 0; i < len(l.out.Responsible); {
		first, units, led := l.out.Responsible[i], 0, false
		for ; i < len(l.out.Responsible) && l.out.Responsible[i].Node == first.Node; i++ {
			units += len(l.out.Responsible[i].Units)
			led = led || l.out.Responsible[i].Role == string(document.Lead)
		}
		if units > 1 && !led {
			l.hint("no_lead", Unclear, l.sheet.within(first.Span), "几个单位并列，没有牵头的：写明由谁牵头，或者写明排在第一位的牵头。")
		}
	}
}
