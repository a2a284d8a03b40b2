package desk

import (
	"fmt"
	"strings"
	"testing"
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
