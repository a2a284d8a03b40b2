package plan

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
)

// EditedTable is a 任务分解表 as it comes back from a spreadsheet.
type EditedTable struct {
	Plan    id.Plan     `json:"plan,omitempty"`    // whose it says it is, or 0
	Step    int64       `json:"step"`              // the step of work that it says it was made of, or UnknownStep
	Columns []Column    `json:"columns"`           // that it has
	Rows    []EditedRow `json:"rows"`              // without heads, headings and notes
	Whole   bool        `json:"whole,omitempty"`   // it is a table and not some of its rows: what is missing was taken out
	Gone    []id.Item   `json:"gone,omitempty"`    // where it is not whole: rows that were missing when it was
	Strange []string    `json:"strange,omitempty"` // heads of columns that are none of ours
	Again   bool        `json:"again,omitempty"`   // it was compared before, and only what differed is left
}

// Differing is what is left of a table for comparing it again: the rows that differ.
func (e EditedTable) Differing(changes []TableChange) EditedTable {
	out := EditedTable{Plan: e.Plan, Step: e.Step, Columns: e.Columns, Strange: e.Strange, Again: true}
	for _, c := range changes {
		known := slices.ContainsFunc(out.Rows, func(r EditedRow) bool { return r.At == c.Row.At })
		switch {
		case c.Kind == RowMissing:
			out.Gone = append(out.Gone, c.Edit.Item)
		case !known:
			out.Rows = append(out.Rows, c.Row)
		}
	}
	return out
}

// UnknownStep stands for a table or a row that does not say of which step it was made.
const UnknownStep = -1

// EditedRow is a row of it.
type EditedRow struct {
	At    int               `json:"at"`             // its row in the file, from 1
	Item  id.Item           `json:"item,omitempty"` // 0 where it has no key
	Step  int64             `json:"step"`
	Cells map[Column]string `json:"cells"`
}

// TableState is a draft as it stands or stood, and the 任务分解表 that says it.
type TableState struct {
	Draft
	Table TaskTable
}

// TableState makes the table of a draft as of a step of work.
func (d Draft) TableState(source document.Source, columns []Columns, step int64) TableState {
	s := TableState{Draft: d, Table: DraftTasks(d, source, columns)}
	s.Table.Step = step
	return s
}

func (s TableState) row(i id.Item) (Task, bool) {
	k := slices.IndexFunc(s.Table.Tasks, func(t Task) bool { return t.Item == i })
	if i == 0 || k < 0 {
		return Task{}, false
	}
	return s.Table.Tasks[k], true
}

// TableChangeKind is what became of a cell or a row.
type TableChangeKind string

const (
	CellChanged TableChangeKind = "cell"
	RowAdded    TableChangeKind = "added"
	RowMissing  TableChangeKind = "missing"
)

// TableChange is a difference between a table as it was made and as it came back.
type TableChange struct {
	Name   string // by which it is told from the others
	Kind   TableChangeKind
	Row    EditedRow
	Number int // 序号 as it stands; 0 where the row is gone or new
	Title  string
	Column Column
	Was    string       // as it was exported
	Now    string       // as it stands; another than Was where somebody changed it since
	Told   string       // as the table has it
	Clash  bool         // both the table and somebody else changed it
	Why    *fault.Fault // why it cannot be taken over; nil where it can
	Loses  int          // promises that it takes off the draft
	Edit   TableEdit
}

// Ticked reports a difference that is taken over unless a person says otherwise.
func (c TableChange) Ticked() bool {
	return c.Why == nil && !c.Clash && c.Loses == 0 && c.Kind != RowMissing
}

// TableEdit is what taking over a difference does to a draft.
type TableEdit struct {
	Item       id.Item
	EditItem   func(Item) Item // nil leaves it
	Targets    map[id.Target]func(Target) Target
	Milestones map[id.Milestone]func(Milestone) Milestone // a nil func takes the promise off
	Due        calendar.Day                               // for whatever of the item has no day; empty leaves it
	Drop       bool
	Added      *Item         // a row that came along
	Words      document.Span // of the document, for which Added stands
}

var (
	errOtherTable  = fault.New(fault.Invalid, "这张表不是这个方案的。请从这个方案的复核页重新导出一张，在那一张上改。")
	errStaleTable  = fault.New(fault.Invalid, "表里的编号，这份草稿里一个也没有：文档后来重读过。请重新导出一张，在那一张上改。")
	errRowGone     = fault.New(fault.Conflict, "这一条已经从草稿里去掉了，表里改的没有地方放。")
	errRowWords    = fault.New(fault.Invalid, "原文里没有这一行“任务”里的话，指不回原文，不能收。请在复核页里选原文里的话，再添任务。")
	errRowNameless = fault.New(fault.Invalid, "这一行没有写任务，不知道是哪一条。")
)

// Changes compares a table that came back with a draft as it stands, by what the draft
// said when the table was made: before gives it by the numbers of steps. What is the
// same in meaning is no change. text is that of the document.
func Changes(edited EditedTable, now TableState, before map[int64]TableState, text []rune) ([]TableChange, error) {
	if edited.Plan != 0 && edited.Plan != now.Plan.ID {
		return nil, errOtherTable
	}
	c := comparing{now: now, before: before, text: text, matched: map[id.Item]bool{}, named: map[int64]rowNames{}}
	keyed, known := 0, 0
	rows := make([]matchedRow, len(edited.Rows))
	for k, row := range edited.Rows {
		if rows[k] = c.byKey(row); row.Item != 0 {
			keyed++
		}
		if rows[k].found {
			known++
		}
	}
	if keyed > 0 && known == 0 && !edited.Again {
		return nil, errStaleTable
	}
	for k := range rows {
		if !rows[k].found && rows[k].Item == 0 && !edited.Again {
			rows[k] = c.byWords(rows[k].EditedRow, edited.Step)
		}
	}
	var out []TableChange
	for _, row := range rows {
		switch {
		case row.found:
			for _, column := range edited.Columns {
				if change, differs := c.cell(row, column); differs {
					out = append(out, change)
				}
			}
		case row.Item != 0:
			out = append(out, TableChange{Name: addedName(row.At), Kind: RowAdded, Row: row.EditedRow, Title: row.Cells[TaskColumn], Why: errRowGone})
		default:
			out = append(out, c.added(row.EditedRow))
		}
	}
	if edited.Whole || len(edited.Gone) > 0 {
		out = append(out, c.missing(edited)...)
	}
	return out, nil
}

func addedName(at int) string { return "add." + strconv.Itoa(at) }

// comparing compares the rows of a table with a draft.
type comparing struct {
	now     TableState
	before  map[int64]TableState
	text    []rune
	matched map[id.Item]bool
	named   map[int64]rowNames
}

// rowNames are the rows of a table by what names them.
type rowNames struct{ titles, numbers map[string][]Task }

// names gives the rows of the table of a step by their names.
func (c *comparing) names(step int64) rowNames {
	n, known := c.named[step]
	if !known {
		n = rowNames{map[string][]Task{}, map[string][]Task{}}
		for _, t := range c.state(step).Table.Tasks {
			title, number := CellWords(t.Title), strconv.Itoa(t.Number)
			n.titles[title], n.numbers[number] = append(n.titles[title], t), append(n.numbers[number], t)
		}
		c.named[step] = n
	}
	return n
}

// matchedRow is a row with the one that it was made of.
type matchedRow struct {
	EditedRow
	was   Task
	table TaskTable // that was belongs to
	found bool
}

func (c *comparing) state(step int64) TableState {
	if s, ok := c.before[step]; ok {
		return s
	}
	return c.now
}

// byKey finds the row that a key names; of several with one key the first is it.
func (c *comparing) byKey(row EditedRow) matchedRow {
	s := c.state(row.Step)
	was, found := s.row(row.Item)
	if !found {
		s = c.now
		was, found = s.row(row.Item)
	}
	if found && c.matched[row.Item] {
		row.Item, found = 0, false // a copy of a row, to make another of it
	}
	if found {
		c.matched[row.Item] = true
	}
	return matchedRow{row, was, s.Table, found}
}

// byWords finds the row by its 序号 and 任务, or by either where that leaves no doubt.
func (c *comparing) byWords(row EditedRow, step int64) matchedRow {
	s := c.state(step)
	title, number := CellWords(row.Cells[TaskColumn]), strings.Trim(CellWords(row.Cells[NumberColumn]), "．.、")
	var both, titled, counted []Task
	names := c.names(step)
	for _, t := range names.titles[title] {
		switch {
		case title == "" || c.matched[t.Item]:
		case number == strconv.Itoa(t.Number):
			both = append(both, t)
		default:
			titled = append(titled, t)
		}
	}
	for _, t := range names.numbers[number] {
		if !c.matched[t.Item] && c.resembles(row, t, s.Table) {
			counted = append(counted, t)
		}
	}
	for _, found := range [][]Task{both, titled, counted} {
		if len(found) == 1 {
			c.matched[found[0].Item] = true
			row.Item, row.Step = found[0].Item, s.Table.Step
			return matchedRow{row, found[0], s.Table, true}
		}
	}
	return matchedRow{EditedRow: row}
}

// resembles reports a row that says in another column what the row of the table says.
func (c *comparing) resembles(row EditedRow, t Task, table TaskTable) bool {
	for column, words := range row.Cells {
		if column != NumberColumn && column != TaskColumn && len([]rune(words)) > 1 && CellWords(words) == CellWords(table.Cell(t, column)) {
			return true
		}
	}
	return false
}

// missing are the rows that the table had and has no more.
func (c *comparing) missing(edited EditedTable) (out []TableChange) {
	for _, t := range c.state(edited.Step).Table.Tasks {
		if !edited.Whole && !slices.Contains(edited.Gone, t.Item) {
			continue
		}
		if now, stands := c.now.row(t.Item); stands && !c.matched[t.Item] {
			out = append(out, TableChange{Name: now.Item.String() + ".drop", Kind: RowMissing, Row: EditedRow{Item: t.Item, Step: edited.Step}, Number: now.Number, Title: now.Title,
				Loses: len(now.targets) + len(now.milestones), Edit: TableEdit{Item: t.Item, Drop: true}})
		}
	}
	return out
}

// added is a row that was written into the table. Its words must stand in the document.
func (c *comparing) added(row EditedRow) TableChange {
	title := strings.Join(CellLines(row.Cells[TaskColumn]), "")
	change := TableChange{Name: addedName(row.At), Kind: RowAdded, Row: row, Title: title}
	if title == "" {
		change.Why = errRowNameless
		return change
	}
	found := document.Find(c.text, title)
	if len(found) == 0 {
		change.Why = errRowWords
		return change
	}
	made := Item{Title: title, Period: Monthly}
	for _, column := range []Column{LeadColumn, CooperatingColumn, ResponsibleColumn, PeriodColumn, ProjectColumn, TagsColumn} {
		words := CellWords(row.Cells[column])
		if words == "" {
			continue
		}
		edit, why := itemEdit(column, words, Task{})
		if why != nil {
			change.Why = why
			return change
		}
		made = edit(made)
	}
	if err := CheckItem(made); err != nil {
		change.Why = fault.Of(err)
		return change
	}
	change.Edit = TableEdit{Added: &made, Words: found[0]}
	if lines := CellLines(row.Cells[DueColumn]); len(lines) == 1 {
		if day, _, ok := dayOf(lines[0], ""); ok {
			change.Edit.Due = day
		}
	}
	return change
}

// And is this edit of an item and then another of the same.
func (e TableEdit) And(then TableEdit) TableEdit {
	first, next := e.EditItem, then.EditItem
	switch {
	case first == nil:
		e.EditItem = next
	case next != nil:
		e.EditItem = func(i Item) Item { return next(first(i)) }
	}
	e.Targets, e.Milestones = both(e.Targets, then.Targets), both(e.Milestones, then.Milestones)
	if then.Due != "" {
		e.Due = then.Due
	}
	e.Drop = e.Drop || then.Drop
	return e
}

// both does to each record what two edits do to it; taking it off is the last word.
func both[K comparable, T any](first, then map[K]func(T) T) map[K]func(T) T {
	out := maps.Clone(first)
	if out == nil {
		out = map[K]func(T) T{}
	}
	for k, next := range then {
		before, known := out[k]
		out[k] = next
		if known && (before == nil || next == nil) {
			out[k] = nil
		} else if known {
			out[k] = func(v T) T { return next(before(v)) }
		}
	}
	return out
}
