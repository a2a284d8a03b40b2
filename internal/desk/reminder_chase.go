package desk

import (
	"context"
	"errors"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/reminder"
)

// Chasing is how some things that are owed are chased.
type Chasing struct {
	Channel reminder.Channel
	Things  []reminder.Thing
	By      calendar.Day // until when an answer is asked for
}

// chasedAhead is how many days ahead something may be due that is chased by hand.
const chasedAhead = 60

var errNothingOwed = fault.New(fault.Conflict, "勾的这些都已经报来、回话或者办结了，不用再催。")

// Chase (催办) makes one reminder for each unit of which something is asked. What was
// brought in meanwhile is left out. It gives the first of the reminders, by which all of
// them are found.
func (o *Office) Chase(ctx context.Context, cmd db.Cmd, c Chasing) (first id.Reminder, err error) {
	err = o.write(ctx, cmd.Of("reminder.chase", c, &first), "reminder.send", func(tx *db.Tx) error {
		if err := reminder.CheckChase(c.Channel, c.Things, c.By, tx.Today()); err != nil {
			return err
		}
		all, err := o.owedUntil(tx, tx.Today().AddDays(chasedAhead))
		if err != nil {
			return err
		}
		units, of := byUnit(stillOwed(all, c.Things))
		if len(units) == 0 {
			return errNothingOwed
		}
		made, err := o.newReminders(tx, c.Channel, "", units, of, c.By)
		if err != nil {
			return err
		}
		if reminder.Began(c.Channel) == reminder.Queued {
			s, err := o.newSending(tx, c.Channel, c.By)
			if err != nil {
				return err
			}
			persons, err := o.personsOf(tx, units)
			if err != nil {
				return err
			}
			if made, err = o.send(tx, s, made, unitsByID(units), persons); err != nil {
				return err
			}
		}
		first = made[0].ID
		return o.keepReminders(tx, made)
	})
	return first, err
}

func unitsByID(units []org.Unit) map[id.Unit]org.Unit {
	out := map[id.Unit]org.Unit{}
	for _, u := range units {
		out[u.ID] = u
	}
	return out
}

// newReminders makes a reminder for each unit about what it owes, with its number; slips
// get the next numbers of their series.
func (o *Office) newReminders(tx *db.Tx, c reminder.Channel, why reminder.Occasion, units []org.Unit, of map[id.Unit][]reminder.Owed, by calendar.Day) (made []reminder.Reminder, err error) {
	var errs [2]error
	var last int64
	var serial int
	year := tx.Today().Time().Year()
	last, errs[0] = lastReminder(tx, o.city)
	if c.Slip() {
		serial, errs[1] = lastSlip(tx, o.city, c, year)
	}
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	for _, u := range units {
		last++
		r := reminder.Reminder{ID: db.NewID[id.Reminder](tx), Number: last, Unit: u.ID, Channel: c, Occasion: why, Day: tx.Today(), By: by, State: reminder.Began(c),
			Settled: tx.Today(), MadeBy: tx.Cmd().Actor, Things: of[u.ID]}
		if c.Slip() {
			serial++
			r.Year, r.Serial = year, serial
		}
		if r.Chase = r.ID; len(made) > 0 {
			r.Chase = made[0].ID
		}
		made = append(made, r)
	}
	return made, nil
}

// keepReminders saves new reminders and enters them.
func (o *Office) keepReminders(tx *db.Tx, made []reminder.Reminder) error {
	for _, r := range made {
		tx.Append(r.ChasedEntry())
	}
	return errors.Join(saveReminders(tx, o.city, made...), saveThings(tx, o.city, made))
}

// CallMade (打过了) notes that the office called a unit.
func (o *Office) CallMade(ctx context.Context, cmd db.Cmd, number int64) error {
	return o.write(ctx, cmd.Of("reminder.call", number), "reminder.send", func(tx *db.Tx) error {
		r, err := loadReminder(tx, o.city, number)
		if err != nil {
			return err
		}
		if r, err = r.Called(tx.Today()); err != nil {
			return err
		}
		tx.Append(r.SettledEntry())
		return saveReminders(tx, o.city, r)
	})
}

// OpenReminder notes that somebody of the unit followed the link of a reminder, the
// first time that anybody does.
func (o *Office) OpenReminder(ctx context.Context, cmd db.Cmd, number int64) error {
	return o.writeOver(ctx, cmd.Of("reminder.open", number), "reminder.reply", o.unitOfReminder(number), func(tx *db.Tx, _ Who) error {
		r, err := loadReminder(tx, o.city, number)
		if err != nil || r.Opened != "" {
			return err
		}
		r.Opened, r.OpenedPost = tx.Today(), tx.Cmd().Actor
		tx.Append(r.OpenedEntry())
		return saveReminders(tx, o.city, r)
	})
}

// ReplyReminder (回执) keeps what a unit says to a reminder.
func (o *Office) ReplyReminder(ctx context.Context, cmd db.Cmd, number int64, reply string) error {
	reply = strings.TrimSpace(strings.ReplaceAll(reply, "\r\n", "\n"))
	return o.writeOver(ctx, cmd.Of("reminder.reply", []any{number, reply}), "reminder.reply", o.unitOfReminder(number), func(tx *db.Tx, _ Who) error {
		r, err := loadReminder(tx, o.city, number)
		if err != nil {
			return err
		}
		if r, err = r.Answered(reply, tx.Cmd().Actor, tx.Today()); err != nil {
			return err
		}
		tx.Append(r.RepliedEntry())
		return saveReminders(tx, o.city, r)
	})
}

// unitOfReminder is the unit that a reminder was made for.
func (o *Office) unitOfReminder(number int64) func(*db.Tx) (id.Unit, error) {
	return func(tx *db.Tx) (id.Unit, error) {
		r, err := loadReminder(tx, o.city, number)
		return r.Unit, err
	}
}
