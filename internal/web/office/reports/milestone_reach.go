package reports

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
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

// reachPath leads to where a unit says that a milestone was reached.
func (v reportView) reachPath(d desk.ReportDue, m plan.Milestone) string {
	if v.OnBehalf {
		return page.BehalfPath(v.Unit.ID, "") + "/milestones/" + m.ID.String()
	}
	return page.DutiesPath + "/" + d.Item.ID.String() + "/milestones/" + m.ID.String() + "?" + url.Values{"unit": {v.Unit.ID.String()}}.Encode()
}

// reachMilestone asks a unit on what day a milestone was reached, and what shows it.
func reachMilestone(s *page.Side, r *http.Request) (page.Sheet, error) {
	all, err := s.Office.ReportsDue(r.Context(), page.Who(r.Context()), "")
	if err != nil {
		return page.Sheet{}, err
	}
	return reachSheet(s, r, all, s.Office.ReachMilestone)
}

// reachOnBehalf is the same for a unit that cannot say so itself.
func reachOnBehalf(s *page.Side, r *http.Request) (page.Sheet, error) {
	unit, err := id.Of[id.Unit](r.PathValue("unit"))
	if err != nil {
		return page.Sheet{}, desk.ErrMissing
	}
	u, err := s.Office.ReportsDueBy(r.Context(), page.Who(r.Context()), unit, "")
	if err != nil {
		return page.Sheet{}, err
	}
	sh, err := reachSheet(s, r, []desk.UnitReports{u}, s.Office.ReachOnBehalf)
	sh.Back, sh.Hidden = page.BehalfPath(unit, ""), nil
	sh.Lede = web.T(r.Context(), "照单位在电话里、纸上说的写。页面上会写明是代报的。")
	return sh, err
}

type reachAct func(context.Context, desk.Cmd, id.Unit, desk.Reaching, calendar.Day, string) error

func reachSheet(s *page.Side, r *http.Request, all []desk.UnitReports, act reachAct) (page.Sheet, error) {
	ctx := r.Context()
	for _, u := range all {
		if of := r.FormValue("unit"); of != "" && of != u.Unit.ID.String() {
			continue
		}
		for _, d := range u.Due {
			k := slices.IndexFunc(d.Milestones, func(m plan.Milestone) bool { return m.ID.String() == r.PathValue("milestone") })
			if k < 0 {
				continue
			}
			m := d.Milestones[k]
			stands := url.Values{"unit": {u.Unit.ID.String()}, "on": {string(s.Office.Today())}}
			sh := page.Sheet{Title: web.T(ctx, "报节点办到了"), Quote: m.Title, Back: page.ProgressOf(u.Unit.ID, ""), Button: web.T(ctx, "交"), Hidden: []string{"unit"}, Stands: stands,
				Lede: web.T(ctx, "期限是 %s。局办公室看了凭据，再确认。", web.Date(ctx, m.Due)),
				Inputs: []page.Input{{Name: "on", Kind: "date", Label: web.T(ctx, "哪天办到的")},
					{Name: "proof", Kind: "area", Rows: "3", Label: web.T(ctx, "凭什么算办到"), Hint: web.T(ctx, "例如 签收单 30 张，在档案室。最多 200 个字，不公开。")}}}
			if was, there := d.Reached[m.ID]; there {
				stands.Set("on", string(was.On))
				stands.Set("proof", was.Proof)
			}
			sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
				return page.DutiesPath + "?done=reported", act(ctx, cmd, u.Unit.ID, desk.Reaching{Item: d.Item.ID, Milestone: m.ID, Unit: d.Owner.Unit}, calendar.Day(f.Value("on")), f.Value("proof"))
			}
			return sh, nil
		}
	}
	return page.Sheet{}, desk.ErrMissing
}

// milestoneDecidePath leads to confirming or returning what was said of a milestone.
func milestoneDecidePath(p id.Plan, l desk.MilestoneLine, act string) string {
	return page.PlanPath(p) + "/milestones/" + l.Milestone.ID.String() + "/" + act + "?" + url.Values{"revision": {strconv.Itoa(l.Said.Revision)}}.Encode()
}

func milestoneSheet(s *page.Side, r *http.Request) (desk.MilestoneKey, page.Sheet, error) {
	var k desk.MilestoneKey
	p, errPlan := id.Of[id.Plan](r.PathValue("plan"))
	m, errMilestone := id.Of[id.Milestone](r.PathValue("milestone"))
	revision, errRevision := strconv.Atoi(r.FormValue("revision"))
	if errPlan != nil || errMilestone != nil || errRevision != nil {
		return k, page.Sheet{}, desk.ErrMissing
	}
	line, err := s.Office.Milestone(r.Context(), page.Who(r.Context()), p, m)
	if err != nil {
		return k, page.Sheet{}, err
	}
	return desk.MilestoneKey{Milestone: m, Revision: revision}, page.Sheet{Back: page.PlanProgressPath(p, ""), Quote: line.Milestone.Title,
		Lede:   web.T(r.Context(), "%s，%s报的：%s办到。", line.Item.Title, line.Unit, web.Date(r.Context(), line.Said.On)),
		Hidden: []string{"revision"}, Stands: url.Values{"revision": {strconv.Itoa(revision)}}, Below: reachedWords(line.Said)}, nil
}

// confirmMilestone lets a milestone stand as reached.
func confirmMilestone(s *page.Side, r *http.Request) (page.Sheet, error) {
	k, sh, err := milestoneSheet(s, r)
	sh.Title, sh.Button = web.T(r.Context(), "确认节点办到"), web.T(r.Context(), "确认")
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return doneAt(sh.Back, "milestone"), s.Office.ConfirmMilestone(ctx, cmd, k)
	}
	return sh, err
}

// returnMilestone gives it back with the reason.
func returnMilestone(s *page.Side, r *http.Request) (page.Sheet, error) {
	k, sh, err := milestoneSheet(s, r)
	ctx := r.Context()
	sh.Title, sh.Button = web.T(ctx, "退回重报"), web.T(ctx, "退回")
	sh.Inputs = []page.Input{{Name: "reason", Kind: "area", Rows: "4", Label: web.T(ctx, "退回的原因"), Hint: web.T(ctx, "写清缺什么、怎么补。最多 200 个字。单位看得到，不公开。")}}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return doneAt(sh.Back, "returned"), s.Office.ReturnMilestone(ctx, cmd, k, f.Value("reason"))
	}
	return sh, err
}
