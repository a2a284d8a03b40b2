package plan

import (
	"fmt"
	"sort"
	"strings"

	"luoshi/document"
)

// stepWords are in a heading whose items are the stages of the plan, dated or not.
var stepWords = []string{"步骤", "阶段", "进度"}

// scheduleWords are in a heading whose dated items are the stages of the plan.
var scheduleWords = []string{"安排", "时间", "日程", "进程", "时序", "步骤", "阶段", "进度", "程序"}

// readPhases finds the stages of the plan: items under a heading of steps, items
// called 阶段 with a date, and paragraphs that begin with 第一阶段.
func (r *reader) readPhases() {
	r.stages = r.stageParagraphs()
	stages := r.stages
	next := 0
	for k, h := range r.items {
		for len(stages) > 0 && stages[0].Start < h.From {
			r.addStage(k-1, stages[0])
			stages = stages[1:]
		}
		for next < len(r.dates) && r.dates[next].From < h.TitleAt.Start {
			next++
		}
		r.addPhase(k, next)
	}
	for _, p := range stages {
		r.addStage(len(r.items)-1, p)
	}
}

// stageParagraphs are the unnumbered paragraphs that begin with 第一阶段 or 第一步.
func (r *reader) stageParagraphs() []document.Range {
	var out []document.Range
	for _, p := range r.view.Paragraphs {
		if !r.view.InTable(p.Start) && (document.StageCounter(r.view.Runes[p.Start:p.End]) > 0 || r.namesStage(p)) {
			out = append(out, p)
		}
	}
	return out
}

// namesStage reports an unnumbered paragraph that begins with the name of a stage
// and its days in brackets: 部署阶段（2007年3月中旬）：…
func (r *reader) namesStage(p document.Range) bool {
	for _, h := range r.headAt(p.Start) {
		if h.From == p.Start {
			return false
		}
	}
	for i := p.Start + 2; i < min(p.End, p.Start+longestPhase); i++ {
		if r.rune(i) == '(' && r.ends(i, "阶段") && r.view.Closing(i) > 0 {
			return r.holdsDate(i, r.view.Closing(i), r.dateFrom(i))
		}
		if c := r.rune(i); c < 0x3400 && c != '、' {
			return false
		}
	}
	return false
}

// addPhase adds the item if it is a stage; next is the first date not before its title.
func (r *reader) addPhase(k, next int) {
	h := r.items[k]
	if end := r.blankDate(h.TitleAt); end > h.TitleAt.Start {
		r.putPhase(k, r.phaseName(h.TitleAt, next), -1, h.TitleAt)
		return
	}
	above := ""
	if h.Parent > 0 {
		up := r.items[h.Parent-1]
		above = r.words(up.TitleAt.Start, up.TitleAt.End)
	}
	date := r.phaseDate(h, next)
	name := r.phaseName(h.TitleAt, next)
	short := len([]rune(name)) <= longestPhase
	if date >= 0 && r.dates[date].From == h.TitleAt.Start && r.dates[date].Edge == document.Before {
		short = false // 4月16日前，组织检查 is a duty with a due time
	}
	switch {
	case short && strings.HasSuffix(fold(name), "阶段"):
	case date >= 0 && short && strings.Contains(r.words(h.TitleAt.Start, h.TitleAt.End), "阶段"):
	case date >= 0 && short && (containsAny(above, scheduleWords...) || strings.Contains(above, "分") && strings.Contains(above, "步")):
	case containsAny(above, stepWords...) && short && !r.isStage[h.Parent] && !r.staged(h.Parent) && !r.hasChildren(k):
	default:
		return
	}
	r.putPhase(k, name, date, h.TitleAt)
}

// blankDate is where the bracket opens in which a stage's days are still to be
// filled in, （ 月 日— 月 日）, or 0.
func (r *reader) blankDate(title document.Range) int {
	for i := title.Start; i < title.End; i++ {
		if end := r.view.Closing(i); r.rune(i) == '(' && end > 0 && end <= title.End && strings.ContainsRune(r.words(i, end), '月') &&
			strings.Trim(r.words(i+1, end), "年月日至到-~ _") == "" {
			return i
		}
	}
	return 0
}

// longestPhase is the longest name of a stage in runes; longer words are a sentence.
const longestPhase = 20

// staged reports an item whose stages are paragraphs of their own, so that its
// numbered points are steps within them.
func (r *reader) staged(parent int) bool {
	h := r.items[parent-1]
	end := len(r.view.Runes)
	for k := parent; k < len(r.items); k++ {
		if r.items[k].Level <= h.Level {
			end = r.items[k].From
			break
		}
	}
	k := sort.Search(len(r.stages), func(k int) bool { return r.stages[k].Start >= h.From })
	return k < len(r.stages) && r.stages[k].Start < end
}

// addStage adds an unnumbered paragraph as a stage where it is dated or stands
// under a heading of steps.
func (r *reader) addStage(k int, p document.Range) {
	next := r.dateFrom(p.Start)
	end := p.Start
	for end < p.End && r.rune(end) != '。' && r.rune(end) != ';' {
		end++
	}
	title := document.Range{Start: p.Start, End: end}
	date := -1
	if next < len(r.dates) && r.dates[next].From <= min(end+2, p.Start+30) {
		date = next
	}
	if date < 0 && (k < 0 || !containsAny(r.items[k].Title, stepWords...)) {
		return
	}
	name := r.phaseName(title, next)
	if len([]rune(name)) > 30 {
		return
	}
	r.putPhase(k, name, date, title)
}

// phaseDate gives the index of the date that a heading bears, in its title or
// right behind it, or -1.
func (r *reader) phaseDate(h document.Heading, next int) int {
	if next >= len(r.dates) {
		return -1
	}
	d := r.dates[next]
	if d.From < h.TitleAt.End {
		return next
	}
	if d.From >= h.To || d.From-h.TitleAt.End > 12 {
		return -1
	}
	between := strings.Trim(r.words(h.TitleAt.End, d.From), ":。,;(\n从自时间安排为在工作")
	if between == "" {
		return next
	}
	return -1
}

// phaseName is the title without a counter, without a bracket that holds a date,
// and without a date before it.
func (r *reader) phaseName(title document.Range, next int) string {
	from, to := title.Start, title.End
	if n := document.StageCounter(r.view.Runes[from:to]); n > 0 {
		rest := from + n
		if end := r.view.Closing(rest); r.rune(rest) == '(' && end > 0 && end+1 < to && r.holdsDate(rest, end, next) {
			rest = end + 1 // 第一阶段(3月):动员
		}
		for rest < to && strings.ContainsRune(":、,为是 ", r.rune(rest)) {
			rest++
		}
		if rest < to && r.rune(rest) != '(' {
			from = rest
		}
	}
	if next < len(r.dates) && r.dates[next].From == from && r.dates[next].To < to {
		from = r.dates[next].To
		for from < to && strings.ContainsRune(":、,为是 ", r.rune(from)) {
			from++
		}
	}
	for i := from; i < to; i++ {
		c := r.rune(i)
		if c == ':' || c == ',' && i-from >= 4 && next < len(r.dates) && r.dates[next].From == i+1 {
			to = i
		}
		if end := r.view.Closing(i); c == '(' && end > 0 && r.holdsDate(i, end, next) && i > from {
			to = i
		}
	}
	return r.view.Words(from, to)
}

func (r *reader) holdsDate(from, to, next int) bool {
	blank := strings.Trim(r.words(from+1, to), "年月日至到-~ _") == ""
	return blank || next < len(r.dates) && r.dates[next].From > from && r.dates[next].From < to
}

func (r *reader) putPhase(k int, name string, date int, title document.Range) {
	if name == "" {
		return
	}
	if k >= 0 && title == r.items[k].TitleAt {
		r.isStage[r.items[k].Ordinal] = true
	}
	p := ReadPhase{Name: name, Span: r.view.Span(title.Start, title.End)}
	_, p.Node = r.item(k)
	if date >= 0 {
		r.used[date] = true
		p.Start, p.End = r.phaseRun(date, &p.Doubts)
		if p.Start != nil && p.End != nil && k >= 0 && title == r.items[k].TitleAt {
			r.stageDays[p.Node] = stageDays{firstDay(p.Start), lastDay(p.End)}
		}
	}
	p.Doubts.settle()
	r.out.Phases = append(r.out.Phases, p)
}

// phaseRun gives the first and last month or day of a stage; an open end is null.
func (r *reader) phaseRun(k int, doubts *Doubts) (start, end *string) {
	d := r.dates[k]
	year := r.contextYear(k)
	if !d.Said() {
		if year == 0 {
			return nil, nil
		}
		if !r.dated || year != r.year {
			doubts.flag("year_inferred")
		}
		doubts.derive("start", "year_from_context")
	}
	first, last := dayOrMonth(d, year, false), dayOrMonth(d, year, true)
	switch {
	case d.Open:
		return first, nil
	case d.Until != nil:
		return first, dayOrMonth(*d.Until, year, true)
	case d.Edge == document.Since:
		return first, nil
	case d.Edge == document.Before || d.End || r.ends(d.From, "至", "到"):
		return nil, last
	}
	return first, last
}

// dayOrMonth writes a date as precisely as it was said.
func dayOrMonth(d document.Date, year int, last bool) *string {
	y, m, day := d.YearIn(year), d.Months[0], d.Days[0]
	if last {
		m, day = d.Months[1], d.Days[1]
	}
	if m == 0 {
		m = 1
		if last {
			m = 12
		}
	}
	s := fmt.Sprintf("%04d-%02d", y, m)
	if day > 0 {
		full := d.First(year)
		if last {
			full = d.Last(year)
		}
		if full == "" {
			return nil
		}
		s = string(full)
	}
	return &s
}
