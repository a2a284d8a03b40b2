package desk

import (
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/progress"
)

var lastWordsOf = `SELECT r.item_id, r.unit_id, r.period, r.revision, r.state, r.done, r.on_behalf, r.standing, r.reported_day, r.decided_day, r.next_step, r.difficulty, r.need, r.need_from, r.proof, r.reason
	FROM report_last l JOIN report r ON r.city_id = l.city_id AND r.item_id = l.item_id AND r.unit_id = l.unit_id AND r.period = l.period AND r.revision = l.revision
	WHERE l.city_id = $1 AND l.unit_id IN (` + placeholders(2, ownersAtOnce) + ") AND l.item_id IN (SELECT item_id FROM plan_item WHERE city_id = " + placeholder(ownersAtOnce+2) + " AND plan_id = " + placeholder(ownersAtOnce+3) + ")"

// lastWords gives what units said last of the items of a plan, with the words that stay inside.
func lastWords(q db.Querier, city int64, p id.Plan, units []id.Unit) (map[reporter]progress.Report, error) {
	out := map[reporter]progress.Report{}
	for some := range slices.Chunk(units, ownersAtOnce) {
		all, err := db.Rows(q, scanReport, lastWordsOf, append(padded(city, some), city, p)...)
		if err != nil {
			return nil, err
		}
		for _, r := range all {
			out[reporter{r.Item, r.Unit}] = r
		}
	}
	return out, nil
}

var holdersIn = `SELECT p.id, p.unit_id, p.title, p.roles, p.to_day, COALESCE(t.account_id, 0), COALESCE(t.kind, '') FROM post p
	LEFT JOIN term t ON t.city_id = p.city_id AND t.post_id = p.id AND t.from_day <= ` + placeholder(ownersAtOnce+2) + " AND (t.to_day = '' OR t.to_day >= " + placeholder(ownersAtOnce+3) + `)
	WHERE p.city_id = $1 AND p.unit_id IN (` + placeholders(2, ownersAtOnce) + ") AND p.to_day = '' ORDER BY p.id, CASE t.kind WHEN 'holder' THEN 0 ELSE 1 END, t.id"

// holdersOf gives the posts of units that have not ended, with who fills them on a day: of
// each the holder, else who stands in.
func holdersOf(q db.Querier, city int64, units []id.Unit, day calendar.Day) (postHolders, error) {
	out := postHolders{}
	for some := range slices.Chunk(units, ownersAtOnce) {
		_, err := db.Rows(q, func(s db.Scanner) (none struct{}, err error) {
			var h postHolder
			var roles string
			if err := s.Scan(&h.post.ID, &h.post.Unit, &h.post.Title, &roles, &h.post.To, &h.account, &h.kind); err != nil {
				return none, err
			}
			h.post.Roles = splitRoles(roles)
			if all := out[h.post.Unit]; !slices.ContainsFunc(all, func(x postHolder) bool { return x.post.ID == h.post.ID }) {
				out[h.post.Unit] = append(all, h)
			}
			return none, nil
		}, holdersIn, append(padded(city, some), string(day), string(day))...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
