package desk

import (
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// FieldState is how a kind of fields of a plan stands.
type FieldState struct {
	Released bool
	Day      calendar.Day // since when; empty where it was never released or is so since an older version
}

// fieldStates are those of a plan whose state was set, by kind.
type fieldStates struct {
	byKind  map[plan.FieldKind]FieldState
	older   bool         // public since an older version, which kept no words back
	keeping plan.Keeping // what was decided about words
}

// shownByOlder are the kinds of which an older version kept nothing back.
var shownByOlder = []plan.FieldKind{plan.PersonNames, plan.Telephones}

func (f fieldStates) set(k plan.FieldKind) bool { _, ok := f.byKind[k]; return ok }

func (f fieldStates) released(k plan.FieldKind) bool {
	for _, i := range f.implied() {
		if i == k {
			return true
		}
	}
	return f.byKind[k].Released
}

// implied are the kinds that are released without anybody having said so.
func (f fieldStates) implied() (out []plan.FieldKind) {
	for _, k := range shownByOlder {
		if f.older && !f.set(k) {
			out = append(out, k)
		}
	}
	return out
}

// mask covers what is kept back of a plan.
func (f fieldStates) mask() plan.Mask {
	return plan.NewMask(f.keeping, !f.released(plan.PersonNames), !f.released(plan.Telephones))
}

func loadFields(q db.Querier, city int64, p plan.Plan) (f fieldStates, err error) {
	column, err := db.Row(q, db.Value[string], "SELECT COALESCE(keeping, '') FROM plan WHERE city_id = $1 AND id = $2", city, p.ID)
	if err != nil {
		return f, err
	}
	f = fieldStates{byKind: map[plan.FieldKind]FieldState{}, older: p.Released && column == ""}
	if f.keeping, err = parseKeeping(column); err != nil {
		return f, err
	}
	_, err = db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
		var kind plan.FieldKind
		var state FieldState
		err = s.Scan(&kind, &state.Released, &state.Day)
		f.byKind[kind] = state
		return one, err
	}, "SELECT kind, released, set_day FROM plan_field WHERE city_id = $1 AND plan_id = $2", city, p.ID)
	return f, err
}

func saveFields(tx *db.Tx, city int64, p id.Plan, kinds []plan.FieldKind, released bool) error {
	rows := make([][]any, len(kinds))
	for i, k := range kinds {
		rows[i] = []any{city, p, string(k), number(released), string(tx.Today())}
	}
	return tx.Upsert("plan_field", "city_id, plan_id, kind", "city_id, plan_id, kind, released, set_day", rows)
}

// parseKeeping reads what was decided about the words of a plan; empty for nothing.
func parseKeeping(column string) (k plan.Keeping, err error) {
	if column != "" {
		err = untext(column, &k)
	}
	return k, err
}

func saveKeeping(tx *db.Tx, city int64, p id.Plan, k plan.Keeping) error {
	_, err := tx.Exec("UPDATE plan SET keeping = $1 WHERE city_id = $2 AND id = $3", text(k), city, p)
	return err
}

// itemsAtOnce is how many items one statement names.
const itemsAtOnce = 100

// setWithdrawn says of items, and of the plan where it is whole, on which day they were
// taken back; an empty day says that they are not.
func setWithdrawn(tx *db.Tx, city int64, p id.Plan, items []id.Item, whole bool, day calendar.Day) error {
	if whole {
		if _, err := tx.Exec("UPDATE plan SET withdrawn_day = $1 WHERE city_id = $2 AND id = $3", string(day), city, p); err != nil {
			return err
		}
	}
	for from := 0; from < len(items); from += itemsAtOnce {
		some := items[from:min(from+itemsAtOnce, len(items))]
		args := []any{string(day), city}
		for k := range itemsAtOnce {
			args = append(args, some[min(k, len(some)-1)])
		}
		if _, err := tx.Exec("UPDATE item SET withdrawn_day = $1 WHERE city_id = $2 AND id IN ("+placeholders(3, itemsAtOnce)+")", args...); err != nil {
			return err
		}
	}
	return nil
}

// itemsElsewhere are the items of a plan that stand in another public one too.
func itemsElsewhere(q db.Querier, city int64, p id.Plan) ([]id.Item, error) {
	return db.Rows(q, db.Value[id.Item], `SELECT l.item_id FROM plan_item l WHERE l.city_id = $1 AND l.plan_id = $2 AND EXISTS (SELECT 1 FROM plan_item o
		JOIN plan p ON p.city_id = o.city_id AND p.id = o.plan_id WHERE o.city_id = l.city_id AND o.item_id = l.item_id AND o.plan_id <> l.plan_id AND p.released = 1)`, city, p)
}

// otherPublisher reports whether anybody but one account could publish.
func otherPublisher(q db.Querier, city int64, but id.Account) (bool, error) {
	roles, err := db.Rows(q, db.Value[string], `SELECT p.roles FROM account a JOIN post p ON p.city_id = a.city_id AND p.id = a.post_id
		WHERE a.city_id = $1 AND a.state = $2 AND a.id <> $3`, city, string(org.AccountOpen), but)
	return slices.ContainsFunc(roles, func(r string) bool { return May("plan.publish", splitRoles(r)) }), err
}

// ReleaseAct is one act of making public or taking back, as the office keeps it.
type ReleaseAct struct {
	Act    string // actPublish or actWithdraw
	Whole  bool
	Day    calendar.Day
	Post   id.Post
	Who    string // unit · post
	Items  int
	Kinds  []plan.FieldKind
	Review plan.SecrecyReview
	Why    string
}

const (
	actPublish  = "publish"
	actWithdraw = "withdraw"
	actWhole    = "withdraw_whole"
)

// Withdrawn reports an act of taking back.
func (a ReleaseAct) Withdrawn() bool { return a.Act != actPublish }

func saveAct(tx *db.Tx, city int64, p id.Plan, a ReleaseAct) error {
	n, err := db.Row(tx, db.Value[int64], "SELECT COUNT(*) FROM plan_release WHERE city_id = $1 AND plan_id = $2", city, p)
	if err != nil {
		return err
	}
	if a.Whole {
		a.Act = actWhole
	}
	return tx.Insert("plan_release", "city_id, plan_id, ordinal, act, done_day, post_id, items, kinds, review_by, review_day, review_result, why",
		[][]any{{city, p, n + 1, a.Act, string(tx.Today()), tx.Cmd().Actor, a.Items, joinKinds(a.Kinds), a.Review.By, string(a.Review.Day), a.Review.Result, a.Why}})
}

func loadActs(q db.Querier, city int64, p id.Plan) ([]ReleaseAct, error) {
	return db.Rows(q, func(s db.Scanner) (a ReleaseAct, err error) {
		var kinds string
		err = s.Scan(&a.Act, &a.Day, &a.Post, &a.Items, &kinds, &a.Review.By, &a.Review.Day, &a.Review.Result, &a.Why)
		a.Whole = a.Act == actWhole
		for _, k := range strings.Fields(kinds) {
			a.Kinds = append(a.Kinds, plan.FieldKind(k))
		}
		return a, err
	}, `SELECT act, done_day, post_id, items, kinds, review_by, review_day, review_result, why FROM plan_release
		WHERE city_id = $1 AND plan_id = $2 ORDER BY ordinal DESC`, city, p)
}

func joinKinds(kinds []plan.FieldKind) string {
	var out []string
	for _, k := range kinds {
		out = append(out, string(k))
	}
	return strings.Join(out, " ")
}

func savePreview(tx *db.Tx, city int64, p id.Plan, by id.Account, r plan.Release) error {
	return tx.Upsert("plan_preview", "city_id, plan_id, account_id", "city_id, plan_id, account_id, chosen", [][]any{{city, p, by, text(r)}})
}

func loadPreview(q db.Querier, city int64, p id.Plan, by id.Account) (r plan.Release, err error) {
	column, err := db.Row(q, db.Value[string], "SELECT chosen FROM plan_preview WHERE city_id = $1 AND plan_id = $2 AND account_id = $3", city, p, by)
	if err != nil {
		return r, err
	}
	return r, untext(column, &r)
}

func dropPreviews(tx *db.Tx, city int64, p id.Plan) error {
	_, err := tx.Exec("DELETE FROM plan_preview WHERE city_id = $1 AND plan_id = $2", city, p)
	return err
}

// withdrawnItems are the items of a plan that were taken back, with the day.
func withdrawnItems(q db.Querier, city int64, p id.Plan) (map[id.Item]calendar.Day, error) {
	days := map[id.Item]calendar.Day{}
	_, err := db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
		var of id.Item
		var day calendar.Day
		err = s.Scan(&of, &day)
		days[of] = day
		return one, err
	}, `SELECT i.id, COALESCE(i.withdrawn_day, '') FROM item i JOIN plan_item l ON l.city_id = i.city_id AND l.item_id = i.id
		WHERE i.city_id = $1 AND l.plan_id = $2 AND i.withdrawn_day <> ''`, city, p)
	return days, err
}

// withdrawnDay is the day on which a plan was taken back, or empty.
func withdrawnDay(q db.Querier, city int64, p id.Plan) (calendar.Day, error) {
	return db.Row(q, db.Value[calendar.Day], "SELECT COALESCE(withdrawn_day, '') FROM plan WHERE city_id = $1 AND id = $2 AND released = 0", city, p)
}

// withdrawnItemDay is the day on which an item was taken back, or empty.
func withdrawnItemDay(q db.Querier, city int64, i id.Item) (calendar.Day, error) {
	return db.Row(q, db.Value[calendar.Day], "SELECT COALESCE(withdrawn_day, '') FROM item WHERE city_id = $1 AND id = $2 AND released = 0", city, i)
}

// postOf names the post of an account; empty for none.
func postOf(q db.Querier, city int64, account id.Account, names map[string]string) (string, error) {
	if account == 0 {
		return "", nil
	}
	post, err := db.Row(q, db.Value[id.Post], "SELECT post_id FROM account WHERE city_id = $1 AND id = $2", city, account)
	return names[post.String()], err
}
