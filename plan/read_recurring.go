package plan

// intervals are the ways of saying that a duty comes round, the longer first.
var intervals = []string{"每半年", "每季度末", "每季度", "每季", "每两年", "每年", "每学期", "每个月", "每月", "每周", "每日", "每天", "按季度", "按季", "按月", "按年", "按周", "逐月", "逐季", "季度末", "定期"}

// readRecurring finds duties that come round, each clause once. One with a number
// of times is a target with a period instead.
func (r *reader) readRecurring() {
	holders := r.holders()
	dates, targets := r.dates, r.out.Targets
	for i := 0; i < len(r.view.Runes); i++ {
		c := r.rune(i)
		if c != '每' && c != '按' && c != '逐' && c != '季' && c != '定' {
			continue
		}
		n := r.intervalAt(i)
		if n == 0 || r.view.Lit(i) || r.ends(i, "每人") {
			continue
		}
		from, to := r.clause(i)
		end := i + n
		for len(dates) > 0 && dates[0].To <= i {
			dates = dates[1:]
		}
		if len(dates) > 0 && dates[0].From < i { // 三季度末前 is a date
			continue
		}
		if len(dates) > 0 && dates[0].From <= end && dates[0].To > end {
			end = dates[0].To
		}
		if day := r.dayOfMonth(end); day > end {
			end = day
		}
		if end > to {
			to = end
		}
		span, words := r.quote(from, to, i, end)
		for len(targets) > 0 && targets[0].Span.End() <= span.Start() {
			targets = targets[1:]
		}
		if len(targets) > 0 && targets[0].Period != nil && targets[0].Span.Start() < span.End() {
			i = to
			continue
		}
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

func (r *reader) intervalAt(i int) int {
	for _, w := range intervals {
		if r.starts(i, w) {
			return len([]rune(w))
		}
	}
	return 0
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
