package org

import (
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
)

// Change is what a unit is from a day on.
type Change struct {
	Parent id.Unit
	Name   string
	Code   string
	From   calendar.Day
}

// Changed gives a unit as it is from a day on, and the version that ends the day
// before; there is none where the version began on that day itself. The parent is the
// new one, and since the day on which it was first there.
func (u Unit) Changed(c Change, parent Unit, since calendar.Day) (now Unit, past *Unit, err error) {
	now = u
	now.Parent, now.Name, now.Code, now.From = c.Parent, c.Name, c.Code, c.From
	if err := CheckUnit(now, parent.Level); err != nil {
		return now, nil, err
	}
	if err := u.checkDay(c.From); err != nil {
		return now, nil, err
	}
	if parent.ID != 0 {
		switch {
		case parent.To != "":
			return now, nil, fault.New(fault.Conflict, "%s 已经撤销，不能把单位放到它下面。", parent.Name).In("parent")
		case c.From < since:
			return now, nil, fault.New(fault.Invalid, "%s 那时还没有设立，生效日期不能早于它设立的日期。", parent.Name).In("from")
		}
	}
	if c.From == u.From {
		return now, nil, nil
	}
	before := u
	before.To = c.From.AddDays(-1)
	return now, &before, nil
}

// Closed gives a unit that was there for the last time on the day before.
func (u Unit) Closed(from calendar.Day) (Unit, error) {
	if err := u.checkDay(from); err != nil {
		return u, err
	}
	if from == u.From {
		return u, fault.New(fault.Invalid, "%s 的这一段从这一天才开始，撤销的日期要再晚一天。", u.Name).In("from")
	}
	u.To = from.AddDays(-1)
	return u, nil
}

// checkDay says what keeps a unit from changing on a day: what was before stays as it was.
func (u Unit) checkDay(from calendar.Day) error {
	switch _, err := calendar.ParseDay(string(from)); {
	case err != nil:
		return fault.New(fault.Invalid, "请写明从哪一天起，例如 2012-01-01。").In("from")
	case u.To != "":
		return fault.New(fault.Conflict, "%s 已经撤销，不能再改。", u.Name)
	case from < u.From:
		return fault.New(fault.Invalid, "%s 最近一次变动的日期是 %s，生效日期不能比它早。", u.Name, string(u.From)).In("from")
	}
	return nil
}

// CheckNames says what keeps units from standing together below one parent: those that
// come must be told apart from each other and from those that are there.
func CheckNames(there, coming []Unit, parent string) error {
	taken := map[string]id.Unit{}
	for _, u := range there {
		taken[u.Name] = u.ID
	}
	var twice []string
	for _, u := range coming {
		if other, ok := taken[u.Name]; ok && (other != u.ID || other == 0) {
			twice = append(twice, u.Name)
		}
		taken[u.Name] = u.ID
	}
	switch {
	case len(twice) == 0:
		return nil
	case len(twice) > mostClashes:
		twice = append(twice[:mostClashes], "……")
	}
	return fault.New(fault.Conflict, "%s 下面已经有同名的：%s。请先给其中一个改名，例如加上原来所在乡镇的名字。", parent, strings.Join(twice, "、")).In("unit")
}

// mostClashes is how many names that clash are told at once.
const mostClashes = 12
