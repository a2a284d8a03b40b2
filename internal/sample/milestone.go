package sample

import (
	"fmt"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
)

// reached is what somebody says of the milestone of an item, and what the office made of it.
type reached struct {
	at, by, item string
	on           calendar.Day
	proof        string
	decided      string
	returned     string // why, where it was given back
}

// milestones are those that units said they reached; the office took the word "报上去了" for
// no proof that a company was founded.
var milestones = []reached{
	{"2011-10-31 17:00", "杜若衡", "建立领导机构", "2011-09-23", "市群艺馆、市图书馆、市博物馆的方案都在 9 月 23 日前报来，存局办公室。", "2011-11-01 09:00", ""},
	{"2012-01-13 10:00", "钱立言", "推进文化体制", "2012-01-13", "改制方案报上去了。", "2012-01-16 09:40", "方案报上去了不等于改完。等公司登记好、职工安置好，附上执照再报。"},
	{"2012-05-30 15:00", "宋以宁", "列出市博物馆", "2012-05-29", "清单 12 页，9 类 132 件，馆务会通过。", "2012-06-01 09:30", ""},
	{"2012-09-03 16:00", "钱立言", "推进文化体制", "2012-08-28", "三份营业执照复印件，118 人的职工安置表，存人事处。", "2012-09-07 10:20", ""},
}

// reaching are the days on which milestones are reported, and decided on.
func (c *city) reaching() (out []deed) {
	for _, r := range milestones {
		var key desk.MilestoneKey
		out = append(out, deed{r.at, func() (err error) {
			key, err = c.reach(r)
			return err
		}}, deed{r.decided, func() error {
			if r.returned != "" {
				return c.office.ReturnMilestone(c.ctx, c.cmd(clerk), key, r.returned)
			}
			return c.office.ConfirmMilestone(c.ctx, c.cmd(clerk), key)
		}})
	}
	return out
}

func (c *city) reach(r reached) (key desk.MilestoneKey, err error) {
	plan, err := c.read()
	if err != nil {
		return key, err
	}
	unit := c.people[r.by].Held[0].Unit
	titles := map[id.Item]string{}
	for _, i := range plan.Items {
		titles[i.ID] = i.Title
	}
	for _, m := range plan.Milestones {
		if !strings.HasPrefix(titles[m.Item], r.item) {
			continue
		}
		key = desk.MilestoneKey{Milestone: m.ID, Revision: 1}
		if said, before := plan.Reached[m.ID]; before {
			key.Revision = said.Revision + 1
		}
		return key, c.office.ReachMilestone(c.ctx, c.cmd(r.by), unit, desk.Reaching{Item: m.Item, Milestone: m.ID, Unit: unit}, r.on, r.proof)
	}
	return key, fmt.Errorf("no milestone of %s", r.item)
}
