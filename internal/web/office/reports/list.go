package reports

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
	"luoshi/progress"
)

// minutesOfReport is what one report takes, as the burden of a plan is reckoned.
const minutesOfReport = plan.MinutesWords

// planProgressView is how the items of a plan stand for a period.
type planProgressView struct {
	desk.PlanProgress
	Period   progress.Period // that the address asks for, or empty
	Today    calendar.Day
	Confirms bool // whether the reader may confirm and return
	Behalf   bool
	Done     string
}

// reports shows how the items of a plan stand for a period, what nobody reported first.
func reports(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return desk.ErrMissing
	}
	period, err := periodOf(r)
	if err != nil {
		return err
	}
	all, err := s.Office.PlanProgressOf(r.Context(), page.Who(r.Context()), p, period, choiceOf(r))
	if err != nil {
		return err
	}
	me, running := page.Who(r.Context()), all.Plan.State == plan.InForce
	web.Show(w, r, http.StatusOK, planProgressPage(planProgressView{PlanProgress: all, Period: period, Today: s.Office.Today(), Done: r.URL.Query().Get("done"),
		Confirms: running && me.May("progress.confirm"), Behalf: running && me.MayEverywhere("progress.onbehalf")}))
	return nil
}

// address leads to another period, of the same items and units.
func (v planProgressView) address(p progress.Period) string {
	path := page.PlanPath(v.Plan.ID) + "/progress"
	if q := choiceQuery(p, v.Chosen); len(q) > 0 {
		path += "?" + q.Encode()
	}
	return path
}

// byItem are the lines one item after another, as they come.
func (v planProgressView) byItem() (out [][]desk.ProgressLine) {
	for _, l := range v.Lines {
		if n := len(out); n > 0 && out[n-1][0].Item.ID == l.Item.ID {
			out[n-1] = append(out[n-1], l)
		} else {
			out = append(out, []desk.ProgressLine{l})
		}
	}
	return out
}

// periods are those that are offered beside the one that is shown: before and after it,
// and for each kind the one that ended last and the running one.
func (v planProgressView) periods() (out []progress.Period) {
	if v.Period != "" {
		out = append(out, v.Period.Previous())
		if next := v.Period.Next(); next.First() <= v.Today {
			out = append(out, next)
		}
	}
	for _, every := range v.Every {
		now := progress.Of(every, v.Today)
		out = append(out, now.Previous(), now)
	}
	slices.SortFunc(out, func(a, b progress.Period) int { return cmp.Or(cmp.Compare(a.First(), b.First()), cmp.Compare(a, b)) })
	return slices.DeleteFunc(slices.Compact(out), func(p progress.Period) bool { return p == v.Period })
}

// counted are the situations of which there are some, in the order of the table.
func (v planProgressView) counted(ctx context.Context) (out []string) {
	for _, c := range []struct {
		n   int
		say func(n string) string
	}{
		{v.Counts[progress.Missing], func(n string) string { return web.T(ctx, "未报 %s", n) }},
		{v.Counts[progress.Waiting], func(n string) string { return web.T(ctx, "待确认 %s", n) }},
		{v.Counts[progress.GivenBack], func(n string) string { return web.T(ctx, "退回 %s", n) }},
		{v.Counts[progress.Awaited], func(n string) string { return web.T(ctx, "还没有报 %s", n) }},
		{v.Counts[progress.Reported], func(n string) string { return web.T(ctx, "报了 %s", n) }},
		{v.Counts[progress.Completed], func(n string) string { return web.T(ctx, "完成 %s", n) }},
	} {
		if c.n > 0 {
			out = append(out, c.say(web.Count(c.n)))
		}
	}
	return out
}

// decidePath leads to confirming or returning a report.
func decidePath(p id.Plan, l desk.ProgressLine, act string) string {
	return page.PlanPath(p) + "/progress/" + l.Item.ID.String() + "/" + act + "?" + url.Values{"unit": {l.Owed.Report.Unit.String()}, "period": {string(l.Owed.Report.Period)},
		"revision": {strconv.Itoa(l.Owed.Report.Revision)}}.Encode()
}

// decideSheet begins a sheet about a report of a unit.
func decideSheet(s *page.Side, r *http.Request) (desk.ReportKey, page.Sheet, error) {
	var k desk.ReportKey
	p, errPlan := id.Of[id.Plan](r.PathValue("plan"))
	item, errItem := id.Of[id.Item](r.PathValue("item"))
	unit, errUnit := id.Of[id.Unit](r.FormValue("unit"))
	period, errPeriod := progress.Parse(r.FormValue("period"))
	revision, errRevision := strconv.Atoi(r.FormValue("revision"))
	for _, err := range []error{errPlan, errItem, errUnit, errPeriod, errRevision} {
		if err != nil {
			return k, page.Sheet{}, desk.ErrMissing
		}
	}
	k = desk.ReportKey{Item: item, Unit: unit, Period: period, Revision: revision}
	line, err := s.Office.Reported(r.Context(), page.Who(r.Context()), k)
	if err != nil {
		return k, page.Sheet{}, err
	}
	return k, page.Sheet{Back: page.PlanProgressPath(p, period), Quote: line.Item.Title, Lede: web.T(r.Context(), "%s，%s报的。", line.Unit.Name, web.PeriodName(r.Context(), period)),
		Hidden: []string{"unit", "period", "revision"}, Stands: url.Values{"unit": {unit.String()}, "period": {string(period)}, "revision": {strconv.Itoa(revision)}},
		Below: reportWords(*line.Owed.Report)}, nil
}

// confirmReport lets a completion stand.
func confirmReport(s *page.Side, r *http.Request) (page.Sheet, error) {
	k, sh, err := decideSheet(s, r)
	sh.Title, sh.Button = web.T(r.Context(), "确认完成"), web.T(r.Context(), "确认完成")
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return doneAt(sh.Back, "confirmed"), s.Office.ConfirmReport(ctx, cmd, k)
	}
	return sh, err
}

// returnReport gives a report back with the reason.
func returnReport(s *page.Side, r *http.Request) (page.Sheet, error) {
	k, sh, err := decideSheet(s, r)
	ctx := r.Context()
	sh.Title, sh.Button = web.T(ctx, "退回重报"), web.T(ctx, "退回")
	sh.Inputs = []page.Input{{Name: "reason", Kind: "area", Rows: "4", Label: web.T(ctx, "退回的原因"), Hint: web.T(ctx, "写清缺什么、怎么补。最多 200 个字。单位看得到，不公开。")}}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return doneAt(sh.Back, "returned"), s.Office.ReturnReport(ctx, cmd, k, f.Value("reason"))
	}
	return sh, err
}

func doneAt(path, done string) string {
	if strings.Contains(path, "?") {
		return path + "&done=" + done
	}
	return path + "?done=" + done
}

// dueWords says until when a report is to be made, or by when it was.
func dueWords(ctx context.Context, d desk.ReportDue, today calendar.Day) string {
	switch d.Owed.Situation {
	case progress.Awaited:
		return web.T(ctx, "最晚 %s，%s", web.Date(ctx, d.Owed.By), web.Until(ctx, today, d.Owed.By))
	case progress.Missing:
		return web.T(ctx, "应当在%s以前报，现在报算晚报。", web.Date(ctx, d.Owed.By.AddDays(1)))
	}
	return ""
}
