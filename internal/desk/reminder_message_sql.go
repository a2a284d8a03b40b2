package desk

import (
	"strconv"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/reminder"
)

// number10 writes a number as people do.
func number10[T ~int | ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }

const messageColumns = "id, channel, account_id, post_id, day, state, trial, tries, failure, subject, words, link, things, made_by"

func scanMessage(s db.Scanner) (m reminderMessage, err error) {
	err = s.Scan(&m.ID, &m.Channel, &m.Account, &m.Post, &m.Day, &m.State, &m.Trial, &m.Tries, &m.Failure, &m.Subject, &m.Words, &m.Link, &m.Things, &m.MadeBy)
	return m, err
}

func saveMessages(tx *db.Tx, city int64, all ...reminderMessage) error {
	rows := make([][]any, len(all))
	for i, m := range all {
		rows[i] = []any{city, m.ID, string(m.Channel), m.Account, m.Post, string(m.Day), string(m.State), number(m.Trial), m.Tries, string(m.Failure), m.Subject, m.Words,
			m.Link, m.Things, m.MadeBy}
	}
	return tx.Upsert("reminder_message", "city_id, id", "city_id, "+messageColumns, rows)
}

func loadMessage(q db.Querier, city int64, m id.Message) (reminderMessage, error) {
	return db.Row(q, scanMessage, "SELECT "+messageColumns+" FROM reminder_message WHERE city_id = $1 AND id = $2", city, m)
}

// waitingMessages gives those of which it is not settled what became of them.
func waitingMessages(q db.Querier, city int64) ([]id.Message, error) {
	return db.Rows(q, db.Value[id.Message], "SELECT id FROM reminder_message WHERE city_id = $1 AND state IN ('queued', 'handing_over') ORDER BY id", city)
}

// lastTrials gives the last messages that tried a channel out.
func lastTrials(q db.Querier, city int64) (map[reminder.Channel]reminderMessage, error) {
	all, err := db.Rows(q, scanMessage, "SELECT "+messageColumns+" FROM reminder_message WHERE city_id = $1 AND trial = 1 ORDER BY id", city)
	out := map[reminder.Channel]reminderMessage{}
	for _, m := range all {
		out[m.Channel] = m
	}
	return out, err
}

// notLost picks messages of a day that left, may have left or will: those that were
// refused reached nobody, and those that try a channel out are asked for by who gets them.
const notLost = " AND m.day = $2 AND m.trial = 0 AND m.state <> 'failed'"

// dayCount is how many messages of a day went to each account, 0 being the group, and
// how many of those to the group were about each unit.
type dayCount struct {
	to    map[id.Account]int
	about map[id.Unit]int
}

// of counts what somebody gets on the day: their own messages, and those to the group
// about their unit. For the group it counts those to it or, where that is more, those to
// one of who is told for the unit.
func (c dayCount) of(account id.Account, unit id.Unit, persons []ReminderPerson) int {
	if account != 0 {
		return c.to[account] + c.about[unit]
	}
	n := c.to[0]
	for _, p := range persons {
		n = max(n, c.to[p.Account])
	}
	return n
}

func messagesOn(q db.Querier, city int64, day calendar.Day) (dayCount, error) {
	c := dayCount{map[id.Account]int{}, map[id.Unit]int{}}
	if _, err := db.Rows(q, countInto(c.to), "SELECT m.account_id, COUNT(*) FROM reminder_message m WHERE m.city_id = $1"+notLost+" GROUP BY m.account_id", city, string(day)); err != nil {
		return c, err
	}
	_, err := db.Rows(q, countInto(c.about), `SELECT r.unit_id, COUNT(DISTINCT m.id) FROM reminder_message m JOIN reminder r ON r.city_id = m.city_id AND r.message_id = m.id
		WHERE m.city_id = $1`+notLost+" AND m.account_id = 0 GROUP BY r.unit_id", city, string(day))
	return c, err
}

func countInto[T ~int64](counts map[T]int) func(db.Scanner) (struct{}, error) {
	return func(s db.Scanner) (one struct{}, err error) {
		var of T
		var n int
		err = s.Scan(&of, &n)
		counts[of] = n
		return one, err
	}
}

// othersToday counts the messages of a day to whom another one goes, without that one.
func othersToday(q db.Querier, city int64, day calendar.Day, m reminderMessage) (int, error) {
	return db.Row(q, db.Value[int], "SELECT COUNT(*) FROM reminder_message m WHERE m.city_id = $1"+notLost+" AND m.account_id = $3 AND m.id <> $4", city, string(day), m.Account, m.ID)
}
