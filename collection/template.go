package collection

import (
	"slices"
	"strconv"
	"strings"

	"luoshi/fault"
	"luoshi/id"
)

// Limits of a template.
const (
	MostRows    = 2000
	MostColumns = 60
	MostMerges  = 2000
	MostFree    = 100 // rows of a unit that has none of its own
)

// Sheet is the sheet of a workbook that units fill in: its cells as they read, and which
// of them are one. Rows and columns count from 1, as on the screen.
type Sheet struct {
	Name   string
	Rows   [][]Cell
	Merges []Merge
}

// Cell is one cell: what it reads, and whether that is computed.
type Cell struct {
	Words   string `json:"w,omitempty"`
	Formula bool   `json:"f,omitempty"`
}

// Merge is cells that are one.
type Merge struct{ Row, Col, LastRow, LastCol int }

func (m Merge) holds(row, col int) bool {
	return row >= m.Row && row <= m.LastRow && col >= m.Col && col <= m.LastCol
}

// Reading is how a template is read.
type Reading struct {
	Head    int // first row of the heads
	First   int // first row that is filled in
	Last    int // last row that is filled in
	UnitCol int // column with the names of units; 0 for none
	Free    int // rows of a unit that has none of its own
}

// Template is a workbook that units fill in.
type Template struct {
	File     [32]byte // by its hash
	FileName string
	Sheet    Sheet
	Reading  Reading
}

// Width is how many columns the sheet has.
func (s Sheet) Width() (n int) {
	for _, row := range s.Rows {
		n = max(n, len(row))
	}
	for _, m := range s.Merges {
		n = max(n, m.LastCol)
	}
	return n
}

func (s Sheet) at(row, col int) Cell {
	if row < 1 || row > len(s.Rows) || col < 1 || col > len(s.Rows[row-1]) {
		return Cell{}
	}
	return s.Rows[row-1][col-1]
}

// merged gives the cells of which a cell is one.
func (s Sheet) merged(row, col int) Merge {
	for _, m := range s.Merges {
		if m.holds(row, col) {
			return m
		}
	}
	return Merge{row, col, row, col}
}

// Words are what a cell reads; each of those that are one reads what all do.
func (s Sheet) Words(row, col int) string {
	m := s.merged(row, col)
	return s.at(m.Row, m.Col).Words
}

// plain writes words without the blanks that offices put into names.
func plain(words string) string { return strings.Join(strings.Fields(words), "") }

// different are the words of a row, each once, where they are not those of the cell before.
func (s Sheet) different(row int) (out []string) {
	for c := 1; c <= s.Width(); c++ {
		if w := plain(s.Words(row, c)); w != "" && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

func (s Sheet) blank(row int) bool { return len(s.different(row)) == 0 }

// unitHeads are what stands above a column of units.
var unitHeads = []string{"单位", "填报单位", "报送单位", "单位名称", "县区", "县（市、区）", "县(市、区)", "县市区", "地区", "区域", "部门", "处室", "乡镇", "乡镇街道", "场馆", "场馆名称"}

// belowTable begins rows below a table that nobody fills in.
var belowTable = []string{"合计", "总计", "小计", "填表", "填报", "备注", "注：", "注:", "说明", "审核", "制表", "联系", "负责人", "单位负责人"}

func isBelow(words string) bool {
	return slices.ContainsFunc(belowTable, func(w string) bool { return strings.HasPrefix(words, w) })
}

// Guess finds out how a template is to be read: where units stand, what heads are above
// them. find tells which unit words name; 0 is none.
func (s Sheet) Guess(find func(words string) id.Unit) Reading {
	best, at := 0, Reading{}
	for c := 1; c <= s.Width(); c++ {
		n, first, last := 0, 0, 0
		for r := 1; r <= len(s.Rows); r++ {
			m := s.merged(r, c)
			if m.Row != r || m.LastCol != m.Col || find(plain(s.Words(r, c))) == 0 {
				continue
			}
			if n++; first == 0 {
				first = r
			}
			last = m.LastRow
		}
		if n > best {
			best, at = n, Reading{UnitCol: c, First: first, Last: last, Free: 1}
		}
	}
	if best == 0 {
		at = s.guessBlank()
	}
	at.Head = at.First - 1
	for at.Head > 1 && at.First-at.Head < 3 && len(s.different(at.Head-1)) > 1 && !strings.ContainsAny(strings.Join(s.different(at.Head-1), ""), "：:") {
		at.Head--
	}
	at.Head = max(at.Head, 1)
	return at
}

// guessBlank reads a template in which no unit stands.
func (s Sheet) guessBlank() Reading {
	r := Reading{First: 2, Free: 5}
	for row := 1; row <= len(s.Rows); row++ {
		if len(s.different(row)) > 1 && !strings.ContainsAny(strings.Join(s.different(row), ""), "：:") {
			r.First = row + 1
			for _, m := range s.Merges { // a head of two rows
				if m.Row <= row && m.LastRow >= r.First {
					r.First = m.LastRow + 1
				}
			}
			for c := 1; c <= s.Width(); c++ {
				if m := s.merged(row, c); m.LastCol > m.Col && m.Row == row && m.LastRow == row && !s.blank(row+1) {
					r.First = max(r.First, row+2)
				}
			}
			break
		}
	}
	for c := 1; c <= s.Width(); c++ {
		if slices.Contains(unitHeads, plain(s.Words(r.First-1, c))) {
			r.UnitCol = c
			break
		}
	}
	for r.Last = r.First; r.Last < len(s.Rows); r.Last++ {
		if words := s.different(r.Last + 1); len(words) > 0 && (isBelow(words[0]) || len(words) == 1 && !isNumber(words[0])) {
			break
		}
	}
	return r
}

func isNumber(words string) bool {
	_, err := strconv.Atoi(words)
	return err == nil
}

// Check says what keeps a template from being read so.
func (t Template) Check() error {
	r := t.Reading
	switch {
	case len(t.Sheet.Rows) == 0:
		return fault.New(fault.Invalid, "这个 Excel 里没有读出一格。请看看选的是不是模板。").In("file")
	case len(t.Sheet.Rows) > MostRows || t.Sheet.Width() > MostColumns:
		return fault.New(fault.TooLarge, "模板最多 %d 行、%d 列。", MostRows, MostColumns).In("file")
	case r.Head < 1 || r.Head >= r.First:
		return fault.New(fault.Invalid, "表头要在填写的行上面。").In("head")
	case r.First > r.Last || r.Last > MostRows:
		return fault.New(fault.Invalid, "填写的行：最后一行不能在第一行上面，也不能超过第 %d 行。", MostRows).In("last")
	case r.UnitCol < 0 || r.UnitCol > t.Sheet.Width():
		return fault.New(fault.Invalid, "没有这一列。").In("unit_col")
	case r.Free < 1 || r.Free > MostFree:
		return fault.New(fault.Invalid, "每个单位的行数请填 1 到 %d。", MostFree).In("free")
	}
	asked := false
	for c := 1; c <= t.Sheet.Width(); c++ {
		asked = asked || t.Head(c) != "" && !t.printed(c)
	}
	if !asked {
		return fault.New(fault.Invalid, "照这样读，没有一格要填。请看看表头是哪几行。").In("head")
	}
	return nil
}

// Head is what stands above a column, from the top down.
func (t Template) Head(col int) string {
	var heads []string
	for r := t.Reading.Head; r < t.Reading.First; r++ {
		if w := plain(t.Sheet.Words(r, col)); w != "" && !slices.Contains(heads, w) {
			heads = append(heads, w)
		}
	}
	return strings.Join(heads, "·")
}

// printed reports a column that is not asked: the units, and the running number.
func (t Template) printed(col int) bool {
	if col == t.Reading.UnitCol {
		return true
	}
	switch t.Head(col) {
	case "序号", "编号", "":
		return true
	}
	return false
}

// UnitRows finds the rows of each unit: those in which its name stands.
func (t Template) UnitRows(find func(words string) id.Unit) map[id.Unit][]int {
	out := map[id.Unit][]int{}
	if t.Reading.UnitCol == 0 {
		return out
	}
	for r := t.Reading.First; r <= t.Reading.Last; r++ {
		if u := find(plain(t.Sheet.Words(r, t.Reading.UnitCol))); u != 0 {
			out[u] = append(out[u], r)
		}
	}
	return out
}

// Fields are the cells of a unit's own rows, or of free ones where it has none.
func (t Template) Fields(rows []int) (out []Field) {
	own, free := rows, len(rows) == 0
	if free {
		own = make([]int, t.Reading.Free)
	}
	for k, row := range own {
		for c := 1; c <= t.Sheet.Width(); c++ {
			f := Field{Key: CellKey(k+1, c), Label: t.Head(c), Kind: Line, Row: k + 1, Col: c}
			if !free {
				cell := t.Sheet.at(row, c)
				m := t.Sheet.merged(row, c)
				if f.Known = strings.TrimSpace(t.Sheet.Words(row, c)); cell.Formula {
					f.Known = ""
				}
				if cell.Formula || m.Row != row || m.Col != c {
					f.Kind = Printed
				}
			}
			if t.printed(c) {
				f.Kind = Printed
			}
			if f.Label != "" {
				out = append(out, f)
			}
		}
	}
	return out
}

// CellKey is the key of a cell: of which of the unit's own rows, and the column.
func CellKey(row, col int) string { return "r" + strconv.Itoa(row) + "c" + strconv.Itoa(col) }

// Heads are all heads; a template whose heads are the same asks the same.
func (t Template) Heads() string {
	var heads []string
	for c := 1; c <= t.Sheet.Width(); c++ {
		heads = append(heads, t.Head(c))
	}
	return strings.TrimRight(strings.Join(heads, "\t"), "\t")
}

// ReadBack reads the rows of a unit from a sheet that came back filled in: those with
// its name, or, where its name stands nowhere, those that are not blank, in order.
func (t Template) ReadBack(back Sheet, rows []int, isOwn func(words string) bool) (Values, error) {
	came := Template{Sheet: back, Reading: t.Reading}
	for c := 1; c <= t.Sheet.Width(); c++ {
		if want := t.Head(c); came.Head(c) != want {
			return nil, fault.New(fault.Invalid, "第 %d 列的表头应当是“%s”，交上来的是“%s”。请用发下去的表填。", c, want, came.Head(c)).In("file")
		}
	}
	most := max(len(rows), 0)
	if most == 0 {
		most = t.Reading.Free
	}
	var own, filled []int
	for r := t.Reading.First; r <= len(back.Rows); r++ {
		words := back.different(r)
		if len(words) == 0 || isBelow(words[0]) {
			continue
		}
		if t.Reading.UnitCol > 0 && isOwn(plain(back.Words(r, t.Reading.UnitCol))) {
			own = append(own, r)
		}
		filled = append(filled, r)
	}
	if len(own) == 0 && len(rows) == 0 {
		own = filled
	}
	switch {
	case len(own) == 0:
		return nil, fault.New(fault.Invalid, "表里没有找到本单位的行。请用发下去的表填，单位名称不要改。").In("file")
	case len(own) > most:
		return nil, fault.New(fault.TooLarge, "本单位最多填 %d 行，表里有 %d 行。", most, len(own)).In("file")
	}
	out := Values{}
	for _, f := range t.Fields(rows) {
		if f.Kind == Printed || f.Row > len(own) {
			continue
		}
		if cell := back.at(own[f.Row-1], f.Col); strings.TrimSpace(cell.Words) != "" {
			out[f.Key] = strings.TrimSpace(cell.Words)
		}
	}
	return out, nil
}
