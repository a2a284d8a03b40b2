package paper

// HandoverList is the list that is signed when somebody hands their posts over, in the
// words in which it is printed.
type HandoverList struct {
	Title    string
	Facts    [][2]string // who, to whom, what, from when
	Heads    [5]string   // of the columns of the duties
	Duties   []HandoverPart
	Others   []HandoverLines
	Told     string // stands above empty lines for what was told face to face
	SignHead [3]string
	Signs    []string // who signs
}

// HandoverPart is a table of duties.
type HandoverPart struct {
	Title string
	Rows  [][5]string
}

// HandoverLines is a list of what else goes along.
type HandoverLines struct {
	Title string
	Lines []string
}

// Add adds a list, where there is something in it.
func (l *HandoverList) Add(title string, lines []string) {
	if len(lines) > 0 {
		l.Others = append(l.Others, HandoverLines{title, lines})
	}
}

// letterPage is A4 standing.
var letterPage = Page{Width: 11906, Height: 16838, Top: twips(25), Right: twips(22), Bottom: twips(22), Left: twips(22), Footer: twips(12)}

// HandoverDocx is the list for signature as a document of Word on A4.
func HandoverDocx(l HandoverList) ([]byte, error) {
	d := docx{page: letterPage, title: l.Title}
	d.paragraphs(styleTitle, d.title)
	width := d.page.TextWidth()
	part := func(hundredths ...int) (out []int) {
		for _, h := range hundredths {
			out = append(out, width*h/100)
		}
		return out
	}
	var rows [][]docxCell
	for _, f := range l.Facts {
		rows = append(rows, []docxCell{{words: f[0], style: styleHead}, {words: f[1], style: styleCell}})
	}
	d.table(part(24, 76), rows)
	for _, p := range l.Duties {
		rows = [][]docxCell{{{words: p.Title, style: styleGroup, columns: len(l.Heads)}}, {}}
		for _, h := range l.Heads {
			rows[1] = append(rows[1], docxCell{words: h, style: styleHead})
		}
		for _, r := range p.Rows {
			rows = append(rows, []docxCell{{words: r[0], style: styleMiddle}, {words: r[1], style: styleCell}, {words: r[2], style: styleMiddle}, {words: r[3], style: styleCell}, {words: r[4], style: styleMiddle}})
		}
		d.paragraphs(styleNote, "")
		d.table(part(17, 30, 10, 32, 11), rows)
	}
	for _, o := range l.Others {
		rows = [][]docxCell{{{words: o.Title, style: styleGroup}}}
		for _, line := range o.Lines {
			rows = append(rows, []docxCell{{words: line, style: styleCell}})
		}
		d.paragraphs(styleNote, "")
		d.table(part(100), rows)
	}
	d.paragraphs(styleNote, "")
	d.table(part(100), [][]docxCell{{{words: l.Told, style: styleGroup}}, {{words: "\n\n", style: styleCell}}})
	rows = [][]docxCell{{}}
	for _, h := range l.SignHead {
		rows[0] = append(rows[0], docxCell{words: h, style: styleHead})
	}
	for _, s := range l.Signs {
		rows = append(rows, []docxCell{{words: s, style: styleMiddle}, {words: "\n", style: styleCell}, {words: "", style: styleCell}})
	}
	d.paragraphs(styleNote, "")
	d.table(part(20, 50, 30), rows)
	return d.bytes()
}
