package desk

import (
	"sync"
	"testing"
	"time"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/plan"
)

func newOrder(kind plan.OrderKind, title string) NewOrder {
	return NewOrder{Order: plan.Order{Kind: kind, Words: "请公共文化处抓紧修好乡镇站屋顶，汛期以前办完。", Giver: "局长", Given: "2011-08-08"},
		Item: plan.Item{Title: title, Lead: "公共文化处", Period: plan.Monthly}, Due: plan.Milestone{Due: "2011-12-31", Proof: "验收单"}}
}

func TestGiveOrder(t *testing.T) {
	w := newTown(t)
	r := w.imported(small)
	if _, err := w.office.GiveOrder(t.Context(), w.cmd(w.clerk), r.Plan.ID, newOrder(plan.Minutes, "修屋顶")); !fault.Is(err, fault.Conflict) {
		t.Errorf("an order to a draft: %v", err)
	}
	r = w.forced(small)
	if _, err := w.office.GiveOrder(t.Context(), w.cmd(w.leader), r.Plan.ID, newOrder(plan.Minutes, "修屋顶")); !fault.Is(err, fault.Denied) {
		t.Errorf("an order by somebody who may not: %v", err)
	}
	w.publish(r.Plan.ID, r.Items[0].ID)
	entries := len(w.entries())
	cmd := w.cmd(w.clerk)
	made, err := w.office.GiveOrder(t.Context(), cmd, r.Plan.ID, newOrder(plan.Instruction, "修屋顶"))
	w.must(err)
	if again, err := w.office.GiveOrder(t.Context(), cmd, r.Plan.ID, newOrder(plan.Instruction, "修屋顶")); err != nil || again != made {
		t.Errorf("the same form twice: %v, %v", again, err)
	}
	if n := len(w.entries()) - entries; n != 3 {
		t.Errorf("%d entries", n)
	}
	r = w.review(r.Plan.ID)
	last := r.Items[len(r.Items)-1]
	o := r.Orders[made]
	if len(r.Items) != 5 || last.ID != made || last.Released || last.Node != 0 || o.Number() != "批〔2011〕1号" || o.Giver != "局长" || len(r.Orders) != 1 {
		t.Errorf("%+v, %+v", last, o)
	}
	m := r.Milestones[len(r.Milestones)-1]
	if m.Item != made || m.Due != "2011-12-31" || m.Revision != plan.FirstRevision || m.Proof != "验收单" || len(m.Span) != 0 {
		t.Errorf("%+v", m)
	}
	// Nobody outside sees it before it is released; then with its source.
	seen, err := w.public.Plan(t.Context(), r.Plan.ID)
	w.must(err)
	if len(seen.Items) != 1 || len(seen.Orders) != 0 || len(seen.Milestones) != 0 {
		t.Errorf("public: %d items, %d orders", len(seen.Items), len(seen.Orders))
	}
	w.publish(r.Plan.ID, made)
	item, err := w.public.Item(t.Context(), made)
	w.must(err)
	if item.Orders[made].Words == "" || len(item.History) != 4 {
		t.Errorf("released: %+v, history of %d", item.Orders, len(item.History))
	}
}

// Each kind counts for itself, anew each year, over all plans of the city, without gaps,
// also where many are written down at once and some are refused.
func TestOrderNumbers(t *testing.T) {
	w := newTown(t)
	first, second := w.forced(small), w.forced(small)
	var all sync.WaitGroup
	var mu sync.Mutex
	for k := range 24 {
		kind := plan.OrderKinds[k%3]
		n := newOrder(kind, "一件事")
		if k%4 == 3 {
			n.Due.Due = "2011-01-01" // before it was given: refused
		}
		p := []id.Plan{first.Plan.ID, second.Plan.ID}[k%2]
		cmd := w.cmd(w.clerk)
		all.Go(func() {
			_, err := w.office.GiveOrder(t.Context(), cmd, p, n)
			mu.Lock()
			defer mu.Unlock()
			if fault.Is(err, fault.Invalid) != (k%4 == 3) {
				t.Errorf("%d: %v", k, err)
			}
		})
	}
	all.Wait()
	w.now = time.Date(2012, 1, 1, 1, 0, 0, 0, time.UTC)
	n := newOrder(plan.Minutes, "新的一年")
	n.Due.Due = "2012-02-01"
	_, err := w.office.GiveOrder(t.Context(), w.cmd(w.clerk), first.Plan.ID, n)
	w.must(err)
	seen := map[plan.OrderKind]map[int]bool{}
	for _, p := range []id.Plan{first.Plan.ID, second.Plan.ID} {
		for _, o := range w.review(p).Orders {
			if o.Year == 2012 {
				if o.Number() != "纪〔2012〕1号" {
					t.Errorf("the first of a year: %s", o.Number())
				}
				continue
			}
			if seen[o.Kind] == nil {
				seen[o.Kind] = map[int]bool{}
			}
			seen[o.Kind][o.Serial] = true
		}
	}
	for _, kind := range plan.OrderKinds {
		if len(seen[kind]) != 6 {
			t.Errorf("%s: %d numbers", kind, len(seen[kind]))
		}
		for k := range 6 {
			if !seen[kind][k+1] {
				t.Errorf("%s: number %d is missing", kind, k+1)
			}
		}
	}
}
