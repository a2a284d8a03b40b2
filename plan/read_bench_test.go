package plan_test

import (
	"strings"
	"testing"

	"luoshi/plan"
)

func BenchmarkReadPlan(b *testing.B) {
	source := strings.Repeat(anlan, 4) // between 6 and 7 KB
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

// shapes are pieces of which texts are made that could make a careless reader slow.
var shapes = map[string]string{
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
}

// Nothing that these shapes are repeated into stops the reader.
func TestReadTakesEveryShape(t *testing.T) {
	for name, piece := range shapes {
		if s := plan.Read(strings.Repeat(piece, (1<<16)/len(piece))); s.Outline == nil {
			t.Errorf("%s: no outline, not even an empty one", name)
		}
	}
}

// Four times the text should take about four times the time, whatever it is made of.
func BenchmarkReadShapes(b *testing.B) {
	for name, piece := range shapes {
		for size, bytes := range map[string]int{"64K": 1 << 16, "256K": 1 << 18} {
			source := strings.Repeat(piece, bytes/len(piece))
			b.Run(name+"/"+size, func(b *testing.B) {
				b.SetBytes(int64(len(source)))
				for b.Loop() {
					plan.Read(source)
				}
			})
		}
	}
}
