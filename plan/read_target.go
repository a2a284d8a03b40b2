package plan

import (
	"sort"
	"strings"

	"luoshi/document"
)

// readTargets turns the quantities that the plan commits somebody to reach into targets.
func (r *reader) readTargets() {
	var all []document.Quantity
	for _, q := range r.quantities {
		if r.commits(q) {
			all = append(all, q)
			r.committed = q.From
		}
	}
	holders := r.holders()
	next := 0
	for k, q := range all {
		for next < len(r.dues) && r.dues[next].to <= q.From {
			next++
		}
		r.putTarget(all, k, holders.at(q.From), next)
	}
}

// putTarget adds the k-th quantity as a target; next is the first due time behind it.
func (r *reader) putTarget(all []document.Quantity, k, o, next int) {
	q := all[k]
	from, to := r.region(all, k)
	t := ReadTarget{
		Value: Decimal(q.Value), Unit: r.unit(q), Bound: string(q.Bound), Hardness: "hard",
		Indicator: r.indicator(from, to, q),
	}
	t.Item, t.Node = r.item(o)
	t.Span, t.Quote = r.quote(from, to, q.From, q.To)
	if q.Max > 0 {
		high := Decimal(q.Max)
		t.Max = &high
	}
	if q.HasBase {
		low := Decimal(q.Base)
		t.From = &low
	}
	switch {
	case q.Number.Scaled:
		t.derive("value", "wan")
	case q.Number.Han:
		t.derive("value", "han_numeral")
	}
	switch {
	case q.Shared:
		t.derive("unit", "unit_of_list")
	case q.Unit == "%" && r.starts(q.UnitAt.Start, "百分之"):
		t.derive("unit", "percent_words")
	}
	t.derive("indicator", "indicator_from_clause")
	cf, ct := r.clause(q.From)
	if t.Period = r.period(cf, q.From); t.Period == nil && r.starts(q.To, "/") {
		t.Period = perUnit(r.rune(q.To + 1))
	}
	r.dueOfTarget(&t, q, r.ownDue(all, k, next))
	t.Scope = r.scope(cf, q.From)
	t.Aggregate = r.aggregate(q, t, cf, ct)
	t.Direction = r.direction(q, cf)
	if r.soft(cf, q.From) {
		t.Hardness = "soft"
	}
	if q.Number.Vague {
		t.flag("bound_vague")
	}
	if q.Shared {
		t.flag("unit_shared")
	}
	if r.maybeFact(q, t) {
		t.flag("maybe_fact")
	}
	t.Doubts.settle()
	r.out.Targets = append(r.out.Targets, t)
	r.counted = append(r.counted, q)
}

// ownDue is next, or in 到2022年、2025年分别达到60%、90% the index behind the due time
// that belongs to the k-th quantity.
func (r *reader) ownDue(all []document.Quantity, k, next int) int {
	from, to := r.clause(all[k].From)
	if !strings.Contains(r.words(from, all[k].From), "分别") {
		return next
	}
	first, last := k, k
	for first > 0 && all[first-1].From >= from {
		first--
	}
	for last+1 < len(all) && all[last+1].From < to {
		last++
	}
	start, _ := r.view.Sentence(from)
	oldest := next - (last - first + 1)
	if oldest < 0 || r.dues[oldest].from < start || oldest > 0 && r.dues[oldest-1].from >= start {
		return next
	}
	return oldest + k - first + 1
}

// unit is the measure word as the text writes it; 百分之 is %.
func (r *reader) unit(q document.Quantity) string {
	if q.Unit == "%" {
		return q.Unit
	}
	return r.view.Words(q.UnitAt.Start, q.UnitAt.End)
}

// dueOfTarget finds the due time of a target in its sentence: the last one before
// the number, or else the first one behind it.
func (r *reader) dueOfTarget(t *ReadTarget, q document.Quantity, next int) {
	from, to := r.view.Sentence(q.From)
	u := r.rowDue(q.From)
	switch {
	case u != nil:
	case next > 0 && r.dues[next-1].from >= from:
		u = &r.dues[next-1]
	case next < len(r.dues) && r.dues[next].from < to && !r.countedBefore(q, r.dues[next]):
		u = &r.dues[next]
	default:
		return
	}
	day := u.day
	t.Deadline = &day
	t.derive("deadline", "date_of_sentence")
	if u.inferred {
		t.derive("deadline", "year_from_context")
		if r.yearDoubtful(u) {
			t.flag("year_inferred")
		}
	}
}

// countedBefore reports that a due time behind the number has a number of its own:
// 完成12座，2024年底前开工8座.
func (r *reader) countedBefore(q document.Quantity, u due) bool {
	_, own := r.clause(q.From)
	if u.from < own {
		return false
	}
	_, end := r.clause(max(u.to-1, u.from))
	if end <= u.to+1 && r.rune(end) == ',' {
		_, end = r.clause(end + 1)
	}
	return r.counts(u.to, end)
}

// region is the part of the clause that is about the k-th quantity: between the
// signs that part it from the quantities before and behind.
func (r *reader) region(all []document.Quantity, k int) (from, to int) {
	q := all[k]
	from, to = r.clause(q.From)
	to = max(to, q.To)
	for i := q.From - 1; i >= from; i-- { // a number in a bracket has the bracket to itself
		if end := r.view.Closing(i); r.rune(i) == '(' && end >= q.To {
			from, to = i+1, min(to, end)
		}
	}
	if k > 0 && all[k-1].To > from {
		if i := r.lastPart(all[k-1].To, q.From); i > 0 {
			from = i + 1
		}
	}
	if k+1 < len(all) && all[k+1].From < to {
		for i := q.To; i < all[k+1].From; i++ {
			if isPart(r.rune(i)) {
				to = i
				break
			}
		}
	}
	return r.withoutDuty(from, q.From), to
}

func isPart(c rune) bool { return c == '、' || c == '和' || c == '及' }

func (r *reader) lastPart(from, to int) int {
	for i := to - 1; i >= from; i-- {
		if isPart(r.rune(i)) {
			return i
		}
	}
	return -1
}

// withoutDuty passes a year and 要完成 at the head of a clause, so that the quote
// begins with what is counted.
func (r *reader) withoutDuty(from, to int) int {
	if end := r.dueAt(from); end > from && end < to && r.starts(end, "要完成") {
		return end + 3
	}
	return from
}

// dueAt is the end of the due time that begins at i, or i where none does.
func (r *reader) dueAt(i int) int {
	k := sort.Search(len(r.dues), func(k int) bool { return r.dues[k].from >= i })
	if k < len(r.dues) && r.dues[k].from == i {
		return r.dues[k].to
	}
	return i
}

// boundWords stand around the number and say nothing about what is counted.
var boundWords = []string{"不得少于", "不得低于", "不得超过", "不少于", "不低于", "不超过", "不高于", "不小于", "控制在", "至少", "超过", "突破", "达到", "大约", "最多", "≥", "≤", "≧", "≦", ">", "<", "近", "均", "达", "约", "分别", "为", "到", "至", "超", "要", "各"}

// indicator names what is counted: the words around the number without the date,
// the duty and the words of limit.
func (r *reader) indicator(from, to int, q document.Quantity) string {
	start := from
	for moved := true; moved; {
		moved = false
		if end := r.dueAt(start); end > start && end <= q.From {
			start, moved = end, true
		}
		if k := r.dateFrom(start); k < len(r.dates) && r.dates[k].From == start && r.dates[k].To < q.From {
			start, moved = r.dates[k].To, true
		}
		for _, w := range []string{"、", "至少", "力争", "争取", "确保", "要", "其中", ",", "于", "全市", "全省", "全县", "全区"} {
			if n := len([]rune(w)); start+n <= q.From && r.starts(start, w) {
				start, moved = start+n, true
				break
			}
		}
	}
	end := q.From
	if q.HasBase && q.BaseAt > start {
		end = q.BaseAt - 1 // without 由 or 从
	}
	for moved := true; moved; {
		moved = false
		for _, w := range boundWords {
			if n := len([]rune(w)); end-n >= start && r.ends(end, w) {
				end, moved = end-n, true
				break
			}
		}
	}
	start = max(start, end-40)
	rest := min(to, q.To+30)
	behind := q.To
	if r.starts(behind, "/") && perUnit(r.rune(behind+1)) != nil {
		behind += 2 // 2次/年
	}
	name := r.view.Words(start, max(start, end)) + strings.TrimPrefix(r.view.Words(min(behind, rest), rest), "的")
	if cell := r.cellAt(q.From); name == "" && cell != nil { // the row says of what
		return r.items[cell.items[0]].Title
	}
	if n := len(r.out.Targets); name == "" && n > 0 { // 60%、75%、90% of one thing
		return r.out.Targets[n-1].Indicator
	}
	return name
}

// period names the interval of a quota that repeats, or nil.
func (r *reader) period(from, to int) *string {
	words := r.words(from, to)
	for _, p := range []struct{ word, period string }{
		{"每半年", "half_year"}, {"每季度", "quarter"}, {"每季", "quarter"}, {"每两年", "two_years"}, {"每三年", "three_years"},
		{"每年", "year"}, {"年均", "year"}, {"每学年", "year"}, {"每月", "month"}, {"每个月", "month"}, {"月均", "month"},
		{"每周", "week"}, {"每天", "day"}, {"每日", "day"}, {"每学期", "term"},
	} {
		if strings.Contains(words, p.word) {
			period := p.period
			return &period
		}
	}
	return nil
}

// perUnit names the interval in 2次/年, or nil.
func perUnit(c rune) *string {
	for _, p := range []struct {
		sign   rune
		period string
	}{{'年', "year"}, {'季', "quarter"}, {'月', "month"}, {'周', "week"}} {
		if c == p.sign {
			return &p.period
		}
	}
	return nil
}

// aggregate tells how reports of the target add up: events and amounts are
// summed, persons and households counted once each, shares and states are as of a day.
func (r *reader) aggregate(q document.Quantity, t ReadTarget, from, to int) string {
	words := r.words(from, to)
	if strings.HasSuffix(fold(t.Scope), "各") {
		return "once"
	}
	if strings.HasPrefix(fold(t.Scope), "每") {
		if startsWithAny(fold(t.Scope), "每十", "每百", "每千", "每万") {
			return "snapshot"
		}
		return "once"
	}
	if containsAny(words, "人均", "户均", "村均", "亩均", "平均", "半径", "密度") {
		return "snapshot"
	}
	switch q.Unit {
	case "%", "‰", "个百分点", "分", "倍":
		return "snapshot"
	case "个工作日", "工作日", "天", "日", "小时", "分钟", "个月", "年":
		if t.Period != nil {
			return "sum"
		}
		return "snapshot"
	case "人", "名", "户", "位":
		return "distinct"
	case "场", "场次", "次", "册", "人次", "期", "件", "元", "批", "车次", "班次", "篇", "份":
		return "sum"
	}
	if containsAny(words, "建成", "达到", "建有", "拥有", "保有", "安装", "覆盖") {
		return "snapshot"
	}
	return "sum"
}
