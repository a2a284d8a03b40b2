package desk

import (
	"io/fs"
	"path/filepath"
	"testing"

	"luoshi/collection"
	"luoshi/fault"
	"luoshi/id"
)

// A file of somebody who may not give it is not kept: it would lie there for ever.
func TestNoFileIsKeptOfWhoMayNot(t *testing.T) {
	w := newBureauTown(t)
	library := w.units["市图书馆"]
	c, err := w.office.Collect(t.Context(), w.cmd(w.clerk), NewCollection{Units: []id.Unit{library},
		Collection: collection.Collection{Kind: collection.File, Title: "小结", Due: "2011-09-23"}})
	w.must(err)
	kept := func() (n int) {
		w.must(filepath.WalkDir(w.folder+"/blob", func(_ string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				n++
			}
			return err
		}))
		return n
	}
	before := kept()
	file := func(words string) GivenAnswer { return GivenAnswer{FileName: "小结.pdf", Raw: []byte(words)} }
	_, asking := w.office.Collect(t.Context(), w.cmd(w.culture), NewCollection{Collection: collection.Collection{Kind: collection.Table, Title: "表", Due: "2011-09-23"},
		Units: []id.Unit{library}, FileName: "表.xlsx", Raw: []byte("template")})
	_, adding := w.office.AddReportFile(t.Context(), w.cmd(w.culture), "progress.report", library, DraftKey{}, "照片.jpg", []byte("of another"))
	_, unasked := w.office.AddReportFile(t.Context(), w.cmd(w.library), "progress.report", library, DraftKey{Item: 1, Unit: library, Period: "2011-08"}, "照片.jpg", []byte("unasked"))
	for name, err := range map[string]error{
		"sent for another unit":        w.office.SendAnswer(t.Context(), w.cmd(w.culture), c, library, file("sent")),
		"kept for another unit":        w.office.KeepAnswer(t.Context(), w.cmd(w.culture), c, library, file("kept")),
		"on its own behalf":            w.office.AnswerOnBehalf(t.Context(), w.cmd(w.library), c, library, file("behalf")),
		"of a unit that is not asked":  w.office.SendAnswer(t.Context(), w.cmd(w.culture), c, w.units["公共文化处"], file("unasked")),
		"a template of who may not":    asking,
		"with the report of another":   adding,
		"with a report that none asks": unasked,
	} {
		if fault.Of(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := kept(); n != before {
		t.Errorf("%d files are kept, %d were", n, before)
	}
	w.must(w.office.SendAnswer(t.Context(), w.cmd(w.library), c, library, file("sent")))
	if n := kept(); n != before+1 {
		t.Errorf("%d files are kept, %d were", n, before)
	}
}
