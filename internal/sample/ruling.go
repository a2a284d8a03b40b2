package sample

import (
	"luoshi/internal/desk"
	"luoshi/plan"
	"luoshi/reminder"
)

// burdenCap is how many minutes a month a unit may be kept busy by what it is asked for.
const burdenCap = 60

// ruling are the days on which the office sets rules, and goes against one of them by hand.
func (c *city) ruling() []deed {
	return []deed{
		{"2011-10-10 11:00", func() error { return c.office.CapBurden(c.ctx, c.cmd(clerk), burdenCap) }},
		{"2011-10-10 11:10", func() error { return c.setReminderRules(false) }},
		{"2012-04-13 11:00", c.setLamp},
		{"2012-05-02 09:30", c.connectSMS},
		{"2012-05-02 10:00", func() error { return c.setReminderRules(true) }},
		{"2012-08-06 10:00", c.takeLampBack},
	}
}

// connectSMS says how text messages would leave. Nobody of the sample has a number, so
// none does.
func (c *city) connectSMS() error {
	return c.office.SetReminderGateway(c.ctx, c.cmd(administrator), desk.ReminderGateway{Channel: reminder.SMS, Form: "template_sms",
		Address: "https://sms.anlan.example/send", Sender: "安澜文广", Template: "T2012"})
}

// setReminderRules sets when units are reminded: off at first, while the office chases by hand.
func (c *city) setReminderRules(on bool) error {
	r := reminder.PresetRules
	r.On, r.Address = on, "https://luoshi.anlan.example"
	r.EscalateAfter, r.EscalateTo = 10, c.people[deputy].Post
	return c.office.SetReminderRules(c.ctx, c.cmd(clerk), r)
}

// byHand is the lamp that the office sets itself: by its figures the training is far behind,
// as the courses are held in the summer holidays and the days of a year are all counted alike.
var byHand = struct{ item, reason string }{"培训文化", "课都排在七八月暑假，按日子平均算是偏慢，照排定的课看没有慢。九月底再看人数。"}

func (c *city) setLamp() error {
	item, err := c.itemCalled(byHand.item)
	if err != nil {
		return err
	}
	return c.office.SetLamp(c.ctx, c.cmd(clerk), c.plan, plan.LampHand{Item: item, Lamp: plan.LampUnderWay, Reason: byHand.reason, Until: "2012-09-30"})
}

// takeLampBack lets the rules speak again, after the courses of the summer.
func (c *city) takeLampBack() error {
	item, err := c.itemCalled(byHand.item)
	if err != nil {
		return err
	}
	return c.office.TakeLampBack(c.ctx, c.cmd(clerk), c.plan, item, 0)
}
