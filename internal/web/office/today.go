package office

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/accounts"
	"luoshi/internal/web/office/page"
	"luoshi/internal/web/office/plans"
	"luoshi/progress"
)

// todayView is the first page of somebody.
type todayView struct {
	desk.Today
	Now, Soon, Later []dueGroup // late and due today; due on the strip of days; after it
	Strip            []stripDay
	Plans            int  // how many plans there are, for who reads them
	Alone            bool // the only account: nobody else could publish
	Unheld           int
	Burdens          []desk.UnitBurden // of one's own units, this month
	Counts           []desk.CountedUnit
}

// dueGroup is one line: what is done on one page in one go.
type dueGroup struct {
	desk.Due
	Titles  []string
	Minutes int
}

// stripDay is a working day of the strip, with what is due on it and on free days before it.
type stripDay struct {
	Day   calendar.Day
	Count int
	First int // the place of its first line among Soon, from 1; 0 where nothing is due
}

const (
	stripDays    = 10
	titlesShown  = 5
	awaitedShown = 12
	dueShown     = 30
)

func first(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	ctx, me := r.Context(), page.Who(r.Context())
	t, err := s.Office.TodayOf(ctx, me)
	if err != nil {
		return err
	}
	v := newTodayView(t)
	if me.May("plan.read") {
		all, err := s.Office.Plans(ctx, me)
		if err != nil {
			return err
		}
		v.Plans = len(all)
	}
	if v.Alone, err = plans.Alone(s, ctx); err != nil {
		return err
	}
	if v.Unheld, err = accounts.UnheldCount(s, ctx); err != nil {
		return err
	}
	for _, h := range me.Held {
		if desk.May("progress.report", h.Roles) && !slices.ContainsFunc(v.Burdens, func(b desk.UnitBurden) bool { return b.Unit.ID == h.Unit }) {
			b, err := s.Office.UnitBurdenNow(ctx, me, h.Unit)
			if err != nil {
				return err
			}
			v.Burdens = append(v.Burdens, b)
		}
	}
	if me.May("fact.report") {
		if v.Counts, err = s.Office.CountsOf(ctx, me); err != nil {
			return err
		}
	}
	web.Show(w, r, http.StatusOK, todayPage(v))
	return nil
}

func newTodayView(t desk.Today) todayView {
	v := todayView{Today: t}
	for _, d := range t.Day.NextWorkdays(stripDays) {
		v.Strip = append(v.Strip, stripDay{Day: d})
	}
	last := v.Strip[len(v.Strip)-1].Day
	for _, g := range groupsOf(t.Mine) {
		switch {
		case g.By <= t.Day:
			v.Now = append(v.Now, g)
		case g.By <= last:
			v.Soon = append(v.Soon, g)
		default:
			v.Later = append(v.Later, g)
		}
	}
	for k, g := range v.Soon {
		at := slices.IndexFunc(v.Strip, func(s stripDay) bool { return g.By <= s.Day })
		v.Strip[at].Count += g.Count
		if v.Strip[at].First == 0 {
			v.Strip[at].First = k + 1
		}
	}
	for _, g := range v.Now {
		if s := &v.Strip[0]; s.Day == t.Day && g.By == t.Day {
			s.Count += g.Count
		}
	}
	return v
}

// groupsOf puts what is done on one page on one line: the reports of a unit for a period,
// the answers of a unit to what it was assigned.
func groupsOf(all []desk.Due) (out []dueGroup) {
	type key struct {
		kind     desk.DueKind
		unit     id.Unit
		period   progress.Period
		returned bool
	}
	at := map[key]int{}
	for _, d := range all {
		k := key{d.Kind, d.Unit, d.Period, d.Returned}
		n, begun := at[k]
		if !begun || d.Kind != desk.DueReport && d.Kind != desk.DueAnswer || d.Returned {
			at[k] = len(out)
			out = append(out, dueGroup{Due: d, Titles: []string{d.Subject}, Minutes: d.Minutes})
			continue
		}
		g := &out[n]
		g.Titles, g.Count, g.Minutes = append(g.Titles, d.Subject), g.Count+d.Count, g.Minutes+d.Minutes
		if d.Run > g.Run {
			g.Run, g.Since = d.Run, d.Since
		}
	}
	return out
}

// totalOf is how many things some lines stand for, and minutes how long they take.
func totalOf(groups []dueGroup) (n, minutes int) {
	for _, g := range groups {
		n, minutes = n+g.Count, minutes+g.Minutes
	}
	return n, minutes
}

// dueLampOf is the lamp of a line: what was not reported is unknown, and neither good nor bad.
func dueLampOf(d desk.Due, today calendar.Day) string {
	switch {
	case d.Returned:
		return "slow"
	case d.By == "":
		return "idle"
	case d.Late(today) && (d.Kind == desk.DueMilestone || d.Kind == desk.DueOrder):
		return "over"
	case d.Late(today):
		return "none"
	case today.Workdays(d.By) <= 1:
		return "slow"
	}
	return "ok"
}

// dueWhen says how much time is left.
func dueWhen(ctx context.Context, d desk.Due, today calendar.Day) string {
	switch {
	case d.Returned:
		return web.T(ctx, "退回了")
	case d.By == "" && d.Since == "":
		return web.T(ctx, "没有定日子")
	case d.By == "":
		return web.T(ctx, "等了 %s 个工作日", web.Count(d.Since.Workdays(today)))
	case d.Late(today) && d.Kind == desk.DueReport:
		return web.T(ctx, "未报，%s", web.WorkdaysLeft(ctx, today, d.By))
	}
	return web.WorkdaysLeft(ctx, today, d.By)
}

// dueHead is what a line is about, in a few words.
func dueHead(ctx context.Context, g dueGroup) string {
	n := web.Count(g.Count)
	switch g.Kind {
	case desk.DueReport:
		return web.T(ctx, "报 %s 条进展（%s）", n, web.PeriodName(ctx, g.Period))
	case desk.DueAnswer:
		return web.T(ctx, "%s 条任务等您单位回话", n)
	case desk.DueMilestone:
		return web.T(ctx, "节点：%s", g.Title)
	case desk.DueOrder:
		return web.T(ctx, "交办的事：%s", g.Subject)
	case desk.DueHandover:
		return web.T(ctx, "岗位交接")
	case desk.DueCollection:
		return web.T(ctx, "交：%s", g.Subject)
	case desk.DueReceive:
		return web.T(ctx, "交来了 %s 份，等您收", n)
	case desk.DueConfirm:
		return web.T(ctx, "看一看报的完成（%s）", web.PeriodName(ctx, g.Period))
	case desk.DueObjection:
		return web.T(ctx, "单位退回了任务")
	case desk.DueAssign:
		return web.T(ctx, "%s 条任务没有分给单位", n)
	case desk.DueQuestion:
		return web.T(ctx, "草稿还有 %s 处要问您", n)
	case desk.DueRelease:
		return web.T(ctx, "定不定公开")
	}
	return string(g.Kind)
}

// dueSays adds what else there is to know.
func dueSays(ctx context.Context, v todayView, g dueGroup) string {
	switch {
	case g.Returned && g.Kind == desk.DueCollection:
		return web.T(ctx, "退回来了，哪里要改写在表上。")
	case g.Returned:
		return web.T(ctx, "局办公室退回了，原因：%s", g.Reason)
	case g.Kind == desk.DueReport && g.Run > 1:
		return web.T(ctx, "最久的连着 %s 期没有报。没有变化的，勾一下就行。", web.Count(g.Run))
	case g.Kind == desk.DueReport && g.Late(v.Day):
		return web.T(ctx, "先补上就行。没有变化的，勾一下就行。")
	case g.Kind == desk.DueAnswer:
		return web.T(ctx, "接受，或者写明原因退回。")
	case g.Kind == desk.DueMilestone || g.Kind == desk.DueOrder:
		return web.T(ctx, "办成了，报进展时选“完成”，写凭什么。办不成，选“受阻”，写需要什么。")
	case g.Kind == desk.DueHandover:
		return web.T(ctx, "%s起由接手的人办。", web.Date(ctx, g.By))
	case g.Kind == desk.DueConfirm:
		return web.T(ctx, "%s说办完了，%s报的。", v.Names[g.Of], web.NearDate(ctx, v.Day, g.Since))
	case g.Kind == desk.DueObjection:
		return web.T(ctx, "%s说：%s", v.Names[g.Of], g.Reason)
	case g.Kind == desk.DueAssign:
		return web.T(ctx, "没有分的任务，没有人知道要办。")
	case g.Kind == desk.DueRelease:
		return web.T(ctx, "启用了，公众还看不到。公开要由启用以外的人定。")
	}
	return ""
}

// dueButton is what the button of a line says.
func dueButton(ctx context.Context, g dueGroup) string {
	switch g.Kind {
	case desk.DueReport:
		return web.T(ctx, "现在报")
	case desk.DueAnswer:
		return web.T(ctx, "去回话")
	case desk.DueMilestone, desk.DueOrder:
		return web.T(ctx, "看这一条")
	case desk.DueHandover:
		return web.T(ctx, "看清单")
	case desk.DueCollection:
		return web.T(ctx, "去填")
	case desk.DueObjection:
		return web.T(ctx, "去答复")
	case desk.DueAssign:
		return web.T(ctx, "去分")
	case desk.DueQuestion:
		return web.T(ctx, "去回答")
	}
	return web.T(ctx, "去看")
}

// duePath is where the button of a line leads.
func duePath(ctx context.Context, g dueGroup) string {
	unit := "?" + url.Values{"unit": {g.Unit.String()}}.Encode()
	switch g.Kind {
	case desk.DueReport:
		path := page.ProgressOf(g.Unit, g.Period)
		if !web.Of(ctx).Who.May("progress.report") {
			path = page.BehalfPath(g.Unit, g.Period)
		}
		if g.Count == 1 {
			path += "#" + desk.Told{Item: g.Item, Unit: g.Of}.Field("item")
		}
		return path
	case desk.DueAnswer:
		if g.Count == 1 {
			return page.DutiesPath + "/" + g.Item.String() + unit
		}
		return page.DutiesPath + unit
	case desk.DueMilestone, desk.DueOrder:
		return page.DutiesPath + "/" + g.Item.String() + unit
	case desk.DueHandover:
		return "/office/handover/" + g.Handover.String()
	case desk.DueCollection:
		return page.AnswerPath(g.Collection, g.Unit)
	case desk.DueReceive:
		return page.CollectionPath(g.Collection)
	case desk.DueConfirm:
		return page.PlanPath(g.Plan) + "/progress/" + g.Item.String() + "/confirm?" +
			url.Values{"unit": {g.Of.String()}, "period": {string(g.Period)}, "revision": {strconv.Itoa(g.Revision)}}.Encode()
	case desk.DueObjection:
		return page.OwnersPath(g.Plan) + "?show=objected#i-" + g.Item.String()
	case desk.DueAssign:
		return page.OwnersPath(g.Plan) + "?show=unassigned"
	case desk.DueQuestion:
		return page.PlanPath(g.Plan) + "/questions"
	}
	return page.PlanPath(g.Plan) + "/publish" // DueRelease
}

// awaitedWords says what a unit still owes: 未报 2，没有回话 1，过了日子 1.
func awaitedWords(ctx context.Context, a desk.AwaitedUnit) (out []string) {
	for _, w := range []struct {
		n   int
		say func(n string) string
	}{
		{a.Reports, func(n string) string { return web.T(ctx, "未报 %s", n) }},
		{a.Answers, func(n string) string { return web.T(ctx, "没有回话 %s", n) }},
		{a.Papers, func(n string) string { return web.T(ctx, "材料没有交 %s", n) }},
		{a.Days, func(n string) string { return web.T(ctx, "过了日子 %s", n) }},
	} {
		if w.n > 0 {
			out = append(out, w.say(web.Count(w.n)))
		}
	}
	return out
}

// lateUnits are the units with something that is late, and how many other things all
// units owe that are not.
func (v todayView) lateUnits() (late []desk.AwaitedUnit, soon int) {
	for _, a := range v.Awaited {
		if a.Late() > 0 {
			late = append(late, a)
		}
		soon += a.Soon
	}
	return late, soon
}

// todayTitle says the most pressing first.
func todayTitle(ctx context.Context, v todayView) string {
	n, minutes := totalOf(v.Now)
	soon, _ := totalOf(v.Soon)
	switch {
	case n > 0:
		return web.T(ctx, "今天有 %s 件，约 %s 分钟", web.Count(n), web.Count(minutes))
	case len(v.Blocked) > 0:
		return web.T(ctx, "有 %s 件等人定", web.Count(len(v.Blocked)))
	case soon > 0:
		return web.T(ctx, "今天没有到期的，两周里有 %s 件", web.Count(soon))
	}
	return web.T(ctx, "今天没有要办的")
}

// saidWord says what one's own unit waits for.
func saidWord(ctx context.Context, d desk.Due) string {
	if d.Kind == desk.DueObjection {
		return web.T(ctx, "等局办公室答复")
	}
	return web.T(ctx, "等局办公室确认")
}
