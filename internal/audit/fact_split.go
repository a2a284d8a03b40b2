package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"luoshi/fact"
	"luoshi/fault"
	"luoshi/ledger"
)

// Cells of a row of splits.
const (
	splitGoal = iota
	splitAbove
	splitRevision
	splitUnit
	splitValue
	splitDay
)

// checkSplits holds the shares of each parting to the entry that handed it down.
func checkSplits(r *Report, rows []line, entries []ledger.Entry) {
	type parting struct{ goal, above, revision string }
	of := map[parting][]*line{}
	for k := range rows {
		l := &rows[k]
		p := parting{l.cells[splitGoal], l.cells[splitAbove], l.cells[splitRevision]}
		of[p] = append(of[p], l)
	}
	for _, e := range entries {
		if e.Kind != fact.KindSplitIssued {
			continue
		}
		all := of[parting{e.Field("goal"), e.Subject("unit"), e.Field("revision")}]
		var lines strings.Builder
		for _, l := range all {
			lines.WriteString(l.cells[splitUnit] + "," + l.cells[splitValue] + "\n")
			if l.seq = e.Seq; l.cells[splitDay] != e.Field("day") {
				r.wrong(l.at(splitTable), fault.New(fault.Invalid, "%s 与存证不符：表里是“%s”，存证里是“%s”。", "issued_day", l.cells[splitDay], e.Field("day")))
			}
		}
		sum := sha256.Sum256([]byte(lines.String()))
		switch {
		case strconv.Itoa(len(all)) != e.Field("rows"):
			r.wrong(inEntry(splitTable.path(), e.Seq), fault.New(fault.Invalid, "存证加了 %s 行，表里有 %d 行。", e.Field("rows"), len(all)))
		case hex.EncodeToString(sum[:]) != e.Field("shares"):
			r.wrong(inEntry(splitTable.path(), e.Seq), fault.New(fault.Invalid, "分解的数改过：指纹与存证不符。"))
		}
	}
	for _, l := range rows {
		if l.seq == noEntry {
			r.wrong(l.at(splitTable), fault.New(fault.Invalid, "多出一行 %s：没有条目作依据。", strings.Join(l.cells[:splitValue], " ")))
		}
	}
}
