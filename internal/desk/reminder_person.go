package desk

import (
	"cmp"
	"context"
	"net/mail"
	"slices"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/reminder"
)

// ReminderPerson is somebody of a unit who can be told what it owes.
type ReminderPerson struct {
	Account id.Account
	Post    id.Post
	Title   string
	Name    string
	Phone   string
	Mail    string
}

// at is where a channel finds the person, or empty.
func (p ReminderPerson) at(c reminder.Channel) string {
	if c == reminder.Mail {
		return p.Mail
	}
	return p.Phone
}

// toldFirst says who of a unit is told: who reports, then who answers for it.
var toldFirst = []org.Role{org.Reporter, org.UnitClerk, org.UnitHead}

func rankOf(roles []org.Role) int {
	for i, r := range toldFirst {
		if slices.Contains(roles, r) {
			return i
		}
	}
	return len(toldFirst)
}

// personsOf gives by unit who can be told what it owes, whom to tell first in front.
func (o *Office) personsOf(q db.Querier, units []org.Unit) (map[id.Unit][]ReminderPerson, error) {
	ids := make([]id.Unit, len(units))
	for i, u := range units {
		ids[i] = u.ID
	}
	lines, err := listAccountsIn(q, o.city, ids, o.Today())
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(lines, func(a, b AccountLine) int { return cmp.Compare(rankOf(a.Roles), rankOf(b.Roles)) })
	mails, err := sealedMails(q, o.city)
	out := map[id.Unit][]ReminderPerson{}
	for _, l := range lines {
		if l.Term.On(o.Today()) {
			p := personOf(l)
			p.Mail = opened(q, mailCell(o.city, l.ID), mails[l.ID])
			out[l.UnitID] = append(out[l.UnitID], p)
		}
	}
	return out, err
}

// personIn gives who fills a post today, nobody where it is vacant.
func (o *Office) personIn(q db.Querier, post id.Post) (p ReminderPerson, err error) {
	where, err := loadPost(q, o.city, post)
	if err != nil {
		return p, err
	}
	lines, err := listAccountsIn(q, o.city, []id.Unit{where.Unit}, o.Today())
	if err != nil {
		return p, err
	}
	for _, l := range lines {
		if l.Post == post && l.Term.On(o.Today()) {
			return o.person(q, l)
		}
	}
	return p, nil
}

// personBehind gives who may be reached by an account; nobody where it is closed.
func (o *Office) personBehind(q db.Querier, account id.Account) (p ReminderPerson, err error) {
	a, err := accountLine(q, o.city, account)
	if err != nil || a.State != org.AccountOpen {
		return p, err
	}
	return o.person(q, AccountLine{Account: a})
}

func personOf(l AccountLine) ReminderPerson {
	return ReminderPerson{Account: l.ID, Post: l.Post, Title: l.Title, Name: l.Name, Phone: l.Phone}
}

func (o *Office) person(q db.Querier, l AccountLine) (p ReminderPerson, err error) {
	p = personOf(l)
	p.Mail, err = mailOf(q, o.city, l.ID)
	return p, err
}

// chosen gives who of a unit is told by a channel, or why nobody is.
func chosen(persons []ReminderPerson, c reminder.Channel) (ReminderPerson, reminder.Failure) {
	for _, p := range persons {
		if p.at(c) != "" {
			return p, ""
		}
	}
	if len(persons) == 0 {
		return ReminderPerson{}, reminder.NoPerson
	}
	return persons[0], reminder.NoAddress
}

// MailAddress gives the address to which somebody wants their reminders.
func (o *Office) MailAddress(ctx context.Context, who Who) (address string, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		address, err = mailOf(v, o.city, who.Account)
		return err
	})
	return address, err
}

// SetMailAddress keeps the address to which somebody wants their reminders; empty takes it away.
func (o *Office) SetMailAddress(ctx context.Context, cmd db.Cmd, address string) error {
	if err := fault.CheckLine("mail", "邮箱", address, 200, false); err != nil {
		return err
	}
	if a, err := mail.ParseAddress(address); address != "" && (err != nil || a.Address != address) {
		return fault.New(fault.Invalid, "邮箱“%s”不对，请写成 name@example.cn 这样。", address).In("mail")
	}
	return o.db.Write(ctx, cmd.Of("reminder.set_mail", address), func(tx *db.Tx) error {
		if _, err := loadWho(tx, o.city, cmd.Account, tx.Today()); err != nil {
			return err
		}
		return saveMail(tx, o.city, cmd.Account, address)
	})
}
