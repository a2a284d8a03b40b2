package desk

import (
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

// lampRules gives a city's thresholds, and the day on which they were set; empty where
// none were.
func lampRules(q db.Querier, city int64) (r plan.LampRules, day calendar.Day, err error) {
	all, err := db.Rows(q, func(s db.Scanner) (one plan.LampRules, err error) {
		err = s.Scan(&one.Preset, &one.Near, &one.Working, &one.Blue, &one.Behind, &day)
		return one, err
	}, "SELECT preset, near_days, working, blue, behind, set_day FROM lamp_rule WHERE city_id = $1", city)
	if err != nil || len(all) == 0 {
		return plan.UsualLampRules, "", err
	}
	return all[0], day, nil
}

// publicLampRules gives when a day is near, as public pages show it.
func publicLampRules(q db.Querier, city int64) (plan.LampRules, error) {
	all, err := db.Rows(q, func(s db.Scanner) (r plan.LampRules, err error) {
		err = s.Scan(&r.Near, &r.Working, &r.Blue)
		return r, err
	}, "SELECT near_days, working, blue FROM lamp_rule WHERE city_id = $1", city)
	if err != nil || len(all) == 0 {
		return plan.UsualLampRules, err
	}
	return all[0], nil
}

func saveLampRules(tx *db.Tx, city int64, r plan.LampRules) error {
	return tx.Upsert("lamp_rule", "city_id", "city_id, preset, near_days, working, blue, behind, set_day, post_id",
		[][]any{{city, string(r.Preset), r.Near, number(r.Working), number(r.Blue), r.Behind, string(tx.Today()), tx.Cmd().Actor}})
}

const handColumns = "item_id, unit_id, lamp, reason, was, set_day, until_day, ended_day"

func scanHand(s db.Scanner) (h plan.LampHand, err error) {
	err = s.Scan(&h.Item, &h.Unit, &h.Lamp, &h.Reason, &h.Was, &h.Day, &h.Until, &h.Ended)
	return h, err
}

// lampHands gives the lamps of a plan that are set by hand and were not taken back.
func lampHands(q db.Querier, city int64, p id.Plan) (map[reporter]plan.LampHand, error) {
	all, err := db.Rows(q, scanHand, "SELECT "+handColumns+" FROM lamp_hand WHERE city_id = $1"+ofPlan+" AND ended_day = '' ORDER BY item_id, unit_id", city, city, p)
	out := map[reporter]plan.LampHand{}
	for _, h := range all {
		out[reporter{h.Item, h.Unit}] = h
	}
	return out, err
}

func loadHand(q db.Querier, city int64, item id.Item, unit id.Unit) (plan.LampHand, error) {
	return db.Row(q, scanHand, "SELECT "+handColumns+" FROM lamp_hand WHERE city_id = $1 AND item_id = $2 AND unit_id = $3", city, item, unit)
}

func saveHand(tx *db.Tx, city int64, h plan.LampHand) error {
	return tx.Upsert("lamp_hand", "city_id, item_id, unit_id", "city_id, "+handColumns+", post_id",
		[][]any{{city, h.Item, h.Unit, string(h.Lamp), h.Reason, string(h.Was), string(h.Day), string(h.Until), string(h.Ended), tx.Cmd().Actor}})
}

// ownerReport is a unit that answers for an item, with what it said last.
type ownerReport struct {
	owner org.Owner // of which Item, Unit, Duty, Post and SetDay are known
	last  progress.Report
	said  bool
}

// ownersSaid is who answers for items, with what each said last.
type ownersSaid map[id.Item][]ownerReport

// ownerReports gives who answers for the items of a plan and what each said last; of one
// item where it is not 0.
func ownerReports(q db.Querier, city int64, p id.Plan, only id.Item) (ownersSaid, error) {
	args, one := []any{city, city, p}, ""
	if only != 0 {
		args, one = append(args, only), " AND o.item_id = $4"
	}
	out := ownersSaid{}
	_, err := db.Rows(q, func(s db.Scanner) (none struct{}, err error) {
		var r ownerReport
		o, l := &r.owner, &r.last
		err = s.Scan(&o.Item, &o.Unit, &o.Duty, &o.Post, &o.SetDay, &l.Period, &l.Revision, &l.State, &l.Standing, &l.Day, &l.Decided)
		l.Item, l.Unit, r.said = o.Item, o.Unit, l.Period != ""
		out[o.Item] = append(out[o.Item], r)
		return none, err
	}, `SELECT o.item_id, o.unit_id, o.duty, o.post_id, o.set_day, COALESCE(l.period, ''), COALESCE(l.revision, 0), COALESCE(l.state, ''), COALESCE(l.standing, ''), COALESCE(l.reported_day, ''), COALESCE(l.decided_day, '')
		FROM plan_item pi JOIN item_owner o ON o.city_id = pi.city_id AND o.item_id = pi.item_id
		LEFT JOIN report_last l ON l.city_id = o.city_id AND l.item_id = o.item_id AND l.unit_id = o.unit_id
		WHERE o.city_id = $1 AND pi.city_id = $2 AND pi.plan_id = $3`+one+" ORDER BY o.item_id, CASE o.duty WHEN 'lead' THEN 0 ELSE 1 END, o.unit_id", args...)
	return out, err
}

var lastOfUnits = "SELECT item_id, unit_id, period, revision FROM report_last WHERE city_id = $1 AND unit_id IN (" + placeholders(2, ownersAtOnce) + ")"

// saveLastReports keeps those reports that are the newest of their item and unit: of the
// latest period the last revision.
func saveLastReports(tx *db.Tx, city int64, all []progress.Report) error {
	var units []id.Unit
	for _, r := range all {
		if !slices.Contains(units, r.Unit) {
			units = append(units, r.Unit)
		}
	}
	last := map[reporter]progress.Report{}
	for some := range slices.Chunk(units, ownersAtOnce) {
		_, err := db.Rows(tx, func(s db.Scanner) (none struct{}, err error) {
			var r progress.Report
			err = s.Scan(&r.Item, &r.Unit, &r.Period, &r.Revision)
			last[reporter{r.Item, r.Unit}] = r
			return none, err
		}, lastOfUnits, padded(city, some)...)
		if err != nil {
			return err
		}
	}
	newer := map[reporter]progress.Report{}
	var order []reporter
	for _, r := range all {
		k := reporter{r.Item, r.Unit}
		if l, is := last[k]; is && l.Compare(r) > 0 {
			continue
		}
		if _, is := newer[k]; !is {
			order = append(order, k)
		}
		newer[k], last[k] = r, r
	}
	rows := make([][]any, len(order))
	for i, k := range order {
		r := newer[k]
		rows[i] = []any{city, r.Item, r.Unit, string(r.Period), r.Revision, string(r.State), string(r.Standing), string(r.Day), string(r.Decided)}
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.Upsert("report_last", "city_id, item_id, unit_id", "city_id, item_id, unit_id, period, revision, state, standing, reported_day, decided_day", rows)
}
