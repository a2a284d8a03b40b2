package paper

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"luoshi/id"
	"luoshi/internal/text"

	"github.com/xuri/excelize/v2"
)

// SummaryTable is the 汇总表 of a period, in the words in which it is printed.
type SummaryTable struct {
	Title string
	Name  string // of the sheet
	Heads [len(summaryWidths)]string
	Parts []SummaryTablePart
	Notes []string
}

// SummaryTablePart are the rows below a heading; of a plan without any it is empty.
type SummaryTablePart struct {
	Heading string
	Rows    []SummaryTableRow
}

// SummaryTableRow is one item.
type SummaryTableRow struct {
	Cells [len(summaryWidths)]string   // with all its units
	Units [][len(summaryWidths)]string // unit by unit, where there are several

	Item    id.Item // whose figures they are
	Figures string  // what was counted of the item; it stands below its title
}

// titled are the cells of a row with what was counted below the title.
func (r SummaryTableRow) titled() [len(summaryWidths)]string {
	if r.Figures != "" {
		r.Cells[1] += "\n" + r.Figures
	}
	return r.Cells
}

// summaryCommon are the columns in which the units of an item have the same: 序号 任务 哪一期 时限.
var summaryCommon = []int{0, 1, 3, 9}

// summaryWidths are the columns in millimetres, together as wide as the text of tablePage:
// 序号 任务 单位 哪一期 进展 办了什么 下一步 困难和需要 未报 时限.
var summaryWidths = [10]struct {
	width, least int
	middle       bool
}{{11, 11, true}, {30, 24, false}, {28, 28, false}, {18, 18, true}, {20, 16, true}, {48, 30, false}, {30, 22, false}, {30, 22, false}, {22, 20, false}, {20, 20, true}}

func (t SummaryTable) columns(lang text.Lang) []taskColumn {
	out := make([]taskColumn, len(summaryWidths))
	for i, w := range summaryWidths {
		out[i] = taskColumn{head: t.Heads[i], width: w.width, least: w.least, middle: w.middle}
	}
	return fitted(out, t.lines())
}

func (t SummaryTable) lines() (out []taskLine) {
	for _, p := range t.Parts {
		if p.Heading != "" {
			out = append(out, taskLine{heading: printable(p.Heading)})
		}
		for _, r := range p.Rows {
			units, common := r.Units, r.titled()
			if len(units) < 2 {
				units = [][len(summaryWidths)]string{common}
			}
			for k, u := range units { // a high row of all of them would leave half a page empty
				cells := make([]string, len(u))
				for i, w := range u {
					if slices.Contains(summaryCommon, i) {
						if w = common[i]; k > 0 {
							w = ""
						}
					}
					cells[i] = printable(w)
				}
				out = append(out, taskLine{cells: cells, within: k > 0})
			}
		}
	}
	return out
}

// SummaryXLSX is the 汇总表 as a workbook with one sheet that prints on A4 lying, its
// heads on every page. Every cell is text, as in TaskTableXLSX.
func SummaryXLSX(lang text.Lang, t SummaryTable) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close() // it holds temporary files, which its end removes
	if err := f.SetSheetName("Sheet1", t.Name); err != nil {
		return nil, err
	}
	if err := layOut(f, t.Name, printable(t.Title), text.Say(lang, "第 &P 页，共 &N 页")); err != nil {
		return nil, fmt.Errorf("lay out the sheet: %w", err)
	}
	styles, err := sheetStyles(f)
	if err != nil {
		return nil, fmt.Errorf("make the styles: %w", err)
	}
	stream, err := f.NewStreamWriter(t.Name)
	if err != nil {
		return nil, err
	}
	s := sheet{stream: stream, columns: t.columns(lang), styles: styles, common: summaryCommon}
	if err := s.write(printable(t.Title), t.lines(), t.notes()); err != nil {
		return nil, fmt.Errorf("write the rows: %w", err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (t SummaryTable) notes() (out []string) {
	for _, n := range t.Notes {
		out = append(out, printable(n))
	}
	return out
}

// SummaryReport is the 月报 in the words in which it is printed.
type SummaryReport struct {
	Title  string
	Number string // 〔2012〕第3期 and the period, below the title
	Intro  []string
	Parts  []SummaryReportPart
	Annex  string // 附件：…
	Signed []string
	Table  SummaryTable
	Beside [2]string // what stands above the table: 附件, and its own title
}

// SummaryReportPart is what stands below a heading of the first level.
type SummaryReportPart struct {
	Heading string
	Items   []SummaryReportItem
}

// SummaryReportItem is a heading of the second level, or none, with its paragraphs.
type SummaryReportItem struct {
	Heading string
	Words   []string
}

// officialPage is A4 standing with the margins of GB/T 9704-2012, 5.2: the text is 156 by 225 millimetres.
var officialPage = Page{Width: 11906, Height: 16838, Top: twips(37), Right: twips(26), Bottom: twips(35), Left: twips(28), Footer: twips(22)}

// SummaryDocx is the 月报 as a document of Word in the layout of GB/T 9704-2012, without
// a red head; its table stands on pages lying behind it.
func SummaryDocx(lang text.Lang, r SummaryReport) ([]byte, error) {
	d := docx{page: officialPage, title: printable(strings.ReplaceAll(r.Title, "\n", ""))}
	d.heading(styleTitle, printable(r.Title))
	d.paragraphs(styleLetterMiddle, printable(r.Number))
	d.paragraphs(styleLetterText, "")
	for _, p := range r.Intro {
		d.paragraphs(styleLetterText, printable(p))
	}
	for k, p := range r.Parts {
		d.paragraphs(styleLetterHead, printable(p.Heading))
		for j, i := range p.Items {
			if i.Heading != "" {
				d.paragraphs(styleLetterSubhead, printable(i.Heading))
			}
			for n, w := range i.Words {
				as := styleLetterText
				if k == len(r.Parts)-1 && j == len(p.Items)-1 && n == len(i.Words)-1 { // no signature stands alone on a page
					as = styleLetterLast
				}
				d.paragraphs(as, printable(w))
			}
		}
	}
	if r.Annex != "" { // 7.3.4: a line below the text
		d.paragraphs(styleLetterLast, "")
		d.paragraphs(styleLetterLast, printable(r.Annex))
	}
	d.paragraphs(styleLetterLast, "")
	for _, s := range r.Signed {
		d.paragraphs(styleLetterSign, printable(s))
	}
	d.turn(tablePage)
	d.paragraphs(styleLetterAnnex, printable(r.Beside[0]))
	d.heading(styleTitle, printable(r.Beside[1]))
	columns := r.Table.columns(lang)
	rows := [][]docxCell{{}}
	for _, c := range columns {
		rows[0] = append(rows[0], docxCell{words: c.head, style: styleHead})
	}
	lines := r.Table.lines()
	for k, line := range lines {
		row := docxRow(line, columns)
		for _, i := range summaryCommon {
			switch {
			case line.cells == nil:
			case line.within:
				row[i].down = continues
			case k+1 < len(lines) && lines[k+1].within:
				row[i].down = begins
			}
		}
		rows = append(rows, row)
	}
	d.table(columnTwips(columns, d.page.TextWidth()), rows)
	for _, n := range r.Table.notes() {
		d.paragraphs(styleNote, n)
	}
	return d.bytes()
}
