package desk

import (
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// NewInstruction is what a leader writes beside an item: what is to be done, by whom, until
// when. Nothing else is asked.
type NewInstruction struct {
	About id.Item
	Words string
	Unit  id.Unit
	Due   calendar.Day
}

// Instruct (写批示) makes an order of a leader's words, gives it to a unit, and names the
// leader's post as its giver.
func (o *Office) Instruct(ctx context.Context, cmd db.Cmd, p id.Plan, n NewInstruction) (id.Item, error) {
	var made id.Item
	err := o.write(ctx, cmd.Of("order.instruct", []any{p, n}, &made), "order.instruct", func(tx *db.Tx) error {
		if _, err := loadItem(tx, o.city, p, n.About); err != nil {
			return err
		}
		if err := fault.CheckText("words", "批示", n.Words, 500, true); err != nil {
			return err
		}
		if n.Unit == 0 {
			return fault.New(fault.Invalid, "请选交给哪个单位办。").In("unit")
		}
		unit, err := loadUnit(tx, o.city, n.Unit)
		if err != nil {
			return err
		}
		giver, err := o.giver(tx, tx.Cmd().Actor)
		if err != nil {
			return err
		}
		made, err = o.giveOrder(tx, p, NewOrder{Order: plan.Order{Kind: plan.Instruction, Words: n.Words, Giver: giver, Given: tx.Today()},
			Item: plan.Item{Title: plan.TitleOfOrder(n.Words), Lead: unit.Name, Period: plan.NoPeriod}, Due: plan.Milestone{Due: n.Due}})
		if err != nil {
			return err
		}
		if err := saveAbout(tx, o.city, made, n.About); err != nil {
			return err
		}
		tx.Append(plan.InstructedEntry(made, n.About, n.Unit))
		return o.assign(tx, p, func(map[id.Item][]org.Owner) ([]Assignment, error) {
			return []Assignment{{made, []org.Owner{{Unit: n.Unit, Duty: org.LeadDuty}}}}, nil
		})
	})
	return made, err
}

// giver is what a post is called that gives an order: never a name.
func (o *Office) giver(q db.Querier, post id.Post) (string, error) {
	p, err := loadPost(q, o.city, post)
	if err != nil {
		return "", err
	}
	unit, err := loadUnit(q, o.city, p.Unit)
	if err != nil || unit.Level == org.Bureau || unit.Level == org.CityLevel {
		return p.Title, err
	}
	return unit.Name + p.Title, nil
}

// AnswerOrder (办理回复) keeps what a unit answers to an order that it was given. For a unit
// that ended, whoever goes on with it answers.
func (o *Office) AnswerOrder(ctx context.Context, cmd db.Cmd, item id.Item, unit id.Unit, words string) error {
	return o.writeOver(ctx, cmd.Of("order.answer", []any{item, unit, words}), "order.answer", over(unit), func(tx *db.Tx, _ Who) error {
		p, err := o.orderInForce(tx, item)
		if err != nil {
			return err
		}
		t, err := o.dutyTree(tx)
		if err != nil {
			return err
		}
		owners, err := ownersOfPlan(tx, o.city, p)
		if err != nil {
			return err
		}
		places := t.placesOf(unit)
		if !slices.ContainsFunc(owners[item], func(w org.Owner) bool { return slices.Contains(places, w.Unit) }) {
			return errMayNotDuty
		}
		before, err := orderAnswersOf(tx, o.city, item)
		if err != nil {
			return err
		}
		a, err := plan.Answer(before, plan.OrderAnswer{Item: item, Unit: unit, Words: words, Post: tx.Cmd().Actor}, tx.Today())
		if err != nil {
			return err
		}
		if err := saveOrderAnswer(tx, o.city, a); err != nil {
			return err
		}
		tx.Append(a.AnsweredEntry())
		return tx.Later(JobCheckpoint, int64(p))
	})
}

// orderInForce gives the plan of an order that can still be dealt with.
func (o *Office) orderInForce(tx *db.Tx, item id.Item) (p id.Plan, err error) {
	if _, err = loadOrder(tx, o.city, item); err != nil {
		return p, err
	}
	if p, err = planOfItem(tx, o.city, item); err != nil {
		return p, err
	}
	stands, err := loadPlan(tx, o.city, p)
	if err != nil {
		return p, err
	}
	return p, checkAssignable(stands)
}

// AcceptOrderAnswer (认可) takes the answer to an order as it is; ordinal is the one that was
// looked at.
func (o *Office) AcceptOrderAnswer(ctx context.Context, cmd db.Cmd, item id.Item, ordinal int) error {
	return o.settleOrder(ctx, cmd.Of("order.accept", []any{item, ordinal}), item, ordinal, func(tx *db.Tx, a plan.OrderAnswer) (plan.OrderAnswer, error) {
		a, err := a.Accept(tx.Cmd().Actor, tx.Today())
		if err == nil {
			tx.Append(a.AcceptedEntry())
		}
		return a, err
	})
}

// AskAgain (再问一次) gives an answer back with what is missing in it.
func (o *Office) AskAgain(ctx context.Context, cmd db.Cmd, item id.Item, ordinal int, reason string) error {
	return o.settleOrder(ctx, cmd.Of("order.ask_again", []any{item, ordinal, reason}), item, ordinal, func(tx *db.Tx, a plan.OrderAnswer) (plan.OrderAnswer, error) {
		a, err := a.AskAgain(tx.Cmd().Actor, reason, tx.Today())
		if err == nil {
			tx.Append(a.AskedEntry())
		}
		return a, err
	})
}

func (o *Office) settleOrder(ctx context.Context, cmd db.Cmd, item id.Item, ordinal int, decide func(*db.Tx, plan.OrderAnswer) (plan.OrderAnswer, error)) error {
	return o.write(ctx, cmd, "order.settle", func(tx *db.Tx) error {
		p, err := o.orderInForce(tx, item)
		if err != nil {
			return err
		}
		all, err := orderAnswersOf(tx, o.city, item)
		if err != nil {
			return err
		}
		switch {
		case ordinal < 1 || ordinal > len(all):
			return ErrMissing
		case ordinal < len(all):
			return fault.New(fault.Conflict, "单位又回复了一次，请看了新的再定。")
		}
		a, err := decide(tx, all[ordinal-1])
		if err != nil {
			return err
		}
		if err := saveOrderAnswer(tx, o.city, a); err != nil {
			return err
		}
		return tx.Later(JobCheckpoint, int64(p))
	})
}
