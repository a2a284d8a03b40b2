package plan_test

import (
	"strings"
	"testing"
	"time"

	"luoshi/plan"
)

func BenchmarkReadPlan(b *testing.B) {
	source := strings.Repeat(anlan, 2)
	b.SetBytes(int64(len(source)))
	for b.Loop() {
		plan.Read(source)
	}
}

func BenchmarkReadMegabyte(b *testing.B) {
	source := strings.ReplaceAll(strings.Repeat(anlan, 1<<20/len(anlan)), "\n", "")
	b.SetBytes(int64(len(source)))
	for b.Loop() {
		plan.Read(source)
	}
}

// Twice the text may take about twice the time, whatever it is made of.
func TestReadIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for name, piece := range map[string]string{
		"a plan":           anlan,
		"one line":         strings.ReplaceAll(anlan, "\n", ""),
		"open brackets":    "（",
		"nested brackets":  "（市）",
		"quotes":           "“《",
		"labels":           "责任单位：",
		"labels in a line": "牵头单位：市文化局；",
		"counters":         "一、\n",
		"stages":           "第一阶段（3月）\n",
		"dates":            "2012年底前，",
		"years":            "2011年和",
		"numbers":          "500、",
		"digits":           "1",
		"vague":            "一批",
		"events":           "办好读书节",
		"periods":          "每年三次",
		"blanks":           " 　",
		"suspended lines":  "市文化局、\n",
		"footers":          "建\n— 1 —\n",
	} {
		t.Run(name, func(t *testing.T) {
			took := func(bytes int) time.Duration {
				source := strings.Repeat(piece, bytes/len(piece))
				best := time.Hour
				for range 2 {
					start := time.Now()
					plan.Read(source)
					best = min(best, time.Since(start))
				}
				return best
			}
			small, large := took(1<<16), took(1<<18)
			if large > 10*small+200*time.Millisecond {
				t.Errorf("a quarter takes %v, the whole %v", small, large)
			}
		})
	}
}
