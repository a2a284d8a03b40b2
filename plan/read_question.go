package plan

import (
	"fmt"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
)

// readQuestions asks about what the text leaves open. Every sentence is a constant
// pattern filled with words of the text, so that it can be translated by pattern.
func (r *reader) readQuestions() {
	r.askNumber()
	r.askIssued()
	r.askThisYear()
	for _, k := range r.noDays {
		span, words := r.quote(r.dates[k].From, r.dates[k].To, r.dates[k].From, r.dates[k].To)
		r.ask("ambiguous_date", "plan", 0, span, []ReadChoice{choice("", "", "以后再定")}, "“%s”没有这一天，应该是哪一天？", words)
	}
	r.askDeadlines()
	r.askTargets()
	r.askUnits()
	r.askLoose()
	r.askRepeats()
}

// askUnits asks once for each measure word of events how one is counted, where
// that can be done in two ways.
func (r *reader) askUnits() {
	asked := map[string]bool{}
	for i, t := range r.out.Targets {
		unit := fold(t.Unit)
		var choices []ReadChoice
		switch unit {
		case "场", "场次":
			choices = []ReadChoice{choice("", "", "一个地点一次算一个"), choice("", "", "一个节目或一部片子算一个")}
		case "人", "名":
			if containsAny(fold(t.Quote), "培训", "轮训", "参训") {
				choices = []ReadChoice{choice("aggregate", "distinct", "一人只算一次"), choice("aggregate", "sum", "每参加一次算一次")}
			}
		case "次":
			choices = []ReadChoice{choice("", "", "组织一回算一次"), choice("", "", "到一个地点算一次")}
		}
		if choices == nil || asked[unit] {
			continue
		}
		asked[unit] = true
		r.ask("unit_of_counting", "target", i, t.Span, choices, "“%s”里的“%s”怎样算一个？", t.Quote, unit)
	}
}

// ask adds a question about the words [from, to) or, where they are empty, about
// the text as a whole.
func (r *reader) ask(kind, about string, index int, span document.Span, choices []ReadChoice, pattern string, args ...string) {
	q := ReadQuestion{Kind: kind, About: about, Index: index, Span: span, Choices: choices, Pattern: pattern, Args: args}
	q.Text = fill(pattern, args)
	if q.Args == nil {
		q.Args = []string{}
	}
	r.out.Questions = append(r.out.Questions, q)
}

func fill(pattern string, args []string) string {
	all := make([]any, len(args))
	for i, a := range args {
		all[i] = a
	}
	return fmt.Sprintf(pattern, all...)
}

// choice is an answer that leaves things as they were read, or sets one field.
func choice(field, value, pattern string, args ...string) ReadChoice {
	c := ReadChoice{Label: fill(pattern, args), Pattern: pattern, Args: args}
	if field != "" {
		c.Set = map[string]string{field: value}
	}
	return c
}

// askNumber asks for the number of the document where the text gives none.
func (r *reader) askNumber() {
	if len(r.view.Runes) == 0 || len(r.items) == 0 || r.ownNumber() {
		return
	}
	p := r.view.Paragraphs[0]
	span, _ := r.quote(p.Start, p.End, p.Start, p.Start+1)
	r.ask("missing_document_number", "plan", 0, span,
		[]ReadChoice{choice("", "", "没有文号")}, "方案没有写文号，文号是什么？")
}

// ownNumber reports that the text gives the document's own number.
func (r *reader) ownNumber() bool {
	own, _ := r.numberYears(r.items[0].From)
	return own > 0
}

// askThisYear asks which year 今年 is, where the document bears no date.
func (r *reader) askThisYear() {
	if r.year == 0 {
		r.askYear()
		return
	}
	if r.dated {
		return
	}
	for _, d := range r.dates {
		if !d.Relative || r.view.Lit(d.From) {
			continue
		}
		words := r.view.Words(d.From, d.From+2)
		if words != "今年" && words != "本年" {
			continue
		}
		year, before := strconv.Itoa(r.year), strconv.Itoa(r.year-1)
		r.ask("ambiguous_date", "plan", 0, r.view.Span(d.From, d.To),
			[]ReadChoice{choice("", "", "%s年", year), choice("year", before, "%s年", before)}, "“%s”是哪一年？", words)
		return
	}
}

// askDeadlines asks what 年前 means, and whether 之前 takes the day itself in.
func (r *reader) askDeadlines() {
	for i, u := range r.dues {
		if u.date < 0 {
			r.askYears(i, u)
			continue
		}
		d := r.dates[u.date]
		if d.Edge != document.Before || d.End || d.Clock {
			continue
		}
		span, words := r.quote(d.From, d.To, d.From, d.To)
		last := calendar.Day(u.day)
		switch {
		case r.isBareYearEnd(d):
			choices := []ReadChoice{choice("date", u.day, "%s", spoken(last))}
			if eve := springEve(last.Time().Year() + 1); eve != "" {
				choices = append(choices, choice("date", string(eve), "春节前，%s", spoken(eve)))
			}
			r.ask("ambiguous_date", "deadline", i, span, choices, "“%s”是哪一天以前？", words)
		case d.Days[1] > 0:
			r.ask("ambiguous_date", "deadline", i, span, []ReadChoice{
				choice("", "", "包括，到%s为止", spoken(last)),
				choice("date", string(last.AddDays(-1)), "不包括，到%s为止", spoken(last.AddDays(-1))),
			}, "“%s”包括当天吗？", words)
		default:
			before := d.First(last.Time().Year()).AddDays(-1)
			r.ask("ambiguous_date", "deadline", i, span, []ReadChoice{
				choice("", "", "到%s为止", spoken(last)),
				choice("date", string(before), "到%s为止", spoken(before)),
			}, "“%s”到哪一天为止？", words)
		}
	}
}

// askYear asks which year a date lies in where nothing in the text says any: its
// day cannot be told until then.
func (r *reader) askYear() {
	for _, d := range r.dates {
		if d.Said() || r.view.Lit(d.From) || d.Edge == document.On && !d.Relative && !d.End {
			continue
		}
		span, words := r.quote(d.From, d.To, d.From, d.To)
		r.ask("ambiguous_date", "plan", 0, span, []ReadChoice{choice("", "", "以后再定")}, "文件里没有写是哪一年，“%s”是哪一年？", words)
		return
	}
}

// askIssued asks for the day of issue, which 今年 and 6月底前 hang on, where the text
// gives none.
func (r *reader) askIssued() {
	if r.issued != "" || len(r.items) == 0 {
		return
	}
	p := r.view.Paragraphs[0]
	span, _ := r.quote(p.Start, p.End, p.Start, p.Start+1)
	r.ask("missing_document_date", "plan", 0, span, []ReadChoice{choice("", "", "没有写日期")}, "方案没有写印发日期，是哪一天印发的？")
}

// spoken writes a day as 2011年12月31日.
func spoken(d calendar.Day) string {
	t := d.Time()
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}

// springEve is the day before the Spring Festival of a year, or no day.
func springEve(year int) calendar.Day {
	if day := calendar.SpringFestival.In(year); day != "" {
		return day.AddDays(-1)
	}
	return ""
}

// countedWhen are verbs whose end can be seen in more than one way.
var countedWhen = []string{"建成", "完成改造", "安装", "创建", "打造"}

// askTargets asks about vague numbers, totals over years, and what counts as done.
func (r *reader) askTargets() {
	for i, t := range r.out.Targets {
		q := r.counted[i]
		if q.Number.Vague {
			span, words := r.quote(q.From, q.UnitEnd, q.From, q.UnitEnd)
			value := t.Value.String()
			r.ask("vague_bound", "target", i, span, []ReadChoice{
				choice("", "", "超过%s", value), choice("bound", string(document.AtLeast), "不少于%s", value), choice("bound", string(document.Approx), "%s左右", value),
			}, "“%s”按多少算？", words)
		}
		if t.Period == nil && t.Unit != "%" && r.overYears(q) {
			r.ask("total_or_yearly", "target", i, t.Span, []ReadChoice{
				choice("", "", "几年合计"), choice("period", "year", "每年都要达到"),
			}, "“%s”是几年合计，还是每年都要达到？", t.Quote)
		}
		for _, w := range countedWhen {
			if t.Aggregate != "distinct" && t.Unit != "%" && containsAny(fold(t.Quote), w) {
				r.ask("what_counts", "target", i, t.Span, []ReadChoice{
					choice("", "", "完工就算"), choice("", "", "验收合格才算"), choice("", "", "投入使用才算"),
				}, "“%s”里的“%s”怎样才算一个？", t.Quote, w)
				break
			}
		}
	}
}

// overYears reports a number whose clause names several years: 2011年和2012年……2000名.
func (r *reader) overYears(q document.Quantity) bool {
	from, to := r.clause(q.From)
	for k := r.dateFrom(from); k < len(r.dates) && r.dates[k].From < to; k++ {
		d := r.dates[k]
		if r.joined(k) || d.YearOnly() && d.Until != nil && d.Until.YearOnly() {
			return true
		}
	}
	return false
}

// fold gives words in the signs in which they are matched.
func fold(s string) string { return strings.Join(strings.Fields(document.Fold(s)), "") }
