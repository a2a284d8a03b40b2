package desk

import (
	"slices"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

// reportsNeeded gives of the reports on the items of a plan what tells how each stands for
// some periods and what was said last, without reading years of them: those of the periods,
// the newest of each unit, and all of the few units of which these do not tell enough.
func reportsNeeded(q db.Querier, city int64, p id.Plan, items []plan.Item, periods []progress.Period) (reports, error) {
	all := reports{}
	for some := range slices.Chunk(periods, periodsAtOnce) {
		found, err := db.Rows(q, scanReport, "SELECT "+reportColumns+" FROM report WHERE city_id = $1"+ofPlan+" AND period IN ("+placeholders(4, periodsAtOnce)+")", append([]any{city, city, p}, padPeriods(some)...)...)
		if err != nil {
			return nil, err
		}
		all.add(found)
	}
	last, err := lastOfPlan(q, city, p)
	if err != nil {
		return nil, err
	}
	every := map[id.Item]progress.Every{}
	for _, i := range items {
		every[i.ID] = everyOf(i.Period)
	}
	whole := map[id.Item][]id.Unit{}
	for _, l := range last {
		k := reporter{l.Item, l.Unit}
		said := all[k]
		if !slices.Contains(periods, l.Period) {
			all[k] = append(all[k], l)
		}
		if every[l.Item] != "" && !tells(said, l, every[l.Item], periods) {
			whole[l.Item] = append(whole[l.Item], l.Unit)
		}
	}
	for item, units := range whole {
		found, err := ofScope(q, scanReport, "SELECT "+reportColumns+" FROM report o WHERE o.city_id = $1", "", dueScope{units: units, items: []id.Item{item}}, city)
		if err != nil {
			return nil, err
		}
		for _, u := range units {
			delete(all, reporter{item, u})
		}
		all.add(found)
	}
	return all, nil
}

// tells reports whether what a unit said for some periods, with what it said last, is
// enough to know how an item stands for those periods: nothing lies between that counts.
func tells(said []progress.Report, last progress.Report, every progress.Every, periods []progress.Period) bool {
	if last.Standing == progress.Returned {
		return false // what it said before is shown
	}
	for _, p := range periods {
		if p.Every() == every && progress.For(said, p) == nil && (last.Period.Every() != every || last.Period.First() >= p.First()) {
			return false
		}
	}
	return true
}

// lastOfPlan gives the newest report of each unit on each item of a plan.
func lastOfPlan(q db.Querier, city int64, p id.Plan) ([]progress.Report, error) {
	return db.Rows(q, scanReport, `SELECT r.item_id, r.unit_id, r.period, r.revision, r.state, r.done, r.on_behalf, r.standing, r.reported_day, r.decided_day, r.next_step, r.difficulty, r.need, r.need_from, r.proof, r.reason
		FROM plan_item pi JOIN report_last l ON l.city_id = pi.city_id AND l.item_id = pi.item_id
		JOIN report r ON r.city_id = l.city_id AND r.item_id = l.item_id AND r.unit_id = l.unit_id AND r.period = l.period AND r.revision = l.revision
		WHERE pi.city_id = $1 AND pi.plan_id = $2`, city, p)
}

// padPeriods are periods as so many arguments of a statement as it names.
func padPeriods(some []progress.Period) (args []any) {
	for i := range periodsAtOnce {
		args = append(args, string(some[min(i, len(some)-1)]))
	}
	return args
}

// plannedOwners gives by item who answers for those of a plan, without what they said to it.
func plannedOwners(q db.Querier, city int64, p id.Plan) (map[id.Item][]org.Owner, error) {
	return byItem(db.Rows(q, func(s db.Scanner) (o org.Owner, err error) {
		err = s.Scan(&o.Item, &o.Unit, &o.Duty, &o.SetDay)
		return o, err
	}, "SELECT item_id, unit_id, duty, set_day FROM item_owner WHERE city_id = $1"+ofPlan+leadFirst, city, city, p))
}
