package plans

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

// drafted loads a plan that can still be corrected, and begins the sheet.
func drafted(s *page.Side, r *http.Request) (desk.Review, page.Sheet, error) {
	return draftedOf(s, r, s.Office.Plan)
}

// draftedOf is drafted with as much of the plan as load gives.
func draftedOf(s *page.Side, r *http.Request, load func(context.Context, desk.Who, id.Plan) (desk.Review, error)) (desk.Review, page.Sheet, error) {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return desk.Review{}, page.Sheet{}, desk.ErrMissing
	}
	v, err := load(r.Context(), page.Who(r.Context()), p)
	sh := page.Sheet{Back: page.PlanPath(v.Plan.ID), Button: web.T(r.Context(), "存下"), Step: v.LastStep, Drafted: true}
	if err == nil {
		sh.Begun(r.Context(), v.Plan)
	}
	return v, sh, err
}

// draftedBare is drafted for a sheet whose act needs nothing but the plan's identifier.
func draftedBare(s *page.Side, r *http.Request) (desk.Review, page.Sheet, error) {
	if !page.IsBare(r) {
		return drafted(s, r)
	}
	var v desk.Review
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return v, page.Sheet{}, desk.ErrMissing
	}
	v.Plan.ID = p
	return v, page.Sheet{Back: page.PlanPath(p), Bare: true}, nil
}

func discardPlan(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := drafted(s, r)
	sh.OnlyDraft()
	ctx := r.Context()
	sh.Title, sh.Button, sh.Quote = web.T(ctx, "删掉草稿"), web.T(ctx, "删掉"), v.Plan.Title
	sh.Lede = web.T(ctx, "删掉以后找不回来。原来的文件还在您自己手里的话，可以再导入一次。")
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return page.PlansPath, s.Office.DiscardPlan(ctx, cmd, v.Plan.ID)
	}
	return sh, err
}

func correctHeading(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := draftedBare(s, r)
	ctx := r.Context()
	sh.Title = web.T(ctx, "方案名称和制定单位")
	sh.Inputs = []page.Input{
		{Name: "title", Kind: "text", Label: web.T(ctx, "方案名称")},
		{Name: "issuer", Kind: "text", Label: web.T(ctx, "制定单位"), Hint: web.T(ctx, "文中没有写明的，可以补上。")},
	}
	sh.Stands = url.Values{"title": {v.Plan.Title}, "issuer": {v.Plan.Issuer}}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return sh.Back, s.Office.CorrectHeading(ctx, cmd, v.Plan.ID, desk.Heading{Title: f.Value("title"), Issuer: f.Value("issuer")}, seenIn(f))
	}
	return sh, err
}

func correctPhase(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := drafted(s, r)
	if err != nil {
		return sh, err
	}
	ctx := r.Context()
	ordinal, _ := strconv.Atoi(r.PathValue("ordinal"))
	for _, f := range v.Phases {
		if f.Ordinal != ordinal {
			continue
		}
		sh.Title, sh.Quote = web.T(ctx, "改阶段"), f.Span.In([]rune(v.Text))
		sh.Inputs = phaseInputs(ctx)
		sh.Stands = url.Values{"name": {f.Name}, "first": {string(f.First)}, "last": {string(f.Last)}}
		sh.Act = func(ctx context.Context, cmd desk.Cmd, form web.Form) (string, error) {
			f, err := phaseIn(f, form)
			if err != nil {
				return "", err
			}
			return sh.Back, s.Office.CorrectPhase(ctx, cmd, v.Plan.ID, f, seenIn(form))
		}
		return sh, nil
	}
	return sh, desk.ErrMissing
}

// draftedItem loads an item that can still be corrected, with the promise that
// the address names, and begins the sheet.
func draftedItem(s *page.Side, r *http.Request) (desk.ItemReview, page.Sheet, error) {
	p, notPlan := id.Of[id.Plan](r.PathValue("plan"))
	i, notItem := id.Of[id.Item](r.PathValue("item"))
	t, notTarget := promised[id.Target](r.PathValue("target"))
	m, notMilestone := promised[id.Milestone](r.PathValue("milestone"))
	if notPlan != nil || notItem != nil || notTarget != nil || notMilestone != nil {
		return desk.ItemReview{}, page.Sheet{}, desk.ErrMissing
	}
	if page.IsBare(r) {
		v := desk.ItemReview{Plan: plan.Plan{ID: p}, Item: plan.Item{ID: i}}
		if t != 0 {
			v.Target = &plan.Target{ID: t, Item: i}
		}
		if m != 0 {
			v.Milestone = &plan.Milestone{ID: m, Item: i}
		}
		return v, page.Sheet{Back: page.PlanPath(p) + "#i-" + i.String(), Bare: true}, nil
	}
	v, err := s.Office.PlanItem(r.Context(), page.Who(r.Context()), p, i, t, m)
	sh := page.Sheet{Back: page.PlanPath(p) + "#i-" + i.String(), Button: web.T(r.Context(), "存下"), Step: v.LastStep, Drafted: true}
	if err == nil {
		sh.Begun(r.Context(), v.Plan)
	}
	return v, sh, err
}

// promised reads which target or milestone an address names; 0 for none or one
// that is being added.
func promised[T ~int64](name string) (T, error) {
	if name == "" || name == added {
		return 0, nil
	}
	return id.Of[T](name)
}

func correctItem(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := draftedItem(s, r)
	ctx, i := r.Context(), v.Item
	sh.Title, sh.Quote = web.T(ctx, "改任务"), v.Clause
	sh.Inputs = itemInputs(ctx)
	sh.Stands = url.Values{"title": {i.Title}, "lead": {i.Lead}, "cooperating": {i.Cooperating}, "responsible": {i.Responsible}, "period": {string(i.Period)}, "tags": {strings.Join(i.Tags, "、")}}
	if i.Project {
		sh.Stands.Set("project", "1")
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		i := itemOf(f).OnTo(i)
		return sh.Back, s.Office.CorrectItem(ctx, cmd, v.Plan.ID, i, seenIn(f))
	}
	return sh, err
}

func itemInputs(ctx context.Context) []page.Input {
	return []page.Input{
		{Name: "title", Kind: "text", Label: web.T(ctx, "任务名称")},
		{Name: "lead", Kind: "text", Label: web.T(ctx, "牵头单位"), Hint: web.T(ctx, "几个单位用顿号隔开。")},
		{Name: "cooperating", Kind: "text", Label: web.T(ctx, "配合单位")},
		{Name: "responsible", Kind: "text", Label: web.T(ctx, "责任人"), Hint: web.T(ctx, "写岗位，不写姓名。")},
		{Name: "period", Kind: "select", Label: web.T(ctx, "多久报一次"), Hint: web.T(ctx, "原则性的话选“不用报”，以后就不会叫下面报数。"), Choices: choices(ctx, plan.Periods)},
		{Name: "tags", Kind: "text", Label: web.T(ctx, "专题"), Hint: web.T(ctx, "例如 文化下乡。几个专题用顿号隔开，没有就空着。")},
		{Name: "project", Kind: "checks", Label: web.T(ctx, "重点项目"), Choices: []web.Choice{{Value: "1", Words: web.T(ctx, "算作一个重点项目")}}},
	}
}

// itemOf is what a form says about an item.
func itemOf(f web.Form) plan.Item {
	return plan.Item{Title: f.Value("title"), Lead: f.Value("lead"), Cooperating: f.Value("cooperating"), Responsible: f.Value("responsible"),
		Period: plan.Period(f.Value("period")), Project: f.Value("project") == "1", Tags: plan.SplitTags(f.Value("tags"))}
}

func phaseInputs(ctx context.Context) []page.Input {
	return []page.Input{
		{Name: "name", Kind: "text", Label: web.T(ctx, "阶段名称")},
		{Name: "first", Kind: "date", Label: web.T(ctx, "第一天"), Hint: web.T(ctx, "没有写就空着。")},
		{Name: "last", Kind: "date", Label: web.T(ctx, "最后一天"), Hint: web.T(ctx, "没有写就空着。")},
	}
}

// phaseIn gives a stage with what a form says about it.
func phaseIn(p plan.Phase, f web.Form) (plan.Phase, error) {
	p.Name = f.Value("name")
	var err error
	if p.First, err = page.DayIn(f, "first"); err != nil {
		return p, err
	}
	p.Last, err = page.DayIn(f, "last")
	return p, err
}

func choices[S ~string](ctx context.Context, values []S) []web.Choice {
	out := make([]web.Choice, len(values))
	for i, v := range values {
		out[i] = web.Choice{Value: string(v), Words: web.Word(ctx, v)}
	}
	return out
}
