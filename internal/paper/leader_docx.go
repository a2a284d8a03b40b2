package paper

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

// ordersWidths are those of the orders.
var ordersWidths = []int{16, 42, 18, 24}

// leaderLines is how many lines of the tables one sheet holds.
const leaderLines = 37

// Fitted gives as many rows as find room on one sheet beside what else stands there, and
// how many do not.
func (l LeaderReport) Fitted() (rows []LeaderRow, left int) {
	width := letterPage.TextWidth() * 254 / twipsPerInch / 10
	lines := func(words []string, widths []int) (most int) {
		for k, w := range words {
			most = max(most, linesOf(w, signsIn(width*widths[k]/100, leaderSize)))
		}
		return most
	}
	room := leaderLines - len(l.Notes)
	for _, s := range l.States {
		room -= linesOf(s[1], signsIn(width*86/100, leaderSize))
	}
	for _, o := range l.Orders.Rows {
		room -= lines(o[:], ordersWidths)
	}
	for k, r := range l.Rows {
		if room -= lines(r[:], leaderWidths); room < 0 {
			return l.Rows[:k], len(l.Rows) - k
		}
	}
	return l.Rows, 0
}

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
		d.table(part([]int{14, 86}), states)
	}
	for _, n := range l.Notes {
		d.paragraphs(styleNote, n)
	}
	return d.bytes()
}
