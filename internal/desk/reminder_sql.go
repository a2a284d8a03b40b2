package desk

import (
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/reminder"
)

const reminderColumns = "id, number, chase_id, unit_id, post_id, channel, occasion, day, by_day, state, failure, settled_day, message_id, year, serial, made_by, opened_day, opened_post, " +
	"reply, replied_day, replied_post"

func scanReminder(s db.Scanner) (r reminder.Reminder, err error) {
	err = s.Scan(&r.ID, &r.Number, &r.Chase, &r.Unit, &r.Post, &r.Channel, &r.Occasion, &r.Day, &r.By, &r.State, &r.Failure, &r.Settled, &r.Message, &r.Year, &r.Serial, &r.MadeBy,
		&r.Opened, &r.OpenedPost, &r.Reply, &r.Replied, &r.RepliedBy)
	return r, err
}

// saveReminders keeps reminders as they stand, without what they are about.
func saveReminders(tx *db.Tx, city int64, all ...reminder.Reminder) error {
	rows := make([][]any, len(all))
	for i, r := range all {
		rows[i] = []any{city, r.ID, r.Number, r.Chase, r.Unit, r.Post, string(r.Channel), string(r.Occasion), string(r.Day), string(r.By), string(r.State), string(r.Failure), string(r.Settled),
			r.Message, r.Year, r.Serial, r.MadeBy, string(r.Opened), r.OpenedPost, r.Reply, string(r.Replied), r.RepliedBy}
	}
	return tx.Upsert("reminder", "city_id, id", "city_id, "+reminderColumns, rows)
}

const thingColumns = "reminder_id, ordinal, kind, record_id, unit_id, period, item_id, title, due"

// saveThings keeps what new reminders are about.
func saveThings(tx *db.Tx, city int64, all []reminder.Reminder) error {
	var rows [][]any
	for _, r := range all {
		for i, o := range r.Things {
			rows = append(rows, []any{city, r.ID, i, string(o.Kind), o.Record, o.Unit, o.Period, o.Item, o.Title, string(o.Due)})
		}
	}
	return tx.Insert("reminder_thing", "city_id, "+thingColumns, rows)
}

// lastReminder gives the number of the last reminder of the city.
func lastReminder(q db.Querier, city int64) (int64, error) {
	return db.Row(q, db.Value[int64], "SELECT COALESCE(MAX(number), 0) FROM reminder WHERE city_id = $1", city)
}

// lastSlip gives the last number of a kind of slip in a year.
func lastSlip(q db.Querier, city int64, c reminder.Channel, year int) (int, error) {
	return db.Row(q, db.Value[int], "SELECT COALESCE(MAX(serial), 0) FROM reminder WHERE city_id = $1 AND channel = $2 AND year = $3", city, string(c), year)
}

func loadReminder(q db.Querier, city int64, number int64) (reminder.Reminder, error) {
	return withThings(q, city)(db.Rows(q, scanReminder, "SELECT "+reminderColumns+" FROM reminder WHERE city_id = $1 AND number = $2", city, number))
}

// withThings gives the only one of some reminders with what it is about.
func withThings(q db.Querier, city int64) func([]reminder.Reminder, error) (reminder.Reminder, error) {
	return func(all []reminder.Reminder, err error) (reminder.Reminder, error) {
		if err == nil && len(all) == 0 {
			err = ErrMissing
		}
		if err == nil {
			err = fillThings(q, city, all)
		}
		if err != nil {
			return reminder.Reminder{}, err
		}
		return all[0], nil
	}
}

// remindersOfChase gives the reminders that one act made.
func remindersOfChase(q db.Querier, city int64, chase id.Reminder) ([]reminder.Reminder, error) {
	all, err := db.Rows(q, scanReminder, "SELECT "+reminderColumns+" FROM reminder WHERE city_id = $1 AND chase_id = $2 ORDER BY id", city, chase)
	if err == nil {
		err = fillThings(q, city, all)
	}
	return all, err
}

func remindersOfMessage(q db.Querier, city int64, m id.Message) ([]reminder.Reminder, error) {
	return db.Rows(q, scanReminder, "SELECT "+reminderColumns+" FROM reminder WHERE city_id = $1 AND message_id = $2 ORDER BY id", city, m)
}

// remindersOfUnit gives the last reminders of a unit, or of all, the newest first.
func remindersOfUnit(q db.Querier, city int64, unit id.Unit, most int) ([]reminder.Reminder, error) {
	all, err := db.Rows(q, scanReminder, "SELECT "+reminderColumns+" FROM reminder WHERE city_id = $1 AND (unit_id = $2 OR $2 = 0) ORDER BY id DESC LIMIT $3", city, unit, most)
	if err == nil {
		err = fillThings(q, city, all)
	}
	return all, err
}

// fillThings adds what reminders are about.
func fillThings(q db.Querier, city int64, all []reminder.Reminder) error {
	at := map[id.Reminder]int{}
	ids := make([]id.Reminder, len(all))
	for i, r := range all {
		at[r.ID], ids[i] = i, r.ID
	}
	for some := range slices.Chunk(ids, ownersAtOnce) {
		_, err := db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
			var r id.Reminder
			var ordinal int
			var o reminder.Owed
			if err = s.Scan(&r, &ordinal, &o.Kind, &o.Record, &o.Unit, &o.Period, &o.Item, &o.Title, &o.Due); err == nil {
				all[at[r]].Things = append(all[at[r]].Things, o)
			}
			return one, err
		}, thingsOf, padded(city, some)...)
		if err != nil {
			return err
		}
	}
	return nil
}

var thingsOf = "SELECT " + thingColumns + " FROM reminder_thing WHERE city_id = $1 AND reminder_id IN (" + placeholders(2, ownersAtOnce) + ") ORDER BY reminder_id, ordinal"

// Chased is a time that something was chased.
type Chased struct {
	Number   int64
	Channel  reminder.Channel
	Occasion reminder.Occasion
	Day      calendar.Day
	State    reminder.State
	Opened   calendar.Day
	Replied  calendar.Day
	Reply    string
}

// chasedSince gives by thing when it was chased since a day, the last first.
func chasedSince(q db.Querier, city int64, since calendar.Day) (map[reminder.Thing][]Chased, error) {
	out := map[reminder.Thing][]Chased{}
	_, err := db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
		var t reminder.Thing
		var c Chased
		if err = s.Scan(&t.Kind, &t.Record, &t.Unit, &t.Period, &c.Number, &c.Channel, &c.Occasion, &c.Day, &c.State, &c.Opened, &c.Replied, &c.Reply); err == nil {
			out[t] = append(out[t], c)
		}
		return one, err
	}, `SELECT t.kind, t.record_id, t.unit_id, t.period, r.number, r.channel, r.occasion, r.day, r.state, r.opened_day, r.replied_day, r.reply FROM reminder r
		JOIN reminder_thing t ON t.city_id = r.city_id AND t.reminder_id = r.id WHERE r.city_id = $1 AND r.day >= $2 ORDER BY r.number DESC, t.ordinal`, city, string(since))
	return out, err
}

// toldKey is a thing, and whether its unit was told of it or the superior.
type toldKey struct {
	thing reminder.Thing
	above bool
}

// remindedByRules gives the last day on which a rule reminded of each thing, since a day.
func remindedByRules(q db.Querier, city int64, since calendar.Day) (map[toldKey]calendar.Day, error) {
	out := map[toldKey]calendar.Day{}
	_, err := db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
		var k toldKey
		var above int64
		var last calendar.Day
		if err = s.Scan(&k.thing.Kind, &k.thing.Record, &k.thing.Unit, &k.thing.Period, &above, &last); err == nil {
			k.above = above == 1
			out[k] = last
		}
		return one, err
	}, `SELECT t.kind, t.record_id, t.unit_id, t.period, CASE WHEN r.occasion = 'escalated' THEN 1 ELSE 0 END, MAX(r.day) FROM reminder r
		JOIN reminder_thing t ON t.city_id = r.city_id AND t.reminder_id = r.id WHERE r.city_id = $1 AND r.occasion <> '' AND r.day >= $2
		GROUP BY t.kind, t.record_id, t.unit_id, t.period, CASE WHEN r.occasion = 'escalated' THEN 1 ELSE 0 END`, city, string(since))
	return out, err
}
