package desk

import (
	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
	"luoshi/progress"
)

func burdenCaps(q db.Querier, city int64) ([]plan.BurdenCap, error) {
	return db.Rows(q, func(s db.Scanner) (c plan.BurdenCap, err error) {
		err = s.Scan(&c.From, &c.Minutes)
		return c, err
	}, "SELECT from_day, minutes FROM burden_cap WHERE city_id = $1 ORDER BY from_day", city)
}

func saveBurdenCap(tx *db.Tx, city int64, c plan.BurdenCap) error {
	return tx.Upsert("burden_cap", "city_id, from_day", "city_id, from_day, minutes, post_id", [][]any{{city, string(c.From), c.Minutes, tx.Cmd().Actor}})
}

// newestReports gives the newest revision of each report, without words, of some units or all.
func newestReports(q db.Querier, city int64, places []id.Unit) ([]progress.Report, error) {
	return ofPlaces(q, func(s db.Scanner) (r progress.Report, err error) {
		err = s.Scan(&r.Item, &r.Unit, &r.Period, &r.State, &r.Standing)
		return r, err
	}, `SELECT o.item_id, o.unit_id, o.period, o.state, o.standing FROM report o WHERE o.city_id = $1 AND NOT EXISTS (SELECT 1 FROM report n
		WHERE n.city_id = o.city_id AND n.item_id = o.item_id AND n.unit_id = o.unit_id AND n.period = o.period AND n.revision > o.revision)`,
		"", city, places) // sorted, SQLite would walk through those of all units
}

// dutiesSet gives on which days units were assigned items that are still theirs.
func dutiesSet(q db.Querier, city int64, places []id.Unit) ([]askedReport, error) {
	return ofPlaces(q, func(s db.Scanner) (a askedReport, err error) {
		err = s.Scan(&a.owner.Item, &a.owner.Unit, &a.owner.SetDay)
		return a, err
	}, "SELECT o.item_id, o.unit_id, o.set_day FROM item_owner o WHERE o.city_id = $1", "", city, places)
}

// milestonesIn gives the milestones of lead units whose day lies in a span.
func milestonesIn(q db.Querier, city int64, places []id.Unit, from, to calendar.Day) (out []Due, err error) {
	all, err := leadMilestones(q, city, places, "")
	for _, m := range all {
		if from <= m.By && m.By <= to {
			out = append(out, m)
		}
	}
	return once(out), err
}
