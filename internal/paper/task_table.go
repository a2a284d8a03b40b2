package paper

import (
	"strconv"
	"strings"
	"unicode"

	"luoshi/document"
	"luoshi/internal/text"
	"luoshi/plan"
)

// taskColumn is a column of the 任务分解表. Widths are in millimetres; together the
// columns are as wide as the text of tablePage.
type taskColumn struct {
	head         string
	width, least int
	middle       bool // its words stand in the middle
}

func taskColumns(lang text.Lang) []taskColumn {
	columns := []taskColumn{
		{text.Say(lang, "序号"), 11, 11, true},
		{text.Say(lang, "任务"), 31, 24, false},
		{text.Say(lang, "措施"), 62, 40, false},
		{text.Say(lang, "目标"), 43, 22, false},
		{text.Say(lang, "牵头单位"), 20, 20, false},
		{text.Say(lang, "配合单位"), 20, 20, false},
		{text.Say(lang, "责任单位、责任人"), 22, 22, false},
		{text.Say(lang, "时限"), 23, 22, true},
		{text.Say(lang, "疑问"), 25, 20, false},
	}
	if lang == text.English { // a word of letters is not broken: the measures make room for it
		for i := range columns {
			c := &columns[i]
			for _, word := range strings.Fields(c.head) {
				c.least = max(c.least, widthFor(halvesOf(word), bodySize))
			}
			columns[2].width -= max(0, c.least-c.width)
			c.width = max(c.width, c.least)
		}
	}
	return columns
}

// taskLine is a row of the table: a heading over all columns, or cells.
type taskLine struct {
	heading string
	level   int // of the heading, from 0
	cells   []string
}

// taskLines are the rows below the head. A heading stands before the first row
// that it holds, and again where the rows come back to it from one below it.
func taskLines(t plan.TaskTable) []taskLine {
	var out []taskLine
	var above []string
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
		out = append(out, taskLine{cells: taskCells(task)})
	}
	return out
}

func taskCells(t plan.Task) []string {
	cells := []string{strconv.Itoa(t.Number), t.Title, t.Measures, strings.Join(t.Targets, "\n"), strings.Join(t.Lead, "、"),
		strings.Join(t.Cooperating, "、"), strings.Join(t.Responsible, "、"), strings.Join(t.Limits, "\n"), numbered(t.Questions)}
	for i := range cells {
		cells[i] = printable(cells[i])
	}
	return cells
}

// numbered are sentences, each on a line, with numbers where there are several.
func numbered(sentences []string) string {
	if len(sentences) == 1 {
		return sentences[0]
	}
	var out strings.Builder
	for i, s := range sentences {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(strconv.Itoa(i+1) + "." + s)
	}
	return out.String()
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
		notes = append(notes, text.Say(lang, "关于整个方案的疑问：")+"\n"+printable(numbered(t.Questions)))
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
