package sample

import (
	"fmt"
	"slices"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
)

// plantKind says what is wrong with facts that were planted.
type plantKind string

const (
	sameHour    plantKind = "same hour"     // one projectionist in two villages at once
	sameSlip    plantKind = "same evidence" // several slips stamped at once: one file shows them all
	tenTimes    plantKind = "ten times"     // a digit too many
	samePerson  plantKind = "same person"   // trained again under another township
	afterClose  plantKind = "after close"   // thrown in after the month was closed
	nobodyCame  plantKind = "nobody came"   // the village says of that month that nobody came
	outOfSeason plantKind = "out of season" // a boat fitted out while it was at sea
)

// plant is a mistake or a fraud that was put among the honest facts, for those who check
// and for the tests of what points to it.
type plant struct {
	kind              plantKind
	what              int
	month, county     int // as they are numbered in months and counties
	township, village int // of the first of its facts
	why               string
}

// plants are all of them. Each county has some; nobody of the sample finds them.
var plants = []plant{
	{sameHour, films, 2, 3, 2, 4, "2011 年 10 月 14 日 19:00，放映员赖有福在两个镇的两个村各放了一场，两村相距 30 公里。"},
	{sameHour, films, 6, 6, 5, 9, "2012 年 2 月 14 日 19:00，放映员赖有福又同时在两个村。"},
	{sameHour, films, 12, 1, 7, 2, "2012 年 8 月 14 日 19:00，放映员赖有福又同时在两个村。"},
	{sameSlip, films, 3, 4, 3, 1, "四场不在一天、不在一村，附的却是同一张照片：四张回单一次盖的章。"},
	{sameSlip, films, 7, 0, 6, 8, "四场附同一张照片。"},
	{sameSlip, films, 13, 7, 9, 0, "四场附同一张照片。"},
	{tenTimes, books, 5, 2, 4, 3, "一次都是 50 册上下，这里 520 册：多打了一个 0。"},
	{tenTimes, shows, 4, 6, 8, 11, "一次演一场，这里 11 场。"},
	{tenTimes, books, 9, 5, 1, 6, "520 册，多打了一个 0。"},
	{tenTimes, films, 10, 3, 11, 5, "一晚上放了 11 场。"},
	{samePerson, trained, 7, 6, 3, 3, "这个人 2011 年 11 月在望潮区报过了，又在鹿鸣县报一次。"},
	{samePerson, trained, 9, 3, 6, 6, "这个人 2011 年 11 月在望潮区报过了，又在松岭市报一次。"},
	{samePerson, trained, 12, 7, 2, 7, "这个人 2011 年 11 月在望潮区报过了，又在云溪县报一次。"},
	{afterClose, films, 2, 4, 8, 2, "2011 年 10 月月结以后，又补报 3 场。"},
	{afterClose, films, 6, 1, 4, 5, "2012 年 2 月月结以后，又补报 3 场。"},
	{afterClose, films, 11, 2, 9, 1, "2012 年 7 月月结以后，又补报 3 场。"},
	{nobodyCame, shows, 3, 0, 0, 2, "村里说 11 月没有剧团来过，名单上却有一场。"},
	{nobodyCame, films, 7, 3, 0, 7, "村里说 3 月没有来放过电影，名单上却有一场。"},
	{nobodyCame, films, 14, 6, 0, 4, "村里说 10 月没有来放过电影，名单上却有一场。"},
	{outOfSeason, boats, 5, 2, 1, 1, "1 月渔船在海上，不在休渔期，装不了。"},
	{outOfSeason, boats, 8, 5, 2, 2, "4 月不在休渔期，装不了。"},
	{outOfSeason, boats, 15, 0, 1, 4, "11 月不在休渔期，装不了。"},
}

// plantedFact is a fact that came of a plant.
type plantedFact struct {
	plant int // which of plants
	fact  id.Fact
}

// withPlanted puts what is planted in a county and month among what happened there.
func (c *city) withPlanted(county, month int, honest []happened) ([]happened, error) {
	for k, p := range plants {
		if p.county != county || p.month != month || p.kind == afterClose {
			continue
		}
		if p.kind == nobodyCame { // then nobody did
			u := c.plantedAt(p, 0, 0).unit
			honest = slices.DeleteFunc(honest, func(h happened) bool { return h.unit == u && h.Indicator == c.indicators[p.what] })
		}
		rows, err := c.plantedRows(p)
		if err != nil {
			return nil, err
		}
		for _, h := range rows {
			if !h.honest {
				h.plant = k + 1
			}
			honest = append(honest, h.happened)
		}
	}
	return honest, nil
}

// plantLate throws in what is planted after a month was closed.
func (c *city) plantLate(month int) error {
	for k, p := range plants {
		if p.kind != afterClose || p.month != month {
			continue
		}
		var rows []happened
		some, err := c.plantedRows(p)
		if err != nil {
			return err
		}
		for _, h := range some {
			h.plant = k + 1
			rows = append(rows, h.happened)
		}
		if _, err := c.enter(countyPeople[p.county], c.counties[p.county], rows, fact.BySheet); err != nil {
			return err
		}
	}
	return nil
}

// plantedAt is the village of a plant, or one so many townships and villages on.
func (c *city) plantedAt(p plant, townships, on int) spot {
	in := c.townships[c.counties[p.county]]
	t := (p.township + townships) % len(in)
	here := c.villages[in[t]]
	v := (p.village + on) % len(here)
	return spot{p.county, t, v, here[v]}
}

// plantedRow is a fact of a plant; honest is what a village says against it.
type plantedRow struct {
	happened
	honest bool
}

// plantedRows are the facts of a plant.
func (c *city) plantedRows(p plant) (out []plantedRow, err error) {
	day := func(n int) calendar.Day { return calendar.Day(months[p.month] + "-01").AddDays(n - 1) }
	add := func(s spot, d calendar.Day, n int64, class fact.Class, note string, change func(*desk.FactTold)) {
		h := c.tells(p.what, s, d, n, class, note)
		if change != nil {
			change(&h.FactTold)
		}
		out = append(out, plantedRow{happened: h})
	}
	here := c.plantedAt(p, 0, 0)
	switch p.kind {
	case sameHour:
		for k := range 2 {
			add(c.plantedAt(p, k, 3*k), day(14), 1, fact.ByRecipient, fmt.Sprintf("放映员 赖有福 19:00《%s》", titles[p.month]), nil)
		}
	case sameSlip:
		slip, err := c.office.StoreEvidence(c.people[countyPeople[p.county]], fmt.Appendf(nil, "回单登记页抄件：%s，%s，四场，一次盖章。\n", counties[p.county].name, months[p.month]))
		if err != nil {
			return nil, err
		}
		for k := range 4 {
			add(c.plantedAt(p, 0, 2*k), day(5+6*k), 1, fact.ByRecipient, fmt.Sprintf("放映员 应来财 19:00《%s》回单 8%02d%02d", titles[p.month+k], p.month, k+1),
				func(t *desk.FactTold) { t.Evidence = slip })
		}
	case tenTimes:
		n, note := int64(520), fmt.Sprintf("送书单 7%02d%d，村里签收", p.month, p.county)
		switch p.what {
		case shows:
			n, note = 11, fmt.Sprintf("红旗剧团 14:00《打金枝》村里签收单 7%02d%d", p.month, p.county)
		case films:
			n, note = 11, fmt.Sprintf("放映员 应来财 19:30《画皮》回单 7%02d%d", p.month, p.county)
		}
		add(here, day(17), n, fact.ByRecipient, note, nil)
	case samePerson:
		add(here, day(23), 1, fact.OwnWord, fmt.Sprintf("%s 培训班签到表第 %d 行", months[p.month], 70+p.county), func(t *desk.FactTold) { t.Subject = learner(p.month % 3) })
	case afterClose:
		for k := range 3 {
			add(c.plantedAt(p, 0, k), day(20+2*k), 1, fact.ByRecipient, fmt.Sprintf("放映员 %s 20:30《%s》回单 6%02d%02d", projectionist(here, 0), titles[k], p.month, k+1), nil)
		}
	case nobodyCame:
		out = append(out, plantedRow{c.tells(p.what, here, day(28), 0, fact.OwnWord, "村里说这个月没有来过"), true})
		team := "放映员 应来财 18:30《老寨》回单"
		if p.what == shows {
			team = "红旗剧团 19:00《何文秀》签收单"
		}
		add(here, day(12), 1, fact.ByRecipient, fmt.Sprintf("%s 5%02d%d", team, p.month, p.county), nil)
		out[1].listed = true
	case outOfSeason:
		add(here, day(11), 1, fact.ByRecipient, "开机能收到节目，船主应来富签字", func(t *desk.FactTold) { t.Subject = fmt.Sprintf("安渔 %05d", 30000+p.month) })
	}
	return out, nil
}
