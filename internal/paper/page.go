// Package paper writes what leaves the program on paper and in the files that
// offices work with: docx, xlsx and calendars. It is told everything, also the time.
package paper

// Page is a sheet of paper and its margins, in twips: a twentieth of a point,
// 1440 to the inch.
type Page struct {
	Width, Height            int
	Top, Right, Bottom, Left int
	Footer                   int // from the lower edge of the paper to the page number
}

const twipsPerInch = 1440

// Millimetres in twips, rounded.
func twips(millimetres int) int { return (millimetres*twipsPerInch*10 + 127) / 254 }

// tablePage is A4 (ISO 216) lying, with narrow margins for a table of nine columns.
var tablePage = Page{Width: 16838, Height: 11906, Top: twips(20), Right: twips(20), Bottom: twips(20), Left: twips(20), Footer: twips(10)}

// TextWidth is the width between the margins.
func (p Page) TextWidth() int { return p.Width - p.Left - p.Right }

func (p Page) lying() bool { return p.Width > p.Height }
