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
	"luoshi/plan"
	"luoshi/progress"
)

// reachPath leads to where a unit says that a milestone was reached.
func (v reportView) reachPath(d desk.ReportDue, m plan.Milestone) string {
	if v.OnBehalf {
		return behalfPath(v.Unit.ID, "") + "/milestones/" + m.ID.String()
	}
	return dutiesPath + "/" + d.Item.ID.String() + "/milestones/" + m.ID.String() + "?" + url.Values{"unit": {v.Unit.ID.String()}}.Encode()
}

// reachMilestone asks a unit on what day a milestone was reached, and what shows it.
func reachMilestone(s *side, r *http.Request) (sheet, error) {
	all, err := s.office.ReportsDue(r.Context(), who(r.Context()), "")
	if err != nil {
		return sheet{}, err
	}
	return s.reachSheet(r, all, s.office.ReachMilestone)
}

// reachOnBehalf is the same for a unit that cannot say so itself.
func reachOnBehalf(s *side, r *http.Request) (sheet, error) {
	unit, err := id.Of[id.Unit](r.PathValue("unit"))
	if err != nil {
		return sheet{}, desk.ErrMissing
	}
	u, err := s.office.ReportsDueBy(r.Context(), who(r.Context()), unit, "")
	if err != nil {
		return sheet{}, err
	}
	sh, err := s.reachSheet(r, []desk.UnitReports{u}, s.office.ReachOnBehalf)
	sh.back, sh.hidden = behalfPath(unit, ""), nil
	sh.lede = web.T(r.Context(), "照单位在电话里、纸上说的写。页面上会写明是代报的。")
	return sh, err
}

type reachAct func(context.Context, desk.Cmd, id.Unit, desk.Reaching, calendar.Day, string) error

func (s *side) reachSheet(r *http.Request, all []desk.UnitReports, act reachAct) (sheet, error) {
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
			stands := url.Values{"unit": {u.Unit.ID.String()}, "on": {string(s.office.Today())}}
			sh := sheet{title: web.T(ctx, "报节点办到了"), quote: m.Title, back: progressOf(u.Unit.ID, ""), button: web.T(ctx, "交"), hidden: []string{"unit"}, stands: stands,
				lede: web.T(ctx, "期限是 %s。局办公室看了凭据，再确认。", web.Date(ctx, m.Due)),
				inputs: []input{{name: "on", kind: "date", label: web.T(ctx, "哪天办到的")},
					{name: "proof", kind: "area", rows: "3", label: web.T(ctx, "凭什么算办到"), hint: web.T(ctx, "例如 签收单 30 张，在档案室。最多 200 个字，不公开。")}}}
			if was, there := d.Reached[m.ID]; there {
				stands.Set("on", string(was.On))
				stands.Set("proof", was.Proof)
			}
			sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
				return dutiesPath + "?done=reported", act(ctx, cmd, u.Unit.ID, desk.Reaching{Item: d.Item.ID, Milestone: m.ID, Unit: d.Owner.Unit}, calendar.Day(f.Value("on")), f.Value("proof"))
			}
			return sh, nil
		}
	}
	return sheet{}, desk.ErrMissing
}

// milestoneDecidePath leads to confirming or returning what was said of a milestone.
func milestoneDecidePath(p id.Plan, l desk.MilestoneLine, act string) string {
	return planPath(p) + "/milestones/" + l.Milestone.ID.String() + "/" + act + "?" + url.Values{"revision": {strconv.Itoa(l.Said.Revision)}}.Encode()
}

func (s *side) milestoneSheet(r *http.Request) (desk.MilestoneKey, sheet, error) {
	var k desk.MilestoneKey
	p, errPlan := id.Of[id.Plan](r.PathValue("plan"))
	m, errMilestone := id.Of[id.Milestone](r.PathValue("milestone"))
	revision, errRevision := strconv.Atoi(r.FormValue("revision"))
	if errPlan != nil || errMilestone != nil || errRevision != nil {
		return k, sheet{}, desk.ErrMissing
	}
	line, err := s.office.Milestone(r.Context(), who(r.Context()), p, m)
	if err != nil {
		return k, sheet{}, err
	}
	return desk.MilestoneKey{Milestone: m, Revision: revision}, sheet{back: planProgressPath(p, ""), quote: line.Milestone.Title,
		lede:   web.T(r.Context(), "%s，%s报的：%s办到。", line.Item.Title, line.Unit, web.Date(r.Context(), line.Said.On)),
		hidden: []string{"revision"}, stands: url.Values{"revision": {strconv.Itoa(revision)}}, below: reachedWords(line.Said)}, nil
}

// confirmMilestone lets a milestone stand as reached.
func confirmMilestone(s *side, r *http.Request) (sheet, error) {
	k, sh, err := s.milestoneSheet(r)
	sh.title, sh.button = web.T(r.Context(), "确认节点办到"), web.T(r.Context(), "确认")
	sh.act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return doneAt(sh.back, "milestone"), s.office.ConfirmMilestone(ctx, cmd, k)
	}
	return sh, err
}

// returnMilestone gives it back with the reason.
func returnMilestone(s *side, r *http.Request) (sheet, error) {
	k, sh, err := s.milestoneSheet(r)
	ctx := r.Context()
	sh.title, sh.button = web.T(ctx, "退回重报"), web.T(ctx, "退回")
	sh.inputs = []input{{name: "reason", kind: "area", rows: "4", label: web.T(ctx, "退回的原因"), hint: web.T(ctx, "写清缺什么、怎么补。最多 200 个字。单位看得到，不公开。")}}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return doneAt(sh.back, "returned"), s.office.ReturnMilestone(ctx, cmd, k, f.Value("reason"))
	}
	return sh, err
}

// reachedLamp is how what was said of a milestone stands, as a lamp and its word.
func reachedLamp(ctx context.Context, r progress.Reached) (lamp, word string) {
	switch r.Standing {
	case progress.Confirmed:
		return "done", web.T(ctx, "办到了")
	case progress.Returned:
		return "slow", web.T(ctx, "退回了")
	}
	return "wait", web.T(ctx, "办到，待确认")
}
