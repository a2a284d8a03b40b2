package audit

import (
	"slices"

	"luoshi/fault"
	"luoshi/ledger"

	"golang.org/x/mod/sumdb/tlog"
)

// released are the records that the shown entries make public.
type released struct{ plans, items, documents, indicators map[string]bool }

// withdrawals say that something is public no longer.
var withdrawals = map[string]bool{"plan.withdrawn": true, "item.withdrawn": true, "indicator.withdrawn": true}

// checkReleased checks that every shown entry of a public export may be shown,
// docs/export.md section 2. What is hidden cannot be judged.
func checkReleased(r *Report, entries []ledger.Entry) {
	open := released{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, e := range entries {
		switch e.Kind {
		case "plan.published":
			open.plans[e.Subject("plan")] = true
		case "item.published":
			open.items[e.Subject("item")] = true
		case "plan.withdrawn":
			delete(open.plans, e.Subject("plan"))
		case "item.withdrawn":
			delete(open.items, e.Subject("item"))
		case "indicator.published":
			open.indicators[e.Subject("indicator")] = true
		case "indicator.withdrawn":
			delete(open.indicators, e.Subject("indicator"))
		}
	}
	for _, e := range entries {
		if (e.Kind == "plan.taken_into_force" || e.Kind == "plan.restated") && open.plans[e.Subject("plan")] {
			open.documents[e.Subject("document")] = true
		}
	}
	for _, e := range entries {
		if e.Class != ledger.Public {
			r.wrong(entryPlace(r, e), fault.New(fault.Invalid, "这一条不是公开一类的（%s），却在公开导出里。", string(e.Class)))
		} else if withdrawals[e.Kind] {
			continue // the fact stays public, what it is about does not
		} else if s, ok := open.all(e); !ok {
			r.wrong(entryPlace(r, e), fault.New(fault.Invalid, "这一条说到的 %s %s 没有公开，却在公开导出里。", s.Noun, s.ID))
		}
	}
}

// all reports whether every subject of an entry is released, or which is not.
func (o released) all(e ledger.Entry) (ledger.Subject, bool) {
	beside := e.Subject("plan") != "" || e.Subject("item") != ""
	for _, s := range e.Subjects {
		ok := false
		switch s.Noun {
		case "plan":
			ok = o.plans[s.ID]
		case "item":
			ok = o.items[s.ID]
		case "document":
			ok = o.documents[s.ID]
		case "indicator":
			ok = o.indicators[s.ID]
		case "unit", "post", "group":
			ok = true
		case "target", "milestone", "question":
			ok = beside // the plan or item beside it is a subject too, with its own turn
		}
		if !ok {
			return s, false
		}
	}
	return ledger.Subject{}, true
}

// checkRecorded checks that whatever an entry is about was recorded, by itself
// or before. In a public export this finds a released record that is kept back:
// who shows that an item was made public must show the item. A document that stands
// there covered needs no record, and neither does what was taken back.
func checkRecorded(r *Report, f *files, kind string, entries []ledger.Entry) {
	known := map[ledger.Subject]bool{}
	for _, e := range entries {
		if kind == public && withdrawals[e.Kind] {
			continue
		}
		for _, s := range e.Subjects {
			if slices.Contains(recordedBy[s.Noun], e.Kind) || kind == public && s.Noun == "document" && f.has("documents/"+s.ID+coveredEnd) {
				known[s] = true
			}
			if !known[s] {
				r.wrong(entryPlace(r, e), fault.New(fault.Invalid, "这一条说到 %s %s，前面却没有它的登记。", s.Noun, s.ID))
				known[s] = true // told once
			}
		}
	}
}

// entryPlace is the bundle in which an entry stands.
func entryPlace(r *Report, e ledger.Entry) Place {
	n := e.Seq / ledger.TileWidth
	width := min(ledger.TileWidth, r.Size-n*ledger.TileWidth)
	return inEntry("log/"+ledger.BundlePath(tlog.Tile{H: ledger.TileHeight, N: n, W: int(width)}), e.Seq)
}
