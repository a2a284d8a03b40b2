package desk

import (
	"maps"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// unheldOn is the condition that a post p has no holder on a day who can act. The query
// within stands for itself, so that it is asked once and not for each post.
const unheldOn = `p.id NOT IN (SELECT t.post_id FROM term t JOIN account a ON a.city_id = t.city_id AND a.id = t.account_id
	WHERE t.city_id = $1 AND t.kind = $2 AND t.from_day <= $3 AND (t.to_day = '' OR t.to_day >= $4) AND a.state = $5)`

// emptyPosts gives the posts that are there on a day and that nobody holds then.
func emptyPosts(q db.Querier, city int64, day calendar.Day) ([]UnheldPost, error) {
	return db.Rows(q, func(s db.Scanner) (p UnheldPost, err error) {
		err = s.Scan(&p.Post, &p.Unit, &p.Level, &p.UnitName, &p.Title)
		return p, err
	}, `SELECT p.id, p.unit_id, u.level, u.name, p.title FROM post p JOIN unit u ON u.city_id = p.city_id AND u.id = p.unit_id
		WHERE `+unheldOn+` AND p.city_id = $6 AND (p.to_day = '' OR p.to_day >= $7) AND (u.to_day = '' OR u.to_day >= $8) ORDER BY u.level, u.id, p.id`,
		city, string(org.Holder), string(day), string(day), string(org.AccountOpen), city, string(day), string(day))
}

// emptyPlaces gives the places in leading groups whose post nobody holds on a day.
func emptyPlaces(q db.Querier, city int64, day calendar.Day) ([]UnheldPlace, error) {
	return db.Rows(q, func(s db.Scanner) (p UnheldPlace, err error) {
		err = s.Scan(&p.Group, &p.Name, &p.Post, &p.Place, &p.Unit, &p.UnitName, &p.Title)
		return p, err
	}, `SELECT g.id, g.name, m.post_id, m.place, p.unit_id, u.name, p.title FROM leading_group_member m
		JOIN leading_group g ON g.city_id = m.city_id AND g.id = m.group_id
		JOIN post p ON p.city_id = m.city_id AND p.id = m.post_id
		JOIN unit u ON u.city_id = p.city_id AND u.id = p.unit_id
		WHERE `+unheldOn+` AND m.city_id = $6 AND g.to_day = '' ORDER BY g.id, m.ordinal`,
		city, string(org.Holder), string(day), string(day), string(org.AccountOpen), city)
}

// postTerm is a term in a post, with whether its account is open.
type postTerm struct {
	org.Term
	open bool
}

// termsIn gives the terms in some posts, in order of their days.
func termsIn(q db.Querier, city int64, posts []id.Post) ([]postTerm, error) {
	args := []any{city, string(org.AccountOpen)}
	return db.Rows(q, func(s db.Scanner) (t postTerm, err error) {
		err = s.Scan(&t.Post, &t.Kind, &t.From, &t.To, &t.open)
		return t, err
	}, `SELECT t.post_id, t.kind, t.from_day, t.to_day, CASE WHEN a.state = $2 THEN 1 ELSE 0 END FROM term t
		JOIN account a ON a.city_id = t.city_id AND a.id = t.account_id WHERE t.city_id = $1 AND t.post_id IN `+among(&args, posts)+" ORDER BY t.from_day, t.id", args...)
}

// idleAccounts gives the open accounts without a post on a day or later.
func idleAccounts(q db.Querier, city int64, day calendar.Day) ([]Account, error) {
	return db.Rows(q, scanAccount(q, city), selectAccount+` AND a.state = $2 AND a.id NOT IN (SELECT t.account_id FROM term t
		JOIN post tp ON tp.city_id = t.city_id AND tp.id = t.post_id WHERE t.city_id = $3 AND (t.to_day = '' OR t.to_day >= $4)
		AND (tp.to_day = '' OR tp.to_day >= $5)) ORDER BY a.id`, city, string(org.AccountOpen), city, string(day), string(day))
}

// leadsInForce gives the items of plans in force whose words have a lead, and that nobody
// was assigned.
func leadsInForce(q db.Querier, city int64) ([]UnheldItem, error) {
	return db.Rows(q, func(s db.Scanner) (i UnheldItem, err error) {
		err = s.Scan(&i.Item, &i.Title, &i.Lead, &i.Plan, &i.PlanTitle)
		return i, err
	}, `SELECT i.id, i.title, i.lead, p.id, p.title FROM plan p JOIN plan_item l ON l.city_id = p.city_id AND l.plan_id = p.id
		JOIN item i ON i.city_id = l.city_id AND i.id = l.item_id
		WHERE p.city_id = $1 AND p.state = $2 AND COALESCE(i.standing, '') = '' AND i.lead <> ''
		AND i.id NOT IN (SELECT o.item_id FROM item_owner o WHERE o.city_id = $3) ORDER BY p.id, COALESCE(l.rank, l.ordinal * 1048576), l.ordinal`,
		city, string(plan.InForce), city)
}

// ledItem is an item in force with a unit that was assigned the lead.
type ledItem struct {
	UnheldItem
	unit namedUnit
}

// leadsAssigned gives the items of plans in force with the units that were assigned the
// lead, and whether somebody there has an open account.
func leadsAssigned(q db.Querier, city int64, day calendar.Day) ([]ledItem, error) {
	return db.Rows(q, func(s db.Scanner) (l ledItem, err error) {
		err = s.Scan(&l.Item, &l.Title, &l.Lead, &l.Plan, &l.PlanTitle, &l.unit.unit, &l.unit.name, &l.unit.to, &l.unit.open)
		return l, err
	}, "SELECT i.id, i.title, i.lead, p.id, p.title, u.id, u.name, u.to_day, "+leadsOfUnits+" ORDER BY p.id, COALESCE(l.rank, l.ordinal * 1048576), l.ordinal", argsOfLeads(city, day)...)
}

// leadsOfUnits are the leads that were assigned in plans in force, with whether somebody
// of the unit has an open account.
const leadsOfUnits = `CASE WHEN u.id IN (SELECT t2.unit_id FROM post t2
		JOIN term t ON t.city_id = t2.city_id AND t.post_id = t2.id
		JOIN account a ON a.city_id = t.city_id AND a.id = t.account_id WHERE t2.city_id = $2 AND t.from_day <= $3
		AND (t.to_day = '' OR t.to_day >= $4) AND a.state = $5) THEN 1 ELSE 0 END FROM item_owner o
		JOIN item i ON i.city_id = o.city_id AND i.id = o.item_id
		JOIN unit u ON u.city_id = o.city_id AND u.id = o.unit_id
		JOIN plan_item l ON l.city_id = o.city_id AND l.item_id = o.item_id
		JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id
		WHERE o.city_id = $1 AND o.duty = $6 AND p.state = $7 AND COALESCE(i.standing, '') = ''`

func argsOfLeads(city int64, day calendar.Day) []any {
	return []any{city, city, string(day), string(day), string(org.AccountOpen), string(org.LeadDuty), string(plan.InForce)}
}

// leadingUnit is a unit with how many items in force it was assigned the lead of.
type leadingUnit struct {
	namedUnit
	leads int
}

func leadsCounted(q db.Querier, city int64, day calendar.Day) ([]leadingUnit, error) {
	return db.Rows(q, func(s db.Scanner) (l leadingUnit, err error) {
		err = s.Scan(&l.leads, &l.unit, &l.name, &l.to, &l.open)
		return l, err
	}, "SELECT COUNT(*), u.id, u.name, u.to_day, "+leadsOfUnits+" GROUP BY u.id, u.name, u.to_day", argsOfLeads(city, day)...)
}

// namedUnit is a unit as a lead names it, with whether somebody with an open account
// fills one of its posts.
type namedUnit struct {
	unit id.Unit
	name string
	to   calendar.Day
	open bool
}

// unitsOfNames gives the units that have one of some names.
func unitsOfNames(q db.Querier, city int64, names []string, day calendar.Day) ([]namedUnit, error) {
	args := []any{city, city, string(day), string(day), string(org.AccountOpen)}
	in := ""
	for i, n := range names {
		args = append(args, n)
		in += []string{"", ", "}[min(i, 1)] + placeholder(len(args))
	}
	return db.Rows(q, func(s db.Scanner) (u namedUnit, err error) {
		err = s.Scan(&u.unit, &u.name, &u.to, &u.open)
		return u, err
	}, `SELECT u.id, u.name, u.to_day, CASE WHEN u.id IN (SELECT p.unit_id FROM post p JOIN term t ON t.city_id = p.city_id AND t.post_id = p.id
		JOIN account a ON a.city_id = t.city_id AND a.id = t.account_id WHERE p.city_id = $2 AND t.from_day <= $3
		AND (t.to_day = '' OR t.to_day >= $4) AND a.state = $5) THEN 1 ELSE 0 END FROM unit u WHERE u.city_id = $1 AND u.name IN (`+in+") ORDER BY u.id", args...)
}

// parentsOfUnits gives below which unit each stands on a day; one that is not there then,
// below which it stood last.
func parentsOfUnits(q db.Querier, city int64, day calendar.Day) (map[id.Unit]id.Unit, error) {
	out, err := parentsWhere(q, "SELECT id, parent_id FROM unit WHERE city_id = $1", city)
	if err != nil {
		return nil, err
	}
	then, err := parentsOn(q, city, day)
	maps.Copy(out, then)
	return out, err
}

// parentsOn gives below which unit each stood on a day that has moved since, or is to move.
func parentsOn(q db.Querier, city int64, day calendar.Day) (map[id.Unit]id.Unit, error) {
	return parentsWhere(q, "SELECT unit_id, parent_id FROM unit_past WHERE city_id = $1 AND from_day <= $2 AND to_day >= $3", city, string(day), string(day))
}

func parentsWhere(q db.Querier, query string, args ...any) (map[id.Unit]id.Unit, error) {
	type link struct{ unit, parent id.Unit }
	all, err := db.Rows(q, func(s db.Scanner) (l link, err error) {
		err = s.Scan(&l.unit, &l.parent)
		return l, err
	}, query, args...)
	out := make(map[id.Unit]id.Unit, len(all))
	for _, l := range all {
		out[l.unit] = l.parent
	}
	return out, err
}
