package desk

import (
	"fmt"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// handoverRow is a handover as it is kept.
type handoverRow struct {
	org.Handover
	Closes   bool
	Finished bool
	DoneAt   int64
	DoneBy   id.Post
	Moved    kept
}

const handoverColumns = "id, unit_id, predecessor_id, successor_id, first_day, closes, finished, done_at, done_by, moved"

func scanHandover(s db.Scanner) (r handoverRow, err error) {
	var moved string
	if err = s.Scan(&r.ID, &r.Unit, &r.Predecessor, &r.Successor, &r.First, &r.Closes, &r.Finished, &r.DoneAt, &r.DoneBy, &moved); err != nil {
		return r, err
	}
	err = untext(moved, &r.Moved)
	r.Posts = r.Moved.Posts
	return r, err
}

func saveHandover(tx *db.Tx, city int64, h org.Handover, closes bool, moved kept) error {
	return tx.Insert("handover", "city_id, "+handoverColumns, [][]any{{city, h.ID, h.Unit, h.Predecessor, h.Successor, string(h.First), number(closes), 0,
		tx.Now().UnixMicro(), tx.Cmd().Actor, text(moved)}})
}

func loadHandover(q db.Querier, city int64, h id.Handover) (handoverRow, error) {
	return db.Row(q, scanHandover, "SELECT "+handoverColumns+" FROM handover WHERE city_id = $1 AND id = $2", city, h)
}

func markFinished(tx *db.Tx, city int64, h id.Handover) error {
	_, err := tx.Exec("UPDATE handover SET finished = 1 WHERE city_id = $1 AND id = $2", city, h)
	return err
}

// waitingHandovers are those whose first day has come, and what waited for it is undone.
func waitingHandovers(q db.Querier, city int64, today calendar.Day) ([]handoverRow, error) {
	return db.Rows(q, scanHandover, "SELECT "+handoverColumns+" FROM handover WHERE city_id = $1 AND finished = 0 AND first_day <= $2 ORDER BY first_day, id", city, string(today))
}

// handoversAbout gives the handovers in a unit, or in which an account took part, the
// last one first; at most so many.
func handoversAbout(q db.Querier, city int64, unit id.Unit, account id.Account, most int) ([]handoverRow, error) {
	return db.Rows(q, scanHandover, "SELECT "+handoverColumns+" FROM handover WHERE city_id = $1 AND (unit_id = $2 OR predecessor_id = $3 OR successor_id = $4) ORDER BY id DESC LIMIT $5",
		city, unit, account, account, most)
}

// among writes identifiers as a list of placeholders behind those that a statement has.
func among[T ~int64](args *[]any, ids []T) string {
	places := make([]string, len(ids))
	for i, n := range ids {
		*args = append(*args, n)
		places[i] = placeholder(len(*args))
	}
	return "(" + strings.Join(places, ", ") + ")"
}

func placeholder(n int) string { return fmt.Sprintf("$%d", n) }

const selectHandedDuty = `SELECT i.id, i.title, i.lead, i.cooperating, i.responsible, p.id, p.title, COALESCE(n.number, ''), COALESCE(o.kind, ''), COALESCE(o.year, 0), COALESCE(o.serial, 0)
	FROM plan p JOIN plan_item l ON l.city_id = p.city_id AND l.plan_id = p.id
	JOIN item i ON i.city_id = l.city_id AND i.id = l.item_id
	LEFT JOIN node n ON n.city_id = l.city_id AND n.document_id = l.document_id AND n.ordinal = l.node
	LEFT JOIN item_order o ON o.city_id = i.city_id AND o.item_id = i.id WHERE p.city_id = $1`

func scanHandedDuty(s db.Scanner) (d HandedDuty, err error) {
	var o plan.Order
	err = s.Scan(&d.Item.ID, &d.Item.Title, &d.Item.Lead, &d.Item.Cooperating, &d.Item.Responsible, &d.Plan, &d.PlanTitle, &d.Number, &o.Kind, &o.Year, &o.Serial)
	if o.Kind != "" {
		d.Ordered, d.Number = true, o.Number()
	}
	return d, err
}

// itemsInForceNaming gives the items of plans in force in whose lead or cooperating
// units, or people responsible, one of some words stands.
func itemsInForceNaming(q db.Querier, city int64, words []string) ([]HandedDuty, error) {
	args := []any{city, string(plan.InForce)}
	var either []string
	for _, w := range words {
		for _, column := range []string{"lead", "cooperating", "responsible"} {
			args = append(args, "%"+w+"%")
			either = append(either, "i."+column+" LIKE "+placeholder(len(args)))
		}
	}
	return db.Rows(q, scanHandedDuty, selectHandedDuty+" AND p.state = $2 AND COALESCE(i.standing, '') = '' AND ("+strings.Join(either, " OR ")+") ORDER BY p.id, COALESCE(l.rank, l.ordinal * 1048576), l.ordinal", args...)
}

// itemsOf gives some items of plans that were taken into force, whatever became of them.
func itemsOf(q db.Querier, city int64, items []id.Item) ([]HandedDuty, error) {
	args := []any{city, string(plan.Drafted)}
	return db.Rows(q, scanHandedDuty, selectHandedDuty+" AND p.state <> $2 AND i.id IN "+among(&args, items)+" ORDER BY p.id, COALESCE(l.rank, l.ordinal * 1048576), l.ordinal", args...)
}

// promisesOf gives what is promised of some items, each in its newest revision.
func promisesOf(q db.Querier, city int64, items []id.Item) ([]plan.Target, []plan.Milestone, error) {
	args := []any{city}
	in := " WHERE city_id = $1 AND item_id IN " + among(&args, items) + " ORDER BY id, revision"
	targets, err := db.Rows(q, scanTarget, "SELECT "+targetColumns+" FROM target"+in, args...)
	if err != nil {
		return nil, nil, err
	}
	milestones, err := db.Rows(q, scanMilestone, "SELECT "+milestoneColumns+" FROM milestone"+in, args...)
	return plan.NewestTargets(targets), plan.NewestMilestones(milestones), err
}

func scanHandedPlan(s db.Scanner) (h HandedPlan, err error) {
	err = s.Scan(&h.Plan, &h.Title, &h.Open)
	return h, err
}

// draftsWorkedOn gives the drafts that somebody brought in or worked on, with how many
// questions of each are open.
func draftsWorkedOn(q db.Querier, city int64, account id.Account) ([]HandedPlan, error) {
	return db.Rows(q, scanHandedPlan, `SELECT p.id, p.title, (SELECT COUNT(*) FROM question a WHERE a.city_id = p.city_id AND a.plan_id = p.id AND a.state = $1)
		FROM plan p JOIN document d ON d.city_id = p.city_id AND d.id = p.document_id WHERE p.city_id = $2 AND p.state = $3
		AND (d.imported_by = $4 OR EXISTS (SELECT 1 FROM draft_step s WHERE s.city_id = p.city_id AND s.plan_id = p.id AND s.account_id = $5)) ORDER BY p.id`,
		string(plan.QuestionOpen), city, string(plan.Drafted), account, account)
}

// reissuesBroughtIn gives the plans for which somebody brought in a document that was
// issued anew and is not followed yet, with how many differences are undecided.
func reissuesBroughtIn(q db.Querier, city int64, account id.Account) ([]HandedPlan, error) {
	return db.Rows(q, scanHandedPlan, `SELECT p.id, p.title, (SELECT COUNT(*) FROM plan_difference f WHERE f.city_id = w.city_id AND f.plan_id = w.plan_id AND f.document_id = w.document_id AND f.state = $1)
		FROM plan_document w JOIN plan p ON p.city_id = w.city_id AND p.id = w.plan_id
		JOIN document d ON d.city_id = w.city_id AND d.id = w.document_id WHERE w.city_id = $2 AND w.adopted_at = 0 AND d.imported_by = $3 ORDER BY p.id`,
		string(plan.DifferencePending), city, account)
}

// previewsOf gives the plans of which somebody was about to make something public.
func previewsOf(q db.Querier, city int64, account id.Account) ([]HandedPlan, error) {
	return db.Rows(q, scanHandedPlan, `SELECT p.id, p.title, 0 FROM plan_preview w JOIN plan p ON p.city_id = w.city_id AND p.id = w.plan_id
		WHERE w.city_id = $1 AND w.account_id = $2 ORDER BY p.id`, city, account)
}

// givePreviews moves what one account was about to make public to another, but where
// that one is at the same plan already.
func givePreviews(tx *db.Tx, city int64, from, to id.Account) error {
	_, err := tx.Exec("UPDATE plan_preview SET account_id = $1 WHERE city_id = $2 AND account_id = $3 AND plan_id NOT IN (SELECT plan_id FROM plan_preview WHERE city_id = $4 AND account_id = $5)",
		to, city, from, city, to)
	return err
}

// groupPlaces gives the places that posts have in leading groups.
func groupPlaces(q db.Querier, city int64, posts []id.Post) ([]HandedPlace, error) {
	args := []any{city}
	return db.Rows(q, func(s db.Scanner) (p HandedPlace, err error) {
		err = s.Scan(&p.Group, &p.Name, &p.Post, &p.Place)
		return p, err
	}, `SELECT g.id, g.name, m.post_id, m.place FROM leading_group_member m JOIN leading_group g ON g.city_id = m.city_id AND g.id = m.group_id
		WHERE m.city_id = $1 AND g.to_day = '' AND m.post_id IN `+among(&args, posts)+" ORDER BY g.id, m.ordinal", args...)
}

// postsNamed gives posts with the names of their units.
func postsNamed(q db.Querier, city int64, posts []id.Post) ([]Held, error) {
	args := []any{city}
	return db.Rows(q, func(s db.Scanner) (h Held, err error) {
		var roles string
		err = s.Scan(&h.Post, &h.Unit, &h.Level, &h.UnitName, &h.Title, &roles)
		h.Roles = splitRoles(roles)
		return h, err
	}, `SELECT p.id, p.unit_id, u.level, u.name, p.title, p.roles FROM post p JOIN unit u ON u.city_id = p.city_id AND u.id = p.unit_id
		WHERE p.city_id = $1 AND p.id IN `+among(&args, posts)+" ORDER BY p.id", args...)
}

// plansTitled gives the titles of plans.
func plansTitled(q db.Querier, city int64, plans []id.Plan) (map[id.Plan]string, error) {
	out := map[id.Plan]string{}
	if len(plans) == 0 {
		return out, nil
	}
	args := []any{city}
	all, err := db.Rows(q, scanHandedPlan, "SELECT id, title, 0 FROM plan WHERE city_id = $1 AND id IN "+among(&args, plans)+" ORDER BY id", args...)
	for _, p := range all {
		out[p.Plan] = p.Title
	}
	return out, err
}

// ownersIn gives how items were assigned to the units of some posts.
func ownersIn(q db.Querier, city int64, posts []Held) ([]org.Owner, error) {
	var units []id.Unit
	for _, h := range posts {
		units = append(units, h.Unit)
	}
	if len(units) == 0 {
		return nil, nil
	}
	args := []any{city}
	return db.Rows(q, scanOwner, "SELECT "+ownerColumns+" FROM item_owner WHERE city_id = $1 AND unit_id IN "+among(&args, units)+leadFirst, args...)
}

// itemsInForce gives the items of plans in force that owners answer for.
func itemsInForce(q db.Querier, city int64, owners []org.Owner) (out []HandedDuty, err error) {
	var items []id.Item
	for _, o := range owners {
		items = append(items, o.Item)
	}
	for part := range slices.Chunk(items, 150) {
		args := []any{city, string(plan.InForce)}
		some, err := db.Rows(q, scanHandedDuty, selectHandedDuty+" AND p.state = $2 AND COALESCE(i.standing, '') = '' AND i.id IN "+among(&args, part)+
			" ORDER BY p.id, COALESCE(l.rank, l.ordinal * 1048576), l.ordinal", args...)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// assignedOf gives those of some items that units were assigned.
func assignedOf(q db.Querier, city int64, items []id.Item) (map[id.Item]bool, error) {
	out := map[id.Item]bool{}
	for part := range slices.Chunk(items, 150) {
		args := []any{city}
		all, err := db.Rows(q, db.Value[id.Item], "SELECT item_id FROM item_owner WHERE city_id = $1 AND item_id IN "+among(&args, part), args...)
		if err != nil {
			return nil, err
		}
		for _, i := range all {
			out[i] = true
		}
	}
	return out, nil
}
