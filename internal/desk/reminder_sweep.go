package desk

import (
	"context"
	"crypto/rand"
	"slices"
	"time"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/reminder"
)

// wanted is what the rules want to be said on a day.
type wanted struct {
	units    []org.Unit
	of       map[id.Unit][]reminder.Owed
	why      map[id.Unit]reminder.Occasion // of the last step among what a unit owes
	above    []org.Unit                    // of which the superior is told
	aboveOf  map[id.Unit][]reminder.Owed
	superior id.Post
}

func (w wanted) none() bool { return len(w.units)+len(w.above) == 0 }

// RemindByRules puts down the messages that the rules want today. Run again it finds
// them put down; a day on which nothing may be sent is made up for on the next.
func (o *Office) RemindByRules(ctx context.Context) error {
	var none bool
	if err := o.db.Read(ctx, func(v *db.View) error {
		w, _, err := o.wantedNow(v, o.db.Now())
		none = w.none()
		return err
	}); err != nil || none {
		return err
	}
	command, err := db.NewCommandID(time.Now(), rand.Reader)
	if err != nil {
		return err
	}
	return o.db.Write(ctx, db.Cmd{City: o.city, ID: command}.Of("reminder.sweep", string(o.Today())), func(tx *db.Tx) error {
		w, rules, err := o.wantedNow(tx, tx.Now())
		if err != nil || w.none() {
			return err
		}
		tx.ActAs(rules.SetBy)
		if err := o.sweep(tx, rules, w); err != nil {
			return err
		}
		return o.sweepAbove(tx, rules, w)
	})
}

// rememberDays is how far back a rule looks for what it said before. What is owed for
// longer is reminded of once more.
const rememberDays = 400

// wantedNow finds what the rules want at an instant.
func (o *Office) wantedNow(q db.Querier, now time.Time) (w wanted, rules reminder.Rules, err error) {
	if rules, err = loadRules(q, o.city); err != nil {
		return w, rules, err
	}
	today := calendar.DayOf(now)
	if _, quiet := rules.Quiet(now); !rules.On || quiet || !today.Workday() {
		return w, rules, nil
	}
	all, err := o.owedUntil(q, rules.Horizon(today))
	if err != nil {
		return w, rules, err
	}
	told, err := remindedByRules(q, o.city, today.AddDays(-rememberDays))
	if err != nil {
		return w, rules, err
	}
	w = wanted{of: map[id.Unit][]reminder.Owed{}, why: map[id.Unit]reminder.Occasion{}, aboveOf: map[id.Unit][]reminder.Owed{}, superior: rules.EscalateTo}
	steps := map[id.Unit]reminder.Step{}
	asked := map[id.Unit]bool{}
	for _, l := range all {
		u := l.Of.ID
		if s, is := rules.Wanted(l.Due, told[toldKey{l.Thing, false}], today); is {
			if s.Day >= steps[u].Day {
				steps[u], w.why[u] = s, s.Occasion
			}
			if !asked[u] {
				asked[u], w.units = true, append(w.units, l.Of)
			}
		}
		if rules.WantedAbove(l.Due, told[toldKey{l.Thing, true}], today) {
			if w.aboveOf[u] == nil {
				w.above = append(w.above, l.Of)
			}
			w.aboveOf[u] = append(w.aboveOf[u], l.Owed)
		}
	}
	for _, l := range all { // a digest has everything that its unit owes, not only what made it
		if asked[l.Of.ID] {
			w.of[l.Of.ID] = append(w.of[l.Of.ID], l.Owed)
		}
	}
	return w, rules, nil
}

// sweep puts down one reminder for each unit of which the rules want something. Who had
// as many messages today as anybody may get is left for another day.
func (o *Office) sweep(tx *db.Tx, rules reminder.Rules, w wanted) error {
	if len(w.units) == 0 {
		return nil
	}
	persons, err := o.personsOf(tx, w.units)
	if err != nil {
		return err
	}
	return o.remindAll(tx, rules.Channel, w.units, w.of, func(r *reminder.Reminder) { r.Occasion = w.why[r.Unit] }, persons)
}

// sweepAbove puts down one message to the superior about all units that did not answer.
func (o *Office) sweepAbove(tx *db.Tx, rules reminder.Rules, w wanted) error {
	if len(w.above) == 0 {
		return nil
	}
	superior, err := o.personIn(tx, w.superior)
	if err != nil {
		return err
	}
	c, err := o.personalChannel(tx, rules.Channel)
	if err != nil || c == "" {
		return err
	}
	persons := map[id.Unit][]ReminderPerson{}
	for _, u := range w.above {
		if superior.Account != 0 {
			persons[u.ID] = []ReminderPerson{superior}
		}
	}
	return o.remindAll(tx, c, w.above, w.aboveOf, func(r *reminder.Reminder) { r.Occasion, r.Post = reminder.Escalated, w.superior }, persons)
}

// personalChannel gives the channel that reaches one person: the wanted one, or the
// first that is connected; empty where there is none.
func (o *Office) personalChannel(q db.Querier, want reminder.Channel) (reminder.Channel, error) {
	if want.Personal() {
		return want, nil
	}
	for _, c := range []reminder.Channel{reminder.SMS, reminder.Mail} {
		g, err := loadGateway(q, o.city, c)
		if err != nil || g.Form != "" {
			return c, err
		}
	}
	return "", nil
}

// remindAll makes reminders that a rule wants, and the messages that carry them.
func (o *Office) remindAll(tx *db.Tx, c reminder.Channel, units []org.Unit, of map[id.Unit][]reminder.Owed, why func(*reminder.Reminder), persons map[id.Unit][]ReminderPerson) error {
	by := tx.Today().AddWorkdays(reminder.ReplyDays)
	s, err := o.newSending(tx, c, by)
	if err != nil {
		return err
	}
	free := slices.DeleteFunc(slices.Clone(units), func(u org.Unit) bool {
		_, why := s.whom(u.ID, persons[u.ID])
		return why == reminder.Capped
	})
	if len(free) == 0 {
		return nil
	}
	made, err := o.newReminders(tx, c, "", free, of, by)
	if err != nil {
		return err
	}
	for i := range made {
		why(&made[i])
	}
	if made, err = o.send(tx, s, made, unitsByID(free), persons); err != nil {
		return err
	}
	return o.keepReminders(tx, made)
}
