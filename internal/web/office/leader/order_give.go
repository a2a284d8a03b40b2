package leader

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

// giveOrder writes down an instruction, minutes or a task given ad hoc, and makes an item of it.
func giveOrder(s *page.Side, r *http.Request) (page.Sheet, error) {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return page.Sheet{}, desk.ErrMissing
	}
	ctx := r.Context()
	sh := page.Sheet{Title: web.T(ctx, "添一件批示、纪要或交办的事"), Back: page.OrdersPath(p), Button: web.T(ctx, "登记"), Bare: page.IsBare(r),
		Lede: web.T(ctx, "把原话贴进来，写上谁哪天交办的，它就成了这个方案的一条任务，自己排一个号，例如 批〔2012〕3号。原话就是它的出处。登记以后只在单位里看得到，公开是另一步。")}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		n, err := orderIn(f)
		if err != nil {
			return "", err
		}
		made, err := s.Office.GiveOrder(ctx, cmd, p, n)
		return page.OrderPath(p, made), err
	}
	sh.Makes = true
	if sh.Bare {
		return sh, nil
	}
	v, err := s.Reviewed(r)
	if err != nil {
		return page.Sheet{}, err
	}
	sh.Quote = v.Plan.Title
	kind := plan.OrderKind(r.URL.Query().Get("kind"))
	if !slices.Contains(plan.OrderKinds, kind) {
		kind = plan.Instruction
	}
	sh.Stands = url.Values{"kind": {string(kind)}, "given": {string(s.Office.Today())}, "period": {string(plan.Monthly)}}
	sh.Inputs = orderInputs(ctx)
	switch {
	case v.Plan.State == plan.Drafted:
		sh.Stop = errNotYetInForce
	case v.Plan.State == plan.Closed:
		sh.Stop = plan.ErrClosed
	case !desk.May("order.give", page.Who(ctx).Roles):
		sh.Stop = desk.ErrMayNotPlan
	}
	return sh, nil
}

var errNotYetInForce = fault.Of(plan.CheckOrder(plan.Plan{State: plan.Drafted}, plan.Order{}, plan.Item{}, plan.Milestone{}, ""))

func orderInputs(ctx context.Context) []page.Input {
	kinds := page.Input{Name: "kind", Kind: "radio", Label: web.T(ctx, "是哪一种")}
	for _, k := range plan.OrderKinds {
		kinds.Choices = append(kinds.Choices, web.Choice{Value: string(k), Words: web.Word(ctx, k)})
	}
	periods := page.Input{Name: "period", Kind: "select", Label: web.T(ctx, "多久报一次")}
	for _, p := range plan.Periods {
		periods.Choices = append(periods.Choices, web.Choice{Value: string(p), Words: web.Word(ctx, p)})
	}
	return []page.Input{
		kinds,
		{Name: "words", Kind: "area", Rows: "4", Label: web.T(ctx, "原话"), Hint: web.T(ctx, "从批示或纪要里复制过来，一个字都不要改；口头交办的，照说的写。")},
		{Name: "giver", Kind: "text", Label: web.T(ctx, "谁交办的"), Hint: web.T(ctx, "写岗位或会议，例如 局长、局长办公会第 7 次会议。不要写姓名。")},
		{Name: "given", Kind: "date", Label: web.T(ctx, "哪天交办的")},
		{Name: "title", Kind: "text", Label: web.T(ctx, "任务名称"), Hint: web.T(ctx, "一句话说清要办什么。")},
		{Name: "lead", Kind: "text", Label: web.T(ctx, "牵头单位")},
		{Name: "cooperating", Kind: "text", Label: web.T(ctx, "配合单位"), Hint: web.T(ctx, "几个单位用“、”分开。没有就空着。")},
		{Name: "responsible", Kind: "text", Label: web.T(ctx, "责任人"), Hint: web.T(ctx, "写岗位。没有就空着。")},
		{Name: "due", Kind: "date", Label: web.T(ctx, "最晚哪天办完"), Hint: web.T(ctx, "含当日。")},
		{Name: "proof", Kind: "text", Label: web.T(ctx, "凭什么算办了"), Hint: web.T(ctx, "例如 验收单、一份报告。没有就空着。")},
		periods,
		{Name: "tags", Kind: "text", Label: web.T(ctx, "专题"), Hint: web.T(ctx, "几个专题用“、”分开。没有就空着。")},
	}
}

func orderIn(f web.Form) (n desk.NewOrder, err error) {
	n.Order = plan.Order{Kind: plan.OrderKind(f.Value("kind")), Words: f.Value("words"), Giver: f.Value("giver")}
	n.Item = plan.Item{Title: f.Value("title"), Lead: f.Value("lead"), Cooperating: f.Value("cooperating"), Responsible: f.Value("responsible"),
		Period: plan.Period(f.Value("period")), Tags: plan.SplitTags(f.Value("tags"))}
	n.Due.Proof = f.Value("proof")
	if n.Order.Given, err = page.DayIn(f, "given"); err != nil {
		return n, err
	}
	n.Due.Due, err = page.DayIn(f, "due")
	return n, err
}
