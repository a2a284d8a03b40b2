package desk

import (
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

const orderAnswerColumns = "item_id, ordinal, unit_id, words, answered_day, post_id, standing, reason, decided_day, decided_post"

func scanOrderAnswer(s db.Scanner) (a plan.OrderAnswer, err error) {
	err = s.Scan(&a.Item, &a.Ordinal, &a.Unit, &a.Words, &a.Day, &a.Post, &a.Standing, &a.Reason, &a.Decided, &a.Decider)
	return a, err
}

// orderAnswersOf gives the answers to an order, in their order.
func orderAnswersOf(q db.Querier, city int64, item id.Item) ([]plan.OrderAnswer, error) {
	return db.Rows(q, scanOrderAnswer, "SELECT "+orderAnswerColumns+" FROM order_answer WHERE city_id = $1 AND item_id = $2 ORDER BY ordinal", city, item)
}

// answersOfPlan gives the answers to the orders of a plan, in their order.
func answersOfPlan(q db.Querier, city int64, p id.Plan) (map[id.Item][]plan.OrderAnswer, error) {
	all, err := db.Rows(q, scanOrderAnswer, "SELECT "+orderAnswerColumns+" FROM order_answer WHERE city_id = $1"+ofPlan+" ORDER BY item_id, ordinal", city, city, p)
	out := map[id.Item][]plan.OrderAnswer{}
	for _, a := range all {
		out[a.Item] = append(out[a.Item], a)
	}
	return out, err
}

func saveOrderAnswer(tx *db.Tx, city int64, a plan.OrderAnswer) error {
	return tx.Upsert("order_answer", "city_id, item_id, ordinal", "city_id, "+orderAnswerColumns,
		[][]any{{city, a.Item, a.Ordinal, a.Unit, a.Words, string(a.Day), a.Post, string(a.Standing), a.Reason, string(a.Decided), a.Decider}})
}

func loadOrder(q db.Querier, city int64, item id.Item) (plan.Order, error) {
	return db.Row(q, scanOrder, "SELECT "+orderColumns+" FROM item_order WHERE city_id = $1 AND item_id = $2", city, item)
}

// saveAbout keeps what an instruction was about, and the post that wrote it.
func saveAbout(tx *db.Tx, city int64, item, about id.Item) error {
	return tx.Insert("order_about", "city_id, item_id, about_id, post_id", [][]any{{city, item, about, tx.Cmd().Actor}})
}

// ordersAbout gives what the instructions of a plan were about.
func ordersAbout(q db.Querier, city int64, p id.Plan) (map[id.Item]id.Item, error) {
	out := map[id.Item]id.Item{}
	_, err := db.Rows(q, func(s db.Scanner) (none struct{}, err error) {
		var item, about id.Item
		err = s.Scan(&item, &about)
		out[item] = about
		return none, err
	}, "SELECT item_id, about_id FROM order_about WHERE city_id = $1"+ofPlan+" ORDER BY item_id", city, city, p)
	return out, err
}

// openOrders gives the orders of plans in force for which some units answer, the oldest first.
func ordersOfUnits(q db.Querier, city int64, units []id.Unit) (out []OrderCase, err error) {
	for from := 0; from < len(units); from += ownersAtOnce {
		some := units[from:min(from+ownersAtOnce, len(units))]
		all, err := db.Rows(q, scanCase, caseOfUnits, padded(city, some)...)
		if err != nil {
			return nil, err
		}
		out = append(out, all...)
	}
	return out, nil
}

// caseColumns are those of an order with its item, the day on which it is due, its plan and
// the unit that leads it.
const caseColumns = `r.item_id, r.kind, r.year, r.serial, r.words, r.giver, r.given_day, i.id, i.title, i.lead, i.released, l.plan_id, COALESCE(o.unit_id, 0), COALESCE((SELECT MAX(m.due) FROM milestone m
		WHERE m.city_id = r.city_id AND m.item_id = r.item_id AND m.revision = (SELECT MAX(n.revision) FROM milestone n WHERE n.city_id = m.city_id AND n.id = m.id)), '')
	FROM item_order r JOIN item i ON i.city_id = r.city_id AND i.id = r.item_id JOIN plan_item l ON l.city_id = r.city_id AND l.item_id = r.item_id
	JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id LEFT JOIN item_owner o ON o.city_id = r.city_id AND o.item_id = r.item_id AND o.duty = 'lead'
	WHERE r.city_id = $1 AND COALESCE(i.standing, '') = ''`

var caseOfUnits = "SELECT " + caseColumns + " AND p.state = 'in_force' AND o.unit_id IN (" + placeholders(2, ownersAtOnce) + ") ORDER BY r.year, r.item_id, o.unit_id"

func scanCase(s db.Scanner) (c OrderCase, err error) {
	err = s.Scan(&c.Order.Item, &c.Order.Kind, &c.Order.Year, &c.Order.Serial, &c.Order.Words, &c.Order.Giver, &c.Order.Given, &c.Item.ID, &c.Item.Title, &c.Item.Lead, &c.Item.Released, &c.Plan, &c.Unit.ID, &c.Due)
	return c, err
}
