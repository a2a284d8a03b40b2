package plan

import (
	"slices"
	"strconv"
	"strings"
)

// Columns of a 任务分解表 that are made of a draft, and that no document is read by.
const (
	QuestionColumn Column = "question" // 疑问
	PeriodColumn   Column = "period"   // 多久报一次
	ProjectColumn  Column = "project"  // 重点项目
	TagsColumn     Column = "tags"     // 专题
	WordsColumn    Column = "words"    // 原文
	RemarkColumn   Column = "remark"   // 备注: empty, to be written on
	KeyColumn      Column = "key"      // 编号: by which a row is known when the table comes back
)

// UsualColumns are the columns of a 任务分解表 as offices have it, in their order.
var UsualColumns = []Column{NumberColumn, TaskColumn, MeasureColumn, TargetColumn, LeadColumn, CooperatingColumn, ResponsibleColumn, DueColumn, QuestionColumn}

// TableColumns are all that a person may choose from.
var TableColumns = append(slices.Clip(UsualColumns), GroupColumn, PeriodColumn, ProjectColumn, TagsColumn, WordsColumn, RemarkColumn, KeyColumn)

// Shown are the columns of the table in their order.
func (t TaskTable) Shown() []Column {
	if len(t.Columns) == 0 {
		return UsualColumns
	}
	return t.Columns
}

// Keyed reports a table whose rows can be known when it comes back.
func (t TaskTable) Keyed() bool { return t.Plan != 0 }

// TableNumber names the table: its plan and the step of work that it says.
func (t TaskTable) TableNumber() string {
	return t.Plan.String() + "-T" + strconv.FormatInt(t.Step, 10)
}

// rowKey names a row of the table.
func (t TaskTable) rowKey(row Task) string {
	if !t.Keyed() || row.Item == 0 {
		return ""
	}
	return row.Item.String() + "-" + strconv.FormatInt(t.Step, 10)
}

// periodWords are how often a row is reported.
var periodWords = map[Period]string{Weekly: "每周", Fortnightly: "每两周", Monthly: "每月", Quarterly: "每季度", Yearly: "每年"}

// projectWord marks a row that is a project.
const projectWord = "是"

// Cell is what a row says in a column, its lines parted by line breaks.
func (t TaskTable) Cell(row Task, c Column) string {
	switch c {
	case NumberColumn:
		return strconv.Itoa(row.Number)
	case GroupColumn:
		return strings.Join(row.Headings, "\n")
	case TaskColumn:
		return row.Title
	case MeasureColumn:
		return row.Measures
	case TargetColumn:
		return strings.Join(row.Targets, "\n")
	case LeadColumn:
		return strings.Join(row.Lead, "、")
	case CooperatingColumn:
		return strings.Join(row.Cooperating, "、")
	case ResponsibleColumn:
		return strings.Join(row.Responsible, "、")
	case DueColumn:
		return strings.Join(row.Limits, "\n")
	case QuestionColumn:
		return Numbered(row.Questions)
	case PeriodColumn:
		return periodWords[row.Period]
	case ProjectColumn:
		if row.Project {
			return projectWord
		}
	case TagsColumn:
		return strings.Join(row.Tags, "、")
	case WordsColumn:
		return row.Words
	case KeyColumn:
		return t.rowKey(row)
	}
	return ""
}

// Numbered are sentences, each on a line, with numbers where there are several.
func Numbered(sentences []string) string {
	if len(sentences) == 1 {
		return sentences[0]
	}
	lines := make([]string, len(sentences))
	for i, s := range sentences {
		lines[i] = strconv.Itoa(i+1) + "." + s
	}
	return strings.Join(lines, "\n")
}
