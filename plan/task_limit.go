package plan

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
)

// said is what one row promises.
type said struct {
	targets   []ReadTarget
	deadlines []ReadDeadline
	recurring []ReadRecurring
	phases    []ReadPhase

	targetIDs    []id.Target    // of targets, where they are those of a draft
	milestoneIDs []id.Milestone // of deadlines
}

// targetAim and milestoneAim say which promise of a draft a line is.
func (s said) targetAim(k int) (a aim) {
	if k < len(s.targetIDs) {
		a.targets = s.targetIDs[k : k+1]
	}
	return a
}

func (s said) milestoneAim(k int) (a aim) {
	if k < len(s.milestoneIDs) {
		a.milestones = s.milestoneIDs[k : k+1]
	}
	return a
}

// Due is a day on which something of a row is due.
type Due struct {
	Day   calendar.Day // included
	Soft  bool         // 力争, 争取: nothing that is due then is promised outright
	Words []string     // what is due, each once
}

// promise fills in the targets and limits of a row.
func (b *tabling) promise(t *Task, s said) {
	for _, x := range s.targets {
		t.owe(x.Deadline, x.Hardness, targetWords(x))
	}
	for _, d := range s.deadlines {
		words := d.Quote
		if served(s.targets, d) || timeLabel.MatchString(words) {
			words = ""
		}
		t.owe(&d.Date, d.Hardness, words)
	}
	slices.SortFunc(t.Dues, func(a, b Due) int { return strings.Compare(string(a.Day), string(b.Day)) })
	for k, x := range s.targets {
		words := targetWords(x)
		if len(t.Dues) > 1 && x.Deadline != nil {
			words += untilDay(calendar.Day(*x.Deadline))
		}
		t.aim(words, s.targetAim(k))
	}
	for k, d := range s.deadlines {
		if !served(s.targets, d) && !timeLabel.MatchString(d.Quote) {
			t.aim(d.Quote, s.milestoneAim(k))
		}
	}
	t.limit(s)
}

// owe notes that something is due on a day; the words may be empty.
func (t *Task) owe(day *string, hardness, words string) {
	if day == nil {
		return
	}
	i := slices.IndexFunc(t.Dues, func(d Due) bool { return string(d.Day) == *day })
	if i < 0 {
		i = len(t.Dues)
		t.Dues = append(t.Dues, Due{Day: calendar.Day(*day), Soft: true})
	}
	d := &t.Dues[i]
	d.Soft = d.Soft && hardness == "soft"
	if words != "" && !slices.Contains(d.Words, words) {
		d.Words = append(d.Words, words)
	}
}

// untilDay stands behind a figure where the figures of a row have days of their own.
func untilDay(d calendar.Day) string { return "（" + spoken(d) + "前）" }

func (t *Task) aim(words string, of aim) {
	k := slices.Index(t.Targets, words)
	if k < 0 {
		k = len(t.Targets)
		t.Targets, t.aims = append(t.Targets, words), append(t.aims, aim{})
	}
	t.aims[k].targets = append(t.aims[k].targets, of.targets...)
	t.aims[k].milestones = append(t.aims[k].milestones, of.milestones...)
}

// served reports a due time that only says until when a figure is to be reached.
func served(targets []ReadTarget, d ReadDeadline) bool {
	return slices.ContainsFunc(targets, func(t ReadTarget) bool {
		return t.Deadline != nil && *t.Deadline == d.Date && overlap(t.Span, d.Span)
	})
}

// longestIndicator is the longest name of what is counted, in runes, that reads
// well before a figure; a longer one is a clause and stands as it is in the text.
const longestIndicator = 16

// targetWords are an indicator and its figure, or the document's own phrase where
// the two would say less: a quota that repeats, a change from one figure to another,
// a share of something (80%以上的馆达到二级).
func targetWords(t ReadTarget) string {
	share := t.Unit == "%" && !endsWithAny(t.Indicator, []string{"率", "比", "例", "重", "度"})
	if t.Indicator == "" || t.Unit == "" || t.Period != nil || t.From != nil || share ||
		len([]rune(t.Indicator)) > longestIndicator || strings.ContainsAny(t.Indicator, "0123456789，,") {
		return t.Quote
	}
	words := t.Indicator + " " + Figure(t.Bound, t.Value, t.Max, t.Unit)
	if t.Hardness == "soft" {
		words += "（力争）"
	}
	return words
}

// limit says until when, in the order of stages, days and what comes round.
func (t *Task) limit(s said) {
	add := func(words string) {
		if words != "" && !slices.Contains(t.Limits, words) {
			t.Limits = append(t.Limits, words)
		}
	}
	var ends []calendar.Day
	for _, p := range s.phases {
		words := phaseWords(p)
		if len(s.phases) > 1 && words != "" {
			words = p.Name + "：" + words
		}
		add(words)
		ends = append(ends, lastDay(p.End))
	}
	for _, d := range t.Dues {
		if !slices.Contains(ends, d.Day) {
			add(d.String())
		}
	}
	for _, r := range s.recurring {
		add(r.Period)
	}
	for _, x := range s.targets {
		if x.Period != nil {
			add(intervalIn(x.Quote))
		}
	}
}

// intervalIn is the word by which words say that something comes round, if any.
func intervalIn(words string) string {
	for _, w := range intervals {
		if strings.Contains(words, w) {
			return w
		}
	}
	return ""
}

// String is the day as a limit: 2011年12月31日前. That 前 takes the day in is said
// where the day is no end of a month.
func (d Due) String() string {
	s := spoken(d.Day) + "前"
	if t := d.Day.Time(); d.Day != calendar.MonthEnd(t.Year(), int(t.Month())) {
		s += "（含当日）"
	}
	if d.Soft {
		return "力争" + s
	}
	return s
}

// phaseAbove is the span of the nearest stage that a node stands in.
func (b *tabling) phaseAbove(n document.Node) []string {
	for n.Parent > 0 {
		n = b.read.Outline[n.Parent-1]
		for _, p := range b.phases[n.Ordinal] {
			if words := phaseWords(p); words != "" {
				return []string{words}
			}
		}
	}
	return nil
}

// phaseWords are the span of a stage: 2011年8月至9月, 2011年10月至2012年6月,
// 2023年6月底前, 2023年6月起, or nothing.
func phaseWords(p ReadPhase) string {
	switch {
	case p.Start == nil && p.End == nil:
		return ""
	case p.Start == nil:
		if d := lastDay(p.End); len(*p.End) > len("2011-08") {
			return Due{Day: d}.String()
		}
		return monthOrDay(*p.End) + "底前"
	case p.End == nil:
		return monthOrDay(*p.Start) + "起"
	case *p.Start == *p.End:
		return monthOrDay(*p.Start)
	}
	from, to := monthOrDay(*p.Start), monthOrDay(*p.End)
	if (*p.Start)[:4] == (*p.End)[:4] {
		_, to, _ = strings.Cut(to, "年")
	}
	return from + "至" + to
}

// monthOrDay writes 2011-08 as 2011年8月 and 2011-08-08 as 2011年8月8日.
func monthOrDay(s string) string {
	d := firstDay(&s)
	if len(s) == len("2011-08") {
		return fmt.Sprintf("%d年%d月", d.Time().Year(), int(d.Time().Month()))
	}
	return spoken(d)
}

var (
	// timeLabel stands before a limit: 时限要求：6月底.
	timeLabel = regexp.MustCompile(`^(?:完成时限|时限要求|时间要求|完成时间|办理时限|工作时限|时限|期限)\s*[：:]`)
	labelled  = regexp.MustCompile(`(?:时限|时限要求|时间要求|完成时间|期限)\s*[：:]\s*([^\d，。；;,）)〕\]】：:]{2,12})(?:[，。；;,）)〕\]】\n]|$)`)
	bracketed = regexp.MustCompile(`[（(〔](长期坚持|长期推进|长期|持续推进|全年|常年)[）)〕]`)
)

// lasting is the limit of a duty that ends on no day, in the words that a label
// or a bracket gives: 持续推进, 长期. Such words elsewhere are no limit.
func lasting(words string) []string {
	for _, form := range []*regexp.Regexp{labelled, bracketed} {
		if m := form.FindStringSubmatch(words); m != nil {
			return []string{strings.TrimSpace(m[1])}
		}
	}
	return nil
}
