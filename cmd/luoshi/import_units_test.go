package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/job"
	"luoshi/internal/text"
	"luoshi/internal/web"

	"github.com/xuri/excelize/v2"
)

// manyVillages is a list with a column per level and as many villages.
func manyVillages(n int) string {
	var list strings.Builder
	list.WriteString("县\t乡镇\t村\n")
	for v := range n {
		fmt.Fprintf(&list, "第%d县\t第%d镇\t第%d村\n", v/400+1, v/20%20+1, v%20+1)
	}
	return list.String()
}

// asWorkbook writes a list as a workbook.
func asWorkbook(t testing.TB, list string) []byte {
	t.Helper()
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for r, line := range strings.Split(strings.TrimSpace(list), "\n") {
		var cells []any
		for _, c := range strings.Split(line, "\t") {
			cells = append(cells, c)
		}
		at, _ := excelize.CoordinatesToCellName(1, r+1)
		if err := w.SetRow(at, cells); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

var importAddress = regexp.MustCompile(`/office/unit-lists/[0-9A-Z]{13}`)

// imports does the jobs that wait, as serve does.
func (h *house) imports() {
	h.Helper()
	w := job.NewWorker(desk.NewJobs(h.db, h.signer, h.city), time.Now, h.erased(h.login), h.office.TakeUnitsOver)
	for {
		more, err := w.One(h.Context())
		h.must(err)
		if !more {
			return
		}
	}
}

func BenchmarkImportUnits(b *testing.B) {
	b.Run("page 30000", func(b *testing.B) {
		content := asWorkbook(b, manyVillages(30_000))
		for range b.N {
			b.StopTimer()
			h := open(b)
			admin := h.found()
			b.StartTimer()
			page := admin.upload("/office/unit-lists", 200, "名单.xlsx", content, "from", "2011-08-08")
			at := importAddress.FindString(page)
			admin.post(at, 200, formOf(page, "apply", "1")...)
			h.imports()
			admin.wants(admin.get(at, 200), "名单办好了", "31,575")
		}
	})
	for _, n := range []int{30_000, 600_000} {
		b.Run(fmt.Sprintf("command %d", n), func(b *testing.B) {
			if n > 100_000 && os.Getenv("LUOSHI_LARGE") == "" {
				b.Skip("takes minutes: LUOSHI_LARGE=1")
			}
			folder := b.TempDir()
			file := filepath.Join(folder, "名单.tsv")
			if err := os.WriteFile(file, []byte(manyVillages(n)), 0o600); err != nil {
				b.Fatal(err)
			}
			for k := range b.N {
				b.StopTimer()
				data := filepath.Join(folder, fmt.Sprint(k))
				luoshi(b, 0, "init", "--data", data, "--city", "安澜市")
				runtime.GC()
				b.StartTimer()
				luoshi(b, 0, "import", "units", file, "--data", data)
			}
		})
	}
}

// luoshi runs a command and gives what it prints.
func luoshi(t testing.TB, exit int, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	if got := run(args, &out, &out); got != exit {
		t.Fatalf("%v: exit %d, want %d\n%s", args, got, exit, &out)
	}
	return out.String()
}

var (
	formField  = regexp.MustCompile(`<input[^>]*>`)
	formSelect = regexp.MustCompile(`(?s)<select[^>]*name="([^"]*)".*?</select>`)
	chosen     = regexp.MustCompile(`<option value="([^"]*)"[^>]* selected`)
	attribute  = regexp.MustCompile(`(name|value|type)="([^"]*)"`)
)

// formOf gives the fields of a page's form as a browser would send them, with more.
func formOf(page string, more ...string) (pairs []string) {
	page = page[strings.Index(page, "<form method=\"post\">"):]
	for _, tag := range formField.FindAllString(page, -1) {
		a := map[string]string{}
		for _, m := range attribute.FindAllStringSubmatch(tag, -1) {
			a[m[1]] = m[2]
		}
		if a["name"] == "command" || a["type"] == "checkbox" && !strings.Contains(tag, " checked") {
			continue
		}
		pairs = append(pairs, a["name"], a["value"])
	}
	for _, m := range formSelect.FindAllStringSubmatch(page, -1) {
		value := ""
		if c := chosen.FindStringSubmatch(m[0]); c != nil {
			value = c[1]
		}
		pairs = append(pairs, m[1], value)
	}
	return append(pairs, more...)
}

// A list goes from the paste through what is wrong, the preview and the boxes to the
// tree; next year's list shows what is new.
func TestUnitImportPages(t *testing.T) {
	h := open(t)
	admin := h.found()
	leader := admin.hire("顾海川", "gu", "approver")
	leader.get("/office/unit-lists", 403)
	admin.wants(admin.get("/office/units", 200), "从名单导入")

	const list = "县\t乡镇\t村\n云溪县\t石桥乡\t新村\n\t\t东村\n临江县\t\t柳林村\n"
	rejected := admin.post("/office/unit-lists", 422, "text", list, "from", "2011-99-99")
	admin.wants(rejected, "请写明从哪一天起", "柳林村")
	page := admin.post("/office/unit-lists", 200, "text", list, "from", "2011-08-08")
	at := importAddress.FindString(page)
	admin.wants(page, "有 1 处要改", "第 4 行", "B 乡镇", "“柳林村”上面没有乡镇（街道）")
	admin.post(at, 422, formOf(page, "apply", "1")...)

	mended := strings.Replace(list, "临江县\t\t", "临江县\t山前镇\t", 1)
	sent := []string{"command", web.NewCommand(), "text", mended, "from", "2011-08-08"}
	page = admin.post("/office/unit-lists", 200, sent...)
	if again := admin.post("/office/unit-lists", 200, sent...); importAddress.FindString(again) != importAddress.FindString(page) {
		t.Error("the same form twice makes two imports")
	}
	at = importAddress.FindString(page)
	admin.wants(page, "<b>7</b> 新设", "每一行都读懂了", "云溪县")
	// Another reading is shown before anything is done.
	changed := admin.post(at, 200, append(without(formOf(page), "column2"), "column2", "", "apply", "1")...)
	admin.wants(changed, "您改了上面的选择")
	admin.post(at, 200, formOf(admin.get(at, 200), "read", "1")...)
	page = admin.post("/office/unit-lists", 200, "text", mended, "from", "2011-08-08")
	at = importAddress.FindString(page)
	if !strings.Contains(page, "新设") {
		t.Error(plain(page))
	}
	for k := range 3 {
		page = admin.post(at, 200, append(without(formOf(page), "column"), "column0", "county", "column1", "township", "column2", "village", "read", fmt.Sprint(k+1))...)
	}
	admin.post(at, 409, append(without(formOf(page), "digest"), "digest", "00", "apply", "1")...)
	working := admin.post(at, 200, formOf(page, "apply", "1")...)
	admin.wants(working, "正在照名单办", "<progress", "一共 7 个")
	h.imports()
	admin.wants(admin.get(at, 200), "名单办好了", "<b>7</b> 新设")
	admin.wants(admin.post(at, 200, formOf(page, "apply", "1")...), "名单办好了")

	h.now = h.now.AddDate(1, 0, 0)
	page = admin.post("/office/unit-lists", 200, "text", "县\t乡镇\t村\n云溪县\t石桥镇\t新村\n\t\t柳林村\n临江县\t山前镇\t\n", "from", "2012-01-01")
	at = importAddress.FindString(page)
	admin.wants(page, "<b>1</b> 移动", "<b>1</b> 改名", "名单里没有的 1 个", "云溪县 / 石桥乡 / 东村", "不是同一个")
	refused := regexp.MustCompile(`name="refused" value="([0-9A-Z]{13})"`).FindAllStringSubmatch(page, -1)
	if len(refused) != 2 {
		t.Fatalf("%d proposals", len(refused))
	}
	page = admin.post(at, 200, formOf(page, "refused", refused[1][1], "closing", "1", "apply", "1")...)
	admin.wants(page, "还没有办")
	admin.post(at, 200, formOf(page, "apply", "1")...)
	h.imports()
	admin.wants(admin.get(at, 200), "名单办好了", "<b>2</b> 撤销")
	admin.wants(admin.get("/office/unit-lists", 200), "以前交的名单", "办好了")
	admin.get("/office/unit-lists/0000000000007", 404)
	if english := admin.get("/en"+at, 200); !strings.Contains(english, text.Say(text.English, "名单办好了")) {
		t.Error("in English")
	}
}

// A list of units that names who heads them leaves no name in clear, whatever becomes of it;
// its page says that it is deleted.
func TestAListOfUnitsLeavesNoNames(t *testing.T) {
	h := open(t)
	admin := h.found()
	const name = "林小满"
	given := func(county string) (at, page string) {
		page = admin.upload("/office/unit-lists", 200, name+".csv", []byte("县,负责人,联系电话\n"+county+","+name+","+name+"的电话\n"), "from", "2011-08-08")
		admin.wants(page, name+".csv", "照这份名单办", "30 天以后也删掉")
		return importAddress.FindString(page), page
	}
	dropped, page := given("临江县")
	admin.wants(admin.post(dropped, 200, formOf(page, "drop", "1")...), "名单没有办，删掉了", "已经从系统里删掉")
	admin.wants(admin.post(dropped, 200, formOf(page, "apply", "1")...), "名单没有办，删掉了")
	taken, page := given("云溪县")
	page = admin.post(taken, 200, append(without(formOf(page, "read", "1"), "column2"), "column2", "")...) // the telephone is not read
	apply := formOf(page, "apply", "1")
	admin.wants(admin.post(taken, 200, apply...), "正在照名单办")
	h.imports()
	admin.wants(admin.post(taken, 200, apply...), "名单办好了", "已经从系统里删掉") // sent again
	left, _ := given("望潮区")
	list := admin.get("/office/unit-lists", 200)
	admin.wants(list, "没有办，删掉了", "办好了，1 个单位", name+".csv")
	if strings.Count(list, name) != 1 {
		t.Errorf("lists that ended are called by their files:\n%s", plain(list))
	}
	h.leavesNoName(t, name)
	admin.wants(admin.get(left, 200), "望潮区") // the one that is looked at still opens
	h.now = h.now.AddDate(0, 0, desk.SheetDays)
	h.cleans(func() bool { return strings.Contains(admin.get(left, 200), "名单没有办，删掉了") })
}

func without(pairs []string, name string) (out []string) {
	for i := 0; i < len(pairs); i += 2 {
		if !strings.HasPrefix(pairs[i], name) {
			out = append(out, pairs[i], pairs[i+1])
		}
	}
	return out
}

// The command says what is wrong row by row, then what it changes, and does it.
func TestImportUnitsCommand(t *testing.T) {
	t.Setenv("LC_ALL", "zh_CN.UTF-8")
	data, file := filepath.Join(t.TempDir(), "city"), filepath.Join(t.TempDir(), "名单.csv")
	luoshi(t, 0, "init", "--data", data, "--city", "安澜市")
	write := func(content []byte) {
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := func(out string, words ...string) {
		t.Helper()
		for _, w := range words {
			if !strings.Contains(out, w) {
				t.Errorf("%q is not in\n%s", w, out)
			}
		}
	}
	write([]byte("名称,上级\n云溪县,\n石桥镇,云溪县\n新村,石挢镇\n"))
	want(luoshi(t, exitWanting, "import", "units", file, "--data", data), "第 4 行 B 上级 列：", "是不是“石桥镇”", "一行都没有办")
	write([]byte("名称,上级\n云溪县,\n石桥镇,云溪县\n新村,石桥镇\n"))
	want(luoshi(t, 0, "import", "units", file, "--data", data, "--check"), "新设 3", "只是看看")
	want(luoshi(t, 0, "import", "units", file, "--data", data), "新设 3", "办好了：3 个单位")
	want(luoshi(t, 0, "import", "units", file, "--data", data), "没有要办的")
	write([]byte("甲,乙\n东村,石桥镇\n"))
	want(luoshi(t, 0, "import", "units", file, "--data", data, "--under", "云溪县", "--map", "村=A 乡镇=B", "--head", "1", "--close-gone", "--check"), "新设 0", "改名 1", "石桥镇/新村 → 石桥镇/东村")
	want(luoshi(t, exitWanting, "import", "units", file, "--data", data, "--map", "村=Q"), "没有这一列")
	want(luoshi(t, exitWanting, "import", "units", file, "--data", data, "--map", "什么=A"), "读不懂")
	want(luoshi(t, exitWanting, "import", "units", file, "--data", data, "--under", "没有县"), "没有叫")
	// Nothing is left of a list, also of one that was only looked at or read wrongly.
	f, err := place{Data: data}.openAny(t.Context(), db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	account, err := f.office.SomebodyWhoMay(t.Context(), "unit.change")
	if err != nil {
		t.Fatal(err)
	}
	who, err := f.office.Who(t.Context(), account)
	if err != nil {
		t.Fatal(err)
	}
	_, before, err := f.office.UnitImports(t.Context(), who, 0)
	if err != nil {
		t.Fatal(err)
	}
	states := map[desk.ImportState]int{}
	for _, u := range before {
		states[u.State]++
	}
	if states[desk.ImportApplied] != 1 || states[desk.ImportDropped] != len(before)-1 || len(before) < 6 {
		t.Errorf("%v", states)
	}
}
