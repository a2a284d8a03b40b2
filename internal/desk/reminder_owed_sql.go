package desk

import (
	"luoshi/calendar"
	"luoshi/internal/db"
	"luoshi/reminder"
)

// unansweredOwners gives the items of plans in force to which units said nothing yet.
func unansweredOwners(q db.Querier, city int64) ([]askedReport, error) {
	return db.Rows(q, func(s db.Scanner) (a askedReport, err error) {
		err = s.Scan(&a.plan, &a.owner.Item, &a.owner.Unit, &a.owner.SetDay, &a.title)
		return a, err
	}, `SELECT MIN(l.plan_id), o.item_id, o.unit_id, o.set_day, i.title FROM item_owner o
		JOIN plan_item l ON l.city_id = o.city_id AND l.item_id = o.item_id JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id
		JOIN item i ON i.city_id = o.city_id AND i.id = o.item_id
		WHERE o.city_id = $1 AND o.state = 'assigned' AND p.state = 'in_force' AND COALESCE(i.standing, '') = ''
		GROUP BY o.item_id, o.unit_id, o.set_day, i.title ORDER BY o.item_id, o.unit_id`, city)
}

// milestonesUntil gives the milestones of plans in force that are due until a day, with
// the units that take the lead in their items.
func milestonesUntil(q db.Querier, city int64, last calendar.Day) ([]reminder.Owed, error) {
	return db.Rows(q, func(s db.Scanner) (o reminder.Owed, err error) {
		o.Kind = reminder.Milestone
		err = s.Scan(&o.Record, &o.Item, &o.Unit, &o.Title, &o.Due)
		return o, err
	}, `SELECT DISTINCT m.id, m.item_id, o.unit_id, m.title, m.due FROM milestone m
		JOIN item_owner o ON o.city_id = m.city_id AND o.item_id = m.item_id
		JOIN plan_item l ON l.city_id = m.city_id AND l.item_id = m.item_id JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id
		JOIN item i ON i.city_id = m.city_id AND i.id = m.item_id
		WHERE m.city_id = $1 AND m.due <> '' AND m.due <= $2 AND COALESCE(m.standing, '') = '' AND o.duty = 'lead'
		AND p.state = 'in_force' AND COALESCE(i.standing, '') = ''
		AND m.revision = (SELECT MAX(r.revision) FROM milestone r WHERE r.city_id = m.city_id AND r.id = m.id) ORDER BY m.due, m.id, o.unit_id`, city, string(last))
}
