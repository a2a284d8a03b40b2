package desk

import (
	"strconv"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

const (
	// releasedIndicator is the condition that an indicator, named by x, is public.
	releasedIndicator = " AND x.indicator_id IN (SELECT i.id FROM indicator i WHERE i.city_id = $1 AND i.released = 1)"
	// releasedGoal is that of what belongs to a goal.
	releasedGoal = " AND x.goal_id IN (SELECT g.id FROM goal g JOIN item i ON i.city_id = g.city_id AND i.id = g.item_id JOIN indicator n ON n.city_id = g.city_id AND n.id = g.indicator_id" +
		" WHERE g.city_id = $1 AND i.released = 1 AND n.released = 1)"
)

// factTables are what is counted, and what came of it: docs/export.md section 5.
var factTables = []exportTable{
	{"indicators", []string{"indicator", "name", "unit_of_measure", "aggregation", "direction", "class_wanted", "numerator", "divisor"},
		"SELECT " + indicatorColumns + " FROM indicator x WHERE city_id = $1/*released*/ ORDER BY id", " AND x.released = 1",
		func(s db.Scanner) ([]string, error) {
			i, err := scanIndicator(s)
			return []string{i.ID.String(), i.Name, i.Measure, string(i.Aggregation), i.Direction, string(i.Wanted), orNone(i.Numerator), orNone(i.Divisor)}, err
		}},
	{"goals", []string{"goal", "target", "item", "indicator", "from", "to", "set_day", "windows"},
		"SELECT " + goalColumns + " FROM goal x WHERE city_id = $1/*released*/ ORDER BY id", releasedItem + releasedIndicator,
		func(s db.Scanner) ([]string, error) {
			g, err := scanGoal(s)
			return []string{g.ID.String(), g.Target.String(), g.Item.String(), g.Indicator.String(), string(g.From), string(g.To), string(g.Set), fact.WindowsCode(g.Windows)}, err
		}},
	{"splits", []string{"goal", "above", "revision", "unit", "value", "issued_day"},
		"SELECT " + shareColumns + " FROM goal_share x WHERE city_id = $1/*released*/ ORDER BY goal_id, above_id, revision, unit_id", releasedGoal,
		func(s db.Scanner) ([]string, error) {
			x, err := scanShare(s)
			return []string{x.Goal.String(), x.Above.String(), strconv.Itoa(x.Revision), x.Unit.String(), x.Value.String(), string(x.Day)}, err
		}},
	{"facts", []string{"fact", "indicator", "unit", "place", "day", "instant", "quantity", "subject", "state", "class", "corrects", "claimed"},
		"SELECT " + publicFactColumns + " FROM fact x WHERE city_id = $1/*released*/ ORDER BY id", releasedIndicator,
		func(s db.Scanner) ([]string, error) {
			f, err := scanPublicFact(s)
			return []string{f.ID.String(), f.Indicator.String(), f.Unit.String(), orNone(f.Place), string(f.Day), strconv.FormatInt(f.Instant, 10), f.Quantity.String(), f.Subject,
				string(f.State), string(f.Class), orNone(f.Corrects), string(f.Claimed)}, err
		}},
	{"rollup", []string{"indicator", "unit", "month", "reported", "counted"},
		`SELECT x.indicator_id, x.unit_id, x.month, CAST(SUM(x.reported) AS BIGINT), CAST(SUM(x.counted) AS BIGINT) FROM fact_month x JOIN unit u ON u.city_id = x.city_id AND u.id = x.unit_id
			WHERE x.city_id = $1 AND x.tier = CASE WHEN u.level = 'township' THEN 1 ELSE 0 END/*released*/
			GROUP BY x.indicator_id, x.unit_id, x.month HAVING SUM(x.facts) > 0 ORDER BY x.indicator_id, x.unit_id, x.month`, releasedIndicator,
		func(s db.Scanner) ([]string, error) {
			var i id.Indicator
			var c fact.Cell
			var reported, counted document.Decimal
			err := s.Scan(&i, &c.Unit, &c.Month, &reported, &counted)
			return []string{i.String(), c.Unit.String(), c.Month, reported.String(), counted.String()}, err
		}},
}
