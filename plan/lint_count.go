package plan

import (
	"strings"

	"luoshi/document"
)

// lintQuestions turns what the reader of the plan would be asked into advice to its
// author, who can still mend the words.
func (l *linter) lintQuestions() {
	for _, q := range l.out.Questions {
		at := l.sheet.within(q.Span)
		switch q.Kind {
		case "ambiguous_date":
			l.lintDateQuestion(q, at)
		case "vague_bound":
			l.hint("vague_bound", Unclear, at, "“多”“余”没有准数：写“不少于”加数字。")
		case "total_or_yearly":
			l.hint("total_or_yearly", Unclear, at, "写了几个年份、一个数字：写明是几年合计，还是每年都要达到。")
		case "what_counts":
			l.hint("unit_unclear", Unclear, at, "怎样才算“建成”一个，各人理解不同：写明是完工、验收合格，还是投入使用。")
		case "missing_number":
			l.hint("no_number", Unclear, at, "只说“一批”“一系列”，没有数量：写明是多少。")
		case "missing_date":
			l.hint("no_date", Unclear, at, "写了要办的活动，没有写时间：写明哪一天或者哪个月。")
		case "benchmark":
			l.hint("benchmark", Unclear, at, "和别处比，却没有数据：写明和谁比、用哪里哪一年的数据、现在是多少。")
		}
	}
}

// lintDateQuestion says which words about time can be read in two ways.
func (l *linter) lintDateQuestion(q ReadQuestion, at document.Range) {
	words := l.words(at.Start, at.End)
	switch {
	case strings.HasPrefix(words, "今年"), strings.HasPrefix(words, "本年"):
		l.hint("ambiguous_date", Unclear, at, "“今年”要看文件是哪一年的，文件又没有写日期：写明年份。")
	case words == "年前":
		l.hint("ambiguous_date", Unclear, at, "“年前”可以是元旦前，也可以是春节前：写明哪一天以前。")
	case strings.Contains(words, "日"):
		l.hint("ambiguous_date", Unclear, at, "某日“之前”包不包括那一天，说法不一：写成“某日（含当日）以前”。")
	default:
		l.hint("ambiguous_date", Unclear, at, "某月或某年“前”可以是月初，也可以是月底：写成“某月底前”。")
	}
}

// lintCounts looks at how numbers are counted: the measure word, and what a growth
// of so many per cent grows from.
func (l *linter) lintCounts() {
	quantities := l.view.Quantities(l.dates)
	owners := document.NewOwners(l.items)
	body := l.body()
	for _, t := range l.out.Targets {
		l.lintUnit(t)
	}
	for _, q := range quantities {
		if q.From >= body && !l.view.Lit(q.From) && !l.isExempt(owners.At(q.From)) && !l.told(q) {
			l.lintShare(q)
		}
	}
}

// lintUnit looks at measure words that two people count in two ways.
func (l *linter) lintUnit(t ReadTarget) {
	at := l.sheet.within(t.Span)
	words := l.words(at.Start, at.End)
	switch t.Unit {
	case "场", "场次":
		l.hint("unit_unclear", Unclear, at, "一场怎么算没有写：同一地点连着办两场，算一场还是两场，要写明。")
	case "人", "名":
		if containsAny(words, "培训", "参加", "服务", "惠及", "受益", "辅导", "参与", "接待", "轮训") {
			l.hint("unit_unclear", Unclear, at, "是人数还是人次没有写明：同一个人来两次，算一个还是两个，要写明。")
		}
	}
}

// growths stand before a number that is a change and not a level; with 到, 至 or 达
// behind them they lead to a level.
var growths = []string{"提高", "提升", "增长", "增加", "上升", "下降", "降低", "减少", "压减", "压缩", "缩短", "扩大", "增幅", "降幅", "涨"}

// rates are things that are themselves measured in per cent.
var rates = []string{"率", "比例", "占比", "比重", "覆盖面", "满意度"}

// lintShare looks at a change in per cent: of what, and of a thing that is itself a
// share, in per cent or in points.
func (l *linter) lintShare(q document.Quantity) {
	if q.Unit != "%" && q.Unit != "个百分点" || q.HasBase {
		return
	}
	from, to := l.clause(q.From)
	growth := l.growthBefore(from, q.From)
	if growth < 0 {
		return
	}
	at := document.Range{Start: from, End: to}
	if q.Unit == "%" && containsAny(l.words(max(from, growth-8), growth), rates...) {
		l.hint("share_base", Unclear, at, "比率提高“百分之几”和提高“几个百分点”不是一回事：写明从多少提高到多少。")
		return
	}
	start, end := l.view.Sentence(q.From)
	if containsAny(l.words(start, end), "比", "同期", "年均", "每年", "上年", "去年", "基础上", "基数", "由", "从", "基准") {
		return
	}
	l.hint("share_base", Unclear, at, "只写了增减多少，没有写和什么比：写明以哪一年、哪个数为基数。")
}

// growthBefore is where the last word of growth stands right before the number at
// to, with only words of limit between them, or -1.
func (l *linter) growthBefore(from, to int) int {
	end := to
	for moved := true; moved; {
		moved = false
		for _, w := range []string{"不少于", "不低于", "超过", "至少", "约", "了", "幅度", "以上"} {
			if n := len([]rune(w)); end-n >= from && l.ends(end, w) {
				end, moved = end-n, true
			}
		}
	}
	for _, g := range growths {
		if l.ends(end, g) && end-len([]rune(g)) >= from {
			return end - len([]rune(g))
		}
	}
	return -1
}
