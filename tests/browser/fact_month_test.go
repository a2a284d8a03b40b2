package browser_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // opens the sample before it is served
)

// A township's month of 30 villages and 4 indicators takes 29 minutes by telephone and
// spreadsheet. Where the list of the villages is pasted, it may take this long.
const aTownshipsMonth = 5.0

// monthColumns are what the walk counts.
var monthColumns = []struct {
	id            int64
	name, measure string
	usual         int
}{{7001, "送演出到村（走查）", "场", 3}, {7002, "送电影到村（走查）", "场", 12}, {7003, "送图书到村（走查）", "册", 400}, {7004, "办培训班（走查）", "人次", 60}}

// plantedMistake is one of what goes wrong in a list that villages told by telephone.
type plantedMistake struct {
	name string
	make func(rows [][]string) [][]string
	says string // a part of what the page says of it
	mend func(w *walk)
}

// A clerk of a township pastes the list of a month with ten mistakes in it, is told of each,
// puts them right, and reports; then one village rings up, and only its number is changed.
func TestAMonthOfATownship(t *testing.T) {
	w := begins(t, true, false)
	admin := invited(t, w.city.base, w.city.links[administrator])
	town, villages := w.townOfThirty()
	w.openMonthIndicators()
	admin.get("/office/") // still signed in

	// The clerk of the township, who reported four months before.
	title := "走查经办"
	page := admin.get("/office/accounts/new?unit=" + town)
	page = admin.post("/office/accounts/new?unit="+town, "command", between(page, `name="command" value="`, `"`), "title", title, "name", "江早行", "roles", "unit_clerk")
	row := page[strings.Index(page, "江早行")-600:]
	account := regexp.MustCompile(`/office/accounts/([0-9A-Z]{13})`).FindStringSubmatch(row)[1]
	link := regexp.MustCompile(`/office/link/[A-Za-z0-9_-]+`).FindString(admin.post("/office/accounts/" + account + "/link"))
	station := invited(t, w.city.base, link)
	grid := "/office/fact-grid?unit=" + town
	for _, c := range monthColumns {
		grid += "&i=" + idText(c.id)
	}
	for k, month := range []string{"2011-11", "2011-12", "2012-01", "2012-02"} {
		station.reportsGrid(grid+"&month="+month, asBlock(usualRows(villages, k)))
	}

	// The walk begins on the first page of that clerk.
	w.city.links["江早行"] = ""
	v := w.city.visit(t, mouse{})
	v.open("/office/sign-in")
	v.write(one("[name=login_name]"), "u"+strings.ToLower(regexp.MustCompile(`\W`).ReplaceAllString(link[len(link)-8:], "x")))
	v.write(one("[name=password]"), "a long password of "+strings.ToLower(regexp.MustCompile(`\W`).ReplaceAllString(link[len(link)-8:], "x")))
	v.follow(one("main form button"))
	w = &walk{tab: v, script: true}
	v.open("/office/")
	rows := usualRows(villages, 4)
	mistakes := townMistakes(villages)
	for _, m := range mistakes {
		rows = m.make(rows)
	}

	w.step("打开三月的方格")
	w.goes(named("nav a", "报数"))
	w.goes(named("main a", "替下级填方格"))
	w.press(named("main summary", "换一个月"))
	w.decides(1)
	w.goes(named("main a", "2012年3月"))
	if !strings.Contains(w.where(), "i=") { // what the sample counts besides is not looked at
		w.open(grid + "&month=2012-03")
	}

	w.step("从表格里复制，贴进来")
	w.now().clicks += 2 // the sheet, its first cell
	w.now().keys += 5   // to its end, copy, change back
	if !eval[bool](w.tab, "document.getElementById('pasted').closest('details').open") {
		w.press(named("main summary", "从 Excel 里贴"))
	}
	w.press(one("#pasted"))
	w.now().keys += 2 // paste
	w.do(insert(asBlock(rows)))
	w.goes(one("[name=read]"))
	w.wants("读进来了，还没有报")

	w.step("看哪里不对")
	told := eval[string](w.tab, "document.querySelector('.doubts').innerText")
	w.reads(told)
	var table strings.Builder
	found := 0
	for _, m := range mistakes {
		was := "found"
		if !strings.Contains(strings.Join(strings.Fields(told), " "), m.says) {
			was = "NOT FOUND"
		} else {
			found++
		}
		fmt.Fprintf(&table, "%s: %s\n", m.name, was)
	}
	t.Logf("%d of %d planted mistakes are found\n%s", found, len(mistakes), table.String())
	if found < len(mistakes) {
		t.Errorf("not found are some of %d:\n%s", len(mistakes), told)
	}

	w.step("改好")
	for _, m := range mistakes {
		w.decides(1)
		m.mend(w)
	}
	w.step("报上去")
	w.goes(named("main button", "报上去"))
	if !w.says("报上去了") { // what is still asked is looked at, and said to be right
		w.reads(eval[string](w.tab, "document.querySelector('.doubts').innerText"))
		for n := eval[int](w.tab, "document.querySelectorAll('[name=sure]:not(:checked)').length"); n > 0; n-- {
			w.decides(1)
			w.press(one("[name=sure]:not(:checked)"))
		}
		w.goes(named("main button", "报上去"))
	}
	w.wants("报上去了：120 条")
	w.step("村里来电话，改一格")
	w.fillsCell(1, 0, "4")
	w.sets("why", "村里来电话")
	w.goes(named("main button", "报上去"))
	w.wants("报上去了：1 条")
	w.dayTable()
	if got := w.minutes(""); got > aTownshipsMonth {
		t.Errorf("a township's month takes %.1f minutes, at most %.1f", got, aTownshipsMonth)
	}
}

// fillsCell types a number over a cell of the grid.
func (w *walk) fillsCell(row, column int, words string) {
	w.Helper()
	cell := fmt.Sprintf("document.querySelector('table[data-grid]').tBodies[0].rows[%d].querySelectorAll('input:not([type=hidden])')[%d]", row, column)
	w.press(element(cell))
	eval[any](w.tab, cell+".select()")
	w.now().keys++
	w.types(words)
}

func (w *walk) isRight(part string) func(*walk) {
	return func(w *walk) {
		w.press(element(fmt.Sprintf("[...document.querySelectorAll('.doubts li')].find(e => e.textContent.includes(%q)).querySelector('input')", part)))
	}
}

// townMistakes are the ten, each in a row of its own.
func townMistakes(villages []string) []plantedMistake {
	set := func(row, column int, words string) func([][]string) [][]string {
		return func(rows [][]string) [][]string {
			rows[row+1][column+1] = words
			return rows
		}
	}
	puts := func(row, column int, words string) func(*walk) {
		return func(w *walk) { w.fillsCell(row, column, words) }
	}
	right := func(part string) func(*walk) { return (*walk)(nil).isRight(part) }
	wrong := []rune(villages[11])
	wrong[0] = '亖'
	return []plantedMistake{
		{"文字写在数的格子里", set(5, 2, "大概四百"), "“大概四百”不是", puts(5, 2, "400")},
		{"负数", set(6, 0, "-3"), "“-3”小于 0", puts(6, 0, "3")},
		{"多打一个 0", set(7, 2, "4100"), "4,100：以前 4 个月一般是", puts(7, 2, "410")},
		{"大得不可能", set(8, 1, "120000000000"), "太大了", puts(8, 1, "12")},
		{"一行填反", func(rows [][]string) [][]string {
			rows[10][3], rows[10][4] = rows[10][4], rows[10][3]
			return rows
		}, "像是填反了", func(w *walk) { w.fillsCell(9, 2, "404"); w.fillsCell(9, 3, "64") }},
		{"不是整数", set(10, 1, "12.5"), "“12.5”不是整数", puts(10, 1, "12")},
		{"村名写错", func(rows [][]string) [][]string { rows[12][0] = string(wrong); return rows }, "是不是“" + villages[11] + "”", func(w *walk) {
			w.isRight(string(wrong))(w)
			for c, n := range usualRow(11, 4) {
				w.fillsCell(11, c, n)
			}
		}},
		{"别的乡镇的村", func(rows [][]string) [][]string {
			return append(rows, []string{"天外村", "3", "12", "400", "60"})
		}, "“天外村”：下面没有这个单位", right("天外村")},
		{"一个村写了两行", func(rows [][]string) [][]string {
			return append(rows, []string{villages[13], "9", "12", "400", "60"})
		}, "“" + villages[13] + "”有两行", right("有两行")},
		{"合计行", func(rows [][]string) [][]string {
			return append(rows, []string{"合计", "90", "360", "12000", "1800"})
		}, "的合计：“送演出到村（走查）”写的是 90", func(w *walk) {
			for range eval[int](w.tab, "[...document.querySelectorAll('.doubts li')].filter(e => e.textContent.includes('的合计')).length") {
				w.press(element("[...document.querySelectorAll('.doubts li')].find(e => e.textContent.includes('的合计') && !e.querySelector('input').checked).querySelector('input')"))
			}
		}},
	}
}

// usualRow is what a village tells of a month when nothing is odd.
func usualRow(village, month int) (out []string) {
	for k, c := range monthColumns {
		out = append(out, fmt.Sprint(c.usual+(village+month*(k+1))%3))
	}
	return out
}

func usualRows(villages []string, month int) [][]string {
	head := []string{"村名"}
	for _, c := range monthColumns {
		head = append(head, c.name)
	}
	rows := [][]string{head}
	for k, v := range villages {
		rows = append(rows, append([]string{v}, usualRow(k, month)...))
	}
	return rows
}

func asBlock(rows [][]string) string {
	var lines []string
	for _, r := range rows {
		lines = append(lines, strings.Join(r, "\t"))
	}
	return strings.Join(lines, "\n")
}

// reportsGrid pastes a month and reports it, without anybody counting.
func (u *byHand) reportsGrid(path, block string) {
	u.t.Helper()
	page := u.get(path)
	fields := func(page string, more ...string) []string {
		all := []string{"command", between(page, `name="command" value="`, `"`), "class", "B", "pasted", block}
		for _, tag := range regexp.MustCompile(`<input[^>]*name="[cs]-[^>]*>`).FindAllString(page, -1) {
			all = append(all, between(tag, `name="`, `"`), between(tag, `value="`, `"`))
		}
		return append(all, more...)
	}
	page = u.post(path, fields(page, "read", "1")...)
	if page = u.post(path, fields(page)...); !strings.Contains(page, "报上去了") {
		u.t.Fatalf("%s is not reported: %.2000s", path, between(page, `<div class="errors"`, "</section>"))
	}
}

// townOfThirty gives a township of the sample and thirty of its villages, as its grid lists them.
func (w *walk) townOfThirty() (town string, villages []string) {
	w.Helper()
	w.onFile(func(d *sql.DB) {
		var number int64
		if err := d.QueryRow("SELECT t.id FROM unit v JOIN unit t ON t.city_id = v.city_id AND t.id = v.parent_id WHERE v.level = 'village' AND v.to_day = '' AND v.from_day < '2011-11-01' GROUP BY t.id HAVING COUNT(*) BETWEEN 30 AND 40 ORDER BY t.id LIMIT 1").Scan(&number); err != nil {
			w.Fatal(err)
		}
		town = idText(number)
		found, err := d.Query("SELECT name FROM unit WHERE parent_id = ? AND to_day = '' ORDER BY code, id LIMIT 30", number)
		if err != nil {
			w.Fatal(err)
		}
		defer found.Close()
		for found.Next() {
			var name string
			if err := found.Scan(&name); err != nil {
				w.Fatal(err)
			}
			villages = append(villages, name)
		}
	})
	return town, villages
}

// openMonthIndicators puts in what the walk counts.
func (w *walk) openMonthIndicators() {
	w.Helper()
	w.onFile(func(d *sql.DB) {
		for _, c := range monthColumns {
			if _, err := d.Exec("INSERT INTO indicator (city_id, id, name, measure, definition, aggregation, direction, class_wanted, subjects, numerator_id, divisor_id, released, opened_day, post_id) VALUES (1, ?, ?, ?, '', 'sum', 'up', 'B', '', 0, 0, 0, '2011-08-01', 0)",
				c.id, c.name, c.measure); err != nil {
				w.Fatal(err)
			}
		}
	})
}

// onFile opens the database of the city while it is not served.
func (w *walk) onFile(f func(d *sql.DB)) {
	w.Helper()
	w.city.stop(w.T)
	d, err := sql.Open("sqlite", filepath.Join(w.city.folder, "luoshi.sqlite"))
	if err != nil {
		w.Fatal(err)
	}
	f(d)
	if err := d.Close(); err != nil {
		w.Fatal(err)
	}
	w.city.start(w.T)
}

// idText writes an identifier as addresses do.
func idText(n int64) string {
	const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	var out [13]byte
	for k := 12; k >= 0; k-- {
		out[k] = digits[n&31]
		n >>= 5
	}
	return string(out[:])
}
