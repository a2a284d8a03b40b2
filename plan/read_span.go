package plan

import (
	"strconv"

	"luoshi/calendar"
	"luoshi/document"
)

// longestSpan is the most years that a plan sets itself.
const longestSpan = 10

// yearSpans finds the duties that are due within so many years of the plan: 三年内
// in a plan of 2023 ends with 2025. A span that an event begins, 发布后两年内, is
// a limit and no due time.
func (r *reader) yearSpans() []due {
	if r.year == 0 {
		return nil
	}
	var out []due
	next := 0
	for _, q := range r.quantities {
		years := int(q.Value / document.Scale)
		if q.Unit != "年" || q.Bound != document.AtMost || q.Value%document.Scale != 0 || years < 1 || years > longestSpan || !r.ends(q.To, "内") {
			continue
		}
		if r.view.Lit(q.From) || r.ends(q.From, "近", "前", "后", "每", "第", "起", "满", "不超过", "过去") || r.ends(q.To, "以内") || r.starts(q.To, "不得", "不再", "不予", "未", "无") {
			continue
		}
		from, _ := r.clause(q.From)
		if !r.beginsClause(q.From) && !r.ends(q.From, "在", "力争", "用", "今后", "未来") || containsAny(r.words(from, q.From), "后", "之日", "有效期") && !r.ends(q.From, "今后") {
			continue
		}
		for next < len(r.dates) && r.dates[next].From < q.From {
			next++
		}
		first := r.year
		if r.issued != "" {
			first = r.issued.Time().Year()
		}
		if next > 0 && r.dates[next-1].To == q.From && r.dates[next-1].Edge == document.Since {
			first = r.dates[next-1].YearIn(r.year) // 2012年起5年内
		}
		out = append(out, due{date: -1, from: q.From, to: q.To, day: string(calendar.Make(first+years-1, 12, 31))})
	}
	return out
}

// askYears asks from which day a span of years runs.
func (r *reader) askYears(index int, u due) {
	last := calendar.Day(u.day)
	choices := []ReadChoice{choice("", "", "到%s为止", spoken(last))}
	if r.issued != "" {
		years := last.Time().Year() - r.issued.Time().Year() + 1
		day := calendar.DayOf(r.issued.Time().AddDate(years, 0, 0))
		choices = append(choices, choice("date", string(day), "从印发之日算起，到%s为止", spoken(day)))
	}
	year := last.Time().Year() + 1
	choices = append(choices, choice("date", strconv.Itoa(year)+"-12-31", "到%s年底为止", strconv.Itoa(year)))
	span, words := r.quote(u.from, u.to, u.from, u.to)
	r.ask("ambiguous_date", "deadline", index, span, choices, "“%s”到哪一天为止？", words)
}
