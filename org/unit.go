package org

import (
	"slices"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// Level is what a unit is in the tree.
type Level string

const (
	CityLevel Level = "city"     // 市
	Bureau    Level = "bureau"   // 局: the body that runs the plan
	Division  Level = "division" // 处室 of the bureau
	Direct    Level = "direct"   // 直属单位: library, museum, art centre
	County    Level = "county"   // 县、市、区
	Township  Level = "township" // 乡、镇、街道
	Village   Level = "village"  // 村、社区
)

// under says below which levels a unit may stand; empty is the top.
var under = map[Level][]Level{
	CityLevel: {""},
	Bureau:    {"", CityLevel},
	Division:  {"", Bureau},
	Direct:    {"", Bureau},
	County:    {"", CityLevel},
	Township:  {County},
	Village:   {Township},
}

// Unit is a body or a part of one, from a day on.
type Unit struct {
	ID     id.Unit
	Parent id.Unit // 0 at the top
	Level  Level
	Name   string
	Code   string // of the division of the country, or empty
	From   calendar.Day
	To     calendar.Day // last day, or empty
}

// CheckUnit says what keeps a unit from being opened below a parent, whose
// level is empty where there is none.
func CheckUnit(u Unit, parent Level) error {
	if err := CheckName("unit", "科室名称", u.Name); err != nil {
		return err
	}
	if !slices.Contains(under[u.Level], parent) {
		return fault.New(fault.Invalid, "%s 不能放在这一级下面。", u.Name).In("unit")
	}
	return nil
}

// OpenedEntry is the entry of a new unit.
func (u Unit) OpenedEntry() ledger.Draft {
	d := ledger.Draft{Kind: KindUnitOpened, Class: ledger.Public, Subjects: []ledger.Subject{{Noun: "unit", ID: u.ID.String()}},
		Fields: []ledger.Field{ledger.Day("from", string(u.From)), ledger.State("level", string(u.Level))},
		Words:  ledger.Words("name", u.Name, "code", u.Code)}
	if u.Parent != 0 {
		d.Fields = append(d.Fields, ledger.IDField("parent", u.Parent.String()))
	}
	return d
}
