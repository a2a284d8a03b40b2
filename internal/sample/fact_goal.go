package sample

import (
	"fmt"
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/plan"
)

// tally is what the city knows of its figures while it is made.
type tally struct {
	indicators [people + 1]id.Indicator
	rates      []id.Indicator
	goals      [people]id.Goal
	boats      int // so many have a number
	learners   int
	rooms      map[id.Unit]bool      // villages in which there is one
	owedRooms  map[int]int64         // of each county, what had no place in a month
	happenings map[[2]int][]happened // of each county and month
	entered    map[[2]int][]entered
	planted    []plantedFact
}

func newTally() tally {
	return tally{rooms: map[id.Unit]bool{}, owedRooms: map[int]int64{}, happenings: map[[2]int][]happened{}, entered: map[[2]int][]entered{}}
}

// counting are the days on which the office makes targets countable, shares them out and
// makes the figures public.
func (c *city) counting() []deed {
	return []deed{
		{"2011-08-15 09:10", c.openIndicators},
		{"2011-08-16 14:10", c.countPeople},
		{"2011-08-18 09:10", c.shareWithCounties},
		{"2011-08-22 09:10", c.shareWithTownships},
		{"2011-08-24 15:10", c.shareWithVillages},
		{"2011-08-25 10:10", c.openBalance},
		{"2011-11-10 10:10", c.releaseIndicators},
		{"2012-05-10 10:10", c.replanYear},
		{"2012-08-20 10:10", c.replanBoats},
	}
}

// openIndicators makes the targets of the plan countable, over the months of the plan.
func (c *city) openIndicators() error {
	r, err := c.read()
	if err != nil {
		return err
	}
	for what, i := range indicators {
		if what == people {
			if c.indicators[people], err = c.office.OpenIndicator(c.ctx, c.cmd(clerk), i.Indicator); err != nil {
				return err
			}
			continue
		}
		t, err := targetCalled(r, i.target)
		if err != nil {
			return err
		}
		g := fact.Goal{Target: t.ID, From: firstMonth, To: lastDay}
		if what == boats {
			g.Windows = []fact.Window{{From: "06-01", To: "09-16"}} // 伏季休渔: ashore, boats can be fitted out
		}
		if c.goals[what], err = c.office.SetGoalWith(c.ctx, c.cmd(clerk), g, i.Indicator); err != nil {
			return fmt.Errorf("%s: %w", i.target, err)
		}
	}
	all, err := c.office.Indicators(c.ctx, c.people[clerk])
	for _, have := range all {
		for what, i := range indicators {
			if i.Name == have.Name {
				c.indicators[what] = have.ID
			}
		}
	}
	if err != nil {
		return err
	}
	for _, what := range []int{shows, films, books} {
		i := rates[what]
		i.Numerator, i.Divisor = c.indicators[what], c.indicators[people]
		made, err := c.office.OpenIndicator(c.ctx, c.cmd(clerk), i)
		if err != nil {
			return err
		}
		c.rates = append(c.rates, made)
	}
	return nil
}

func targetCalled(r desk.Review, name string) (plan.Target, error) {
	for _, t := range r.Targets {
		if t.Indicator == name {
			return t, nil
		}
	}
	return plan.Target{}, fmt.Errorf("no target of %s", name)
}

// countPeople writes down how many live in each village, as the census counted.
func (c *city) countPeople() error {
	for county, person := range countyPeople {
		var rows []happened
		for k, s := range c.spots(county, 0) {
			h := c.tells(people, s, "2011-08-01", 0, fact.OwnWord, "六普数据")
			heads := 420 + int64(s.rate())*60 + int64((k*137)%610)
			if c.urban[s.unit] {
				heads += 1900
			}
			h.Quantity = document.Decimal(heads) // in ten thousands
			rows = append(rows, h)
		}
		if _, err := c.enter(person, c.counties[county], rows, fact.BySheet); err != nil {
			return err
		}
	}
	return nil
}

// wholes are what the targets promise.
var wholes = []int64{shows: 1500, films: 36700, books: 100000, boats: 1400, rooms: 4000, trained: 2000}

// countyShare is what of a goal each county takes on: by villages, boats by the sea only.
func countyShare(what int) []int64 {
	weights := make([]int64, len(counties))
	for county := range counties {
		if what != boats || fishing[county] {
			weights[county] = villagesOf(county, 0)
		}
	}
	return parted(wholes[what], weights)
}

func (c *city) shareWithCounties() error {
	bureau, err := c.office.Bureau(c.ctx)
	if err != nil {
		return err
	}
	for what, g := range c.goals {
		if err := c.issueShares(clerk, g, bureau, c.counties, countyShare(what)); err != nil {
			return err
		}
	}
	return nil
}

// townshipShare is what of the share of a county each township takes on.
func (c *city) townshipShare(what, county int) []int64 {
	var weights []int64
	for _, township := range c.townships[c.counties[county]] {
		weights = append(weights, int64(len(c.villages[township])))
	}
	return parted(countyShare(what)[county], weights)
}

// shareWithTownships is what the counties do with what takes place in villages.
func (c *city) shareWithTownships() error {
	for county, person := range countyPeople {
		for _, what := range []int{shows, films, books, rooms} {
			if err := c.issueShares(person, c.goals[what], c.counties[county], c.townships[c.counties[county]], c.townshipShare(what, county)); err != nil {
				return err
			}
		}
	}
	return nil
}

// shareWithVillages parts the films among the villages of all townships.
func (c *city) shareWithVillages() error {
	for county, person := range countyPeople {
		shares := c.townshipShare(films, county)
		for t, township := range c.townships[c.counties[county]] {
			by := person
			if t == 0 {
				by = stationPeople[county]
			}
			below := c.villages[township]
			weights := make([]int64, len(below))
			for k := range weights {
				weights[k] = 1
			}
			if err := c.issueShares(by, c.goals[films], township, below, parted(shares[t], weights)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *city) issueShares(person string, g id.Goal, above id.Unit, below []id.Unit, values []int64) error {
	var told []desk.ShareTold
	for k, u := range below {
		if values[k] > 0 {
			told = append(told, desk.ShareTold{Unit: u, Value: document.Whole(values[k])})
		}
	}
	return c.office.IssueShares(c.ctx, c.cmd(person), g, above, told)
}

// opened is in how many villages of a county there was a room before the plan began.
const openingCounty, opened = 7, 60

// openBalance is what one county wrote down of the years before.
func (c *city) openBalance() error {
	var rows []happened
	for _, s := range c.spots(openingCounty, 0)[:opened] {
		h := c.tells(rooms, s, "2011-08-01", 1, fact.OwnWord, "以前挂过牌，没有按现在的标准验收")
		h.Opening = true
		rows = append(rows, h)
	}
	_, err := c.enter(countyPeople[openingCounty], c.counties[openingCounty], rows, fact.BySheet)
	return err
}

// releaseIndicators makes the figures public once those of the first three months were checked.
func (c *city) releaseIndicators() error {
	for _, i := range slices.Concat(c.indicators[:], c.rates) {
		if err := c.office.ReleaseIndicator(c.ctx, c.cmd(director), i, true); err != nil {
			return err
		}
	}
	return nil
}

// replanYear gives the figures that were written for 2011 until the end of the plan.
func (c *city) replanYear() error {
	why := plan.Reason{Kind: plan.Replan, Cause: "放映车和剧团不够，2011 年五个月做不完全年的数，按整个活动期做完。", ApprovedBy: "局长办公会第 5 次会议", Day: "2012-05-09"}
	return c.replan(why, []string{"送演出", "电影", "图书到农村", "建成农家书屋"}, func(t *plan.Target) { t.Deadline = lastDay })
}

// replanBoats follows from two closed seasons in which half of the boats were fitted out.
func (c *city) replanBoats() error {
	why := plan.Reason{Kind: plan.Replan, Cause: "省里补助的 743 套设备已经装完，下一批 2013 年才招标，只能等明年休渔期再装。", ApprovedBy: "局长办公会第 9 次会议", Day: "2012-08-17"}
	return c.replan(why, []string{"渔船安装广播电视"}, func(t *plan.Target) { t.Deadline = calendar.Day("2013-12-31") })
}

func (c *city) replan(why plan.Reason, names []string, change func(*plan.Target)) error {
	r, err := c.read()
	if err != nil {
		return err
	}
	for _, name := range names {
		t, err := targetCalled(r, name)
		if err != nil {
			return err
		}
		change(&t)
		if _, err := c.office.Amending(why).CorrectTarget(c.ctx, c.cmd(clerk), c.plan, t, desk.AsItStands); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}
