package plan

import (
	"errors"
	"testing"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
)

func TestForcePublishClose(t *testing.T) {
	const by, other, today = id.Account(1), id.Account(2), "2011-08-10"
	good := Force{ApprovedBy: "办公会", Day: "2011-08-08"}
	draft := Plan{State: Drafted}
	for name, c := range map[string]struct {
		plan  Plan
		items int
		force Force
		want  error
	}{
		"good":             {draft, 1, good, nil},
		"no items":         {draft, 0, good, ErrNoItems},
		"in force already": {Plan{State: InForce}, 1, good, ErrNotDraft},
		"no day":           {draft, 1, Force{ApprovedBy: "办公会"}, fault.New(fault.Invalid, "请填写批准日期，例如 2011-08-08。")},
		"day to come":      {draft, 1, Force{ApprovedBy: "办公会", Day: "2011-08-11"}, fault.New(fault.Invalid, "批准日期不能晚于今天。")},
		"nobody approved":  {draft, 1, Force{Day: "2011-08-08"}, fault.New(fault.Invalid, "请填写%s。")},
	} {
		got, err := TakeIntoForce(c.plan, c.items, c.force, by, today)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if c.want == nil && (got.State != InForce || got.TakenBy != by) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	inForce, _ := TakeIntoForce(draft, 1, good, by, today)
	for name, c := range map[string]struct {
		plan          Plan
		chosen, kinds int
		by            id.Account
		want          error
	}{
		"good":           {inForce, 1, 0, other, nil},
		"same person":    {inForce, 1, 0, by, ErrSamePerson},
		"draft":          {draft, 1, 0, other, ErrNotInForce},
		"closed":         {Plan{State: Closed}, 1, 0, other, ErrClosed},
		"nothing chosen": {inForce, 0, 2, other, ErrNothingChosen},
		"public already": {Plan{State: InForce, Released: true}, 0, 0, other, ErrPublished},
		"more items":     {Plan{State: InForce, Released: true, PublishedDay: today}, 1, 0, other, nil},
		"another kind":   {Plan{State: InForce, Released: true, PublishedDay: today}, 0, 1, other, nil},
	} {
		got, err := Publish(c.plan, c.chosen, c.kinds, c.by, today)
		if !errors.Is(err, c.want) {
			t.Errorf("publish, %s: %v, want %v", name, err, c.want)
		}
		if c.want == nil && (!got.Released || got.PublishedDay != today) {
			t.Errorf("publish, %s: %+v", name, got)
		}
	}
	if _, err := Close(draft, "完", today); !fault.Is(err, fault.Conflict) {
		t.Errorf("closed a draft: %v", err)
	}
	closed, err := Close(inForce, "完", today)
	if err != nil || closed.ClosedDay != today {
		t.Errorf("closed: %+v %v", closed, err)
	}
	if _, err := Close(closed, "完", today); !errors.Is(err, ErrClosed) {
		t.Errorf("closed twice: %v", err)
	}
}

func TestLamps(t *testing.T) {
	three, blue := PresetThree.Rules(), PresetStages.Rules()
	never := LampRules{}
	for name, c := range map[string]struct {
		start, due, today string
		want              Lamp
		rules             *LampRules // the usual ones where nil
	}{
		"before its start":        {"2011-08-01", "2011-12-31", "2011-07-31", LampIdle, nil},
		"under way":               {"2011-08-01", "2011-12-31", "2011-08-01", LampNone, nil},
		"inside the warning time": {"", "2011-12-31", "2011-12-16", LampDueSoon, nil},
		"a day before that":       {"", "2011-12-31", "2011-12-15", LampNone, nil},
		"on the day":              {"", "2011-12-31", "2011-12-31", LampDueSoon, nil},
		"past and not reported":   {"", "2011-12-31", "2012-01-01", LampNone, nil},
		"no day":                  {"", "", "2012-01-01", LampNone, nil},
		"three working days":      {"", "2012-01-13", "2012-01-10", LampDueSoon, &three},
		"four of them":            {"", "2012-01-13", "2012-01-09", LampNone, &three},
		"blue":                    {"", "2012-01-13", "2012-01-10", LampNear, &blue},
		"near is never":           {"", "2012-01-13", "2012-01-13", LampNone, &never},
	} {
		rules := UsualLampRules
		if c.rules != nil {
			rules = *c.rules
		}
		if got := rules.LampOn(calendar.Day(c.start), calendar.Day(c.due), calendar.Day(c.today)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if got := Worst(LampIdle, LampDueSoon, LampNone); got != LampDueSoon {
		t.Errorf("worst is %s", got)
	}
}

func TestDecimal(t *testing.T) {
	for text, want := range map[string]string{"1500": "1500", "1,500": "1500", "2.50": "2.5", "-0.0001": "-0.0001", "36700.0": "36700"} {
		d, err := ParseDecimal(text)
		if err != nil || d.String() != want {
			t.Errorf("%s is %s (%v)", text, d, err)
		}
	}
	for _, bad := range []string{"", "1.23456", "一", "1e3", "--1", ".", "1.", "999999999999999"} {
		if d, err := ParseDecimal(bad); err == nil {
			t.Errorf("%q was read as %s", bad, d)
		}
	}
}

func TestSettle(t *testing.T) {
	all := []Question{{ID: 1, State: QuestionOpen}, {ID: 2, State: QuestionAnswered}, {ID: 3, State: QuestionDeferred}, {ID: 4, Kind: missingNumber, State: QuestionDeferred}}
	settled, err := Settle(all, Force{Number: "安文〔2011〕28号"})
	if err != nil || len(settled) != 2 || settled[0].ID != 1 || settled[0].State != QuestionDeferred || settled[1].Words != "安文〔2011〕28号" || all[3].State != QuestionAnswered {
		t.Errorf("settled %+v, %v; all %+v", settled, err, all)
	}
	if settled, err = Settle([]Question{{ID: 4, Kind: missingNumber, State: QuestionOpen}}, Force{}); err != nil || settled[0].State != QuestionDeferred {
		t.Errorf("without a number: %+v, %v", settled, err)
	}
}
