package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"

	"github.com/xuri/excelize/v2"
)

var (
	sheetAddress = regexp.MustCompile(`/office/fact-import/[0-9A-Z]{13}`)
	drawAddress  = regexp.MustCompile(`/office/draws/[0-9A-Z]{13}`)
)

// countedTown opens a county with a township and two villages, and two indicators.
func (h *house) countedTown() (county id.Unit, shows id.Indicator) {
	h.Helper()
	who := h.administrator()
	top, err := h.office.CityUnit(h.Context())
	h.must(err)
	for _, one := range []struct {
		level org.Level
		names []string
	}{{org.County, []string{"云溪县"}}, {org.Township, []string{"石桥镇"}}, {org.Village, []string{"新村", "柳林村"}}} {
		var units []org.Unit
		for _, n := range one.names {
			units = append(units, org.Unit{Level: one.level, Name: n, From: "2011-01-01"})
		}
		made, err := h.office.OpenUnits(h.Context(), h.office.Cmd(who, web.NewCommand()), top, units)
		h.must(err)
		if top = made[0]; one.level == org.County {
			county = made[0]
		}
	}
	return county, 0
}

// A sheet that is nobody's form goes in by the page: what is not clear is asked place by
// place and put right there, and what comes out again gives nothing new, also after
// LibreOffice saved it; a value that was changed is a correction. Then a draw is made.
func TestSheetOfFactsByPage(t *testing.T) {
	h := open(t)
	admin := h.found()
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	county, _ := h.countedTown()
	boss, err := h.office.Who(t.Context(), h.account("周明远"))
	h.must(err)
	shows, err := h.office.OpenIndicator(t.Context(), h.office.Cmd(boss, web.NewCommand()), fact.Indicator{Name: "送演出", Measure: "场", Aggregation: fact.Sum, Wanted: fact.OwnWord})
	h.must(err)
	leader.get("/office/fact-import", 403)
	clerk.wants(clerk.get("/office/fact-import", 200), "导入台账", "云溪县")
	page := clerk.upload("/office/fact-import", 200, "台账.xlsx", asWorkbook(t, "石桥镇2011年7月送戏登记\n村\t日期\t场次\n新村\t7月3日\t2\n柳林\t2011.7.5\t3\n新村\t7.12\t约1\n合计\t\t6\n"), "unit", county.String(), "year", "2011")
	at := sheetAddress.FindString(page)
	clerk.wants(page, "柳林村", "约1", "要看一看的", "表里的词是哪个指标")
	sent := formOf(page, "read", "1")
	for k := 0; k < len(sent); k += 2 {
		switch {
		case strings.HasPrefix(sent[k], "put-") && sent[k+1] == "柳林":
			sent[k+1] = "柳林村"
		case strings.HasPrefix(sent[k], "put-") && sent[k+1] == "约1":
			sent[k+1] = "1"
		case strings.HasPrefix(sent[k], "means"):
			sent[k+1] = shows.String()
		}
	}
	page = clerk.post(at, 200, sent...)
	clerk.wants(page, "导入以后会多出", "石桥镇/柳林村", "导入这 3 条")
	if list := clerk.get("/office/facts.xlsx?unit="+county.String(), 200); len(h.rowsOf([]byte(list))) != 1 {
		t.Error("looked at only, and there are facts")
	}
	apply := formOf(page, "apply", "1")
	clerk.wants(clerk.post(at, 200, apply...), "台账导入好了")
	clerk.wants(clerk.post(at, 200, apply...), "台账导入好了") // sent again
	// It comes out as it can go in again.
	out := []byte(clerk.get("/office/facts.xlsx?unit="+county.String()+"&indicator="+shows.String()+"&month=2011-07", 200))
	rows := h.rowsOf(out)
	if len(rows) != 4 || !slices.Equal(rows[0], fact.SheetExportHeads) || !slices.Equal(rows[1][:4], []string{"石桥镇/新村", "2011-07-03", "送演出", "2"}) {
		t.Fatalf("%v", rows)
	}
	clerk.wants(clerk.upload("/office/fact-import", 200, "facts.xlsx", out, "unit", county.String(), "year", "2011"), "没有要导入的", "<b>3</b> 导出以后没有改")
	f, err := excelize.OpenReader(bytes.NewReader(out))
	h.must(err)
	h.must(f.SetCellValue(f.GetSheetName(0), "D2", 5))
	var changed bytes.Buffer
	h.must(f.Write(&changed))
	for name, saved := range map[string][]byte{"unchanged": h.savedByLibreOffice(out), "changed": h.savedByLibreOffice(changed.Bytes())} {
		if saved == nil {
			continue
		}
		page := clerk.upload("/office/fact-import", 200, "facts.xlsx", saved, "unit", county.String(), "year", "2011")
		if name == "unchanged" {
			clerk.wants(page, "没有要导入的", "<b>3</b> 导出以后没有改")
		} else {
			clerk.wants(page, "<b>1</b> 更正", "<b>2</b> 导出以后没有改", "导入这 1 条")
		}
	}
	page = clerk.upload("/office/fact-import", 200, "facts.xlsx", changed.Bytes(), "unit", county.String(), "year", "2011")
	clerk.wants(page, "<b>1</b> 更正")
	clerk.wants(clerk.post(sheetAddress.FindString(page), 200, formOf(page, "apply", "1")...), "台账导入好了")
	if rows := h.rowsOf([]byte(clerk.get("/office/facts.xlsx", 200))); len(rows) != 4 || rows[1][3] != "5" {
		t.Errorf("%v", rows)
	}
	h.draws(clerk, county, shows, boss)
}

// A sheet that an old Excel saved goes in as it is: with days that are numbers inside, a
// village that stands over two lines, and a sum that is passed over.
func TestAnOldExcelFileAsSheetOfFacts(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("SKIPPED, NOT CHECKED: soffice is not installed, so that no .xls was read (apt-get install libreoffice-calc-nogui)")
	}
	h := open(t)
	admin := h.found()
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	county, _ := h.countedTown()
	boss, err := h.office.Who(t.Context(), h.account("周明远"))
	h.must(err)
	_, err = h.office.OpenIndicator(t.Context(), h.office.Cmd(boss, web.NewCommand()), fact.Indicator{Name: "送演出", Measure: "场", Aggregation: fact.Sum, Wanted: fact.OwnWord})
	h.must(err)
	old, err := os.ReadFile(filepath.Join("..", "..", "internal", "convert", "testdata", "shows.xls"))
	h.must(err)
	convert := h.office.ReadFile
	read := sync.OnceValues(func() (document.Source, error) { return convert(t.Context(), "台账.xls", old) }) // LibreOffice takes seconds
	h.office.ReadFile = func(_ context.Context, name string, raw []byte) (document.Source, error) {
		if name != "台账.xls" || !bytes.Equal(raw, old) {
			t.Errorf("%s is asked for, not the sheet", name)
		}
		return read()
	}
	page := clerk.upload("/office/fact-import", 200, "台账.xls", old, "unit", county.String(), "year", "2011")
	clerk.wants(page, "台账.xls", "导入这 3 条", "有 1 行，没有读")
	at := sheetAddress.FindString(page)
	page = clerk.post(at, 200, formOf(page, "read", "1")...) // what the heads mean is as it was proposed
	clerk.wants(clerk.post(at, 200, formOf(page, "apply", "1")...), "台账导入好了", "导进来 3 条")
	var taken []string
	for _, row := range h.rowsOf([]byte(clerk.get("/office/facts.xlsx?unit="+county.String(), 200)))[1:] {
		taken = append(taken, strings.Join(row[:4], " "))
	}
	slices.Sort(taken)
	if want := []string{"石桥镇/新村 2011-07-03 送演出 2", "石桥镇/新村 2011-07-12 送演出 1", "石桥镇/柳林村 2011-07-05 送演出 3"}; !slices.Equal(taken, want) {
		t.Errorf("%q", taken)
	}
}

// draws makes a draw on the pages; everybody has its file once the indicator is public.
func (h *house) draws(clerk *person, county id.Unit, shows id.Indicator, boss desk.Who) {
	h.Helper()
	clerk.wants(clerk.get("/office/draws", 200), "还没有抽查过")
	clerk.wants(clerk.post("/office/draws/new", 422, "unit", county.String(), "month", "2011-13"), "请选一个月份")
	page := clerk.post("/office/draws/new", 200, "unit", county.String(), "month", "2011-07")
	at := drawAddress.FindString(page)
	clerk.wants(page, "已经承诺", "密数的指纹")
	terms := []string{"count", "2", "each", "0", "source", "福利彩票双色球2011092期开奖号码", "day", "2011-08-09", "hour", "21:30"}
	clerk.wants(clerk.post(at+"/freeze", 422, append(terms[2:], "count", "9")...), "名单上有 3 条")
	h.now = h.now.Add(time.Minute)
	clerk.wants(clerk.post(at+"/freeze", 200, terms...), "名单冻结了", "在 3 条里抽 2 条")
	clerk.wants(clerk.post(at+"/reveal", 409, "randomness", "03 07"), "还没有到公布的时刻")
	h.now = h.now.Add(48 * time.Hour)
	clerk.wants(clerk.post(at+"/reveal", 200, "randomness", "03 07 12 18 26 31 09"), "抽中的 2 条", "送演出")
	file := filepath.Join(h.TempDir(), "2011-07.draw")
	content := clerk.get(at+"/file", 200)
	h.must(os.WriteFile(file, []byte(content), 0o600))
	clerk.wants(luoshi(h, 0, "draw", file), "✓")
	cut := strings.Replace(content, "draw 2\n", "draw 1\n", 1)
	h.must(os.WriteFile(file, []byte(cut), 0o600))
	clerk.wants(luoshi(h, 1, "draw", file), "✗")
	public := strings.TrimPrefix(at, "/office")
	h.stranger().get(public, 404)
	h.must(h.office.ReleaseIndicator(h.Context(), h.office.Cmd(h.who("顾海川"), web.NewCommand()), shows, true))
	if got := h.stranger().get(public, 200); got != content {
		h.Errorf("the public file is another:\n%s", got)
	}
	clerk.wants(h.stranger().get("/ledger", 200), "公布了密数，抽中了")
}

func (h *house) account(name string) id.Account {
	h.Helper()
	all, err := h.office.Accounts(h.Context(), h.administrator())
	h.must(err)
	for _, a := range all {
		if a.Name == name {
			return a.ID
		}
	}
	h.Fatalf("nobody is called %s", name)
	return 0
}

func (h *house) who(name string) desk.Who {
	h.Helper()
	who, err := h.office.Who(h.Context(), h.account(name))
	h.must(err)
	return who
}

// rowsOf gives the cells of the first sheet of a workbook.
func (h *house) rowsOf(content []byte) [][]string {
	h.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	h.must(err)
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	h.must(err)
	return rows
}

// savedByLibreOffice gives a workbook as LibreOffice saves it; nil where it is not there.
func (h *house) savedByLibreOffice(content []byte) []byte {
	h.Helper()
	if _, err := exec.LookPath("soffice"); err != nil {
		h.Log("SKIPPED, NOT CHECKED: soffice is not installed, so that LibreOffice did not save the facts (apt-get install libreoffice-calc-nogui)")
		return nil
	}
	folder := h.TempDir()
	h.must(os.WriteFile(filepath.Join(folder, "facts.xlsx"), content, 0o600))
	if said, err := exec.CommandContext(h.Context(), "soffice", "-env:UserInstallation=file://"+folder+"/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(folder, "again"),
		filepath.Join(folder, "facts.xlsx")).CombinedOutput(); err != nil {
		h.Fatalf("%v\n%s", err, said)
	}
	saved, err := os.ReadFile(filepath.Join(folder, "again", "facts.xlsx"))
	h.must(err)
	return saved
}

// The command says what is not clear, with 1, and takes nothing; put right, it takes all.
func TestImportFactsCommand(t *testing.T) {
	h := open(t)
	h.found()
	h.countedTown()
	clerk, err := h.office.OpenAccount(t.Context(), h.office.Cmd(h.administrator(), web.NewCommand()), desk.NewAccount{Unit: "局办公室", Title: "经办岗", Name: "周明远", Roles: []org.Role{org.Clerk}})
	h.must(err)
	who, err := h.office.Who(t.Context(), clerk)
	h.must(err)
	_, err = h.office.OpenIndicator(t.Context(), h.office.Cmd(who, web.NewCommand()), fact.Indicator{Name: "送演出", Measure: "场", Aggregation: fact.Sum, Wanted: fact.OwnWord})
	h.must(err)
	h.must(h.folder.close())
	file := filepath.Join(t.TempDir(), "台账.csv")
	args := []string{"import", "facts", file, "--data", h.path, "--unit", "云溪县/石桥镇", "--year", "2011", "--indicator", "送演出"}
	h.must(os.WriteFile(file, []byte("村,日期,场次\n新村,7月3日,2\n不知村,7月5日,1\n"), 0o600))
	if said := luoshi(t, 1, args...); !strings.Contains(said, "Row 3, column A") || !strings.Contains(said, "Nothing was imported") {
		t.Error(said)
	}
	h.must(os.WriteFile(file, []byte("村,日期,场次\n新村,7月3日,2\n柳林村,7月5日,1\n"), 0o600))
	if said := luoshi(t, 0, args...); !strings.Contains(said, "New 2") || !strings.Contains(said, "Imported: 2 facts") {
		t.Error(said)
	}
	if said := luoshi(t, 0, args...); !strings.Contains(said, "facts that stand 2") || strings.Contains(said, "Imported") {
		t.Error(said)
	}
}
