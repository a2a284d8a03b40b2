package fact

import (
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/org"
)

// Sheet is a sheet of facts that exists (台账) as a grid of words. A cell that is merged
// over several places stands at each of them.
type Sheet struct {
	Name  string
	lines []int // the number of each row in its file, from 1
	rows  [][]sheetCell
	width int
}

type sheetCell struct {
	words       string
	row, column int  // where its file has it, from 1
	wide, tall  bool // merged over several columns, rows
}

// SheetsOf gives the tables of a file that was read.
func SheetsOf(s document.Source) (out []*Sheet) {
	text := []rune(s.Text)
	for _, t := range s.Tables {
		sheet := &Sheet{Name: t.Sheet}
		for r, row := range t.Rows {
			line, cells := 0, make([]sheetCell, len(row))
			for k, c := range row {
				cells[k] = sheetCell{words: sheetCellWords(text[c.Place.Start:c.Place.End]), row: c.Row, column: c.Column}
				if k > 0 && row[k-1].Row == c.Row && row[k-1].Column == c.Column {
					cells[k-1].wide, cells[k].wide = true, true
				}
				if r > 0 && k < len(t.Rows[r-1]) && t.Rows[r-1][k].Row == c.Row && t.Rows[r-1][k].Column == c.Column {
					sheet.rows[r-1][k].tall, cells[k].tall = true, true
				}
				line = max(line, c.Row)
			}
			sheet.lines, sheet.rows, sheet.width = append(sheet.lines, line), append(sheet.rows, cells), max(sheet.width, len(row))
		}
		if len(sheet.rows) > 1 {
			out = append(out, sheet)
		}
	}
	return out
}

// SheetOf gives cells that were pasted, of which nobody knows what was merged.
func SheetOf(c *org.Cells) *Sheet {
	s := &Sheet{width: c.Width()}
	for r := range c.Rows() {
		words := c.Row(r)
		cells := make([]sheetCell, len(words))
		for k, w := range words {
			cells[k] = sheetCell{words: sheetCellWords([]rune(w)), row: c.Line(r), column: k + 1}
		}
		s.lines, s.rows = append(s.lines, c.Line(r)), append(s.rows, cells)
	}
	return s
}

// longestSheetWords is how much of a cell is looked at: no name, day or number is longer.
const longestSheetWords = 200

func sheetCellWords(r []rune) string {
	return strings.TrimSpace(strings.ReplaceAll(string(r[:min(len(r), longestSheetWords)]), string(document.LineBreak), ""))
}

// Rows is how many rows there are, and Width how many columns the widest has.
func (s *Sheet) Rows() int { return len(s.rows) }

// Width is how many columns the widest row has.
func (s *Sheet) Width() int { return s.width }

// Words gives the words of a cell; there are none outside of the sheet.
func (s *Sheet) Words(row, column int) string { return s.at(row, column).words }

func (s *Sheet) at(row, column int) sheetCell {
	if row < 0 || row >= len(s.rows) || column < 0 || column >= len(s.rows[row]) {
		return sheetCell{}
	}
	return s.rows[row][column]
}

// Put puts a cell right: the one that its file has at a place.
func (s *Sheet) Put(at SheetSpot, words string) {
	for r := range s.rows {
		for k := range s.rows[r] {
			if c := &s.rows[r][k]; c.row == at.Row && c.column == at.Column {
				c.words = sheetCellWords([]rune(words))
			}
		}
	}
}

// SheetSpot is a place in a file: row and column from 1; column 0 is the whole row, row 0
// the whole sheet.
type SheetSpot struct{ Row, Column int }

// SheetUnit is a unit that words may mean.
type SheetUnit struct {
	ID   id.Unit
	Path string // 云溪县/石桥镇/新村: words that mean it alone
}

// SheetStanding is what stands of a fact that was exported.
type SheetStanding struct {
	Indicator string // its name
	Unit      id.Unit
	Day       calendar.Day
	Quantity  document.Decimal
	Subject   string
	Replaced  bool // corrected, returned or withdrawn since
}

// SheetContext is what a sheet is read against.
type SheetContext struct {
	Time      SheetTime
	Home      id.Unit // whose facts these are where no column names units; else 0
	Indicator string  // what is counted where the sheet does not say
	// Unit finds what words mean: one unit, or none with those that may be meant. The
	// words of several columns come joined by / from the top down.
	Unit func(words string) (id.Unit, []SheetUnit)
	// Standing finds a fact that an exported sheet names.
	Standing func(id.Fact) (SheetStanding, bool)
	// Right are the places that a person said to be right as they are.
	Right map[SheetSpot]bool
}

// SheetRow is what a sheet says of one fact.
type SheetRow struct {
	SheetSpot // of its number; column 0 where a row counts as one
	Unit      id.Unit
	UnitWords string
	Day       calendar.Day
	Quantity  document.Decimal
	Indicator string
	Measure   string // 场, where the sheet says it
	Subject   string
	Place     string
	Fact      id.Fact       // that was exported as this row; else 0
	Changed   []SheetColumn // of an exported fact, what the row says otherwise
}

// Correction reports a row that says of a known fact something else.
func (r SheetRow) Correction() bool { return r.Fact != 0 && len(r.Changed) > 0 }

// SheetDoubt is what is wrong with a place, and what to do.
type SheetDoubt struct {
	SheetSpot
	Cell    string
	Says    *fault.Fault
	May     bool     // it may be right as it is
	Choices []string // words that could stand there instead
}

// MostSheetDoubts is how many doubts of a sheet are kept; all are counted.
const MostSheetDoubts = 200

// SheetReading is what a sheet says. Its rows are not to be used before it is valid.
type SheetReading struct {
	Rows    []SheetRow // new ones and corrections
	Same    int        // exported facts of which the sheet says nothing new
	Doubts  []SheetDoubt
	Wrong   int   // how many doubts there are
	Skipped []int // lines with sums, notes and repeated heads
	Empty   int   // cells for numbers without words: not reported
	Zeros   int   // cells with 0: reported that there was none
	Dashes  int   // cells with — or 无
}

// Valid reports that every row can be taken.
func (r *SheetReading) Valid() bool { return r.Wrong == 0 && len(r.Rows)+r.Same > 0 }

// doubt keeps a doubt unless a person said that the place is right.
func (r *sheetReader) doubt(d SheetDoubt) {
	if d.May && r.context.Right[d.SheetSpot] {
		return
	}
	if r.out.Wrong++; len(r.out.Doubts) < MostSheetDoubts {
		r.out.Doubts = append(r.out.Doubts, d)
	}
}

func (r *sheetReader) doubtCell(c sheetCell, says *fault.Fault, may bool, choices ...string) {
	r.doubt(SheetDoubt{SheetSpot: SheetSpot{c.row, c.column}, Cell: c.words, Says: says, May: may, Choices: choices})
}

func (r *sheetReader) doubtRow(line int, says *fault.Fault, may bool) {
	r.doubt(SheetDoubt{SheetSpot: SheetSpot{Row: line}, Says: says, May: may})
}

func sortSheetDoubts(all []SheetDoubt) {
	slices.SortStableFunc(all, func(a, b SheetDoubt) int {
		if a.Row != b.Row {
			return a.Row - b.Row
		}
		return a.Column - b.Column
	})
}

// TitleAbove is all words above the heads of a sheet, so many rows from its top: they may
// say its year, month and measure.
func (s *Sheet) TitleAbove(head int) string {
	for _, t := range s.sheetTops() {
		if t.row+t.rows == head {
			return s.title(t.row)
		}
	}
	return s.title(max(0, min(head, s.Rows())-1))
}

// HeadsAbove are the columns of a sheet as the words above its first fact say, where
// those were found; else the words of the last row above it.
func (s *Sheet) HeadsAbove(head int) []SheetHead {
	for _, t := range s.sheetTops() {
		if t.row+t.rows == head {
			return t.heads
		}
	}
	out := make([]SheetHead, s.width)
	for k := range out {
		out[k].Words = sheetName(s.Words(head-1, k))
	}
	return out
}

// Keys are the words of the column of numbers of facts that Luoshi wrote, if there is one.
func (s *Sheet) Keys(f SheetForm) (out []string) {
	for k, h := range f.Map.Heads {
		for r := f.Head; h.Says == SheetKey && r < s.Rows(); r++ {
			if w := strings.ToUpper(sheetTight(s.Words(r, k))); w != "" {
				out = append(out, w)
			}
		}
	}
	return out
}

// SheetWords gives words as they are compared: one width, without blanks.
func SheetWords(words string) string { return sheetTight(words) }
