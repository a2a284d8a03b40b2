package browser_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"
)

// How many minutes a month may take in the office, where 85 are spent by files and
// telephone, and in a unit, where they are 12.
const (
	aMonthLasts  = 25.0
	aUnitsMonth  = 4.0
	introduction = "三月，各单位抓紧送文化下乡，春节前欠下的场次补上了一半。网吧和书店查得勤，没有出大的问题。卡住的是绣艺博物馆的用地。"
)

// aMonthOf are the twenty-two units of a month: nine counties, three direct units, ten divisions.
var aMonthOf = strings.Fields("望潮区 清渡区 南屿区 松岭市 金汀市 岱屿县 鹿鸣县 云溪县 澄湖县 市群众艺术馆 市图书馆 市博物馆 " +
	"局办公室 公共文化处 艺术处 文化产业处 市场管理处 政策法规处 人事处 财务处 广播电视处 机关党委")

// A month in the office: a table is asked of twenty-two units, who answer on pages, one by
// telephone; three are chased; one cell is given back; the month is merged and issued; the
// leader's page is put before the director, whose sentence becomes an order and is answered.
func TestAMonthInTheOffice(t *testing.T) {
	w := begins(t, true, false)
	admin := invited(t, w.city.base, w.city.links[administrator])
	slips := admin.slipsOf(aMonthOf[1:]) // the first signs in by the link that the sample printed
	units := map[string]*byHand{}

	w.step("发表")
	w.goes(named("nav a", "征集"))
	w.goes(named("main a", "新的征集"))
	w.press(one("[name=kind][value=table]"))
	w.sets("title", "三月文化志愿者情况表")
	w.sets("due", "2012-04-27")
	w.do(chromedp.SetUploadFiles("#file", []string{aTemplate(t)}))
	w.now().clicks += 3 // the button, the file, open
	w.decides(2)
	for _, group := range []string{"direct", "division", "county"} {
		w.press(one("[name=groups][value=" + group + "]"))
	}
	w.goes(named("main button", "发下去"))
	w.wants("模板怎么读")
	w.reads(eval[string](w.tab, "document.querySelector('main').innerText"))
	w.goes(named("main button", "读得对，发下去"))
	w.wants("还没有报")
	asked, _, _ := strings.Cut(w.where(), "?")

	// Eighteen units sign in by a slip and answer, the nineteenth is the one whose minutes
	// count; for the office itself its clerk answers, and two never do.
	for i, name := range aMonthOf {
		if slices.Contains([]string{"望潮区", "局办公室", "财务处", "广播电视处"}, name) {
			continue
		}
		u := invited(t, w.city.base, "/office/link/"+slips[name])
		units[name] = u
		u.answers(i)
	}
	party := w.unitsMonth("汪清和")

	w.step("看谁没有报，催三个")
	w.goes(named("nav a", "催办"))
	w.reads(eval[string](w.tab, "document.querySelector('.lede').innerText"))
	for n := range 3 {
		w.press(element(fmt.Sprintf("document.querySelectorAll('[name=owed]')[%d]", n)))
		w.decides(1)
	}
	w.goes(named("main button", "文字"))
	w.wants("催办")
	w.goes(one("main form button"))
	w.wants("点一下文字，全选，复制")
	for range 3 {
		w.now().clicks += 2
		w.now().keys += 6 // all, copy, change to the chat, paste, send
	}

	w.step("代报一个")
	w.open(asked)
	w.goes(linkIn("[...document.querySelectorAll('main tr, main li')].find(e => e.textContent.includes('局办公室') && e.textContent.includes('代报'))", "替它代报"))
	for k, name := range eval[[]string](w.tab, "[...document.querySelectorAll('main form input:not([type=hidden])')].map(e => e.name).filter(n => /^r\\d+c\\d+$/.test(n))") {
		w.sets(name, fmt.Sprint(4+k))
	}
	w.goes(one("main form button"))

	w.step("退回一格，收下其余")
	w.open(asked)
	w.goes(linkIn("[...document.querySelectorAll('main tr, main li')].find(e => e.textContent.includes('清渡区'))", "看了收下或退回"))
	w.reads(eval[string](w.tab, "document.querySelector('table.fill').innerText"))
	w.press(one("table.fill details summary"))
	w.press(one("table.fill [name^=why-]"))
	w.types("和上个月差得太多，请核一下")
	w.decides(1)
	w.goes(named("main button", "退回"))
	w.open(asked)
	w.goes(named("main a", "都收下"))
	w.goes(one("main form button"))
	units["清渡区"].answers(1)
	w.open(asked)
	w.reads(eval[string](w.tab, "document.querySelector('main').innerText.slice(0, 200)"))
	w.now().clicks++ // 汇总好的表（Excel）
	rows := admin.table22(asked)
	for name, figure := range rows {
		w.reads(name + figure + figure + figure)
	}
	if rows["清渡区"] == "" || rows["局办公室"] == "" || rows["财务处"] != "" {
		t.Errorf("the result holds %v", rows)
	}

	w.step("汇总，写月报，定稿")
	w.goes(named("nav a", "方案"))
	w.goes(named("main a", "进展"))
	w.goes(named("main a", "汇总这一期"))
	w.reads(eval[string](w.tab, "document.querySelector('.top').innerText"))
	w.reads(eval[string](w.tab, "document.querySelector('.letter').innerText")) // all that twenty-two units said
	w.goes(named("main a", "写开头的话"))
	w.sets("introduction", introduction)
	w.goes(named("main button", "存"))
	w.wants("绣艺博物馆的用地")
	w.goes(named("main a", "定稿"))
	w.reads(eval[string](w.tab, "document.querySelector('main').innerText"))
	w.decides(1)
	w.goes(named("main button", "定稿"))
	w.wants("定稿了")
	w.now().clicks += 2 // both files
	w.now().keys += 6   // each is printed

	w.step("送专报")
	w.goes(named("nav a", "领导小组"))
	w.goes(named("main a", "专报（一页）"))
	w.reads(eval[string](w.tab, "document.querySelector('main').innerText"))
	if pdf := w.printed(); len(pdf) < 20_000 {
		t.Errorf("the leaders' report prints to %d bytes", len(pdf))
	}
	w.now().keys += 3

	// The director writes a sentence beside an item; the unit answers.
	boss := w.city.visit(t, mouse{})
	boss.signIn(director)
	boss.open("/office/leader")
	const words = "请公共文化处本月去一趟国土局，把地块定下来，月底前报结果。"
	form := "[...document.querySelectorAll('main form')].find(f => f.action.endsWith('/instruct') && f.closest('tr').textContent.includes('请社会力量'))"
	eval[any](boss, fmt.Sprintf("(f => { f.closest('details').open = true; f.words.value = %q; f.due.value = '2012-04-30' })(%s)", words, form))
	boss.follow(element("(" + form + ").querySelector('button')"))
	boss.wants("批示交办了", words)
	order := eval[string](boss, "[...document.querySelectorAll('main tr')].find(e => e.textContent.includes('把地块定下来') && e.querySelector('a[href*=\"/orders/\"]')).querySelector('a[href*=\"/orders/\"]').getAttribute('href')")
	culture := units["公共文化处"]
	reply := "/office/duties/" + order[strings.LastIndex(order, "/")+1:] + "/reply"
	page := culture.get(reply)
	culture.post(reply, "command", between(page, `name="command" value="`, `"`), "unit", between(page, `name="unit" value="`, `"`), "words", "去过了，国土局答应五月批。")

	w.step("批示有了回复")
	w.open(order)
	w.reads(eval[string](w.tab, "document.querySelector('main').innerText"))
	w.wants("国土局答应五月批")
	w.goes(named("main a", "认可"))
	w.decides(1)
	w.goes(one("main form button"))
	w.wants("认可了")

	w.dayTable()
	if got := w.minutes(""); got > aMonthLasts {
		t.Errorf("the month took %.1f minutes in the office, at most %.1f", got, aMonthLasts)
	}
	if party > aUnitsMonth {
		t.Errorf("the month took %.1f minutes in a unit, at most %.1f", party, aUnitsMonth)
	}
}

// unitsMonth is the month of one unit, on its own pages: the progress of its items and the
// table, with what it takes in minutes.
func (w *walk) unitsMonth(person string) float64 {
	w.Helper()
	v := w.city.visit(w.T, mouse{})
	v.signIn(person)
	u := &walk{tab: v, script: true}
	u.step("报进展")
	u.goes(named("nav a", "报进展"))
	all := eval[[]string](u.tab, "[...document.querySelectorAll('main form input[name^=same-]')].map(e => e.name)")
	for k, same := range all {
		u.reads(eval[string](u.tab, fmt.Sprintf("(document.querySelector('[name=%q]').closest('section, fieldset, form').querySelector('dl, .last') || {innerText: ''}).innerText.slice(0, 120)", same)))
		u.decides(1)
		if k > 1 {
			u.press(one(fmt.Sprintf("[name=%q]", same)))
			continue
		}
		key := strings.TrimPrefix(same, "same-")
		u.press(one(fmt.Sprintf("[name=%q][value=under_way]", "state-"+key)))
		u.sets("done-"+key, "四月又去了三个乡镇，来看的有八百多人。")
	}
	u.goes(named("main button", "交"))
	u.wants("交了")
	u.step("填表")
	u.goes(named("nav a", "要交的材料"))
	u.goes(named("main a", "三月文化志愿者情况表"))
	for k, name := range eval[[]string](u.tab, "[...document.querySelectorAll('main form input:not([type=hidden])')].map(e => e.name).filter(n => /^r\\d+c\\d+$/.test(n))") {
		u.sets(name, fmt.Sprint(12+k))
	}
	u.goes(one("main form button"))
	u.dayTable()
	return u.minutes("")
}

// slipsOf prints a slip for the first account of each unit, and gives their codes.
func (u *byHand) slipsOf(units []string) map[string]string {
	u.t.Helper()
	var accounts []string
	asked := u.get("/office/collections/new")
	for _, name := range units {
		at := regexp.MustCompile(`name="units" value="([0-9A-Z]{13})"[^>]*> <span lang="zh-Hans">` + name + "<").FindStringSubmatch(asked)
		if at == nil {
			u.t.Fatalf("no %s among the units", name)
		}
		list := u.get("/office/accounts?unit=" + at[1])
		accounts = append(accounts, "account", between(list, `name="account" value="`, `"`))
	}
	codes := map[string]string{}
	for _, s := range strings.Split(u.post("/office/accounts/slips", accounts...), `<section class="slip">`)[1:] {
		codes[between(s, `<h2 lang="zh-Hans">`, "</h2>")] = between(s, `<p class="code">`, "</p>")
	}
	if len(codes) < len(units) {
		u.t.Fatalf("%d slips of %d units: %v", len(codes), len(units), codes)
	}
	return codes
}

// byHand is a unit at a browser of its own that nobody counts.
type byHand struct {
	t    *testing.T
	base string
	http *http.Client
}

// invited lets somebody in by the address of their slip or one-time link.
func invited(t *testing.T, base, link string) *byHand {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	u := &byHand{t, base, &http.Client{Jar: jar}}
	name := strings.ToLower(regexp.MustCompile(`\W`).ReplaceAllString(link[len(link)-8:], "x"))
	u.post(link, "login_name", "u"+name, "password", "a long password of "+name, "again", "a long password of "+name)
	return u
}

func (u *byHand) get(path string) string {
	u.t.Helper()
	answer, err := u.http.Get(u.base + path)
	return u.read(path, answer, err)
}

func (u *byHand) post(path string, fields ...string) string {
	u.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	answer, err := u.http.PostForm(u.base+path, form)
	return u.read(path, answer, err)
}

func (u *byHand) read(path string, answer *http.Response, err error) string {
	u.t.Helper()
	if err != nil {
		u.t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != 200 {
		u.t.Fatalf("%s: %d %v\n%.600s", path, answer.StatusCode, err, between(string(page), "<main", "</main>"))
	}
	return string(page)
}

var (
	cell  = regexp.MustCompile(`name="(r\d+c\d+)"`)
	table = regexp.MustCompile(`href="(/office/answers/[^"]+)"[^>]*>三月文化志愿者情况表`)
)

// answers fills in the table.
func (u *byHand) answers(more int) {
	u.t.Helper()
	path := table.FindStringSubmatch(u.get("/office/answers"))
	if path == nil {
		u.t.Fatal("the table is not asked for")
	}
	page := u.get(path[1])
	fields := []string{"command", between(page, `name="command" value="`, `"`)}
	for k, m := range cell.FindAllStringSubmatch(page, -1) {
		fields = append(fields, m[1], fmt.Sprint(10+k+more))
	}
	u.post(path[1], fields...)
}

func between(text, from, to string) string {
	_, rest, _ := strings.Cut(text, from)
	inside, _, _ := strings.Cut(rest, to)
	return inside
}

// aTemplate is a table for twenty-two units with a head of two rows, merged.
func aTemplate(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	sheet := f.GetSheetName(0)
	set := func(at string, words any) {
		if err := f.SetCellValue(sheet, at, words); err != nil {
			t.Fatal(err)
		}
	}
	for at, words := range map[string]string{"A1": "文化志愿者情况表", "A2": "序号", "B2": "单位", "C2": "志愿者", "C3": "老队员", "D3": "新来的", "E2": "服务小时"} {
		set(at, words)
	}
	for from, to := range map[string]string{"A1": "E1", "A2": "A3", "B2": "B3", "C2": "D2", "E2": "E3"} {
		if err := f.MergeCell(sheet, from, to); err != nil {
			t.Fatal(err)
		}
	}
	for i, name := range aMonthOf {
		set(fmt.Sprint("A", 4+i), i+1)
		set(fmt.Sprint("B", 4+i), name)
	}
	path := filepath.Join(t.TempDir(), "志愿者情况表.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// table22 fetches the result of a collection, and gives the first figure of each unit.
func (u *byHand) table22(collection string) map[string]string {
	u.t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(u.get(collection + "/result.xlsx")))
	if err != nil {
		u.t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		u.t.Fatal(err)
	}
	out := map[string]string{}
	for _, r := range rows {
		if len(r) > 2 {
			out[r[1]] = r[2]
		}
	}
	return out
}
