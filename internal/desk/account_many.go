package desk

import (
	"context"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// mostAccounts is how many accounts one act opens.
const mostAccounts = 600

// ManyAccounts opens the same post with its account in many units at once. Who fills it
// is not known yet: they say so when they first sign in.
type ManyAccounts struct {
	Units []id.Unit
	Title string
	Roles []org.Role
}

// OpenAccounts opens a post and an account in each of several units, and gives the
// accounts in the order of the units. A unit that has a post of that title is left
// alone: its account is 0.
func (o *Office) OpenAccounts(ctx context.Context, cmd db.Cmd, m ManyAccounts) ([]id.Account, error) {
	if err := org.CheckName("title", "岗位名称", m.Title); err != nil {
		return nil, err
	}
	switch {
	case len(m.Units) == 0:
		return nil, fault.New(fault.Invalid, "请至少选一个单位。").In("unit")
	case len(m.Units) > mostAccounts:
		return nil, fault.New(fault.TooLarge, "一次最多开 %d 个账号，请分几次开。", mostAccounts).In("unit")
	}
	made := make([]id.Account, len(m.Units))
	cmd = cmd.Of("account.open_many", m)
	for i := range made {
		cmd = cmd.Answering(&made[i])
	}
	return made, o.write(ctx, cmd, "account.open", func(tx *db.Tx) error {
		who, err := loadWho(tx, o.city, tx.Cmd().Account, tx.Today())
		if err != nil {
			return err
		}
		if err := checkRoles(who, m.Roles); err != nil {
			return err
		}
		var posts []org.Post
		var accounts []org.Account
		var terms []org.Term
		there, err := o.canOpen(tx, who, m)
		if err != nil {
			return err
		}
		for i, unit := range m.Units {
			if there[unit] {
				continue
			}
			there[unit] = true // a unit that is named twice
			p := org.Post{ID: db.NewID[id.Post](tx), Unit: unit, Title: m.Title, Roles: m.Roles}
			a := org.Account{ID: db.NewID[id.Account](tx), Post: p.ID, State: org.AccountOpen}
			t := org.Term{ID: db.NewID[id.Term](tx), Account: a.ID, Post: p.ID, Kind: org.Holder, From: tx.Today()}
			made[i] = a.ID
			posts, accounts, terms = append(posts, p), append(accounts, a), append(terms, t)
			tx.Append(append(p.OpenedEntries(), a.OpenedEntry(), t.BegunEntry())...)
		}
		if err := savePosts(tx, o.city, posts); err != nil {
			return err
		}
		if err := saveAccounts(tx, o.city, accounts...); err != nil {
			return err
		}
		return saveTerms(tx, o.city, terms...)
	})
}

// canOpen says no where somebody may not open accounts in one of the units, and gives
// those that have a post of that title. Units of one parent are looked up above once.
func (o *Office) canOpen(tx *db.Tx, who Who, m ManyAccounts) (there map[id.Unit]bool, err error) {
	units, err := unitsNamed(tx, o.city, m.Units)
	if err != nil {
		return nil, err
	}
	may := map[id.Unit]bool{}
	for _, want := range m.Units {
		u, ok := units[want]
		switch {
		case !ok:
			return nil, ErrMissing
		case u.To != "":
			return nil, fault.New(fault.Conflict, "%s 已经撤销，不能再设岗位。", u.Name).In("unit")
		case u.From > tx.Today(): // it is to stand there, and does not yet
		case may[u.Parent]:
			continue
		default:
			if _, may[u.Parent], err = o.postOver(tx, who, "account.open", u.Parent); err != nil {
				return nil, err
			}
		}
		if u.From > tx.Today() || !may[u.Parent] { // then it may be their own unit
			if err := o.mayOver(tx, who, "account.open", want); err != nil {
				return nil, err
			}
		}
	}
	return unitsWithPost(tx, o.city, m.Title)
}

// NameHolder says who holds an account that was opened without a name. Only its holder
// does so, and once.
func (o *Office) NameHolder(ctx context.Context, cmd db.Cmd, name, phone string) error {
	for _, check := range []error{org.CheckName("name", "姓名", name), org.CheckPhone(phone)} {
		if check != nil {
			return check
		}
	}
	return o.db.Write(ctx, cmd.Of("account.name", []string{name, phone}), func(tx *db.Tx) error {
		a, err := loadAccount(tx, o.city, cmd.Account)
		switch {
		case err != nil:
			return err
		case a.State != org.AccountOpen:
			return errSignedOut
		case a.Name != "":
			return fault.New(fault.Conflict, "这个账号已经写明是谁的了。要改，请上级单位的经办停用再开。")
		}
		a.Name, a.Phone = name, phone
		tx.Append(a.NamedEntry())
		return saveHolder(tx, o.city, a)
	})
}
