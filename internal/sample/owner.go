package sample

import (
	"luoshi/internal/desk"
)

// assign gives all items in whose words a lead is certain to the units that they name.
func (c *city) assign() error {
	return c.office.AssignProposed(c.ctx, c.cmd(clerk), c.people[clerk], c.plan)
}

// accepting are those who accept for their units all that these were assigned: some
// divisions, and all counties but the last.
var accepting = append([]string{"沈玉兰", "林若溪", "邵文清", "石建军", "金晓晴", "郑怀玉"}, countyPeople[:len(countyPeople)-1]...)

// objection is what one unit gave back, and what the office answered.
var objection = struct{ by, reason, reply string }{
	"陆思源", "文艺发展基金由市财政局管，财务处没有这笔预算，办不了。", "基金怎么管由市里定，请财务处先做预算、对接市财政局。",
}

// answerDuties lets units say what they make of their duties, as far as they have
// somebody who may.
func (c *city) answerDuties() error {
	for _, person := range accepting {
		duties, err := c.dutiesOf(person)
		if err != nil {
			return err
		}
		for _, d := range duties {
			if err := c.office.AnswerDuty(c.ctx, c.cmd(person), d.Item.ID, d.Unit.ID, true, ""); err != nil {
				return err
			}
		}
	}
	duties, err := c.dutiesOf(objection.by)
	if err != nil || len(duties) == 0 {
		return err
	}
	d := duties[0]
	if err := c.office.AnswerDuty(c.ctx, c.cmd(objection.by), d.Item.ID, d.Unit.ID, false, objection.reason); err != nil {
		return err
	}
	return c.office.UpholdDuty(c.ctx, c.cmd(clerk), d.Item.ID, d.Unit.ID, objection.reply)
}

// dutiesOf gives the duties that somebody may answer for.
func (c *city) dutiesOf(person string) (out []desk.Duty, err error) {
	who := c.people[person]
	if !who.May("duty.answer") {
		return nil, nil
	}
	all, err := c.office.Duties(c.ctx, who)
	for _, u := range all {
		for _, d := range u.Duties {
			if d.Answers {
				out = append(out, d)
			}
		}
	}
	return out, err
}
