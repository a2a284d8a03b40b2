package sample

import (
	"fmt"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
)

// entered is a fact that was reported.
type entered struct {
	id id.Fact
	happened
	what  int
	by    string
	plant int  // which of the planted ones, or -1
	gone  bool // taken back
}

// factMonths are the days on which the facts of each month come in, are checked and closed.
func (c *city) factMonths() (out []deed) {
	for month := range months {
		next := calendar.Day(fact.NextMonth(months[month]) + "-01")
		at := func(days int, clock string, what func(int) error) {
			out = append(out, deed{string(next.AddDays(days)) + " " + clock, func() error {
				if err := what(month); err != nil {
					return fmt.Errorf("facts of %s: %w", months[month], err)
				}
				return nil
			}})
		}
		at(2, "11:20", c.stationsReport)
		at(3, "11:20", func(month int) error { return c.countiesReport(month, false) })
		at(4, "11:20", c.directsReport)
		at(11, "11:20", func(month int) error { return c.countiesReport(month, true) })
		at(13, "11:20", c.mendFacts)
		at(15, "11:20", c.checkFacts)
		at(18, "11:20", c.bringSlips)
		at(20, "11:20", c.closeCounties)
		at(24, "11:20", c.closeCity)
		at(26, "11:20", c.plantLate)
	}
	return out
}

// enter reports rows of units below one, in as many acts as it takes.
func (c *city) enter(person string, unit id.Unit, rows []happened, source fact.Source) (out []entered, err error) {
	for some := range slices.Chunk(rows, 2000) {
		told := make([]desk.FactTold, len(some))
		for k, h := range some {
			told[k] = h.FactTold
		}
		report := c.office.ReportFactsBelow
		if source == fact.ByForm {
			report = c.office.ReportFacts
		}
		taken, err := report(c.ctx, c.cmd(person), unit, told, source)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", person, err)
		}
		for k, h := range some {
			e := entered{id: taken.First + id.Fact(k), happened: h, by: person, plant: h.plant - 1}
			e.what = slices.Index(c.indicators[:], h.Indicator)
			out = append(out, e)
			if e.plant >= 0 {
				c.planted = append(c.planted, plantedFact{e.plant, e.id})
			}
		}
	}
	return out, nil
}

// atStation reports a village whose station reports it itself: the first township of a county.
func (s spot) atStation() bool { return s.township == 0 }

// atKeeper reports the village that reports itself.
func (s spot) atKeeper() bool { return s.county == 0 && s.township == 0 && s.village == 0 }

// part gives what happened in some villages of a county in a month, as it is reported, the
// planted with it.
func (c *city) part(county, month int, wanted func(happened) bool) (out []happened, err error) {
	k := [2]int{county, month}
	if c.happenings[k] == nil {
		if c.happenings[k], err = c.withPlanted(county, month, c.inMonth(county, month)); err != nil {
			return nil, err
		}
	}
	for _, h := range c.happenings[k] {
		if wanted(h) {
			out = append(out, h)
		}
	}
	return out, nil
}

// stationsReport is what nine townships and one village report themselves.
func (c *city) stationsReport(month int) error {
	for county, person := range stationPeople {
		if silentIn(county, month) {
			continue
		}
		township := c.townships[c.counties[county]][0]
		if county == 0 {
			if err := c.keepPart(county, month, keeper, c.villages[township][0], happened.atKeeper, fact.ByForm); err != nil {
				return err
			}
		}
		own := func(h happened) bool { return h.county == county && h.atStation() && !h.atKeeper() && !h.listed }
		if err := c.keepPart(county, month, person, township, own, fact.ByGrid); err != nil {
			return err
		}
	}
	return nil
}

// countiesReport brings the lists of the projectionists and troupes in, some after the day.
func (c *city) countiesReport(month int, afterTheDay bool) error {
	for county, person := range countyPeople {
		if silentIn(county, month) || (month > 0 && late(county, month-1)) != afterTheDay {
			continue
		}
		others := func(h happened) bool { return h.county != county || !h.atStation() || h.listed }
		if err := c.keepPart(county, month, person, c.counties[county], others, fact.BySheet); err != nil {
			return err
		}
	}
	return nil
}

func (c *city) keepPart(county, month int, person string, unit id.Unit, wanted func(happened) bool, source fact.Source) error {
	rows, err := c.part(county, month, wanted)
	if err != nil {
		return err
	}
	return c.keep(county, month, person, unit, rows, source)
}

func (c *city) keep(county, month int, person string, unit id.Unit, rows []happened, source fact.Source) error {
	if len(rows) == 0 {
		return nil
	}
	made, err := c.enter(person, unit, rows, source)
	k := [2]int{county, month}
	c.entered[k] = append(c.entered[k], made...)
	return err
}

// ownHouses stands for the direct units where counties are numbered.
var ownHouses = len(counties)

// directsReport is what the art centre and the library did themselves.
func (c *city) directsReport(month int) error {
	centre, library := c.people["林若溪"].Held[0].Unit, c.people[typist]
	var learnt []happened
	for range byDirect(trained, month) {
		h := c.tells(trained, spot{unit: centre}, dayIn(month, 3, 4), 1, fact.OwnWord, fmt.Sprintf("%s 培训班签到表第 %d 行", months[month], c.learners%75+1))
		h.Subject = learner(c.learners)
		c.learners++
		learnt = append(learnt, h)
	}
	if err := c.keep(ownHouses, month, "林若溪", centre, learnt, fact.ByForm); err != nil {
		return err
	}
	n := byDirect(books, month)
	if n == 0 || library.Account == 0 {
		return nil
	}
	weights := make([]int64, (n+99)/100)
	for k := range weights {
		weights[k] = 1
	}
	var brought []happened
	all := c.spots(8, month)
	for k, each := range parted(n, weights) {
		h := c.tells(books, spot{unit: library.Held[0].Unit}, dayIn(month, k, len(weights)), each, fact.ByRecipient, fmt.Sprintf("流动图书车 %02d%02d，村里签收", month+1, k+1))
		h.Place = all[(month*7+k*3)%len(all)].unit
		brought = append(brought, h)
	}
	return c.keep(ownHouses, month, typist, library.Held[0].Unit, brought, fact.ByForm)
}

// What becomes of a fact follows from its place in the list of its county and month.
func (e entered) corrected(k int) bool { return e.plant < 0 && k%401 == 200 && e.what != rooms }
func (e entered) withdrawn(k int) bool { return e.plant < 0 && k%613 == 300 && e.what == films }
func (e entered) unproven(k int) bool {
	return e.plant < 0 && e.what == films && e.Class == fact.OwnWord && e.Quantity > 0 && k%2 == 0
}
func (e entered) unread(k int) bool { return e.plant >= 0 || k%37 == 11 }

// mendFacts lets counties correct and take back what they find wrong themselves.
func (c *city) mendFacts(month int) error {
	for county, person := range countyPeople {
		all := c.entered[[2]int{county, month}]
		for k := range all {
			e := &all[k]
			var err error
			switch {
			case e.withdrawn(k):
				err = c.office.WithdrawFact(c.ctx, c.cmd(person), c.counties[county], e.id, "和上一行是同一场，录重了。")
				e.gone = true
			case e.corrected(k):
				e.FactTold, e.Note = e.mended()
				t := e.FactTold
				t.Note = e.Note
				e.id, err = c.office.CorrectFact(c.ctx, c.cmd(person), e.id, t)
				e.by = person
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// mended is a fact put right, and why.
func (e entered) mended() (desk.FactTold, string) {
	t := e.FactTold
	if e.what == books {
		t.Quantity -= document.Whole(2)
		return t, "两册是赠阅的杂志，不算图书。"
	}
	if day := string(t.Day)[8:]; day != "01" {
		t.Day = t.Day.AddDays(-1)
	}
	return t, "日子写错了，照签收单改。"
}

// checkFacts lets the county check what stations and villages reported, and the office what
// the counties and direct units reported: in bulk, with what has no slip sent back. What is
// planted waits.
func (c *city) checkFacts(month int) error {
	bureau, err := c.office.Bureau(c.ctx)
	if err != nil {
		return err
	}
	for county, person := range append(slices.Clone(countyPeople), clerk) {
		unit := bureau
		if county != ownHouses {
			unit = c.counties[county]
		}
		sent, good := map[string][]id.Fact{}, map[string][]id.Fact{}
		for k, e := range c.entered[[2]int{county, month}] {
			by := person
			if e.by == person {
				by = clerk
			}
			switch {
			case e.gone || e.unread(k):
			case e.unproven(k):
				sent[by] = append(sent[by], e.id)
			default:
				good[by] = append(good[by], e.id)
			}
		}
		for _, by := range slices.Compact([]string{person, clerk}) {
			if len(sent[by]) > 0 {
				if err := c.office.ReturnFacts(c.ctx, c.cmd(by), unit, sent[by], "没有村里签字的回单。补来再报。"); err != nil {
					return err
				}
			}
			if len(good[by]) > 0 {
				if err := c.office.VerifyFacts(c.ctx, c.cmd(by), unit, good[by], ""); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// bringSlips reports again most of what was sent back, once the slips are there.
func (c *city) bringSlips(month int) error {
	for county, person := range countyPeople {
		var rows []happened
		for k, e := range c.entered[[2]int{county, month}] {
			if !e.gone && !e.unread(k) && e.unproven(k) && k%10 != 0 {
				h := e.happened
				h.Class, h.Note = fact.ByRecipient, strings.Replace(h.Note, "回单后补", fmt.Sprintf("补来的回单 %02d%d%03d", month+1, county+1, k), 1)
				rows = append(rows, h)
			}
		}
		// They are looked at with the list of the month after.
		if err := c.keep(county, month+1, person, c.counties[county], rows, fact.ByGrid); err != nil {
			return err
		}
	}
	return nil
}

func (c *city) closeCounties(month int) error {
	for county, person := range countyPeople {
		if silentIn(county, month) {
			continue
		}
		if err := c.office.CloseMonth(c.ctx, c.cmd(person), c.counties[county], months[month]); err != nil {
			return err
		}
	}
	return nil
}

func (c *city) closeCity(month int) error {
	bureau, err := c.office.Bureau(c.ctx)
	if err != nil {
		return err
	}
	return c.office.CloseMonth(c.ctx, c.cmd(director), bureau, months[month])
}
