package desk

import (
	"encoding/json"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

const (
	goalOwn     = "id, target_id, item_id, indicator_id, from_day, to_day, set_day"
	goalColumns = goalOwn + ", COALESCE(windows, '')"
)

func scanGoal(s db.Scanner) (g fact.Goal, err error) {
	var windows string
	err = s.Scan(&g.ID, &g.Target, &g.Item, &g.Indicator, &g.From, &g.To, &g.Set, &windows)
	g.Windows = fact.WindowsOf(windows)
	return g, err
}

func loadGoal(q db.Querier, city int64, g id.Goal) (fact.Goal, error) {
	return db.Row(q, scanGoal, "SELECT "+goalColumns+" FROM goal WHERE city_id = $1 AND id = $2", city, g)
}

func goalsOfItem(q db.Querier, city int64, i id.Item) ([]fact.Goal, error) {
	return db.Rows(q, scanGoal, "SELECT "+goalColumns+" FROM goal WHERE city_id = $1 AND item_id = $2 ORDER BY id", city, i)
}

func listGoals(q db.Querier, city int64) ([]fact.Goal, error) {
	return db.Rows(q, scanGoal, "SELECT "+goalColumns+" FROM goal WHERE city_id = $1 ORDER BY id", city)
}

func saveGoal(tx *db.Tx, city int64, g fact.Goal) error {
	return tx.Insert("goal", "city_id, "+goalOwn+", windows, post_id", [][]any{{city, g.ID, g.Target, g.Item, g.Indicator, string(g.From), string(g.To), string(g.Set), fact.WindowsCode(g.Windows), tx.Cmd().Actor}})
}

// itemIsInForce reports whether an item is of a plan in force.
func itemIsInForce(q db.Querier, city int64, i id.Item) (bool, error) {
	n, err := db.Row(q, db.Value[int], "SELECT COUNT(*) FROM plan_item l JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id WHERE l.city_id = $1 AND l.item_id = $2 AND p.state = 'in_force'", city, i)
	return n > 0, err
}

const shareColumns = "goal_id, above_id, revision, unit_id, value, issued_day"

func scanShare(s db.Scanner) (x fact.Share, err error) {
	err = s.Scan(&x.Goal, &x.Above, &x.Revision, &x.Unit, &x.Value, &x.Day)
	return x, err
}

// sharesUnder gives the parting of one unit that stands.
func sharesUnder(q db.Querier, city int64, g id.Goal, above id.Unit) (fact.Parting, error) {
	return db.Rows(q, scanShare, "SELECT "+shareColumns+` FROM goal_share x WHERE city_id = $1 AND goal_id = $2 AND above_id = $3
		AND revision = (SELECT MAX(revision) FROM goal_share WHERE city_id = $4 AND goal_id = $5 AND above_id = $6) ORDER BY unit_id`, city, g, above, city, g, above)
}

// sharesOfGoal gives all partings of a goal, also those that stand no longer.
func sharesOfGoal(q db.Querier, city int64, g id.Goal) ([]fact.Share, error) {
	return db.Rows(q, scanShare, "SELECT "+shareColumns+" FROM goal_share WHERE city_id = $1 AND goal_id = $2 ORDER BY above_id, revision, unit_id", city, g)
}

// sharesOfUnit gives what of any goal a unit was ever given, the newest first.
func sharesOfUnit(q db.Querier, city int64, unit id.Unit) ([]fact.Share, error) {
	return db.Rows(q, scanShare, "SELECT "+shareColumns+` FROM goal_share x WHERE city_id = $1 AND unit_id = $2
		AND revision = (SELECT MAX(revision) FROM goal_share y WHERE y.city_id = $3 AND y.goal_id = x.goal_id AND y.above_id = x.above_id) ORDER BY goal_id`, city, unit, city)
}

func saveShares(tx *db.Tx, city int64, p fact.Parting) error {
	rows := make([][]any, len(p))
	for i, s := range p {
		rows[i] = []any{city, s.Goal, s.Above, s.Revision, s.Unit, s.Value, string(s.Day), tx.Cmd().Actor}
	}
	return tx.Insert("goal_share", "city_id, "+shareColumns+", post_id", rows)
}

func loadSharesDraft(q db.Querier, city int64, g id.Goal, above id.Unit) (typed map[id.Unit]string, err error) {
	found, err := db.Rows(q, db.Value[string], "SELECT typed FROM goal_share_draft WHERE city_id = $1 AND goal_id = $2 AND above_id = $3", city, g, above)
	if err == nil && len(found) > 0 {
		err = json.Unmarshal([]byte(found[0]), &typed)
	}
	return typed, err
}

func saveSharesDraft(tx *db.Tx, city int64, g id.Goal, above id.Unit, typed map[id.Unit]string) error {
	return tx.Upsert("goal_share_draft", "city_id, goal_id, above_id", "city_id, goal_id, above_id, typed, saved_day, post_id",
		[][]any{{city, g, above, text(typed), string(tx.Today()), tx.Cmd().Actor}})
}

func deleteSharesDraft(tx *db.Tx, city int64, g id.Goal, above id.Unit) error {
	_, err := tx.Exec("DELETE FROM goal_share_draft WHERE city_id = $1 AND goal_id = $2 AND above_id = $3", city, g, above)
	return err
}

// villagesBelow counts the villages below townships and counties as they stand now.
func villagesBelow(q db.Querier, city int64) (map[id.Unit]int, error) {
	out := map[id.Unit]int{}
	_, err := db.Rows(q, func(s db.Scanner) (none struct{}, err error) {
		var township, county id.Unit
		var n int
		err = s.Scan(&township, &county, &n)
		out[township] += n
		out[county] += n
		return none, err
	}, `SELECT t.id, t.parent_id, COUNT(*) FROM unit v JOIN unit t ON t.city_id = v.city_id AND t.id = v.parent_id
		WHERE v.city_id = $1 AND v.level = 'village' AND v.to_day = '' GROUP BY t.id, t.parent_id`, city)
	return out, err
}
