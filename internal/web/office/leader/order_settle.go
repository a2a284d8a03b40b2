package leader

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// orderCase finds an order of a plan with what came of it.
func orderCase(s *page.Side, r *http.Request) (c desk.OrderCase, err error) {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return c, desk.ErrMissing
	}
	all, err := s.Office.Orders(r.Context(), page.Who(r.Context()), p)
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
func settleSheet(s *page.Side, r *http.Request) (c desk.OrderCase, ordinal int, sh page.Sheet, err error) {
	if c, err = orderCase(s, r); err != nil {
		return c, 0, sh, err
	}
	if ordinal, err = strconv.Atoi(r.FormValue("ordinal")); err != nil || ordinal < 1 {
		return c, 0, sh, desk.ErrMissing
	}
	return c, ordinal, page.Sheet{Back: page.OrderPath(c.Plan, c.Item.ID), Quote: c.Order.Words, Hidden: []string{"ordinal"}, Stands: url.Values{"ordinal": {strconv.Itoa(ordinal)}},
		Below: page.OrderAnswers(c)}, nil
}

// acceptAnswer takes the answer to an order as it is.
func acceptAnswer(s *page.Side, r *http.Request) (page.Sheet, error) {
	c, ordinal, sh, err := settleSheet(s, r)
	sh.Title, sh.Button = web.T(r.Context(), "认可回复"), web.T(r.Context(), "认可")
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return sh.Back + "?done=accepted", s.Office.AcceptOrderAnswer(ctx, cmd, c.Item.ID, ordinal)
	}
	return sh, err
}

// askAgain says what is missing in the answer to an order.
func askAgain(s *page.Side, r *http.Request) (page.Sheet, error) {
	c, ordinal, sh, err := settleSheet(s, r)
	ctx := r.Context()
	sh.Title, sh.Button = web.T(ctx, "再问一次"), web.T(ctx, "再问一次")
	sh.Inputs = []page.Input{{Name: "reason", Kind: "area", Rows: "3", Label: web.T(ctx, "还要问什么"), Hint: web.T(ctx, "写清缺什么。最多 200 个字，单位看得到。")}}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return sh.Back + "?done=asked", s.Office.AskAgain(ctx, cmd, c.Item.ID, ordinal, f.Value("reason"))
	}
	return sh, err
}
