package office

import (
	"context"
	"net/http"
	"net/url"

	"luoshi/internal/desk"
	"luoshi/internal/web"
)

func objectPath(d desk.Duty) string {
	return dutiesPath + "/" + d.Item.ID.String() + "/object?" + url.Values{"unit": {d.Of.ID.String()}}.Encode()
}

// acceptDuty takes on what a unit was assigned.
func acceptDuty(s *side, r *http.Request) (sheet, error) {
	d, sh, err := s.dutySheet(r)
	sh.title, sh.button = web.T(r.Context(), "接受这条任务"), web.T(r.Context(), "接受")
	sh.act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return dutiesPath + "?done=accepted", s.office.AnswerDuty(ctx, cmd, d.Item.ID, d.Unit.ID, true, "")
	}
	return sh, err
}

// objectDuty gives back what a unit was assigned, with the reason.
func objectDuty(s *side, r *http.Request) (sheet, error) {
	d, sh, err := s.dutySheet(r)
	ctx := r.Context()
	sh.title, sh.button = web.T(ctx, "退回这条任务"), web.T(ctx, "退回")
	sh.lede = web.T(ctx, "写清为什么不该由你单位办，或者办不了。局办公室看到以后改给别的单位，或者答复仍由你单位办。")
	sh.inputs = []input{{name: "reason", kind: "area", rows: "4", label: web.T(ctx, "退回的原因"), hint: web.T(ctx, "最多 200 个字。只有局里看得到，不公开。")}}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return dutiesPath + "?done=objected", s.office.AnswerDuty(ctx, cmd, d.Item.ID, d.Unit.ID, false, f.Value("reason"))
	}
	return sh, err
}

// dutySheet begins a sheet about a duty of a unit.
func (s *side) dutySheet(r *http.Request) (desk.Duty, sheet, error) {
	d, err := s.readDuty(r)
	sh := sheet{back: dutyPath(d), quote: d.Item.Title, hidden: []string{"unit"}, stands: url.Values{"unit": {d.Of.ID.String()}}}
	if err == nil && !d.Answers {
		sh.stop = desk.ErrMayNotAnswer
	}
	return d, sh, err
}
