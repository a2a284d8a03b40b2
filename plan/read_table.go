package plan

import (
	"regexp"
	"sort"
	"strconv"
	"strings"

	"luoshi/document"
)

// ReadTable says of a table that was found how it was read.
type ReadTable struct {
	Sheet   string        `json:"sheet"`
	Heads   []string      `json:"heads"`   // what stands above each column
	Columns Columns       `json:"columns"` // what each column was taken for; "" is not read
	Rows    int           `json:"rows"`    // tasks that were found
	Span    document.Span `json:"span"`
}

// tableTask is a row of a task table, or several that share one task.
type tableTask struct {
	heading document.Heading
	rows    [][]document.Cell
	group   bool // only a heading of the rows below
}

// readTables reads the task tables of a file into items. A table in which no
// column holds tasks is no task table.
func (r *reader) readTables(tables []document.Table, columns []Columns) {
	for k, t := range tables {
		heads, first := headRows(r.view, t)
		if heads == nil {
			heads = make([]string, tableWidth(t))
		}
		found := guessColumns(heads)
		found.regroup(t, first)
		if k < len(columns) && columns[k] != nil {
			found = columns[k]
		}
		out := ReadTable{Sheet: t.Sheet, Heads: heads, Columns: found, Span: document.At(t.Place.Start, t.Place.End)}
		if found.at(TaskColumn) >= 0 || found.at(MeasureColumn) >= 0 {
			tasks := r.tasksOf(t, found, first)
			for _, task := range tasks {
				if !task.group {
					out.Rows++
				}
			}
			r.addTasks(tasks, found)
		}
		r.out.Tables = append(r.out.Tables, out)
	}
}

func tableWidth(t document.Table) int {
	n := 0
	for _, row := range t.Rows {
		n = max(n, len(row))
	}
	return n
}

// regroup takes a column of tasks for one of groups where its cells are merged over
// rows that have numbers of their own, and the measures beside it for the tasks.
func (c Columns) regroup(t document.Table, first int) {
	number, task, measure := c.at(NumberColumn), c.at(TaskColumn), c.at(MeasureColumn)
	if number < 0 || task < 0 || measure < 0 || c.at(GroupColumn) >= 0 {
		return
	}
	merged := 0
	for i := first + 1; i < len(t.Rows); i++ {
		row, above := t.Rows[i], t.Rows[i-1]
		if len(row) <= max(number, task) || len(above) <= max(number, task) || row[task].Empty() || row[task] != above[task] {
			continue
		}
		if row[number] == above[number] || row[number].Empty() {
			return
		}
		merged++
	}
	if merged > 0 {
		c[task], c[measure] = GroupColumn, TaskColumn
	}
}

// tableNote begins a row below the tasks that says something of the table: the notes
// of a 任务分解表 that this program wrote among them.
var tableNote = regexp.MustCompile(`^(?:填表说明|说明|备注|注|关于整个方案的疑问|表号)\s*[：:]`)

// tasksOf gathers the rows of a table into tasks: rows of one merged number or
// task are one, and a row that is a single cell heads the rows below it.
func (r *reader) tasksOf(t document.Table, columns Columns, first int) []tableTask {
	var out []tableTask
	key := columns.at(TaskColumn)
	if key < 0 {
		key = columns.at(MeasureColumn)
	}
	number, group := columns.at(NumberColumn), columns.at(GroupColumn)
	groupWords := ""
	for i := first; i < len(t.Rows); i++ {
		row := t.Rows[i]
		if len(row) == 0 || key >= len(row) {
			continue
		}
		lone := loneCell(row)
		if lone >= 0 && tableNote.MatchString(cellWords(r.view, row[lone])) {
			continue
		}
		if lone >= 0 && len(row) > 1 && !r.wordless(row[lone]) {
			out = append(out, tableTask{rows: [][]document.Cell{row[lone : lone+1]}, group: true})
			continue
		}
		if r.wordless(row[key]) {
			continue
		}
		if group >= 0 && group < len(row) && !r.wordless(row[group]) && cellWords(r.view, row[group]) != groupWords {
			groupWords = cellWords(r.view, row[group])
			out = append(out, tableTask{rows: [][]document.Cell{row[group : group+1]}, group: true})
		}
		if n := len(out); n > 0 && !out[n-1].group {
			before := out[n-1].rows[len(out[n-1].rows)-1]
			if before[key] == row[key] || number >= 0 && number < len(row) && !row[number].Empty() && before[number] == row[number] {
				out[n-1].rows = append(out[n-1].rows, row)
				continue
			}
		}
		out = append(out, tableTask{rows: [][]document.Cell{row}})
	}
	places := [2]int{}
	for k := range out {
		kind := 0
		if out[k].group {
			kind = 1
		}
		places[kind]++
		out[k].heading = r.headingOf(out[k], columns, key)
		if out[k].heading.Number == "" {
			out[k].heading.Number = strconv.Itoa(places[kind])
		}
	}
	return out
}

// wordless reports a cell in which nothing stands that is read.
func (r *reader) wordless(c document.Cell) bool {
	from, to := r.view.Find(c.Place)
	return from >= to
}

// loneCell is the index of the only cell of a row that holds words, or -1.
func loneCell(row []document.Cell) int {
	at := -1
	for c := range row {
		if row[c].Empty() || at >= 0 && row[c] == row[at] {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = c
	}
	return at
}

// headingOf makes the item of a task: its number is what the table gives, else
// what the words begin with.
func (r *reader) headingOf(t tableTask, columns Columns, key int) document.Heading {
	cell := t.rows[0][0]
	if !t.group {
		cell = t.rows[0][key]
	}
	h := r.view.HeadingAt(r.view.Find(cell.Place))
	if n := columns.at(NumberColumn); !t.group && n >= 0 && n < len(t.rows[0]) && !t.rows[0][n].Empty() {
		h.Number = strings.Trim(r.view.Words(r.view.Find(t.rows[0][n].Place)), "、.．()（） \n")
	}
	h.From, h.To = r.rowEdges(t.rows, columns)
	return h
}

// rowEdges is where the own words of rows begin and end in the view, without
// cells that reach down from rows above and the cell of the group.
func (r *reader) rowEdges(rows [][]document.Cell, columns Columns) (from, to int) {
	from = -1
	for _, row := range rows {
		own := 0
		for _, c := range row {
			own = max(own, c.Row)
		}
		for k, c := range row {
			if c.Empty() || c.Row < own || len(row) > 1 && k < len(columns) && columns[k] == GroupColumn {
				continue
			}
			a, b := r.view.Find(c.Place)
			if from < 0 || a < from {
				from = a
			}
			to = max(to, b)
		}
	}
	return max(from, 0), to
}

// addTasks puts the tasks among the items, below the group and the numbered
// paragraph that they stand under, and notes what their columns say.
func (r *reader) addTasks(tasks []tableTask, columns Columns) {
	if len(tasks) == 0 {
		return
	}
	at := sort.Search(len(r.items), func(k int) bool { return r.items[k].From > tasks[0].heading.From })
	under := -1
	if at > 0 && r.items[at-1].To > tasks[0].heading.From {
		under = at - 1
		r.items[under].To = tasks[0].heading.From
	}
	made := make([]document.Heading, 0, len(tasks))
	group := -1 // among made
	for _, t := range tasks {
		h := t.heading
		h.Level, h.Path = 1, h.Number
		parent := -1
		switch {
		case !t.group && group >= 0:
			parent = at + group
			h.Level, h.Path = made[group].Level+1, made[group].Path+"/"+h.Number
		case under >= 0:
			parent = under
			h.Level, h.Path = r.items[under].Level+1, r.items[under].Path+"/"+h.Number
		}
		h.Ordinal, h.Parent = at+len(made)+1, parent+1
		if t.group {
			group = len(made)
		}
		made = append(made, h)
		r.noteCells(t, columns, h.Ordinal)
	}
	n := len(made)
	for k := at; k < len(r.items); k++ {
		r.items[k].Ordinal += n
		if r.items[k].Parent > at {
			r.items[k].Parent += n
		}
	}
	r.items = append(r.items[:at], append(made, r.items[at:]...)...)
	for k := range made {
		if k+1 < n {
			r.items[at+k].To = max(r.items[at+k].From, r.items[at+k+1].From)
		}
		r.items[at+k].Span = r.view.Span(r.items[at+k].From, r.items[at+k].To)
	}
	if under >= 0 {
		r.items[under].Span = r.view.Span(r.items[under].From, r.items[under].To)
	}
}

// tableTitle is the line above the heads of the first table, or the name of its sheet.
func (r *reader) tableTitle(tables []document.Table) string {
	for _, t := range tables {
		_, first := headRows(r.view, t)
		for i := 0; i < min(first, len(t.Rows)); i++ {
			if c := loneCell(t.Rows[i]); c >= 0 {
				from, to := r.view.Find(t.Rows[i][c].Place)
				return strings.Join(strings.Fields(r.view.Words(from, to)), "")
			}
		}
		if t.Sheet != "" && !strings.HasPrefix(strings.ToLower(t.Sheet), "sheet") {
			return t.Sheet
		}
	}
	return ""
}
