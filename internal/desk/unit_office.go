package desk

import (
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// OfficeUnit is a unit as the office sees it, with its posts and who fills them.
type OfficeUnit struct {
	PublicUnit
	Contact string
	Posts   []UnitPost
	May     []string // acts that who asks may do to this unit
}

// Can reports whether who asked may do an act to the unit.
func (u OfficeUnit) Can(act string) bool { return slices.Contains(u.May, act) }

// UnitPost is a post with its terms that run today or are to come.
type UnitPost struct {
	org.Post
	Filled []Filled
}

// Holder reports whether somebody holds the post on a day.
func (p UnitPost) Holder(day calendar.Day) bool {
	return slices.ContainsFunc(p.Filled, func(f Filled) bool { return f.Kind == org.Holder && f.On(day) })
}

// Filled is a term with whose it is. Name and phone are empty for who may not see them.
type Filled struct {
	org.Term
	Name  string
	Phone string
	State org.AccountState
}

// unitActs are the acts that the page of a unit offers.
var unitActs = []string{"unit.change", "unit.describe", "account.open", "account.read", "handover.do", "progress.signing"}

// UnitOn gives a unit as it was on a day, and its posts as they are.
func (o *Office) UnitOn(ctx context.Context, who Who, which id.Unit, day calendar.Day) (out OfficeUnit, err error) {
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		if out.PublicUnit, err = readUnit(v, o.city, which, day); err != nil {
			return err
		}
		for _, act := range unitActs {
			_, ok, err := o.postOver(v, who, act, which)
			if err != nil {
				return err
			}
			if ok {
				out.May = append(out.May, act)
			}
		}
		if out.Can("account.read") || out.Can("unit.describe") {
			work, err := unitWork(v, o.city, which)
			if err != nil {
				return err
			}
			out.Contact = work.Contact
		}
		out.Posts, err = filledPosts(v, o.city, which, o.Today(), out.Can("account.read"))
		return err
	})
	return out, err
}

// filledPosts gives the posts of a unit with the terms that run or are to come.
func filledPosts(q db.Querier, city int64, unit id.Unit, today calendar.Day, named bool) ([]UnitPost, error) {
	posts, err := postsOfUnit(q, city, unit)
	if err != nil || len(posts) == 0 {
		return nil, err
	}
	terms, err := termsOfUnit(q, city, unit)
	if err != nil {
		return nil, err
	}
	accounts, err := accountsOfUnit(q, city, unit)
	if err != nil {
		return nil, err
	}
	out := make([]UnitPost, len(posts))
	for i, p := range posts {
		out[i].Post = p
		for _, t := range terms {
			a := accounts[t.Account]
			if t.Post != p.ID || t.Cancelled() || t.To != "" && t.To < today || a.State != org.AccountOpen {
				continue
			}
			f := Filled{Term: t, State: a.State}
			if named {
				f.Name, f.Phone = a.Name, a.Phone
			}
			out[i].Filled = append(out[i].Filled, f)
		}
	}
	return out, nil
}

// AccountLine is an account in a list: with the post in which it stands there.
type AccountLine struct {
	Account
	Level org.Level
	Term  org.Term
}

// AccountsIn lists the accounts in the posts of a unit and of the units directly below
// it, for who may see those there. Those of closed accounts, and terms that ended, are
// left out.
func (o *Office) AccountsIn(ctx context.Context, who Who, unit id.Unit) (all []AccountLine, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		_, ok, err := o.postOver(v, who, "account.read", unit)
		if err != nil {
			return err
		}
		if !ok {
			return MayNot("account.read")
		}
		units := []id.Unit{unit}
		below, err := unitsUnder(v, o.city, unit, o.Today())
		for _, u := range below {
			units = append(units, u.ID)
		}
		if err == nil {
			all, err = listAccountsIn(v, o.city, units, o.Today())
		}
		return err
	})
	return all, err
}

// AccountOf gives one account, for who may see it: over the unit of its main post.
func (o *Office) AccountOf(ctx context.Context, who Who, account id.Account) (a Account, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if a, err = o.accountNow(v, account); err != nil {
			return err
		}
		return o.mayOver(v, who, "account.read", a.UnitID)
	})
	return a, err
}

// UnitsOfLevel gives the units of a level that are there, all of them; of villages
// those of one parent only.
func (o *Office) UnitsOfLevel(ctx context.Context, level org.Level, parent id.Unit) (all []org.Unit, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if parent != 0 {
			below, err := lastUnder(v, o.city, parent)
			for _, u := range below {
				if u.Level == level {
					all = append(all, u)
				}
			}
			return err
		}
		for last := id.Unit(0); ; {
			page, err := unitsOfLevel(v, o.city, level, last, mostUnits)
			if err != nil {
				return err
			}
			all = append(all, page...)
			if len(page) < mostUnits {
				return nil
			}
			last = page[len(page)-1].ID
		}
	})
	return all, err
}

// Above gives what a unit stands below today, the nearest first.
func (o *Office) Above(ctx context.Context, unit id.Unit) (above []org.Unit, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		above, err = loadAbove(v, o.city, unit, o.Today())
		return err
	})
	return above, err
}

// Post gives a post with its unit, for who may open accounts there.
func (o *Office) Post(ctx context.Context, who Who, post id.Post) (p org.Post, u org.Unit, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if p, err = loadPost(v, o.city, post); err != nil {
			return err
		}
		if u, err = loadUnit(v, o.city, p.Unit); err != nil {
			return err
		}
		return o.mayOver(v, who, "account.open", p.Unit)
	})
	return p, u, err
}

// ClosedAccounts lists the accounts that were closed, with the post in which they stood
// last, in a unit and those directly below; for who may erase who held them.
func (o *Office) ClosedAccounts(ctx context.Context, who Who, unit id.Unit) (all []Account, err error) {
	if !who.May("account.erase") {
		return nil, nil
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		all, err = listClosedIn(v, o.city, unit)
		return err
	})
	return all, err
}

// MayReset says no to who may not give an account another way in: then they could act
// by posts that they may not give.
func (o *Office) MayReset(ctx context.Context, who Who, account id.Account) error {
	_, err := o.AccountsToReset(ctx, who, []id.Account{account})
	return err
}

// AccountsToReset gives those of some accounts that are open, for who may give them
// another way in; one that they may not makes all of it refused.
func (o *Office) AccountsToReset(ctx context.Context, who Who, wanted []id.Account) (all []Account, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		for _, account := range wanted {
			a, err := o.accountNow(v, account)
			if err != nil {
				return err
			}
			if err := o.mayOver(v, who, "account.open", a.UnitID); err != nil {
				return err
			}
			if err := o.checkHolds(v, who, account); err != nil {
				return err
			}
			if a.State == org.AccountOpen {
				all = append(all, a)
			}
		}
		return nil
	})
	return all, err
}

// AccountsByTitle lists the accounts in posts of a title in the units of a level, of
// those that somebody may see.
func (o *Office) AccountsByTitle(ctx context.Context, who Who, level org.Level, title string) (all []AccountLine, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		lines, err := listAccountsByTitle(v, o.city, level, title, o.Today())
		if err != nil {
			return err
		}
		for _, l := range lines {
			if !who.MayEverywhere("account.read") {
				_, ok, err := o.postOver(v, who, "account.read", l.UnitID)
				if err != nil {
					return err
				}
				if !ok {
					continue
				}
			}
			all = append(all, l)
		}
		return nil
	})
	return all, err
}
