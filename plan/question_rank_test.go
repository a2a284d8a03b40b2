package plan

import (
	"slices"
	"testing"
)

func TestRanked(t *testing.T) {
	asked := Read(`年度方案
一、任务
1、今年要建成书屋400多家，从2011年8月起动工。
2、活动小结在9月23日之前报送局办公室。办好第六届农民文化节。
`).Questions
	var kinds []string
	for _, q := range asked {
		kinds = append(kinds, q.Kind)
	}
	year, day := slices.Index(kinds, "ambiguous_date"), slices.Index(kinds, "vague_bound")
	if len(kinds) != len(asked) || year != 0 || day < 1 || kinds[len(kinds)-1] != "missing_date" {
		t.Errorf("%v", kinds)
	}
}
