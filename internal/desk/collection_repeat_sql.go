package desk

import (
	"luoshi/collection"
	"luoshi/id"
	"luoshi/internal/db"
)

// fieldsAsked gives what collections that run ask, but for one.
func fieldsAsked(q db.Querier, city int64, except id.Collection) (out []collection.Known, err error) {
	_, err = db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
		var k collection.Known
		var questions, heads string
		if err = s.Scan(&k.Collection, &k.Where, &questions, &heads); err != nil {
			return one, err
		}
		var words []string
		err = untext(questions, &words)
		for _, w := range append(words, collection.HeadWords(heads)...) {
			k.Words = w
			out = append(out, k)
		}
		return one, err
	}, "SELECT id, title, questions, heads FROM collection WHERE city_id = $1 AND state = 'open' AND id <> $2 ORDER BY id DESC", city, except)
	return out, err
}

// fieldsReported gives the items of plans in force that are reported, with their figures.
func fieldsReported(q db.Querier, city int64) (out []collection.Known, err error) {
	_, err = db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
		var k collection.Known
		var title, indicator string
		err = s.Scan(&k.Item, &k.Plan, &k.Where, &title, &indicator)
		for _, w := range []string{title, indicator} {
			k.Words = w
			out = append(out, k)
		}
		return one, err
	}, `SELECT i.id, p.id, p.title, i.title, COALESCE(t.indicator, '') FROM item i JOIN plan_item l ON l.city_id = i.city_id AND l.item_id = i.id
		JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id LEFT JOIN target t ON t.city_id = i.city_id AND t.item_id = i.id AND COALESCE(t.standing, '') = ''
		WHERE i.city_id = $1 AND p.state = 'in_force' AND COALESCE(i.standing, '') = '' AND i.period <> '' ORDER BY p.id, i.id`, city)
	return out, err
}
