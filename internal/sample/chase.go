package sample

import (
	"fmt"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/progress"
	"luoshi/reminder"
)

// chased is how the office chases what a month left open.
type chased struct {
	channel reminder.Channel
	kinds   []reminder.Kind
	units   []string // none: all that are late but the office itself
	opened  []string // those of them who followed the link
}

var reports = []reminder.Kind{reminder.Report}

// chases are those of each month, the first in October 2011. 人事处 hears of it most often.
var chases = [][]chased{
	{{reminder.Copy, reports, nil, []string{"沈玉兰", "郑怀玉"}}},
	{{reminder.Copy, reports, nil, []string{"石建军"}}, {reminder.Phone, []reminder.Kind{reminder.Answer}, []string{"艺术处", "文化产业处"}, nil}},
	{{reminder.Copy, reports, nil, []string{"石建军", "金晓晴"}}, {reminder.ChaseSlip, reports, []string{"人事处"}, nil}},
	{{reminder.Copy, reports, nil, []string{"石建军", "郑怀玉"}}, {reminder.Phone, reports, []string{"机关党委", "文化产业处"}, nil}},
	{{reminder.Copy, reports, nil, []string{"林若溪", "金晓晴"}}, {reminder.ChaseSlip, []reminder.Kind{reminder.Answer}, []string{"澄湖县"}, []string{"湛一泓"}}},
	{{reminder.ChaseSlip, reports, []string{"市群众艺术馆", "市场管理处", "政策法规处"}, []string{"林若溪", "石建军"}}, {reminder.Phone, reports, []string{"人事处"}, nil}},
	{{reminder.Copy, reports, nil, []string{"宋以宁", "郑怀玉"}}, {reminder.Phone, []reminder.Kind{reminder.Collection}, []string{"市场管理处", "市博物馆"}, []string{"宋以宁"}}},
	{{reminder.Copy, reports, nil, []string{"石知行"}}},
	{{reminder.Copy, reports, nil, []string{"郑怀玉", "石建军"}}},
	{{reminder.Copy, reports, nil, []string{"金晓晴"}}, {reminder.Phone, reports, []string{"人事处"}, []string{"钱立言"}}},
	{{reminder.Copy, reports, nil, []string{"金晓晴", "郑怀玉"}}},
	{{reminder.ChaseSlip, reports, []string{"文化产业处", "市场管理处"}, []string{"石知行", "石建军"}}},
	{{reminder.Copy, reports, nil, []string{"金晓晴"}}},
	{{reminder.Phone, reports, []string{"文化产业处", "市场管理处"}, []string{"石知行"}}},
	{{reminder.Copy, reports, nil, []string{"金晓晴", "郑怀玉"}}},
	{{reminder.Copy, reports, nil, nil}},
}

// supervised is the slip for what was to be done by the end of 2011, and what its unit said to it.
var supervised = struct{ unit, by, reply string }{"人事处", "钱立言", "改制方案写好了，清产核资还没有做完，年前没有办成。先把方案报市里，清产核资做到 5 月。"}

// chasing are the days on which the office chases what is late.
func (c *city) chasing() []deed {
	out := []deed{
		{"2012-01-10 10:00", c.supervise},
		{"2012-01-12 11:20", c.replyToSlip},
	}
	period := progress.Of(progress.Monthly, "2011-09-01")
	for _, all := range chases {
		day := string(chaseDay(period))
		out = append(out, deed{day + " 09:20", func() error { return c.chase(all) }}, deed{day + " 14:10", func() error { return c.opens(all) }})
		period = period.Next()
	}
	return out
}

// chase chases what is late today by each of the ways of a month.
func (c *city) chase(all []chased) error {
	for _, how := range all {
		first, err := c.chaseLate(how)
		if err != nil || first == 0 || how.channel != reminder.Phone {
			if err != nil {
				return err
			}
			continue
		}
		made, err := c.office.Chased(c.ctx, c.people[clerk], first)
		if err != nil {
			return err
		}
		if err := c.office.CallMade(c.ctx, c.cmd(clerk), made[0].Number); err != nil { // nobody took up the others
			return err
		}
	}
	return nil
}

// chaseLate chases what some units owe, and gives the first reminder; 0 where they owe nothing.
func (c *city) chaseLate(how chased) (id.Reminder, error) {
	owed, err := c.office.Owed(c.ctx, c.people[clerk])
	if err != nil {
		return 0, err
	}
	today := c.office.Today()
	var things []reminder.Thing
	for _, l := range owed {
		named := slices.Contains(how.units, l.Of.Name) || len(how.units) == 0 && l.Of.Name != "局办公室"
		if named && slices.Contains(how.kinds, l.Kind) && l.Late(today) {
			things = append(things, l.Thing)
		}
	}
	if len(things) == 0 {
		return 0, nil
	}
	return c.office.Chase(c.ctx, c.cmd(clerk), desk.Chasing{Channel: how.channel, Things: things, By: today.AddWorkdays(reminder.ReplyDays)})
}

// opens lets people follow the links that they were sent today.
func (c *city) opens(all []chased) error {
	for _, how := range all {
		for _, person := range how.opened {
			if err := c.openOf(person, how.channel, c.office.Today()); err != nil {
				return fmt.Errorf("%s: %w", person, err)
			}
		}
	}
	return nil
}

func (c *city) openOf(person string, channel reminder.Channel, day calendar.Day) error {
	got, err := c.office.GotReminders(c.ctx, c.people[person])
	if err != nil {
		return err
	}
	for _, r := range got {
		if r.Day == day && r.Channel == channel {
			return c.office.OpenReminder(c.ctx, c.cmd(person), r.Number)
		}
	}
	return nil
}

// supervise makes the 督办单 of what should have been done by the end of the year.
func (c *city) supervise() error {
	_, err := c.chaseLate(chased{channel: reminder.SupervisionSlip, kinds: []reminder.Kind{reminder.Milestone}, units: []string{supervised.unit}})
	return err
}

func (c *city) replyToSlip() error {
	got, err := c.office.GotReminders(c.ctx, c.people[supervised.by])
	if err != nil {
		return err
	}
	for _, r := range got {
		if r.Channel != reminder.SupervisionSlip {
			continue
		}
		if err := c.office.OpenReminder(c.ctx, c.cmd(supervised.by), r.Number); err != nil {
			return err
		}
		return c.office.ReplyReminder(c.ctx, c.cmd(supervised.by), r.Number, supervised.reply)
	}
	return fmt.Errorf("%s got no slip", supervised.by)
}
