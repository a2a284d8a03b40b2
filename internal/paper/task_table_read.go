package paper

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/text"
	"luoshi/plan"
)

var (
	errNoTable = fault.New(fault.Invalid, "这里面没有认出任务分解表：找不到写着“序号”“任务”的表头。请从复核页导出一张，在那一张上改。")
	errNoHeads = fault.New(fault.Invalid, "粘贴的格子没有表头，每行的格数也和您选的列对不上。请连表头一起复制，再粘贴。")
	errNoKey   = fault.New(fault.Invalid, "表里既没有“任务”列，也没有“编号”列，认不出哪一行是哪一条。请带上其中一列。")
)

// mostHeadRows is how many rows from the top may hold the title and the heads.
const mostHeadRows = 10

var (
	tableNumber = regexp.MustCompile(`([0-9A-HJKMNP-TV-Z]{13})-T([0-9]{1,12})`)
	rowKey      = regexp.MustCompile(`^([0-9A-HJKMNP-TV-Z]{13})-([0-9]{1,12})$`)
)

// ReadTaskTable finds in a file that was read the 任务分解表 that this program wrote
// and somebody edited, whichever of its columns are left and however they are ordered.
func ReadTaskTable(s document.Source) (plan.EditedTable, error) {
	words := []rune(s.Text)
	e := plan.EditedTable{Step: plan.UnknownStep, Whole: true}
	if m := tableNumber.FindStringSubmatch(s.Text); m != nil {
		e.Plan, _ = id.Of[id.Plan](m[1])
		e.Step, _ = strconv.ParseInt(m[2], 10, 64)
	}
	best := 0
	var table document.Table
	head := 0
	for _, t := range s.Tables {
		for r := range t.Rows[:min(len(t.Rows), mostHeadRows)] {
			if n := len(knownHeads(rowWords(t.Rows[r], words))); n > best {
				best, table, head = n, t, r
			}
		}
	}
	if best < 2 {
		return e, errNoTable
	}
	var rows [][]string
	var at []int
	for r := head + 1; r < len(table.Rows); r++ {
		if cells, ok := taskRow(table.Rows[r], r, table, words); ok {
			rows, at = append(rows, cells), append(at, ownRow(table.Rows[r]))
		}
	}
	err := fill(&e, rowWords(table.Rows[head], words), rows, at)
	return e, err
}

// ownRow is the number of a row in its file: where any of its own cells stand.
func ownRow(row []document.Cell) int {
	n := 0
	for _, c := range row {
		n = max(n, c.Row)
	}
	return n
}

// taskRow gives the words of a row, if it is one of tasks: no heading over all columns,
// and no going on of the row above it.
func taskRow(row []document.Cell, at int, t document.Table, words []rune) ([]string, bool) {
	if len(row) > 1 && row[0].Place == row[1].Place {
		return nil, false
	}
	for _, c := range row {
		goesOn := at > 0 && slices.ContainsFunc(t.Rows[at-1], func(above document.Cell) bool { return above.Place == c.Place })
		if !c.Empty() && !goesOn {
			return rowWords(row, words), true
		}
	}
	return nil, false
}

func rowWords(row []document.Cell, words []rune) []string {
	out := make([]string, len(row))
	for k, c := range row {
		cell := string(words[c.Place.Start:c.Place.End])
		if from, to := c.Place.Start-1, c.Place.End; from >= 0 && words[from] == '"' && to < len(words) && words[to] == '"' {
			cell = strings.ReplaceAll(cell, `""`, `"`) // of a CSV
		}
		out[k] = plan.CellWords(cell)
	}
	return out
}

// headOf finds the column that a head stands above, in either language.
func headOf(words string) (plan.Column, bool) {
	tight := func(s string) string {
		return strings.ToLower(strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, s))
	}
	for _, f := range columnForms {
		if w := tight(words); w != "" && (w == tight(f.Name) || w == tight(text.Say(text.English, f.Name))) {
			return f.column, true
		}
	}
	return plan.NoColumn, false
}

func knownHeads(heads []string) map[int]plan.Column {
	out := map[int]plan.Column{}
	for k, words := range heads {
		if c, known := headOf(words); known {
			out[k] = c
		}
	}
	return out
}

// fill puts the rows below heads into the table; at are their numbers.
func fill(e *plan.EditedTable, heads []string, rows [][]string, at []int) error {
	places := map[plan.Column]int{}
	for k, words := range heads {
		c, known := headOf(words)
		switch {
		case !known && words != "":
			e.Strange = append(e.Strange, words)
		case known && !slices.Contains(e.Columns, c):
			e.Columns = append(e.Columns, c)
			places[c] = k
		}
	}
	if !slices.Contains(e.Columns, plan.TaskColumn) && !slices.Contains(e.Columns, plan.KeyColumn) {
		return errNoKey
	}
	for k, cells := range rows {
		row := plan.EditedRow{At: at[k], Step: plan.UnknownStep, Cells: map[plan.Column]string{}}
		own := 0
		for c, place := range places {
			if place >= len(cells) {
				continue
			}
			if c == plan.KeyColumn {
				if m := rowKey.FindStringSubmatch(cells[place]); m != nil {
					row.Item, _ = id.Of[id.Item](m[1])
					row.Step, _ = strconv.ParseInt(m[2], 10, 64)
				}
				continue
			}
			row.Cells[c] = cells[place]
			if c != plan.NumberColumn && cells[place] != "" {
				own++
			}
		}
		// Headings and notes whose merging was lost stand in the first column alone.
		if row.Item != 0 || own > 0 && !(own == 1 && row.Cells[plan.TaskColumn] == "") {
			e.Rows = append(e.Rows, row)
		}
	}
	return nil
}

// PastedTaskTable reads cells that were copied from a spreadsheet: tabs between
// them, those with line breaks in quotation marks. Without heads the columns are
// those that are shown.
func PastedTaskTable(pasted string, shown []plan.Column) (plan.EditedTable, error) {
	e := plan.EditedTable{Step: plan.UnknownStep}
	rows := separated(pasted)
	if len(rows) == 0 {
		return e, errNoTable
	}
	for r := range rows[:min(len(rows), mostHeadRows)] {
		if len(knownHeads(rows[r])) >= 2 {
			return e, fill(&e, rows[r], rows[r+1:], numbersFrom(r+2, len(rows)-r-1))
		}
	}
	var heads []string
	for _, c := range shown {
		heads = append(heads, ColumnHead(text.Chinese, c))
	}
	if !slices.Contains(shown, plan.KeyColumn) {
		heads = append(heads, ColumnHead(text.Chinese, plan.KeyColumn)) // hidden, but copied along
	}
	most := 0
	for _, cells := range rows {
		most = max(most, len(cells))
	}
	if most != len(heads) && most != len(shown) {
		return e, errNoHeads
	}
	return e, fill(&e, heads[:most], rows, numbersFrom(1, len(rows)))
}

func numbersFrom(first, n int) []int {
	out := make([]int, n)
	for k := range out {
		out[k] = first + k
	}
	return out
}

// separated parts pasted rows and cells. A cell in quotation marks may hold tabs and
// line breaks; two marks in it are one.
func separated(pasted string) (rows [][]string) {
	pasted = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(pasted)
	var row []string
	for rest := pasted; rest != ""; {
		cell, after, quoted := quotedCell(rest)
		if !quoted {
			end := strings.IndexAny(rest, "\t\n")
			if end < 0 {
				end = len(rest)
			}
			cell, after = rest[:end], rest[end:]
		}
		row = append(row, plan.CellWords(cell))
		switch {
		case strings.HasPrefix(after, "\t"):
			if rest = after[1:]; rest == "" {
				row = append(row, "")
			}
			continue
		case strings.HasPrefix(after, "\n"):
			after = after[1:]
		}
		if slices.ContainsFunc(row, func(s string) bool { return s != "" }) {
			rows = append(rows, row)
		}
		row, rest = nil, after
	}
	if slices.ContainsFunc(row, func(s string) bool { return s != "" }) {
		rows = append(rows, row)
	}
	return rows
}

// quotedCell reads a cell that begins with a quotation mark, if one ends it before a
// tab or a line end.
func quotedCell(s string) (cell, after string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		return "", "", false
	}
	for i := 1; i < len(s); i++ {
		if s[i] != '"' {
			continue
		}
		if i+1 < len(s) && s[i+1] == '"' {
			i++
			continue
		}
		if i+1 == len(s) || s[i+1] == '\t' || s[i+1] == '\n' {
			return strings.ReplaceAll(s[1:i], `""`, `"`), s[i+1:], true
		}
		return "", "", false
	}
	return "", "", false
}
