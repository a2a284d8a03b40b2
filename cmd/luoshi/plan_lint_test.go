package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/plan"
)

// written writes a document and gives its path.
func written(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// holds fails where words are missing.
func holds(t *testing.T, out string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(out, w) {
			t.Errorf("%s is missing in\n%s", w, out)
		}
	}
}

func TestPlanLint(t *testing.T) {
	t.Setenv("LC_ALL", "")
	t.Setenv("LANG", "zh_CN.UTF-8")
	file := written(t, "leaflet.txt", leaflet)
	out := must(t, exitWanting, "plan", "lint", file)
	holds(t, out, "安澜市图书馆服务月方案", "说不清", "第 7 行  二/2  “年前”", "“年前”可以是元旦前，也可以是春节前", "力争在年前完成夜间开放的准备工作", "没有责任单位", "没有文号", "写法 2 处")
	if strings.Contains(out, "让读书的人更方便") {
		t.Errorf("a heading of spirit owes nothing:\n%s", out)
	}

	var read struct {
		Title string
		Hints []plan.Hint
	}
	if err := json.Unmarshal([]byte(must(t, exitWanting, "plan", "lint", file, "--json")), &read); err != nil || len(read.Hints) < 4 || read.Title == "" {
		t.Errorf("%v %+v", err, read)
	}

	clean := written(t, "clean.txt", "安澜市送书方案\n安文发〔2023〕12号\n2023年3月15日\n一、送书下乡。市图书馆2023年底前送书3000册。\n")
	holds(t, must(t, exitGood, "plan", "lint", clean), "没有要改的")
	holds(t, must(t, exitGood, "plan", "lint", clean, "--json"), `"hints": []`)

	must(t, exitUsage, "plan", "lint")
	must(t, exitUsage, "plan", "lint", filepath.Dir(file))
	must(t, exitUsage, "plan", "lint", file+".absent")
	must(t, exitUsage, "plan", "lint", written(t, "picture.txt", "\x89PNG"))

	t.Setenv("LANG", "en_GB.UTF-8")
	holds(t, must(t, exitWanting, "plan", "lint", file), "2. Unclear", "line 7  二/2  “年前”", "No document number")
}
