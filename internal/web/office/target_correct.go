package office

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"luoshi/fault"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"
)

const added = "new" // stands in an address for a target or milestone that is being added

func correctTarget(s *side, r *http.Request) (sheet, error) {
	v, sh, err := s.draftedItem(r)
	if err != nil {
		return sh, err
	}
	ctx := r.Context()
	t := plan.Target{Item: v.Item.ID, Bound: "ge", Hardness: "hard", Aggregate: "sum"}
	fresh := v.Target == nil
	if !fresh {
		t = *v.Target
	}
	sh.title, sh.quote = web.T(ctx, "改指标"), t.Quote
	if fresh {
		sh.title, sh.quote = web.T(ctx, "添一个指标"), v.Clause
		sh.inputs = append(sh.inputs, input{name: "quote", kind: "text", label: web.T(ctx, "原文里的话"),
			hint: web.T(ctx, "从上面的原文里复制，一个字都不要改。每个指标都要指得回原文。")})
	}
	sh.inputs = append(sh.inputs,
		input{name: "indicator", kind: "text", label: web.T(ctx, "指标名称")},
		input{name: "bound", kind: "select", label: web.T(ctx, "怎么比"), choices: choices(ctx, plan.Bounds)},
		input{name: "value", kind: "text", label: web.T(ctx, "数"), hint: web.T(ctx, "例如 1500、36700、0.5。")},
		input{name: "max", kind: "text", label: web.T(ctx, "上限"), hint: web.T(ctx, "只有“范围”才要填。")},
		input{name: "unit", kind: "text", label: web.T(ctx, "计量单位"), hint: web.T(ctx, "例如 场、册、名。")},
		input{name: "scope", kind: "text", label: web.T(ctx, "管到哪里"), hint: web.T(ctx, "例如 全市、每个乡镇。可以空着。")},
		input{name: "from", kind: "text", label: web.T(ctx, "从多少起"), hint: web.T(ctx, "例如“由5%降到3%”里的 5。没有写就空着。")},
		input{name: "each", kind: "select", label: web.T(ctx, "每隔多久一次这么多"), hint: web.T(ctx, "例如每年培训 2000 名。只要一共这么多，就选“一共”。"), choices: repeats(ctx)},
		input{name: "start", kind: "date", label: web.T(ctx, "从哪天开始"), hint: web.T(ctx, "没有写就空着。")},
		input{name: "deadline", kind: "date", label: web.T(ctx, "期限"), hint: web.T(ctx, "当天也算。没有写就空着。")},
		input{name: "aggregate", kind: "select", label: web.T(ctx, "怎么加"), choices: choices(ctx, plan.Aggregates)},
		input{name: "hardness", kind: "select", label: web.T(ctx, "硬任务还是力争"), choices: choices(ctx, plan.Hardnesses)},
	)
	sh.stands = url.Values{"indicator": {t.Indicator}, "bound": {t.Bound}, "unit": {t.Unit}, "scope": {t.Scope},
		"deadline": {string(t.Deadline)}, "start": {string(t.Start)}, "each": {t.Period}, "aggregate": {t.Aggregate}, "hardness": {t.Hardness}, "value": {t.Value.String()}}
	if fresh {
		sh.stands.Set("value", "")
	}
	if t.Max != nil {
		sh.stands.Set("max", t.Max.String())
	}
	if t.From != nil {
		sh.stands.Set("from", t.From.String())
	}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		t, err := targetIn(t, f, fresh)
		if err != nil {
			return "", err
		}
		_, err = s.office.CorrectTarget(ctx, cmd, v.Plan.ID, t, seenIn(f))
		return sh.back, err
	}
	return sh, nil
}

var errNumber = fault.New(fault.Invalid, "这个数读不懂。请写成 1500 或者 0.5 这样，小数最多四位。")

func targetIn(t plan.Target, f web.Form, fresh bool) (plan.Target, error) {
	if fresh {
		t.Quote = quoteIn(f)
	}
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
	if t.Start, err = dayIn(f, "start"); err != nil {
		return t, err
	}
	t.Deadline, err = dayIn(f, "deadline")
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

func removeTarget(s *side, r *http.Request) (sheet, error) {
	v, sh, err := s.draftedItem(r)
	if err != nil {
		return sh, err
	}
	if v.Target == nil {
		return sh, desk.ErrMissing
	}
	sh.title, sh.quote, sh.button = web.T(r.Context(), "不是承诺"), v.Target.Quote, web.T(r.Context(), "去掉它")
	sh.lede = web.T(r.Context(), "去掉以后，这句话只是原文里的话，不再当作指标或节点。")
	sh.act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return sh.back, s.office.RemoveTarget(ctx, cmd, v.Plan.ID, v.Item.ID, v.Target.ID)
	}
	return sh, nil
}

func correctMilestone(s *side, r *http.Request) (sheet, error) {
	v, sh, err := s.draftedItem(r)
	if err != nil {
		return sh, err
	}
	ctx := r.Context()
	m := plan.Milestone{Item: v.Item.ID, Hardness: "hard"}
	fresh := v.Milestone == nil
	if !fresh {
		m = *v.Milestone
	}
	sh.title, sh.quote = web.T(ctx, "改节点"), m.Span.In([]rune(v.Text))
	if fresh {
		sh.title, sh.quote = web.T(ctx, "添一个节点"), v.Clause
		sh.inputs = append(sh.inputs, input{name: "quote", kind: "text", label: web.T(ctx, "原文里的话"),
			hint: web.T(ctx, "从上面的原文里复制，一个字都不要改。每个节点都要指得回原文。")})
	}
	sh.inputs = append(sh.inputs,
		input{name: "title", kind: "text", label: web.T(ctx, "节点名称"), hint: web.T(ctx, "做成什么，例如 市博物馆对外开放。")},
		input{name: "due", kind: "date", label: web.T(ctx, "期限"), hint: web.T(ctx, "当天也算。")},
		input{name: "hardness", kind: "select", label: web.T(ctx, "硬任务还是力争"), choices: choices(ctx, plan.Hardnesses)},
		input{name: "proof", kind: "text", label: web.T(ctx, "完成的凭据"), hint: web.T(ctx, "拿什么证明办成了。可以空着。")},
	)
	sh.stands = url.Values{"title": {m.Title}, "due": {string(m.Due)}, "hardness": {m.Hardness}, "proof": {m.Proof}}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		m := m
		m.Title, m.Hardness, m.Proof = f.Value("title"), f.Value("hardness"), f.Value("proof")
		if m.Due, err = dayIn(f, "due"); err != nil {
			return "", err
		}
		_, err := s.office.CorrectMilestone(ctx, cmd, v.Plan.ID, m, quoteIn(f), seenIn(f))
		return sh.back, err
	}
	return sh, nil
}

func removeMilestone(s *side, r *http.Request) (sheet, error) {
	v, sh, err := s.draftedItem(r)
	if err != nil {
		return sh, err
	}
	if v.Milestone == nil {
		return sh, desk.ErrMissing
	}
	sh.title, sh.quote, sh.button = web.T(r.Context(), "不是承诺"), v.Milestone.Span.In([]rune(v.Text)), web.T(r.Context(), "去掉它")
	sh.lede = web.T(r.Context(), "去掉以后，这句话只是原文里的话，不再当作指标或节点。")
	sh.act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return sh.back, s.office.RemoveMilestone(ctx, cmd, v.Plan.ID, v.Item.ID, v.Milestone.ID)
	}
	return sh, nil
}
