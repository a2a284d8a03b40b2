package paper

import (
	"strings"
	"unicode"

	"luoshi/document"
	"luoshi/internal/text"
	"luoshi/plan"
)

// taskColumn is a column of the 任务分解表. Widths are in millimetres; together the
// columns are as wide as the text of tablePage.
type taskColumn struct {
	column       plan.Column
	head         string
	width, least int
	middle       bool // its words stand in the middle
}

// columnForms are the columns that a table may have: what stands above each, how wide
// it is beside the others, and how wide at least.
var columnForms = []struct {
	column       plan.Column
	Name         string
	width, least int
	middle       bool
}{
	{column: plan.NumberColumn, Name: "序号", width: 11, least: 11, middle: true},
	{column: plan.TaskColumn, Name: "任务", width: 31, least: 24},
	{column: plan.MeasureColumn, Name: "措施", width: 62, least: 40},
	{column: plan.TargetColumn, Name: "目标", width: 43, least: 22},
	{column: plan.LeadColumn, Name: "牵头单位", width: 20, least: 20},
	{column: plan.CooperatingColumn, Name: "配合单位", width: 20, least: 20},
	{column: plan.ResponsibleColumn, Name: "责任单位、责任人", width: 22, least: 22},
	{column: plan.DueColumn, Name: "时限", width: 23, least: 22, middle: true},
	{column: plan.QuestionColumn, Name: "疑问", width: 25, least: 20},
	{column: plan.GroupColumn, Name: "所在部分", width: 31, least: 24},
	{column: plan.PeriodColumn, Name: "多久报一次", width: 16, least: 14, middle: true},
	{column: plan.ProjectColumn, Name: "重点项目", width: 12, least: 12, middle: true},
	{column: plan.TagsColumn, Name: "专题", width: 20, least: 16},
	{column: plan.WordsColumn, Name: "原文", width: 62, least: 40},
	{column: plan.RemarkColumn, Name: "备注", width: 22, least: 18},
	{column: plan.KeyColumn, Name: "编号", width: 32, least: 32, middle: true},
}

// ColumnHead is what stands above a column.
func ColumnHead(lang text.Lang, c plan.Column) string {
	for _, f := range columnForms {
		if f.column == c {
			return text.Say(lang, f.Name)
		}
	}
	return ""
}

// taskColumns are the columns of a table as they are shown, together as wide as the
// text of the page as far as their words allow.
func taskColumns(lang text.Lang, shown []plan.Column) []taskColumn {
	var columns []taskColumn
	for _, c := range shown {
		for _, f := range columnForms {
			if f.column == c {
				columns = append(columns, taskColumn{c, ColumnHead(lang, c), f.width, f.least, f.middle})
			}
		}
	}
	all := 0
	for i := range columns {
		c := &columns[i]
		if lang == text.English { // a word of letters is not broken
			for word := range strings.FieldsSeq(c.head) {
				c.least = max(c.least, widthFor(halvesOf(word), bodySize))
			}
		}
		all += c.width
	}
	sum := 0
	for i := range columns {
		columns[i].width = max(columns[i].least, columns[i].width*tableWidth/max(all, 1))
		sum += columns[i].width
	}
	for ; sum != tableWidth && len(columns) > 0; sum += sign(tableWidth - sum) {
		k := roomiest(columns)
		if sum > tableWidth && columns[k].width <= columns[k].least {
			break // all are as narrow as they can be: the sheet is shrunk in printing
		}
		columns[k].width += sign(tableWidth - sum)
	}
	return columns
}

// tableWidth is the width of a table in millimetres: of the text of tablePage.
const tableWidth = 257

// roomiest is the column that is the widest beyond what it must be.
func roomiest(columns []taskColumn) int {
	most := 0
	for i, c := range columns {
		if c.width-c.least > columns[most].width-columns[most].least {
			most = i
		}
	}
	return most
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}

// taskLine is a row of the table: a heading over all columns, or cells.
type taskLine struct {
	heading string
	level   int // of the heading, from 0
	cells   []string
	key     string // by which the row is known when the table comes back
	within  bool   // it is a part of the row above: what both have in common stands there
}

// taskLines are the rows below the head. A heading stands before the first row
// that it holds, and again where the rows come back to it from one below it.
func taskLines(t plan.TaskTable) []taskLine {
	var out []taskLine
	var above []string
	shown := t.Shown()
	for _, task := range t.Tasks {
		same := 0
		for same < len(above) && same < len(task.Headings) && above[same] == task.Headings[same] {
			same++
		}
		if same == len(task.Headings) && same < len(above) {
			same--
		}
		for level := max(same, 0); level < len(task.Headings); level++ {
			out = append(out, taskLine{heading: printable(task.Headings[level]), level: level})
		}
		above = task.Headings
		out = append(out, taskLine{cells: taskCells(t, task, shown), key: t.Cell(task, plan.KeyColumn)})
	}
	return out
}

func taskCells(t plan.TaskTable, row plan.Task, shown []plan.Column) []string {
	cells := make([]string, len(shown))
	for i, c := range shown {
		cells[i] = printable(t.Cell(row, c))
	}
	return cells
}

func taskTitle(lang text.Lang, t plan.TaskTable) string {
	if t.Title == "" {
		return text.Say(lang, "任务分解表")
	}
	return printable(text.Say(lang, "%s任务分解表", t.Title))
}

// taskNotes stand below the table.
func taskNotes(lang text.Lang, t plan.TaskTable) []string {
	notes := []string{text.Say(lang, "说明：表里的话、数和日期都出自方案原文，空白的格方案里没有写。")}
	if len(t.Questions) > 0 {
		notes = append(notes, text.Say(lang, "关于整个方案的疑问：")+"\n"+printable(plan.Numbered(t.Questions)))
	}
	if t.Keyed() {
		notes = append(notes, text.Say(lang, "表号：%s（改好以后可以再导入程序）", t.TableNumber()))
	}
	return notes
}

// printable are words as they can stand in a file of XML: lines, and no other
// signs that steer.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == document.LineBreak:
			return '\n'
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r), r == '\ufffe', r == '\uffff':
			return -1
		}
		return r
	}, s)
}
