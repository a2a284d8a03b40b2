package desk

import (
	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/progress"
)

const reachedColumns = "milestone_id, revision, item_id, unit_id, reached_day, proof, on_behalf, standing, reason, said_day, decided_day, confirmed_day"

func scanReached(s db.Scanner) (r progress.Reached, err error) {
	err = s.Scan(&r.Milestone, &r.Revision, &r.Item, &r.Unit, &r.On, &r.Proof, &r.OnBehalf, &r.Standing, &r.Reason, &r.Day, &r.Decided, &r.Confirmed)
	return r, err
}

func saveReached(tx *db.Tx, city int64, r progress.Reached) error {
	return tx.Upsert("milestone_reached", "city_id, milestone_id, revision", "city_id, "+reachedColumns+", post_id", [][]any{{city, r.Milestone, r.Revision, r.Item, r.Unit,
		string(r.On), r.Proof, number(r.OnBehalf), string(r.Standing), r.Reason, string(r.Day), string(r.Decided), string(r.Confirmed), tx.Cmd().Actor}})
}

// reachedOf gives the newest that was said of a milestone, or nil.
func reachedOf(q db.Querier, city int64, m id.Milestone) (*progress.Reached, error) {
	all, err := db.Rows(q, scanReached, "SELECT "+reachedColumns+" FROM milestone_reached WHERE city_id = $1 AND milestone_id = $2 ORDER BY revision", city, m)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[len(all)-1], nil
}

// reachedInPlan gives the newest that was said of each milestone of a plan.
func reachedInPlan(q db.Querier, city int64, p id.Plan) (map[id.Milestone]progress.Reached, error) {
	all, err := db.Rows(q, scanReached, "SELECT "+reachedColumns+" FROM milestone_reached WHERE city_id = $1"+ofPlan, city, city, p)
	return progress.NewestReached(all), err
}

// publicReached gives, by milestone of a plan, the day on which what is confirmed was reached.
func publicReached(q db.Querier, city int64, p id.Plan) (map[id.Milestone]PublicReached, error) {
	out := map[id.Milestone]PublicReached{}
	_, err := db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
		var m id.Milestone
		var r PublicReached
		err = s.Scan(&m, &r.On, &r.Confirmed)
		out[m] = r
		return one, err
	}, "SELECT milestone_id, reached_day, confirmed_day FROM milestone_reached WHERE city_id = $1"+ofPlan+" AND standing = 'confirmed' ORDER BY milestone_id, revision", city, city, p)
	return out, err
}

// PublicReached is a milestone that stands as reached.
type PublicReached struct {
	On        calendar.Day
	Confirmed calendar.Day
}
