package desk

import (
	"slices"

	"luoshi/calendar"
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

// periodsAtOnce is how many periods one statement names, so that one text is prepared for all.
const periodsAtOnce = 12

// periodReports gives the newest revision of each report for some periods, without words.
func periodReports(q db.Querier, city int64, s dueScope, periods []progress.Period) (out []progress.Report, err error) {
	for some := range slices.Chunk(periods, periodsAtOnce) {
		found, err := newestReports(q, s, " AND o.period IN ("+placeholders(2, periodsAtOnce)+")", append([]any{city}, padPeriods(some)...)...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// completions gives the newest revision of each report that says that an item is complete, without words.
func completions(q db.Querier, city int64, s dueScope) ([]progress.Report, error) {
	return newestReports(q, s, " AND o.state = 'complete'", city)
}

func newestReports(q db.Querier, s dueScope, which string, args ...any) ([]progress.Report, error) {
	return ofScope(q, func(s db.Scanner) (r progress.Report, err error) {
		err = s.Scan(&r.Item, &r.Unit, &r.Period, &r.State, &r.Standing)
		return r, err
	}, "SELECT o.item_id, o.unit_id, o.period, o.state, o.standing FROM report o WHERE o.city_id = $1"+which+newestOfPeriod, "", s, args...) // sorted, SQLite would walk through those of all units
}

// dutiesSet gives on which days units were assigned items that are still theirs.
func dutiesSet(q db.Querier, city int64, s dueScope) ([]askedReport, error) {
	return ofScope(q, func(s db.Scanner) (a askedReport, err error) {
		err = s.Scan(&a.owner.Item, &a.owner.Unit, &a.owner.SetDay)
		return a, err
	}, "SELECT o.item_id, o.unit_id, o.set_day FROM item_owner o WHERE o.city_id = $1", "", s, city)
}

// milestonesIn gives the milestones of lead units whose day lies in a span.
func milestonesIn(q db.Querier, city int64, s dueScope, from, to calendar.Day) (out []Due, err error) {
	all, err := leadMilestones(q, city, s, "")
	for _, m := range all {
		if from <= m.By && m.By <= to {
			out = append(out, m)
		}
	}
	return once(out), err
}
