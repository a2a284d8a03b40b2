package plan

import (
	"strings"
)

// intervals are the ways of saying that a duty comes round, the longer first.
var intervals = []string{"每半年", "每季度末", "每季度", "每季", "每学期", "每学年", "每年度", "每年", "每个月", "每月", "每旬", "每周", "每日", "每天", "每小时", "每个工作日", "按季度", "按季", "按月", "按年", "按周", "按旬", "按日", "逐月", "逐季", "逐周", "季度末", "定期"}

// rounds are what is done once a day, week, month, season or year: 月调度, 季通报.
var rounds = []string{"调度", "通报", "报告", "报送", "小结", "碰头", "会商", "考核", "评估", "督查", "例会", "汇总", "晾晒", "研判", "总结", "点评", "排名", "检查", "巡查", "报"}

// readRecurring finds duties that come round, each clause once.
func (r *reader) readRecurring() {
	holders := r.holders()
	dates := r.dates
	for i := 0; i < len(r.view.Runes); i++ {
		n := r.intervalAt(i)
		if n == 0 {
			continue
		}
		for len(dates) > 0 && dates[0].To <= i {
			dates = dates[1:]
		}
		if len(dates) > 0 && dates[0].From < i || r.background(i) || r.view.InTable(i) && r.cellAt(i) == nil { // 三季度末前 is a date
			continue
		}
		from, to := r.clause(i)
		if containsAny(r.words(from, to), "元") && r.ends(i, "每人", "每名", "每户", "每生", "每位", "县道") {
			continue // a rate that is paid
		}
		end := i + n
		if len(dates) > 0 && dates[0].From <= end && dates[0].To > end {
			end = dates[0].To
		}
		if day := r.dayOfMonth(end); day > end {
			end = day
		}
		to = max(to, end)
		span, words := r.quote(from, to, i, end)
		p := ReadRecurring{Quote: words, Span: span, Period: r.view.Words(i, end)}
		p.Item, p.Node = r.item(holders.at(i))
		if r.starts(i, "定期") {
			p.flag("no_interval")
		}
		p.Doubts.settle()
		r.out.Recurring = append(r.out.Recurring, p)
		i = to
	}
}

// intervalAt is the length of the words at i that name an interval, or 0.
func (r *reader) intervalAt(i int) int {
	switch r.rune(i) {
	case '每', '按', '逐', '季', '定', '日', '周', '旬', '月', '年':
	default:
		return 0
	}
	if r.rune(i) != '每' && r.rune(i) != '按' && r.rune(i) != '逐' && r.rune(i) != '定' && r.roundAt(i) {
		return 1
	}
	if r.view.Lit(i) {
		return 0
	}
	for _, w := range intervals {
		if r.starts(i, w) {
			n := len([]rune(w))
			for r.starts(i+n, "末") || strings.HasSuffix(w, "周") && strings.ContainsRune("一二三四五六日", r.rune(i+n)) && n < 4 {
				n++
			}
			return n
		}
	}
	if r.rune(i) != '每' {
		return 0
	}
	return r.everyFew(i)
}

// everyFew is the length of 每两个月 or 每10天 at i, or 0.
func (r *reader) everyFew(i int) int {
	to := i + 1
	for to < i+4 && strings.ContainsRune("0123456789一二两三四五六十半", r.rune(to)) {
		to++
	}
	if to == i+1 {
		return 0
	}
	for _, w := range []string{"个月", "个工作日", "个季度", "天", "日", "周", "年", "小时", "个小时", "季度"} {
		if r.starts(to, w) {
			return to + len([]rune(w)) - i
		}
	}
	return 0
}

// roundAt reports 月调度 and its like at i, where nothing goes before that makes
// another word of it: 9月通报, 本周检查.
func (r *reader) roundAt(i int) bool {
	switch c := r.rune(i - 1); {
	case c == '“', c == '、', c == ',', c == '行', c == '\n', c == '。', c == ';':
	default:
		return false
	}
	return r.starts(i+1, rounds...)
}

// dayOfMonth passes 25日前 behind 每月.
func (r *reader) dayOfMonth(i int) int {
	start := i
	for c := r.rune(i); c >= '0' && c <= '9' && i-start < 2; c = r.rune(i) {
		i++
	}
	if i == start || r.rune(i) != '日' {
		return start
	}
	i++
	if r.starts(i, "之前", "以前") {
		return i + 2
	}
	if r.starts(i, "前") {
		return i + 1
	}
	return i
}
