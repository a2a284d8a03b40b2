package plan

import (
	"testing"

	"luoshi/document"
)

func TestReadQuote(t *testing.T) {
	text := []rune("方案\n一、送书。全年送书3.67万册，9月23日之前完成。\n2011年8月8日\n")
	for _, c := range []struct {
		quote      string
		value      Decimal
		unit, due  string
		deadlineOf string
	}{
		{"送书3.67万册", Whole(36700), "册", "", ""},
		{"9月23日之前完成", 0, "", "2011-09-23", "2011-09-23"},
		{"送书3.67万册，9月23日之前完成", Whole(36700), "册", "2011-09-23", "2011-09-23"},
		{"一、", 0, "", "", ""},
	} {
		s := document.Find(text, c.quote)[0]
		target, milestone := ReadQuote(text, s, 5)
		if target.Value != c.value || target.Unit != c.unit || string(target.Deadline) != c.deadlineOf || string(milestone.Due) != c.due {
			t.Errorf("%s: %v %s until %q, milestone %q", c.quote, target.Value, target.Unit, target.Deadline, milestone.Due)
		}
		if target.Quote != c.quote || target.Item != 5 || milestone.Item != 5 || milestone.Title != c.quote {
			t.Errorf("%s: %+v %+v", c.quote, target, milestone)
		}
	}
}
