package desk

import (
	"cmp"
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/reminder"
)

// chasedBack is how many days back it is told that something was chased.
const chasedBack = 400

// Owed gives what all units owe, and what falls due soon, each with when it was chased.
func (o *Office) Owed(ctx context.Context, who Who) (out []ChaseLine, err error) {
	if !who.May("reminder.read") {
		return nil, MayNot("reminder.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		if out, err = o.owedUntil(v, o.Today().AddDays(chasedAhead)); err != nil {
			return err
		}
		chased, err := chasedSince(v, o.city, o.Today().AddDays(-chasedBack))
		for i := range out {
			out[i].Chased = chased[out[i].Thing]
		}
		return err
	})
	return out, err
}

// ChasedThings gives by thing when it was chased, the last first, for other lists of
// what is owed.
func (o *Office) ChasedThings(ctx context.Context, who Who) (out map[reminder.Thing][]Chased, err error) {
	if !who.May("reminder.read") {
		return nil, MayNot("reminder.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		out, err = chasedSince(v, o.city, o.Today().AddDays(-chasedBack))
		return err
	})
	return out, err
}

// SentReminder is a reminder as the office sees it.
type SentReminder struct {
	reminder.Reminder
	Of      org.Unit
	To      string // the post that it is addressed to, or empty
	Contact string // of the unit
	Persons []ReminderPerson
	Seen    calendar.Day // on which the unit last opened any reminder about one of the things
}

// Chased gives the reminders that one act made, with whom to call, for who may see that.
func (o *Office) Chased(ctx context.Context, who Who, first id.Reminder) (out []SentReminder, err error) {
	if !who.May("reminder.read") {
		return nil, MayNot("reminder.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		all, err := remindersOfChase(v, o.city, first)
		if err == nil && len(all) == 0 {
			err = ErrMissing
		}
		if err != nil {
			return err
		}
		if out, err = o.sentReminders(v, all); err != nil {
			return err
		}
		chased, err := chasedSince(v, o.city, o.Today().AddDays(-chasedBack))
		for i, r := range out {
			for _, t := range r.Things {
				for _, c := range chased[t.Thing] {
					out[i].Seen = max(out[i].Seen, c.Opened)
				}
			}
		}
		if err != nil || !who.MayEverywhere("account.read") {
			return err
		}
		units := make([]org.Unit, len(out))
		for i, r := range out {
			units[i] = r.Of
		}
		persons, err := o.personsOf(v, units)
		if err != nil {
			return err
		}
		for i := range out {
			out[i].Persons = persons[out[i].Of.ID]
			work, err := unitWork(v, o.city, out[i].Of.ID)
			if err != nil {
				return err
			}
			out[i].Contact = work.Contact
		}
		return nil
	})
	return out, err
}

// remindersListed is how many reminders a list shows.
const remindersListed = 300

// Reminders gives the last reminders of a unit, or of all where it is 0, the newest first.
func (o *Office) Reminders(ctx context.Context, who Who, unit id.Unit) (out []SentReminder, err error) {
	if !who.May("reminder.read") {
		return nil, MayNot("reminder.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		all, err := remindersOfUnit(v, o.city, unit, remindersListed)
		if err == nil {
			out, err = o.sentReminders(v, all)
		}
		return err
	})
	return out, err
}

func (o *Office) sentReminders(q db.Querier, all []reminder.Reminder) ([]SentReminder, error) {
	var ids []id.Unit
	for _, r := range all {
		ids = append(ids, r.Unit)
	}
	units, err := unitsNamed(q, o.city, ids)
	if err != nil {
		return nil, err
	}
	posts, err := postNames(q, o.city)
	out := make([]SentReminder, len(all))
	for i, r := range all {
		out[i] = SentReminder{Reminder: r, Of: units[r.Unit]}
		if r.Post != 0 {
			out[i].To = posts[r.Post.String()]
		}
	}
	return out, err
}

// GotReminder is a reminder as the unit sees it that it was made for.
type GotReminder struct {
	reminder.Reminder
	Of      org.Unit
	Still   []bool // for each of its things whether it is owed still
	Replies bool   // whether the reader may reply for the unit
}

// GotReminder gives the reminder that a short link leads to, to who may see what its
// unit has to do.
func (o *Office) GotReminder(ctx context.Context, who Who, number int64) (out GotReminder, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if out.Reminder, err = loadReminder(v, o.city, number); err != nil {
			return err
		}
		if err := o.mayOver(v, who, "duty.read", out.Unit); err != nil {
			return err
		}
		if out.Of, err = loadUnit(v, o.city, out.Unit); err != nil {
			return err
		}
		if _, out.Replies, err = o.postOver(v, who, "reminder.reply", out.Unit); err != nil {
			return err
		}
		all, err := o.owedUntil(v, "9999-12-31")
		owed := map[reminder.Thing]bool{}
		for _, l := range all {
			owed[l.Thing] = true
		}
		for _, t := range out.Things {
			out.Still = append(out.Still, owed[t.Thing])
		}
		return err
	})
	return out, err
}

// GotReminders gives the last reminders to the units for which somebody may reply, the
// newest first.
func (o *Office) GotReminders(ctx context.Context, who Who) (out []SentReminder, err error) {
	if !who.May("reminder.reply") {
		return nil, MayNot("reminder.reply")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		seen := map[id.Unit]bool{}
		for _, h := range who.Held {
			if seen[h.Unit] || reach("reminder.reply", h.Roles) == "" {
				continue
			}
			seen[h.Unit] = true
			all, err := remindersOfUnit(v, o.city, h.Unit, remindersListed)
			if err != nil {
				return err
			}
			some, err := o.sentReminders(v, all)
			if err != nil {
				return err
			}
			out = append(out, some...)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b SentReminder) int { return cmp.Compare(b.Number, a.Number) })
	return slices.DeleteFunc(out, func(r SentReminder) bool { return r.Occasion == reminder.Escalated || r.State == reminder.Failed }), err
}

// Superiors gives the posts of the bureau and of its divisions, for who is told when
// nobody answers.
func (o *Office) Superiors(ctx context.Context) (posts []org.Post, named map[string]string, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		all, err := postsAbove(v, o.city)
		if err != nil {
			return err
		}
		units, err := unitsAbove(v, o.city)
		for _, u := range units {
			if u.To == "" && (u.Level == org.Bureau || u.Level == org.Division) {
				posts = append(posts, all[u.ID]...)
			}
		}
		if err == nil {
			named, err = postNames(v, o.city)
		}
		return err
	})
	return posts, named, err
}

// ChaseDay is until when an answer is asked for, unless somebody says another day.
func (o *Office) ChaseDay() calendar.Day { return o.Today().AddWorkdays(reminder.ReplyDays) }
