package office

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"
)

// reviewed loads the plan that an address names.
func (s *side) reviewed(r *http.Request) (desk.Review, error) {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return desk.Review{}, desk.ErrMissing
	}
	return s.office.Plan(r.Context(), who(r.Context()), p)
}

// drafted loads a plan that can still be corrected, and begins the sheet.
func (s *side) drafted(r *http.Request) (desk.Review, sheet, error) {
	return s.draftedOf(r, s.office.Plan)
}

// draftedOf is drafted with as much of the plan as load gives.
func (s *side) draftedOf(r *http.Request, load func(context.Context, desk.Who, id.Plan) (desk.Review, error)) (desk.Review, sheet, error) {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return desk.Review{}, sheet{}, desk.ErrMissing
	}
	v, err := load(r.Context(), who(r.Context()), p)
	sh := sheet{back: planPath(v.Plan.ID), button: web.T(r.Context(), "存下"), step: v.LastStep, drafted: true}
	if err == nil {
		sh.begun(r.Context(), v.Plan)
	}
	return v, sh, err
}

// draftedBare is drafted for a sheet whose act needs nothing but the plan's identifier.
func (s *side) draftedBare(r *http.Request) (desk.Review, sheet, error) {
	if !isBare(r) {
		return s.drafted(r)
	}
	var v desk.Review
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return v, sheet{}, desk.ErrMissing
	}
	v.Plan.ID = p
	return v, sheet{back: planPath(p), bare: true}, nil
}

func discardPlan(s *side, r *http.Request) (sheet, error) {
	v, sh, err := s.drafted(r)
	sh.onlyDraft()
	ctx := r.Context()
	sh.title, sh.button, sh.quote = web.T(ctx, "删掉草稿"), web.T(ctx, "删掉"), v.Plan.Title
	sh.lede = web.T(ctx, "删掉以后找不回来。原来的文件还在您自己手里的话，可以再导入一次。")
	sh.act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return plansPath, s.office.DiscardPlan(ctx, cmd, v.Plan.ID)
	}
	return sh, err
}

func correctHeading(s *side, r *http.Request) (sheet, error) {
	v, sh, err := s.draftedBare(r)
	ctx := r.Context()
	sh.title = web.T(ctx, "方案名称和制定单位")
	sh.inputs = []input{
		{name: "title", kind: "text", label: web.T(ctx, "方案名称")},
		{name: "issuer", kind: "text", label: web.T(ctx, "制定单位"), hint: web.T(ctx, "文中没有写明的，可以补上。")},
	}
	sh.stands = url.Values{"title": {v.Plan.Title}, "issuer": {v.Plan.Issuer}}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return sh.back, s.office.CorrectHeading(ctx, cmd, v.Plan.ID, desk.Heading{Title: f.Value("title"), Issuer: f.Value("issuer")}, seenIn(f))
	}
	return sh, err
}

func correctPhase(s *side, r *http.Request) (sheet, error) {
	v, sh, err := s.drafted(r)
	if err != nil {
		return sh, err
	}
	ctx := r.Context()
	ordinal, _ := strconv.Atoi(r.PathValue("ordinal"))
	for _, f := range v.Phases {
		if f.Ordinal != ordinal {
			continue
		}
		sh.title, sh.quote = web.T(ctx, "改阶段"), f.Span.In([]rune(v.Text))
		sh.inputs = phaseInputs(ctx)
		sh.stands = url.Values{"name": {f.Name}, "first": {string(f.First)}, "last": {string(f.Last)}}
		sh.act = func(ctx context.Context, cmd desk.Cmd, form web.Form) (string, error) {
			f, err := phaseIn(f, form)
			if err != nil {
				return "", err
			}
			return sh.back, s.office.CorrectPhase(ctx, cmd, v.Plan.ID, f, seenIn(form))
		}
		return sh, nil
	}
	return sh, desk.ErrMissing
}

var errDay = fault.New(fault.Invalid, "日期读不懂，请写成 2011-12-31 这样。")

// dayIn reads a day from a form; an empty field is no day.
func dayIn(f web.Form, name string) (calendar.Day, error) {
	if f.Value(name) == "" {
		return "", nil
	}
	d, err := calendar.ParseDay(f.Value(name))
	if err != nil {
		return "", errDay.In(name)
	}
	return d, nil
}

// draftedItem loads an item that can still be corrected, with the promise that
// the address names, and begins the sheet.
func (s *side) draftedItem(r *http.Request) (desk.ItemReview, sheet, error) {
	p, notPlan := id.Of[id.Plan](r.PathValue("plan"))
	i, notItem := id.Of[id.Item](r.PathValue("item"))
	t, notTarget := promised[id.Target](r.PathValue("target"))
	m, notMilestone := promised[id.Milestone](r.PathValue("milestone"))
	if notPlan != nil || notItem != nil || notTarget != nil || notMilestone != nil {
		return desk.ItemReview{}, sheet{}, desk.ErrMissing
	}
	if isBare(r) {
		v := desk.ItemReview{Plan: plan.Plan{ID: p}, Item: plan.Item{ID: i}}
		if t != 0 {
			v.Target = &plan.Target{ID: t, Item: i}
		}
		if m != 0 {
			v.Milestone = &plan.Milestone{ID: m, Item: i}
		}
		return v, sheet{back: planPath(p) + "#i-" + i.String(), bare: true}, nil
	}
	v, err := s.office.PlanItem(r.Context(), who(r.Context()), p, i, t, m)
	sh := sheet{back: planPath(p) + "#i-" + i.String(), button: web.T(r.Context(), "存下"), step: v.LastStep, drafted: true}
	if err == nil {
		sh.begun(r.Context(), v.Plan)
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

func correctItem(s *side, r *http.Request) (sheet, error) {
	v, sh, err := s.draftedItem(r)
	ctx, i := r.Context(), v.Item
	sh.title, sh.quote = web.T(ctx, "改任务"), v.Clause
	sh.inputs = itemInputs(ctx)
	sh.stands = url.Values{"title": {i.Title}, "lead": {i.Lead}, "cooperating": {i.Cooperating}, "responsible": {i.Responsible}, "period": {string(i.Period)}, "tags": {strings.Join(i.Tags, "、")}}
	if i.Project {
		sh.stands.Set("project", "1")
	}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		i := itemOf(f).OnTo(i)
		return sh.back, s.office.CorrectItem(ctx, cmd, v.Plan.ID, i, seenIn(f))
	}
	return sh, err
}

func itemInputs(ctx context.Context) []input {
	return []input{
		{name: "title", kind: "text", label: web.T(ctx, "任务名称")},
		{name: "lead", kind: "text", label: web.T(ctx, "牵头单位"), hint: web.T(ctx, "几个单位用顿号隔开。")},
		{name: "cooperating", kind: "text", label: web.T(ctx, "配合单位")},
		{name: "responsible", kind: "text", label: web.T(ctx, "责任人"), hint: web.T(ctx, "写岗位，不写姓名。")},
		{name: "period", kind: "select", label: web.T(ctx, "多久报一次"), hint: web.T(ctx, "原则性的话选“不用报”，以后就不会叫下面报数。"), choices: choices(ctx, plan.Periods)},
		{name: "tags", kind: "text", label: web.T(ctx, "专题"), hint: web.T(ctx, "例如 文化下乡。几个专题用顿号隔开，没有就空着。")},
		{name: "project", kind: "checks", label: web.T(ctx, "重点项目"), choices: []web.Choice{{Value: "1", Words: web.T(ctx, "算作一个重点项目")}}},
	}
}

// itemOf is what a form says about an item.
func itemOf(f web.Form) plan.Item {
	return plan.Item{Title: f.Value("title"), Lead: f.Value("lead"), Cooperating: f.Value("cooperating"), Responsible: f.Value("responsible"),
		Period: plan.Period(f.Value("period")), Project: f.Value("project") == "1", Tags: plan.SplitTags(f.Value("tags"))}
}

func phaseInputs(ctx context.Context) []input {
	return []input{
		{name: "name", kind: "text", label: web.T(ctx, "阶段名称")},
		{name: "first", kind: "date", label: web.T(ctx, "第一天"), hint: web.T(ctx, "没有写就空着。")},
		{name: "last", kind: "date", label: web.T(ctx, "最后一天"), hint: web.T(ctx, "没有写就空着。")},
	}
}

// phaseIn gives a stage with what a form says about it.
func phaseIn(p plan.Phase, f web.Form) (plan.Phase, error) {
	p.Name = f.Value("name")
	var err error
	if p.First, err = dayIn(f, "first"); err != nil {
		return p, err
	}
	p.Last, err = dayIn(f, "last")
	return p, err
}

func choices[S ~string](ctx context.Context, values []S) []web.Choice {
	out := make([]web.Choice, len(values))
	for i, v := range values {
		out[i] = web.Choice{Value: string(v), Words: web.Word(ctx, v)}
	}
	return out
}
