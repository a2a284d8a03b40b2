package fact

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
)

// GridUnit is a row of a grid.
type GridUnit struct {
	ID   id.Unit
	Name string
}

// GridPaste is what a block from a spreadsheet says of a grid.
type GridPaste struct {
	Cells  map[GridSpot]string // as they were written
	Rows   int                 // that were taken
	Doubts []GridDoubt
}

// MostPasted is how many lines a block may have.
const MostPasted = 500

var errPasted = fault.New(fault.TooLarge, "贴的太多了，一次最多 %d 行。", MostPasted).In("pasted")

// ReadGridPaste reads a block that was copied from a spreadsheet, its cells parted by tabs.
// A row belongs to the unit that it names, a column to the indicator that its head names;
// where no unit or no head is named, they go in order. Sums are not taken, but checked.
func ReadGridPaste(words string, units []GridUnit, columns []Indicator) (p GridPaste, err error) {
	p.Cells = map[GridSpot]string{}
	r := &gridReader{paste: &p, units: units, columns: columns, seen: map[id.Unit]int{}, sums: map[id.Indicator]document.Decimal{}}
	for _, line := range strings.Split(unquotedCells(strings.ReplaceAll(words, "\r\n", "\n")), "\n") {
		var cells []string
		for _, c := range strings.Split(line, "\t") {
			cells = append(cells, sheetPlain(c))
		}
		r.lines = append(r.lines, cells)
	}
	if len(r.lines) > MostPasted {
		return p, errPasted
	}
	r.heads()
	r.names()
	for k := r.first; k < len(r.lines); k++ {
		r.row(k)
	}
	return p, nil
}

// quotedCell is a cell with more than one line in it, as spreadsheets copy it.
var quotedCell = regexp.MustCompile(`(^|[\t\n])"((?:[^"]|"")*)"($|[\t\n])`)

// unquotedCells puts the lines of a cell into one.
func unquotedCells(words string) string {
	for {
		once := quotedCell.ReplaceAllStringFunc(words, func(cell string) string {
			parts := quotedCell.FindStringSubmatch(cell)
			return parts[1] + strings.NewReplacer("\n", "、", `""`, `"`).Replace(parts[2]) + parts[3]
		})
		if once == words { // neighbours share the tab between them, so one pass takes every other cell
			return once
		}
		words = once
	}
}

type gridReader struct {
	paste   *GridPaste
	units   []GridUnit
	columns []Indicator
	lines   [][]string

	first int       // line of the first row below the head
	last  *GridUnit // of the line before
	name  int       // column that names units; -1 for none
	at    map[int]Indicator
	taken int // rows that named nobody
	seen  map[id.Unit]int
	sums  map[id.Indicator]document.Decimal
}

func (r *gridReader) doubt(line int, kind string, stops, told bool, at GridSpot, says *fault.Fault) {
	r.paste.Doubts = append(r.paste.Doubts, GridDoubt{Spot: at, Line: line, Kind: kind, Says: says, Stops: stops, Told: told})
}

// gridHeadNoise are what a head says beside the name of what is counted.
var gridHeadNoise = regexp.MustCompile(`\([^()]*\)|数量|数$|本月`)

// headOf finds the indicator that a head names.
func (r *gridReader) headOf(words string) (Indicator, bool) {
	if i, is := r.namesHead(words); is {
		return i, true
	}
	w := gridHeadNoise.ReplaceAllString(sheetTight(words), "")
	if len([]rune(w)) < 2 {
		return Indicator{}, false
	}
	for _, same := range []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.Contains, func(a, b string) bool { return strings.Contains(b, a) }} {
		var found []Indicator
		for _, c := range r.columns {
			if same(gridHeadNoise.ReplaceAllString(sheetTight(c.Name), ""), w) {
				found = append(found, c)
			}
		}
		if len(found) == 1 {
			return found[0], true
		}
	}
	return Indicator{}, false
}

// heads looks for the line that names what is counted, among the first ones.
func (r *gridReader) heads() {
	r.at = map[int]Indicator{}
	for k := range min(len(r.lines), 6) {
		at := map[int]Indicator{}
		for c, words := range r.lines[k] {
			if i, known := r.headOf(words); known && r.unitCalled(words) == nil {
				at[c] = i
			}
		}
		if len(at) == 0 {
			continue
		}
		r.first, r.at = k+1, at
		seen := map[id.Indicator]bool{}
		for c, words := range r.lines[k] {
			i, known := at[c]
			switch {
			case known && seen[i.ID]:
				delete(at, c)
				r.doubt(k+1, "head", true, false, GridSpot{Indicator: i.ID}, fault.New(fault.Invalid, "“%s”有两列。请删掉一列再贴。", i.Name))
			case known:
				seen[i.ID] = true
			case words != "" && !gridOwnHead.MatchString(sheetTight(words)):
				r.doubt(k+1, "head", false, true, GridSpot{}, fault.New(fault.Invalid, "“%s”一列没有读：这里没有叫这个的指标。", words))
			}
		}
		return
	}
}

// gridOwnHead are heads of what is no number.
var gridOwnHead = regexp.MustCompile(`^(序号|编号|行政村|村名?|村社区|村\(社区\)|社区|单位|单位名称|名称|备注|联系人|电话|填报人|日期|月份|合计|小计)$`)

// names finds the column that names units: the one in which most are known.
func (r *gridReader) names() {
	r.name = -1
	best := 0
	width := 0
	for _, cells := range r.lines {
		width = max(width, len(cells))
	}
	for c := range width {
		n := 0
		for k := r.first; k < len(r.lines); k++ {
			if c < len(r.lines[k]) && r.unitCalled(r.lines[k][c]) != nil {
				n++
			}
		}
		if n > best {
			r.name, best = c, n
		}
	}
	if len(r.at) > 0 {
		return
	}
	first := r.name + 1
	if r.name < 0 && r.isCounter(0) {
		first = 1
	}
	for k, c := range r.columns {
		r.at[first+k] = c
	}
}

// isCounter reports a column that counts its rows 1, 2, 3: it is no number of theirs.
func (r *gridReader) isCounter(c int) bool {
	n := 0
	for _, cells := range r.lines {
		if len(cells) <= c || strings.Join(cells, "") == "" {
			continue
		}
		if n++; cells[c] != strconv.Itoa(n) {
			return false
		}
	}
	return n > 2
}

var gridUnitEnd = regexp.MustCompile(`(村?(村民委员会|村委会|行政村)|(社区)?(居民委员会|居委会)|社区|村)$`)

func gridUnitKey(name string) string { return sheetTight(name) }

// unitCalled finds the row that words name: by the whole name, or without its ending where
// that means one alone.
func (r *gridReader) unitCalled(words string) *GridUnit {
	w := gridUnitKey(words)
	if w == "" {
		return nil
	}
	for k := range r.units {
		if gridUnitKey(r.units[k].Name) == w {
			return &r.units[k]
		}
	}
	var found []*GridUnit
	for k := range r.units {
		name := gridUnitKey(r.units[k].Name)
		if short := gridUnitEnd.ReplaceAllString(name, ""); len([]rune(short)) >= 2 && short == gridUnitEnd.ReplaceAllString(w, "") {
			found = append(found, &r.units[k])
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return nil
}

// row takes one line.
func (r *gridReader) row(k int) {
	cells := r.lines[k]
	if at := slices.IndexFunc(cells, func(c string) bool { return c != "" }); at < 0 || sheetNoteRow.MatchString(sheetTight(cells[at])) {
		return
	}
	if slices.ContainsFunc(cells, func(c string) bool { return sheetSumRow.MatchString(sheetTight(c)) }) {
		r.sumRow(k)
		return
	}
	u := r.unitOf(k)
	if u == nil {
		return
	}
	r.last = u
	if before := r.seen[u.ID]; before > 0 {
		if names := r.moreNames(k, u); !names || r.hasNumbers(k) {
			r.twice(k, before, u)
		}
		return
	}
	r.seen[u.ID] = k + 1
	r.paste.Rows++
	for c, words := range cells {
		i, known := r.at[c]
		if !known {
			if len(r.at) > 0 && c > r.name && words != "" && r.first == 0 && r.isValue(words) && !(r.name < 0 && c == 0) {
				r.doubt(k+1, "more", true, false, GridSpot{Unit: u.ID}, fault.New(fault.Invalid, "第 %d 行多出一个数“%s”，不知道是哪个指标的。请连表头一起贴。", k+1, words))
			}
			continue
		}
		if words == "" {
			continue
		}
		at := GridSpot{u.ID, i.ID}
		r.paste.Cells[at] = words
		if i.Named() {
			r.countNames(i, words)
		} else if q, told, _ := ReadGridCell(words); told {
			r.sums[i.ID] += q
		}
	}
}

func (r *gridReader) isValue(words string) bool {
	_, told, _ := ReadGridCell(words)
	return told
}

// unitOf finds whose line it is, and says where it is nobody's.
func (r *gridReader) unitOf(k int) *GridUnit {
	if r.name < 0 {
		if r.taken == len(r.units) {
			r.doubt(k+1, "rows", true, false, GridSpot{}, fault.New(fault.Invalid, "第 %d 行多出来了：这里只有 %d 行。请连村名一起贴。", k+1, len(r.units)))
			return nil
		}
		r.taken++
		return &r.units[r.taken-1]
	}
	words := ""
	if r.name < len(r.lines[k]) {
		words = r.lines[k][r.name]
	}
	if u := r.unitCalled(words); u != nil {
		return u
	}
	if words == "" && r.last != nil && r.onlyNames(k) {
		return r.last
	}
	if words == "" {
		r.doubt(k+1, "unknown", false, false, GridSpot{}, fault.New(fault.Invalid, "第 %d 行没有写是哪个村的，没有读：%s", k+1, strings.Join(slices.DeleteFunc(slices.Clone(r.lines[k]), func(s string) bool { return s == "" }), " ")))
		return nil
	}
	if near := r.nearly(words); near != "" {
		r.doubt(k+1, "unknown", false, false, GridSpot{}, fault.New(fault.Invalid, "第 %d 行“%s”：下面没有这个单位，没有读。是不是“%s”？", k+1, words, near))
		return nil
	}
	r.doubt(k+1, "unknown", false, false, GridSpot{}, fault.New(fault.Invalid, "第 %d 行“%s”：下面没有这个单位，没有读。", k+1, words))
	return nil
}

// nearly gives the one unit whose name differs in one sign.
func (r *gridReader) nearly(words string) (name string) {
	w := []rune(gridUnitKey(words))
	for _, u := range r.units {
		n := []rune(gridUnitKey(u.Name))
		if len(n) != len(w) || len(n) < 3 {
			continue
		}
		off := 0
		for k := range n {
			if n[k] != w[k] {
				off++
			}
		}
		if off == 1 {
			if name != "" {
				return ""
			}
			name = u.Name
		}
	}
	return name
}

// twice says that a unit stands in two lines; the first is taken.
func (r *gridReader) twice(k, before int, u *GridUnit) {
	for c, i := range r.at {
		if !i.Named() && c < len(r.lines[k]) && r.lines[k][c] != "" && (c >= len(r.lines[before-1]) || r.lines[k][c] != r.lines[before-1][c]) {
			r.doubt(k+1, "twice", false, false, GridSpot{Unit: u.ID}, fault.New(fault.Invalid, "“%s”有两行，第 %d 行和第 %d 行不一样。读了前一行（%s），没有读后一行（%s）。", u.Name, before, k+1,
				r.numbersIn(before-1), r.numbersIn(k)))
			return
		}
	}
	r.doubt(k+1, "twice", false, true, GridSpot{Unit: u.ID}, fault.New(fault.Invalid, "“%s”有两行，第 %d 行和第 %d 行一样，只读了一行。", u.Name, before, k+1))
}

// numbersIn are the cells of a line that belong to indicators, in the order of the grid.
func (r *gridReader) numbersIn(k int) string {
	var out []string
	for c, words := range r.lines[k] {
		if i, known := r.at[c]; known && !i.Named() {
			if words == "" {
				words = "空"
			}
			out = append(out, words)
		}
	}
	return strings.Join(out, "、")
}

// sumRow checks a line of sums against the lines above it, and does not take it.
func (r *gridReader) sumRow(k int) {
	differs := false
	for c, words := range r.lines[k] {
		i, known := r.at[c]
		if !known {
			continue
		}
		if q, told, _ := ReadGridCell(words); told && q != r.sums[i.ID] {
			differs = true
			r.doubt(k+1, "sum", false, false, GridSpot{Indicator: i.ID}, fault.New(fault.Invalid, "第 %d 行的合计：“%s”写的是 %s，各行加起来是 %s。", k+1, i.Name, q.Grouped(), r.sums[i.ID].Grouped()))
		}
	}
	if !differs {
		r.doubt(k+1, "sum", false, true, GridSpot{}, fault.New(fault.Invalid, "第 %d 行是合计，没有当作一个单位。", k+1))
	}
}
