package office

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"
)

func ordersPath(p id.Plan) string { return planPath(p) + "/orders" }

func orderPath(p id.Plan, i id.Item) string { return ordersPath(p) + "/" + i.String() }

// giveOrder writes down an instruction, minutes or a task given ad hoc, and makes an item of it.
func giveOrder(s *side, r *http.Request) (sheet, error) {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return sheet{}, desk.ErrMissing
	}
	ctx := r.Context()
	sh := sheet{title: web.T(ctx, "添一件批示、纪要或交办的事"), back: ordersPath(p), button: web.T(ctx, "登记"), bare: isBare(r),
		lede: web.T(ctx, "把原话贴进来，写上谁哪天交办的，它就成了这个方案的一条任务，自己排一个号，例如 批〔2012〕3号。原话就是它的出处。登记以后只在单位里看得到，公开是另一步。")}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		n, err := orderIn(f)
		if err != nil {
			return "", err
		}
		made, err := s.office.GiveOrder(ctx, cmd, p, n)
		return orderPath(p, made), err
	}
	sh.madeAt = func(answers []int64) string {
		if len(answers) == 0 {
			return ""
		}
		return orderPath(p, id.Item(answers[0]))
	}
	if sh.bare {
		return sh, nil
	}
	v, err := s.reviewed(r)
	if err != nil {
		return sheet{}, err
	}
	sh.quote = v.Plan.Title
	kind := plan.OrderKind(r.URL.Query().Get("kind"))
	if !slices.Contains(plan.OrderKinds, kind) {
		kind = plan.Instruction
	}
	sh.stands = url.Values{"kind": {string(kind)}, "given": {string(s.office.Today())}, "period": {string(plan.Monthly)}}
	sh.inputs = orderInputs(ctx)
	switch {
	case v.Plan.State == plan.Drafted:
		sh.stop = errNotYetInForce
	case v.Plan.State == plan.Closed:
		sh.stop = plan.ErrClosed
	case !desk.May("order.give", who(ctx).Roles):
		sh.stop = desk.ErrMayNotPlan
	}
	return sh, nil
}

var errNotYetInForce = fault.Of(plan.CheckOrder(plan.Plan{State: plan.Drafted}, plan.Order{}, plan.Item{}, plan.Milestone{}, ""))

func orderInputs(ctx context.Context) []input {
	kinds := input{name: "kind", kind: "radio", label: web.T(ctx, "是哪一种")}
	for _, k := range plan.OrderKinds {
		kinds.choices = append(kinds.choices, web.Choice{Value: string(k), Words: web.Word(ctx, k)})
	}
	periods := input{name: "period", kind: "select", label: web.T(ctx, "多久报一次")}
	for _, p := range plan.Periods {
		periods.choices = append(periods.choices, web.Choice{Value: string(p), Words: web.Word(ctx, p)})
	}
	return []input{
		kinds,
		{name: "words", kind: "area", rows: "4", label: web.T(ctx, "原话"), hint: web.T(ctx, "从批示或纪要里复制过来，一个字都不要改；口头交办的，照说的写。")},
		{name: "giver", kind: "text", label: web.T(ctx, "谁交办的"), hint: web.T(ctx, "写岗位或会议，例如 局长、局长办公会第 7 次会议。不要写姓名。")},
		{name: "given", kind: "date", label: web.T(ctx, "哪天交办的")},
		{name: "title", kind: "text", label: web.T(ctx, "任务名称"), hint: web.T(ctx, "一句话说清要办什么。")},
		{name: "lead", kind: "text", label: web.T(ctx, "牵头单位")},
		{name: "cooperating", kind: "text", label: web.T(ctx, "配合单位"), hint: web.T(ctx, "几个单位用“、”分开。没有就空着。")},
		{name: "responsible", kind: "text", label: web.T(ctx, "责任人"), hint: web.T(ctx, "写岗位。没有就空着。")},
		{name: "due", kind: "date", label: web.T(ctx, "最晚哪天办完"), hint: web.T(ctx, "含当日。")},
		{name: "proof", kind: "text", label: web.T(ctx, "凭什么算办了"), hint: web.T(ctx, "例如 验收单、一份报告。没有就空着。")},
		periods,
		{name: "tags", kind: "text", label: web.T(ctx, "专题"), hint: web.T(ctx, "几个专题用“、”分开。没有就空着。")},
	}
}

func orderIn(f web.Form) (n desk.NewOrder, err error) {
	n.Order = plan.Order{Kind: plan.OrderKind(f.Value("kind")), Words: f.Value("words"), Giver: f.Value("giver")}
	n.Item = plan.Item{Title: f.Value("title"), Lead: f.Value("lead"), Cooperating: f.Value("cooperating"), Responsible: f.Value("responsible"),
		Period: plan.Period(f.Value("period")), Tags: plan.SplitTags(f.Value("tags"))}
	n.Due.Proof = f.Value("proof")
	if n.Order.Given, err = dayIn(f, "given"); err != nil {
		return n, err
	}
	n.Due.Due, err = dayIn(f, "due")
	return n, err
}
