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

// dueScope is of which units and items something is read: of all where a list is nil.
type dueScope struct {
	units []id.Unit
	items []id.Item
}

// ofScope reads the rows of a statement whose units are o.unit_id and whose items are
// o.item_id, as far as a scope reaches. The first of args is the city.
func ofScope[T any](q db.Querier, scan func(db.Scanner) (T, error), text, order string, s dueScope, args ...any) (out []T, err error) {
	for _, units := range atOnce(s.units) {
		for _, items := range atOnce(s.items) {
			some, where := slices.Clone(args), text
			if units != nil {
				where += " AND o.unit_id IN (" + placeholders(len(some)+1, ownersAtOnce) + ")"
				some = append(some, padded(0, units)[1:]...)
			}
			if items != nil {
				where += " AND o.item_id IN (" + placeholders(len(some)+1, ownersAtOnce) + ")"
				some = append(some, padded(0, items)[1:]...)
			}
			found, err := db.Rows(q, scan, where+order, some...)
			if err != nil {
				return nil, err
			}
			out = append(out, found...)
		}
	}
	return out, nil
}

// atOnce parts a list into what one statement names; nil stays one nil.
func atOnce[T any](all []T) [][]T {
	if all == nil {
		return [][]T{nil}
	}
	return slices.Collect(slices.Chunk(all, ownersAtOnce))
}

// ownedInForce are the owners of the items that stand in plans in force.
const ownedInForce = ` FROM item_owner o JOIN plan_item l ON l.city_id = o.city_id AND l.item_id = o.item_id JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id
		JOIN item i ON i.city_id = o.city_id AND i.id = o.item_id`

const whereInForce = ` WHERE o.city_id = $1 AND p.state = 'in_force' AND COALESCE(i.standing, '') = ''`

// askedToLead gives what lead units are asked to report, with the post that answers for it.
func askedToLead(q db.Querier, city int64, s dueScope) ([]askedReport, error) {
	return ofScope(q, func(s db.Scanner) (a askedReport, err error) {
		var often plan.Period
		err = s.Scan(&a.plan, &a.owner.Item, &a.owner.Unit, &a.owner.Post, &a.owner.SetDay, &often, &a.title)
		a.owner.Duty, a.every = org.LeadDuty, everyOf(often)
		return a, err
	}, "SELECT l.plan_id, o.item_id, o.unit_id, o.post_id, o.set_day, i.period, i.title"+ownedInForce+whereInForce+" AND o.duty = 'lead' AND i.period <> ''",
		" ORDER BY l.plan_id DESC, o.item_id, o.unit_id", s, city)
}

const stateColumns = "o.item_id, o.unit_id, o.period, o.revision, o.state, o.standing, o.reported_day, o.decided_day, o.reason"

func scanState(s db.Scanner) (r progress.Report, err error) {
	err = s.Scan(&r.Item, &r.Unit, &r.Period, &r.Revision, &r.State, &r.Standing, &r.Day, &r.Decided, &r.Reason)
	return r, err
}

// reportStates gives without their words all reports of a scope; why one was returned is told.
func reportStates(q db.Querier, city int64, s dueScope) (reports, error) {
	all := reports{}
	found, err := ofScope(q, scanState, "SELECT "+stateColumns+" FROM report o WHERE o.city_id = $1", "", s, city) // sorted, SQLite would walk through those of all units
	all.add(found)
	return all, err
}

// lastStates gives what tells how units stand now: the reports of the last periods, those
// that said that an item is complete, and those that were returned. From which period on a
// run of missing ones began is not among it.
func lastStates(q db.Querier, city int64, s dueScope, today calendar.Day) (reports, error) {
	args := []any{city}
	for _, every := range progress.Kinds {
		p := progress.Of(every, today)
		args = append(args, string(p), string(p.Previous()), string(p.Previous().Previous()))
	}
	all := reports{}
	found, err := ofScope(q, scanState, "SELECT "+stateColumns+" FROM report o WHERE o.city_id = $1 AND o.period IN ("+placeholders(2, len(args)-1)+")", "", s, args...)
	if err != nil {
		return nil, err
	}
	all.add(found)
	for _, ended := range []string{"o.state = 'complete'", "o.standing = 'returned'"} {
		some, err := ofScope(q, scanState, "SELECT "+stateColumns+" FROM report o WHERE o.city_id = $1 AND "+ended+newestOfPeriod, "", s, city)
		if err != nil {
			return nil, err
		}
		all.add(some)
	}
	return all, nil
}

// newestOfPeriod keeps of the reports o the last revision of each period.
const newestOfPeriod = " AND NOT EXISTS (SELECT 1 FROM report n WHERE n.city_id = o.city_id AND n.item_id = o.item_id AND n.unit_id = o.unit_id AND n.period = o.period AND n.revision > o.revision)"

// openDuties gives the duties that units said nothing to, or objected to.
func openDuties(q db.Querier, city int64, s dueScope) ([]askedReport, error) {
	return ofScope(q, func(s db.Scanner) (a askedReport, err error) {
		err = s.Scan(&a.plan, &a.owner.Item, &a.owner.Unit, &a.owner.Duty, &a.owner.Post, &a.owner.State, &a.owner.Reason, &a.owner.SetDay, &a.owner.AnsweredDay, &a.title)
		return a, err
	}, "SELECT l.plan_id, o.item_id, o.unit_id, o.duty, o.post_id, o.state, o.reason, o.set_day, o.answered_day, i.title"+ownedInForce+whereInForce+" AND o.state IN ('assigned', 'objected')",
		" ORDER BY l.plan_id DESC, o.item_id, o.unit_id", s, city)
}

// openMilestones gives the milestones of lead units that are due until a day, of items
// whose completion was not reported or was returned. Those that became a collection are
// owed there; those that were confirmed as reached, and orders whose answer was accepted,
// are owed nowhere.
func openMilestones(q db.Querier, city int64, s dueScope, until calendar.Day) ([]Due, error) {
	all, err := leadMilestones(q, city, s, ` AND NOT EXISTS (SELECT 1 FROM report c WHERE c.city_id = o.city_id AND c.item_id = o.item_id AND c.unit_id = o.unit_id AND c.state = 'complete' AND c.standing <> 'returned'
			AND NOT EXISTS (SELECT 1 FROM report n WHERE n.city_id = c.city_id AND n.item_id = c.item_id AND n.unit_id = c.unit_id AND n.period = c.period AND n.revision > c.revision))
		AND NOT EXISTS (SELECT 1 FROM collection x WHERE x.city_id = m.city_id AND x.milestone_id = m.id AND x.state <> 'draft')
		AND NOT EXISTS (SELECT 1 FROM milestone_reached y WHERE y.city_id = m.city_id AND y.milestone_id = m.id AND y.standing = 'confirmed')
		AND NOT EXISTS (SELECT 1 FROM order_answer z WHERE z.city_id = o.city_id AND z.item_id = o.item_id AND z.standing = 'accepted')`)
	return slices.DeleteFunc(all, func(d Due) bool { return d.By > until }), err
}

// leadMilestones gives the milestones with a day of lead units that stand, each in its
// newest revision, of items of which a condition is true.
func leadMilestones(q db.Querier, city int64, s dueScope, condition string) (out []Due, err error) {
	type stone struct {
		Due
		revision int
		standing plan.Standing
	}
	all, err := ofScope(q, func(s db.Scanner) (m stone, err error) {
		var order id.Item
		err = s.Scan(&m.Plan, &m.Item, &m.Unit, &m.Post, &m.Milestone, &m.revision, &m.Due.Title, &m.By, &m.standing, &m.Subject, &order)
		m.Kind, m.Of, m.Count, m.Minutes = DueMilestone, m.Unit, 1, plan.MinutesMilestone
		if order != 0 {
			m.Kind = DueOrder
		}
		return m, err
	}, "SELECT l.plan_id, o.item_id, o.unit_id, o.post_id, m.id, m.revision, m.title, m.due, COALESCE(m.standing, ''), i.title, COALESCE(r.item_id, 0)"+ownedInForce+
		" JOIN milestone m ON m.city_id = o.city_id AND m.item_id = o.item_id LEFT JOIN item_order r ON r.city_id = o.city_id AND r.item_id = o.item_id"+whereInForce+
		" AND o.duty = 'lead'"+condition, " ORDER BY l.plan_id DESC, o.item_id, o.unit_id, m.id, m.revision", s, city)
	for k, m := range all {
		if n := k + 1; n < len(all) && all[n].Milestone == m.Milestone && all[n].Unit == m.Unit && all[n].Plan == m.Plan {
			continue // a newer revision follows
		}
		if m.standing == plan.Stands && m.By != "" {
			out = append(out, m.Due)
		}
	}
	return out, err
}

// openHandovers gives those whose first day has not come, or was not dealt with.
func openHandovers(q db.Querier, city int64) ([]handoverRow, error) {
	return db.Rows(q, scanHandover, "SELECT "+handoverColumns+" FROM handover WHERE city_id = $1 AND finished = 0 ORDER BY first_day, id", city)
}

// openQuestions counts the open questions of each draft.
func openQuestions(q db.Querier, city int64) (map[id.Plan]int, error) {
	out := map[id.Plan]int{}
	_, err := db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
		var p id.Plan
		var n int
		err = s.Scan(&p, &n)
		out[p] = n
		return one, err
	}, `SELECT q.plan_id, COUNT(*) FROM question q JOIN plan p ON p.city_id = q.city_id AND p.id = q.plan_id
		WHERE q.city_id = $1 AND p.state = 'draft' AND q.state = 'open' GROUP BY q.plan_id`, city)
	return out, err
}

// blockedNow gives the items of plans in force of which the last report says that the
// unit cannot go on.
func blockedNow(q db.Querier, city int64, s dueScope) ([]Blocked, error) {
	return ofScope(q, func(s db.Scanner) (b Blocked, err error) {
		err = s.Scan(&b.Plan, &b.Item, &b.Of, &b.Period, &b.Revision, &b.Since, &b.Need, &b.NeedFrom, &b.Subject)
		return b, err
	}, "SELECT l.plan_id, o.item_id, o.unit_id, r.period, r.revision, r.reported_day, r.need, r.need_from, i.title"+ownedInForce+
		` JOIN report r ON r.city_id = o.city_id AND r.item_id = o.item_id AND r.unit_id = o.unit_id`+whereInForce+` AND r.state = 'blocked' AND r.standing <> 'returned'
			AND NOT EXISTS (SELECT 1 FROM report n WHERE n.city_id = r.city_id AND n.item_id = r.item_id AND n.unit_id = r.unit_id AND (n.period > r.period OR n.period = r.period AND n.revision > r.revision))`,
		"", s, city)
}

// unassignedItems counts for each plan in force the items that nobody answers for, of those
// that somebody has to.
func unassignedItems(q db.Querier, city int64) (map[id.Plan]int, error) {
	out := map[id.Plan]int{}
	_, err := db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
		var p id.Plan
		var n int
		err = s.Scan(&p, &n)
		out[p] = n
		return one, err
	}, "SELECT l.plan_id, COUNT(*) FROM plan_item l JOIN item i ON i.city_id = l.city_id AND i.id = l.item_id JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id"+
		" WHERE l.city_id = $1 AND p.state = 'in_force' AND COALESCE(i.standing, '') = '' AND "+nobodyAnswers+" GROUP BY l.plan_id", city)
	return out, err
}

// collectionsArrived counts for each collection that runs the answers that nobody took or returned.
func collectionsArrived(q db.Querier, city int64) ([]Due, error) {
	return db.Rows(q, func(s db.Scanner) (d Due, err error) {
		err = s.Scan(&d.Collection, &d.Subject, &d.Of, &d.Count, &d.Since)
		d.Kind, d.Minutes = DueReceive, d.Count*minutesConfirm
		return d, err
	}, `SELECT c.id, c.title, c.unit_id, COUNT(*), MIN(o.sent_day) FROM collection c JOIN collection_owed o ON o.city_id = c.city_id AND o.collection_id = c.id
		WHERE c.city_id = $1 AND c.state = 'open' AND o.standing = 'sent' AND o.revision > 0 GROUP BY c.id, c.title, c.unit_id ORDER BY c.id`, city)
}
