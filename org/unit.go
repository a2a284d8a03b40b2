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

// Levels are all levels, from the top down.
var Levels = []Level{CityLevel, Bureau, Division, Direct, County, Township, Village}

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

// Below gives the levels that may stand directly below one, in the order of Levels.
func Below(parent Level) []Level {
	var out []Level
	for _, l := range Levels {
		if parent != "" && slices.Contains(under[l], parent) {
			out = append(out, l)
		}
	}
	return out
}

// Unit is a body or a part of one, as it was from a day to a day: each change of its
// parent, name, level or code makes another version.
type Unit struct {
	ID     id.Unit
	Parent id.Unit // 0 at the top
	Level  Level
	Name   string
	Code   string // of the division of the country, 12 digits, or any shorter one, or empty
	From   calendar.Day
	To     calendar.Day // last day, or empty
}

// On reports whether this version was in force on a day.
func (u Unit) On(day calendar.Day) bool { return u.From <= day && (u.To == "" || day <= u.To) }

// CheckUnit says what keeps a unit from being opened below a parent, whose
// level is empty where there is none.
func CheckUnit(u Unit, parent Level) error {
	if err := CheckName("unit", "单位名称", u.Name); err != nil {
		return err
	}
	if !slices.Contains(under[u.Level], parent) {
		return fault.New(fault.Invalid, "%s 不能放在这一级下面。", u.Name).In("unit")
	}
	return CheckCode(u.Code)
}

// CheckCode says what keeps a code from being kept: it consists of at most 12 digits.
func CheckCode(code string) error {
	if len(code) > 12 || slices.ContainsFunc([]byte(code), func(c byte) bool { return c < '0' || c > '9' }) {
		return fault.New(fault.Invalid, "代码“%s”不对：只能是数字，最多 12 位。没有代码可以不填。", code).In("code")
	}
	return nil
}

// OpenedEntry is the entry of a new unit.
func (u Unit) OpenedEntry() ledger.Draft { return u.versionEntry(KindUnitOpened) }

// ChangedEntry is the entry of a new version of a unit.
func (u Unit) ChangedEntry() ledger.Draft { return u.versionEntry(KindUnitChanged) }

func (u Unit) versionEntry(kind string) ledger.Draft {
	d := ledger.Draft{Kind: kind, Class: ledger.Public, Subjects: []ledger.Subject{u.subject()},
		Fields: []ledger.Field{ledger.Day("from", string(u.From)), ledger.State("level", string(u.Level))},
		Words:  ledger.Words("name", u.Name, "code", u.Code)}
	if u.Parent != 0 {
		d.Fields = append(d.Fields, ledger.IDField("parent", u.Parent.String()))
	}
	return d
}

func (u Unit) subject() ledger.Subject { return ledger.Subject{Noun: "unit", ID: u.ID.String()} }

// ClosedEntry is the entry of a unit that ended with its day To.
func (u Unit) ClosedEntry() ledger.Draft {
	return ledger.Draft{Kind: KindUnitClosed, Class: ledger.Public, Subjects: []ledger.Subject{u.subject()},
		Fields: []ledger.Field{ledger.Day("to", string(u.To))}}
}

// WorkingBodyEntry is the entry of the body that does the work of a unit, such as the
// culture bureau of a county.
func WorkingBodyEntry(unit id.Unit, body string) ledger.Draft {
	return ledger.Draft{Kind: KindUnitWorkingBody, Class: ledger.Public, Subjects: []ledger.Subject{{Noun: "unit", ID: unit.String()}},
		Words: ledger.Words("working_body", body)}
}

// PhoneOfUnitEntry is the entry of the telephone of a unit that everybody may ring.
func PhoneOfUnitEntry(unit id.Unit, phone string) ledger.Draft {
	return ledger.Draft{Kind: KindUnitPhone, Class: ledger.Public, Subjects: []ledger.Subject{{Noun: "unit", ID: unit.String()}},
		Words: ledger.Words("phone", phone)}
}

// ContactOfUnitEntry is the entry of how the office reaches a unit.
func ContactOfUnitEntry(unit id.Unit, contact string) ledger.Draft {
	return ledger.Draft{Kind: KindUnitContact, Class: ledger.Internal, Subjects: []ledger.Subject{{Noun: "unit", ID: unit.String()}},
		Words: ledger.Words("contact", contact)}
}
