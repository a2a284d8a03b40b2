package paper

import (
	"luoshi/internal/text"
	"luoshi/plan"
)

// TaskTableDocx is the 任务分解表 as a document of Word on A4 lying. The heads of
// its columns are in the reader's language, its cells are the plan's.
func TaskTableDocx(lang text.Lang, t plan.TaskTable) ([]byte, error) {
	lines := taskLines(t)
	columns := fitted(taskColumns(lang, t.Shown()), lines)
	d := docx{page: tablePage, title: taskTitle(lang, t)}
	d.paragraphs(styleTitle, d.title)
	rows := [][]docxCell{{}}
	for _, c := range columns {
		rows[0] = append(rows[0], docxCell{words: c.head, style: styleHead})
	}
	for _, line := range lines {
		rows = append(rows, docxRow(line, columns))
	}
	d.table(columnTwips(columns, d.page.TextWidth()), rows)
	for _, note := range taskNotes(lang, t) {
		d.paragraphs(styleNote, note)
	}
	return d.bytes()
}

func docxRow(line taskLine, columns []taskColumn) []docxCell {
	if line.cells == nil {
		s := styleGroup
		if line.level > 0 {
			s = styleSubgroup
		}
		return []docxCell{{words: line.heading, style: s, columns: len(columns)}}
	}
	var row []docxCell
	for i, c := range columns {
		s := styleCell
		if c.middle {
			s = styleMiddle
		}
		row = append(row, docxCell{words: line.cells[i], style: s})
	}
	return row
}

// columnTwips shares a width out to columns; the last takes what rounding leaves.
func columnTwips(columns []taskColumn, width int) []int {
	all := 0
	for _, c := range columns {
		all += c.width
	}
	out, left := make([]int, len(columns)), width
	for i, c := range columns[:len(columns)-1] {
		out[i] = width * c.width / all
		left -= out[i]
	}
	out[len(out)-1] = left
	return out
}
