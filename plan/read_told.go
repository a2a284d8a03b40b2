package plan

import (
	"sort"
	"strings"

	"luoshi/document"
)

// promises are words of what is to be; what follows them in a sentence is no fact.
var promises = []string{"力争", "争取", "确保", "计划", "目标", "拟", "将", "不少于", "不低于", "不超过", "控制在", "力促", "要", "应", "须", "继续", "今年", "明年", "本年度"}

// notWillWords hold 要 or 应 and promise nothing.
var notWillWords = []string{"主要", "重要", "要求", "要素", "要点", "必要", "需要", "纪要", "响应", "应急", "应用", "供应", "已完成", "已建成", "已实现", "已达到", "计划生育", "比计划"}

var notWill = leavingOut(notWillWords)

// promised reports words of what is to be.
func promised(words string) bool { return containsAny(notWill.Replace(words), promises...) }

// facts are words of what is. What stands behind them in the clause was counted,
// not promised; behind the first ones even in the rest of the sentence.
var (
	factsOfSentence = []string{"截至", "截止", "目前", "现有", "共有", "现辖", "下辖", "去年", "上年", "上一年", "近年", "年来", "以来,", "尚有", "仍有", "现存", "预计", "预测", "我市有", "我县有", "全市有", "全县有"}
	factsOfClause   = []string{"已", "原有", "还有", "现辖", "下辖", "累计实现", "占全", "位居", "损毁", "经济损失", "损失达", "存在"}
)

// changed stands between what is and what is to be: 将现有的128家整合到100家.
var changed = []string{"提高", "提升", "增加", "增至", "扩大", "整合", "压减", "压缩", "降", "减", "精简", "优化", "升至", "缩短", "再"}

// comparedWords are the years and things that something is measured by.
var comparedWords = []string{"以上年", "比上年", "较上年", "比去年", "较去年", "比上一年", "较上一年", "同上年", "上年度的", "超上年", "高于上年", "上年水平", "去年水平"}

var compared = leavingOut(comparedWords)

// leavingOut makes a replacer that leaves words out.
func leavingOut(words []string) *strings.Replacer {
	var pairs []string
	for _, w := range words {
		pairs = append(pairs, w, "")
	}
	return strings.NewReplacer(pairs...)
}

// told reports a number that the text tells as a fact.
func (r *reader) told(q document.Quantity) bool {
	if q.HasBase {
		return false
	}
	from, to := r.clause(q.From)
	before := compared.Replace(r.words(from, q.From))
	if i := lastOf(before, factsOfClause); i >= 0 && !strings.Contains(before, "已有的") && !containsAny(withoutOutcome(before[i:]), changed...) {
		return true
	}
	if containsAny(before, "仅占", "只占", "偏多", "偏少", "只有", "仅有", "仅为") || strings.Contains(before, "平均水平") && q.Bound == document.Equal && !promised(before) || r.keptUp(before) {
		return true
	}
	if containsAny(r.words(q.To, to), "没有", "未能", "滞后", "偏低", "缺乏", "长年", "不达标") && !promised(before) {
		return true
	}
	if i := strings.LastIndex(before, "占"); i >= 0 && q.Bound == document.Equal && !strings.Contains(before[i:], "占比") && !promised(before) && !containsAny(before, "达", "提高", "占地") {
		return true
	}
	if r.ends(q.From, "了", "了近", "了约") {
		return true
	}
	if r.dueWithin(from, q.From) || r.dueWithin(q.To, to) {
		return false
	}
	start, _ := r.view.Sentence(q.From)
	m := r.marks
	if q.Unit != "%" && !strings.Contains(before, "每") && containsAny(before, totals...) && !marked(m.promises, start, q.From) && !marked(m.makings, start, q.From) {
		return true
	}
	if i := lastMark(m.facts, start, q.From); i >= 0 && !marked(m.promises, i, q.From) && !marked(m.changes, i, q.From) {
		return true
	}
	if r.afterPast(start, q.From) {
		return true
	}
	limited := q.Bound != document.Equal && !q.Number.Vague && q.Bound != document.MoreThan || strings.Contains(before, "每年")
	return !limited && r.background(q.From) && !marked(m.promises, start, q.From) && !r.dueWithin(start, q.From)
}

// totals are measures of a place or a thing, which nobody promises.
var totals = []string{"总库容", "总面积", "总人口", "总里程", "总长", "流域面积", "常住人口", "海拔", "集雨面积", "国土面积", "全长", "设计时速", "设计年限"}

// keptUp reports 连续七年 and the like: so it has been.
func (r *reader) keptUp(words string) bool {
	_, rest, found := strings.Cut(words, "连续")
	return found && startsWithAny(strings.TrimLeft(rest, "0123456789一二三四五六七八九十两多"), "年", "个月")
}

// withoutOutcome leaves out what stands right behind 已: 已压缩至 tells, 已……的，再压缩至 promises.
func withoutOutcome(words string) string {
	rest := strings.TrimPrefix(words, "已")
	if rest == words {
		return words
	}
	for _, w := range changed {
		if cut, ok := strings.CutPrefix(rest, w); ok {
			return cut
		}
	}
	return rest
}

// lastOf is where the last of the words begins in s, or -1.
func lastOf(s string, words []string) int {
	last := -1
	for _, w := range words {
		last = max(last, strings.LastIndex(s, w))
	}
	return last
}

// afterPast reports that the last date in [from, to) lies before the document's
// year and that nothing behind it promises anything.
func (r *reader) afterPast(from, to int) bool {
	k := r.dateFrom(to) - 1
	if k < 0 || r.dates[k].From < from || r.dueWithin(from, r.dates[k].From) || !r.past(r.dates[k]) || r.view.Lit(r.dates[k].From) {
		return false
	}
	d := r.dates[k]
	if d.Until != nil && !r.past(*d.Until) || r.ends(d.From, "比", "较", "在", "由", "从", "自", "以", "同") || r.cited(d) || d.Edge == document.Since {
		return false
	}
	rest := r.words(d.To, to)
	if strings.Contains(rest, "累计") {
		return true
	}
	if i := strings.Index(rest, "的"); i > 0 && i < 60 && i+len("的") < len(rest) && !strings.ContainsAny(rest[:i], ",;") {
		return false // 2000年底前建成的小区96个: the date says which
	}
	return !strings.HasPrefix(rest, "的") && !strings.HasPrefix(rest, "基") && !promised(rest) && !containsAny(rest, changed...)
}

// backgrounds are in headings of parts that tell how things are.
var backgrounds = []string{"基本情况", "现状", "背景", "形势", "存在问题", "存在的", "工作基础", "发展基础", "主要成效", "工作成效", "回顾", "概况", "意义", "总体情况"}

// background reports that i stands before the first item or in a part that tells
// how things are.
func (r *reader) background(i int) bool {
	if len(r.items) == 0 {
		return false
	}
	return len(r.headAt(i)) == 0 || r.under(i, func(title string) bool {
		return containsAny(title, backgrounds...) && !containsAny(title, "目标", "任务")
	})
}

// definitions are in headings of parts that say to what something applies.
var definitions = []string{"分级", "适用范围", "启动条件", "等级划分", "事件级别", "预警级别", "评定标准", "评分标准"}

// defines reports that i stands in a part that only says to what something applies.
func (r *reader) defines(i int) bool {
	return r.under(i, func(title string) bool { return containsAny(title, definitions...) })
}

// under reports that a title from the item that holds i upwards is of that kind.
func (r *reader) under(i int, is func(title string) bool) bool {
	for _, h := range r.headAt(i) {
		for {
			if is(r.words(h.TitleAt.Start, min(h.TitleAt.End, h.TitleAt.Start+headingReach))) {
				return true
			}
			if h.Parent == 0 {
				return false
			}
			h = r.items[h.Parent-1]
		}
	}
	return false
}

// headingReach is how far into a title its kind is looked for.
const headingReach = 20

// dueWithin reports a due time that begins in [from, to).
func (r *reader) dueWithin(from, to int) bool {
	k := sort.Search(len(r.dues), func(k int) bool { return r.dues[k].from >= from })
	return k < len(r.dues) && r.dues[k].from < to
}

// reaching are words before a number that say that it is to be reached.
var reaching = []string{"达", "提高", "提升", "增长", "增加", "扩大", "降", "减", "压缩", "缩短", "控制", "实现", "力争", "争取", "确保", "不少于", "不低于", "不超过", "至少", "覆盖", "保持", "稳定", "突破", "超过", "率", "占比", "比例", "配", "送", "办", "建", "种", "培", "购", "改", "修", "整治", "治理", "清理", "检查", "走访", "服务", "投入", "争创", "落实", "创"}

// maybeFact reports a number of which the words around leave open whether it is
// promised: no word in its clause of what is to be done or reached, no limit and no
// interval; or words of what has been in the same sentence; or a size or a level and
// no verb that makes anything. It is taken for a target, and flagged.
func (r *reader) maybeFact(q document.Quantity, t ReadTarget) bool {
	if _, must := r.countsInCell(q.From); must {
		return false
	}
	from, to := r.clause(q.From)
	start, _ := r.view.Sentence(q.From)
	clause, m := r.words(from, q.From), r.marks
	bare := t.Period == nil && t.Deadline == nil && !q.HasBase
	weak := t.Period == nil && !q.HasBase && !containsAny(clause, making...) && !containsAny(clause, reaching...)
	switch {
	case bare && (q.Bound == document.Equal || q.Number.Vague) && !marked(m.promises, start, q.From) && !marked(m.makings, start, q.From):
		return true
	case (bare || q.Bound == document.Equal) && (marked(m.facts, start, q.From) || lastOf(clause, factsOfClause) >= 0 || r.pastWithin(start, q.From)):
		return true
	case levels[q.Unit] && !containsAny(clause, making...) && t.Period == nil:
		return true
	case weak && !(q.Bound == document.AtMost && strings.Contains(r.words(q.To-2, q.To), "内")):
		return true
	}
	return bare && containsAny(r.words(from, to), "或者", "影响", "区间", "范围")
}

// levels are units in which things are measured that nobody counts.
var levels = map[string]bool{"米": true, "厘米": true, "毫米": true, "公里/小时": true, "千米/小时": true, "小时": true, "度": true, "℃": true, "立方米/秒": true, "分": true, "成": true}

// pastWithin reports a date before the document's year in [from, to).
func (r *reader) pastWithin(from, to int) bool {
	for k := r.dateFrom(from); k < len(r.dates) && r.dates[k].From < to; k++ {
		if r.past(r.dates[k]) {
			return true
		}
	}
	return false
}
