package duties

import (
	"context"
	"net/http"
	"net/url"

	"luoshi/fault"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

// replyPath leads to answering an order.
func replyPath(u desk.UnitOrder) string {
	return page.DutiesPath + "/" + u.Item.ID.String() + "/reply?" + url.Values{"unit": {u.Of.ID.String()}}.Encode()
}

// unitOrder finds an order that a unit of the reader's answers.
func unitOrder(s *page.Side, r *http.Request) (u desk.UnitOrder, err error) {
	all, err := s.Office.OrdersDue(r.Context(), page.Who(r.Context()))
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
func reply(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	u, err := unitOrder(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	sh := page.Sheet{Title: web.T(ctx, "回复 %s", u.Order.Number()), Quote: u.Order.Words, Back: page.DutiesPath, Button: web.T(ctx, "回复"), Hidden: []string{"unit"},
		Lede:   web.T(ctx, "%s，%s。最晚 %s，%s。", u.Order.Giver, web.Date(ctx, u.Order.Given), web.Date(ctx, u.Due), web.Until(ctx, s.Office.Today(), u.Due)),
		Stands: url.Values{"unit": {u.Of.ID.String()}}, Below: page.OrderAnswers(u.OrderCase)}
	sh.Inputs = []page.Input{{Name: "words", Kind: "area", Rows: "5", Label: web.T(ctx, "怎么办的"), Hint: web.T(ctx, "办了什么、结果怎么样、还差什么。可以回复几次。最多 1000 个字，不公开。")}}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return page.DutiesPath + "?done=replied", s.Office.AnswerOrder(ctx, cmd, u.Item.ID, u.Of.ID, f.Value("words"))
	}
	switch {
	case !u.May:
		sh.Stop = fault.Of(desk.MayNot("order.answer"))
	case u.State == plan.OrderAccepted:
		sh.Stop = fault.New(fault.Conflict, "已经认可了，不用再回复。")
	}
	return sh, nil
}
