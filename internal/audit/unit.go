package audit

import (
	"slices"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/ledger"
	"luoshi/org"
)

// unitTable has a row for each version of a unit, so that it is replayed by a way of
// its own; this is how its rows look.
var unitTable = table{name: "units", kind: "unit.opened", key: []string{"unit", "from"}, columns: slices.Concat(of(aSubject, "unit"),
	of(aField, "parent"), of(aState, "from"), []column{{"to", fixed, ""}}, of(aField, "level"), of(aText, "name", "code")),
	changes: []change{{"unit.imported", nil}, {"unit.changed", nil}, {"unit.closed", nil}}}

// replayUnits makes the versions of all units from the entries, docs/export.md section 4.
func replayUnits(r *Report, entries []ledger.Entry, texts map[int64]map[string]string) []row {
	last := map[string]*row{} // of each unit
	var made []*row
	from, to := unitTable.at("from"), unitTable.at("to")
	open := func(cells []string, seq int64) {
		w := &row{cells, seq}
		made, last[cells[0]] = append(made, w), w
	}
	for _, e := range entries {
		w := last[e.Subject("unit")]
		switch e.Kind {
		case "unit.opened", "unit.changed":
			if what := checkFields(unitTable, e); what != nil {
				r.wrong(inEntry(unitTable.path(), e.Seq), what)
				continue
			}
			cells := make([]string, len(unitTable.columns))
			for i, c := range unitTable.columns {
				cells[i] = c.value(e, texts[e.Seq])
			}
			switch {
			case w != nil && w.cells[from] == cells[from]:
				w.cells, w.seq = cells, e.Seq
				continue
			case w != nil:
				day, err := calendar.ParseDay(cells[from])
				if err != nil {
					r.wrong(inEntry(unitTable.path(), e.Seq), fault.New(fault.Invalid, "条目没有写明 %s。", "from"))
					continue
				}
				w.cells[to], w.seq = string(day.AddDays(-1)), e.Seq
			}
			open(cells, e.Seq)
		case "unit.imported":
			units, err := org.ReadRows(texts[e.Seq]["rows"], calendar.Day(e.Field("from")))
			if err != nil || len(units) != len(e.Subjects) {
				r.wrong(inEntry(unitTable.path(), e.Seq), fault.New(fault.Invalid, "条目里的单位名单读不出来，或者和它说到的单位对不上。"))
				continue
			}
			for _, u := range units {
				parent := ""
				if u.Parent != 0 {
					parent = u.Parent.String()
				}
				open([]string{u.ID.String(), parent, string(u.From), "", string(u.Level), u.Name, u.Code}, e.Seq)
			}
		case "unit.closed":
			if w != nil { // checkRecorded tells it otherwise
				w.cells[to], w.seq = e.Field("to"), e.Seq
			}
		}
	}
	return unitTable.sorted(made)
}
