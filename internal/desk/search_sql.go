package desk

import (
	"slices"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/search"
)

func addGrams(tx *db.Tx, city int64, rows [][]any) error {
	return tx.Upsert("search_gram", "city_id, rank, gram, subject", "city_id, rank, gram, subject", rows)
}

func dropGrams(tx *db.Tx, city int64, of rank, subject int64, grams map[search.Gram]bool) error {
	var gone []int64
	for g := range grams {
		gone = append(gone, int64(g))
	}
	for some := range slices.Chunk(gone, rowsAtOnce) {
		if _, err := tx.Exec(deleteGrams, slices.Insert(named(city, some), 1, any(of), any(subject))...); err != nil {
			return err
		}
	}
	return nil
}

var deleteGrams = "DELETE FROM search_gram WHERE city_id = $1 AND rank = $2 AND subject = $3 AND gram IN (" + placeholders(4, rowsAtOnce) + ")"

func planTitles(q db.Querier, city int64, p id.Plan) ([]titled, error) {
	return db.Rows(q, func(s db.Scanner) (titled, error) {
		t := titled{rank: rankPlan}
		err := s.Scan(&t.subject, &t.title)
		return t, err
	}, "SELECT id, title FROM plan WHERE city_id = $1 AND id = $2", city, p)
}

func unitTitles(q db.Querier, city int64, units []id.Unit) (all []titled, err error) {
	for some := range slices.Chunk(units, rowsAtOnce) {
		found, err := db.Rows(q, scanUnit, "SELECT "+unitColumns+" FROM unit WHERE city_id = $1 AND id IN ("+placeholders(2, rowsAtOnce)+")", named(city, some)...)
		if err != nil {
			return nil, err
		}
		all = append(all, titlesOfUnits(found)...)
	}
	return all, nil
}

// candidate is a record with a gram that is looked for.
type candidate struct {
	gram    search.Gram
	subject int64
}

func scanCandidate(s db.Scanner) (c candidate, err error) {
	err = s.Scan(&c.gram, &c.subject)
	return c, err
}

const (
	ofOneGram   = "SELECT g.gram, g.subject FROM search_gram g WHERE g.city_id = $1 AND g.rank = $2 AND g.gram = $3 AND g.subject > $4"
	ofSpan      = "SELECT g.gram, g.subject FROM search_gram g WHERE g.city_id = $1 AND g.rank = $2 AND (g.gram, g.subject) > ($3, $4) AND g.gram <= $5"
	oneGramNext = " ORDER BY g.subject LIMIT $5"
	spanNext    = " ORDER BY g.gram, g.subject LIMIT $6"

	// Most items are in plans that are not public: they are passed over where they lie.
	oneGramPublic = " AND EXISTS (SELECT 1 FROM plan_item l JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id WHERE l.city_id = $6 AND l.item_id = g.subject AND (p.released = 1 OR p.id = $7))"
	spanPublic    = " AND EXISTS (SELECT 1 FROM plan_item l JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id WHERE l.city_id = $7 AND l.item_id = g.subject AND (p.released = 1 OR p.id = $8))"
)

// candidates gives the next records of a rank with a gram of a span, behind one of them.
// Of items it gives those of public plans alone where it is the public that asks.
func candidates(q db.Querier, city int64, r rank, in search.Span, after candidate, most int, public *Public) ([]candidate, error) {
	items := public != nil && r == rankItem
	if in.Exact() {
		args := []any{city, r, in.From, after.subject, most}
		if items {
			return db.Rows(q, scanCandidate, ofOneGram+oneGramPublic+oneGramNext, append(args, city, public.as.plan)...)
		}
		return db.Rows(q, scanCandidate, ofOneGram+oneGramNext, args...)
	}
	if after.gram < in.From {
		after = candidate{in.From, 0}
	}
	args := []any{city, r, after.gram, after.subject, in.To, most}
	if items {
		return db.Rows(q, scanCandidate, ofSpan+spanPublic+spanNext, append(args, city, public.as.plan)...)
	}
	return db.Rows(q, scanCandidate, ofSpan+spanNext, args...)
}

// countGrams counts the records of a rank with a gram of a span, up to most.
func countGrams(q db.Querier, city int64, r rank, in search.Span, most int) (int, error) {
	return db.Row(q, db.Value[int], "SELECT COUNT(*) FROM (SELECT subject FROM search_gram WHERE city_id = $1 AND rank = $2 AND gram >= $3 AND gram <= $4 LIMIT $5) AS counted",
		city, r, in.From, in.To, most)
}

// above are the two units over one, from the top down, as far as they say where it is.
func above(far, near placed) (names []string) {
	for _, u := range []placed{far, near} {
		if u.level == org.County || u.level == org.Township {
			names = append(names, u.name)
		}
	}
	return names
}

type placed struct {
	level org.Level
	name  string
}

const (
	aboveUnit = "COALESCE(n.level, ''), COALESCE(n.name, ''), COALESCE(f.level, ''), COALESCE(f.name, '')"
	joinAbove = " LEFT JOIN unit n ON n.city_id = u.city_id AND n.id = u.parent_id LEFT JOIN unit f ON f.city_id = n.city_id AND f.id = n.parent_id"
)

// foundUnits gives units with where they stand, in one query.
func foundUnits(q db.Querier, city int64, ids []int64) ([]Found, error) {
	return db.Rows(q, func(s db.Scanner) (f Found, err error) {
		var near, far placed
		err = s.Scan(&f.subject, &f.Level, &f.Title, &f.Closed, &near.level, &near.name, &far.level, &far.name)
		f.Unit, f.Above = id.Unit(f.subject), above(far, near)
		return f, err
	}, "SELECT u.id, u.level, u.name, u.to_day, "+aboveUnit+" FROM unit u"+joinAbove+
		" WHERE u.city_id = $1 AND u.id IN ("+placeholders(2, rowsAtOnce)+")", named(city, ids)...)
}

func foundPosts(q db.Querier, city int64, ids []int64) ([]Found, error) {
	return db.Rows(q, func(s db.Scanner) (f Found, err error) {
		var unit, near placed
		var beyond placed
		err = s.Scan(&f.subject, &f.Title, &f.Unit, &unit.name, &unit.level, &f.Closed, &near.level, &near.name, &beyond.level, &beyond.name)
		f.Above = append(above(beyond, near), unit.name)
		return f, err
	}, "SELECT o.id, o.title, u.id, u.name, u.level, u.to_day, "+aboveUnit+" FROM post o JOIN unit u ON u.city_id = o.city_id AND u.id = o.unit_id"+joinAbove+
		" WHERE o.city_id = $1 AND o.id IN ("+placeholders(2, rowsAtOnce)+")", named(city, ids)...)
}

func foundPlans(q db.Querier, city int64, ids []int64) ([]Found, error) {
	return db.Rows(q, func(s db.Scanner) (f Found, err error) {
		err = s.Scan(&f.subject, &f.Title, &f.State)
		f.Plan = id.Plan(f.subject)
		return f, err
	}, "SELECT id, title, state FROM plan WHERE city_id = $1 AND id IN ("+placeholders(2, rowsAtOnce)+")", named(city, ids)...)
}

// foundItems gives items in each plan that they are in.
func foundItems(q db.Querier, city int64, ids []int64) ([]Found, error) {
	return db.Rows(q, func(s db.Scanner) (f Found, err error) {
		var of string
		err = s.Scan(&f.subject, &f.Title, &f.Standing, &f.Plan, &of, &f.State)
		f.Item, f.Above = id.Item(f.subject), []string{of}
		return f, err
	}, "SELECT i.id, i.title, COALESCE(i.standing, ''), p.id, p.title, p.state FROM item i JOIN plan_item l ON l.city_id = i.city_id AND l.item_id = i.id JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id"+
		" WHERE i.city_id = $1 AND i.id IN ("+placeholders(2, rowsAtOnce)+") ORDER BY i.id, p.id", named(city, ids)...)
}

// Sources of what an older version wrote, in the order in which they are indexed.
const (
	sourcePlan = iota + 1
	sourceItem
	sourceUnit
	sourcePost
)

// sourceRows read the titles of a source, by id. Each is a whole statement, so that
// what it reads can be checked.
var sourceRows = map[int64]string{
	sourcePlan: "SELECT id, title, '' FROM plan WHERE city_id = $1 AND id > $2 ORDER BY id LIMIT $3",
	sourceItem: "SELECT id, title, '' FROM item WHERE city_id = $1 AND id > $2 ORDER BY id LIMIT $3",
	sourceUnit: "SELECT id, name, level FROM unit WHERE city_id = $1 AND id > $2 ORDER BY id LIMIT $3",
	sourcePost: "SELECT id, title, '' FROM post WHERE city_id = $1 AND id > $2 ORDER BY id LIMIT $3",
}

var sourceRank = map[int64]rank{sourcePlan: rankPlan, sourceItem: rankItem, sourcePost: rankPost}

// building tells whether there are records that are not in the index yet.
func building(q db.Querier, city int64) (bool, error) {
	n, err := db.Row(q, db.Value[int64], "SELECT COUNT(*) FROM search_build WHERE city_id = $1", city)
	return n > 0, err
}

// buildSome indexes the next titles that an older version wrote, and reports whether
// there are more.
func buildSome(tx *db.Tx, city int64, most int) (bool, error) {
	type place struct{ source, after int64 }
	open, err := db.Rows(tx, func(s db.Scanner) (p place, err error) {
		err = s.Scan(&p.source, &p.after)
		return p, err
	}, "SELECT source, after FROM search_build WHERE city_id = $1 ORDER BY source LIMIT 1", city)
	if err != nil || len(open) == 0 {
		return false, err
	}
	at := open[0]
	some, err := db.Rows(tx, func(s db.Scanner) (titled, error) {
		t := titled{rank: sourceRank[at.source]}
		var level org.Level
		err := s.Scan(&t.subject, &t.title, &level)
		if at.source == sourceUnit {
			t.rank = rankOfLevel[level]
		}
		return t, err
	}, sourceRows[at.source], city, at.after, most)
	if err != nil {
		return false, err
	}
	if err := indexTitles(tx, city, nil, some); err != nil {
		return false, err
	}
	if len(some) < most {
		_, err = tx.Exec("DELETE FROM search_build WHERE city_id = $1 AND source = $2", city, at.source)
	} else {
		_, err = tx.Exec("UPDATE search_build SET after = $1 WHERE city_id = $2 AND source = $3", some[len(some)-1].subject, city, at.source)
	}
	return true, err
}

// plansOfItems gives the plans in which the public may see items, or may after what is previewed.
func plansOfItems(q db.Querier, city int64, also id.Plan, ids []int64) ([]id.Plan, error) {
	return db.Rows(q, db.Value[id.Plan], "SELECT DISTINCT l.plan_id FROM plan_item l JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id WHERE l.city_id = $1 AND (p.released = 1 OR p.id = $2) AND l.item_id IN ("+
		placeholders(3, rowsAtOnce)+") ORDER BY l.plan_id", slices.Insert(named(city, ids), 1, any(also))...)
}
