package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A stranger draws again from the published file alone, and is told in words which
// step does not hold.
func TestDrawAgain(t *testing.T) {
	t.Setenv("LC_ALL", "")
	t.Setenv("LANG", "zh_CN.UTF-8")
	page, err := os.ReadFile("../../docs/draw.md")
	if err != nil {
		t.Fatal(err)
	}
	draw := string(regexp.MustCompile("(?s)```\n(luoshi draw 1\n.*?)```").FindSubmatch(page)[1])
	file := written(t, "good.draw", draw)
	holds(t, must(t, exitGood, "draw", file), "✓ 名单 10 项，抽 5 项", "✓ 公布的密数和事先的承诺对得上", "冻结名单 2012-05-09 10:00:00", "5 项全都一样", "抽中的：0C1445Q000001 0C3295Q000006", "第 812、846、851 笔", "抽查没有问题")

	for name, c := range map[string]struct{ from, to, says string }{
		"list":   {"entry 0C2185Q000003", "entry 0C2186Q000003", "✗ 条件和名单不是冻结时的"},
		"times":  {"frozen 846 1336528800000000", "frozen 846 1336569300000000", "✗ 先后不对"},
		"seed":   {"seed 00", "seed 01", "✗ 公布的密数和事先的承诺对不上"},
		"pick":   {"pick 0C3295Q000006", "pick 0C2925Q000005", "应该是：0C1445Q000001 0C3295Q000006"},
		"number": {"each 1", "each 9", "✗ 要抽 5 项、每类至少 9 项，和 10 项的名单合不上"},
		"twice":  {"entry 0C1445Q000001", "entry 0C1075Q000000", "有重复"},
	} {
		changed := written(t, name+".draw", strings.Replace(draw, c.from, c.to, 1))
		holds(t, must(t, exitWanting, "draw", changed), c.says, "抽查不成立")
	}
	head, _, _ := strings.Cut(draw, "revealed ")
	frozen := written(t, "frozen.draw", head+"revealed -\nseed -\nrandomness -\ndrawn 0\n")
	holds(t, must(t, exitWanting, "draw", frozen), "✓ 条件和名单就是冻结时的", "密数没有公布", "随机数还没有填", "还不能重新抽")

	var answer struct {
		Good     bool
		Steps    []struct{ Good bool }
		Computed []string
	}
	if err := json.Unmarshal([]byte(must(t, exitGood, "draw", "--json", file)), &answer); err != nil || !answer.Good || len(answer.Steps) != 6 || len(answer.Computed) != 5 {
		t.Errorf("%v %+v", err, answer)
	}
	holds(t, must(t, exitWanting, "draw", "--json", frozen), `"good": false`, `"computed": []`)

	must(t, exitUsage, "draw")
	must(t, exitUsage, "draw", file+".absent")
	must(t, exitUsage, "draw", filepath.Dir(file))
	holds(t, must(t, exitUsage, "draw", written(t, "spoilt.draw", strings.Replace(draw, "draw 5\n", "draw five\n", 1))), "第 6 行不合格式")

	t.Setenv("LANG", "en_GB.UTF-8")
	holds(t, must(t, exitGood, "draw", file), "The draw is good.", "all 5 are the same")
}
