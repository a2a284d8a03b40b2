package org

import (
	"strings"
	"testing"

	"luoshi/fault"
)

func TestCheckOwners(t *testing.T) {
	for name, c := range map[string]struct {
		owners []Owner
		good   bool
	}{
		"nobody":                {nil, true},
		"one lead":              {[]Owner{{Unit: 1, Duty: LeadDuty}}, true},
		"two lead":              {[]Owner{{Unit: 1, Duty: LeadDuty}, {Unit: 2, Duty: LeadDuty}}, true},
		"nobody leads":          {[]Owner{{Unit: 1, Duty: CooperatingDuty}}, false},
		"one unit twice":        {[]Owner{{Unit: 1, Duty: LeadDuty}, {Unit: 1, Duty: CooperatingDuty}}, false},
		"a duty that is no one": {[]Owner{{Unit: 1, Duty: "watch"}}, false},
		"too many":              {make([]Owner, mostOwners+1), false},
	} {
		if err := CheckOwners(c.owners); (err == nil) != c.good {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAssignedKeepsWhatWasSaid(t *testing.T) {
	before := []Owner{
		{Item: 1, Unit: 1, Duty: LeadDuty, State: DutyAccepted, SetDay: "2011-08-10", AnsweredDay: "2011-08-11"},
		{Item: 1, Unit: 2, Duty: CooperatingDuty, State: DutyObjected, Reason: "没有人手", SetDay: "2011-08-10"},
		{Item: 1, Unit: 3, Duty: CooperatingDuty, State: DutyAccepted, SetDay: "2011-08-10"},
	}
	now := Assigned(before, []Owner{{Item: 1, Unit: 1, Duty: LeadDuty, Post: 7}, {Item: 1, Unit: 2, Duty: CooperatingDuty}, {Item: 1, Unit: 3, Duty: LeadDuty}, {Item: 1, Unit: 4, Duty: LeadDuty}}, "words", "2011-09-01")
	if o := now[0]; o.State != DutyAccepted || o.SetDay != "2011-08-10" || o.Post != 7 || o.Said != "words" {
		t.Errorf("what was accepted stays: %+v", o)
	}
	if o := now[1]; o.State != DutyObjected || o.Reason == "" {
		t.Errorf("what was objected to stays: %+v", o)
	}
	for _, o := range now[2:] {
		if o.State != DutyAssigned || o.SetDay != "2011-09-01" || o.AnsweredDay != "" {
			t.Errorf("a new duty waits: %+v", o)
		}
	}
}

func TestAnsweredAndUpheld(t *testing.T) {
	o := Owner{Item: 1, Unit: 2, Duty: LeadDuty, State: DutyAssigned}
	if _, err := o.Answered(false, " ", 9, "2011-08-12"); !fault.Is(err, fault.Invalid) {
		t.Errorf("objected without a reason: %v", err)
	}
	if _, err := o.Answered(false, strings.Repeat("长", 201), 9, "2011-08-12"); !fault.Is(err, fault.Invalid) {
		t.Errorf("a long reason: %v", err)
	}
	if _, err := o.Upheld(""); !fault.Is(err, fault.Conflict) {
		t.Errorf("upheld though nobody objected: %v", err)
	}
	objected, err := o.Answered(false, "不归我们管", 9, "2011-08-12")
	if err != nil || objected.State != DutyObjected || objected.Reason != "不归我们管" || objected.AnsweredPost != 9 {
		t.Fatalf("%+v: %v", objected, err)
	}
	upheld, err := objected.Upheld("请照办")
	if err != nil || upheld.State != DutyUpheld || upheld.Reply != "请照办" || upheld.Reason == "" {
		t.Fatalf("%+v: %v", upheld, err)
	}
	if _, err := upheld.Answered(false, "还是不归", 9, "2011-08-13"); !fault.Is(err, fault.Conflict) {
		t.Errorf("objected again: %v", err)
	}
	accepted, err := upheld.Answered(true, "", 9, "2011-08-13")
	if err != nil || accepted.State != DutyAccepted || accepted.Reason != "" || accepted.Reply != "" {
		t.Errorf("%+v: %v", accepted, err)
	}
	if _, err := accepted.Answered(true, "", 9, "2011-08-14"); !fault.Is(err, fault.Conflict) {
		t.Errorf("accepted twice: %v", err)
	}
	if changed, err := accepted.Answered(false, "做不了", 9, "2011-08-14"); err != nil || changed.State != DutyObjected {
		t.Errorf("objected after accepting: %+v, %v", changed, err)
	}
}

func TestAssignedEntry(t *testing.T) {
	d := AssignedEntry(5, 6, []Owner{{Unit: 1, Duty: CooperatingDuty}, {Unit: 2, Duty: LeadDuty, Post: 8}, {Unit: 3, Duty: CooperatingDuty, Post: 9}})
	var nouns []string
	for _, s := range d.Subjects {
		nouns = append(nouns, s.Noun+strings.TrimLeft(s.ID, "0"))
	}
	if got := strings.Join(nouns, " "); got != "item6 plan5 unit2 unit1 unit3 post8 post9" {
		t.Errorf("subjects %s", got)
	}
	if d.Words != "" || len(d.Fields) != 2 || d.Fields[0].Value != "1" {
		t.Errorf("%+v", d)
	}
}
