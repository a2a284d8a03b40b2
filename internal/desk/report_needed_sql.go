package desk

import (
	"slices"
	"strings"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/progress"
)

// reportsNeeded gives of the reports on the items of a plan what tells how each stands for
// some periods and what was said last, without reading years of them: those of the periods,
// the newest of each unit, and all of the few units of which these do not tell enough.
func reportsNeeded(q db.Querier, city int64, kept reportKeeping, periods []progress.Period) (reports, error) {
	p := kept.plan.ID
	all := reports{}
	for some := range slices.Chunk(periods, periodsAtOnce) {
		found, err := db.Rows(q, scanReport, "SELECT "+reportColumns+" FROM report WHERE city_id = $1"+ofPlan+" AND period IN ("+placeholders(4, periodsAtOnce)+")", append([]any{city, city, p}, padPeriods(some)...)...)
		if err != nil {
			return nil, err
		}
		all.add(found)
	}
	last, err := lastOfPlan(q, city, p, periods)
	if err != nil {
		return nil, err
	}
	before, err := reportsBefore(q, city, p, periods)
	if err != nil {
		return nil, err
	}
	all.add(before)
	newest := map[reporter]progress.Report{}
	for _, l := range last {
		newest[reporter{l.Item, l.Unit}] = l
	}
	for k, said := range all {
		if _, other := newest[k]; !other { // it is among those of the periods
			newest[k] = slices.MaxFunc(said, progress.Report.Compare)
		}
	}
	for _, l := range last {
		k := reporter{l.Item, l.Unit}
		if !slices.ContainsFunc(all[k], func(r progress.Report) bool { return r.Period == l.Period && r.Revision == l.Revision }) {
			all[k] = append(all[k], l)
		}
	}
	every := map[id.Item]progress.Every{}
	for _, i := range kept.words.Items {
		every[i.ID] = everyOf(i.Period)
	}
	whole := map[id.Item][]id.Unit{}
	for k, l := range newest {
		if every[k.item] != "" && !tells(all[k], l, every[k.item], kept.since[k.item] != "", periods) {
			whole[k.item] = append(whole[k.item], k.unit)
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

// tells reports whether what is known of what a unit said is enough to know how an item
// stands for some periods. Nothing counts that lies between a period that was not reported
// and the one before it that was, or what was said last, but where it was changed how often
// the item is reported.
func tells(said []progress.Report, last progress.Report, every progress.Every, changed bool, periods []progress.Period) bool {
	if last.Standing == progress.Returned {
		return false // what it said before is shown
	}
	mixed := changed || slices.ContainsFunc(said, func(r progress.Report) bool { return r.Period.Every() != every })
	for _, p := range periods {
		if p.Every() != every || progress.For(said, p) != nil || last.Period.Every() == every && last.Period.First() < p.First() {
			continue
		}
		if mixed || progress.For(said, p.Previous()) == nil {
			return false
		}
	}
	return true
}

// lastOfPlan gives the newest report of each unit on each item of a plan, but those of some periods.
func lastOfPlan(q db.Querier, city int64, p id.Plan, but []progress.Period) (out []progress.Report, err error) {
	args := []any{city, p}
	for _, b := range but {
		args = append(args, string(b))
	}
	not := ""
	if len(but) > 0 {
		not = " AND l.period NOT IN (" + placeholders(3, len(but)) + ")"
	}
	return db.Rows(q, scanReport, "SELECT "+reportColumnsOfR+` FROM plan_item pi JOIN report_last l ON l.city_id = pi.city_id AND l.item_id = pi.item_id
		JOIN report r ON r.city_id = l.city_id AND r.item_id = l.item_id AND r.unit_id = l.unit_id AND r.period = l.period AND r.revision = l.revision
		WHERE pi.city_id = $1 AND pi.plan_id = $2`+not, args...)
}

var reportColumnsOfR = "r." + strings.ReplaceAll(reportColumns, ", ", ", r.")

// reportsBefore gives the reports for the periods before some, of units that said nothing
// for these and something later.
func reportsBefore(q db.Querier, city int64, p id.Plan, periods []progress.Period) (out []progress.Report, err error) {
	for _, of := range periods {
		some, err := db.Rows(q, scanReport, "SELECT "+reportColumnsOfR+` FROM report r WHERE r.city_id = $1 AND r.period = $2 AND r.item_id IN (SELECT item_id FROM plan_item WHERE city_id = $3 AND plan_id = $4)
			AND NOT EXISTS (SELECT 1 FROM report w WHERE w.city_id = r.city_id AND w.item_id = r.item_id AND w.unit_id = r.unit_id AND w.period = $5)
			AND EXISTS (SELECT 1 FROM report_last l WHERE l.city_id = r.city_id AND l.item_id = r.item_id AND l.unit_id = r.unit_id AND l.period <> $6)`,
			city, string(of.Previous()), city, p, string(of), string(of.Previous()))
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
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
