package audit

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"luoshi/fault"
	"luoshi/ledger"
	"luoshi/progress"
)

// row is a row as it must be, and the entry that made it so.
type row struct {
	cells []string
	seq   int64
}

// checkTables replays every table and holds the folder's to it.
func checkTables(r *Report, f *files, entries []ledger.Entry, texts map[int64]map[string]string) map[string][]row {
	replayed := map[string][]row{}
	for _, t := range tables {
		var rows []row
		switch t.name {
		case unitTable.name:
			rows = replayUnits(r, entries, texts)
		case ownerTable.name:
			rows = replayOwners(r, entries)
		default:
			rows = replay(r, t, entries, texts)
		}
		replayed[t.name] = rows
		data, there := f.read(r, t.path())
		if !there {
			continue
		}
		r.Tables, r.Rows = r.Tables+1, r.Rows+len(rows)
		want := [][]string{t.header()}
		for _, w := range rows {
			want = append(want, w.cells)
		}
		if !bytes.Equal(writeCSV(want), data) {
			tellDifference(r, t, rows, data)
		}
	}
	return replayed
}

// replay makes the rows of a table from the entries.
func replay(r *Report, t table, entries []ledger.Entry, texts map[int64]map[string]string) []row {
	made := map[string]*row{}
	for _, e := range entries {
		if e.Kind == t.kind {
			if what := checkFields(t, e); what != nil {
				r.wrong(inEntry(t.path(), e.Seq), what)
				continue
			}
			cells := make([]string, len(t.columns))
			for i, c := range t.columns {
				cells[i] = c.value(e, texts[e.Seq])
			}
			key := t.keyOf(cells)
			if old := made[key]; old != nil {
				t.keepFixed(cells, old.cells)
			}
			made[key] = &row{cells, e.Seq}
		}
		for _, c := range t.changes {
			if e.Kind != c.kind {
				continue
			}
			w := made[t.keyIn(e)]
			if w == nil { // checkRecorded tells it of most
				continue
			}
			for _, set := range c.set {
				w.cells[t.at(set.name)] = set.value(e, texts[e.Seq])
			}
			w.seq = e.Seq
		}
	}
	return t.sorted(slices.Collect(maps.Values(made)))
}

// checkFields says what keeps an entry from making a row.
func checkFields(t table, e ledger.Entry) *fault.Fault {
	types := map[string]ledger.FieldType{}
	for _, f := range e.Fields {
		types[f.Name] = f.Type
	}
	for _, c := range t.columns {
		isKey := slices.Contains(t.key, c.name)
		switch {
		case isKey && c.value(e, nil) == "", c.from == aPeriod && !isPeriod(e.Field(c.of)):
			return fault.New(fault.Invalid, "条目没有写明 %s。", c.of)
		case (c.from == aQuantity || c.from == aField && isKey) && types[c.of] != ledger.TypeNum && types[c.of] != "":
			return fault.New(fault.Invalid, "条目里的 %s 不是数。", c.of)
		}
	}
	return nil
}

// isPeriod reports whether a field is the code of a period.
func isPeriod(code string) bool {
	p, err := progress.Parse(string(progress.OfCode(code)))
	return err == nil && p.Code() == code
}

// keepFixed keeps what later entries did to a row that is recorded anew: a
// corrected item stays public.
func (t table) keepFixed(cells, old []string) {
	for i, c := range t.columns {
		if c.from == fixed {
			cells[i] = old[i]
		}
	}
}

// keyOf joins the key of a row; no part of a key holds a blank.
func (t table) keyOf(cells []string) string {
	parts := make([]string, len(t.key))
	for i, k := range t.key {
		parts[i] = cells[t.at(k)]
	}
	return strings.Join(parts, " ")
}

// keyIn is the key of the row that an entry is about.
func (t table) keyIn(e ledger.Entry) string {
	parts := make([]string, len(t.key))
	for i, k := range t.key {
		parts[i] = t.columns[t.at(k)].value(e, nil)
	}
	return strings.Join(parts, " ")
}

// sorted puts rows in order of key: identifiers as texts, fields as numbers.
func (t table) sorted(made []*row) []row {
	slices.SortFunc(made, func(a, b *row) int {
		for _, k := range t.key {
			i := t.at(k)
			if from := t.columns[i].from; from == aSubject || from == aState || from == aPeriod {
				if c := cmp.Compare(a.cells[i], b.cells[i]); c != 0 {
					return c
				}
				continue
			}
			x, _ := strconv.ParseInt(a.cells[i], 10, 64) // checkFields has seen a number
			y, _ := strconv.ParseInt(b.cells[i], 10, 64)
			if c := cmp.Compare(x, y); c != 0 {
				return c
			}
		}
		return 0
	})
	out := make([]row, len(made))
	for i, w := range made {
		out[i] = *w
	}
	return out
}

// tellDifference finds the rows in which a table differs from its replay.
func tellDifference(r *Report, t table, rows []row, data []byte) {
	before := len(r.Problems)
	want := map[string]row{}
	for _, w := range rows {
		want[t.keyOf(w.cells)] = w
	}
	records, ok := parseCSV(data)
	if !ok {
		r.wrong(inRow(t.path(), len(records)), fault.New(fault.Invalid, "不是规定写法的表格。"))
	}
	seen := map[string]bool{}
	for i, cells := range records {
		at := inRow(t.path(), i+1)
		switch {
		case i == 0:
			if !slices.Equal(cells, t.header()) {
				r.wrong(at, fault.New(fault.Invalid, "表头不对。"))
			}
			continue
		case len(cells) != len(t.columns):
			r.wrong(at, fault.New(fault.Invalid, "有 %d 格，应当有 %d 格。", len(cells), len(t.columns)))
			continue
		}
		key := t.keyOf(cells)
		w, recorded := want[key]
		switch {
		case !recorded:
			r.wrong(at, fault.New(fault.Invalid, "多出一行 %s：没有条目作依据。", key))
		case seen[key]:
			r.wrong(at, fault.New(fault.Invalid, "这一行重复了：%s", key))
		default:
			at.Seq = w.seq
			for k, c := range t.columns {
				if cells[k] != w.cells[k] {
					r.wrong(at, fault.New(fault.Invalid, "%s 与存证不符：表里是“%s”，存证里是“%s”。", c.name, cells[k], w.cells[k]))
				}
			}
		}
		seen[key] = true
	}
	for _, w := range rows {
		if key := t.keyOf(w.cells); !seen[key] {
			r.wrong(inEntry(t.path(), w.seq), fault.New(fault.Invalid, "缺一行：%s", key))
		}
	}
	if len(r.Problems) == before {
		r.wrong(inFile(t.path()), fault.New(fault.Invalid, "行没有按规定排好。"))
	}
}

// decimal writes ten-thousandths as a decimal without trailing zeros. It works
// on the digits, so that no number is too large for it.
func decimal(n string) string {
	digits := strings.TrimPrefix(n, "-")
	if digits == "" {
		return ""
	}
	sign := n[:len(n)-len(digits)]
	if len(digits) < 5 {
		digits = strings.Repeat("0", 5-len(digits)) + digits
	}
	cut := len(digits) - 4
	return sign + strings.TrimSuffix(digits[:cut]+"."+strings.TrimRight(digits[cut:], "0"), ".")
}
