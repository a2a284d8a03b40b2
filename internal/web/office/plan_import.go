package office

import (
	"context"
	"errors"
	"io"
	"net/http"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
)

func importPlan(s *side, r *http.Request) (sheet, error) {
	ctx := r.Context()
	if !desk.May("plan.import", who(ctx).Roles) {
		return sheet{}, desk.ErrMayNotPlan
	}
	return sheet{
		title: web.T(ctx, "方案入库"), back: plansPath, button: web.T(ctx, "读出任务和指标"), upload: true,
		lede: web.T(ctx, "把方案的正文贴进来，或者选一个文件。程序会读出任务、数字和期限，您再一条一条核对。"),
		inputs: []input{
			{name: "text", kind: "area", rows: "16", label: web.T(ctx, "方案正文"), hint: web.T(ctx, "从标题到落款，整篇贴进来。一个字都不会改。从 Excel 里复制的表格也可以贴。")},
			{name: "file", kind: "file", label: web.T(ctx, "或者选一个文件"), hint: web.T(ctx, "Word（.docx）、Excel（.xlsx）、CSV、Markdown 和文本文件，最多 4 MB。.doc、.wps、.pdf 也可以试，读不了会说该怎么办。")},
		},
		act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			in, err := sentDocument(r, f)
			if err != nil {
				return "", err
			}
			p, err := s.office.ImportPlan(ctx, cmd, in)
			if wrong := fault.Of(err); wrong != nil && (wrong.Field == "" || wrong.Field == "text") && (wrong.Kind == fault.Invalid || wrong.Kind == fault.TooLarge) {
				if err = wrong.In("text"); f.Chose("file") {
					err = wrong.In("file")
				}
			}
			return planPath(p), err
		},
		madeAt: func(answers []int64) string {
			if len(answers) == 0 {
				return plansPath
			}
			return planPath(id.Plan(answers[0]))
		},
	}, nil
}

// filesTaken are the files that a browser offers to choose from.
const filesTaken = ".docx,.xlsx,.csv,.tsv,.md,.txt,.doc,.wps,.rtf,.odt,.xls,.et,.ods,.html,.pdf,text/plain"

var errNothingSent = fault.New(fault.Invalid, "还没有贴正文，也没有选文件。").In("text")

// sentDocument is the uploaded file, or what was pasted where there is none.
func sentDocument(r *http.Request, f web.Form) (desk.Import, error) {
	file, header, err := r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) || err == nil && header.Size == 0 {
		if f.Value("text") == "" {
			return desk.Import{}, errNothingSent
		}
		return desk.Import{Original: []byte(f.Value("text"))}, nil
	}
	if err != nil {
		return desk.Import{}, err
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	return desk.Import{Original: content, FileName: header.Filename}, err
}

func planPath(p id.Plan) string { return "/office/plans/" + p.String() }
