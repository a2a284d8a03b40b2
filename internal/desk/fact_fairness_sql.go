package desk

import (
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

func scanLeafTotal(s db.Scanner) (l leafTotal, err error) {
	err = s.Scan(&l.unit, &l.quantity, &l.month)
	return l, err
}

const leavesOfMonths = " FROM fact_month WHERE city_id = $1 AND indicator_id = $2 AND tier = 0 AND month >= $3 AND month <= $4 AND facts > 0 GROUP BY unit_id ORDER BY unit_id"

func leafSums(q db.Querier, city int64, i id.Indicator, months []string) ([]leafTotal, error) {
	return db.Rows(q, scanLeafTotal, "SELECT unit_id, CAST(SUM(reported) AS BIGINT), MAX(month)"+leavesOfMonths, city, i, months[0], months[len(months)-1])
}

func leafOnce(q db.Querier, city int64, i id.Indicator, months []string) ([]leafTotal, error) {
	return db.Rows(q, scanLeafTotal, "SELECT unit_id, MAX(reported), MAX(month)"+leavesOfMonths, city, i, months[0], months[len(months)-1])
}

const subjectsOfUnits = `SELECT unit_id, CAST(SUM(CASE WHEN subject = '' THEN quantity ELSE 0 END) AS BIGINT), COUNT(DISTINCT CASE WHEN subject = '' THEN NULL ELSE subject END), MAX(day)`

func scanLeafSubjects(s db.Scanner) (l leafTotal, err error) {
	var nameless, named document.Decimal
	var day calendar.Day
	err = s.Scan(&l.unit, &nameless, &named, &day)
	l.quantity = nameless + document.Whole(int64(named))
	if day != "" {
		l.month = fact.Month(day)
	}
	return l, err
}

// leafSubjects counts for each unit the persons or things that it told of, each once, and
// adds what was told of without a name.
func leafSubjects(q db.Querier, city int64, i id.Indicator, months []string) ([]leafTotal, error) {
	return db.Rows(q, scanLeafSubjects, subjectsOfUnits+" FROM fact_subject WHERE city_id = $1 AND indicator_id = $2 AND day >= $3 AND day <= $4 GROUP BY unit_id ORDER BY unit_id",
		city, i, months[0]+"-01", string(monthEnd(months[len(months)-1])))
}

var subjectsOfThese = statements(subjectsOfUnits+" FROM fact WHERE city_id = $1 AND indicator_id = $2 AND day >= $3 AND day <= $4 AND kind = 'claim' AND state IN ('reported', 'verified') AND unit_id IN ($5) GROUP BY unit_id ORDER BY unit_id", 5)

// leafSubjectsOf counts the same for some units.
func leafSubjectsOf(q db.Querier, city int64, i id.Indicator, units []id.Unit, months []string) (out []leafTotal, err error) {
	for some := range slices.Chunk(units, factsAtOnce) {
		n, args := these([]any{city, i, months[0] + "-01", string(monthEnd(months[len(months)-1]))}, some)
		found, err := db.Rows(q, scanLeafSubjects, subjectsOfThese[n], args...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// toldOf is of which unit and person or thing a row of facts is.
type toldOf struct {
	unit    id.Unit
	subject string
}

// toldInRows gives it for the claims between two numbers, and for those that rows between them are about.
func toldInRows(q db.Querier, city int64, first, last id.Fact) ([]toldOf, error) {
	return db.Rows(q, func(s db.Scanner) (t toldOf, err error) {
		err = s.Scan(&t.unit, &t.subject)
		return t, err
	}, "SELECT unit_id, subject FROM fact WHERE city_id = $1 AND id >= $2 AND id <= $3 AND kind = 'claim'"+
		" UNION SELECT b.unit_id, b.subject FROM fact f JOIN fact b ON b.city_id = f.city_id AND b.id = f.corrects WHERE f.city_id = $1 AND f.id >= $2 AND f.id <= $3 AND f.corrects <> 0", city, first, last)
}

// villageNow is a village with the county that it stands in.
type villageNow struct {
	org.Unit
	county id.Unit
}

// villagesNow gives the villages that stand, as they stand now.
func villagesNow(q db.Querier, city int64) ([]villageNow, error) {
	return db.Rows(q, func(s db.Scanner) (u villageNow, err error) {
		err = s.Scan(&u.ID, &u.Name, &u.Parent, &u.county)
		return u, err
	}, `SELECT v.id, v.name, v.parent_id, t.parent_id FROM unit v JOIN unit t ON t.city_id = v.city_id AND t.id = v.parent_id
		WHERE v.city_id = $1 AND v.level = 'village' AND v.to_day = '' ORDER BY v.id`, city)
}

// villagesAtOnce is of how many villages one statement asks whether they told anything.
const villagesAtOnce = 256

var everTold = "SELECT DISTINCT unit_id FROM fact WHERE city_id = $1 AND indicator_id = $2 AND day >= $3 AND day <= $4 AND kind = 'claim' AND state IN ('reported', 'verified')" +
	" AND unit_id IN (" + placeholders(5, villagesAtOnce) + ") ORDER BY unit_id"

// unitsThatEverTold gives those of some units that have a fact that stands between two days.
func unitsThatEverTold(q db.Querier, city int64, i id.Indicator, units []id.Unit, from, to calendar.Day) (out []id.Unit, err error) {
	for some := range slices.Chunk(units, villagesAtOnce) {
		args := []any{city, i, string(from), string(to)}
		for k := range villagesAtOnce {
			args = append(args, some[min(k, len(some)-1)])
		}
		found, err := db.Rows(q, db.Value[id.Unit], everTold, args...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}
