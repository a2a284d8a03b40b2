package desk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"luoshi/plan"
)

// large is a plan of forty sections of so many duties, each with a figure.
func large(duties int) string {
	var b strings.Builder
	b.WriteString("安澜市许多任务方案\n一、重点任务\n")
	for section := range 40 {
		fmt.Fprintf(&b, "%d.做好这一方面的工作\n", section+1)
		for i := range duties {
			fmt.Fprintf(&b, "(%d)第%d项工作。2011年完成送演出%d场。\n", i+1, i+1, 100+section*duties+i)
		}
	}
	return b.String()
}

// A plan of twelve hundred duties goes all the way: more rows than one statement carries.
func TestLargePlan(t *testing.T) {
	w := newTown(t)
	r := w.forced(large(30))
	if len(r.Items) != 1200 || len(r.Targets) != 1200 {
		t.Fatalf("%d items, %d targets", len(r.Items), len(r.Targets))
	}
	last := r.Targets[len(r.Targets)-1]
	if last.Revision != 1 || last.Value.String() != "1299" {
		t.Errorf("the last target: %+v", last)
	}
}

// A re-issue of such a plan is adopted in one act, and one of its figures changed.
func TestLargeReissue(t *testing.T) {
	w := newTown(t)
	r := w.forced(large(30))
	began := time.Now()
	doc, err := w.office.OfferReissue(t.Context(), w.cmd(w.clerk), r.Plan.ID, Import{Original: []byte(strings.Replace(large(30), "送演出700场", "送演出7000场", 1))})
	w.must(err)
	offered := time.Now()
	w.must(w.office.AdoptReissue(t.Context(), w.cmd(w.clerk), r.Plan.ID, doc, force))
	adopted := time.Now()
	if d := w.review(r.Plan.ID).Differences; len(d) != 1 {
		t.Fatalf("%d differences", len(d))
	}
	w.must(w.office.ApplyDifference(t.Context(), w.cmd(w.clerk), r.Plan.ID, doc, 1))
	t.Logf("compared in %v, adopted in %v, applied in %v", offered.Sub(began), adopted.Sub(offered), time.Since(adopted))
	if r = w.review(r.Plan.ID); r.Targets[600].Value != plan.Whole(7000) || r.Original().Targets[600].Value != plan.Whole(700) {
		t.Errorf("%s, originally %s", r.Targets[600].Value, r.Original().Targets[600].Value)
	}
}
