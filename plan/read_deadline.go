package plan

import (
	"sort"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
)

// due is a date by which something must be done.
type due struct {
	date     int // in reader.dates, or -1 for a span of years
	from, to int // its words
	day      string
	inferred bool // the year is the document's
}

// readDeadlines finds the due times of duties. Dates of issue, of cited documents
// and of what has been are none, nor are stages, starts and what comes round.
func (r *reader) readDeadlines() {
	holders := r.holders()
	spans := r.yearSpans()
	for k, d := range r.dates {
		for len(spans) > 0 && spans[0].from < d.From {
			r.dues = append(r.dues, spans[0])
			r.putDeadline(spans[0], holders.at(spans[0].from))
			spans = spans[1:]
		}
		if r.used[k] || !r.isDue(k) {
			continue
		}
		year := r.contextYear(k)
		if !d.Said() && year == 0 {
			continue
		}
		day := string(d.Last(year))
		if d.Until != nil {
			day = string(d.Until.Last(year))
		}
		if day == "" {
			if d.Days[1] > 28 { // 2月30日
				r.noDays = append(r.noDays, k)
			}
			continue
		}
		u := due{date: k, from: r.dueFrom(k), to: d.To, day: day, inferred: !d.Said()}
		r.dues = append(r.dues, u)
		r.putDeadline(u, holders.at(d.From))
		if cell := r.cellAt(d.From); cell != nil {
			for _, item := range cell.items[1:] { // a day merged over several rows
				r.dues = append(r.dues, u)
				r.putDeadline(u, item)
			}
		}
	}
	for _, u := range spans {
		r.dues = append(r.dues, u)
		r.putDeadline(u, holders.at(u.from))
	}
}

func (r *reader) putDeadline(u due, k int) {
	from, to := r.clause(u.from)
	if _, end := r.clause(max(u.to-1, u.from)); end > to {
		to = end
	}
	if r.rune(from-1) == ':' { // 时限要求:6月底 says more with its label
		for back := 1; back < 8 && r.rune(from-2) > 0x3400; back++ {
			from--
		}
		from--
	}
	if to <= u.to+1 && r.rune(to) == ',' { // 到2025年底, the duty follows
		_, to = r.clause(to + 1)
	}
	d := ReadDeadline{Date: u.day, Hardness: "hard"}
	d.Item, d.Node = r.item(k)
	d.Span, d.Quote = r.quote(from, to, u.from, u.to)
	var date document.Date
	if u.date >= 0 {
		date = r.dates[u.date]
	}
	switch {
	case u.date < 0:
		d.flag("span_of_years")
		d.derive("date", "end_of_span")
	case u.inferred:
		if r.yearDoubtful(&u) {
			d.flag("year_inferred")
		}
		d.derive("date", "year_from_context")
	case date.YearOnly():
		d.derive("date", "year_end")
	case date.Festival != calendar.NoFestival:
		d.derive("date", "day_before_festival")
	case date.Days[1] == 0:
		d.derive("date", "month_end")
	default:
		d.derive("date", "day_as_written")
	}
	if u.date >= 0 && date.Edge == document.On && !date.End && !r.ends(u.from, "到", "至", "于", "在", ":") && !r.view.InTable(u.from) {
		d.flag("date_loose")
	}
	if u.date >= 0 && r.isBareYearEnd(date) {
		d.flag("date_ambiguous")
	}
	if r.soft(from, to) {
		d.Hardness = "soft"
	}
	d.Doubts.settle()
	r.out.Deadlines = append(r.out.Deadlines, d)
}

// isBareYearEnd reports 年前 alone, which may mean the new year of either calendar.
func (r *reader) isBareYearEnd(d document.Date) bool {
	return d.Edge == document.Before && d.YearOnly() && !d.Said() && !d.Relative
}

// longestList is the most dates in a row that are taken for one list.
const longestList = 12

// dueFrom is where the list of dates begins that the date stands in: 2011年和2012年.
func (r *reader) dueFrom(k int) int {
	for n := 0; k > 0 && n < longestList && r.linked(k-1); n++ {
		k--
	}
	return r.dates[k].From
}

// linked reports a date that stands in a list with the next one.
func (r *reader) linked(k int) bool {
	if k+1 >= len(r.dates) {
		return false
	}
	d, next := r.dates[k], r.dates[k+1]
	c := r.rune(d.To)
	return next.From == d.To+1 && (c == '、' || c == '和' || c == '及')
}

// joined reports a bare year that makes one time with the next date: 2011年 in
// 2011年和2012年, unless 分别 takes them one by one.
func (r *reader) joined(k int) bool {
	if !r.linked(k) {
		return false
	}
	d, next := r.dates[k], r.dates[k+1]
	return d.YearOnly() && d.Said() && d.Edge == document.On && d.Until == nil &&
		next.YearOnly() && next.Said() && !strings.Contains(r.words(d.From-4, d.To+60), "分别")
}

// isDue tells whether a date is the due time of a duty.
func (r *reader) isDue(k int) bool {
	d := r.dates[k]
	if r.view.InTable(d.From) {
		return r.dueInCell(k)
	}
	if r.view.Lit(d.Core-1) && d.Festival == calendar.NoFestival || r.alone(d) || d.Edge == document.Since || d.Edge == document.Eve || d.Open || r.joined(k) {
		return false
	}
	if d.Until != nil && !(d.YearOnly() && r.beginsClause(d.From) && r.leadsDuty(d)) {
		return false
	}
	if r.onPage(d.From) {
		return false
	}
	if d.Shift < 0 || d.YearOnly() && r.starts(d.From, "当年", "次年") && d.Edge == document.On {
		return false
	}
	if r.past(d) || r.ends(d.From, "起至", "起到") || r.ends(d.From, "每", "每年", "每月", "每季度", "自", "从", "有效期至", "最长至") || r.ends(d.From, "截至", "截止") && d.Edge != document.Before || d.Run && d.Edge == document.On {
		return false
	}
	if r.ends(d.From, "截止时间为", "截止日期为", "截止时间:", "截止日期:") {
		return true
	}
	if r.ends(d.From, "时限:", "时限要求:") && r.starts(d.From, "全年") {
		return true
	}
	if r.ends(d.From, "时限要求:", "时限:", "期限:", "时间:", "节点:", "时间要求:", "进度要求:") {
		return d.Months[0] > 0 || d.End || d.Edge != document.On
	}
	switch d.Edge {
	case document.Before, document.Until, document.Within:
		return !r.starts(d.To, "的", "年度", "建成的", "已", "出生", "取得", "注册", "登记")
	}
	if d.Months[0] == 0 && !d.End {
		if _, to := r.clause(d.To); containsAny(r.words(d.To, to), "安排") && containsAny(r.words(d.To, to), "万元", "亿元") {
			return false // the money of a year has no due day
		}
		return r.yearIsDue(k) || r.linked(k) && r.listed(k)
	}
	if r.cited(d) || d.Days[0] > 0 && d.Said() && r.rune(d.To) == '(' {
		return false
	}
	if d.End || r.ends(d.From, "到", "至") {
		return true
	}
	if from := r.dueFrom(k); r.ends(from, "于", "在", "力争", "争取", "计划", "确保", "拟", "将") && !r.starts(d.To, "的") {
		return true
	}
	if r.starts(d.To, outcomes...) {
		return true
	}
	if r.linked(k) {
		return r.listed(k) || r.isDue(k+1)
	}
	return r.beginsClause(r.dueFrom(k)) && (r.rune(d.To) == ',' && (d.Days[0] == 0 || d.Days[0] != d.Days[1]) || r.leadsDuty(d))
}

// listed reports a date that shares the word of a later one: 6月10日、10月10日前.
func (r *reader) listed(k int) bool {
	for n := 0; n < longestList && r.linked(k); n++ {
		k++
	}
	return r.dates[k].Edge == document.Before || r.dates[k].YearOnly() && r.yearIsDue(k)
}

// yearIsDue tells whether a year without a word of time sets a due time: 到2025年,
// or at the head of a clause with a duty behind it.
func (r *reader) yearIsDue(k int) bool {
	d, from := r.dates[k], r.dueFrom(k)
	if !d.Said() && !d.Relative { // 全年 is no due time
		return false
	}
	if d.Said() && r.ends(d.From, "、", "其中") && r.countAt(d.To) {
		return true // 2010年三个、2011年两个
	}
	if r.ends(from, "到", "至") && (!r.starts(d.To, "的") || r.countAt(d.To+1)) || d.Said() && r.starts(d.To, outcomes...) {
		return true
	}
	if d.Relative {
		_, to := r.clause(d.To)
		words := r.words(d.To, to)
		return r.beginsClause(from) && (containsAny(words, "完成", "建成", "实现") || r.counts(d.To, to))
	}
	return r.beginsClause(from) && (r.rune(d.To) == ',' || r.leadsDuty(d))
}

// countAt reports that a quantity begins at i.
func (r *reader) countAt(i int) bool {
	k := sort.Search(len(r.quantities), func(k int) bool { return r.quantities[k].From >= i })
	return k < len(r.quantities) && r.quantities[k].From == i
}

// counts reports that a quantity stands in [from, to).
func (r *reader) counts(from, to int) bool {
	k := sort.Search(len(r.quantities), func(k int) bool { return r.quantities[k].From >= from })
	return k < len(r.quantities) && r.quantities[k].From < to
}

// beginsClause reports that i stands at the head of a clause.
func (r *reader) beginsClause(i int) bool {
	switch r.rune(i - 1) {
	case '\n', '。', ';', ',', ':', '!', '?':
		return true
	}
	for _, h := range r.headAt(i) {
		if h.TitleAt.Start == i {
			return true
		}
	}
	return r.ends(i, "力争", "争取", "确保", "计划", "其中", "力争在", "争取在")
}

// outcomes are verbs of what has come about by a date: 二期明年11月建成.
var outcomes = []string{"建成", "完成", "达到", "投用", "投入使用", "竣工", "扩大到", "扩大至", "提高到", "提升到", "提高至", "提升至", "降到", "降至", "不低于", "不少于", "实现", "形成", "全面建成", "全部完成", "基本完成", "基本建成", "前完成"}

// numbered reports a figure in [from, to).
func (r *reader) numbered(from, to int) bool {
	for i := from; i < to; i++ {
		if c := r.rune(i); c >= '0' && c <= '9' && !r.view.Lit(i) {
			return true
		}
	}
	return false
}

// duties are verbs that a date leads over to.
var duties = []string{"要", "应", "须", "需", "拟", "力争", "争取", "确保", "计划", "完成", "实现", "建成", "达到", "达", "新建", "新增", "启动", "推动", "推进", "支持", "培训", "改造",
	"培育", "打造", "开展", "组织", "举办", "召开", "制定", "出台", "编制", "建立", "建设", "全面完成", "基本完成", "全面建成", "基本建成", "基本实现", "全面实现", "不少于", "不低于", "至少", "各", "分别", "进行", "形成", "出台", "报送", "承办", "接受", "迎接", "申报", "印发", "公布", "总结", "评选", "发放", "全面", "开工", "竣工", "投入", "投用"}

// leadsDuty reports that a duty follows the date at once, or a number in its
// clause that is to be reached: 2011年全市办班……2000名.
func (r *reader) leadsDuty(d document.Date) bool {
	if r.starts(d.To, duties...) && !r.starts(d.To, "要点", "要求", "应急", "需求", "计划的", "计划》", "建设工作", "推进工作") {
		return true
	}
	_, to := r.clause(d.To)
	if containsAny(r.words(d.To, to), "已", "共有", "现有", "以来") {
		return false
	}
	return r.numbered(d.To, to)
}

// past reports a date before the document's year: it tells what has been.
func (r *reader) past(d document.Date) bool {
	if d.Said() && d.Year < r.year {
		return true
	}
	return r.issued != "" && d.Edge == document.On && d.Until == nil && (d.Said() || d.Relative) && d.Months[0] > 0 && d.Last(r.issued.Time().Year()) < r.issued
}

// cited reports a date within a bracket that cites or dates a document.
func (r *reader) cited(d document.Date) bool {
	return r.rune(d.From-1) == '(' && (r.rune(d.To) == ')' || r.starts(d.To, "修订", "印发", "发布", "施行"))
}

// noEffort is striving for money or support, which is a duty of its own.
var noEffort = leavingOut([]string{"争取资金", "争取上级", "争取中央", "争取省", "争取项目", "争取国家"})

// soft reports words that promise an effort, not a result, in [from, to).
func (r *reader) soft(from, to int) bool {
	return containsAny(noEffort.Replace(r.words(from, to)), "力争", "争取", "尽可能", "尽量", "努力", "原则上", "鼓励", "有条件的")
}

// settle makes an empty list of flags one that JSON writes as [].
func (d *Doubts) settle() {
	if d.Flags == nil {
		d.Flags = []string{}
	}
}
