package plans

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

// publicOf loads how much of the plan of an address is public.
func publicOf(s *page.Side, r *http.Request) (desk.Publicity, error) {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return desk.Publicity{}, desk.ErrMissing
	}
	return s.Office.Publicity(r.Context(), page.Who(r.Context()), p)
}

// publicity shows who approved a plan, and what of it is public.
func publicity(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	p, err := publicOf(s, r)
	if err != nil {
		return err
	}
	if p.Plan.State == plan.Drafted {
		return plan.ErrNotInForce
	}
	web.Show(w, r, http.StatusOK, publicityPage(p))
	return nil
}

// publishPlan asks what is to be made public, and leads to what the public would see.
func publishPlan(s *page.Side, r *http.Request) (page.Sheet, error) {
	p, err := publicOf(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	sh := page.Sheet{Title: web.T(ctx, "公开方案"), Quote: p.Plan.Title, Back: page.PlanPath(p.Plan.ID), Button: web.T(ctx, "先看公众会看到什么")}
	sh.Lede = web.T(ctx, "没勾上的任务，在原文里的那一段也不显示。")
	if p.Plan.Released {
		sh.Title = web.T(ctx, "再公开几条任务")
	}
	if p.Editions > 0 {
		sh.Lede += web.Gap(ctx) + web.T(ctx, "重新印发的原文里新写的话还没有公开，这次一起公开。")
	}
	sh.Inputs = releaseInputs(s, ctx, p)
	if sh.Stands, err = releaseStands(s, ctx, p); err != nil {
		return sh, err
	}
	sh.Stop = mayRelease(ctx, p)
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return previewPath(p.Plan.ID.String()), s.Office.Prepare(ctx, cmd, p.Plan.ID, releaseIn(f, p.Keeping))
	}
	return sh, nil
}

// mayRelease says why somebody cannot make more of a plan public, or nothing.
func mayRelease(ctx context.Context, p desk.Publicity) *fault.Fault {
	waits := p.Waiting() + p.Editions
	for _, rule := range plan.FieldKinds {
		if rule.Exists && !p.Fields[rule.Kind].Released {
			waits++
		}
	}
	switch {
	case p.Plan.State == plan.Drafted:
		return plan.ErrNotInForce
	case p.Plan.State == plan.Closed:
		return plan.ErrClosed
	case !desk.May("plan.publish", page.Who(ctx).Roles):
		return desk.ErrMayNotPlan
	case p.Alone:
		return plan.ErrNobodyElse
	case p.Mine:
		return plan.ErrSamePerson
	case waits == 0:
		return plan.ErrPublished
	}
	return nil
}

func releaseInputs(s *page.Side, ctx context.Context, p desk.Publicity) []page.Input {
	items := page.Input{Name: "items", Kind: "checks", Label: web.T(ctx, "公开哪些任务")}
	for _, i := range p.Items {
		if !i.Released {
			words := endedTitle(ctx, i)
			if o, ordered := p.Orders[i.ID]; ordered {
				words = o.Number() + " " + words
			}
			if day := p.Withdrawn[i.ID]; day != "" {
				words = web.T(ctx, "%s（%s撤回过）", words, web.Date(ctx, day))
			}
			items.Choices = append(items.Choices, web.Choice{Value: i.ID.String(), Words: words, Document: true})
		}
	}
	kinds := page.Input{Name: "kinds", Kind: "checks", Label: web.T(ctx, "这几类勾上才公开")}
	for _, rule := range plan.FieldKinds {
		if rule.Exists && !p.Fields[rule.Kind].Released {
			kinds.Choices = append(kinds.Choices, web.Choice{Value: string(rule.Kind), Words: web.T(ctx, "%s：%s", web.T(ctx, rule.Name), web.T(ctx, rule.Covers))})
		}
	}
	out := []page.Input{items, kinds,
		{Name: "names", Kind: "area", Rows: "3", Label: web.T(ctx, "要遮住的人名"), Hint: web.T(ctx, "一行一个，缺的补上，不用遮的删掉。")},
		{Name: "telephones", Kind: "area", Rows: "2", Label: web.T(ctx, "要遮住的电话"), Hint: web.T(ctx, "给公众打的热线请删掉。")}}
	return slices.DeleteFunc(out, func(in page.Input) bool { return in.Kind == "checks" && len(in.Choices) == 0 })
}

// releaseStands is what somebody prepared already; else all that was never taken back
// where the plan is not public, and nothing more where it is.
func releaseStands(s *page.Side, ctx context.Context, p desk.Publicity) (url.Values, error) {
	keeping := p.Keeping
	stands := url.Values{}
	prepared, err := s.Office.Prepared(ctx, page.Who(ctx), p.Plan.ID)
	switch {
	case err == nil:
		for _, i := range prepared.Items {
			stands.Add("items", i.String())
		}
		for _, k := range prepared.Kinds {
			stands.Add("kinds", string(k))
		}
		keeping = prepared.Keep(keeping)
	case !fault.Is(err, fault.Missing):
		return nil, err
	case !p.Plan.Released:
		for _, i := range p.Items {
			// Instructions are not made public in passing: they are ticked by hand, if at all.
			if _, ordered := p.Orders[i.ID]; p.Withdrawn[i.ID] == "" && !ordered && i.Standing == plan.Stands {
				stands.Add("items", i.ID.String())
			}
		}
	}
	stands.Set("names", strings.Join(keeping.Names, "\n"))
	stands.Set("telephones", strings.Join(keeping.Telephones, "\n"))
	return stands, nil
}

// releaseIn reads what is to become public. What was found and does not stand on a list
// any more was looked at and spared.
func releaseIn(f web.Form, found plan.Keeping) plan.Release {
	r := plan.Release{Items: itemsIn(f), Spared: found.Spared}
	for _, k := range f.Values["kinds"] {
		r.Kinds = append(r.Kinds, plan.FieldKind(k))
	}
	list := func(field string, found []string) []string {
		if _, asked := f.Values[field]; !asked {
			return found
		}
		lines := strings.FieldsFunc(f.Value(field), func(r rune) bool { return r == '\n' || r == '\r' })
		for i := range lines {
			lines[i] = strings.TrimSpace(lines[i])
		}
		for _, w := range found {
			if !slices.Contains(lines, w) {
				r.Spared = append(slices.Clip(r.Spared), w)
			}
		}
		return lines
	}
	r.Names, r.Telephones = list("names", found.Names), list("telephones", found.Telephones)
	r.Spared = slices.DeleteFunc(slices.Clone(r.Spared), func(w string) bool { return slices.Contains(r.Names, w) || slices.Contains(r.Telephones, w) })
	return r
}

// endedTitle names an item, and says of one that stands no more what became of it.
func endedTitle(ctx context.Context, i plan.Item) string {
	if i.Standing == plan.Stands {
		return i.Title
	}
	return web.T(ctx, "%s：%s", web.StandingWord(ctx, i.Standing), i.Title)
}

func itemsIn(f web.Form) (chosen []id.Item) {
	for _, text := range f.Values["items"] {
		if item, err := id.Of[id.Item](text); err == nil {
			chosen = append(chosen, item)
		}
	}
	return chosen
}

var errNotPrepared = fault.New(fault.Conflict, "还没有选好要公开什么。请先勾好、看过预览，再到这一步。")

// confirmRelease asks for the note of the review and makes public what was looked at.
func confirmRelease(s *page.Side, r *http.Request) (page.Sheet, error) {
	p, err := publicOf(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	sh := page.Sheet{Title: web.T(ctx, "公开保密审查和公开"), Quote: p.Plan.Title, Back: page.PlanPath(p.Plan.ID) + "/publish", Button: web.T(ctx, "公开")}
	prepared, err := s.Office.Prepared(ctx, page.Who(ctx), p.Plan.ID)
	if err != nil {
		sh.Stop = errNotPrepared
		sh.Act = func(context.Context, desk.Cmd, web.Form) (string, error) { return "", errNotPrepared }
		return sh, nil
	}
	if sh.Stop = mayRelease(ctx, p); sh.Stop == nil {
		sh.Below = releaseTable(p, prepared)
	}
	sh.Lede = web.T(ctx, "不涉及国家秘密、工作秘密、商业秘密和个人隐私的才能公开。")
	sh.Inputs = []page.Input{
		{Name: "review_by", Kind: "text", Label: web.T(ctx, "审查人"), Hint: web.T(ctx, "例如 局办公室保密岗。")},
		{Name: "review_day", Kind: "date", Label: web.T(ctx, "审查日期")},
		{Name: "review_result", Kind: "area", Rows: "3", Label: web.T(ctx, "审查意见"), Hint: web.T(ctx, "例如 不涉及国家秘密和个人隐私，可以公开。")},
	}
	sh.Stands = url.Values{"review_day": {string(s.Office.Today())}}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		day, err := page.DayIn(f, "review_day")
		if err != nil {
			return "", err
		}
		return page.PlanPath(p.Plan.ID), s.Office.Publish(ctx, cmd, p.Plan.ID, prepared,
			plan.SecrecyReview{By: f.Value("review_by"), Day: day, Result: f.Value("review_result")})
	}
	return sh, nil
}

// withdrawPlan takes back what is public.
func withdrawPlan(s *page.Side, r *http.Request) (page.Sheet, error) {
	p, err := publicOf(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	sh := page.Sheet{Title: web.T(ctx, "撤回公开"), Quote: p.Plan.Title, Back: page.PlanPath(p.Plan.ID) + "/publicity", Button: web.T(ctx, "撤回")}
	sh.Lede = web.T(ctx, "撤回以后，公众打不开这些内容，地址上只写着已经撤回。谁在哪一天为什么撤回，留在存证里，谁都看得到。")
	items := page.Input{Name: "items", Kind: "checks", Label: web.T(ctx, "撤回哪些任务")}
	for _, i := range p.Items {
		if i.Released {
			items.Choices = append(items.Choices, web.Choice{Value: i.ID.String(), Words: endedTitle(ctx, i)})
		}
	}
	kinds := page.Input{Name: "kinds", Kind: "checks", Label: web.T(ctx, "撤回哪几类内容")}
	for _, rule := range plan.FieldKinds {
		if p.Fields[rule.Kind].Released {
			kinds.Choices = append(kinds.Choices, web.Choice{Value: string(rule.Kind), Words: web.T(ctx, "%s：%s", web.T(ctx, rule.Name), web.T(ctx, rule.Covers))})
		}
	}
	sh.Inputs = []page.Input{
		{Name: "what", Kind: "radio", Label: web.T(ctx, "撤回什么"), Choices: []web.Choice{
			{Value: "part", Words: web.T(ctx, "下面勾上的")}, {Value: "whole", Words: web.T(ctx, "整个方案，连同所有任务")}}},
		items, kinds,
		{Name: "why", Kind: "area", Rows: "3", Label: web.T(ctx, "撤回的原因"), Hint: web.T(ctx, "会公开。请不要写进撤回的内容本身。")},
	}
	sh.Inputs = slices.DeleteFunc(sh.Inputs, func(in page.Input) bool { return in.Kind == "checks" && len(in.Choices) == 0 })
	sh.Stands = url.Values{"what": {"part"}}
	switch {
	case !desk.May("plan.publish", page.Who(ctx).Roles):
		sh.Stop = desk.ErrMayNotPlan
	case !p.Plan.Released:
		sh.Stop = plan.ErrNothingPublic
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		w := plan.Withdrawal{Whole: f.Value("what") == "whole", Why: f.Value("why")}
		if !w.Whole {
			w.Items = itemsIn(f)
			for _, k := range f.Values["kinds"] {
				w.Kinds = append(w.Kinds, plan.FieldKind(k))
			}
		}
		return page.PlanPath(p.Plan.ID) + "/publicity", s.Office.Withdraw(ctx, cmd, p.Plan.ID, w)
	}
	return sh, nil
}

// mayPublish reports whether publishing and withdrawing are among the reader's duties.
func mayPublish(ctx context.Context) bool {
	w := web.Of(ctx).Who
	return w != nil && desk.May("plan.publish", w.Roles)
}
