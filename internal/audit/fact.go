package audit

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"luoshi/fact"
	"luoshi/fault"
	"luoshi/ledger"
)

// Tables whose rows no entry tells one by one: entries hold digests over them, and the
// summaries follow from the rows. How they are checked stands in docs/export.md section 5.
var (
	factTable = table{name: "facts", key: []string{"fact"},
		columns: of(fixed, "fact", "indicator", "unit", "place", "day", "instant", "quantity", "subject", "state", "class", "corrects", "claimed")}
	splitTable  = table{name: "splits", key: []string{"goal", "above", "revision", "unit"}, columns: of(fixed, "goal", "above", "revision", "unit", "value", "issued_day")}
	rollUpTable = table{name: "rollup", key: []string{"indicator", "unit", "month"}, columns: of(fixed, "indicator", "unit", "month", "reported", "counted")}
)

// line is a row as it stands in the folder, and the entry that it belongs to.
type line struct {
	cells []string
	row   int
	seq   int64
}

func (l line) at(t table) Place { return Place{File: t.path(), Row: l.row, Seq: l.seq} }

// checkCounted checks all tables that hold facts or what follows from them.
func checkCounted(r *Report, f *files, entries []ledger.Entry, replayed map[string][]row) {
	checkSplits(r, readLines(r, f, splitTable), entries)
	facts := readLines(r, f, factTable)
	checkAdded(r, facts, entries)
	checkStanding(r, facts)
	checkRollUp(r, readLines(r, f, rollUpTable), recount(r, facts, replayed["indicators"], replayed[unitTable.name]))
}

// readLines reads a table that must be sorted by its key, each once.
func readLines(r *Report, f *files, t table) (out []line) {
	data, there := f.read(r, t.path())
	if !there {
		return nil
	}
	records, ok := parseCSV(data)
	if !ok {
		r.wrong(inRow(t.path(), len(records)), fault.New(fault.Invalid, "不是规定写法的表格。"))
	}
	for i, cells := range records {
		at := inRow(t.path(), i+1)
		switch {
		case i == 0 && !slices.Equal(cells, t.header()):
			r.wrong(at, fault.New(fault.Invalid, "表头不对。"))
		case i == 0:
		case len(cells) != len(t.columns):
			r.wrong(at, fault.New(fault.Invalid, "有 %d 格，应当有 %d 格。", len(cells), len(t.columns)))
		default:
			if len(out) > 0 && t.compare(out[len(out)-1].cells, cells) >= 0 {
				r.wrong(at, fault.New(fault.Invalid, "没有按规定排好，或者有重复。"))
			}
			out = append(out, line{cells, i + 1, noEntry})
		}
	}
	r.Tables, r.Rows = r.Tables+1, r.Rows+len(out)
	return out
}

// compare puts rows in order of their key: a revision as a number, all else as text.
func (t table) compare(a, b []string) int {
	for _, k := range t.key {
		x, y := a[t.at(k)], b[t.at(k)]
		if k == "revision" {
			n, _ := strconv.ParseInt(x, 10, 64)
			m, _ := strconv.ParseInt(y, 10, 64)
			if c := cmp.Compare(n, m); c != 0 {
				return c
			}
		}
		if c := cmp.Compare(x, y); c != 0 {
			return c
		}
	}
	return 0
}

// Cells of a row of facts.
const (
	factID = iota
	factIndicator
	factUnit
	factPlace
	factDay
	factInstant
	factQuantity
	factSubject
	factState
	factClass
	factCorrects
	factClaimed
)

// kindOf gives what kind of row a state belongs to.
var kindOf = map[string]string{"reported": "claim", "verified": "claim", "replaced": "claim", "returned": "return", "withdrawn": "withdrawal", "checked": "check"}

func (l line) isClaim() bool { return kindOf[l.cells[factState]] == "claim" }

// checkAdded holds rows of facts to the entries that added them: each belongs to one.
func checkAdded(r *Report, facts []line, entries []ledger.Entry) {
	of := map[string][]*line{} // of each indicator, in order
	for k := range facts {
		l := &facts[k]
		of[l.cells[factIndicator]] = append(of[l.cells[factIndicator]], l)
		if kindOf[l.cells[factState]] == "" {
			r.wrong(l.at(factTable), fault.New(fault.Invalid, "状态“%s”不是规定的写法。", l.cells[factState]))
		}
	}
	for _, e := range entries {
		if e.Kind != fact.KindAdded {
			continue
		}
		all := of[e.Subject("indicator")]
		byNumber := func(l *line, n string) int { return cmp.Compare(l.cells[factID], n) }
		first, _ := slices.BinarySearchFunc(all, e.Field("first"), byNumber)
		after, last := slices.BinarySearchFunc(all, e.Field("last"), byNumber)
		if last {
			after++
		}
		rows := all[first:max(first, after)]
		at := strconv.FormatInt(e.At, 10)
		h := sha256.New()
		for _, l := range rows {
			if l.seq != noEntry {
				r.wrong(l.at(factTable), fault.New(fault.Invalid, "第 %d 条存证也说加了这一行。", e.Seq))
			}
			if l.seq = e.Seq; l.cells[factInstant] != at {
				r.wrong(l.at(factTable), fault.New(fault.Invalid, "%s 与存证不符：表里是“%s”，存证里是“%s”。", "instant", l.cells[factInstant], at))
			}
			h.Write([]byte(factLine(l.cells)))
		}
		switch {
		case strconv.Itoa(len(rows)) != e.Field("rows"):
			r.wrong(inEntry(factTable.path(), e.Seq), fault.New(fault.Invalid, "存证加了 %s 行，表里有 %d 行。", e.Field("rows"), len(rows)))
		case hex.EncodeToString(h.Sum(nil)) != e.Field("facts"):
			r.wrong(inEntry(factTable.path(), e.Seq), fault.New(fault.Invalid, "从 %s 到 %s 的行改过：指纹与存证不符。", e.Field("first"), e.Field("last")))
		}
	}
	for _, l := range facts {
		if l.seq == noEntry {
			r.wrong(l.at(factTable), fault.New(fault.Invalid, "多出一行 %s：没有条目作依据。", l.cells[factID]))
		}
	}
}

// factLine is a row as digests take it, docs/ledger.md section 5.
func factLine(c []string) string {
	kind, class := kindOf[c[factState]], c[factClass]
	if kind == "claim" {
		class = c[factClaimed]
	}
	return strings.Join([]string{c[factID], kind, c[factIndicator], c[factUnit], c[factPlace], c[factDay], c[factQuantity], c[factSubject], class, c[factCorrects]}, ",") + "\n"
}

// checkStanding checks that the state and class of each claim follow from the rows about it.
func checkStanding(r *Report, facts []line) {
	claims := map[string]*standing{}
	unclaimed := 0
	for _, l := range facts {
		c := l.cells
		about := claims[c[factCorrects]]
		if c[factCorrects] != "" && (about == nil || about.cells[factIndicator] != c[factIndicator] || !l.isClaim() && (about.cells[factUnit] != c[factUnit] || about.cells[factDay] != c[factDay])) {
			r.wrong(l.at(factTable), fault.New(fault.Invalid, "这一行说到 %s，前面却没有这样一条。", c[factCorrects]))
			continue
		}
		if about != nil && !about.takes(l) || about == nil && !l.isClaim() {
			r.wrong(l.at(factTable), fault.New(fault.Invalid, "这一行说到的 %s 那时已经不能再改或者核实。", c[factCorrects]))
		}
		if l.isClaim() {
			claims[c[factID]] = &standing{line: l, state: "reported", class: cmp.Or(c[factClaimed], c[factClass])}
			if c[factClaimed] == "" {
				unclaimed++
			}
		}
		if isClass := slices.Contains(classes, c[factClass]); isClass != (l.isClaim() || c[factState] == "checked") {
			r.wrong(l.at(factTable), fault.New(fault.Invalid, "佐证的类别“%s”不对。", c[factClass]))
		}
		if c[factClaimed] != "" && !(l.isClaim() && slices.Contains(classes, c[factClaimed])) {
			r.wrong(l.at(factTable), fault.New(fault.Invalid, "佐证的类别“%s”不对。", c[factClaimed]))
		}
	}
	if unclaimed > 0 {
		r.notChecked(fault.New(fault.Invalid, "有 %d 条数是旧版本记的，报的时候算哪一类佐证没有入存证：核实以前改了看不出来。", unclaimed))
	}
	for _, l := range facts {
		if s := claims[l.cells[factID]]; s != nil && (s.state != l.cells[factState] || s.class != l.cells[factClass]) {
			r.wrong(l.at(factTable), fault.New(fault.Invalid, "这一条应当是 %s、%s 类，表里写的是 %s、%s 类。", s.state, s.class, l.cells[factState], l.cells[factClass]))
		}
	}
}

var classes = []string{"A", "B", "C"}

// standing is how a claim stands after the rows about it that were read.
type standing struct {
	line
	state, class string
}

// takes does what a later row says of a claim, or tells that nothing could be said any more.
func (s *standing) takes(l line) bool {
	switch {
	case s.state == "replaced", l.cells[factState] == "checked" && s.state != "reported":
		return false
	case l.cells[factState] == "checked":
		s.state, s.class = "verified", l.cells[factClass]
	default:
		s.state = "replaced"
	}
	return true
}
