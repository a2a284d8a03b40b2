package document

// Source is a file as it is read: its text, which is stored and which all spans
// count, and the tables that stand in it. A paragraph of a Word document is a line of
// the text, or several where it breaks lines itself.
type Source struct {
	Text   string
	Format string // UTF-8, GB18030, docx, xlsx …; or what a converter read
	Tables []Table
	// Notes say in whole Chinese sentences what was done to the file that its
	// reader should know, e.g. that tracked changes were read as accepted.
	Notes []string
}

// byParagraphs reports a file of an office program, whose lines are paragraphs; those
// of a text or a PDF may be lines of paper.
func (s Source) byParagraphs() bool {
	switch s.Format {
	case "docx", "xlsx", "doc", "rtf", "odt", "html", "xls", "xlsb", "ods":
		return true
	}
	return false
}

// Table is a table of a file. In the text of a Word or Excel file each row is a line,
// with a tab between cells and LineBreak where a cell breaks a line; a text file keeps
// its own lines and signs.
type Table struct {
	Sheet string // the name of its sheet, or "" in a document
	Place Range  // its lines, in the runes of the text, without the last line break
	// Rows is a full grid: a cell that was merged over several places stands at
	// each of them with one and the same Place, Row and Column.
	Rows [][]Cell
}

// LineBreak stands in the text for a line break within a cell.
const LineBreak = '\u2028'

// Cell is a cell of a table.
type Cell struct {
	Place       Range // its words, in the runes of the text; empty where there are none
	Row, Column int   // where the file has it, from 1
}

// Empty reports a cell without words.
func (c Cell) Empty() bool { return c.Place.Start == c.Place.End }
