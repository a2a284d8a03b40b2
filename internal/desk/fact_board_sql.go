package desk

import (
	"cmp"
	"slices"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

func scanMonthCell(s db.Scanner) (c cellOf, err error) {
	err = s.Scan(&c.unit, &c.row, &c.month, &c.Reported, &c.Counted, &c.Facts, &c.Checked)
	return c, err
}

// monthCells gives the summaries of one tier for months from the first to the last, where
// claims stand: where all were taken back nothing was said.
func monthCells(q db.Querier, city int64, i id.Indicator, tier fact.Tier, months []string) ([]cellOf, error) {
	return db.Rows(q, scanMonthCell, "SELECT unit_id, above_id, month, reported, counted, facts, checked FROM fact_month WHERE city_id = $1 AND indicator_id = $2 AND tier = $3 AND month >= $4 AND month <= $5 AND facts + checked > 0 ORDER BY month, unit_id, above_id",
		city, i, int64(tier), months[0], months[len(months)-1])
}

var monthCellsOfThese = statements("SELECT unit_id, above_id, month, reported, counted, facts, checked FROM fact_month WHERE city_id = $1 AND indicator_id = $2 AND tier = $3 AND month >= $4 AND month <= $5 AND facts + checked > 0 AND unit_id IN ($6) ORDER BY unit_id, month", 6)

// monthCellsOf gives the summaries of one tier of some units, in the order of months.
func monthCellsOf(q db.Querier, city int64, i id.Indicator, tier fact.Tier, units []id.Unit, months []string) (out []cellOf, err error) {
	for some := range slices.Chunk(units, factsAtOnce) {
		n, args := these([]any{city, i, int64(tier), months[0], months[len(months)-1]}, some)
		found, err := db.Rows(q, scanMonthCell, monthCellsOfThese[n], args...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	slices.SortStableFunc(out, func(a, b cellOf) int { return cmp.Compare(a.month, b.month) })
	return out, nil
}

// subjectCells gives every person and thing of some months with the unit that told of it,
// and what was told of without a name.
func subjectCells(q db.Querier, city int64, i id.Indicator, months []string) ([]cellOf, error) {
	return db.Rows(q, scanSubjectCell, "SELECT subject, unit_id, day, quantity, counted FROM fact_subject WHERE city_id = $1 AND indicator_id = $2 AND day >= $3 AND day <= $4 ORDER BY subject, fact_id",
		city, i, months[0]+"-01", string(monthEnd(months[len(months)-1])))
}

func scanSubjectCell(s db.Scanner) (c cellOf, err error) {
	err = s.Scan(&c.subject, &c.unit, &c.day, &c.Reported, &c.Checked)
	c.month, c.Facts = fact.Month(c.day), 1
	if c.Checked > 0 {
		c.Counted = c.Reported
	}
	return c, err
}

// sumOfMonths adds up the summaries of one tier from a month to another.
func sumOfMonths(q db.Querier, city int64, i id.Indicator, tier fact.Tier, from, to string) (fact.Figure, error) {
	return db.Row(q, func(s db.Scanner) (f fact.Figure, err error) {
		err = s.Scan(&f.Reported, &f.Counted, &f.Facts, &f.Checked)
		return f, err
	}, "SELECT COALESCE(SUM(reported), 0), COALESCE(SUM(counted), 0), COALESCE(SUM(facts), 0), COALESCE(SUM(checked), 0) FROM fact_month WHERE city_id = $1 AND indicator_id = $2 AND tier = $3 AND month >= $4 AND month <= $5",
		city, i, int64(tier), from, to)
}

// openingCells gives the opening balances of an indicator that counts persons or things.
func openingCells(q db.Querier, city int64, i id.Indicator, months []string) ([]cellOf, error) {
	return db.Rows(q, scanSubjectCell, "SELECT subject, unit_id, day, quantity, counted FROM fact_subject WHERE city_id = $1 AND indicator_id = $2 AND subject = '' AND day >= $3 AND day <= $4 ORDER BY fact_id",
		city, i, months[0]+"-01", string(monthEnd(months[len(months)-1])))
}
