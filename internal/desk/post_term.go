package desk

import (
	"context"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// Appoint puts an account into a post from a day on, as its holder or, for the days of
// a leave, standing in. One account may fill several posts.
func (o *Office) Appoint(ctx context.Context, cmd db.Cmd, t org.Term) error {
	return o.writeOver(ctx, cmd.Of("term.begin", t), "account.open", o.unitOfPost(t.Post), func(tx *db.Tx, who Who) error {
		p, err := loadPost(tx, o.city, t.Post)
		if err != nil {
			return err
		}
		if p.To != "" {
			return fault.New(fault.Conflict, "“%s”这个岗位已经撤了。", p.Title)
		}
		if err := checkRoles(who, p.Roles); err != nil {
			return err
		}
		a, err := o.accountSeen(tx, who, "account.open", t.Account)
		if err != nil {
			return err
		}
		if a.State != org.AccountOpen {
			return fault.New(fault.Conflict, "这个账号已经停用，不能任职。").In("account")
		}
		others, err := termsOfPost(tx, o.city, t.Post)
		if err != nil {
			return err
		}
		if t.From < tx.Today() {
			return fault.New(fault.Invalid, "任职不能从过去的日子算起：那时做的事已经记在别人名下。").In("from")
		}
		if err := org.CheckTerm(t, others); err != nil {
			return err
		}
		t.ID = db.NewID[id.Term](tx)
		tx.Append(t.BegunEntry())
		return saveTerms(tx, o.city, t)
	})
}

// EndTerm ends a term with a last day, today at the earliest, or cancels one to come.
func (o *Office) EndTerm(ctx context.Context, cmd db.Cmd, post id.Post, term id.Term, last calendar.Day) error {
	return o.writeOver(ctx, cmd.Of("term.end", []any{post, term, last}), "account.open", o.unitOfPost(post), func(tx *db.Tx, who Who) error {
		p, err := loadPost(tx, o.city, post)
		if err != nil {
			return err
		}
		if err := checkRoles(who, p.Roles); err != nil {
			return err
		}
		terms, err := termsOfPost(tx, o.city, post)
		if err != nil {
			return err
		}
		for _, t := range terms {
			if t.ID != term {
				continue
			}
			ended, err := t.Ended(last, tx.Today())
			if err != nil {
				return err
			}
			tx.Append(ended.EndedEntry())
			return endTerm(tx, o.city, term, ended.To)
		}
		return ErrMissing
	})
}
