package desk

import (
	"cmp"
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

// UnitBurden is how much is asked of a unit in a month, with what may be.
type UnitBurden struct {
	Unit org.Unit
	plan.MonthBurden
	Cap int // minutes; 0 for none
}

// TooMuch reports that more is asked than may be.
func (b UnitBurden) TooMuch() bool { return b.Over(b.Cap) }

// Burdens gives how much is asked of every unit in a month, those over the cap first.
func (o *Office) Burdens(ctx context.Context, who Who, m plan.Month) (out []UnitBurden, caps []plan.BurdenCap, err error) {
	if !who.May("plan.read") {
		return nil, nil, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		all, named, err := o.burdens(v, nil, m, m)
		if err != nil {
			return err
		}
		if caps, err = burdenCaps(v, o.city); err != nil {
			return err
		}
		for _, b := range all {
			out = append(out, UnitBurden{named[b.Unit], b, plan.CapIn(caps, m)})
		}
		return nil
	})
	return out, caps, err
}

// burdenMonths is how many months of a unit are shown.
const burdenMonths = 12

// UnitBurden gives how much was asked of a unit in this month and those before it, the
// last first.
func (o *Office) UnitBurden(ctx context.Context, who Who, unit id.Unit) (out []UnitBurden, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if err := o.mayOver(v, who, "duty.read", unit); err != nil {
			return err
		}
		out, err = o.unitBurden(v, unit, burdenMonths)
		return err
	})
	return out, err
}

// UnitBurdenNow gives how much is asked of a unit this month.
func (o *Office) UnitBurdenNow(ctx context.Context, who Who, unit id.Unit) (out UnitBurden, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if err := o.mayOver(v, who, "duty.read", unit); err != nil {
			return err
		}
		all, err := o.unitBurden(v, unit, 1)
		if err == nil {
			out = all[0]
		}
		return err
	})
	return out, err
}

func (o *Office) unitBurden(v *db.View, unit id.Unit, months int) (out []UnitBurden, err error) {
	u, err := loadUnit(v, o.city, unit)
	if err != nil {
		return nil, err
	}
	caps, err := burdenCaps(v, o.city)
	if err != nil {
		return nil, err
	}
	now := plan.MonthOf(o.Today())
	from := now
	for range months - 1 {
		from = from.Previous()
	}
	all, _, err := o.burdens(v, []id.Unit{unit}, from, now)
	for m := now; m >= from; m = m.Previous() {
		b := UnitBurden{Unit: u, MonthBurden: plan.MonthBurden{Unit: unit, Month: m}, Cap: plan.CapIn(caps, m)}
		if k := slices.IndexFunc(all, func(x plan.MonthBurden) bool { return x.Month == m && x.Unit == unit }); k >= 0 {
			b.MonthBurden = all[k]
		}
		out = append(out, b)
	}
	return out, err
}

// burdens adds up what was asked of some units, or of all, from a month to another. What
// a unit that ended was asked is its successor's.
func (o *Office) burdens(q db.Querier, units []id.Unit, from, to plan.Month) ([]plan.MonthBurden, map[id.Unit]org.Unit, error) {
	t, err := o.dutyTree(q)
	if err != nil {
		return nil, nil, err
	}
	var places []id.Unit
	for _, u := range units {
		places = append(places, t.placesOf(u)...)
	}
	all, err := burdenReports(q, o.city, dueScope{units: places}, from, to)
	if err != nil {
		return nil, nil, err
	}
	duties, err := burdenDuties(q, o.city, dueScope{units: places}, from, to)
	if err != nil {
		return nil, nil, err
	}
	collected, err := collectionsAsked(q, o.city, from.First(), to.Last(), o.Today())
	if err != nil {
		return nil, nil, err
	}
	all = append(all, duties...)
	for _, c := range collected {
		if places == nil || slices.Contains(places, c.Unit) {
			all = append(all, plan.Asked{Unit: c.Unit, Month: plan.MonthOf(c.Started), Source: plan.BurdenCollection, Fields: c.Fields, Minutes: c.Minutes})
		}
	}
	present := t.present()
	var absent []id.Unit
	for i := range all {
		all[i].Unit = cmp.Or(present[all[i].Unit], all[i].Unit)
		if _, there := t.units[all[i].Unit]; !there && !slices.Contains(absent, all[i].Unit) {
			absent = append(absent, all[i].Unit) // villages
		}
	}
	villages, err := unitsNamed(q, o.city, absent)
	for k, u := range villages {
		t.units[k] = u
	}
	return plan.MonthBurdens(all), t.units, err
}

// burdenReports gives the reports that were due in some months: those that lead units are
// asked for, and those that were made although nobody is asked any more.
func burdenReports(q db.Querier, city int64, s dueScope, from, to plan.Month) (out []plan.Asked, err error) {
	asked, err := askedToLead(q, city, s)
	if err != nil {
		return nil, err
	}
	made, err := periodReports(q, city, s, periodsDue(from, to))
	if err != nil {
		return nil, err
	}
	complete, err := completions(q, city, s)
	if err != nil {
		return nil, err
	}
	type key struct {
		reporter
		period progress.Period
	}
	all := map[key]calendar.Day{}
	ended := map[reporter]calendar.Day{}
	for _, r := range made {
		all[key{reporter{r.Item, r.Unit}, r.Period}] = r.Period.Due(progress.GraceDays)
	}
	for _, r := range complete {
		k := reporter{r.Item, r.Unit}
		if r.Ends() && (ended[k] == "" || r.Period.First() < ended[k]) {
			ended[k] = r.Period.First()
		}
	}
	for _, a := range asked {
		k := a.key()
		for p := progress.Of(a.every, from.First().AddDays(-progress.GraceDays)); p.Due(progress.GraceDays) <= to.Last(); p = p.Next() {
			due := p.Due(progress.GraceDays)
			if due >= from.First() && p.Last() >= a.owner.SetDay && (ended[k] == "" || p.First() <= ended[k]) {
				all[key{k, p}] = due
			}
		}
	}
	for k, due := range all {
		out = append(out, plan.Asked{Unit: k.unit, Month: plan.MonthOf(due), Source: plan.BurdenReport, Fields: plan.FieldsWords, Minutes: plan.MinutesWords})
	}
	return out, nil
}

// periodsDue gives the periods of every kind whose reports are due in some months.
func periodsDue(from, to plan.Month) (out []progress.Period) {
	for _, every := range progress.Kinds {
		for p := progress.Of(every, from.First().AddDays(-progress.GraceDays)); p.Due(progress.GraceDays) <= to.Last(); p = p.Next() {
			if p.Due(progress.GraceDays) >= from.First() {
				out = append(out, p)
			}
		}
	}
	return out
}

// burdenDuties gives what units had to answer when they were assigned items, and to show
// when a milestone was due.
func burdenDuties(q db.Querier, city int64, s dueScope, from, to plan.Month) (out []plan.Asked, err error) {
	set, err := dutiesSet(q, city, s)
	if err != nil {
		return nil, err
	}
	for _, a := range set {
		if m := plan.MonthOf(a.owner.SetDay); from <= m && m <= to {
			out = append(out, plan.Asked{Unit: a.owner.Unit, Month: m, Source: plan.BurdenDuty, Fields: 1, Minutes: minutesAnswer})
		}
	}
	stones, err := milestonesIn(q, city, s, from.First(), to.Last())
	for _, d := range stones {
		out = append(out, plan.Asked{Unit: d.Unit, Month: plan.MonthOf(d.By), Source: plan.BurdenDuty, Fields: 1, Minutes: plan.MinutesMilestone})
	}
	return out, err
}

// CapBurden (定报送上限) sets how many minutes a month may be asked of any unit, from this
// month on; 0 is no cap.
func (o *Office) CapBurden(ctx context.Context, cmd db.Cmd, minutes int) error {
	return o.write(ctx, cmd.Of("burden.cap", minutes), "burden.cap", func(tx *db.Tx) error {
		c := plan.BurdenCap{From: plan.MonthOf(tx.Today()).First(), Minutes: minutes}
		if err := c.Check(); err != nil {
			return err
		}
		tx.Append(c.Entry())
		return saveBurdenCap(tx, o.city, c)
	})
}
