package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"time"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// HandingOver is what is stated when somebody hands posts over. The successor is an
// account, or a new one under this name.
type HandingOver struct {
	Predecessor id.Account
	Posts       []id.Post
	Successor   id.Account `json:",omitempty"`
	Name        string     `json:",omitempty"`
	Phone       string     `json:",omitempty"`
	First       calendar.Day
	Close       bool // the account of the predecessor, if no post is left to it
}

// HandOver (交接) ends the terms of somebody in posts and begins those of a successor on
// the next day. Duties, orders and places in leading groups lie with the posts and go
// along of themselves; what hangs on the account is moved or written down, so that the
// list for signature names all of it.
func (o *Office) HandOver(ctx context.Context, cmd db.Cmd, n HandingOver) (made id.Handover, err error) {
	h := org.Handover{Predecessor: n.Predecessor, Successor: n.Successor, Posts: n.Posts, First: n.First}
	if n.Successor == 0 {
		if err := errors.Join(org.CheckName("name", "姓名", n.Name), org.CheckPhone(n.Phone)); err != nil {
			return 0, err
		}
	}
	unit := func(tx *db.Tx) (id.Unit, error) {
		if err := h.Check(tx.Today()); err != nil {
			return 0, err
		}
		p, err := loadPost(tx, o.city, h.Posts[0])
		h.Unit = p.Unit
		return p.Unit, err
	}
	err = o.writeOver(ctx, cmd.Of("handover.do", n, &made), "handover.do", unit, func(tx *db.Tx, who Who) error {
		posts, err := o.mayHandOver(tx, who, h)
		if err != nil {
			return err
		}
		along, err := o.goesAlong(tx, h.Predecessor, posts, tx.Today())
		if err != nil {
			return err
		}
		if h.Successor, err = o.successor(tx, who, h, n, posts); err != nil {
			return err
		}
		if err := passTerms(tx, o.city, h); err != nil {
			return err
		}
		h.ID = db.NewID[id.Handover](tx)
		made = h.ID
		tx.Append(h.Entry())
		if err := saveHandover(tx, o.city, h, n.Close, along.kept(h.Posts)); err != nil {
			return err
		}
		if h.First > tx.Today() {
			return nil
		}
		return finishHandover(tx, o.city, h, n.Close)
	})
	return made, err
}

// mayHandOver gives the posts of a handover as they are held now, and says no where one
// of them is not theirs to give who does it.
func (o *Office) mayHandOver(tx *db.Tx, who Who, h org.Handover) (posts []Held, err error) {
	for _, post := range h.Posts {
		p, err := loadPost(tx, o.city, post)
		if err != nil {
			return nil, err
		}
		if p.To != "" && p.To < h.First {
			return nil, fault.New(fault.Conflict, "“%s”这个岗位已经撤了。", p.Title).In("post")
		}
		if err := o.mayGiveAway(tx, who, p); err != nil {
			return nil, err
		}
		u, err := loadUnit(tx, o.city, p.Unit)
		if err != nil {
			return nil, err
		}
		posts = append(posts, Held{Post: p.ID, Unit: u.ID, Level: u.Level, UnitName: u.Name, Title: p.Title, Roles: p.Roles})
	}
	return posts, nil
}

// mayGiveAway says what keeps somebody from handing a post over: it passes its roles on,
// so that it takes whoever may give those.
func (o *Office) mayGiveAway(q db.Querier, who Who, p org.Post) error {
	if err := o.mayOver(q, who, "handover.do", p.Unit); err != nil {
		return err
	}
	if checkRoles(who, p.Roles) != nil {
		return fault.New(fault.Denied, "“%s”有局里的职责，它的交接请管理员来办。", p.Title).In("post")
	}
	return nil
}

// successor gives the account that takes over, opened where it is new.
func (o *Office) successor(tx *db.Tx, who Who, h org.Handover, n HandingOver, posts []Held) (id.Account, error) {
	if n.Successor != 0 {
		if n.Successor == who.Account && slices.ContainsFunc(posts, func(p Held) bool { return May("account.open", p.Roles) }) {
			return n.Successor, o.mayOver(tx, who, "account.open", h.Unit) // nobody gives that to themselves
		}
		a, err := o.accountSeen(tx, who, "handover.do", n.Successor)
		if errors.Is(err, ErrMissing) || err == nil && a.State != org.AccountOpen {
			err = fault.New(fault.Conflict, "接手的人的账号已经停用，请另选一位。").In("successor")
		}
		return n.Successor, err
	}
	switch err := o.mayOver(tx, who, "account.open", h.Unit); {
	case fault.Is(err, fault.Denied):
		return 0, errMayNotOpenSuccessor
	case err != nil:
		return 0, err
	}
	a := org.Account{ID: db.NewID[id.Account](tx), Post: h.Posts[0], Name: n.Name, Phone: n.Phone, State: org.AccountOpen}
	tx.Append(a.OpenedEntry())
	return a.ID, saveAccounts(tx, o.city, a)
}

var errMayNotOpenSuccessor = fault.New(fault.Denied, "接手的人还没有账号。请上级单位的经办给他开一个，或者请他们来办这次交接。").In("successor")

// passTerms ends and begins the terms that a handover is made of.
func passTerms(tx *db.Tx, city int64, h org.Handover) error {
	for _, post := range h.Posts {
		terms, err := termsOfPost(tx, city, post)
		if err != nil {
			return err
		}
		ended, begun, err := h.Terms(terms)
		if err != nil {
			return err
		}
		for _, t := range ended {
			tx.Append(t.EndedEntry())
			if err := endTerm(tx, city, t.ID, t.To); err != nil {
				return err
			}
		}
		begun.ID = db.NewID[id.Term](tx)
		tx.Append(begun.BegunEntry())
		if err := saveTerms(tx, city, begun); err != nil {
			return err
		}
	}
	return nil
}

// finishHandover does what waits for the first day of the successor: it moves what hangs
// on the account, and closes the account to which no post is left.
func finishHandover(tx *db.Tx, city int64, h org.Handover, closes bool) error {
	if err := movePreviews(tx, city, h); err != nil {
		return err
	}
	for _, account := range []id.Account{h.Predecessor, h.Successor} {
		if err := settleMainPost(tx, city, account); err != nil {
			return err
		}
	}
	terms, err := termsOfAccount(tx, city, h.Predecessor)
	if err != nil {
		return err
	}
	if closes && org.Left(terms, h.First) {
		a, err := loadAccount(tx, city, h.Predecessor)
		if err != nil {
			return err
		}
		if a.State == org.AccountOpen {
			tx.Append(a.ClosedEntry())
			if err := closeAccount(tx, city, h.Predecessor); err != nil {
				return err
			}
		}
	}
	return markFinished(tx, city, h.ID)
}

// movePreviews hands on what the predecessor was about to make public, where the
// successor now may: it has not been decided yet.
func movePreviews(tx *db.Tx, city int64, h org.Handover) error {
	for _, post := range h.Posts {
		p, err := loadPost(tx, city, post)
		if err != nil {
			return err
		}
		if May("plan.publish", p.Roles) {
			return givePreviews(tx, city, h.Predecessor, h.Successor)
		}
	}
	return nil
}

// settleMainPost lists an account under a post that it fills today, if it fills any:
// who may see and close it goes by that.
func settleMainPost(tx *db.Tx, city int64, account id.Account) error {
	held, err := heldPosts(tx, city, account, tx.Today())
	if err != nil || len(held) == 0 {
		return err
	}
	a, err := loadAccount(tx, city, account)
	if err != nil {
		return err
	}
	for _, h := range held {
		if h.Post == a.Post {
			return nil
		}
	}
	return setMainPost(tx, city, account, held[0].Post)
}

// FinishHandovers does for each handover whose first day has come what waited for it.
func (j *Jobs) FinishHandovers(ctx context.Context) error {
	var waiting []handoverRow
	if err := j.db.Read(ctx, func(v *db.View) (err error) {
		waiting, err = waitingHandovers(v, j.city, calendar.DayOf(j.db.Now()))
		return err
	}); err != nil {
		return err
	}
	var errs []error
	for _, w := range waiting {
		errs = append(errs, j.finish(ctx, w))
	}
	return errors.Join(errs...)
}

func (j *Jobs) finish(ctx context.Context, w handoverRow) error {
	command, err := db.NewCommandID(time.Now(), rand.Reader)
	if err != nil {
		return err
	}
	cmd := db.Cmd{City: j.city, Actor: w.DoneBy, ID: command}.Of("handover.finish", w.ID)
	if err := j.db.Write(ctx, cmd, func(tx *db.Tx) error {
		now, err := loadHandover(tx, j.city, w.ID)
		if err != nil || now.Finished {
			return err
		}
		return finishHandover(tx, j.city, now.Handover, now.Closes)
	}); err != nil {
		return fmt.Errorf("finish handover %s: %w", w.ID, err)
	}
	return nil
}
