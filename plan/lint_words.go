package plan

import (
	"slices"
	"strings"

	"luoshi/document"
)

// softWords are what a duty is watered down with, each kind with its own advice.
var (
	effortWords  = []string{"力争", "争取", "尽可能", "尽量", "力所能及", "原则上", "努力做到", "努力实现", "努力完成", "努力建成", "努力达到"}
	seekingWords = []string{"积极探索", "探索建立", "探索开展", "探索推进", "探索推行", "探索形成", "探索", "研究制定", "研究出台", "研究建立", "研究推进", "研究推动", "研究解决", "研究提出", "研究编制", "研究完善", "研究设立", "深入研究", "研究谋划"}
	vagueTimes   = []string{"适时", "逐步", "逐渐", "择机", "条件成熟时", "待条件成熟", "视情况", "视情"}
	soonWords    = []string{"近期", "尽快", "尽早", "早日", "短期内"}
	// notSoft are words that only look like those above.
	notSoft = []string{"探索者", "探索性", "近期目标", "近期规划", "近期建设"}
)

// lintWords looks at single words: duties that are watered down, times that are
// none, and sentences that nobody could check.
func (l *linter) lintWords() {
	owners := document.NewOwners(l.items)
	for i := l.body(); i < len(l.view.Runes); i++ {
		if l.view.Lit(i) || l.starts(i, notSoft...) {
			continue
		}
		for _, w := range l.softAt(i) {
			if l.isExempt(owners.At(i)) {
				break
			}
			_, to := l.clause(i)
			l.sayIfSoft(w, document.Range{Start: i, End: to})
			i += len([]rune(w)) - 1
		}
	}
	l.lintUnmeasurable()
}

// softAt gives the watered-down word that stands at i, if one does.
func (l *linter) softAt(i int) []string {
	switch l.rune(i) {
	case '力', '争', '尽', '原', '努', '积', '探', '研', '深', '适', '逐', '择', '条', '待', '视', '近', '早', '短', '日', '不':
	default:
		return nil
	}
	for _, list := range [][]string{effortWords, seekingWords, vagueTimes, soonWords} {
		for _, w := range list {
			if l.starts(i, w) {
				return []string{w}
			}
		}
	}
	return nil
}

// sayIfSoft gives the advice for a watered-down word, unless its sentence mends it
// by a day: 研究制定办法，6月底前出台.
func (l *linter) sayIfSoft(w string, at document.Range) {
	timed := l.timed(at.Start)
	switch {
	case w == "争取" && containsAny(l.words(at.Start, at.End), "支持", "资金", "配合", "政策", "项目", "上级"): // to apply for something
	case slices.Contains(effortWords, w):
		l.hint("soft", Wording, at, "留了余地：做得到就把这个词删去；没有把握的，写明取决于什么、哪一天定下来。")
	case slices.Contains(seekingWords, w) && !timed:
		l.hint("soft", Wording, at, "只说去探索、研究，没有结果：写明哪一天拿出什么（办法、试点、报告）。")
	case slices.Contains(vagueTimes, w) && !timed:
		l.hint("soft", Wording, at, "只说适时、逐步，没有时间：写明分几步、每一步到哪一天。")
	case slices.Contains(soonWords, w) && !timed:
		l.hint("ambiguous_date", Unclear, at, "近期、尽快不是日期：写明哪一天以前。")
	}
}

// boosters before growth verbs make a promise that cannot be kept or broken.
var (
	boosters    = []string{"进一步", "大力", "不断", "持续", "切实", "着力", "全面", "深入", "积极", "扎实", "有效", "显著", "明显", "充分", "大幅", "稳步"}
	growthVerbs = []string{"加强", "推进", "提升", "提高", "增强", "完善", "优化", "改善", "强化", "深化", "扩大", "拓展", "健全", "发挥", "营造", "推动", "促进", "改进", "释放", "满足", "加大", "做好", "抓好", "规范", "实施", "推行", "推广"}
)

// lintUnmeasurable looks for sentences that only promise more of something and hold
// nothing to be counted or dated. It does not invent an indicator for them.
func (l *linter) lintUnmeasurable() {
	owners := document.NewOwners(l.items)
	for i := l.body(); i < len(l.view.Runes); i++ {
		n := l.boosterAt(i)
		if n == 0 || l.view.Lit(i) {
			continue
		}
		from, to := l.view.Sentence(i)
		k := owners.At(i)
		if !l.isExempt(k) && !l.titleOfMany(k, i) && !l.countable(from, to) {
			_, end := l.clause(i)
			l.hint("unmeasurable", Wording, document.Range{Start: i, End: end}, "这句话没有可以数、可以查的东西，办没办成没人说得清：补上做什么、做多少、到哪一天，或者作为要求移到“总体要求”里。")
		}
		i = max(i, to-1)
	}
}

// boosterAt gives the length of a booster with its verb at i, or 0.
func (l *linter) boosterAt(i int) int {
	for _, b := range boosters {
		if !l.starts(i, b) {
			continue
		}
		n := len([]rune(b))
		for _, v := range growthVerbs {
			end := i + n + len([]rune(v))
			if l.starts(i+n, v) && l.rune(end) >= 0x3400 { // 时限:持续推进 is an answer, no promise
				return end - i
			}
		}
	}
	return 0
}

// titleOfMany reports that i stands in the title of a node that says more: what
// the title promises is told below it.
func (l *linter) titleOfMany(k, i int) bool {
	if k < 0 || i >= l.items[k].TitleAt.End {
		return false
	}
	below := k+1 < len(l.items) && l.items[k+1].Parent == l.items[k].Ordinal
	return below || strings.Trim(l.words(l.items[k].TitleAt.End, l.items[k].To), "。\n ") != ""
}

// countable reports a number, a day, an interval, or a thing that is there or not
// in the words [from, to).
func (l *linter) countable(from, to int) bool {
	words := l.words(from, to)
	if strings.ContainsAny(words, "0123456789%") {
		return true
	}
	if k := l.dateFrom(from); k < len(l.dates) && l.dates[k].From < to {
		return true
	}
	for i := from; i < to; i++ {
		if l.intervalAt(i) > 0 {
			return true
		}
	}
	return containsAny(words, "制定", "出台", "印发", "编制", "建成", "新建", "建立", "启动", "举办", "召开", "完成", "报送", "公布", "公开", "发布", "开放", "设立", "成立", "开通", "取消", "全覆盖", "责任制", "名单", "清单", "台账", "《")
}
