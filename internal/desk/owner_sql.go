package desk

import (
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

const ownerColumns = "item_id, unit_id, duty, post_id, state, reason, reply, said, set_day, answered_day, answered_post"

func scanOwner(s db.Scanner) (o org.Owner, err error) {
	err = s.Scan(&o.Item, &o.Unit, &o.Duty, &o.Post, &o.State, &o.Reason, &o.Reply, &o.Said, &o.SetDay, &o.AnsweredDay, &o.AnsweredPost)
	return o, err
}

// leadFirst is the order of the owners of an item.
const leadFirst = " ORDER BY item_id, CASE duty WHEN 'lead' THEN 0 ELSE 1 END, unit_id"

// ownersOfPlan gives the owners of the items of a plan, by item.
func ownersOfPlan(q db.Querier, city int64, p id.Plan) (map[id.Item][]org.Owner, error) {
	return byItem(db.Rows(q, scanOwner, "SELECT "+ownerColumns+" FROM item_owner WHERE city_id = $1"+ofPlan+leadFirst, city, city, p))
}

func byItem(all []org.Owner, err error) (map[id.Item][]org.Owner, error) {
	out := map[id.Item][]org.Owner{}
	for _, o := range all {
		out[o.Item] = append(out[o.Item], o)
	}
	return out, err
}

func loadOwner(q db.Querier, city int64, item id.Item, unit id.Unit) (org.Owner, error) {
	return db.Row(q, scanOwner, "SELECT "+ownerColumns+" FROM item_owner WHERE city_id = $1 AND item_id = $2 AND unit_id = $3", city, item, unit)
}

func saveOwners(tx *db.Tx, city int64, owners []org.Owner) error {
	rows := make([][]any, len(owners))
	for i, o := range owners {
		rows[i] = []any{city, o.Item, o.Unit, string(o.Duty), o.Post, string(o.State), o.Reason, o.Reply, o.Said, string(o.SetDay), string(o.AnsweredDay), o.AnsweredPost}
	}
	return tx.Upsert("item_owner", "city_id, item_id, unit_id", "city_id, "+ownerColumns, rows)
}

// ownersAtOnce is how many items, units or posts one statement names, so that one text is prepared for all.
const ownersAtOnce = 50

var (
	deleteOwnersOf = "DELETE FROM item_owner WHERE city_id = $1 AND item_id IN (" + placeholders(2, ownersAtOnce) + ")"
	selectDuties   = `SELECT l.plan_id, o.item_id, o.unit_id FROM item_owner o JOIN plan_item l ON l.city_id = o.city_id AND l.item_id = o.item_id
		JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id JOIN item i ON i.city_id = o.city_id AND i.id = o.item_id
		WHERE o.city_id = $1 AND p.state = 'in_force' AND COALESCE(i.standing, '') = '' AND o.unit_id IN (` + placeholders(2, ownersAtOnce) + ") ORDER BY l.plan_id, o.item_id, o.unit_id"
)

// padded are the arguments of a statement that names so many records, with 0 for those
// that are fewer.
func padded[T ~int64](city int64, some []T) []any {
	args := make([]any, 1+ownersAtOnce)
	args[0] = city
	for i := range ownersAtOnce {
		args[1+i] = int64(0)
		if i < len(some) {
			args[1+i] = int64(some[i])
		}
	}
	return args
}

func deleteOwners(tx *db.Tx, city int64, items []id.Item) error {
	for some := range slices.Chunk(items, ownersAtOnce) {
		if _, err := tx.Exec(deleteOwnersOf, padded(city, some)...); err != nil {
			return err
		}
	}
	return nil
}

// dutyKey is an item of a plan in force that a unit answers for.
type dutyKey struct {
	plan id.Plan
	item id.Item
	unit id.Unit
}

func dutiesOf(q db.Querier, city int64, units []id.Unit) (out []dutyKey, err error) {
	for some := range slices.Chunk(units, ownersAtOnce) {
		keys, err := db.Rows(q, func(s db.Scanner) (k dutyKey, err error) {
			err = s.Scan(&k.plan, &k.item, &k.unit)
			return k, err
		}, selectDuties, padded(city, some)...)
		if err != nil {
			return nil, err
		}
		out = append(out, keys...)
	}
	return out, nil
}

// OwnerCount is how many items of a plan in force wait for somebody.
type OwnerCount struct {
	Unassigned int // with a promise or a period, and no unit that answers for them
	Objected   int // of which a unit said that they are not its own
}

// ownerCounts counts those of every plan in force, or of one.
func ownerCounts(q db.Querier, city int64, only id.Plan) (map[id.Plan]OwnerCount, error) {
	out := map[id.Plan]OwnerCount{}
	_, err := db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
		var p id.Plan
		var c OwnerCount
		err = s.Scan(&p, &c.Unassigned, &c.Objected)
		out[p] = c
		return one, err
	}, `SELECT l.plan_id,
		COUNT(CASE WHEN `+nobodyAnswers+` THEN 1 END),
		COUNT(CASE WHEN EXISTS (SELECT 1 FROM item_owner o WHERE o.city_id = l.city_id AND o.item_id = l.item_id AND o.state = 'objected') THEN 1 END)
		FROM plan_item l JOIN item i ON i.city_id = l.city_id AND i.id = l.item_id JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id
		WHERE l.city_id = $1 AND p.state = 'in_force' AND COALESCE(i.standing, '') = '' AND (l.plan_id = $2 OR $2 = 0) GROUP BY l.plan_id`, city, only)
	return out, err
}

// nobodyAnswers is true of an item l, i of a plan that promises something or is reported,
// and that no unit was given.
const nobodyAnswers = `NOT EXISTS (SELECT 1 FROM item_owner o WHERE o.city_id = l.city_id AND o.item_id = l.item_id) AND (i.period <> ''
			OR EXISTS (SELECT 1 FROM target t WHERE t.city_id = l.city_id AND t.item_id = l.item_id AND COALESCE(t.standing, '') = '')
			OR EXISTS (SELECT 1 FROM milestone m WHERE m.city_id = l.city_id AND m.item_id = l.item_id AND COALESCE(m.standing, '') = ''))`

// planOfItem gives the plan in which an item stands first.
func planOfItem(q db.Querier, city int64, item id.Item) (id.Plan, error) {
	return db.Row(q, db.Value[id.Plan], "SELECT plan_id FROM plan_item WHERE city_id = $1 AND item_id = $2 ORDER BY plan_id LIMIT 1", city, item)
}

// unitsAbove gives the last versions of all units but villages, those that ended too.
func unitsAbove(q db.Querier, city int64) ([]org.Unit, error) {
	return db.Rows(q, scanUnit, "SELECT "+unitColumns+" FROM unit WHERE city_id = $1 AND level <> $2 ORDER BY id", city, string(org.Village))
}

// workingBodies gives the bodies that do the work of units, of those that have one.
func workingBodies(q db.Querier, city int64) (map[id.Unit]string, error) {
	out := map[id.Unit]string{}
	_, err := db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
		var u id.Unit
		var body string
		err = s.Scan(&u, &body)
		out[u] = body
		return one, err
	}, "SELECT id, working_body FROM unit WHERE city_id = $1 AND working_body <> '' AND level <> $2", city, string(org.Village))
	return out, err
}

// groupNames gives the leading groups that are there, without their members.
func groupNames(q db.Querier, city int64, day calendar.Day) ([]org.Group, error) {
	return db.Rows(q, func(s db.Scanner) (g org.Group, err error) {
		err = s.Scan(&g.ID, &g.Name, &g.Office)
		return g, err
	}, "SELECT id, name, office_id FROM leading_group WHERE city_id = $1 AND (to_day = '' OR to_day >= $2) ORDER BY id", city, string(day))
}

// postsAbove gives the posts of all units but villages that have not ended, by unit.
func postsAbove(q db.Querier, city int64) (map[id.Unit][]org.Post, error) {
	all, err := db.Rows(q, scanPost, `SELECT p.id, p.unit_id, p.title, p.roles, p.to_day FROM post p JOIN unit u ON u.city_id = p.city_id AND u.id = p.unit_id
		WHERE p.city_id = $1 AND p.to_day = '' AND u.level <> $2 ORDER BY p.id`, city, string(org.Village))
	out := map[id.Unit][]org.Post{}
	for _, p := range all {
		out[p.Unit] = append(out[p.Unit], p)
	}
	return out, err
}

// allSuccessors gives who goes on with every unit that ended or was split.
func allSuccessors(q db.Querier, city int64) ([]org.Successor, error) {
	return db.Rows(q, func(s db.Scanner) (x org.Successor, err error) {
		err = s.Scan(&x.Unit, &x.Successor, &x.From)
		return x, err
	}, "SELECT unit_id, successor_id, from_day FROM unit_successor WHERE city_id = $1 ORDER BY from_day, unit_id, successor_id", city)
}

// publicOwners gives who answers for some items, as everybody may know.
func publicOwners(q db.Querier, city int64, item id.Item) ([]org.Owner, error) {
	return db.Rows(q, scanPublicOwner, "SELECT item_id, unit_id, duty, post_id FROM item_owner WHERE city_id = $1 AND item_id = $2"+leadFirst, city, item)
}

func scanPublicOwner(s db.Scanner) (o org.Owner, err error) {
	err = s.Scan(&o.Item, &o.Unit, &o.Duty, &o.Post)
	return o, err
}

// itemsOwned gives the items that a unit answers for, drafts of none.
func itemsOwned(q db.Querier, city int64, unit id.Unit) ([]ownedItem, error) {
	return db.Rows(q, func(s db.Scanner) (o ownedItem, err error) {
		err = s.Scan(&o.ID, &o.Title, &o.Lead, &o.Cooperating, &o.Duty)
		return o, err
	}, `SELECT i.id, i.title, i.lead, i.cooperating, o.duty FROM item_owner o JOIN item i ON i.city_id = o.city_id AND i.id = o.item_id
		WHERE o.city_id = $1 AND o.unit_id = $2 AND COALESCE(i.standing, '') = '' ORDER BY i.id`, city, unit)
}

type ownedItem struct {
	plan.Item
	Duty org.Duty
}

// areOwned gives those items that some unit answers for.
func areOwned(q db.Querier, city int64) (map[id.Item]bool, error) {
	all, err := db.Rows(q, db.Value[id.Item], "SELECT DISTINCT item_id FROM item_owner WHERE city_id = $1", city)
	out := map[id.Item]bool{}
	for _, i := range all {
		out[i] = true
	}
	return out, err
}

func postTitle(q db.Querier, city int64, post id.Post) (string, error) {
	return db.Row(q, db.Value[string], "SELECT title FROM post WHERE city_id = $1 AND id = $2", city, post)
}
