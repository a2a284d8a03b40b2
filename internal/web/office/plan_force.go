package office

import (
	"context"
	"net/http"
	"net/url"

	"luoshi/fault"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"
)

func takeIntoForce(s *side, r *http.Request) (sheet, error) {
	v, sh, err := s.drafted(r)
	sh.onlyDraft()
	ctx := r.Context()
	sh.title, sh.quote, sh.button = web.T(ctx, "启用方案"), v.Plan.Title, web.T(ctx, "启用")
	sh.lede = web.T(ctx, "%s 条任务就此定下来，再改要写明勘误还是调整。公开由另一位同事来做。", web.Count(len(v.Items)))
	if n := plan.OpenQuestions(v.Questions); n > 0 {
		sh.lede += web.Gap(ctx) + web.T(ctx, "还有 %s 问没有定，先记作“待定”。", web.Count(n))
	}
	sh.below = burdenTable(plan.Burdens(v.Items, v.Targets, v.Milestones))
	sh.inputs = []input{
		{name: "approved_by", kind: "text", label: web.T(ctx, "批准人或会议"), hint: web.T(ctx, "例如 局长办公会。不对外公开。")},
		{name: "day", kind: "date", label: web.T(ctx, "批准日期")},
		{name: "number", kind: "text", label: web.T(ctx, "文号"), hint: web.T(ctx, "例如 安文〔2011〕28号。没有就空着。")},
	}
	sh.stands = url.Values{"day": {string(s.office.Today())}, "number": {numberOf(v)}}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		day, err := dayIn(f, "day")
		if err != nil {
			return "", err
		}
		return planPath(v.Plan.ID), s.office.TakeIntoForce(ctx, cmd, v.Plan.ID, plan.Force{ApprovedBy: f.Value("approved_by"), Day: day, Number: f.Value("number")})
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

func closePlan(s *side, r *http.Request) (sheet, error) {
	v, err := s.reviewed(r)
	ctx := r.Context()
	sh := sheet{title: web.T(ctx, "结束方案"), quote: v.Plan.Title, back: planPath(v.Plan.ID), button: web.T(ctx, "结束")}
	sh.lede = web.T(ctx, "结束以后，方案还看得到，只是不再往下办。")
	sh.inputs = []input{{name: "why", kind: "area", rows: "3", label: web.T(ctx, "结束的说明"), hint: web.T(ctx, "为什么结束，会和方案一起公开。")}}
	if _, cannot := plan.Close(v.Plan, sh.title, s.office.Today()); cannot != nil {
		sh.stop = fault.Of(cannot)
	}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return planPath(v.Plan.ID), s.office.ClosePlan(ctx, cmd, v.Plan.ID, f.Value("why"))
	}
	return sh, err
}
