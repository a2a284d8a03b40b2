package plans

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

func documentPath(p id.Plan, d id.Document) string {
	return page.PlanPath(p) + "/documents/" + d.String()
}

// offerReissue takes a re-issued document in to be compared with a plan in force.
func offerReissue(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, err := s.Reviewed(r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	sh := page.Sheet{Title: web.T(ctx, "交重新印发的文件"), Quote: v.Plan.Title, Back: page.PlanPath(v.Plan.ID), Button: web.T(ctx, "逐条比对"), Upload: true}
	sh.Lede = web.T(ctx, "上级或本单位重新印发、修订了方案，把新的一份贴进来或选一个文件。程序逐条和正在执行的方案比，列出每一处不同，由您一处一处定。比对的时候什么都不改。")
	sh.Inputs = []page.Input{
		{Name: "text", Kind: "area", Rows: "16", Label: web.T(ctx, "方案正文"), Hint: web.T(ctx, "从标题到落款，整篇贴进来。一个字都不会改。从 Excel 里复制的表格也可以贴。")},
		{Name: "file", Kind: "file", Label: web.T(ctx, "或者选一个文件"), Hint: web.T(ctx, "Word（.docx）、Excel（.xlsx）、CSV、Markdown 和文本文件，最多 4 MB。.doc、.wps、.pdf 也可以试，读不了会说该怎么办。")},
	}
	sh.Stands = url.Values{}
	sh.Stop = cannotAmend(s, ctx, v.Plan)
	for _, e := range v.Documents {
		if !e.Adopted {
			sh.Stop = plan.ErrComparing
			sh.Back = documentPath(v.Plan.ID, e.Document)
		}
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		in, err := page.SentDocument(r, f)
		if err != nil {
			return "", err
		}
		d, err := s.Office.OfferReissue(ctx, cmd, v.Plan.ID, in)
		if wrong := fault.Of(err); wrong != nil && wrong.Field == "text" && f.Chose("file") {
			err = wrong.In("file")
		}
		return documentPath(v.Plan.ID, d), err
	}
	return sh, nil
}

// cannotAmend says why somebody cannot amend a plan, or nil.
func cannotAmend(s *page.Side, ctx context.Context, p plan.Plan) *fault.Fault {
	if err := plan.CheckAmendable(p); err != nil {
		return fault.Of(err)
	}
	if !page.MayAmend(ctx, p) {
		return desk.ErrMayNotPlan
	}
	return nil
}

// documentOf loads the plan and the version of its document that an address names.
func documentOf(s *page.Side, r *http.Request) (v desk.Review, e plan.Edition, err error) {
	if v, err = s.Reviewed(r); err != nil {
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

func reissue(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	v, e, err := documentOf(s, r)
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

func adoptReissue(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, e, err := documentOf(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	sh := page.Sheet{Title: web.T(ctx, "收作方案的新一版"), Quote: v.Plan.Title, Back: documentPath(v.Plan.ID, e.Document), Button: web.T(ctx, "收下")}
	sh.Lede = web.T(ctx, "收下以后，方案的原文换成这一份，旧的一份留着，随时能看。写法没有变的任务和承诺自动指到新的原文；不同的地方先不动，一处一处等您定。")
	sh.Inputs = []page.Input{
		{Name: "approved_by", Kind: "text", Label: web.T(ctx, "批准人或会议"), Hint: web.T(ctx, "例如 局长办公会。不对外公开。")},
		{Name: "approved_day", Kind: "date", Label: web.T(ctx, "批准日期")},
		{Name: "basis", Kind: "text", Label: web.T(ctx, "文号"), Hint: web.T(ctx, "新文件的文号。没有就空着。")},
	}
	sh.Stands = url.Values{"approved_day": {string(s.Office.Today())}}
	if sh.Stop = cannotAmend(s, ctx, v.Plan); sh.Stop == nil && e.Adopted {
		sh.Stop = plan.ErrAdopted
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		day, err := page.DayIn(f, "approved_day")
		if err != nil {
			return "", err
		}
		return sh.Back, s.Office.AdoptReissue(ctx, cmd, v.Plan.ID, e.Document, plan.Force{ApprovedBy: f.Value("approved_by"), Day: day, Number: f.Value("basis")})
	}
	return sh, nil
}

func discardReissue(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, e, err := documentOf(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	sh := page.Sheet{Title: web.T(ctx, "丢掉这份比对"), Quote: v.Plan.Title, Back: documentPath(v.Plan.ID, e.Document), Button: web.T(ctx, "丢掉")}
	sh.Lede = web.T(ctx, "丢掉以后方案一点不变。文件还在您手里的话，可以再交一次。")
	if sh.Stop = cannotAmend(s, ctx, v.Plan); sh.Stop == nil && e.Adopted {
		sh.Stop = plan.ErrAdopted
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return page.PlanPath(v.Plan.ID), s.Office.DiscardReissue(ctx, cmd, v.Plan.ID, e.Document)
	}
	return sh, nil
}

// differenceOf loads the difference that an address names, and begins its sheet.
func differenceOf(s *page.Side, r *http.Request) (v desk.Review, d plan.Decided, sh page.Sheet, err error) {
	v, e, err := documentOf(s, r)
	if err != nil {
		return v, d, sh, err
	}
	ordinal, _ := strconv.Atoi(r.PathValue("ordinal"))
	for _, d := range v.Differences {
		if d.Document != e.Document || d.Ordinal != ordinal {
			continue
		}
		sh := page.Sheet{Back: documentPath(v.Plan.ID, e.Document) + "#d-" + strconv.Itoa(ordinal), Quote: saidBy(d)}
		if sh.Stop = cannotAmend(s, r.Context(), v.Plan); sh.Stop == nil && !e.Adopted {
			sh.Stop = plan.ErrNotAdopted
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

func applyDifference(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, d, sh, err := differenceOf(s, r)
	if err != nil {
		return sh, err
	}
	ctx := r.Context()
	sh.Title, sh.Button = web.T(ctx, "照改：%s", web.DifferenceWord(ctx, d.Kind)), web.T(ctx, "照改")
	sh.Lede = web.T(ctx, "照新文件改，记作调整，原定的留在旁边；只是挪了地方、换了说法的，只换出处。")
	if sh.Stop == nil && d.State != plan.DifferencePending && d.State != plan.DifferenceDeclined {
		sh.Stop = plan.ErrDecided
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return sh.Back, s.Office.ApplyDifference(ctx, cmd, v.Plan.ID, d.Document, d.Ordinal)
	}
	return sh, nil
}

func declineDifference(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, d, sh, err := differenceOf(s, r)
	if err != nil {
		return sh, err
	}
	ctx := r.Context()
	sh.Title, sh.Button = web.T(ctx, "不照改：%s", web.DifferenceWord(ctx, d.Kind)), web.T(ctx, "不照改")
	sh.Lede = web.T(ctx, "方案这一处不变，原因会和方案一起公开。以后还可以再照改。")
	sh.Inputs = []page.Input{{Name: "reason", Kind: "area", Rows: "2", Label: web.T(ctx, "原因"), Hint: web.T(ctx, "为什么不照新文件改。")}}
	sh.Stands = url.Values{}
	if sh.Stop == nil && d.State != plan.DifferencePending {
		sh.Stop = plan.ErrDecided
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return sh.Back, s.Office.DeclineDifference(ctx, cmd, v.Plan.ID, d.Document, d.Ordinal, f.Value("reason"))
	}
	return sh, nil
}

// former reports that the words of a record stand in a document that another has replaced.
func former(v desk.Review, doc id.Document) bool {
	return len(v.Documents) > 0 && doc != 0 && doc != v.Plan.Document
}
