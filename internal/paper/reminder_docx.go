package paper

// ReminderSlip is a 催办单 or 督办单 to one unit with its reply slip, in the words in
// which it is printed.
type ReminderSlip struct {
	Title  string
	Number string
	Facts  [][2]string // of a 督办单: who supervises, who is to act, until when, who signs
	To     string
	Body   string // before the table
	Heads  [4]string
	Rows   [][4]string
	Ask    string // behind it
	Sign   string // lines: who sends it, and when
	Reply  string // title of the reply slip
	Blanks []ReplyBlank
}

// ReplyBlank is a line of a reply slip to be filled in; Lines is how high it is.
type ReplyBlank struct {
	Head  string
	Words string // what is known already
	Lines int
}

// slipPage is A4 standing, as wide as GB/T 9704-2012 has it and higher: a slip of four
// things has its reply slip on the same page, to be cut off.
var slipPage = Page{Width: 11906, Height: 16838, Top: twips(25), Right: twips(26), Bottom: twips(24), Left: twips(28), Footer: twips(17)}

const (
	styleNewTitle style = "TitleOnNewPage"
	styleNumber   style = "LetterNumber"
	styleTo       style = "LetterTo"
	styleLetter   style = "LetterBody"
	styleSign     style = "SlipSign"
	styleCut      style = "LetterCut"
	styleSlipHead style = "SlipHead"
	styleSlipCell style = "SlipCell"
)

// ReminderDocx is slips as one document of Word, each on a page of its own.
func ReminderDocx(slips []ReminderSlip) ([]byte, error) {
	d := docx{page: slipPage}
	for i, s := range slips {
		title := styleTitle
		if i == 0 {
			d.title = s.Title
		} else {
			title = styleNewTitle
		}
		d.paragraphs(title, s.Title)
		d.slip(s)
	}
	return d.bytes()
}

func (d *docx) slip(s ReminderSlip) {
	width := d.page.TextWidth()
	d.paragraphs(styleNumber, s.Number)
	if len(s.Facts) > 0 {
		var rows [][]docxCell
		for _, f := range s.Facts {
			rows = append(rows, []docxCell{{words: f[0], style: styleSlipHead}, {words: f[1], style: styleSlipCell}})
		}
		d.table([]int{width * 24 / 100, width * 76 / 100}, rows)
		d.paragraphs(styleNote, "")
	}
	d.paragraphs(styleTo, s.To)
	d.paragraphs(styleLetter, s.Body)
	rows := [][]docxCell{{}}
	for _, h := range s.Heads {
		rows[0] = append(rows[0], docxCell{words: h, style: styleSlipHead})
	}
	for _, r := range s.Rows {
		var row []docxCell
		for _, words := range r {
			row = append(row, docxCell{words: words, style: styleSlipCell})
		}
		rows = append(rows, row)
	}
	d.table([]int{width * 9 / 100, width * 40 / 100, width * 24 / 100, width * 27 / 100}, rows)
	d.paragraphs(styleLetter, s.Ask)
	d.paragraphs(styleSign, s.Sign)
	d.paragraphs(styleCut, s.Reply)
	rows = nil
	for _, b := range s.Blanks {
		words := b.Words
		for range b.Lines {
			words += "\n"
		}
		rows = append(rows, []docxCell{{words: b.Head, style: styleSlipHead}, {words: words, style: styleSlipCell}})
	}
	d.table([]int{width * 24 / 100, width * 76 / 100}, rows)
}
