package plans

import (
	"context"
	"net/http"
	"net/url"

	"luoshi/fault"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

func takeIntoForce(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := drafted(s, r)
	sh.OnlyDraft()
	ctx := r.Context()
	sh.Title, sh.Quote, sh.Button = web.T(ctx, "启用方案"), v.Plan.Title, web.T(ctx, "启用")
	sh.Lede = web.T(ctx, "%s 条任务就此定下来，再改要写明勘误还是调整。公开由另一位同事来做。", web.Count(len(v.Items)))
	if n := plan.OpenQuestions(v.Questions); n > 0 {
		sh.Lede += web.Gap(ctx) + web.T(ctx, "还有 %s 问没有定，先记作“待定”。", web.Count(n))
	}
	sh.Below = burdenTable(plan.Burdens(v.Items, v.Targets, v.Milestones))
	sh.Inputs = []page.Input{
		{Name: "approved_by", Kind: "text", Label: web.T(ctx, "批准人或会议"), Hint: web.T(ctx, "例如 局长办公会。不对外公开。")},
		{Name: "day", Kind: "date", Label: web.T(ctx, "批准日期")},
		{Name: "number", Kind: "text", Label: web.T(ctx, "文号"), Hint: web.T(ctx, "例如 安文〔2011〕28号。没有就空着。")},
	}
	sh.Stands = url.Values{"day": {string(s.Office.Today())}, "number": {numberOf(v)}}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		day, err := page.DayIn(f, "day")
		if err != nil {
			return "", err
		}
		return page.PlanPath(v.Plan.ID), s.Office.TakeIntoForce(ctx, cmd, v.Plan.ID, plan.Force{ApprovedBy: f.Value("approved_by"), Day: day, Number: f.Value("number")})
	}
	return sh, err
}

// numberOf is the document number that was given as an answer, if there is one.
func numberOf(v desk.Review) string {
	for _, q := range v.Questions {
		if q.Kind == "missing_document_number" && q.State == plan.QuestionAnswered && q.Chosen == plan.OwnWords {
			return q.Words
		}
	}
	return v.Plan.Number
}

func closePlan(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, err := s.Reviewed(r)
	ctx := r.Context()
	sh := page.Sheet{Title: web.T(ctx, "结束方案"), Quote: v.Plan.Title, Back: page.PlanPath(v.Plan.ID), Button: web.T(ctx, "结束")}
	sh.Lede = web.T(ctx, "结束以后，方案还看得到，只是不再往下办。")
	sh.Inputs = []page.Input{{Name: "why", Kind: "area", Rows: "3", Label: web.T(ctx, "结束的说明"), Hint: web.T(ctx, "为什么结束，会和方案一起公开。")}}
	if _, cannot := plan.Close(v.Plan, sh.Title, s.Office.Today()); cannot != nil {
		sh.Stop = fault.Of(cannot)
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return page.PlanPath(v.Plan.ID), s.Office.ClosePlan(ctx, cmd, v.Plan.ID, f.Value("why"))
	}
	return sh, err
}
