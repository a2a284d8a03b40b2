package desk

import (
	"context"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/collection"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// line gives how a unit stands with a collection.
func (w *bureauTown) asked(c id.Collection, unit string) OwedLine {
	w.Helper()
	v, err := w.office.Collection(w.Context(), w.clerk, c)
	w.must(err)
	l, is := v.Line(w.units[unit])
	if !is {
		w.Fatalf("%s is not asked: %+v", unit, v.Owed)
	}
	return l
}

func (w *bureauTown) moves(day calendar.Day) { w.now = day.Time().Add(9 * 3600e9) }

func TestCollectionFromAskingToAccepted(t *testing.T) {
	w := newBureauTown(t)
	library := w.units["市图书馆"]
	ask := NewCollection{Collection: collection.Collection{Kind: collection.Text, Title: "免费开放的困难", Words: "秘密的要求", Due: "2011-09-23", Questions: []string{"有什么困难", "要什么"}},
		Units: []id.Unit{library, w.units["公共文化处"]}}
	if _, err := w.office.Collect(t.Context(), w.cmd(w.culture), ask); !fault.Is(err, fault.Denied) {
		t.Errorf("a division asks others: %v", err)
	}
	before := len(w.entries())
	c, err := w.office.Collect(t.Context(), w.cmd(w.clerk), ask)
	w.must(err)
	if n := len(w.entries()) - before; n != 3 { // what is asked, and of each whom
		t.Errorf("%d entries", n)
	}
	due, err := w.office.CollectionsDue(t.Context(), w.library)
	w.must(err)
	if len(due) != 1 || len(due[0].Owed) != 1 || due[0].Owed[0].State != collection.Awaited || due[0].Owed[0].Fields != 2 || due[0].Owed[0].Minutes != 8 || !due[0].Owed[0].Owes() {
		t.Fatalf("%+v", due)
	}
	// A draft is nobody else's; sending it is one act with one entry.
	said := collection.Values{"q1": "缺人", "q2": "两个人"}
	before = len(w.entries())
	w.must(w.office.KeepAnswer(t.Context(), w.cmd(w.library), c, library, GivenAnswer{Values: collection.Values{"q1": "缺"}}))
	if w.asked(c, "市图书馆").Situation != collection.Awaited || len(w.entries()) != before {
		t.Error("a draft was sent")
	}
	mine, err := w.office.Answering(t.Context(), w.library, c, library)
	w.must(err)
	if mine.Filled["q1"] != "缺" || mine.Draft == nil {
		t.Errorf("%+v", mine.Filled)
	}
	for name, err := range map[string]error{
		"the division for the library": w.office.SendAnswer(t.Context(), w.cmd(w.culture), c, library, GivenAnswer{Values: said}),
		"half of it":                   w.office.SendAnswer(t.Context(), w.cmd(w.library), c, library, GivenAnswer{Values: collection.Values{"q1": "缺人"}}),
		"a unit that is not asked":     w.office.SendAnswer(t.Context(), w.cmd(w.clerk), c, w.units["局办公室"], GivenAnswer{Values: said}),
		"the unit on its own behalf":   w.office.AnswerOnBehalf(t.Context(), w.cmd(w.library), c, library, GivenAnswer{Values: said}),
	} {
		if fault.Of(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.office.Answering(t.Context(), w.culture, c, library); !fault.Is(err, fault.Denied) {
		t.Errorf("a unit sees what another is asked: %v", err)
	}
	send := w.cmd(w.library)
	w.must(w.office.SendAnswer(t.Context(), send, c, library, GivenAnswer{Values: said}))
	w.must(w.office.SendAnswer(t.Context(), send, c, library, GivenAnswer{Values: said})) // again, it is done once
	if n := len(w.entries()) - before; n != 1 || w.asked(c, "市图书馆").Revision != 1 {
		t.Errorf("%d entries", n)
	}
	// Returned by clause: the unit sees which, and answers anew.
	key := AnswerKey{c, library, 1}
	if err := w.office.ReturnAnswer(t.Context(), w.cmd(w.library), key, collection.Values{"q2": "写清"}); !fault.Is(err, fault.Denied) {
		t.Errorf("a unit returns: %v", err)
	}
	w.must(w.office.ReturnAnswer(t.Context(), w.cmd(w.clerk), key, collection.Values{"q2": "写清哪两个岗位"}))
	mine, err = w.office.Answering(t.Context(), w.library, c, library)
	w.must(err)
	if mine.Returned["q2"] != "写清哪两个岗位" || mine.Filled["q2"] != "两个人" || mine.Line.Situation != collection.GivenBack {
		t.Errorf("%+v", mine)
	}
	said["q2"] = "值班岗、讲座岗"
	w.must(w.office.SendAnswer(t.Context(), w.cmd(w.library), c, library, GivenAnswer{Values: said}))
	if err := w.office.AcceptAnswer(t.Context(), w.cmd(w.clerk), key); !fault.Is(err, fault.Conflict) {
		t.Errorf("an old revision is accepted: %v", err)
	}
	w.must(w.office.AcceptAll(t.Context(), w.cmd(w.clerk), c, []AnswerKey{{c, library, 2}}))
	if err := w.office.SendAnswer(t.Context(), w.cmd(w.library), c, library, GivenAnswer{Values: said}); !fault.Is(err, fault.Conflict) {
		t.Errorf("answered after it was accepted: %v", err)
	}
	// The division is late, and the office writes its words down.
	w.moves("2011-09-24")
	if s := w.asked(c, "公共文化处").Situation; s != collection.Missing {
		t.Errorf("%s", s)
	}
	w.must(w.office.AnswerOnBehalf(t.Context(), w.cmd(w.clerk), c, w.units["公共文化处"], GivenAnswer{Values: said}))
	if l := w.asked(c, "公共文化处"); !l.Late || !l.OnBehalf || l.Situation != collection.Arrived {
		t.Errorf("%+v", l)
	}
	w.must(w.office.ExtendCollection(t.Context(), w.cmd(w.clerk), c, "2011-09-30", "台风"))
	if w.asked(c, "公共文化处").Late {
		t.Error("late by a day that was put off")
	}
	w.must(w.office.CloseCollection(t.Context(), w.cmd(w.clerk), c))
	if err := w.office.ReturnAnswer(t.Context(), w.cmd(w.clerk), AnswerKey{c, library, 2}, collection.Values{"": "x"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("returned after the end: %v", err)
	}
	if due, err = w.office.CollectionsDue(t.Context(), w.library); err != nil || len(due[0].Owed) != 0 {
		t.Errorf("%+v %v", due, err)
	}
	// What is owed is of collections that run; what was asked is told of those that ended too.
	w.must(w.db.Read(t.Context(), func(v *db.View) error {
		owed, err := collectionsOwed(v, 1, nil, w.office.Today())
		if err != nil || len(owed) != 0 {
			t.Errorf("%+v %v", owed, err)
		}
		asked, err := collectionsAsked(v, 1, "2011-08-01", "2011-08-31", w.office.Today())
		if err != nil || len(asked) != 2 || asked[0].Minutes != 8 || asked[0].Started != "2011-08-08" || asked[0].Owes() {
			t.Errorf("%+v %v", asked, err)
		}
		before, err := collectionsAsked(v, 1, "2011-07-01", "2011-07-31", w.office.Today())
		if len(before) != 0 {
			t.Errorf("%+v", before)
		}
		return err
	}))
	all, err := w.office.Collections(t.Context(), w.leader)
	w.must(err)
	if len(all) != 1 || all[0].Asked != 2 || all[0].Counts[collection.Taken] != 1 {
		t.Errorf("%+v", all)
	}
}

// A clause of a plan in force becomes a collection by one act; units take up items of
// the plan in their own, as ticks and as a scan that nobody reads.
func TestCollectionOfOwnPlans(t *testing.T) {
	w := newBureauTown(t)
	r := w.imported(strings.Replace(services, "2011年8月8日", "二、工作要求\n1、抓好落实。各直属单位也要建立工作机构。各直属单位的工作方案在9月23日之前报送局办公室。\n2011年8月8日", 1))
	w.answerAll(r)
	w.must(w.office.TakeIntoForce(t.Context(), w.cmd(w.clerk), r.Plan.ID, force))
	found, err := w.office.ProposedCollections(t.Context(), w.clerk)
	w.must(err)
	if len(found) != 1 || found[0].Kind != collection.Plan || found[0].Title != "各直属单位的工作方案" || found[0].Milestone.Due != "2011-09-23" || len(found[0].Units) == 0 {
		t.Fatalf("%+v", found)
	}
	if some, err := w.office.ProposedCollections(t.Context(), w.library); err != nil || len(some) != 0 {
		t.Errorf("%+v %v", some, err)
	}
	// It can be set aside for a reason, is then told as such, and can be collected after all.
	stone := found[0].Milestone.ID
	if err := w.office.DeclineProposed(t.Context(), w.cmd(w.library), stone, "用纸收过了"); !fault.Is(err, fault.Denied) {
		t.Errorf("a unit sets it aside: %v", err)
	}
	if err := w.office.DeclineProposed(t.Context(), w.cmd(w.clerk), stone, " "); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a reason: %v", err)
	}
	w.must(w.office.DeclineProposed(t.Context(), w.cmd(w.clerk), stone, "用纸收过了"))
	if found, err = w.office.ProposedCollections(t.Context(), w.clerk); err != nil || len(found) != 1 || found[0].Declined != "用纸收过了" {
		t.Errorf("%+v %v", found, err)
	}
	c, err := w.office.CollectProposed(t.Context(), w.cmd(w.clerk), found[0].Milestone.ID)
	w.must(err)
	if again, err := w.office.ProposedCollections(t.Context(), w.clerk); err != nil || len(again) != 0 {
		t.Errorf("proposed twice: %+v %v", again, err)
	}
	if _, err := w.office.CollectProposed(t.Context(), w.cmd(w.clerk), found[0].Milestone.ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("started twice: %v", err)
	}
	library := w.units["市图书馆"]
	mine, err := w.office.Answering(t.Context(), w.library, c, library)
	w.must(err)
	if len(mine.Items) < 2 || mine.Plan.ID != r.Plan.ID {
		t.Fatalf("%+v", mine.Collection)
	}
	book := mine.Items[0].Item
	scan := []byte("%PDF-1.4 a stamped scan")
	given := GivenAnswer{Values: collection.Values{book.String(): "1", book.String() + "-words": "每月送一次"}, FileName: "盖章方案.pdf", Raw: scan}
	w.must(w.office.SendAnswer(t.Context(), w.cmd(w.library), c, library, given))
	all, err := w.office.CollectionResult(t.Context(), w.clerk, c)
	w.must(err)
	m := all.Matrix()
	if m.By(book) != 1 || len(m.Untaken()) != len(mine.Items)-1 || m.Taken[library][book].Words != "每月送一次" {
		t.Errorf("%+v", m)
	}
	name, content, err := w.office.AnswerFile(all.Last[library])
	if err != nil || name != "盖章方案.pdf" || string(content) != string(scan) {
		t.Errorf("%q %q %v", name, content, err)
	}
}

// A table waits until its template was looked at; each unit has its own rows.
func TestCollectionOfATable(t *testing.T) {
	w := newBureauTown(t)
	cells := func(lines ...string) (s collection.Sheet) {
		for _, line := range lines {
			var row []collection.Cell
			for _, words := range strings.Split(line, "|") {
				row = append(row, collection.Cell{Words: words})
			}
			s.Rows = append(s.Rows, row)
		}
		return s
	}
	sheet := cells("单位|藏书|备注", "公共文化处||", "市图书馆|9000|")
	w.office.ReadSheet = func(context.Context, string, []byte, string) (collection.Sheet, error) { return sheet, nil }
	library, culture := w.units["市图书馆"], w.units["公共文化处"]
	ask := NewCollection{Collection: collection.Collection{Kind: collection.Table, Title: "藏书表", Due: "2011-09-23"}, Units: []id.Unit{library, culture}, FileName: "表.xlsx", Raw: []byte("x")}
	c, err := w.office.Collect(t.Context(), w.cmd(w.clerk), ask)
	w.must(err)
	if _, err := w.office.Answering(t.Context(), w.library, c, library); err == nil {
		t.Error("a unit sees what was not sent out")
	}
	v, err := w.office.Collection(t.Context(), w.clerk, c)
	w.must(err)
	as := v.Template.Reading
	if as.First != 2 || as.Last != 3 || v.Owed[0].Unit.ID != culture {
		t.Fatalf("%+v %+v", as, v.Owed)
	}
	as.Head, as.First = 3, 3
	if err := w.office.ReadTemplateAs(t.Context(), w.cmd(w.clerk), c, as); !fault.Is(err, fault.Invalid) {
		t.Errorf("%v", err)
	}
	w.must(w.office.StartCollection(t.Context(), w.cmd(w.clerk), c))
	mine, err := w.office.Answering(t.Context(), w.library, c, library)
	w.must(err)
	if mine.Filled["r1c2"] != "9000" || len(mine.Line.Rows) != 1 || mine.Line.Rows[0] != 3 || mine.Line.Fields != 2 {
		t.Errorf("%+v %+v", mine.Filled, mine.Line)
	}
	sheet = cells("单位|藏书|备注", "市图书馆|9100|新书")
	w.must(w.office.UploadAnswer(t.Context(), w.cmd(w.library), c, library, "填好.xlsx", []byte("y")))
	if w.asked(c, "市图书馆").Revision != 0 {
		t.Error("what was read in was sent")
	}
	mine, err = w.office.Answering(t.Context(), w.library, c, library)
	w.must(err)
	w.must(w.office.SendAnswer(t.Context(), w.cmd(w.library), c, library, GivenAnswer{Values: mine.Filled}))
	// The next table of the same heads has it filled in.
	sheet = cells("单位|藏书|备注", "公共文化处||", "市图书馆||")
	next, err := w.office.Collect(t.Context(), w.cmd(w.clerk), ask)
	w.must(err)
	w.must(w.office.StartCollection(t.Context(), w.cmd(w.clerk), next))
	mine, err = w.office.Answering(t.Context(), w.library, next, library)
	w.must(err)
	if !mine.Earlier || mine.Filled["r1c2"] != "9100" || mine.Filled["r1c3"] != "新书" {
		t.Errorf("%+v", mine.Filled)
	}
}

// A county asks the units below it, and sees what it asked; others it does not.
func TestCollectionBelowACounty(t *testing.T) {
	w := newBureauTown(t)
	ask := func(units ...string) NewCollection {
		n := NewCollection{Collection: collection.Collection{Kind: collection.File, Title: "文化站小结", Due: "2011-09-23"}}
		for _, u := range units {
			n.Units = append(n.Units, w.units[u])
		}
		return n
	}
	for _, other := range []string{"望潮区", "市图书馆", "云溪县"} {
		if _, err := w.office.Collect(t.Context(), w.cmd(w.county), ask("柳塘乡", other)); !fault.Is(err, fault.Denied) {
			t.Errorf("a county asks %s: %v", other, err)
		}
	}
	c, err := w.office.Collect(t.Context(), w.cmd(w.county), ask("柳塘乡"))
	w.must(err)
	city, err := w.office.Collect(t.Context(), w.cmd(w.clerk), ask("市图书馆", "云溪县"))
	w.must(err)
	seen, err := w.office.Collections(t.Context(), w.county)
	w.must(err)
	if len(seen) != 1 || seen[0].ID != c || seen[0].By.Name != "云溪县" {
		t.Errorf("%+v", seen)
	}
	if _, err := w.office.Collection(t.Context(), w.county, city); !fault.Is(err, fault.Denied) {
		t.Errorf("a county looks at what the city asked: %v", err)
	}
	if err := w.office.CloseCollection(t.Context(), w.cmd(w.county), city); !fault.Is(err, fault.Denied) {
		t.Errorf("a county ends what the city asked: %v", err)
	}
	if all, err := w.office.Collections(t.Context(), w.clerk); err != nil || len(all) != 2 {
		t.Errorf("%d %v", len(all), err)
	}
	given := GivenAnswer{FileName: "小结.pdf", Raw: []byte("x")}
	w.must(w.office.SendAnswer(t.Context(), w.cmd(w.county), city, w.units["云溪县"], given))
	station := w.employ("柳塘乡", "站长", "陈望舒", org.Reporter)
	w.must(w.office.SendAnswer(t.Context(), w.cmd(station), c, w.units["柳塘乡"], given))
	w.must(w.office.AcceptAnswer(t.Context(), w.cmd(w.county), AnswerKey{c, w.units["柳塘乡"], 1}))
	// A file of a draft is kept until it is sent; what was returned has to be given anew.
	library := w.units["市图书馆"]
	w.must(w.office.KeepAnswer(t.Context(), w.cmd(w.library), city, library, given))
	w.must(w.office.SendAnswer(t.Context(), w.cmd(w.library), city, library, GivenAnswer{}))
	w.must(w.office.ReturnAnswer(t.Context(), w.cmd(w.clerk), AnswerKey{city, library, 1}, collection.Values{"": "没有盖章"}))
	if err := w.office.SendAnswer(t.Context(), w.cmd(w.library), city, library, GivenAnswer{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("the same file stands again: %v", err)
	}
}

// What a unit keeps and has not sent is its own: who asks sees none of it, takes no file
// out of it, and does not write over it.
func TestDraftOfAnAnswerStaysInTheUnit(t *testing.T) {
	w := newBureauTown(t)
	library := w.units["市图书馆"]
	c, err := w.office.Collect(t.Context(), w.cmd(w.clerk), NewCollection{Collection: collection.Collection{Kind: collection.File, Title: "盖章的方案", Due: "2011-09-23"}, Units: []id.Unit{library}})
	w.must(err)
	w.must(w.office.KeepAnswer(t.Context(), w.cmd(w.library), c, library, GivenAnswer{FileName: "初稿.pdf", Raw: []byte("draft")}))
	if a, err := w.office.AnsweringOf(t.Context(), w.clerk, c, library); err != nil || a.Draft != nil {
		t.Errorf("the office sees the draft: %+v %v", a.Draft, err)
	}
	if err := w.office.AnswerOnBehalf(t.Context(), w.cmd(w.clerk), c, library, GivenAnswer{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("the office sends the unit's draft: %v", err)
	}
	w.must(w.office.AnswerOnBehalf(t.Context(), w.cmd(w.clerk), c, library, GivenAnswer{FileName: "传真.pdf", Raw: []byte("fax")}))
	a, err := w.office.Answering(t.Context(), w.library, c, library)
	w.must(err)
	if len(a.Answers) != 1 || a.Answers[0].File.Name != "传真.pdf" || a.Draft == nil || a.Draft.File.Name != "初稿.pdf" {
		t.Errorf("%+v %+v", a.Answers, a.Draft)
	}
	words, err := w.office.Collect(t.Context(), w.cmd(w.clerk), NewCollection{Collection: collection.Collection{Kind: collection.Text, Title: "困难", Due: "2011-09-23", Questions: []string{"有什么困难"}}, Units: []id.Unit{library}})
	w.must(err)
	w.must(w.office.KeepAnswer(t.Context(), w.cmd(w.library), words, library, GivenAnswer{Values: collection.Values{"q1": "还没想好"}}))
	if a, err := w.office.AnsweringOf(t.Context(), w.clerk, words, library); err != nil || a.Filled["q1"] != "" {
		t.Errorf("the office finds the draft filled in: %v %v", a.Filled, err)
	}
	// Whoever is not asked learns nothing of the template, and has no file read.
	w.office.ReadSheet = func(context.Context, string, []byte, string) (collection.Sheet, error) {
		t.Error("a file of who may not is read")
		return collection.Sheet{}, nil
	}
	if err := w.office.UploadAnswer(t.Context(), w.cmd(w.culture), c, library, "x.xlsx", []byte("x")); !fault.Is(err, fault.Denied) {
		t.Errorf("another unit uploads: %v", err)
	}
}
