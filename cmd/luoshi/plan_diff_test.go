package main

import (
	"encoding/json"
	"strings"
	"testing"

	"luoshi/plan"
)

func TestPlanDiff(t *testing.T) {
	t.Setenv("LC_ALL", "")
	t.Setenv("LANG", "zh_CN.UTF-8")
	old := written(t, "old.txt", leaflet)
	changed := written(t, "new.txt", strings.NewReplacer("3000册", "4000册", "9月23日", "9月30日", "夜间开放的准备", "夜里开放的准备",
		"三、工作要求", "3、办读者信箱。\n三、工作要求", "让读书的人更方便。", "").Replace(leaflet))
	out := must(t, exitWanting, "plan", "diff", old, changed)
	holds(t, out, "数字  二/1(6)  完成送图书到农村：3,000 册 → 4,000 册", "日期  三(10)", "2011-09-23 → 2011-09-30",
		"改写  二/2(7)", "夜[间]开放", "夜[里]开放", "新增  二/3(8)", "办读者信箱", "删去  一(4)", "让读书的人更方便", "共 5 处改动")
	if strings.Contains(out, "\x1b") {
		t.Errorf("colour in what is no terminal:\n%s", out)
	}

	var read struct {
		Unchanged int
		Changes   []plan.Change
	}
	if err := json.Unmarshal([]byte(must(t, exitWanting, "plan", "diff", old, changed, "--json")), &read); err != nil || len(read.Changes) != 5 || read.Unchanged < 4 {
		t.Errorf("%v %+v", err, read)
	}

	wide := written(t, "wide.txt", strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "，", ",").Replace(leaflet))
	holds(t, must(t, exitGood, "plan", "diff", old, wide), "内容没有不同")
	holds(t, must(t, exitGood, "plan", "diff", old, wide, "--json"), `"changes": []`)

	must(t, exitUsage, "plan", "diff", old)
	must(t, exitUsage, "plan", "diff", old, old+".absent")
	must(t, exitUsage, "plan", "diff", written(t, "picture.txt", "\x89PNG"), old)

	t.Setenv("LANG", "en_GB.UTF-8")
	holds(t, must(t, exitWanting, "plan", "diff", old, changed), "number  二/1(6)", "Changes: 5")
}
