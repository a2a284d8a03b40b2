package paper

import "slices"

// LeaderReport is the 专报 that is put before the leaders: what is red, amber and grey, on
// one sheet, in the words in which it is printed.
type LeaderReport struct {
	Title  string
	Lede   []string // of what day it is, and how many stand how
	Heads  [5]string
	Rows   []LeaderRow           // the worst first
	More   func(left int) string // says that so many rows found no room
	States [][2]string           // a lamp, and the items that have it
	Orders LeaderOrders
	Notes  []string
}

// LeaderRow is one item: what, how it stands, whose it is, why, and what is asked.
type LeaderRow [5]string

// LeaderOrders are the orders that wait for somebody.
type LeaderOrders struct {
	Heads [4]string
	Rows  [][4]string
}

// leaderWidths are those of the columns, in hundredths of the width of the text.
var leaderWidths = []int{19, 15, 16, 29, 21}

// statesWidths are those of the lamps with their items.
var statesWidths = []int{14, 86}

// ordersWidths are those of the orders.
var ordersWidths = []int{16, 42, 18, 24}

// What stands on the sheet, in millimetres, as Word and LibreOffice set it; a little more,
// so that nothing runs over.
const (
	leaderRoom = 297 - 25 - 22 - 4 // between the margins, with some to spare
	titleLine  = 16
	noteLine   = 6.8 // of a line outside the tables
	cellLine   = 5.0 // of a line in a cell
	cellEdges  = 1.6
)

// Fitted gives as many rows as find room on one sheet beside what else stands there, and
// how many do not.
func (l LeaderReport) Fitted() (rows []LeaderRow, left int) {
	width := letterPage.TextWidth() * 254 / twipsPerInch / 10
	height := func(words []string, widths []int) float64 {
		most := 0
		for k, w := range words {
			most = max(most, linesOf(w, signsIn(width*widths[k]/100, leaderSize)))
		}
		return float64(most)*cellLine + cellEdges
	}
	const head = cellLine + cellEdges
	room := float64(leaderRoom) - titleLine - head
	for _, words := range append(slices.Clone(l.Lede), l.Notes...) {
		room -= float64(linesOf(words, signsIn(width, noteSize))) * noteLine
	}
	if len(l.Orders.Rows) > 0 {
		room -= noteLine + head
	}
	for _, o := range l.Orders.Rows {
		room -= height(o[:], ordersWidths)
	}
	if len(l.States) > 0 {
		room -= noteLine
	}
	for _, s := range l.States {
		room -= height(s[:], statesWidths)
	}
	for k, r := range l.Rows {
		if room -= height(r[:], leaderWidths); room < 0 || room < noteLine && k+1 < len(l.Rows) { // the line that says how many are left
			return l.Rows[:k], len(l.Rows) - k
		}
	}
	return l.Rows, 0
}

// noteSize is the size of the signs outside the tables, in points.
const noteSize = 12

// leaderSize is the size of the signs in the tables, in points.
const leaderSize = 10.5

// LeaderDocx is the report as a document of Word on one sheet of A4.
func LeaderDocx(l LeaderReport) ([]byte, error) {
	d := docx{page: letterPage, title: l.Title}
	d.paragraphs(styleTitle, l.Title)
	for _, words := range l.Lede {
		d.paragraphs(styleNote, words)
	}
	width := d.page.TextWidth()
	part := func(hundredths []int) (out []int) {
		for _, h := range hundredths {
			out = append(out, width*h/100)
		}
		return out
	}
	rows, left := l.Fitted()
	if len(rows) > 0 {
		cells := [][]docxCell{{}}
		for _, h := range l.Heads {
			cells[0] = append(cells[0], docxCell{words: h, style: styleHead})
		}
		for _, r := range rows {
			cells = append(cells, []docxCell{{words: r[0], style: styleCell}, {words: r[1], style: styleMiddle}, {words: r[2], style: styleCell}, {words: r[3], style: styleCell}, {words: r[4], style: styleCell}})
		}
		d.table(part(leaderWidths), cells)
	}
	if left > 0 {
		d.paragraphs(styleNote, l.More(left))
	}
	if len(l.Orders.Rows) > 0 {
		cells := [][]docxCell{{}}
		for _, h := range l.Orders.Heads {
			cells[0] = append(cells[0], docxCell{words: h, style: styleHead})
		}
		for _, r := range l.Orders.Rows {
			cells = append(cells, []docxCell{{words: r[0], style: styleMiddle}, {words: r[1], style: styleCell}, {words: r[2], style: styleCell}, {words: r[3], style: styleCell}})
		}
		d.paragraphs(styleNote, "")
		d.table(part(ordersWidths), cells)
	}
	var states [][]docxCell
	for _, s := range l.States {
		states = append(states, []docxCell{{words: s[0], style: styleHead}, {words: s[1], style: styleCell}})
	}
	if len(states) > 0 {
		d.paragraphs(styleNote, "")
		d.table(part(statesWidths), states)
	}
	for _, n := range l.Notes {
		d.paragraphs(styleNote, n)
	}
	return d.bytes()
}
