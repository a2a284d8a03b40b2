package plan

import (
	"testing"

	"luoshi/calendar"
)

func TestFigureOf(t *testing.T) {
	type is struct {
		indicator, period, bound, unit, hardness string
		value                                    Decimal
	}
	for line, want := range map[string]is{
		"送演出 ≥ 1,600 场":          {"送演出", "", "ge", "场", "hard", Whole(1600)},
		"送演出1600场以上":             {"送演出", "", "ge", "场", "hard", Whole(1600)},
		"送演出 不少于 １６００ 场（力争）":     {"送演出", "", "ge", "场", "soft", Whole(1600)},
		"每年读书 5 本":               {"读书", "year", "eq", "本", "hard", Whole(5)},
		"覆盖率 ≥ 80.5%":            {"覆盖率", "", "ge", "%", "hard", 805000},
		"读者 3.67万人次":             {"读者", "", "eq", "人次", "hard", Whole(36700)},
		"5G基站 ≥ 30 个":            {"5G基站", "", "ge", "个", "hard", Whole(30)},
		"馆数 从 3 个到 ≥ 8 个":        {"馆数", "", "ge", "个", "hard", Whole(8)},
		"培训 2–3 次":               {"培训", "", "range", "次", "hard", Whole(2)},
		"送演出 ≥ 15OO 场":           {},
		"送演出 很多 场":               {},
		"1,600 场":                {},
		"送演出 ≥ 1,6000 场":         {},
		"送演出 ≥ 1,600 场，送书 300 册": {},
	} {
		got, ok := figureOf(line, Target{})
		if (want == is{}) {
			if ok {
				t.Errorf("%s: read as %+v", line, got)
			}
			continue
		}
		if have := (is{got.Indicator, got.Period, got.Bound, got.Unit, got.Hardness, got.Value}); !ok || have != want {
			t.Errorf("%s: %+v %v", line, have, ok)
		}
	}
}

func TestRefigured(t *testing.T) {
	twenty := Whole(20)
	is := Target{Value: Whole(36700), Max: &twenty}
	for line, want := range map[string]Decimal{
		"使20个村的读者达到4万人次以上": Whole(40000), "使20个村的读者达到3.67万人以上": 0, "使20个村的读者达到很多人次以上": 0,
	} {
		got, ok := refigured("使20个村的读者达到3.67万人次以上", line, is)
		if ok != (want != 0) || ok && got.Value != want {
			t.Errorf("%s: %v %v", line, got.Value, ok)
		}
	}
	if got, ok := refigured("使20个村的读者", "使21个村的读者", is); !ok || *got.Max != Whole(21) || *is.Max != twenty {
		t.Errorf("the most: %v %v", got.Max, ok)
	}
	if _, ok := refigured("使7个村的读者", "使8个村的读者", is); ok {
		t.Error("a number that is none of the target's was taken for one")
	}
}

func TestDayOf(t *testing.T) {
	for line, want := range map[string]calendar.Day{
		"2012-6-30": "2012-06-30", "2012/6/30": "2012-06-30", "2012.06.30": "2012-06-30", "２０１２年６月３０日": "2012-06-30", "2012年6月30日前（含当日）": "2012-06-30",
		"2012年6月底前": "2012-06-30", "2012年2月末": "2012-02-29", "2012年底前": "2012-12-31", "6月5日前": "2011-06-05", "2012年6月30日 0:00": "2012-06-30",
		"力争2012年6月30日前": "2012-06-30", "明年底某日": "", "2012年6月31日": "", "2012年13月1日": "", "长期": "", "每季度末": "", "2012年6月": "", "12": "", "6月5日或者6日": "",
	} {
		if day, _, ok := dayOf(line, "2011-12-31"); ok != (want != "") || ok && day != want {
			t.Errorf("%s: %q %v", line, day, ok)
		}
	}
	if _, _, ok := dayOf("6月5日前", ""); ok {
		t.Error("a day without a year was taken where none is known")
	}
	if _, soft, _ := dayOf("力争2012年6月30日前", ""); !soft {
		t.Error("力争 was not seen")
	}
}
