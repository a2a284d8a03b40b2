package plan

import (
	"strings"

	"luoshi/document"
)

// Columns says what the columns of a table hold, from its first column on.
type Columns []Column

// Column is what a column of a task table holds.
type Column string

const (
	NoColumn          Column = ""            // not read
	NumberColumn      Column = "number"      // 序号
	GroupColumn       Column = "group"       // 类别
	TaskColumn        Column = "task"        // 任务
	MeasureColumn     Column = "measure"     // 措施
	TargetColumn      Column = "target"      // 目标
	LeadColumn        Column = "lead"        // 牵头单位
	CooperatingColumn Column = "cooperating" // 配合单位
	ResponsibleColumn Column = "responsible" // 责任单位
	PersonColumn      Column = "person"      // 责任人
	DueColumn         Column = "due"         // 时限
)

// ColumnNames are the columns by the words that a person names them by: short in
// Chinese, and their own names in English.
var ColumnNames = []struct {
	Column  Column
	Chinese string
}{
	{NumberColumn, "序号"}, {GroupColumn, "类别"}, {TaskColumn, "任务"}, {MeasureColumn, "措施"}, {TargetColumn, "目标"}, {LeadColumn, "牵头"},
	{CooperatingColumn, "配合"}, {ResponsibleColumn, "责任单位"}, {PersonColumn, "责任人"}, {DueColumn, "时限"}, {NoColumn, "-"},
}

// ColumnNamed finds a column by one of its two names, with 单位 or without. NoColumn
// is named -.
func ColumnNamed(word string) (Column, bool) {
	const unit = "单位"
	for _, n := range ColumnNames {
		if word != "" && (strings.TrimSuffix(word, unit) == strings.TrimSuffix(n.Chinese, unit) || word == string(n.Column)) {
			return n.Column, true
		}
	}
	return NoColumn, false
}

// columnWords are what the heads of columns say, the more telling first.
var columnWords = []struct {
	column Column
	words  []string
}{
	{NoColumn, []string{"开工", "进展", "情况", "是否", "备注", "填报", "更新", "联系电话"}},
	{NumberColumn, []string{"序号", "编号", "项次", "№"}},
	{PersonColumn, []string{"责任人", "责任领导", "分管领导", "牵头领导", "牵头市领导", "牵头县领导", "包保领导", "联系领导", "负责人"}},
	{CooperatingColumn, []string{"配合", "协办", "协同", "参与", "协助", "参加"}},
	{LeadColumn, []string{"牵头", "主办", "主责", "第一责任单位"}},
	{ResponsibleColumn, []string{"责任单位", "责任部门", "责任科室", "责任处室", "责任主体", "承办", "负责单位", "实施单位", "责任股室", "落实单位", "承担单位", "责任乡镇", "业主单位", "建设单位", "实施主体"}},
	{DueColumn, []string{"时限", "时间", "期限", "进度", "节点", "完成日期"}},
	{TargetColumn, []string{"指标", "目标", "任务数", "任务量", "数量", "成效"}},
	{MeasureColumn, []string{"措施", "举措", "具体内容", "工作内容", "主要内容", "建设内容", "具体任务", "工作要求", "路径", "具体工作", "内容"}},
	{TaskColumn, []string{"任务", "事项", "项目", "工作", "要点"}},
	{GroupColumn, []string{"类别", "分类", "领域", "板块", "类型"}},
}

func (c Columns) at(column Column) int {
	for i, x := range c {
		if x == column {
			return i
		}
	}
	return -1
}

// mostHeadRows is how many rows from the top may hold the title and the heads.
const mostHeadRows = 6

// headRows finds the heads of the columns, which may stand in two rows, and the
// first row below them. Without heads it gives nil and 0.
func headRows(v *document.View, t document.Table) (heads []string, first int) {
	best, at := 1, -1
	for i := 0; i < min(len(t.Rows), mostHeadRows); i++ {
		if n := tellingHeads(v, t.Rows[i]); n > best {
			best, at = n, i
		}
	}
	if at < 0 {
		return nil, 0
	}
	top, last := at, at
	if at > 0 && sharesHead(v, t.Rows[at-1], t.Rows[at]) {
		top = at - 1
	}
	if at+1 < len(t.Rows) && sharesHead(v, t.Rows[at], t.Rows[at+1]) {
		last = at + 1
	}
	heads = make([]string, tableWidth(t))
	for c := range heads {
		var parts []string
		for i := top; i <= last; i++ {
			if c >= len(t.Rows[i]) {
				continue
			}
			words := cellWords(v, t.Rows[i][c])
			if words != "" && (len(parts) == 0 || parts[len(parts)-1] != words) {
				parts = append(parts, words)
			}
		}
		heads[c] = strings.Join(parts, " ")
	}
	return heads, last + 1
}

// longestHead is the longest head of a column in runes; longer words are contents.
const longestHead = 16

// tellingHeads counts the different columns that the cells of a row could head.
func tellingHeads(v *document.View, row []document.Cell) int {
	seen := map[Column]bool{}
	for _, c := range row {
		words := cellWords(v, c)
		if len([]rune(words)) > longestHead {
			continue
		}
		if column := columnFor(words); column != NoColumn {
			seen[column] = true
		}
	}
	return len(seen)
}

// sharesHead reports that two rows make one head: a cell of the upper one spans
// several columns, or reaches down into the lower one.
func sharesHead(v *document.View, upper, lower []document.Cell) bool {
	if parts(v, upper, lower) {
		return true
	}
	down, across := false, false
	for c := range min(len(upper), len(lower)) {
		down = down || !upper[c].Empty() && upper[c] == lower[c]
		across = across || c > 0 && !upper[c].Empty() && upper[c] == upper[c-1] && lower[c] != lower[c-1] && !lower[c].Empty()
	}
	return down && across || down && !allSame(upper)
}

// parts reports a lower row that parts heads of the upper one where merging was
// lost, as in pasted text: some heads, and nothing below the heads that it leaves.
func parts(v *document.View, upper, lower []document.Cell) bool {
	telling, below := 0, 0
	for c := range min(len(upper), len(lower)) {
		words := cellWords(v, lower[c])
		switch {
		case words == "":
			if columnFor(cellWords(v, upper[c])) != NoColumn {
				below++
			}
		case len([]rune(words)) <= longestHead && columnFor(words) != NoColumn && columnFor(cellWords(v, upper[c])) != columnFor(words):
			telling++
		default:
			return false
		}
	}
	return telling > 0 && below > 0
}

func allSame(row []document.Cell) bool {
	for _, c := range row {
		if c != row[0] {
			return false
		}
	}
	return true
}

// cellWords are the words of a cell in the signs of matching.
func cellWords(v *document.View, c document.Cell) string {
	from, to := v.Find(c.Place)
	return strings.Join(strings.Fields(string(v.Runes[from:to])), "")
}

// columnFor is what a head says that its column holds.
func columnFor(head string) Column {
	if head == "序" || strings.EqualFold(head, "no") || strings.EqualFold(head, "no.") {
		return NumberColumn
	}
	for _, w := range columnWords {
		for _, word := range w.words {
			if strings.Contains(head, word) {
				return w.column
			}
		}
	}
	return NoColumn
}

// guessColumns takes each column for what its head says; of two that say the same
// the first is taken, save for units, of which there may be several columns.
func guessColumns(heads []string) Columns {
	out := make(Columns, len(heads))
	taken := map[Column]bool{}
	for c, head := range heads {
		lower := head[strings.LastIndex(head, " ")+1:]
		column := columnFor(lower)
		if column == NoColumn {
			column = columnFor(head)
		}
		switch column {
		case NumberColumn, TaskColumn, GroupColumn:
			if taken[column] {
				continue
			}
		}
		out[c], taken[column] = column, true
	}
	if !taken[TaskColumn] { // 目标任务 or 工作内容 alone is the task
		for _, other := range []Column{MeasureColumn, TargetColumn} {
			if c := out.at(other); c >= 0 {
				out[c] = TaskColumn
				break
			}
		}
	}
	return out
}
