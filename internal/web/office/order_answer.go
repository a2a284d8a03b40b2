package office

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"
)

func instructPath(p id.Plan) string { return leaderOf(p) + "/instruct" }

// settlePath leads to accepting an answer to an order, or asking once more.
func settlePath(c desk.OrderCase, act string) string {
	return orderPath(c.Plan, c.Item.ID) + "/" + act + "?ordinal=" + strconv.Itoa(len(c.Answers))
}

// replyPath leads to answering an order.
func replyPath(u desk.UnitOrder) string {
	return dutiesPath + "/" + u.Item.ID.String() + "/reply?" + url.Values{"unit": {u.Of.ID.String()}}.Encode()
}

// orderStateWord says how far an order has come.
func orderStateWord(ctx context.Context, c desk.OrderCase) string {
	switch c.State {
	case plan.OrderOverdue:
		return web.T(ctx, "过了日子没有回复")
	case plan.OrderAnswered:
		return web.T(ctx, "回复了，等认可")
	case plan.OrderAccepted:
		return web.T(ctx, "认可了")
	}
	if len(c.Answers) > 0 {
		return web.T(ctx, "再问了一次，等回复")
	}
	return web.T(ctx, "等回复")
}

// orderStateLamp is the lamp beside that word.
func orderStateLamp(s plan.OrderState) string {
	switch s {
	case plan.OrderOverdue:
		return string(plan.LampOverdue)
	case plan.OrderAnswered:
		return string(plan.LampWaiting)
	case plan.OrderAccepted:
		return string(plan.LampComplete)
	}
	return string(plan.LampNotStarted)
}

// answererChoices are the units to which an instruction about an item can be given: first
// those that answer for it, then the others of the bureau and the counties.
func answererChoices(b desk.LampBoard, of desk.BoardRow) (out []web.Choice) {
	known := make(map[id.Unit]bool, len(of.Leads))
	add := func(u id.Unit) {
		if unit, there := b.Units[u]; there && unit.To == "" && !known[u] {
			known[u] = true
			out = append(out, web.Choice{Value: u.String(), Words: unit.Name, Document: true})
		}
	}
	for _, o := range of.Leads {
		add(o.Unit)
	}
	for _, u := range b.Own {
		add(u.ID)
	}
	for _, u := range b.Counties {
		add(u.ID)
	}
	return out
}

// instruct writes an instruction beside an item.
func instruct(s *side, r *http.Request) (sheet, error) {
	ctx := r.Context()
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return sheet{}, desk.ErrMissing
	}
	b, err := s.office.LampBoard(ctx, who(ctx), p)
	if err != nil {
		return sheet{}, err
	}
	item, err := id.Of[id.Item](r.FormValue("item"))
	k := slices.IndexFunc(b.Rows, func(r desk.BoardRow) bool { return r.Item.ID == item })
	if err != nil || k < 0 {
		return sheet{}, desk.ErrMissing
	}
	units := answererChoices(b, b.Rows[k])
	sh := sheet{title: web.T(ctx, "写批示"), quote: b.Rows[k].Item.Title, back: leaderOf(p) + "#" + why(item), button: web.T(ctx, "交办"), hidden: []string{"item"},
		lede:   web.T(ctx, "您写的这句话排上号，成为方案的一条任务，交给选的单位；单位回复了，您在领导小组的页面上看到。只在单位里看得到。"),
		stands: url.Values{"item": {item.String()}}}
	if len(units) > 0 {
		sh.stands.Set("unit", units[0].Value)
	}
	sh.inputs = []input{
		{name: "words", kind: "area", rows: "3", label: web.T(ctx, "批示"), hint: web.T(ctx, "要办什么，一两句话。")},
		{name: "unit", kind: "select", label: web.T(ctx, "交给谁办"), choices: units},
		{name: "due", kind: "date", label: web.T(ctx, "最晚哪天回复"), hint: web.T(ctx, "含当日。")},
	}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		due, err := dayIn(f, "due")
		if err != nil {
			return "", err
		}
		unit, err := id.Of[id.Unit](f.Value("unit"))
		if err != nil {
			unit = 0
		}
		_, err = s.office.Instruct(ctx, cmd, p, desk.NewInstruction{About: item, Words: f.Value("words"), Unit: unit, Due: due})
		return leaderOf(p) + "?done=instructed#h-o", err
	}
	if b.ReadOnly {
		sh.stop = plan.ErrClosed
	}
	return sh, nil
}

// unitOrder finds an order that a unit of the reader's answers.
func (s *side) unitOrder(r *http.Request) (u desk.UnitOrder, err error) {
	all, err := s.office.OrdersDue(r.Context(), who(r.Context()))
	if err != nil {
		return u, err
	}
	for _, u := range all {
		if asked := r.FormValue("unit"); u.Item.ID.String() == r.PathValue("item") && (asked == "" || u.Of.ID.String() == asked) {
			return u, nil
		}
	}
	return u, desk.ErrMissing
}

// reply answers an order for a unit.
func reply(s *side, r *http.Request) (sheet, error) {
	ctx := r.Context()
	u, err := s.unitOrder(r)
	if err != nil {
		return sheet{}, err
	}
	sh := sheet{title: web.T(ctx, "回复 %s", u.Order.Number()), quote: u.Order.Words, back: dutiesPath, button: web.T(ctx, "回复"), hidden: []string{"unit"},
		lede:   web.T(ctx, "%s，%s。最晚 %s，%s。", u.Order.Giver, web.Date(ctx, u.Order.Given), web.Date(ctx, u.Due), web.Until(ctx, s.office.Today(), u.Due)),
		stands: url.Values{"unit": {u.Of.ID.String()}}, below: orderAnswers(u.OrderCase)}
	sh.inputs = []input{{name: "words", kind: "area", rows: "5", label: web.T(ctx, "怎么办的"), hint: web.T(ctx, "办了什么、结果怎么样、还差什么。可以回复几次。最多 1000 个字，不公开。")}}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return dutiesPath + "?done=replied", s.office.AnswerOrder(ctx, cmd, u.Item.ID, u.Of.ID, f.Value("words"))
	}
	switch {
	case !u.May:
		sh.stop = fault.Of(desk.MayNot("order.answer"))
	case u.State == plan.OrderAccepted:
		sh.stop = fault.New(fault.Conflict, "已经认可了，不用再回复。")
	}
	return sh, nil
}

// orderCase finds an order of a plan with what came of it.
func (s *side) orderCase(r *http.Request) (c desk.OrderCase, err error) {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return c, desk.ErrMissing
	}
	all, err := s.office.Orders(r.Context(), who(r.Context()), p)
	if err != nil {
		return c, err
	}
	k := slices.IndexFunc(all, func(c desk.OrderCase) bool { return c.Item.ID.String() == r.PathValue("item") })
	if k < 0 {
		return c, desk.ErrMissing
	}
	return all[k], nil
}

// settleSheet begins a sheet about an answer to an order.
func (s *side) settleSheet(r *http.Request) (c desk.OrderCase, ordinal int, sh sheet, err error) {
	if c, err = s.orderCase(r); err != nil {
		return c, 0, sh, err
	}
	if ordinal, err = strconv.Atoi(r.FormValue("ordinal")); err != nil || ordinal < 1 {
		return c, 0, sh, desk.ErrMissing
	}
	return c, ordinal, sheet{back: orderPath(c.Plan, c.Item.ID), quote: c.Order.Words, hidden: []string{"ordinal"}, stands: url.Values{"ordinal": {strconv.Itoa(ordinal)}},
		below: orderAnswers(c)}, nil
}

// acceptAnswer takes the answer to an order as it is.
func acceptAnswer(s *side, r *http.Request) (sheet, error) {
	c, ordinal, sh, err := s.settleSheet(r)
	sh.title, sh.button = web.T(r.Context(), "认可回复"), web.T(r.Context(), "认可")
	sh.act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return sh.back + "?done=accepted", s.office.AcceptOrderAnswer(ctx, cmd, c.Item.ID, ordinal)
	}
	return sh, err
}

// askAgain says what is missing in the answer to an order.
func askAgain(s *side, r *http.Request) (sheet, error) {
	c, ordinal, sh, err := s.settleSheet(r)
	ctx := r.Context()
	sh.title, sh.button = web.T(ctx, "再问一次"), web.T(ctx, "再问一次")
	sh.inputs = []input{{name: "reason", kind: "area", rows: "3", label: web.T(ctx, "还要问什么"), hint: web.T(ctx, "写清缺什么。最多 200 个字，单位看得到。")}}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return sh.back + "?done=asked", s.office.AskAgain(ctx, cmd, c.Item.ID, ordinal, f.Value("reason"))
	}
	return sh, err
}

// caseUntil says how far the day of an order is away, as long as that matters.
func caseUntil(ctx context.Context, c desk.OrderCase, today calendar.Day) string {
	if c.State == plan.OrderAccepted || c.State == plan.OrderAnswered || c.Due == "" {
		return ""
	}
	return web.Until(ctx, today, c.Due)
}
