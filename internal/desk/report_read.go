package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

// UnitReports is what is asked of a unit.
type UnitReports struct {
	Unit org.Unit
	Due  []ReportDue
}

// ReportDue is an item that a unit is asked to report for a period.
type ReportDue struct {
	Duty
	Period progress.Period
	Owed   progress.Owed
	Now    *progress.Report // what was reported for the period, or nil
	Last   *progress.Report // what was reported before it, or nil
	Missed []progress.Period
	Doubt  *progress.Contradiction // of the state that stands with the dates
	Typed  *ReportDraft            // what was typed for the period and is no report yet
	Files  []ReportFile            // that belong to the report of the period
}

// ReportsDue gives what the units of somebody's posts are asked for: each item for the
// period that is asked for today, or all that are reported for one period.
func (o *Office) ReportsDue(ctx context.Context, who Who, period progress.Period) (out []UnitReports, err error) {
	if !who.May("progress.report") {
		return nil, MayNot("progress.report")
	}
	var units []id.Unit
	for _, h := range who.Held {
		if reach("progress.report", h.Roles) != "" && !slices.Contains(units, h.Unit) {
			units = append(units, h.Unit)
		}
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		out, err = o.reportsDue(v, who, units, period)
		return err
	})
	return out, err
}

// ReportsDueBy gives what one unit is asked for, to who may report on its behalf, without
// what the unit typed and has not reported.
func (o *Office) ReportsDueBy(ctx context.Context, who Who, unit id.Unit, period progress.Period) (out UnitReports, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if err := o.mayOver(v, who, "progress.onbehalf", unit); err != nil {
			return err
		}
		all, err := o.reportsDue(v, who, []id.Unit{unit}, period)
		if err == nil {
			out = all[0]
		}
		for i := range out.Due {
			out.Due[i].Typed = nil
		}
		return err
	})
	return out, err
}

func (o *Office) reportsDue(v *db.View, who Who, units []id.Unit, period progress.Period) ([]UnitReports, error) {
	t, err := o.dutyTree(v)
	if err != nil {
		return nil, err
	}
	all := make([]UnitDuties, len(units))
	for i, u := range units {
		if all[i].Unit = t.units[u]; all[i].Unit.ID == 0 { // a village
			if all[i].Unit, err = loadUnit(v, o.city, u); err != nil {
				return nil, err
			}
		}
	}
	if err := o.fill(v, who, t, all); err != nil {
		return nil, err
	}
	var places []id.Unit
	for _, u := range units {
		places = append(places, t.placesOf(u)...)
	}
	before, err := reportsOfUnits(v, o.city, places)
	if err != nil {
		return nil, err
	}
	typed, err := draftsOf(v, o.city, units)
	if err != nil {
		return nil, err
	}
	files, err := filesOfReports(v, o.city, places)
	if err != nil {
		return nil, err
	}
	out := make([]UnitReports, len(all))
	for i, u := range all {
		out[i].Unit = u.Unit
		for _, d := range u.Duties {
			if due, is := reportDue(d, before.of(d.Item.ID, d.Owner.Unit, passedFrom(t, d.Owner.Unit, u.Duties, d.Item.ID)), period, o.Today()); is {
				due.typed(u.Unit.ID, typed)
				due.Files = files[reportPlace{d.Item.ID, d.Owner.Unit, due.Period}]
				out[i].Due = append(out[i].Due, due)
			}
		}
	}
	return out, nil
}

// passedFrom gives the units that a unit goes on with and that no longer answer for an
// item themselves: what they reported of it is its own now.
func passedFrom(t dutyTree, unit id.Unit, duties []Duty, item id.Item) (ended []id.Unit) {
	for _, e := range t.placesOf(unit)[1:] {
		if !slices.ContainsFunc(duties, func(d Duty) bool { return d.Item.ID == item && d.Owner.Unit == e }) {
			ended = append(ended, e)
		}
	}
	return ended
}

// typed finds what was typed for the period by the unit that reports.
func (d *ReportDue) typed(unit id.Unit, all []ReportDraft) {
	for k := range all {
		if all[k].Unit == unit && all[k].key() == (DraftKey{d.Item.ID, d.Owner.Unit, d.Period}) {
			d.Typed = &all[k]
		}
	}
}

// mostMissed is how many periods that passed without a report are told.
const mostMissed = 12

// reportDue tells how a unit stands with an item; false where it is not asked for it.
func reportDue(d Duty, reports []progress.Report, period progress.Period, today calendar.Day) (out ReportDue, is bool) {
	every := everyOf(d.Item.Period)
	if every == "" || period != "" && period.Every() != every {
		return out, false
	}
	out = ReportDue{Duty: d, Period: cmp.Or(period, progress.Asked(every, d.Since, today, progress.GraceDays))}
	out.Owed = progress.OwedFor(out.Period, d.Since, reports, today, progress.GraceDays)
	if out.Owed.Situation == progress.NotAsked {
		return out, false
	}
	out.Now, out.Last = progress.For(reports, out.Period), progress.Before(reports, out.Period)
	out.Missed = progress.Missed(every, d.Since, reports, today, progress.GraceDays, mostMissed)
	out.Doubt = doubt(reports, datesOf(d.Targets, unreached(d.Milestones, d.Reached)), today)
	return out, true
}

// doubt finds where the last state contradicts the dates.
func doubt(reports []progress.Report, d progress.Dates, today calendar.Day) *progress.Contradiction {
	last := progress.Shown(reports)
	if last == nil {
		return nil
	}
	return progress.Contradicts(last.State, d, today)
}

// datesOf gives what targets and milestones promise, in days.
func datesOf(targets []plan.Target, milestones []plan.Milestone) (d progress.Dates) {
	for _, t := range targets {
		if t.Start != "" && (d.Start == "" || t.Start < d.Start) {
			d.Start = t.Start
		}
		d.Deadline = max(d.Deadline, t.Deadline)
	}
	for _, m := range milestones {
		d.Deadline = max(d.Deadline, m.Due)
		d.Stones = append(d.Stones, progress.Stone{Title: m.Title, Due: m.Due})
	}
	return d
}

// ReportCount is how many reports of a plan in force wait for somebody.
type ReportCount struct {
	Missing int // 未报: due for the periods that ended last
	Waiting int // 待确认
}

// ReportCounts counts those of every plan in force.
func (o *Office) ReportCounts(ctx context.Context, who Who) (counts map[id.Plan]ReportCount, err error) {
	if !who.May("plan.read") {
		return nil, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		counts, err = reportCounts(v, o.city, 0, o.Today())
		return err
	})
	return counts, err
}

func reportCounts(q db.Querier, city int64, only id.Plan, today calendar.Day) (map[id.Plan]ReportCount, error) {
	asked, err := askedOfLeads(q, city, only)
	if err != nil {
		return nil, err
	}
	all, err := lastReports(q, city, today)
	if err != nil {
		return nil, err
	}
	before, err := endedBefore(q, city)
	if err != nil {
		return nil, err
	}
	still := map[reporter]bool{}
	for _, a := range asked {
		still[a.key()] = true
	}
	counts := map[id.Plan]ReportCount{}
	for _, a := range asked {
		c := counts[a.plan]
		var ended []id.Unit
		for _, e := range before[a.owner.Unit] {
			if !still[reporter{a.owner.Item, e}] {
				ended = append(ended, e)
			}
		}
		some := all.of(a.owner.Item, a.owner.Unit, ended)
		if progress.OwedFor(progress.Of(a.every, today).Previous(), a.owner.SetDay, some, today, progress.GraceDays).Situation == progress.Missing {
			c.Missing++
		}
		for _, r := range progress.Newest(some) {
			if r.Pending() {
				c.Waiting++
			}
		}
		counts[a.plan] = c
	}
	return counts, nil
}

// endedBefore gives the units that ended, by the one that goes on with each now.
func endedBefore(q db.Querier, city int64) (map[id.Unit][]id.Unit, error) {
	t := dutyTree{units: map[id.Unit]org.Unit{}}
	var err error
	if t.successors, err = allSuccessors(q, city); err != nil || len(t.successors) == 0 {
		return nil, err
	}
	var some []id.Unit
	for _, s := range t.successors {
		some = append(some, s.Unit, s.Successor)
	}
	if t.units, err = unitsNamed(q, city, some); err != nil {
		return nil, err
	}
	out := map[id.Unit][]id.Unit{}
	for ended, now := range t.present() {
		out[now] = append(out[now], ended)
	}
	for _, ended := range out {
		slices.Sort(ended)
	}
	return out, nil
}

// Reported gives a report as the office looks at it, with its item and unit.
func (o *Office) Reported(ctx context.Context, who Who, k ReportKey) (line ProgressLine, err error) {
	if !who.May("plan.read") {
		return line, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		p, err := planOfItem(v, o.city, k.Item)
		if err != nil {
			return err
		}
		var errs [3]error
		var all []progress.Report
		line.Item, errs[0] = loadItem(v, o.city, p, k.Item)
		line.Unit, errs[1] = loadUnit(v, o.city, k.Unit)
		all, errs[2] = reportsOf(v, o.city, k.Item, k.Unit)
		if err := errors.Join(errs[:]...); err != nil {
			return err
		}
		line.Period = k.Period
		if line.Owed.Report = progress.For(all, k.Period); line.Owed.Report == nil {
			return ErrMissing
		}
		return nil
	})
	return line, err
}
