package fact

import (
	"regexp"
	"strings"
)

// SheetMap is what the columns of a kind of sheet say, put right once and kept. It is
// found again by the words of the heads, in whatever order they stand next month.
type SheetMap struct {
	Heads    []SheetHead `json:"heads"`
	EachRow  bool        `json:"each_row,omitempty"`  // a row counts as one: there is no column of numbers
	MonthEnd bool        `json:"month_end,omitempty"` // a month without a day is its last day
	Dash     SheetNone   `json:"dash,omitempty"`
	// Units are words for units as they are written, with the words that are meant.
	Units map[string]string `json:"units,omitempty"`
}

// SheetNone says what — and 无 mean.
type SheetNone string

const (
	SheetAsk     SheetNone = ""      // it is asked of each
	SheetIsZero  SheetNone = "zero"  // there was none: 0
	SheetIsEmpty SheetNone = "empty" // not reported
)

// SheetForm says how one sheet is read: its map, with a head for each column from the left.
type SheetForm struct {
	Head  int // rows above the first fact: a title, the heads
	Map   SheetMap
	Title string
	New   []int // columns that a map which was found again does not know, and that hold numbers
}

// GuessSheet finds out how a sheet is read: by its heads, and where they say nothing by
// what stands below them. Head is 0 where no heads were found.
func GuessSheet(s *Sheet) SheetForm {
	var best sheetTop
	for _, t := range s.sheetTops() {
		if t.score > best.score {
			best = t
		}
	}
	if best.score < 3 {
		return SheetForm{Map: SheetMap{Heads: make([]SheetHead, s.width)}}
	}
	f := SheetForm{Head: best.row + best.rows, Title: s.title(best.row), Map: SheetMap{Heads: best.heads}}
	f.guessBelow(s, best.known)
	f.settleParts()
	f.guessChoices(s)
	return f
}

// title is all words above the heads.
func (s *Sheet) title(head int) string {
	var words []string
	for r := range head {
		for k, c := range s.rows[r] {
			if c.words != "" && (k == 0 || !s.same(r, k-1, r, k)) {
				words = append(words, c.words)
			}
		}
	}
	return strings.Join(append(words, s.Name), " ")
}

// mostSheetLooks is how many rows are looked at to see what a column holds.
const mostSheetLooks = 200

var sheetUnitEnds = regexp.MustCompile(`(村|社区|居委会|村委会|镇|乡|街道|县|区|市|馆|站|院|中心)$`)

// guessBelow finds what columns say whose heads say nothing.
func (f *SheetForm) guessBelow(s *Sheet, known []bool) {
	unit, day := f.has(SheetUnitWords), f.has(SheetDayWords)
	for k := range f.Map.Heads {
		h := &f.Map.Heads[k]
		if known[k] {
			continue
		}
		worded, numbers, days, units := 0, 0, 0, 0
		for r := f.Head; r < min(s.Rows(), f.Head+mostSheetLooks); r++ {
			w := sheetTight(s.at(r, k).words)
			if w == "" {
				continue
			}
			worded++
			switch found := readSheetNumber(w); {
			case sheetFullDay.MatchString(w) || sheetMonthDay.MatchString(w) && strings.Contains(w, "月"):
				days++
			case found.said == SheetDash || found.said == SheetNumber && (found.wrong == nil || found.may):
				numbers++
			case sheetUnitEnds.MatchString(w):
				units++
			}
		}
		switch {
		case worded == 0:
		case days*10 >= worded*6 && !day:
			h.Says, day = SheetDayWords, true
		case numbers*10 >= worded*6:
			h.Says = SheetQuantity
		case units*10 >= worded*6 && !unit:
			h.Says, unit = SheetUnitWords, true
		}
		if h.Says != SheetQuantity {
			h.Indicator = ""
		}
	}
}

func (f *SheetForm) has(c SheetColumn) bool { return f.count(c) > 0 }

func (f *SheetForm) count(c SheetColumn) (n int) {
	for _, h := range f.Map.Heads {
		if h.Says == c {
			n++
		}
	}
	return n
}

// settleParts keeps one column for each that can be only one, the first; a 月 without a
// 日 beside it is the day.
func (f *SheetForm) settleParts() {
	seen := map[SheetColumn]bool{}
	for k := range f.Map.Heads {
		h := &f.Map.Heads[k]
		if h.Says == SheetMonthPart && !f.has(SheetDayWords) {
			h.Says = SheetDayWords
		}
		switch h.Says {
		case SheetNotRead, SheetUnitWords, SheetQuantity:
		default:
			if seen[h.Says] {
				h.Says = SheetNotRead
			}
			seen[h.Says] = true
		}
	}
	scale := sheetTitleScale.FindStringSubmatch(sheetPlain(f.Title))
	for k := range f.Map.Heads {
		if h := &f.Map.Heads[k]; scale != nil && h.Says == SheetQuantity && h.Scale == 0 && h.Measure == "" {
			h.Scale, h.Measure = sheetScale(scale[1]), scale[2]
		}
	}
}

// guessChoices sets what a person would otherwise be asked, where the sheet leaves one
// reading only.
func (f *SheetForm) guessChoices(s *Sheet) {
	rows := s.looks(f.Head)
	f.Map.EachRow = !f.has(SheetQuantity) && (f.has(SheetDayWords) || f.has(SheetSubject))
	for k := range f.Map.Heads {
		h := &f.Map.Heads[k]
		if h.Says == SheetQuantity && h.Month > 0 {
			f.Map.MonthEnd = true // the columns of months hold no days
		}
		switch h.Says {
		case SheetUnitWords, SheetDayWords, SheetMonthPart, SheetYearPart, SheetIndicator:
			h.FillDown = s.hasGaps(rows, k)
		}
	}
}

// looks are the first rows below the heads that are those of facts.
func (s *Sheet) looks(head int) (rows []int) {
	for r := head; r < min(s.Rows(), head+mostSheetLooks); r++ {
		if s.ownWords(r) > 1 && !s.isSum(r) {
			rows = append(rows, r)
		}
	}
	return rows
}

// hasGaps reports a column of which a quarter of the rows is empty below words, as where
// one name stands for several rows.
func (s *Sheet) hasGaps(rows []int, k int) bool {
	gaps, begun := 0, false
	for _, r := range rows {
		if w := s.at(r, k).words; w != "" {
			begun = true
		} else if begun {
			gaps++
		}
	}
	return len(rows) >= 4 && gaps*4 >= len(rows)
}

// headKey is the words of a head by which it is found again; those of months are alike.
func headKey(words string) string {
	parts := strings.Split(strings.ToLower(sheetTight(words)), "/")
	last := &parts[len(parts)-1]
	if sheetMonthHead.MatchString(sheetHanToDigits(*last)) {
		*last = "#月"
	}
	return strings.Join(parts, "/")
}

// MatchSheet finds the map that was kept for a sheet like this one: all its columns that
// are read stand among the heads, those of months at least once. The form has the map's
// choices in the order of the sheet's columns.
func MatchSheet(s *Sheet, kept []SheetMap) (f SheetForm, which int, ok bool) {
	best := -1
	for _, t := range s.sheetTops() {
		for i, m := range kept {
			heads, added, fits := m.on(t.heads)
			if read := countRead(heads); fits && read > best {
				best, which, ok = read, i, true
				m.Heads = heads
				f = SheetForm{Head: t.row + t.rows, Title: s.title(t.row), Map: m, New: added}
			}
		}
	}
	return f, which, ok
}

func countRead(heads []SheetHead) (n int) {
	for _, h := range heads {
		if h.Says != SheetNotRead {
			n++
		}
	}
	return n
}

// on puts a map on the heads of a sheet; added are columns that it does not know and
// that look like numbers.
func (m SheetMap) on(found []SheetHead) (heads []SheetHead, added []int, fits bool) {
	of := map[string][]SheetHead{}
	for _, h := range m.Heads {
		key := headKey(h.Words)
		of[key] = append(of[key], h)
	}
	used := map[string]int{}
	for k, h := range found {
		key := headKey(h.Words)
		have := of[key]
		if len(have) == 0 {
			if h.Says == SheetQuantity || h.Says == SheetKey {
				added = append(added, k)
			}
			h.Says = SheetNotRead
			heads = append(heads, h)
			continue
		}
		was := have[min(used[key], len(have)-1)]
		if used[key] >= len(have) && was.Month == 0 {
			was.Says = SheetNotRead
		}
		used[key]++
		was.Words, was.Month, was.Year = h.Words, h.Month, h.Year
		heads = append(heads, was)
	}
	read := 0
	for key, have := range of {
		for n, h := range have {
			if h.Says == SheetNotRead {
				continue
			}
			if read++; used[key] <= n && (h.Month == 0 || used[key] == 0) {
				return nil, nil, false
			}
		}
	}
	return heads, added, read > 0
}

// Kept is the map of a form as it is kept for the next sheet.
func (f SheetForm) Kept() SheetMap {
	m := f.Map
	m.Heads = nil
	for _, h := range f.Map.Heads {
		if h.Words != "" {
			m.Heads = append(m.Heads, h)
		}
	}
	return m
}
