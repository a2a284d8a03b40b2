package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/reminder"
)

// Handing is a message that is about to be handed over, with the gateway that takes it.
type Handing struct {
	Gateway ReminderGateway // with its secret
	Key     string          // the same whenever this message is handed over
	To      string
	Subject string
	Text    string
	Link    string
	Things  int
}

// NotYet is returned for a message that may not leave before an instant.
type NotYet struct{ Wait time.Duration }

func (n *NotYet) Error() string { return fmt.Sprintf("quiet hours: in %s", n.Wait) }

// TakeMessage writes down that a message is being handed over, and gives it; nil where
// there is nothing to do. It is committed before anybody is asked to take it: a message
// that is found so after a crash may have left, and is never handed over again.
func (o *Office) TakeMessage(ctx context.Context, m id.Message) (h *Handing, err error) {
	err = o.writeMessage(ctx, "reminder.take", m, func(tx *db.Tx, m reminderMessage) error {
		h = nil // of an earlier run of this function
		switch m.State {
		case reminder.HandingOver:
			return o.settleReminder(tx, m, reminder.Unknown, "")
		case reminder.Queued:
		default:
			return nil
		}
		rules, err := loadRules(tx, o.city)
		if err != nil {
			return err
		}
		if until, quiet := rules.Quiet(tx.Now()); quiet && !m.Trial {
			return &NotYet{until.Sub(tx.Now())}
		}
		if m.Day != tx.Today() && !m.Trial { // it waited over midnight: the day on which it leaves counts
			n, err := othersToday(tx, o.city, tx.Today(), m)
			if err != nil {
				return err
			}
			if !rules.Allowed(n) {
				return o.settleReminder(tx, m, reminder.Failed, reminder.Capped)
			}
		}
		m.Day = tx.Today()
		made, why, err := o.handing(tx, m)
		if err != nil {
			return err
		}
		if why != "" {
			return o.settleReminder(tx, m, reminder.Failed, why)
		}
		h, m.State, m.Tries = made, reminder.HandingOver, m.Tries+1
		return saveMessages(tx, o.city, m)
	})
	if err != nil {
		return nil, err
	}
	return h, nil
}

// handing finds the gateway of a message and where it goes to today.
func (o *Office) handing(tx *db.Tx, m reminderMessage) (*Handing, reminder.Failure, error) {
	g, err := loadGateway(tx, o.city, m.Channel)
	if err != nil {
		return nil, "", err
	}
	if g.Form == "" {
		return nil, reminder.NoGateway, nil
	}
	if g.Secret, err = db.Unseal(tx, secretCell(o.city, g.Channel), g.sealed); err != nil {
		return nil, "", err
	}
	h := &Handing{Gateway: g, Key: fmt.Sprintf("luoshi-%d-%s", o.city, m.ID), Subject: m.Subject, Text: m.Words, Link: m.Link, Things: m.Things}
	if !m.Channel.Personal() {
		return h, "", nil
	}
	p, err := o.personBehind(tx, m.Account)
	if err != nil {
		return nil, "", err
	}
	if h.To = p.at(m.Channel); h.To == "" {
		return nil, reminder.NoAddress, nil
	}
	return h, "", nil
}

// SettleMessage notes what a gateway said to a message that was handed over: it took it,
// it did not and will not, it did not and may be asked again, or nobody knows.
func (o *Office) SettleMessage(ctx context.Context, m id.Message, became reminder.State) (again bool, err error) {
	err = o.writeMessage(ctx, "reminder.settle", m, func(tx *db.Tx, m reminderMessage) error {
		again = false
		if m.State != reminder.HandingOver {
			return nil
		}
		switch {
		case became == reminder.Queued && m.Tries < reminder.MostTries:
			again, m.State = true, reminder.Queued
			return saveMessages(tx, o.city, m)
		case became == reminder.Queued:
			return o.settleReminder(tx, m, reminder.Failed, reminder.Tried)
		case became == reminder.Failed:
			return o.settleReminder(tx, m, reminder.Failed, reminder.Refused)
		}
		return o.settleReminder(tx, m, became, "")
	})
	return again, err
}

// settleReminder notes what became of a message and of the reminders that it carries.
func (o *Office) settleReminder(tx *db.Tx, m reminderMessage, s reminder.State, why reminder.Failure) error {
	m.State, m.Failure = s, why
	all, err := remindersOfMessage(tx, o.city, m.ID)
	if err != nil {
		return err
	}
	for i := range all {
		all[i].State, all[i].Failure, all[i].Settled = s, why, tx.Today()
		tx.Append(all[i].SettledEntry())
	}
	return errors.Join(saveMessages(tx, o.city, m), saveReminders(tx, o.city, all...))
}

// HoldMessages keeps all messages that wait from leaving, and counts them. It is called
// for a city that was put back to an earlier day: they may have left since.
func (o *Office) HoldMessages(ctx context.Context) (n int, err error) {
	var waiting []id.Message
	if err := o.db.Read(ctx, func(v *db.View) (err error) {
		waiting, err = waitingMessages(v, o.city)
		return err
	}); err != nil {
		return 0, err
	}
	for _, m := range waiting {
		if err := o.writeMessage(ctx, "reminder.hold", m, func(tx *db.Tx, m reminderMessage) error {
			return o.settleReminder(tx, m, reminder.Unknown, "")
		}); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// writeMessage does something to a message in the city's own line of writes, so that
// nobody counts what somebody may get today while it changes.
func (o *Office) writeMessage(ctx context.Context, act string, which id.Message, f func(*db.Tx, reminderMessage) error) error {
	command, err := db.NewCommandID(time.Now(), rand.Reader)
	if err != nil {
		return err
	}
	return o.db.Write(ctx, db.Cmd{City: o.city, ID: command}.Of(act, which), func(tx *db.Tx) error {
		m, err := loadMessage(tx, o.city, which)
		if err != nil {
			return err
		}
		tx.ActAs(m.MadeBy)
		return f(tx, m)
	})
}
