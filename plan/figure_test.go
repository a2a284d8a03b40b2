package plan

import "testing"

func TestFigure(t *testing.T) {
	three := Whole(3)
	for want, got := range map[string]string{
		"1,500 场":      Figure("eq", Whole(1500), nil, "场"),
		"≥ 2,000 名":    Figure("ge", Whole(2000), nil, "名"),
		"> 1,400 艘":    Figure("gt", Whole(1400), nil, "艘"),
		"≤ 10 个工作日":    Figure("le", Whole(10), nil, "个工作日"),
		"2–3 个":        Figure("range", Whole(2), &three, "个"),
		"≥ 60%":        Figure("ge", Whole(60), nil, "%"),
		"≈ 1,234,567":  Figure("approx", Whole(1234567), nil, ""),
		"-1,000.25 万元": Figure("eq", -10002500, nil, "万元"),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
