package desk

import (
	"context"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// NewAccount is what is stated when an account is opened.
type NewAccount struct {
	Unit  string
	Title string
	Name  string
	Phone string `json:",omitempty"`
	Roles []org.Role
}

// OpenAccount opens an account in a new post; a unit that is new is
// opened as a division of the bureau.
func (o *Office) OpenAccount(ctx context.Context, cmd db.Cmd, a NewAccount) (id.Account, error) {
	for _, check := range []error{org.CheckName("unit", "科室名称", a.Unit), org.CheckName("title", "岗位名称", a.Title),
		org.CheckName("name", "姓名", a.Name), org.CheckPhone(a.Phone), org.CheckRoles(a.Roles)} {
		if check != nil {
			return 0, check
		}
	}
	var account id.Account
	err := o.write(ctx, cmd.Of("account.open", a, &account), "account.open", func(tx *db.Tx) (err error) {
		account, err = openAccount(tx, o.city, a)
		return err
	})
	return account, err
}

func openAccount(tx *db.Tx, city int64, a NewAccount) (id.Account, error) {
	unit, err := findUnit(tx, city, a.Unit)
	if err != nil {
		return 0, err
	}
	if unit.ID == 0 {
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
	account := org.Account{ID: db.NewID[id.Account](tx), Post: post.ID, Name: a.Name, Phone: a.Phone, State: org.AccountOpen}
	if err := savePost(tx, city, post); err != nil {
		return 0, err
	}
	if err := saveAccount(tx, city, account); err != nil {
		return 0, err
	}
	tx.Append(append(post.OpenedEntries(), account.OpenedEntry())...)
	return account.ID, nil
}

var errOwnAccount = fault.New(fault.Conflict, "不能停用自己的账号，请另一位管理员来做。")

// CloseAccount ends an account: its holder can no longer act.
func (o *Office) CloseAccount(ctx context.Context, cmd db.Cmd, account id.Account) error {
	if account == cmd.Account {
		return errOwnAccount
	}
	return o.write(ctx, cmd.Of("account.close", account), "account.close", func(tx *db.Tx) error {
		a, err := loadAccount(tx, o.city, account)
		if err != nil || a.State != org.AccountOpen {
			return err
		}
		tx.Append(a.ClosedEntry())
		return closeAccount(tx, o.city, account)
	})
}

// Account is a line in the list of accounts. Its name is empty where it was
// erased, or where it is sealed and does not open.
type Account struct {
	org.Account
	Unit  string
	Title string
	Roles []org.Role
}

// MayOpenAccounts says no to who may not open accounts.
func MayOpenAccounts(who Who) error {
	if !May("account.open", who.Roles) {
		return mayNot("account.open")
	}
	return nil
}

// Accounts lists all accounts, for an administrator.
func (o *Office) Accounts(ctx context.Context, who Who) (all []Account, err error) {
	if !May("account.read", who.Roles) {
		return nil, mayNot("account.read")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		all, err = listAccounts(v, o.city)
		return err
	})
	return all, err
}

// SomeAdministrator gives an account that can open others, or 0 where there is no city yet.
func (o *Office) SomeAdministrator(ctx context.Context) (account id.Account, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		all, err := listAccounts(v, o.city)
		for _, a := range all {
			if account == 0 && a.State == org.AccountOpen && May("account.open", a.Roles) {
				account = a.ID
			}
		}
		return err
	})
	return account, err
}

// SamplePeople lists the people of a sample city, whom everybody may be. A real
// city has none.
func (o *Office) SamplePeople(ctx context.Context) (people []Who, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		c, err := loadCity(v, o.city)
		if err != nil || !c.Sample {
			return err
		}
		all, err := listAccounts(v, o.city)
		for _, a := range all {
			if a.State == org.AccountErased {
				continue
			}
			people = append(people, Who{Account: a.ID, Post: a.Post, Name: a.Name, Unit: a.Unit, Title: a.Title, Roles: a.Roles})
		}
		return err
	})
	return people, err
}
