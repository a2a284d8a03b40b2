package desk

import (
	"context"
	"errors"
	"slices"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// NewAccount is what is stated when an account is opened.
type NewAccount struct {
	Unit   string  // by its name: one that is new is opened as a division of the bureau
	UnitID id.Unit `json:",omitempty"` // or this one
	Post   id.Post `json:",omitempty"` // or this post, which stands empty
	Title  string
	Name   string
	Phone  string `json:",omitempty"`
	Roles  []org.Role
}

// OpenAccount opens an account in a new post, or in one that stands empty.
func (o *Office) OpenAccount(ctx context.Context, cmd db.Cmd, a NewAccount) (id.Account, error) {
	checks := []error{org.CheckName("name", "姓名", a.Name), org.CheckPhone(a.Phone)}
	if a.Post == 0 {
		checks = append(checks, org.CheckName("title", "岗位名称", a.Title), org.CheckRoles(a.Roles))
	}
	if a.Post == 0 && a.UnitID == 0 {
		checks = append([]error{org.CheckName("unit", "科室名称", a.Unit)}, checks...)
	}
	for _, check := range checks {
		if check != nil {
			return 0, check
		}
	}
	var account id.Account
	unit := func(tx *db.Tx) (id.Unit, error) {
		switch {
		case a.Post != 0:
			p, err := loadPost(tx, o.city, a.Post)
			return p.Unit, err
		case a.UnitID != 0:
			return a.UnitID, nil
		}
		u, err := findUnit(tx, o.city, a.Unit)
		if err == nil && u.ID == 0 {
			u, err = loadBureau(tx, o.city)
		}
		return u.ID, err
	}
	err := o.writeOver(ctx, cmd.Of("account.open", a, &account), "account.open", unit, func(tx *db.Tx, who Who) error {
		roles := a.Roles
		if a.Post != 0 {
			p, err := loadPost(tx, o.city, a.Post)
			if err != nil {
				return err
			}
			roles = p.Roles
		}
		err := checkRoles(who, roles)
		if err == nil {
			account, err = openAccount(tx, o.city, a)
		}
		return err
	})
	return account, err
}

func openAccount(tx *db.Tx, city int64, a NewAccount) (id.Account, error) {
	post, err := postOfNew(tx, city, a)
	if err != nil {
		return 0, err
	}
	account := org.Account{ID: db.NewID[id.Account](tx), Post: post, Name: a.Name, Phone: a.Phone, State: org.AccountOpen}
	term := org.Term{ID: db.NewID[id.Term](tx), Account: account.ID, Post: post, Kind: org.Holder, From: tx.Today()}
	others, err := termsOfPost(tx, city, post)
	if err != nil {
		return 0, err
	}
	if err := org.CheckTerm(term, others); err != nil {
		return 0, err
	}
	if err := saveAccounts(tx, city, account); err != nil {
		return 0, err
	}
	if err := saveTerms(tx, city, term); err != nil {
		return 0, err
	}
	tx.Append(account.OpenedEntry(), term.BegunEntry())
	return account.ID, nil
}

// postOfNew gives the post of a new account, opened where it is new, as its unit may be.
func postOfNew(tx *db.Tx, city int64, a NewAccount) (id.Post, error) {
	if a.Post != 0 {
		p, err := loadPost(tx, city, a.Post)
		if err == nil && p.To != "" {
			err = fault.New(fault.Conflict, "“%s”这个岗位已经撤了。", p.Title)
		}
		return a.Post, err
	}
	unit := org.Unit{ID: a.UnitID}
	var err error
	if a.UnitID == 0 {
		unit, err = findUnit(tx, city, a.Unit)
	} else {
		unit, err = loadUnit(tx, city, a.UnitID)
	}
	switch {
	case err != nil:
		return 0, err
	case unit.To != "":
		return 0, fault.New(fault.Conflict, "%s 已经撤销，不能再设岗位。", unit.Name)
	case unit.ID == 0:
		bureau, err := loadBureau(tx, city)
		if err != nil {
			return 0, err
		}
		unit = org.Unit{ID: db.NewID[id.Unit](tx), Parent: bureau.ID, Level: org.Division, Name: a.Unit, From: tx.Today()}
		if err := saveUnits(tx, city, []org.Unit{unit}); err != nil {
			return 0, err
		}
		tx.Append(unit.OpenedEntry())
	}
	post := org.Post{ID: db.NewID[id.Post](tx), Unit: unit.ID, Title: a.Title, Roles: a.Roles}
	tx.Append(post.OpenedEntries()...)
	return post.ID, savePosts(tx, city, []org.Post{post})
}

var errOwnAccount = fault.New(fault.Conflict, "不能停用自己的账号，请另一位管理员来做。")

// CloseAccount ends an account: its holder can no longer act.
func (o *Office) CloseAccount(ctx context.Context, cmd db.Cmd, account id.Account) error {
	if account == cmd.Account {
		return errOwnAccount
	}
	return o.writeOver(ctx, cmd.Of("account.close", account), "account.open", o.unitOfAccount(account), func(tx *db.Tx, who Who) error {
		a, err := loadAccount(tx, o.city, account)
		if err != nil || a.State != org.AccountOpen {
			return err
		}
		if err := o.checkHolds(tx, who, account); err != nil {
			return err
		}
		terms, err := termsOfAccount(tx, o.city, account)
		if err != nil {
			return err
		}
		for _, t := range terms {
			if t.To == "" || t.To > tx.Today() {
				t.To = tx.Today()
				tx.Append(t.EndedEntry())
			}
		}
		tx.Append(a.ClosedEntry())
		if err := endTermsOf(tx, o.city, account, tx.Today()); err != nil {
			return err
		}
		return closeAccount(tx, o.city, account)
	})
}

// unitOfAccount finds the unit of the main post of an account.
func (o *Office) unitOfAccount(account id.Account) func(*db.Tx) (id.Unit, error) {
	return func(tx *db.Tx) (id.Unit, error) {
		a, err := o.accountNow(tx, account)
		return a.UnitID, err
	}
}

// accountNow gives an account with its main post, or where it does not fill that one
// today, with one that it does: its unit may have gone into another.
func (o *Office) accountNow(q db.Querier, account id.Account) (Account, error) {
	a, err := accountLine(q, o.city, account)
	if err != nil {
		return a, err
	}
	held, err := heldPosts(q, o.city, account, o.Today())
	if err != nil || len(held) == 0 || slices.ContainsFunc(held, func(h Held) bool { return h.Post == a.Post }) {
		return a, err
	}
	h := held[0]
	a.UnitID, a.Unit, a.Title, a.Roles = h.Unit, h.UnitName, h.Title, h.Roles
	return a, nil
}

// accountSeen gives an account that is to fill a post, for who may see it: else they would
// learn by that whose it is. An act on a post that is no more theirs is no matter of it.
func (o *Office) accountSeen(q db.Querier, who Who, act string, account id.Account) (Account, error) {
	a, err := o.accountNow(q, account)
	if err != nil || account == who.Account {
		return a, err
	}
	if err = o.mayOver(q, who, "account.read", a.UnitID); !fault.Is(err, fault.Denied) {
		return a, err
	}
	held, err := heldPosts(q, o.city, account, o.Today())
	for _, h := range held {
		if o.mayOver(q, who, "account.read", h.Unit) == nil {
			return a, err
		}
	}
	return a, errors.Join(err, MayNot(act))
}

// checkHolds says no where an account fills a post, or is to fill one, whose roles somebody
// may not give, or in a unit that is not theirs: they may not take the account away either.
func (o *Office) checkHolds(q db.Querier, who Who, account id.Account) error {
	held, err := postsAhead(q, o.city, account, o.Today())
	if err != nil {
		return err
	}
	for _, h := range held {
		if err := checkRoles(who, h.Roles); err != nil {
			return err
		}
		if err := o.mayOver(q, who, "account.open", h.Unit); err != nil {
			return err
		}
	}
	return nil
}

// Account is a line in the list of accounts. Its name is empty where it was
// erased, or where it is sealed and does not open.
type Account struct {
	org.Account
	UnitID id.Unit
	Unit   string
	Title  string
	Roles  []org.Role
	Sealed bool // there is a name, but it does not open
}

// MayOpenAccounts says no to who may not open accounts.
func MayOpenAccounts(who Who) error {
	if !May("account.open", who.Roles) {
		return MayNot("account.open")
	}
	return nil
}

// Accounts lists all accounts, for who may see those of the whole city.
func (o *Office) Accounts(ctx context.Context, who Who) (all []Account, err error) {
	if !who.MayEverywhere("account.read") {
		return nil, MayNot("account.read")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		all, err = listAccounts(v, o.city)
		return err
	})
	return all, err
}

// SomeAdministrator gives an account that can open all others, or 0 where there is no city yet.
func (o *Office) SomeAdministrator(ctx context.Context) (account id.Account, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		all, err := listAccounts(v, o.city)
		for _, a := range all {
			if account == 0 && a.State == org.AccountOpen && May("account.roles", a.Roles) {
				account = a.ID
			}
		}
		return err
	})
	return account, err
}

// SamplePeople lists people of a sample city, whom everybody may be: the first of each
// post that has a name. A real city has none.
func (o *Office) SamplePeople(ctx context.Context) (people []Who, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		c, err := loadCity(v, o.city)
		if err != nil || !c.Sample {
			return err
		}
		all, err := listAccounts(v, o.city)
		known := map[string]bool{}
		for _, a := range all {
			if a.State != org.AccountOpen || a.Name == "" || known[a.Title] {
				continue
			}
			known[a.Title] = true
			people = append(people, Who{Account: a.ID, Post: a.Post, Name: a.Name, Unit: a.Unit, Title: a.Title, Roles: a.Roles})
		}
		return err
	})
	return people, err
}
