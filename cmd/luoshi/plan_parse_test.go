package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/xuri/excelize/v2"
)

// leafletFile writes a plan into a folder of its own and speaks Chinese.
func leafletFile(t *testing.T) (folder, file string) {
	t.Helper()
	t.Setenv("LANG", "zh_CN.UTF-8")
	t.Setenv("LC_ALL", "")
	t.Setenv("LC_MESSAGES", "")
	folder = t.TempDir()
	file = filepath.Join(folder, "leaflet.txt")
	wrote(t, file, leaflet)
	return folder, file
}

func wrote(t *testing.T, file, content string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// What is written twice is told, and counted once on request.
func TestPlanParseJoin(t *testing.T) {
	t.Setenv("LANG", "zh_CN.UTF-8")
	file := filepath.Join(t.TempDir(), "方案.txt")
	if err := os.WriteFile(file, []byte("安澜市2023年方案\n一、目标\n全年组织市剧团送戏下乡300场。\n二、任务\n（一）送戏。全年组织市剧团送戏下乡300场。\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	twice, once := must(t, exitGood, "plan", "parse", file), must(t, exitGood, "plan", "parse", file, "--join")
	if n, m := strings.Count(twice, "目标 组织市剧团送戏下乡"), strings.Count(once, "目标 组织市剧团送戏下乡"); n != 2 || m != 1 {
		t.Errorf("%d figures, joined %d\n%s", n, m, once)
	}
	if !strings.Contains(twice, "写的是一件事吗？") || strings.Contains(once, "写的是一件事吗？") {
		t.Errorf("asked wrongly:\n%s", once)
	}
}

func TestPlanParse(t *testing.T) {
	folder, file := leafletFile(t)
	out := must(t, exitGood, "plan", "parse", file)
	for _, words := range []string{"\n    1 送书下乡\n      目标 完成送图书到农村 3,000 册，期限 2011-12-31 「", "\n      期限 2011-12-31 · 力争 「", "第 1 问：", "“年前”是哪一天以前？\n    · "} {
		if !strings.Contains(out, words) {
			t.Errorf("%q is missing in\n%s", words, out)
		}
	}
	if strings.Contains(out, "\x1b") {
		t.Error("colours where nobody looks")
	}
	if out := must(t, exitGood, "plan", "parse", file, "--json"); !strings.HasPrefix(out, "{\n \"title\"") {
		t.Error(out)
	}
	must(t, exitUsage, "plan", "parse", filepath.Join(folder, "nowhere.txt"))
	must(t, exitUsage, "plan", "parse", file, "--out", folder)
	wrote(t, file, "PK\x03\x04")
	must(t, exitWanting, "plan", "parse", file)
	t.Setenv("LANG", "en_GB.UTF-8")
	wrote(t, file, leaflet)
	if out := must(t, exitGood, "plan", "parse", file); !strings.Contains(out, "Target 完成送图书到农村 3,000 册, due 2011-12-31") || !strings.Contains(out, "Question 1: ") {
		t.Error(out)
	}
}

func TestPlanParseFiles(t *testing.T) {
	folder, file := leafletFile(t)
	at := func(name string) string { return filepath.Join(folder, name) }
	day := time.Date(2011, 8, 8, 1, 2, 3, 0, time.UTC)
	if err := os.Chtimes(file, day, day); err != nil {
		t.Fatal(err)
	}
	var out, aside bytes.Buffer
	if code := run([]string{"plan", "parse", file, "--json", "--xlsx", at("t.xlsx"), "--docx", at("t.docx"), "--ics", at("t.ics")}, &out, &aside); code != exitGood {
		t.Fatal(code, aside.String())
	}
	if !strings.HasPrefix(out.String(), "{") || strings.Count(aside.String(), "写好了 ") != 3 {
		t.Errorf("%s\n%s", out.String(), aside.String())
	}
	f, err := excelize.OpenFile(at("t.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if title, err := f.GetCellValue("任务分解表", "A1"); err != nil || !strings.HasSuffix(title, "任务分解表") {
		t.Errorf("%q %v", title, err)
	}
	was := contents(t, folder)
	c, err := ics.ParseCalendar(strings.NewReader(was["t.ics"]))
	if err != nil || len(c.Events()) == 0 || c.Events()[0].GetProperty(ics.ComponentPropertyDtstamp).Value != "20110808T010203Z" {
		t.Errorf("%v\n%s", err, was["t.ics"])
	}
	// Made anew, over those made before, they are the same.
	must(t, exitGood, "plan", "parse", file, "--xlsx", at("t.xlsx"), "--docx", at("t.docx"), "--ics", at("t.ics"))
	for name, content := range contents(t, folder) {
		if was[name] != content {
			t.Errorf("%s differs", name)
		}
	}
	must(t, exitUsage, "plan", "parse", file, "--xlsx", at("nowhere/t.xlsx"))
	must(t, exitUsage, "plan", "parse", file, "--xlsx", folder)
	must(t, exitUsage, "plan", "parse", file, "--xlsx", at("t.xlsx"), "--docx", at("./t.xlsx"))
	must(t, exitUsage, "plan", "parse", folder, "--out", at("read"), "--xlsx", at("t.xlsx"))
}

// Whatever name it goes by, the plan itself is not written over.
func TestPlanParseNeverWritesOverThePlan(t *testing.T) {
	folder, file := leafletFile(t)
	link := filepath.Join(folder, "link")
	if err := os.Link(file, link); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
	for _, flag := range []string{"--xlsx", "--docx", "--ics"} {
		for _, name := range []string{file, "leaflet.txt", "./leaflet.txt", link} {
			must(t, exitUsage, "plan", "parse", file, flag, name)
		}
	}
	if contents(t, folder)["leaflet.txt"] != leaflet {
		t.Error("the plan is gone")
	}
}

// A bad file does not keep the others from being read, and is named.
func TestPlanParseFolder(t *testing.T) {
	folder, _ := leafletFile(t)
	at := func(name string) string { return filepath.Join(folder, name) }
	must(t, exitUsage, "plan", "parse", folder)
	must(t, exitGood, "plan", "parse", folder, "--out", at("read"))
	wrote(t, at("bad.docx"), "no document")
	wrote(t, at("a.TXT"), "\xff\xfe1")
	wrote(t, at("leaflet.md"), leaflet)
	wrote(t, at("~$open.docx"), "an open file")
	wrote(t, at("picture.png"), "no plan")
	wrote(t, at("bad.docx"), "PK\x03\x04")
	out := must(t, exitWanting, "plan", "parse", folder, "--out", at("again"))
	for _, words := range []string{at("bad.docx") + ": ", at("a.TXT") + ": ", "读了 2 个文件", "没有读成的有 2 个"} {
		if !strings.Contains(out, words) {
			t.Errorf("%q is missing in\n%s", words, out)
		}
	}
	for _, name := range []string{"read/leaflet.json", "again/leaflet.txt.json", "again/leaflet.md.json"} {
		if _, err := os.Stat(at(name)); err != nil {
			t.Error(err)
		}
	}
	if found := contents(t, at("again")); len(found) != 2 {
		t.Errorf("%d files", len(found))
	}
	empty := t.TempDir()
	must(t, exitWanting, "plan", "parse", empty, "--out", at("none"))
}

func TestColoursCanBeTurnedOff(t *testing.T) {
	if got := painter(true).in(green, "目标"); got != "\x1b[32m目标\x1b[0m" {
		t.Errorf("%q", got)
	}
	if got := painter(false).in(green, "目标"); got != "目标" {
		t.Errorf("%q", got)
	}
	if painterFor(&bytes.Buffer{}) {
		t.Error("a buffer is no screen")
	}
}

// A document cannot steer the terminal that shows it.
func TestPlanParseShowsNoControls(t *testing.T) {
	_, file := leafletFile(t)
	wrote(t, file, strings.Replace(leaflet, "送书下乡", "送书\x1b]0;x\x07下乡", 1))
	if out := must(t, exitGood, "plan", "parse", file); strings.ContainsAny(out, "\x1b\x07") {
		t.Errorf("%q", out)
	}
}

// What the columns of a table were taken for is told, and can be put right.
func TestPlanParseColumns(t *testing.T) {
	folder, _ := leafletFile(t)
	file := filepath.Join(folder, "table.csv")
	wrote(t, file, "序号,事项,要点,承办\n1,送戏下乡30场,每乡一场,市文化局\n2,送书下乡2000册,每村一次,市图书馆\n")
	out := must(t, exitGood, "plan", "parse", file)
	for _, words := range []string{"第 1 张表：任务 2 条。", "  第 2 列“事项”：任务", "  第 3 列“要点”：不读", `--columns "序号,任务,-,责任单位"`} {
		if !strings.Contains(out, words) {
			t.Errorf("%q is missing in\n%s", words, out)
		}
	}
	out = must(t, exitGood, "plan", "parse", file, "--columns", "序号，任务，措施，牵头单位")
	if !strings.Contains(out, "牵头 市图书馆") || !strings.Contains(out, "  第 3 列“要点”：措施") {
		t.Error(out)
	}
	if out := must(t, exitGood, "plan", "parse", file, "--columns", "number,task,-,lead"); !strings.Contains(out, "牵头 市图书馆") {
		t.Error(out)
	}
	if out := must(t, exitGood, "plan", "parse", file, "--columns", "-"); strings.Contains(out, "牵头") || !strings.Contains(out, "任务 0 条") {
		t.Error(out)
	}
	for columns, words := range map[string]string{
		"序号,任物":          "“任物”认不出来。可以写：序号 类别 任务 措施 目标 牵头 配合 责任单位 责任人 时限 -。",
		"序号,任务,措施,牵头,配合": "第 1 张表有 4 列，--columns 写了 5 列。",
		"任务;任务":          "文件里的表有 1 张，--columns 写了 2 张。",
		"序号,牵头":          "要有一列是任务或者措施",
		"任务,,":           "“”认不出来",
	} {
		if out := must(t, exitUsage, "plan", "parse", file, "--columns", columns); !strings.Contains(out, words) {
			t.Errorf("%q: %s", columns, out)
		}
	}
	must(t, exitUsage, "plan", "parse", folder, "--out", filepath.Join(folder, "out"), "--columns", "任务")
	if out := must(t, exitGood, "plan", "parse", file, "--json"); strings.Contains(out, "张表") {
		t.Error(out)
	}
	t.Setenv("LANG", "en_GB.UTF-8")
	if out := must(t, exitGood, "plan", "parse", file); !strings.Contains(out, `--columns "number,task,-,responsible"`) {
		t.Error(out)
	}
}
