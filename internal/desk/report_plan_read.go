package desk

import (
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

// PlanProgress is how the items of a plan stand for a period.
type PlanProgress struct {
	Plan   plan.Plan
	Every  []progress.Every // how often its items are reported
	Lines  []ProgressLine   // what nobody reported first
	Counts map[progress.Situation]int
	Chosen progress.SummaryChoice // of which items and units it tells
	Phases []plan.Phase           // what may be chosen
	Themes []string
	Leads  []org.Unit

	Waiting []MilestoneLine // milestones that wait to be confirmed
	Decided []MilestoneLine // and those that were confirmed or returned
}

// ProgressLine is an item and a unit that reports it, for a period.
type ProgressLine struct {
	Item   plan.Item
	Unit   org.Unit
	Duty   org.Duty
	Period progress.Period
	Owed   progress.Owed
	Last   *progress.Report // what was reported before, where nothing is for the period
	Doubt  *progress.Contradiction
	Signs  bool // 待审签: it waits for the head of its unit, and is not reported yet
	Files  []ReportFile
	place  itemPlace
}

// PlanProgress gives how the items of a plan stand for a period; without one, each for
// the period that ended last.
func (o *Office) PlanProgress(ctx context.Context, who Who, p id.Plan, period progress.Period) (out PlanProgress, err error) {
	return o.PlanProgressOf(ctx, who, p, period, progress.SummaryChoice{})
}

// PlanProgressOf gives it of the items and units that are chosen.
func (o *Office) PlanProgressOf(ctx context.Context, who Who, p id.Plan, period progress.Period, chosen progress.SummaryChoice) (out PlanProgress, err error) {
	if !who.May("plan.read") {
		return out, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		k, err := o.keepsOf(v, p)
		if err != nil {
			return err
		}
		if k.all, err = reportsNeeded(v, o.city, k, k.periods(o.Today(), period)); err != nil {
			return err
		}
		out = k.progress(period, chosen, o.Today())
		slices.SortStableFunc(out.Lines, func(a, b ProgressLine) int {
			return slices.Index(situations, a.Owed.Situation) - slices.Index(situations, b.Owed.Situation)
		})
		return nil
	})
	return out, err
}

// reportKeeping is a plan with what was reported on it, for one period after another.
type reportKeeping struct {
	plan   plan.Plan
	words  wordsOf
	owners map[id.Item][]org.Owner
	all    reports
	units  []org.Unit

	reached   map[id.Milestone]progress.Reached
	submitted map[reportPlace]bool
	files     map[reportPlace][]ReportFile
	before    map[id.Unit][]id.Unit    // which ended units one goes on with
	since     map[id.Item]calendar.Day // of how often items are reported, where that was changed
}

// keepsOf gives a plan without what was reported on it.
func (o *Office) keepsOf(q db.Querier, p id.Plan) (k reportKeeping, err error) {
	d, err := loadDraft(q, o.city, p)
	if err != nil {
		return k, err
	}
	var errs [7]error
	k.plan, k.words = d.Plan, newWordsOf(d.InDocument(), "")
	k.owners, errs[0] = plannedOwners(q, o.city, p)
	k.units, errs[2] = unitsAbove(q, o.city)
	k.reached, errs[3] = reachedInPlan(q, o.city, p)
	k.submitted, errs[4] = submittedInPlan(q, o.city, p)
	k.since, errs[5] = reportingSince(q, o.city, p)
	k.files, errs[6] = filesInPlan(q, o.city, p)
	var successors []org.Successor
	successors, errs[1] = allSuccessors(q, o.city)
	k.before = map[id.Unit][]id.Unit{}
	for _, u := range k.units {
		if next := goesOn(u, successors); next != 0 && u.To != "" {
			k.before[next] = append(k.before[next], u.ID)
		}
	}
	return k, errors.Join(errs[:]...)
}

// kinds are how often the items are reported, the shortest first.
func (k reportKeeping) kinds() (out []progress.Every) {
	for _, i := range k.words.Items {
		if every := everyOf(i.Period); every != "" && !slices.Contains(out, every) {
			out = append(out, every)
		}
	}
	slices.SortFunc(out, func(a, b progress.Every) int {
		return slices.Index(progress.Kinds, a) - slices.Index(progress.Kinds, b)
	})
	return out
}

// periods are those of each kind of which is told where some are asked for; without one,
// those that ended last.
func (k reportKeeping) periods(today calendar.Day, of ...progress.Period) (out []progress.Period) {
	for _, every := range k.kinds() {
		for _, p := range of {
			if p = within(every, p, today); p != "" && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// within gives the period of a kind of which is told where another is asked for.
func within(every progress.Every, of progress.Period, today calendar.Day) progress.Period {
	if of == "" {
		return progress.Of(every, today).Previous()
	}
	return progress.Within(every, of)
}

// passedFrom gives the ended units whose duty was passed on to a unit.
func (k reportKeeping) passedFrom(unit id.Unit, owners []org.Owner) (ended []id.Unit) {
	for _, e := range k.before[unit] {
		if !slices.ContainsFunc(owners, func(o org.Owner) bool { return o.Unit == e }) {
			ended = append(ended, e)
		}
	}
	return ended
}

// progress gives how the plan stands for a period, in its order.
func (k reportKeeping) progress(period progress.Period, chosen progress.SummaryChoice, today calendar.Day) PlanProgress {
	out := PlanProgress{Plan: k.plan, Counts: map[progress.Situation]int{}, Chosen: chosen}
	out.fill(k, period, today)
	out.Waiting, out.Decided = k.stones()
	return out
}

// situations are in the order in which the office sees to them.
var situations = []progress.Situation{progress.Missing, progress.Waiting, progress.GivenBack, progress.Awaited, progress.Reported, progress.Completed}

func (out *PlanProgress) fill(k reportKeeping, period progress.Period, today calendar.Day) {
	w, owners, named := k.words, k.owners, map[id.Unit]org.Unit{}
	for _, u := range k.units {
		named[u.ID] = u
	}
	places, offered := w.places(), map[id.Unit]bool{}
	out.Every = k.kinds()
	for _, i := range w.Items {
		every := everyOf(i.Period)
		if every == "" {
			continue
		}
		out.offer(i, owners[i.ID], offered, named)
		if !out.chooses(w, i, owners[i.ID]) {
			continue
		}
		of := within(every, period, today)
		if of == "" {
			continue
		}
		dates, left := datesOf(w.targets[i.ID], w.milestones[i.ID]), datesOf(w.targets[i.ID], unreached(w.milestones[i.ID], k.reached))
		for _, o := range owners[i.ID] {
			some := k.all.of(i.ID, o.Unit, k.passedFrom(o.Unit, owners[i.ID]))
			line := ProgressLine{Item: i, Unit: named[o.Unit], Duty: o.Duty, Period: of, place: places[i.ID], Signs: k.submitted[reportPlace{i.ID, o.Unit, of}], Files: k.files[reportPlace{i.ID, o.Unit, of}],
				Owed: progress.OwedFor(of, max(o.SetDay, k.since[i.ID]), some, today, progress.GraceDays), Doubt: doubt(some, left, today)}
			if line.Owed.Situation == progress.NotAsked || o.Duty != org.LeadDuty && line.Owed.Report == nil || !out.Chosen.Meets(line.Owed) { // who cooperates may report
				continue
			}
			if line.Owed.Report == nil {
				line.Last = progress.Before(some, of)
			}
			line.place.deadline = dates.Deadline
			out.Lines = append(out.Lines, line)
			out.Counts[line.Owed.Situation]++
		}
	}
	out.settle(w)
}
