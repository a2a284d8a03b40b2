package leader

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

// orderLine is an order with the duty that came of it.
type orderLine struct {
	plan.Order
	Item plan.Item
	Due  plan.Milestone // as it stands now
	Case desk.OrderCase
}

// orderLines lists the orders of a plan, what is due first in front.
func orderLines(v desk.Review, cases []desk.OrderCase) (all []orderLine) {
	of := map[id.Item]desk.OrderCase{}
	for _, c := range cases {
		of[c.Item.ID] = c
	}
	due := map[id.Item]plan.Milestone{}
	for _, m := range v.Milestones { // in order of revision
		due[m.Item] = m
	}
	for _, i := range v.Items {
		if o, ordered := v.Orders[i.ID]; ordered {
			all = append(all, orderLine{o, i, due[i.ID], of[i.ID]})
		}
	}
	slices.SortStableFunc(all, func(a, b orderLine) int { return cmp.Compare(a.Due.Due, b.Due.Due) })
	return all
}

// orderCount is how many orders of a kind a plan has; of no kind, how many of all.
type orderCount struct {
	Kind plan.OrderKind
	N    int
}

// ordersView is the list of the orders of a plan, of one kind or of all.
type ordersView struct {
	desk.Review
	Kind   plan.OrderKind
	Lines  []orderLine
	Counts []orderCount
	Today  calendar.Day
	State  plan.OrderState // only those that stand so; of empty, all
	States []stateCount
}

// stateCount is how many orders of a plan stand so.
type stateCount struct {
	State plan.OrderState
	N     int
}

func newOrdersView(v desk.Review, cases []desk.OrderCase, kind plan.OrderKind, state plan.OrderState, today calendar.Day) ordersView {
	out := ordersView{Review: v, Kind: kind, State: state, Today: today}
	all := orderLines(v, cases)
	for _, s := range plan.OrderStates {
		n := 0
		for _, l := range all {
			if l.Case.State == s {
				n++
			}
		}
		if n > 0 {
			out.States = append(out.States, stateCount{s, n})
		}
	}
	out.Counts = []orderCount{{"", len(all)}}
	for _, k := range plan.OrderKinds {
		n := 0
		for _, l := range all {
			if l.Kind == k {
				n++
			}
		}
		out.Counts = append(out.Counts, orderCount{k, n})
	}
	for _, l := range all {
		if (kind == "" || l.Kind == kind) && (state == "" || l.Case.State == state) {
			out.Lines = append(out.Lines, l)
		}
	}
	return out
}

func orders(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	v, err := s.Reviewed(r)
	if err != nil {
		return err
	}
	cases, err := s.Office.Orders(r.Context(), page.Who(r.Context()), v.Plan.ID)
	if err != nil {
		return err
	}
	asked := r.URL.Query()
	web.Show(w, r, http.StatusOK, ordersPage(newOrdersView(v, cases, plan.OrderKind(asked.Get("kind")), plan.OrderState(asked.Get("state")), s.Office.Today())))
	return nil
}

// order shows one order: its words, who gave it when, and what came of it.
func order(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	v, err := s.Reviewed(r)
	if err != nil {
		return err
	}
	cases, err := s.Office.Orders(r.Context(), page.Who(r.Context()), v.Plan.ID)
	if err != nil {
		return err
	}
	for _, l := range orderLines(v, cases) {
		if l.Item.ID.String() == r.PathValue("item") {
			web.Show(w, r, http.StatusOK, orderPage(v, l, s.Office.Today(), r.URL.Query().Get("done")))
			return nil
		}
	}
	return desk.ErrMissing
}

// kindPath is the address of the orders of a kind; of no kind, of all.
func kindPath(v ordersView, kind plan.OrderKind) string {
	if kind == "" {
		return page.OrdersPath(v.Plan.ID)
	}
	return page.OrdersPath(v.Plan.ID) + "?kind=" + string(kind)
}

// newOrderPath is where an order is written down, of the kind that is looked at.
func newOrderPath(v ordersView) string {
	path := page.OrdersPath(v.Plan.ID) + "/new"
	if slices.Contains(plan.OrderKinds, v.Kind) {
		path += "?kind=" + string(v.Kind)
	}
	return path
}

func shown(ctx context.Context, i plan.Item) string {
	if i.Released {
		return web.T(ctx, "已公开")
	}
	return web.T(ctx, "没有公开")
}
