package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"luoshi/collection"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"

	"github.com/xuri/excelize/v2"
)

// asked22 are nine counties, three direct units and ten divisions, of which the first is there.
var asked22 = map[org.Level][]string{
	org.County:   strings.Fields("望潮区 清渡区 南屿区 松岭市 金汀市 岱屿县 鹿鸣县 云溪县 澄湖县"),
	org.Direct:   strings.Fields("市群众艺术馆 市图书馆 市博物馆"),
	org.Division: strings.Fields("公共文化处 艺术处 文化产业处 市场管理处 政策法规处 人事处 财务处 广播电视处 机关党委"),
}

// template22 is the sample's template, with rows for ten divisions more.
func template22(t *testing.T) []byte {
	t.Helper()
	f, err := excelize.OpenFile("../../internal/sample/activities.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	for k, name := range append([]string{"局办公室"}, asked22[org.Division]...) {
		if err := f.DuplicateRow(sheet, 15+k); err != nil {
			t.Fatal(err)
		}
		for at, words := range map[string]any{fmt.Sprintf("A%d", 16+k): 13 + k, fmt.Sprintf("B%d", 16+k): name} {
			if err := f.SetCellValue(sheet, at, words); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, column := range "CDEF" {
		if err := f.SetCellFormula(sheet, fmt.Sprintf("%c26", column), fmt.Sprintf("SUM(%c4:%c25)", column, column)); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// layoutOf is all of a sheet but the words of the cells that are filled in.
func layoutOf(t *testing.T, raw []byte, families bool) map[string]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet, out := f.GetSheetName(0), map[string]string{}
	for r := 1; r <= 27; r++ {
		for c := 1; c <= 7; c++ {
			at, _ := excelize.CoordinatesToCellName(c, r)
			k, err := f.GetCellStyle(sheet, at)
			if err != nil {
				t.Fatal(err)
			}
			s, err := f.GetStyle(k)
			if err != nil {
				t.Fatal(err)
			}
			out["style of "+at] = fmt.Sprint(s.Fill, s.Border, s.NumFmt)
			if s.Font != nil {
				out["style of "+at] += fmt.Sprint(s.Font.Bold, s.Font.Size, s.Font.Color)
			}
			if s.Font != nil && families {
				out["style of "+at] += s.Font.Family
			}
			if s.Alignment != nil {
				out["style of "+at] += fmt.Sprint(*s.Alignment)
			}
		}
		if h, err := f.GetRowHeight(sheet, r); err == nil {
			out[fmt.Sprintf("height of %d", r)] = fmt.Sprintf("%.1f", h)
		}
	}
	merges, err := f.GetMergeCells(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range merges {
		out["merged "+m.GetStartAxis()+":"+m.GetEndAxis()] = m.GetCellValue()
	}
	for c := 'A'; c <= 'G'; c++ {
		w, _ := f.GetColWidth(sheet, string(c))
		out["width of "+string(c)] = fmt.Sprintf("%.1f", w)
	}
	return out
}

func sameLayout(t *testing.T, name string, before, after map[string]string) {
	t.Helper()
	if len(before) < 27*8+7+6 {
		t.Errorf("%s: only %d things are compared", name, len(before))
	}
	wrong := 0
	for k, v := range before {
		if after[k] != v {
			if wrong++; wrong < 6 {
				t.Errorf("%s: %s was %s, is %s", name, k, v, after[k])
			}
		}
	}
	if wrong > 5 {
		t.Errorf("%s: and %d more", name, wrong-5)
	}
}

var collectionAddress = regexp.MustCompile(`/office/collections/([0-9A-Z]{13})`)

// Twenty-two units fill in a template with a merged head of two rows: one is late, of one
// a cell is returned, one never answers. The result has the template's layout, here and
// after LibreOffice opened and saved it.
func TestCollectionOfTwentyTwoUnits(t *testing.T) {
	h := open(t)
	admin := h.found()
	boss := h.administrator()
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	bureau, err := h.office.Bureau(t.Context())
	h.must(err)
	city, err := h.office.CityUnit(t.Context())
	h.must(err)
	people, units := map[string]desk.Who{}, map[string]id.Unit{}
	for level, names := range asked22 {
		var opened []org.Unit
		for _, n := range names {
			opened = append(opened, org.Unit{Level: level, Name: n})
		}
		parent := bureau
		if level == org.County {
			parent = city
		}
		made, err := h.office.OpenUnits(t.Context(), h.office.Cmd(boss, web.NewCommand()), parent, opened)
		h.must(err)
		for k, n := range names {
			units[n] = made[k]
			account, err := h.office.OpenAccount(t.Context(), h.office.Cmd(boss, web.NewCommand()), desk.NewAccount{UnitID: made[k], Title: "经办", Name: "某人", Roles: []org.Role{org.UnitHead}})
			h.must(err)
			people[n], err = h.office.Who(t.Context(), account)
			h.must(err)
		}
	}
	library := h.employ(boss, "市图书馆", "陆小北", "lu", org.Reporter)

	// The office asks; how the template is read is shown, and can be put right.
	raw := template22(t)
	form := []string{"kind", "table", "title", "活动情况表", "words", "只算一季度", "due", "2011-08-31", "groups", "county", "groups", "direct", "names", "局办公室、公共文化处、艺术处、文化产业处、市场管理处、政策法规处、人事处、财务处、广播电视处、机关党委"}
	library.upload("/office/collections/new", 403, "表.xlsx", raw, form...)
	clerk.wants(clerk.upload("/office/collections/new", 422, "表.xlsx", raw, append(slices.Clone(form[:12]), "names", "局办公室、火星处")...), "“火星处”没有找到", "活动情况表")
	clerk.wants(clerk.post("/office/collections/new", 422, form...), "请选 Excel 模板")
	page := clerk.upload("/office/collections/new", 200, "表.xlsx", raw, form...)
	clerk.wants(plain(page), "模板怎么读", "表头是第 2 到 3 行，要填的是第 4 到 25 行", "活动场次·农村", "机关党委")
	all := "/office/collections/" + regexp.MustCompile(`/office/collections/([0-9A-Z]{13})/template`).FindStringSubmatch(page)[1]
	c, err := id.Of[id.Collection](strings.TrimPrefix(all, "/office/collections/"))
	h.must(err)
	library.lacks(library.get("/office/answers", 200), "活动情况表")
	reading := []string{"head", "2", "first", "4", "last", "25", "unit_col", "2", "free", "1"}
	clerk.wants(clerk.post(all+"/template", 422, append(reading, "head", "9", "again", "1")[8:]...), "请填一个数")
	clerk.wants(clerk.post(all+"/template", 200, append(reading, "again", "1")...), "模板怎么读")
	clerk.wants(clerk.post(all+"/template", 200, reading...), "发下去了", "还没有报")

	// One unit sees its own row alone, on the page and in its sheet; a cell that begins
	// with = stays text.
	library.wants(plain(library.get("/office/answers", 200)), "要交 1 件，大约 3 分钟", "活动情况表")
	mine := "/office/answers/" + c.String()
	page = library.get(mine, 200)
	library.wants(page, "只算一季度", `name="r1c3"`, "市图书馆")
	library.lacks(page, "望潮区", "市博物馆")
	library.lacks(fmt.Sprint(cellWords(t, library.download(mine+"/sheet.xlsx"))), "望潮区", "机关党委")
	library.wants(library.post(mine, 422), "表还是空的")
	library.wants(library.post(mine, 422, "pasted", "1\t2\t3\t4\t5\t6"), "要填的只有 5 格")
	library.wants(library.post(mine, 200, "pasted", "6\t13\t90000\t4100\t=1+1", "keep", "1"), "存好了，还没有报", `value="90000"`)
	clerk.wants(plain(clerk.get(all, 200)), "还没有报 22")
	send := []string{"command", web.NewCommand(), "r1c3", "6", "r1c4", "13", "r1c5", "90000", "r1c6", "4100", "r1c7", "=1+1"}
	library.post(mine, 200, send...)
	library.wants(library.post(mine, 200, send...), "已报") // sent again, it is done once

	// Returned by cell with the reason beside it; answered anew.
	decide := all + "/answers/" + units["市图书馆"].String()
	library.get(decide, 403)
	clerk.wants(clerk.get(decide, 200), "90000", "收下")
	clerk.wants(clerk.post(decide, 422, "revision", "1", "return", "1"), "请写清为什么退回")
	clerk.wants(clerk.post(decide, 200, "revision", "1", "return", "1", "why-r1c5", "是不是多写了一个 0？"), "退回了")
	library.wants(library.get(mine, 200), "是不是多写了一个 0？", `value="90000"`)
	send[1], send[7] = web.NewCommand(), "9000"
	library.post(mine, 200, send...)
	clerk.post(decide, 409, "revision", "1")
	clerk.wants(clerk.post(decide, 200, "revision", "2"), "收下了")
	library.post(mine, 409, append(send[2:], "r1c3", "7")...)

	// The others: one late, one by the office, one stays returned, one never.
	k := 0
	for name, who := range people {
		if k++; name == "市图书馆" || name == "澄湖县" || name == "财务处" {
			continue
		}
		values := collection.Values{"r1c3": fmt.Sprint(k), "r1c4": "2", "r1c5": "300", "r1c6": "40", "r1c7": "灯会"}
		h.must(h.office.SendAnswer(t.Context(), h.office.Cmd(who, web.NewCommand()), c, units[name], desk.GivenAnswer{Values: values}))
	}
	clerk.post(all+"/answers/"+units["人事处"].String(), 200, "revision", "1", "return", "1", "why-", "口径不对")
	h.now = h.now.AddDate(0, 0, 25) // past the day
	h.must(h.office.SendAnswer(t.Context(), h.office.Cmd(people["财务处"], web.NewCommand()), c, units["财务处"], desk.GivenAnswer{Values: collection.Values{"r1c3": "0"}}))
	list := clerk.get(all, 200)
	clerk.wants(plain(list), "未报 2", "退回 1", "迟报 1")
	office := regexp.MustCompile(regexp.QuoteMeta(all)+`/behalf/([0-9A-Z]{13})`).FindAllString(list, -1)
	for _, path := range office {
		if strings.Contains(clerk.get(path, 200), "代报：局办公室") {
			clerk.wants(clerk.post(path, 200, "r1c3", "1"), "代报了")
		}
	}
	clerk.wants(clerk.post(all+"/extend", 422, "due", "2011-08-31", "reason", "忙"), "期限已经过了")
	clerk.wants(plain(clerk.get(all, 200)), "未报 1", "代报")

	result := clerk.download(all + "/result.xlsx")
	library.get(all+"/result.xlsx", 403)
	sameLayout(t, "result", layoutOf(t, raw, true), layoutOf(t, result, true))
	cells := cellWords(t, result)
	for at, want := range map[string]string{"B4": "望潮区", "B14": "市图书馆", "C14": "6", "E14": "9,000", "G14": "=1+1", "B12": "澄湖县", "C12": "", "C26": "formula SUM(C4:C25)",
		"A29": "未报 2 家：", "A30": "澄湖县", "A31": "人事处（退回）"} {
		if cells[at] != want {
			t.Errorf("%s is %q, want %q", at, cells[at], want)
		}
	}
	openedAgain(t, raw, result)
	h.verifies()
}

// cellWords are the words of all cells of the first sheet; formulas are told as such.
func cellWords(t *testing.T, raw []byte) map[string]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out, sheet := map[string]string{}, f.GetSheetName(0)
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for r, row := range rows {
		for c, words := range row {
			at, _ := excelize.CoordinatesToCellName(c+1, r+1)
			if formula, _ := f.GetCellFormula(sheet, at); formula != "" {
				words = "formula " + formula
			}
			if words != "" {
				out[at] = words
			}
		}
	}
	return out
}

// openedAgain has LibreOffice open the template and the result and save both: it must see
// the same layout. It has a way of its own to write styles, so that both go through it; of
// the families of fonts it writes the one that the signs in the cell need.
func openedAgain(t *testing.T, template, result []byte) {
	t.Helper()
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Log("SKIPPED, NOT CHECKED: soffice is not installed, so that LibreOffice did not open the result (apt-get install libreoffice-calc-nogui)")
		return
	}
	folder := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + folder + "/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(folder, "again")}
	for name, content := range map[string][]byte{"template.xlsx": template, "result.xlsx": result} {
		args = append(args, filepath.Join(folder, name))
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if said, err := exec.CommandContext(t.Context(), "soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	var again [2][]byte
	for k, name := range []string{"template.xlsx", "result.xlsx"} {
		content, err := os.ReadFile(filepath.Join(folder, "again", name))
		if err != nil {
			t.Fatal(err)
		}
		again[k] = content
	}
	sameLayout(t, "opened by LibreOffice", layoutOf(t, again[0], false), layoutOf(t, again[1], false))
	if cells := cellWords(t, again[1]); cells["C26"] != "formula SUM(C4:C25)" || cells["G14"] != "=1+1" || cells["A30"] != "澄湖县" {
		t.Errorf("opened by LibreOffice: %q %q %q", cells["C26"], cells["G14"], cells["A30"])
	}
}

// A sentence of a plan becomes a collection by one click; the units' plans come as ticks
// and as a stamped scan that nobody reads; what nobody took up is told.
func TestCollectionOfTheUnitsPlans(t *testing.T) {
	h := open(t)
	admin := h.found()
	boss := h.administrator()
	h.unitsOf(boss)
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	library := h.employ(boss, "市图书馆", "陆小北", "lu", org.UnitHead)
	clerk.forced(strings.Replace(guide, "2011年8月8日", "二、工作要求\n1、抓好落实。各直属单位的工作方案在9月23日之前报送局办公室。\n2011年8月8日", 1))
	list := clerk.get("/office/collections", 200)
	clerk.wants(plain(list), "方案里写着要报的", "各直属单位的工作方案在9月23日之前报送局办公室", "市图书馆", "单位自己的方案", "2011年9月23日")
	stone := regexp.MustCompile(`name="milestone" value="([0-9A-Z]{13})"`).FindStringSubmatch(list)[1]
	clerk.wants(clerk.get("/office/collections/new?milestone="+stone, 200), "各直属单位的工作方案", `value="2011-09-23"`)
	library.post("/office/collections/proposed", 403, "milestone", stone)
	sent := []string{"command", web.NewCommand(), "milestone", stone}
	page := clerk.post("/office/collections/proposed", 200, sent...)
	clerk.wants(page, "发下去了")
	clerk.post("/office/collections/proposed", 200, sent...)
	clerk.lacks(clerk.get("/office/collections", 200), "方案里写着要报的")
	all := "/office/collections/" + collectionAddress.FindStringSubmatch(page)[1]
	mine := strings.Replace(all, "collections", "answers", 1)
	page = library.get(mine, 200)
	library.wants(page, "认领哪几条", "送书下乡", "任何格式都行")
	item := regexp.MustCompile(`type="checkbox" name="([0-9A-Z]{13})"`).FindStringSubmatch(page)[1]
	library.wants(library.upload(mine, 422, "", nil, item+"-words", "每月送一次"), "没有勾")
	scan := append([]byte("%PDF-1.4 "), bytes.Repeat([]byte("stamp "), 2<<20)...) // 12 MB
	library.upload(mine, 200, "盖章方案.pdf", scan, item, "1", item+"-words", "每月送一次")
	library.upload(mine, 413, "太大.pdf", bytes.Repeat([]byte("x"), 22<<20), item, "1")
	page = clerk.get(all, 200)
	decide := regexp.MustCompile(regexp.QuoteMeta(all) + `/answers/[0-9A-Z]{13}`).FindString(page)
	clerk.wants(clerk.get(decide, 200), "盖章方案.pdf", "每月送一次")
	if got := clerk.download(decide + "/1/file"); !bytes.Equal(got, scan) {
		t.Errorf("%d bytes of %d came back", len(got), len(scan))
	}
	library.get(decide+"/1/file", 403)
	if got := library.download(mine + "/1/file"); len(got) != len(scan) {
		t.Errorf("%d bytes of %d came back", len(got), len(scan))
	}
	clerk.wants(plain(clerk.get(all+"/matrix", 200)), "没有人认领", "延长开放", "每月送一次")
	clerk.wants(fmt.Sprint(cellWords(t, clerk.download(all+"/result.xlsx"))), "认领 每月送一次", "没有人认领的有")
	h.stranger().get(all, 401)
	h.verifies()
}
