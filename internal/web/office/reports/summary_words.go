package reports

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/paper"
	"luoshi/internal/web"
	"luoshi/progress"
)

// summaryName is what a summary is called by how often it appears: 月报, 简报.
func summaryName(ctx context.Context, every progress.Every) string {
	switch every {
	case progress.Weekly:
		return web.T(ctx, "简报")
	case progress.Fortnightly:
		return web.T(ctx, "双周报")
	case progress.Quarterly:
		return web.T(ctx, "季报")
	case progress.Yearly:
		return web.T(ctx, "年报")
	}
	return web.T(ctx, "月报")
}

// issueNumber is the number of an edition: 〔2012〕第3期; empty where it is not issued.
func issueNumber(ctx context.Context, year, serial int) string {
	if serial == 0 {
		return ""
	}
	return web.T(ctx, "〔%s〕第%s期", strconv.Itoa(year), web.Count(serial))
}

// choiceWords say of which items and units a summary tells.
func choiceWords(ctx context.Context, c progress.SummaryChoice) string {
	var out []string
	for _, w := range []string{c.PhaseName, c.Theme, c.UnitName} {
		if w != "" {
			out = append(out, w)
		}
	}
	if c.State != "" {
		out = append(out, standingWord(ctx, c.State))
	}
	if len(out) == 0 {
		return ""
	}
	return web.T(ctx, "只有：%s", strings.Join(out, web.T(ctx, "、")))
}

// standingWord says a choice of state: how a report stands, or what was reported.
func standingWord(ctx context.Context, s string) string {
	switch progress.Situation(s) {
	case progress.Missing:
		return web.T(ctx, "未报")
	case progress.Awaited:
		return web.T(ctx, "还没有报")
	case progress.Waiting:
		return web.T(ctx, "待确认")
	case progress.GivenBack:
		return web.T(ctx, "退回了")
	}
	return web.Word(ctx, progress.State(s))
}

// lineState says how a unit stands with an item.
func lineState(ctx context.Context, l progress.SummaryLine) string {
	var words string
	switch l.Situation {
	case progress.Missing, progress.Awaited, progress.GivenBack:
		words = standingWord(ctx, string(l.Situation))
	case progress.Waiting:
		words = web.T(ctx, "完成，待确认")
	default:
		if l.Said != nil {
			words = web.Word(ctx, l.Said.State)
		}
	}
	if l.Signs {
		words += web.Comma(ctx) + web.T(ctx, "待审签")
	}
	if l.Said != nil && l.Said.OnBehalf {
		words += web.Comma(ctx) + web.T(ctx, "代报")
	}
	if l.Late {
		words += web.Comma(ctx) + web.T(ctx, "晚报")
	}
	return words
}

// missingSince says since when nothing was reported.
func missingSince(ctx context.Context, l progress.SummaryLine) string {
	words := web.T(ctx, "%s起", web.Date(ctx, l.Since))
	if l.Run > 1 {
		words += web.T(ctx, "，连着 %s 期", web.Count(l.Run))
	}
	if l.Signs {
		words += web.Comma(ctx) + web.T(ctx, "待审签")
	}
	return words
}

// needWords say what is needed, and from whom.
func needWords(ctx context.Context, w progress.SummaryWords) string {
	switch {
	case w.Need == "":
		return ""
	case w.NeedFrom == "":
		return web.T(ctx, "需要：%s", w.Need)
	}
	return web.T(ctx, "需要%s：%s", w.NeedFrom, w.Need)
}

// summaryTable makes the 汇总表 of a summary.
func summaryTable(ctx context.Context, s progress.Summary) paper.SummaryTable {
	t := paper.SummaryTable{Name: web.T(ctx, "汇总表"), Title: web.T(ctx, "%s进展汇总表", s.Plan) + "\n" + under(ctx, s),
		Heads: [10]string{web.T(ctx, "序号"), web.T(ctx, "任务"), web.T(ctx, "单位"), web.T(ctx, "哪一期"), web.T(ctx, "进展"), web.T(ctx, "办了什么"), web.T(ctx, "下一步"),
			web.T(ctx, "困难和需要"), web.T(ctx, "未报"), web.T(ctx, "时限")}}
	for _, r := range s.Rows {
		if n := len(t.Parts); n == 0 || t.Parts[n-1].Heading != r.Section {
			t.Parts = append(t.Parts, paper.SummaryTablePart{Heading: r.Section})
		}
		part := &t.Parts[len(t.Parts)-1]
		part.Rows = append(part.Rows, tableRow(ctx, r))
	}
	if len(s.Adjustments) > 0 {
		t.Notes = append(t.Notes, web.T(ctx, "以前各期的调整："))
		for k, a := range s.Adjustments {
			t.Notes = append(t.Notes, strconv.Itoa(k+1)+". "+adjustmentWords(ctx, a))
		}
	}
	t.Notes = append(t.Notes, web.T(ctx, "说明：%s汇总。单位的话是单位自己写的；没有报的写明未报，不算进也不算退。", web.Date(ctx, s.Day)))
	return t
}

// under is the line below a title: the number, the period, and what was chosen.
func under(ctx context.Context, s progress.Summary) string {
	words := web.PeriodName(ctx, s.Period)
	if c := choiceWords(ctx, s.Chosen); c != "" {
		words = web.T(ctx, "%s，%s", words, c)
	}
	return issueNumber(ctx, s.Year, s.Serial) + web.T(ctx, "（%s）", words)
}

// tableRow is an item with all its units in one row, and unit by unit.
func tableRow(ctx context.Context, r progress.SummaryRow) (row paper.SummaryTableRow) {
	deadline := ""
	if r.Deadline != "" {
		deadline = web.Date(ctx, r.Deadline)
	}
	row.Cells = [10]string{0: strconv.Itoa(r.Number), 1: r.Title, 9: deadline}
	row.Item, row.Figures = r.Item, lines(figureLines(ctx, r))
	var columns [10][]string
	for _, l := range r.Lines {
		unit := tableUnit(ctx, l)
		row.Units = append(row.Units, unit)
		for k, words := range unit {
			if k > 3 && len(r.Lines) > 1 && words != "" {
				words = web.T(ctx, "%s：%s", l.Name, words)
			}
			columns[k] = append(columns[k], words)
		}
	}
	columns[3] = slices.Compact(columns[3])
	for k := 2; k < 9; k++ {
		row.Cells[k] = lines(columns[k])
	}
	return row
}

// tableUnit is what one unit says, by the columns of the table.
func tableUnit(ctx context.Context, l progress.SummaryLine) (row [10]string) {
	w := l.Printed()
	row[2] = l.Name
	if !l.Lead {
		row[2] = web.T(ctx, "%s（%s）", l.Name, web.T(ctx, "配合"))
	}
	row[3], row[4], row[5], row[6] = web.PeriodName(ctx, l.Period), lineState(ctx, l), w.Done, w.Next
	row[7] = sentences(ctx, w.Difficulty, needWords(ctx, w))
	if l.Situation == progress.Missing {
		row[8] = missingSince(ctx, l)
	}
	return row
}

// lines joins what is not empty, one below the other.
func lines(all []string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), "\n")
}

// sentences joins words that are each a sentence, with a full stop where there is none.
func sentences(ctx context.Context, all ...string) (out string) {
	for _, s := range all {
		if s == "" {
			continue
		}
		if out != "" {
			out += web.Gap(ctx)
		}
		out += s
		if !strings.ContainsRune("。！？；….!?;", []rune(s)[len([]rune(s))-1]) {
			out += web.T(ctx, "。")
		}
	}
	return out
}

func adjustmentWords(ctx context.Context, a progress.Adjustment) string {
	return web.T(ctx, "%s，%s，%s：原来是%s，%s改为%s。", web.PeriodName(ctx, a.Period), a.Title, a.Name, toldWords(ctx, a.Was), web.Date(ctx, a.Since), toldWords(ctx, a.Is))
}

func toldWords(ctx context.Context, t progress.Told) string {
	words := ""
	switch t.Situation {
	case progress.NotAsked:
		return web.T(ctx, "没有列")
	case progress.Missing, progress.Awaited, progress.GivenBack:
		words = standingWord(ctx, string(t.Situation))
	case progress.Waiting:
		words = web.T(ctx, "完成，待确认")
	default:
		words = web.Word(ctx, t.State)
	}
	if t.Done != "" {
		words = web.T(ctx, "%s“%s”", words, t.Done)
	}
	return words
}

// reportPart is a part of the 月报, with where its words come from.
type reportPart struct {
	Heading string
	Items   []reportItem
}

// reportItem is a heading of the second level with what each unit said.
type reportItem struct {
	Heading string
	Words   []reportLine
}

// reportLine is a paragraph; those in a unit's words know of which report they are.
type reportLine struct {
	Words   string
	Item    id.Item
	Line    *progress.SummaryLine
	Figures bool // it tells what was counted of the item
}

// reportParts are the parts of the 月报: what was done, by the plan's sections, what is
// blocked and needed, who has not reported, and what came later for former periods.
func reportParts(ctx context.Context, s progress.Summary) (parts []reportPart) {
	add := func(title string, items []reportItem) {
		parts = append(parts, reportPart{ordinal(ctx, len(parts)+1) + title, items})
	}
	for at := 0; at < len(s.Rows); {
		end := at
		var items []reportItem
		for ; end < len(s.Rows) && s.Rows[end].Section == s.Rows[at].Section; end++ {
			if words := saidOf(ctx, s.Rows[end]); len(words) > 0 {
				items = append(items, reportItem{subordinal(ctx, len(items)+1) + s.Rows[end].Title, words})
			}
		}
		if len(items) > 0 {
			title := s.Rows[at].Section
			if title == "" {
				title = web.T(ctx, "进展")
			}
			add(title, items)
		}
		at = end
	}
	var blocked, missing, later []reportLine
	for _, r := range s.Rows {
		for k := range r.Lines {
			l := &r.Lines[k]
			if l.Said != nil && l.Said.State == progress.Blocked {
				w := l.Printed()
				blocked = append(blocked, reportLine{strconv.Itoa(len(blocked)+1) + ". " + web.T(ctx, "%s（%s）：", r.Title, l.Name) + sentences(ctx, w.Difficulty, needWords(ctx, w)), r.Item, l, false})
			}
		}
	}
	for _, words := range missingByUnit(ctx, s) {
		missing = append(missing, reportLine{Words: strconv.Itoa(len(missing)+1) + ". " + words})
	}
	for k, a := range s.Adjustments {
		later = append(later, reportLine{Words: strconv.Itoa(k+1) + ". " + adjustmentWords(ctx, a)})
	}
	if len(blocked) == 0 {
		blocked = []reportLine{{Words: web.T(ctx, "这一期没有单位报受阻。")}}
	}
	if len(missing) == 0 {
		missing = []reportLine{{Words: web.T(ctx, "应当报的都报了。")}}
	}
	add(web.T(ctx, "受阻的和需要协调的"), []reportItem{{"", blocked}})
	add(web.T(ctx, "没有报的"), []reportItem{{"", missing}})
	if len(later) > 0 {
		add(web.T(ctx, "以前各期的调整"), []reportItem{{"", later}})
	}
	return parts
}

// missingByUnit says of each unit what it did not report, and since when.
func missingByUnit(ctx context.Context, s progress.Summary) (out []string) {
	var names []string
	of := map[string][]string{}
	for _, r := range s.Rows {
		for _, l := range r.Lines {
			if l.Situation != progress.Missing {
				continue
			}
			if !slices.Contains(names, l.Name) {
				names = append(names, l.Name)
			}
			of[l.Name] = append(of[l.Name], web.T(ctx, "%s（%s）", r.Title, missingSince(ctx, l)))
		}
	}
	for _, n := range names {
		out = append(out, web.T(ctx, "%s：%s", n, strings.Join(of[n], web.T(ctx, "、")))+web.T(ctx, "。"))
	}
	return out
}

// saidOf are the paragraphs of an item: what was counted, and one for each unit that said something.
func saidOf(ctx context.Context, r progress.SummaryRow) (out []reportLine) {
	for _, words := range figureLines(ctx, r) {
		out = append(out, reportLine{Words: words, Item: r.Item, Figures: true})
	}
	for k := range r.Lines {
		l := &r.Lines[k]
		if l.Said == nil {
			continue
		}
		w := l.Printed()
		next := w.Next
		if next != "" {
			next = web.T(ctx, "下一步：%s", next)
		}
		words := web.T(ctx, "%s（%s）：", l.Name, lineState(ctx, *l)) + sentences(ctx, w.Done, next)
		if w.State != progress.Blocked && w.Difficulty != "" {
			words += web.Gap(ctx) + sentences(ctx, web.T(ctx, "困难：%s", w.Difficulty))
		}
		out = append(out, reportLine{words, r.Item, l, false})
	}
	return out
}

// summaryReport makes the 月报 of a summary.
func summaryReport(ctx context.Context, s progress.Summary) paper.SummaryReport {
	out := paper.SummaryReport{Title: summaryTitle(ctx, s), Number: under(ctx, s), Annex: web.T(ctx, "附件：%s", web.T(ctx, "进展汇总表")), Table: summaryTable(ctx, s),
		Beside: [2]string{web.T(ctx, "附件"), web.T(ctx, "进展汇总表")}}
	if s.Introduction != "" {
		out.Intro = strings.Split(s.Introduction, "\n")
	}
	for _, p := range reportParts(ctx, s) {
		part := paper.SummaryReportPart{Heading: p.Heading}
		for _, i := range p.Items {
			item := paper.SummaryReportItem{Heading: i.Heading}
			for _, w := range i.Words {
				item.Words = append(item.Words, w.Words)
			}
			part.Items = append(part.Items, item)
		}
		out.Parts = append(out.Parts, part)
	}
	if s.Issuer != "" {
		out.Signed = append(out.Signed, s.Issuer)
	}
	out.Signed = append(out.Signed, web.Date(ctx, s.Day))
	return out
}

func summaryTitle(ctx context.Context, s progress.Summary) string {
	return quoted(s.Plan) + "\n" + web.T(ctx, "落实情况%s", summaryName(ctx, s.Period.Every()))
}

// quoted puts the title of a plan between the signs of a title.
func quoted(title string) string {
	if strings.HasPrefix(title, "《") {
		return title
	}
	return "《" + strings.NewReplacer("《", "〈", "》", "〉").Replace(title) + "》"
}

// endedDays are the days of a period in words, for a page's head.
func endedDays(ctx context.Context, p progress.Period, today calendar.Day) string {
	if p.Last() < today {
		return web.T(ctx, "%s 到 %s", web.Date(ctx, p.First()), web.Date(ctx, p.Last()))
	}
	return web.T(ctx, "%s 到 %s，还没有完", web.Date(ctx, p.First()), web.Date(ctx, p.Last()))
}

func splitLines(s string) []string { return strings.Split(s, "\n") }
