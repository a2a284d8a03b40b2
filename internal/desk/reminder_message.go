package desk

import (
	"cmp"
	"errors"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/reminder"
)

// JobRemind hands a message over to its gateway. Its subject is the message.
const JobRemind = "reminder.deliver"

// reminderMessage is one message to one person, or to a group.
type reminderMessage struct {
	ID      id.Message
	Channel reminder.Channel
	Account id.Account // 0 for a group
	Post    id.Post
	Day     calendar.Day // on which it leaves
	State   reminder.State
	Trial   bool
	Tries   int
	Failure reminder.Failure
	Subject string
	Words   string
	Link    string
	Things  int
	MadeBy  id.Post
}

// ReminderPath is where the short link of a reminder leads to, without its number.
const ReminderPath = "/office/r/"

// sending is what messages of one act have in common.
type sending struct {
	rules   reminder.Rules
	channel reminder.Channel
	sender  reminder.Sender
	by      calendar.Day
	day     calendar.Day // on which they leave: the next one where it is late
	made    id.Post
	had     dayCount // how many messages went to whom on that day
}

// newSending looks whether a channel can be used at all.
func (o *Office) newSending(tx *db.Tx, c reminder.Channel, by calendar.Day) (s sending, err error) {
	var city City
	var errs [2]error
	s.rules, errs[0] = loadRules(tx, o.city)
	city, errs[1] = loadCity(tx, o.city)
	if err := errors.Join(errs[:]...); err != nil {
		return s, err
	}
	g, err := loadGateway(tx, o.city, c)
	if err != nil {
		return s, err
	}
	if g.Form == "" {
		return s, fault.New(fault.Conflict, "这个通道还没有接好，请管理员先接。现在可以给文字、打电话、印单子。").In("channel")
	}
	if s.rules.Address == "" {
		return s, fault.New(fault.Conflict, "还没有写本系统的网址，发出去的消息里没有链接。请先在“自动提醒”里写上。").In("channel")
	}
	until, _ := s.rules.Quiet(tx.Now())
	s.channel, s.by, s.sender, s.day, s.made = c, by, reminder.Sender{Bureau: city.Bureau, Phone: city.Phone}, calendar.DayOf(until), tx.Cmd().Actor
	s.had, err = messagesOn(tx, o.city, s.day)
	return s, err
}

// whom gives who is told for a unit, nobody for a group, or why nobody can be told.
func (s sending) whom(unit id.Unit, persons []ReminderPerson) (p ReminderPerson, why reminder.Failure) {
	if s.channel.Personal() {
		if p, why = chosen(persons, s.channel); why != "" {
			return p, why
		}
	}
	if !s.rules.Allowed(s.had.of(p.Account, unit, persons)) {
		return p, reminder.Capped
	}
	return p, ""
}

// send makes messages of reminders, each of which has its number and what it is about:
// one to each person about all their units, or one to the group. Reminders for whom
// nobody can be told fail at once, with the reason.
func (o *Office) send(tx *db.Tx, s sending, all []reminder.Reminder, units map[id.Unit]org.Unit, persons map[id.Unit][]ReminderPerson) ([]reminder.Reminder, error) {
	type bundle struct {
		person ReminderPerson
		of     []int // places in all
	}
	var bundles []*bundle
	at := map[id.Account]*bundle{}
	for i := range all {
		p, why := s.whom(all[i].Unit, persons[all[i].Unit])
		if why != "" {
			all[i].State, all[i].Failure = reminder.Failed, why
			continue
		}
		all[i].Post = cmp.Or(all[i].Post, p.Post)
		b := at[p.Account]
		if b == nil {
			b = &bundle{person: p}
			at[p.Account], bundles = b, append(bundles, b)
		}
		b.of = append(b.of, i)
	}
	var messages []reminderMessage
	for _, b := range bundles {
		var lines []reminder.Line
		things := 0
		for _, i := range b.of {
			lines = append(lines, reminder.Line{Unit: units[all[i].Unit].Name, Things: all[i].Things, Link: s.link(all[i].Number)})
			things += len(all[i].Things)
		}
		m := reminderMessage{ID: db.NewID[id.Message](tx), Channel: s.channel, Account: b.person.Account, Post: b.person.Post, Day: s.day, State: reminder.Queued,
			Subject: "催办：有 " + number10(things) + " 件事在等", Words: s.words(lines, tx.Today(), all[b.of[0]].Occasion), Link: lines[0].Link, Things: things, MadeBy: s.made}
		for _, i := range b.of {
			all[i].Message = m.ID
		}
		if err := tx.Later(JobRemind, int64(m.ID)); err != nil {
			return nil, err
		}
		messages = append(messages, m)
	}
	return all, saveMessages(tx, o.city, messages...)
}

func (s sending) link(number int64) string { return s.rules.Address + ReminderPath + number10(number) }

// words are what a message says: a digest of all, or as little as a group or an SMS needs.
func (s sending) words(lines []reminder.Line, today calendar.Day, why reminder.Occasion) string {
	switch {
	case s.channel == reminder.SMS && why != reminder.Escalated:
		return reminder.Short(lines, s.sender, today)
	case why == reminder.Escalated:
		return reminder.Summary(reminder.SuperiorHead, lines, s.sender, today)
	case s.channel == reminder.Robot:
		return reminder.Summary(reminder.GroupHead, lines, s.sender, today)
	}
	return reminder.Digest(lines, s.by, s.sender, today)
}
