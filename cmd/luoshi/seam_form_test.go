package main

import (
	"regexp"
	"strings"
	"testing"
)

// The form of an item whose words stand in a former document shows those, however short
// the new one is.
func TestFormOfAnItemThatTheNewDocumentDoesNotHave(t *testing.T) {
	h := open(t)
	clerk := h.found()
	plan := clerk.forced(halfOpen)
	review := clerk.get("/office/plans/"+plan, 200)
	forms := targetForm.FindAllStringSubmatch(review, -1)
	form := forms[len(forms)-1]
	short := strings.Replace(halfOpen[:strings.Index(halfOpen, "2、延长")], "指导思想\n让读书的人更方便。\n", "指导思想\n", 1)
	page := clerk.post("/office/plans/"+plan+"/reissue", 200, "text", short)
	document := documentAddress.FindString(page)
	clerk.changed(document+"/adopt", 200, "approved_by", "局长办公会")
	clerk.wants(clerk.get("/office/plans/"+plan+"/items/"+form[2], 200), "培训文化骨干200名")
	clerk.get(form[1], 200)
	clerk.get(form[1]+"/remove", 200)
	for _, m := range milestoneForm.FindAllStringSubmatch(review, -1) {
		clerk.get(m[1], 200)
		clerk.get(m[1]+"/remove", 200)
	}
	for _, q := range regexp.MustCompile(`/office/plans/[0-9A-Z]{13}/questions/[0-9A-Z]{13}`).FindAllString(clerk.get("/office/plans/"+plan, 200)+review, -1) {
		clerk.get(q, 200)
	}
	clerk.get("/office/plans/"+plan+"/changes?at=2011-08-08", 200)
	for _, path := range []string{"/tasks.xlsx", "/tasks.docx", "/tasks.ics", "/questions", "/burden", "/advice", "/items", "/publicity"} {
		clerk.send(clerk.asking("/office/plans/" + plan + path))
		if status, _, _ := clerk.send(clerk.asking("/office/plans/" + plan + path)); status >= 500 {
			t.Errorf("%s: %d", path, status)
		}
	}
}
