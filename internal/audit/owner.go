package audit

import (
	"strconv"

	"luoshi/fault"
	"luoshi/ledger"
)

// ownerTable has a row for each unit that answers for an item, and each entry tells all
// of an item, so that it is replayed by a way of its own; this is how its rows look.
var ownerTable = table{name: "item_owners", kind: "item.assigned", key: []string{"item", "unit"}, columns: []column{
	{"item", aSubject, "item"}, {"unit", aSubject, "unit"}, {"duty", fixed, ""}, {"post", fixed, ""}}}

// replayOwners makes who answers for items from the entries, docs/export.md section 4.
func replayOwners(r *Report, entries []ledger.Entry) []row {
	of := map[string][]*row{}     // of each item
	unitOf := map[string]string{} // of each post
	for _, e := range entries {
		switch e.Kind {
		case "post.opened":
			unitOf[e.Subject("post")] = e.Subject("unit")
		case "item.assigned":
			item := e.Subject("item")
			leads, err := strconv.Atoi(e.Field("lead"))
			rows, posts := assigned(e, leads, unitOf)
			if err != nil || item == "" || leads < 0 || leads > len(rows) || posts > 0 {
				r.wrong(inEntry(ownerTable.path(), e.Seq), fault.New(fault.Invalid, "条目没有写明谁牵头，或者责任岗位不在它的单位里。"))
				continue
			}
			of[item] = rows
		}
	}
	var made []*row
	for _, rows := range of {
		made = append(made, rows...)
	}
	return ownerTable.sorted(made)
}

// assigned makes the rows of an entry, and counts posts of units that it does not name.
func assigned(e ledger.Entry, leads int, unitOf map[string]string) (rows []*row, posts int) {
	for _, s := range e.Subjects {
		switch s.Noun {
		case "unit":
			duty := "cooperating"
			if len(rows) < leads {
				duty = "lead"
			}
			rows = append(rows, &row{[]string{e.Subject("item"), s.ID, duty, ""}, e.Seq})
		case "post":
			posts++
			for _, w := range rows {
				if w.cells[1] == unitOf[s.ID] && w.cells[3] == "" {
					w.cells[3] = s.ID
					posts--
					break
				}
			}
		}
	}
	return rows, posts
}
