package main

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"

	"github.com/xuri/excelize/v2"
)

// evil is a formula for a spreadsheet and markup for a page, short enough for every field.
const evil = `=1+1"'><b onx=1>`

var hostileLinks = regexp.MustCompile(`href="(/office/(?:$|collections|answers|reminders|r/|leader|progress|sign/|duties|handover|burden|plans/[0-9A-Z]{13}/(?:progress|summar|lamps|orders|milestones))[^"]*)"`)

// hostileShape is what pages of one kind differ in.
var hostileShape = regexp.MustCompile(`[0-9A-Z]{13}|\d+|=[^&]*`)

// Titles, names and words that are markup and formulas are words on every page and in
// every file of collections, chasing, summaries and the leader's page.
func TestHostileWordsAreWords(t *testing.T) {
	h := open(t)
	admin := h.found()
	boss := h.administrator()
	units := h.unitsOf(boss)
	bureau, err := h.office.Bureau(h.Context())
	h.must(err)
	made, err := h.office.OpenUnits(h.Context(), h.office.Cmd(boss, web.NewCommand()), bureau, []org.Unit{{Level: org.Division, Name: evil}})
	h.must(err)
	unit := made[0].String()
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	account, err := h.office.OpenAccount(h.Context(), h.office.Cmd(boss, web.NewCommand()), desk.NewAccount{UnitID: made[0], Title: evil, Name: "邵" + evil, Roles: []org.Role{org.UnitHead}})
	h.must(err)
	link, err := oneTimeLink(h.Context(), h.login, account, "http://host", "zh-Hans")
	h.must(err)
	head := h.signUp(strings.TrimPrefix(link, "http://host"), "shao")

	plan := clerk.forced(strings.ReplaceAll(strings.Replace(guide, "安澜市文化服务方案", "服务方案"+evil, 1), "送书下乡", "送书"+evil))
	at := "/office/plans/" + plan
	pairs := []string{"lead", unit}
	for _, row := range ownedRow.FindAllStringSubmatch(clerk.get(at+"/owners", 200), -1) {
		pairs = append(pairs, "items", row[1])
	}
	clerk.post(at+"/owners/set", 200, pairs...)
	h.now = h.now.AddDate(0, 1, 5)
	items := []string{}
	for _, m := range reportField.FindAllStringSubmatch(head.get("/office/progress", 200), -1) {
		items = append(items, m[1])
	}
	told := []string{"unit", unit}
	for k, i := range items {
		of := func(name string) string { return name + "-" + i + "-" + unit }
		told = append(told, of("state"), []string{"blocked", "under_way"}[min(k, 1)], of("done"), evil, of("next"), evil)
		if k == 0 {
			told = append(told, of("difficulty"), evil, of("need"), evil, of("need_from"), evil)
		}
	}
	head.post("/office/progress", 200, told...)
	clerk.post(at+"/summary/introduction", 200, "period", "2011-08", "introduction", evil)
	saw := sawField.FindStringSubmatch(clerk.get(at+"/summary/issue?period=2011-08", 200))[1]
	clerk.post(at+"/summary/issue", 200, "period", "2011-08", "saw", saw)
	leader.post("/office/leader/"+plan+"/instruct", 200, "item", items[0], "unit", unit, "words", evil, "due", "2011-09-30")
	clerk.post(at+"/lamps/"+items[0], 200, "lamp", "behind", "reason", evil, "until", "2011-10-30")

	ask := []string{"title", evil, "words", evil, "due", "2011-09-20", "units", unit, "units", units["市图书馆"], "plan", plan, "anyway", "1"}
	idIn := func(page string) string { return collectionAddress.FindStringSubmatch(page)[1] }
	asked := idIn(clerk.post("/office/collections/new", 200, append(ask, "kind", "text", "questions", evil)...))
	head.post("/office/answers/"+asked, 200, "q1", evil)
	clerk.post("/office/collections/"+asked+"/answers/"+unit, 200, "revision", "1", "return", "1", "why-q1", evil)
	clerk.post("/office/collections/"+asked+"/extend", 200, "due", "2011-09-25", "reason", evil)
	own := idIn(clerk.post("/office/collections/new", 200, append(ask, "kind", "plan")...))
	head.post("/office/answers/"+own, 200, items[0], "1", items[0]+"-words", evil)
	file := idIn(clerk.post("/office/collections/new", 200, append(ask, "kind", "file")...))
	head.upload("/office/answers/"+file, 200, evil+"\r\nX-Evil: 1.pdf", []byte("<script>alert(1)</script>"))
	table := idIn(clerk.upload("/office/collections/new", 200, evil+".xlsx", excelFile(t, "表", []string{"单位", evil}, []string{evil, ""}, []string{"市图书馆", ""}), append(ask, "kind", "table")...))
	clerk.post("/office/collections/"+table+"/template", 200, "head", "2", "first", "3", "last", "4", "unit_col", "2", "free", "1", "anyway", "1")
	head.post("/office/answers/"+table, 200, "r1c3", evil)

	h.now = h.now.AddDate(0, 0, 40)
	var owed []string
	for _, box := range owedBox.FindAllStringSubmatch(clerk.get("/office/reminders?soon=1", 200), -1) {
		owed = append(owed, "owed", box[1])
	}
	for _, channel := range []string{"copy", "phone", "chase_slip", "supervision_slip"} {
		clerk.post("/office/reminders/new", 200, append(owed, "channel", channel, "by", "2011-10-30")...)
	}
	head.post("/office/r/1", 200, "reply", evil)

	walked, shown := 0, 0
	for _, who := range []*person{clerk, leader, head} {
		pages, with := who.walksHostile("/office/", "/en/office/collections/"+asked, "/en/office/leader/"+plan, "/en"+at+"/summary/table?period=2011-08")
		walked, shown = walked+pages, shown+with
	}
	if walked < 150 || shown < 100 {
		t.Errorf("only %d pages and files were looked at, %d pages with such words", walked, shown)
	}
	h.verifies()
}

// walksHostile opens all pages and files of the month that hang together, and gives how many,
// and how many pages show the words.
func (p *person) walksHostile(from ...string) (n, shown int) {
	p.Helper()
	seen, shapes := map[string]bool{}, map[string]int{}
	for todo := from; len(todo) > 0; todo = todo[1:] {
		path := todo[0]
		if key, _, _ := strings.Cut(path, "#"); seen[key] || strings.Contains(path, "view=") {
			continue
		} else {
			seen[key], path = true, key
		}
		shape := hostileShape.ReplaceAllString(path, "#")
		if shapes[shape]++; shapes[shape] > 4 { // pages of one kind are alike; there are four kinds of collections
			continue
		}
		n++
		status, body, answer := p.send(p.asking(path))
		if status >= 500 || status == http.StatusNotFound {
			p.Errorf("%s answers %d", path, status)
		}
		if answer.Header.Get("X-Evil") != "" {
			p.Errorf("%s: a name of a file became a header", path)
		}
		kind := answer.Header.Get("Content-Type")
		switch {
		case strings.HasPrefix(kind, "text/html"):
			if at := strings.Index(body, "<b onx"); at >= 0 {
				p.Errorf("%s lets markup through: …%s…", path, body[max(0, at-200):at+20])
			}
			if strings.Contains(body, "&lt;b onx") {
				shown++
			}
			if strings.Contains(body, `="javascript:`) {
				p.Errorf("%s leads to a script", path)
			}
			for _, m := range hostileLinks.FindAllStringSubmatch(body, -1) {
				todo = append(todo, strings.ReplaceAll(m[1], "&amp;", "&"))
			}
		case strings.Contains(kind, "spreadsheetml"):
			p.noFormula(path, body)
		case strings.Contains(kind, "wordprocessingml"):
			p.wellFormed(path, body)
		case !strings.HasPrefix(kind, "application/octet-stream") || answer.Header.Get("X-Content-Type-Options") != "nosniff":
			p.Errorf("%s is of the kind %q", path, kind)
		}
	}
	return n, shown
}

// noFormula looks at every cell of a workbook.
func (p *person) noFormula(path, file string) {
	p.Helper()
	f, err := excelize.OpenReader(strings.NewReader(file))
	p.must(err)
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		p.must(err)
		for r, row := range rows {
			for c, words := range row {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				p.must(err)
				if formula, err := f.GetCellFormula(sheet, at); err != nil || formula != "" {
					p.Errorf("%s: %s is a formula: %q (%q) %v", path, at, formula, words, err)
				}
			}
		}
	}
}

// wellFormed reads all XML of a document of Word; a field would run something.
func (p *person) wellFormed(path, file string) {
	p.Helper()
	z, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	p.must(err)
	for _, part := range z.File {
		if !strings.HasSuffix(part.Name, ".xml") {
			continue
		}
		r, err := part.Open()
		p.must(err)
		for d := xml.NewDecoder(r); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			p.must(err)
			if e, is := token.(xml.StartElement); is && (e.Name.Local == "b" && e.Name.Space == "" || strings.Contains(strings.ToLower(fmt.Sprint(e.Attr)), "onx")) {
				p.Errorf("%s: %s holds markup of others: %v", path, part.Name, e)
			}
		}
		_ = r.Close() // it was read to its end
	}
}

// The same form sent twice at once with different content: one of them is done, the
// other is told what stands.
func TestFormsSentTwiceAtOnce(t *testing.T) {
	h := open(t)
	admin := h.found()
	boss := h.administrator()
	units := h.unitsOf(boss)
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	library := h.employ(boss, "市图书馆", "邵文清", "shao", org.UnitHead)
	plan := clerk.forced(guide)
	clerk.post("/office/plans/"+plan+"/owners/propose", 200)
	item := reportField.FindStringSubmatch(library.get("/office/progress", 200))[1]
	ask := []string{"kind", "text", "words", "请报", "due", "2011-08-31", "questions", "有什么困难", "units", units["市图书馆"], "anyway", "1"}
	asked := "/office/collections/" + collectionAddress.FindStringSubmatch(clerk.post("/office/collections/new", 200, append(ask, "title", "先问一次")...))[1]
	entries := func() (n int64) {
		h.must(h.db.Read(h.Context(), func(v *db.View) (err error) {
			n, err = db.Size(v, h.city)
			return err
		}))
		return n
	}
	for _, form := range []struct {
		who    *person
		path   string
		pairs  []string
		vary   string // the field in which both differ
		values [2]string
	}{
		{clerk, "/office/collections/new", ask, "title", [2]string{"甲", "乙"}},
		{clerk, asked + "/more", []string{"units", units["云溪县"]}, "due", [2]string{"", "2011-09-10"}},
		{clerk, asked + "/extend", []string{"reason", "台风"}, "due", [2]string{"2011-09-01", "2011-09-02"}},
		{library, strings.Replace(asked, "collections", "answers", 1), nil, "q1", [2]string{"缺人", "缺钱"}},
		{clerk, asked + "/answers/" + units["市图书馆"], []string{"revision", "1", "return", "1"}, "why-q1", [2]string{"写清", "写细"}},
		{clerk, "/office/plans/" + plan + "/summary/introduction", []string{"period", "2011-08"}, "introduction", [2]string{"甲", "乙"}},
		{leader, "/office/leader/" + plan + "/instruct", []string{"item", item, "unit", units["市图书馆"], "due", "2011-08-31"}, "words", [2]string{"快办", "慢办"}},
		{clerk, "/office/lamps", []string{"preset", "own", "behind", "0"}, "near", [2]string{"3", "4"}},
	} {
		before, command := entries(), web.NewCommand()
		var statuses [2]int
		var pages [2]string
		var both sync.WaitGroup
		for k, value := range form.values {
			both.Go(func() {
				sent := url.Values{"command": {command}, form.vary: {value}}
				for i := 0; i < len(form.pairs); i += 2 {
					sent.Add(form.pairs[i], form.pairs[i+1])
				}
				r, err := http.NewRequest("POST", h.server.URL+form.path, strings.NewReader(sent.Encode()))
				if err != nil {
					t.Error(err)
					return
				}
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				statuses[k], pages[k], _ = form.who.send(r)
			})
		}
		both.Wait()
		if got := slices.Sorted(slices.Values(statuses[:])); !slices.Equal(got, []int{200, 409}) {
			t.Errorf("%s: %v\n%s\n%s", form.path, statuses, plain(pages[0]), plain(pages[1]))
		}
		lost := slices.Index(statuses[:], 409)
		if after := entries() - before; after > 5 || after == 0 && form.vary != "introduction" {
			t.Errorf("%s: %d entries", form.path, after)
		}
		if lost >= 0 && form.values[lost] != "" && !strings.Contains(pages[lost], form.values[lost]) {
			t.Errorf("%s: what was sent is not shown again: %s", form.path, plain(pages[lost]))
		}
	}
	h.verifies()
}
