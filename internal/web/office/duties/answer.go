package duties

import (
	"context"
	"net/http"
	"net/url"

	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

func objectPath(d desk.Duty) string {
	return page.DutiesPath + "/" + d.Item.ID.String() + "/object?" + url.Values{"unit": {d.Of.ID.String()}}.Encode()
}

// acceptDuty takes on what a unit was assigned.
func acceptDuty(s *page.Side, r *http.Request) (page.Sheet, error) {
	d, sh, err := dutySheet(s, r)
	sh.Title, sh.Button = web.T(r.Context(), "接受这条任务"), web.T(r.Context(), "接受")
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return page.DutiesPath + "?done=accepted", s.Office.AnswerDuty(ctx, cmd, d.Item.ID, d.Unit.ID, true, "")
	}
	return sh, err
}

// objectDuty gives back what a unit was assigned, with the reason.
func objectDuty(s *page.Side, r *http.Request) (page.Sheet, error) {
	d, sh, err := dutySheet(s, r)
	ctx := r.Context()
	sh.Title, sh.Button = web.T(ctx, "退回这条任务"), web.T(ctx, "退回")
	sh.Lede = web.T(ctx, "写清为什么不该由你单位办，或者办不了。局办公室看到以后改给别的单位，或者答复仍由你单位办。")
	sh.Inputs = []page.Input{{Name: "reason", Kind: "area", Rows: "4", Label: web.T(ctx, "退回的原因"), Hint: web.T(ctx, "最多 200 个字。只有局里看得到，不公开。")}}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return page.DutiesPath + "?done=objected", s.Office.AnswerDuty(ctx, cmd, d.Item.ID, d.Unit.ID, false, f.Value("reason"))
	}
	return sh, err
}

// dutySheet begins a sheet about a duty of a unit.
func dutySheet(s *page.Side, r *http.Request) (desk.Duty, page.Sheet, error) {
	d, err := readDuty(s, r)
	sh := page.Sheet{Back: page.DutyPath(d), Quote: d.Item.Title, Hidden: []string{"unit"}, Stands: url.Values{"unit": {d.Of.ID.String()}}}
	if err == nil && !d.Answers {
		sh.Stop = desk.ErrMayNotAnswer
	}
	return d, sh, err
}
