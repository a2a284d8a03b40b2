package office

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"
)

func documentPath(p id.Plan, d id.Document) string { return planPath(p) + "/documents/" + d.String() }

// offerReissue takes a re-issued document in to be compared with a plan in force.
func offerReissue(s *side, r *http.Request) (sheet, error) {
	v, err := s.reviewed(r)
	if err != nil {
		return sheet{}, err
	}
	ctx := r.Context()
	sh := sheet{title: web.T(ctx, "交重新印发的文件"), quote: v.Plan.Title, back: planPath(v.Plan.ID), button: web.T(ctx, "逐条比对"), upload: true}
	sh.lede = web.T(ctx, "上级或本单位重新印发、修订了方案，把新的一份贴进来或选一个文件。程序逐条和正在执行的方案比，列出每一处不同，由您一处一处定。比对的时候什么都不改。")
	sh.inputs = []input{
		{name: "text", kind: "area", rows: "16", label: web.T(ctx, "方案正文"), hint: web.T(ctx, "从标题到落款，整篇贴进来。一个字都不会改。从 Excel 里复制的表格也可以贴。")},
		{name: "file", kind: "file", label: web.T(ctx, "或者选一个文件"), hint: web.T(ctx, "Word（.docx）、Excel（.xlsx）、CSV、Markdown 和文本文件，最多 4 MB。.doc、.wps、.pdf 也可以试，读不了会说该怎么办。")},
	}
	sh.stands = url.Values{}
	sh.stop = s.cannotAmend(ctx, v.Plan)
	for _, e := range v.Documents {
		if !e.Adopted {
			sh.stop = plan.ErrComparing
			sh.back = documentPath(v.Plan.ID, e.Document)
		}
	}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		in, err := sentDocument(r, f)
		if err != nil {
			return "", err
		}
		d, err := s.office.OfferReissue(ctx, cmd, v.Plan.ID, in)
		if wrong := fault.Of(err); wrong != nil && wrong.Field == "text" && f.Chose("file") {
			err = wrong.In("file")
		}
		return documentPath(v.Plan.ID, d), err
	}
	return sh, nil
}

// cannotAmend says why somebody cannot amend a plan, or nil.
func (s *side) cannotAmend(ctx context.Context, p plan.Plan) *fault.Fault {
	if err := plan.CheckAmendable(p); err != nil {
		return fault.Of(err)
	}
	if !mayAmend(ctx, p) {
		return desk.ErrMayNotPlan
	}
	return nil
}

// documentOf loads the plan and the version of its document that an address names.
func (s *side) documentOf(r *http.Request) (v desk.Review, e plan.Edition, err error) {
	if v, err = s.reviewed(r); err != nil {
		return v, e, err
	}
	d, err := id.Of[id.Document](r.PathValue("document"))
	if err != nil {
		return v, e, desk.ErrMissing
	}
	for _, e := range v.Documents {
		if e.Document == d && e.Version > 1 {
			return v, e, nil
		}
	}
	return v, e, desk.ErrMissing
}

// reissuePage lists what a re-issued document says otherwise.
type reissuePage struct {
	desk.Review
	Edition plan.Edition
	Lines   []plan.Decided
}

func (s *side) reissue(w http.ResponseWriter, r *http.Request) error {
	v, e, err := s.documentOf(r)
	if err != nil {
		return err
	}
	shown := reissuePage{Review: v, Edition: e}
	for _, d := range v.Differences {
		if d.Document == e.Document {
			shown.Lines = append(shown.Lines, d)
		}
	}
	web.Show(w, r, http.StatusOK, reissuedPage(shown))
	return nil
}

func adoptReissue(s *side, r *http.Request) (sheet, error) {
	v, e, err := s.documentOf(r)
	if err != nil {
		return sheet{}, err
	}
	ctx := r.Context()
	sh := sheet{title: web.T(ctx, "收作方案的新一版"), quote: v.Plan.Title, back: documentPath(v.Plan.ID, e.Document), button: web.T(ctx, "收下")}
	sh.lede = web.T(ctx, "收下以后，方案的原文换成这一份，旧的一份留着，随时能看。写法没有变的任务和承诺自动指到新的原文；不同的地方先不动，一处一处等您定。")
	sh.inputs = []input{
		{name: "approved_by", kind: "text", label: web.T(ctx, "批准人或会议"), hint: web.T(ctx, "例如 局长办公会。不对外公开。")},
		{name: "approved_day", kind: "date", label: web.T(ctx, "批准日期")},
		{name: "basis", kind: "text", label: web.T(ctx, "文号"), hint: web.T(ctx, "新文件的文号。没有就空着。")},
	}
	sh.stands = url.Values{"approved_day": {string(s.office.Today())}}
	if sh.stop = s.cannotAmend(ctx, v.Plan); sh.stop == nil && e.Adopted {
		sh.stop = plan.ErrAdopted
	}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		day, err := dayIn(f, "approved_day")
		if err != nil {
			return "", err
		}
		return sh.back, s.office.AdoptReissue(ctx, cmd, v.Plan.ID, e.Document, plan.Force{ApprovedBy: f.Value("approved_by"), Day: day, Number: f.Value("basis")})
	}
	return sh, nil
}

func discardReissue(s *side, r *http.Request) (sheet, error) {
	v, e, err := s.documentOf(r)
	if err != nil {
		return sheet{}, err
	}
	ctx := r.Context()
	sh := sheet{title: web.T(ctx, "丢掉这份比对"), quote: v.Plan.Title, back: documentPath(v.Plan.ID, e.Document), button: web.T(ctx, "丢掉")}
	sh.lede = web.T(ctx, "丢掉以后方案一点不变。文件还在您手里的话，可以再交一次。")
	if sh.stop = s.cannotAmend(ctx, v.Plan); sh.stop == nil && e.Adopted {
		sh.stop = plan.ErrAdopted
	}
	sh.act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return planPath(v.Plan.ID), s.office.DiscardReissue(ctx, cmd, v.Plan.ID, e.Document)
	}
	return sh, nil
}

// differenceOf loads the difference that an address names, and begins its sheet.
func (s *side) differenceOf(r *http.Request) (v desk.Review, d plan.Decided, sh sheet, err error) {
	v, e, err := s.documentOf(r)
	if err != nil {
		return v, d, sh, err
	}
	ordinal, _ := strconv.Atoi(r.PathValue("ordinal"))
	for _, d := range v.Differences {
		if d.Document != e.Document || d.Ordinal != ordinal {
			continue
		}
		sh := sheet{back: documentPath(v.Plan.ID, e.Document) + "#d-" + strconv.Itoa(ordinal), quote: saidBy(d)}
		if sh.stop = s.cannotAmend(r.Context(), v.Plan); sh.stop == nil && !e.Adopted {
			sh.stop = plan.ErrNotAdopted
		}
		return v, d, sh, nil
	}
	return v, d, sh, desk.ErrMissing
}

// saidBy are the words of a difference: of the new document, where it has any.
func saidBy(d plan.Decided) string {
	if d.New != nil {
		return d.New.Words
	}
	return d.Old.Words
}

func applyDifference(s *side, r *http.Request) (sheet, error) {
	v, d, sh, err := s.differenceOf(r)
	if err != nil {
		return sh, err
	}
	ctx := r.Context()
	sh.title, sh.button = web.T(ctx, "照改：%s", web.DifferenceWord(ctx, d.Kind)), web.T(ctx, "照改")
	sh.lede = web.T(ctx, "照新文件改，记作调整，原定的留在旁边；只是挪了地方、换了说法的，只换出处。")
	if sh.stop == nil && d.State != plan.DifferencePending && d.State != plan.DifferenceDeclined {
		sh.stop = plan.ErrDecided
	}
	sh.act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return sh.back, s.office.ApplyDifference(ctx, cmd, v.Plan.ID, d.Document, d.Ordinal)
	}
	return sh, nil
}

func declineDifference(s *side, r *http.Request) (sheet, error) {
	v, d, sh, err := s.differenceOf(r)
	if err != nil {
		return sh, err
	}
	ctx := r.Context()
	sh.title, sh.button = web.T(ctx, "不照改：%s", web.DifferenceWord(ctx, d.Kind)), web.T(ctx, "不照改")
	sh.lede = web.T(ctx, "方案这一处不变，原因会和方案一起公开。以后还可以再照改。")
	sh.inputs = []input{{name: "reason", kind: "area", rows: "2", label: web.T(ctx, "原因"), hint: web.T(ctx, "为什么不照新文件改。")}}
	sh.stands = url.Values{}
	if sh.stop == nil && d.State != plan.DifferencePending {
		sh.stop = plan.ErrDecided
	}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return sh.back, s.office.DeclineDifference(ctx, cmd, v.Plan.ID, d.Document, d.Ordinal, f.Value("reason"))
	}
	return sh, nil
}

// former reports that the words of a record stand in a document that another has replaced.
func former(v desk.Review, doc id.Document) bool {
	return len(v.Documents) > 0 && doc != 0 && doc != v.Plan.Document
}
