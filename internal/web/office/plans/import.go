package plans

import (
	"context"
	"net/http"

	"luoshi/fault"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

func importPlan(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	if !desk.May("plan.import", page.Who(ctx).Roles) {
		return page.Sheet{}, desk.ErrMayNotPlan
	}
	return page.Sheet{
		Title: web.T(ctx, "方案入库"), Back: page.PlansPath, Button: web.T(ctx, "读出任务和指标"), Upload: true,
		Lede: web.T(ctx, "把方案的正文贴进来，或者选一个文件。程序会读出任务、数字和期限，您再一条一条核对。"),
		Inputs: []page.Input{
			{Name: "text", Kind: "area", Rows: "16", Label: web.T(ctx, "方案正文"), Hint: web.T(ctx, "从标题到落款，整篇贴进来。一个字都不会改。从 Excel 里复制的表格也可以贴。")},
			{Name: "file", Kind: "file", Label: web.T(ctx, "或者选一个文件"), Hint: web.T(ctx, "Word（.docx）、Excel（.xlsx）、CSV、Markdown 和文本文件，最多 4 MB。.doc、.wps、.pdf 也可以试，读不了会说该怎么办。")},
		},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			in, err := page.SentDocument(r, f)
			if err != nil {
				return "", err
			}
			p, err := s.Office.ImportPlan(ctx, cmd, in)
			if wrong := fault.Of(err); wrong != nil && (wrong.Field == "" || wrong.Field == "text") && (wrong.Kind == fault.Invalid || wrong.Kind == fault.TooLarge) {
				if err = wrong.In("text"); f.Chose("file") {
					err = wrong.In("file")
				}
			}
			return page.PlanPath(p), err
		},
		Makes: true,
	}, nil
}
