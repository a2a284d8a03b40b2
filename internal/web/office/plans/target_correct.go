package plans

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"luoshi/fault"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

const added = "new" // stands in an address for a target or milestone that is being added

func correctTarget(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := draftedItem(s, r)
	if err != nil {
		return sh, err
	}
	ctx := r.Context()
	t := plan.Target{Item: v.Item.ID, Bound: "ge", Hardness: "hard", Aggregate: "sum"}
	fresh := v.Target == nil
	if !fresh {
		t = *v.Target
	}
	sh.Title, sh.Quote = web.T(ctx, "改指标"), t.Quote
	if fresh {
		sh.OnlyMissed()
		sh.Title, sh.Quote = web.T(ctx, "添一个指标"), v.Clause
		sh.Inputs = append(sh.Inputs, page.Input{Name: "quote", Kind: "text", Label: web.T(ctx, "原文里的话"),
			Hint: web.T(ctx, "从上面的原文里复制，一个字都不要改。每个指标都要指得回原文。")})
	}
	sh.Inputs = append(sh.Inputs, targetInputs(ctx)...)
	sh.Stands = url.Values{}
	standTarget(sh.Stands, t, fresh)
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		t, err := targetIn(t, f)
		if err != nil {
			return "", err
		}
		if fresh {
			t.Quote = quoteIn(f)
		}
		_, err = s.Office.CorrectTarget(ctx, cmd, v.Plan.ID, t, seenIn(f))
		return sh.Back, err
	}
	return sh, nil
}

var errNumber = fault.New(fault.Invalid, "这个数读不懂。请写成 1500 或者 0.5 这样，小数最多四位。")

func targetIn(t plan.Target, f web.Form) (plan.Target, error) {
	t.Indicator, t.Bound, t.Unit, t.Scope = f.Value("indicator"), f.Value("bound"), f.Value("unit"), f.Value("scope")
	t.Aggregate, t.Hardness, t.Period = f.Value("aggregate"), f.Value("hardness"), f.Value("each")
	var err error
	if t.Value, err = plan.ParseDecimal(f.Value("value")); err != nil {
		return t, errNumber.In("value")
	}
	if t.Max, err = numberIn(f, "max"); err != nil {
		return t, err
	}
	if t.From, err = numberIn(f, "from"); err != nil {
		return t, err
	}
	if t.Start, err = page.DayIn(f, "start"); err != nil {
		return t, err
	}
	t.Deadline, err = page.DayIn(f, "deadline")
	return t, err
}

// numberIn reads a number that may be left out.
func numberIn(f web.Form, name string) (*plan.Decimal, error) {
	if f.Value(name) == "" {
		return nil, nil
	}
	d, err := plan.ParseDecimal(f.Value(name))
	if err != nil {
		return nil, errNumber.In(name)
	}
	return &d, nil
}

// repeats are the spans of time in which a figure is promised again and again.
func repeats(ctx context.Context) []web.Choice {
	out := []web.Choice{{Value: "", Words: web.T(ctx, "一共")}}
	for _, p := range plan.Repeats {
		out = append(out, web.Choice{Value: p, Words: web.Repeat(ctx, p)})
	}
	return out
}

// quoteIn is a quote as it was copied from the page: browsers send CRLF.
func quoteIn(f web.Form) string {
	return strings.TrimSpace(strings.ReplaceAll(f.Value("quote"), "\r\n", "\n"))
}

func removeTarget(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := draftedItem(s, r)
	if err != nil {
		return sh, err
	}
	if v.Target == nil {
		return sh, desk.ErrMissing
	}
	sh.Title, sh.Quote, sh.Button = web.T(r.Context(), "不是承诺"), v.Target.Quote, web.T(r.Context(), "去掉它")
	sh.Lede = web.T(r.Context(), "去掉以后，这句话只是原文里的话，不再当作指标或节点。")
	sh.Ending(r.Context())
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return sh.Back, s.Office.RemoveTarget(ctx, cmd, v.Plan.ID, v.Item.ID, v.Target.ID)
	}
	return sh, nil
}

func correctMilestone(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := draftedItem(s, r)
	if err != nil {
		return sh, err
	}
	ctx := r.Context()
	m := plan.Milestone{Item: v.Item.ID, Hardness: "hard"}
	fresh := v.Milestone == nil
	if !fresh {
		m = *v.Milestone
	}
	sh.Title, sh.Quote = web.T(ctx, "改节点"), v.Quote
	if fresh {
		sh.OnlyMissed()
		sh.Title, sh.Quote = web.T(ctx, "添一个节点"), v.Clause
		sh.Inputs = append(sh.Inputs, page.Input{Name: "quote", Kind: "text", Label: web.T(ctx, "原文里的话"),
			Hint: web.T(ctx, "从上面的原文里复制，一个字都不要改。每个节点都要指得回原文。")})
	}
	sh.Inputs = append(sh.Inputs, milestoneInputs(ctx)...)
	sh.Stands = url.Values{}
	standMilestone(sh.Stands, m)
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		m, err := milestoneIn(m, f)
		if err != nil {
			return "", err
		}
		_, err = s.Office.CorrectMilestone(ctx, cmd, v.Plan.ID, m, quoteIn(f), seenIn(f))
		return sh.Back, err
	}
	return sh, nil
}

func removeMilestone(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := draftedItem(s, r)
	if err != nil {
		return sh, err
	}
	if v.Milestone == nil {
		return sh, desk.ErrMissing
	}
	sh.Title, sh.Quote, sh.Button = web.T(r.Context(), "不是承诺"), v.Quote, web.T(r.Context(), "去掉它")
	sh.Lede = web.T(r.Context(), "去掉以后，这句话只是原文里的话，不再当作指标或节点。")
	sh.Ending(r.Context())
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return sh.Back, s.Office.RemoveMilestone(ctx, cmd, v.Plan.ID, v.Item.ID, v.Milestone.ID)
	}
	return sh, nil
}
