package plan

import "testing"

func TestMonthBurdens(t *testing.T) {
	all := MonthBurdens([]Asked{
		{1, "2012-04", BurdenReport, 4, 2}, {1, "2012-04", BurdenReport, 4, 2}, {1, "2012-04", BurdenCollection, 30, 15},
		{2, "2012-04", BurdenDuty, 1, 1}, {1, "2012-03", BurdenReport, 4, 2},
	})
	if len(all) != 3 {
		t.Fatalf("%+v", all)
	}
	if b := all[0]; b.Unit != 1 || b.Load != (Load{3, 38, 19}) || b.By[BurdenReport] != (Load{2, 8, 4}) || b.By[BurdenCollection] != (Load{1, 30, 15}) || !b.Over(18) || b.Over(19) || b.Over(0) {
		t.Errorf("%+v", b)
	}
	if all[1].Month != "2012-03" || all[2].Unit != 2 {
		t.Errorf("%+v", all[1:])
	}
}

func TestCapIn(t *testing.T) {
	caps := []BurdenCap{{"2012-03-10", 90}, {"2012-01-01", 60}, {"2012-06-01", 0}}
	for month, want := range map[Month]int{"2011-12": 0, "2012-01": 60, "2012-02": 60, "2012-03": 90, "2012-05": 90, "2012-06": 0} {
		if got := CapIn(caps, month); got != want {
			t.Errorf("%s: %d, want %d", month, got, want)
		}
	}
	for minutes, good := range map[int]bool{0: true, 1: true, 10_000: true, -1: false, 10_001: false} {
		if err := (BurdenCap{Minutes: minutes}).Check(); (err == nil) != good {
			t.Errorf("%d minutes: %v", minutes, err)
		}
	}
	if m := Month("2011-12"); m.Next() != "2012-01" || m.Previous() != "2011-11" || m.Last() != "2011-12-31" {
		t.Error(m.Next(), m.Previous(), m.Last())
	}
	if _, err := ParseMonth("2012-13"); err == nil {
		t.Error("there is a 13th month")
	}
}
