package desk

import (
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

const (
	publicReportColumns = "item_id, unit_id, period, revision, state, done, on_behalf, standing, reported_day, decided_day"
	reportColumns       = publicReportColumns + ", next_step, difficulty, need, need_from, proof, reason"
)

// scanPublicReport reads the public columns, and others that stand behind them.
func scanPublicReport(s db.Scanner, others func(r *progress.Report) []any) (r progress.Report, err error) {
	to := []any{&r.Item, &r.Unit, &r.Period, &r.Revision, &r.State, &r.Done, &r.OnBehalf, &r.Standing, &r.Day, &r.Decided}
	if others != nil {
		to = append(to, others(&r)...)
	}
	err = s.Scan(to...)
	return r, err
}

func scanReport(s db.Scanner) (progress.Report, error) {
	return scanPublicReport(s, func(r *progress.Report) []any {
		return []any{&r.Next, &r.Difficulty, &r.Need, &r.NeedFrom, &r.Proof, &r.Reason}
	})
}

func scanOpenReport(s db.Scanner) (progress.Report, error) { return scanPublicReport(s, nil) }

// saveReports keeps reports, each with the post by which it was last dealt with.
func saveReports(tx *db.Tx, city int64, all []progress.Report) error {
	rows := make([][]any, len(all))
	for i, r := range all {
		rows[i] = []any{city, r.Item, r.Unit, string(r.Period), r.Revision, string(r.State), r.Done, number(r.OnBehalf), string(r.Standing), string(r.Day), string(r.Decided),
			r.Next, r.Difficulty, r.Need, r.NeedFrom, r.Proof, r.Reason, tx.Cmd().Actor}
	}
	if err := tx.Upsert("report", "city_id, item_id, unit_id, period, revision", "city_id, "+reportColumns+", post_id", rows); err != nil {
		return err
	}
	return saveLastReports(tx, city, all)
}

// reporter is a unit that answers for an item.
type reporter struct {
	item id.Item
	unit id.Unit
}

type reports map[reporter][]progress.Report

func (all reports) add(some []progress.Report) {
	for _, r := range some {
		k := reporter{r.Item, r.Unit}
		all[k] = append(all[k], r)
	}
}

// of gives what was reported of an item by a unit, and before it by those that ended and
// whose duty was passed on to it.
func (all reports) of(item id.Item, unit id.Unit, ended []id.Unit) []progress.Report {
	own := all[reporter{item, unit}]
	for _, e := range ended {
		if more := all[reporter{item, e}]; e != unit && len(more) > 0 {
			own = append(slices.Clone(more), own...)
		}
	}
	return own
}

// reportedBy finds the reports of units; byReporter puts them in order of revision.
var (
	reportedBy = "SELECT " + reportColumns + " FROM report WHERE city_id = $1 AND unit_id IN (" + placeholders(2, ownersAtOnce) + ")" + byReporter
	asked      = `SELECT l.plan_id, o.item_id, o.unit_id, o.duty, o.set_day, i.period, i.title, COALESCE(g.set_day, '') FROM item_owner o
		LEFT JOIN item_reporting g ON g.city_id = o.city_id AND g.item_id = o.item_id
		JOIN plan_item l ON l.city_id = o.city_id AND l.item_id = o.item_id JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id
		JOIN item i ON i.city_id = o.city_id AND i.id = o.item_id
		WHERE o.city_id = $1 AND p.state = 'in_force' AND COALESCE(i.standing, '') = '' AND i.period <> ''`
	askedOfUnits = asked + " AND o.unit_id IN (" + placeholders(2, ownersAtOnce) + ") ORDER BY l.plan_id DESC, o.item_id, o.unit_id"
)

const byReporter = " ORDER BY item_id, unit_id, period, revision"

func reportsOfUnits(q db.Querier, city int64, units []id.Unit) (reports, error) {
	all := reports{}
	for some := range slices.Chunk(units, ownersAtOnce) {
		found, err := db.Rows(q, scanReport, reportedBy, padded(city, some)...)
		if err != nil {
			return nil, err
		}
		all.add(found)
	}
	return all, nil
}

func reportsOf(q db.Querier, city int64, item id.Item, unit id.Unit) ([]progress.Report, error) {
	return db.Rows(q, scanReport, "SELECT "+reportColumns+" FROM report WHERE city_id = $1 AND item_id = $2 AND unit_id = $3"+byReporter, city, item, unit)
}

// publicReports gives of the reports on the items of a plan, or on one of them, what goes
// out with them.
func publicReports(q db.Querier, city int64, p id.Plan, item id.Item) (reports, error) {
	all := reports{}
	var found []progress.Report
	var err error
	if item != 0 {
		found, err = db.Rows(q, scanOpenReport, "SELECT "+publicReportColumns+" FROM report WHERE city_id = $1 AND item_id = $2"+byReporter, city, item)
	} else {
		found, err = db.Rows(q, scanOpenReport, "SELECT "+publicReportColumns+" FROM report WHERE city_id = $1"+ofPlan+byReporter, city, city, p)
	}
	all.add(found)
	return all, err
}

// publicOwnersOfPlan gives by item who answers for those of a plan, or for one of them, as
// everybody may know.
func publicOwnersOfPlan(q db.Querier, city int64, p id.Plan, item id.Item) (map[id.Item][]org.Owner, error) {
	if item != 0 {
		return byItem(db.Rows(q, scanPublicOwner, "SELECT item_id, unit_id, duty, post_id FROM item_owner WHERE city_id = $1 AND item_id = $2"+leadFirst, city, item))
	}
	return byItem(db.Rows(q, scanPublicOwner, "SELECT item_id, unit_id, duty, post_id FROM item_owner WHERE city_id = $1"+ofPlan+leadFirst, city, city, p))
}

// askedReport is an item of a plan in force that a unit is asked to report.
type askedReport struct {
	plan  id.Plan
	owner org.Owner // of which Item, Unit, Duty and SetDay are known
	every progress.Every
	title string
}

func (a askedReport) key() reporter { return reporter{a.owner.Item, a.owner.Unit} }

func scanAsked(s db.Scanner) (a askedReport, err error) {
	var often plan.Period
	var since calendar.Day
	err = s.Scan(&a.plan, &a.owner.Item, &a.owner.Unit, &a.owner.Duty, &a.owner.SetDay, &often, &a.title, &since)
	a.owner.SetDay = max(a.owner.SetDay, since)
	a.every = everyOf(often)
	return a, err
}

func askedReports(q db.Querier, city int64, units []id.Unit) (out []askedReport, err error) {
	for some := range slices.Chunk(units, ownersAtOnce) {
		found, err := db.Rows(q, scanAsked, askedOfUnits, padded(city, some)...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// askedOfLeads gives what is asked of the units that take the lead, in one plan in force
// or in all.
func askedOfLeads(q db.Querier, city int64, only id.Plan) ([]askedReport, error) {
	return db.Rows(q, scanAsked, asked+" AND o.duty = 'lead' AND (l.plan_id = $2 OR $2 = 0) ORDER BY l.plan_id, o.item_id, o.unit_id", city, only)
}

// lastReports gives without their words the reports that tell how the periods that
// ended last stand: of these and of those that ended an item.
func lastReports(q db.Querier, city int64, today calendar.Day) (reports, error) {
	args := []any{city}
	for _, every := range progress.Kinds {
		args = append(args, string(progress.Of(every, today).Previous()))
	}
	all := reports{}
	found, err := db.Rows(q, func(s db.Scanner) (r progress.Report, err error) {
		err = s.Scan(&r.Item, &r.Unit, &r.Period, &r.Revision, &r.State, &r.Standing, &r.Day)
		return r, err
	}, "SELECT item_id, unit_id, period, revision, state, standing, reported_day FROM report WHERE city_id = $1 AND (state = 'complete' OR period IN ("+
		placeholders(2, len(progress.Kinds))+"))"+byReporter, args...)
	all.add(found)
	return all, err
}
