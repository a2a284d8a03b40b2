package plan

import (
	"maps"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
)

var (
	errFixedCell   = fault.New(fault.Invalid, "这一格是照原文读出来的，不在草稿里，表里改不了。")
	errAskedCell   = fault.New(fault.Invalid, "疑问不在表里答。请在复核页里答，答完这一格就变了。")
	errGroupCell   = fault.New(fault.Invalid, "归在哪个标题下，请在复核页里用“移动”改。")
	errRemarkCell  = fault.New(fault.Invalid, "备注只供在表上写，程序里没有放的地方。")
	errPeriodCell  = fault.New(fault.Invalid, "“%s”读不懂。多久报一次请写每周、每两周、每月、每季度、每年，不用报的空着。")
	errProjectCell = fault.New(fault.Invalid, "“%s”读不懂。是重点项目请写“是”，不是就空着。")
	errLentCell    = fault.New(fault.Invalid, "这一格是从上面的标题来的，空着还是它。请写上这一条自己的单位。")
	errDayCell     = fault.New(fault.Invalid, "“%s”不是读得懂的日期。请写成 2011-12-31 或者 2011年12月31日前。")
	errLimitCell   = fault.New(fault.Invalid, "“%s”出自原文，不是这一条自己的日期，表里改不了。请在复核页里添节点或者改阶段。")
	errMoreDays    = fault.New(fault.Invalid, "多写了一个期限，不知道是哪个指标的。请在复核页里改那个指标。")
	errNoDay       = fault.New(fault.Invalid, "节点不能没有日期。不是承诺的，请在复核页里去掉。")
	errFigureCell  = fault.New(fault.Invalid, "“%s”读不懂。请照原来的样子写：名称、空一格、数、空一格、计量单位，例如：送演出 ≥ 1,500 场。")
	errMoreAims    = fault.New(fault.Invalid, "多写了一行“%s”，指不回原文。请在复核页里添指标，选原文里的话。")
	errPromiseGone = fault.New(fault.Conflict, "这一格里的承诺已经从草稿里去掉了，表里改的没有地方放。")
	errLongAim     = fault.New(fault.Invalid, "“%s”在原文里分几行，表里改不了。请在复核页里改。")
)

// cell compares one cell of a row.
func (c *comparing) cell(row matchedRow, column Column) (TableChange, bool) {
	told, has := row.Cells[column]
	if !has || column == NumberColumn || column == KeyColumn {
		return TableChange{}, false
	}
	change := TableChange{Name: row.was.Item.String() + "." + string(column), Kind: CellChanged, Row: row.EditedRow, Title: row.was.Title, Column: column,
		Was: CellWords(row.table.Cell(row.was, column)), Told: CellWords(told)}
	if change.Was == change.Told {
		return change, false
	}
	now, stands := c.now.row(row.was.Item)
	if !stands {
		change.Why = errRowGone
		return change, true
	}
	change.Number, change.Title, change.Now = now.Number, now.Title, CellWords(c.now.Table.Cell(now, column))
	if change.Now == change.Told {
		return change, false // somebody else wrote the same
	}
	change.Clash = change.Now != change.Was
	edit, why := cellEdit(column, row.was, change.Told)
	if why == nil && !c.differs(&edit, now) {
		return change, false
	}
	if why == nil {
		why = c.check(edit)
	}
	if change.Why = why; why == nil {
		change.Edit = edit
		for _, f := range edit.Targets {
			if f == nil {
				change.Loses++
			}
		}
		for _, f := range edit.Milestones {
			if f == nil {
				change.Loses++
			}
		}
	}
	return change, true
}

// cellEdit reads a cell as what it is to make of the row that it was made of.
func cellEdit(column Column, was Task, told string) (TableEdit, *fault.Fault) {
	edit := TableEdit{Item: was.Item, Targets: map[id.Target]func(Target) Target{}, Milestones: map[id.Milestone]func(Milestone) Milestone{}}
	switch column {
	case TargetColumn:
		return edit, edit.aims(was, CellLines(told))
	case DueColumn:
		return edit, edit.limits(was, CellLines(told))
	case MeasureColumn, WordsColumn:
		return edit, errFixedCell
	case QuestionColumn:
		return edit, errAskedCell
	case GroupColumn:
		return edit, errGroupCell
	case RemarkColumn:
		return edit, errRemarkCell
	}
	f, why := itemEdit(column, told, was)
	edit.EditItem = f
	return edit, why
}

// itemEdit reads a cell that says something of the item itself.
func itemEdit(column Column, told string, was Task) (func(Item) Item, *fault.Fault) {
	names := strings.Join(CellLines(told), "、")
	switch column {
	case TaskColumn:
		title := strings.Join(CellLines(told), "")
		return func(i Item) Item { i.Title = title; return i }, nil
	case LeadColumn, CooperatingColumn, ResponsibleColumn:
		if was.lent && names == "" {
			return nil, errLentCell
		}
		return func(i Item) Item {
			if i.Lead+i.Cooperating+i.Responsible == "" && was.lent { // the heading's units stop being the row's: all of them stay
				i.Lead, i.Cooperating, i.Responsible = strings.Join(was.Lead, "、"), strings.Join(was.Cooperating, "、"), strings.Join(was.Responsible, "、")
			}
			*map[Column]*string{LeadColumn: &i.Lead, CooperatingColumn: &i.Cooperating, ResponsibleColumn: &i.Responsible}[column] = names
			return i
		}, nil
	case PeriodColumn:
		word := strings.TrimSuffix(strings.TrimSuffix(names, "报"), "一次")
		for period, known := range periodWords {
			if word == known || "每个"+strings.TrimPrefix(known, "每") == word || strings.EqualFold(word, string(period)+"ly") {
				return func(i Item) Item { i.Period = period; return i }, nil
			}
		}
		if names != "" && word != "不" && word != "不用" {
			return nil, fault.New(errPeriodCell.Kind, errPeriodCell.Key, told)
		}
		return func(i Item) Item { i.Period = NoPeriod; return i }, nil
	case ProjectColumn:
		project := slices.Contains([]string{projectWord, "√", "✓", "✔", "重点", "yes"}, strings.ToLower(names))
		if !project && !slices.Contains([]string{"", "否", "不是", "no"}, strings.ToLower(names)) {
			return nil, fault.New(errProjectCell.Kind, errProjectCell.Key, told)
		}
		return func(i Item) Item { i.Project = project; return i }, nil
	case TagsColumn:
		tags := SplitTags(names)
		return func(i Item) Item { i.Tags = tags; return i }, nil
	}
	return nil, errFixedCell
}

// aims reads the lines under 目标, each the promise that stood at its place.
func (e *TableEdit) aims(was Task, told []string) *fault.Fault {
	var lines []string
	var of []int
	for k, words := range was.Targets {
		for _, line := range CellLines(words) {
			lines, of = append(lines, line), append(of, k)
		}
	}
	for _, p := range paired(lines, told) {
		switch {
		case p.was < 0:
			return fault.New(errMoreAims.Kind, errMoreAims.Key, told[p.is])
		case of[p.was] >= len(was.aims) || len(CellLines(was.Targets[of[p.was]])) > 1:
			return fault.New(errLongAim.Kind, errLongAim.Key, lines[p.was])
		}
		a := was.aims[of[p.was]]
		if len(a.targets)+len(a.milestones) == 0 {
			return errFixedCell
		}
		for _, t := range a.targets {
			k := slices.IndexFunc(was.targets, func(x Target) bool { return x.ID == t })
			if p.is < 0 {
				e.Targets[t] = nil
				continue
			}
			f, ok := aimEdit(was.targets[k], lines[p.was], told[p.is])
			if !ok {
				return fault.New(errFigureCell.Kind, errFigureCell.Key, told[p.is])
			}
			e.Targets[t] = f
		}
		for _, m := range a.milestones {
			e.Milestones[m] = nil
			if p.is >= 0 {
				title := told[p.is]
				e.Milestones[m] = func(m Milestone) Milestone { m.Title = title; return m }
			}
		}
	}
	return nil
}

// aimEdit reads one line about a target: as it is written by us, or the words of the
// document with another number.
func aimEdit(t Target, was, told string) (func(Target) Target, bool) {
	day := t.Deadline
	if until := untilDay(day); day != "" && strings.HasSuffix(was, until) {
		was = strings.TrimSuffix(was, until)
		if rest, found := strings.CutSuffix(told, until); found {
			told = rest
		} else if at := strings.LastIndex(told, "（"); at > 0 && strings.HasSuffix(told, "）") {
			if other, _, ok := dayOf(told[at+len("（"):len(told)-len("）")], day); ok {
				told, day = told[:at], other
			}
		}
	}
	stands, own := figureOf(was, t)
	own = own && stands.Value == t.Value && stands.Indicator == t.Indicator && stands.Bound == t.Bound && stands.Unit == t.Unit && stands.Period == t.Period
	is, ok := t, was == told
	if own && !ok {
		is, ok = figureOf(told, t)
	}
	if !ok {
		is, ok = refigured(was, told, t)
	}
	if !ok && !own {
		is, ok = reread(told, t)
	}
	return func(saw Target) Target {
		saw.Indicator, saw.Bound, saw.Value, saw.Max, saw.From, saw.Unit = is.Indicator, is.Bound, is.Value, is.Max, is.From, is.Unit
		saw.Period, saw.Hardness, saw.Direction = is.Period, is.Hardness, DirectionOf(is.Bound)
		if day != t.Deadline {
			saw.Deadline = day
		}
		return saw
	}, ok
}

// reread reads a line that is a sentence of its own as a plan is read.
func reread(line string, t Target) (Target, bool) {
	read := Read(line + "。")
	if len(read.Targets) != 1 || len(read.Targets[0].Flags) > 0 {
		return t, false
	}
	r := read.Targets[0]
	t.Value, t.Max, t.From, t.Bound, t.Hardness, t.Period = r.Value, r.Max, r.From, r.Bound, r.Hardness, ""
	t.Indicator, t.Unit = shorten(r.Indicator, longestTitle), shorten(r.Unit, 20)
	if r.Period != nil {
		t.Period = *r.Period
	}
	return t, t.Indicator != ""
}

// limits reads the lines under 时限: the days of what stood there.
func (e *TableEdit) limits(was Task, told []string) *fault.Fault {
	lines := CellLines(strings.Join(was.Limits, "\n"))
	if len(was.Dues) == 0 && len(told) == 1 && len(lines) < 2 {
		day, _, ok := dayOf(told[0], "")
		if !ok {
			return fault.New(errDayCell.Kind, errDayCell.Key, told[0])
		}
		e.Due = day
		return nil
	}
	for _, p := range paired(lines, told) {
		if p.was < 0 {
			return errMoreDays
		}
		k := slices.IndexFunc(was.Dues, func(d Due) bool { return CellWords(d.String()) == lines[p.was] })
		if k < 0 {
			return fault.New(errLimitCell.Kind, errLimitCell.Key, lines[p.was])
		}
		due, day, soft := was.Dues[k], calendar.Day(""), false
		if p.is >= 0 {
			var ok bool
			if day, soft, ok = dayOf(told[p.is], due.Day); !ok {
				return fault.New(errDayCell.Kind, errDayCell.Key, told[p.is])
			}
		}
		hardness := map[bool]string{true: "soft", false: "hard"}[soft]
		firmer := p.is >= 0 && soft != due.Soft
		for _, t := range was.targets {
			if t.Deadline == due.Day {
				e.Targets[t.ID] = func(t Target) Target {
					if t.Deadline = day; firmer {
						t.Hardness = hardness
					}
					return t
				}
			}
		}
		for _, m := range was.milestones {
			if m.Due != due.Day {
				continue
			}
			if day == "" {
				return errNoDay
			}
			e.Milestones[m.ID] = func(m Milestone) Milestone {
				if m.Due = day; firmer {
					m.Hardness = hardness
				}
				return m
			}
		}
	}
	return nil
}

// differs drops what an edit would leave as it stands, and reports whether anything is left.
func (c *comparing) differs(e *TableEdit, now Task) bool {
	if e.EditItem != nil {
		k := slices.IndexFunc(c.now.Items, func(i Item) bool { return i.ID == e.Item })
		is := e.EditItem(c.now.Items[k])
		if _, differs := EditOf("item", "", &c.now.Items[k], &is); !differs {
			e.EditItem = nil
		}
	}
	maps.DeleteFunc(e.Targets, func(t id.Target, f func(Target) Target) bool {
		return unchanged(c.now.Targets, func(x Target) bool { return x.ID == t }, f)
	})
	maps.DeleteFunc(e.Milestones, func(m id.Milestone, f func(Milestone) Milestone) bool {
		return unchanged(c.now.Milestones, func(x Milestone) bool { return x.ID == m }, f)
	})
	if slices.ContainsFunc(now.Dues, func(d Due) bool { return d.Day == e.Due }) {
		e.Due = ""
	}
	return e.EditItem != nil || len(e.Targets)+len(e.Milestones) > 0 || e.Due != ""
}

func unchanged[T any](all []T, is func(T) bool, f func(T) T) bool {
	k := slices.IndexFunc(all, is)
	if k < 0 {
		return f == nil // it is gone already
	}
	if f == nil {
		return false
	}
	made := f(all[k])
	_, differs := EditOf("", "", &all[k], &made)
	return !differs
}

// check says why what an edit makes cannot be saved.
func (c *comparing) check(e TableEdit) *fault.Fault {
	if e.EditItem != nil {
		k := slices.IndexFunc(c.now.Items, func(i Item) bool { return i.ID == e.Item })
		if err := CheckItem(e.EditItem(c.now.Items[k])); err != nil {
			return fault.Of(err)
		}
	}
	for of, f := range e.Targets {
		if f == nil {
			continue
		}
		k := slices.IndexFunc(c.now.Targets, func(t Target) bool { return t.ID == of })
		if k < 0 {
			return errPromiseGone
		}
		if err := CheckTarget(f(c.now.Targets[k])); err != nil {
			return fault.Of(err)
		}
	}
	for of, f := range e.Milestones {
		if f == nil {
			continue
		}
		k := slices.IndexFunc(c.now.Milestones, func(m Milestone) bool { return m.ID == of })
		if k < 0 {
			return errPromiseGone
		}
		if err := CheckMilestone(f(c.now.Milestones[k])); err != nil {
			return fault.Of(err)
		}
	}
	return nil
}
