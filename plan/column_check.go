package plan

import (
	"slices"

	"luoshi/fault"
)

// ColumnChoices are what a column may be said to hold, in the order offered.
var ColumnChoices = []Column{NumberColumn, GroupColumn, TaskColumn, MeasureColumn, TargetColumn, LeadColumn, CooperatingColumn,
	ResponsibleColumn, PersonColumn, DueColumn, NoColumn}

var (
	errColumn    = fault.New(fault.Invalid, "请选择这一列是什么。")
	errTwoTasks  = fault.New(fault.Invalid, "一张表只能有一列是“任务”，别的请选“措施”或“不读”。")
	errTwoNumber = fault.New(fault.Invalid, "一张表只能有一列是“序号”。")
	errTwoGroups = fault.New(fault.Invalid, "一张表只能有一列是“类别”。")
)

// Check says what is wrong with what a person said of the columns of a table, and
// of which.
func (c Columns) Check() (at int, wrong *fault.Fault) {
	once := map[Column]*fault.Fault{TaskColumn: errTwoTasks, NumberColumn: errTwoNumber, GroupColumn: errTwoGroups}
	for i, column := range c {
		switch {
		case !slices.Contains(ColumnChoices, column):
			return i, errColumn
		case once[column] != nil && slices.Contains(c[:i], column):
			return i, once[column]
		}
	}
	return 0, nil
}
