package sample

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/collection"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/org"
)

// activities is the template of what units are asked in April 2012.
//
//go:embed activities.xlsx
var activities []byte

// deed is something that happens at a time.
type deed struct {
	at   string
	what func() error
}

// collecting is what units are asked to hand in, and what came of it, in the timeline of
// all that happens: their own plans by the day that the plan says, a stamped file, and a
// table that still runs on the last day.
func (c *city) collecting(timeline []deed) []deed {
	out := append(slices.Clone(timeline),
		deed{"2011-08-29 10:10", c.askForPlans},
		deed{"2011-09-16 10:00", c.givesPlans("2011-09-16")},
		deed{"2011-09-21 15:00", c.returnPlan},
		deed{"2011-09-23 16:00", c.givesPlans("2011-09-23")},
		deed{"2011-09-26 09:30", c.givesPlans("2011-09-26")},
		deed{"2011-09-28 11:00", c.planOnBehalf},
		deed{"2011-10-10 09:30", c.takePlans},
		deed{"2011-10-31 16:00", c.closePlans},
		deed{"2012-03-28 09:10", c.askForFiles},
		deed{"2012-04-09 15:00", c.givesFiles},
		deed{"2012-04-12 10:00", c.askForTable},
		deed{"2012-04-16 10:00", c.fillsTable("2012-04-16")},
		deed{"2012-04-17 09:00", c.decidesOnTable},
		deed{"2012-04-18 15:00", c.fillsTable("2012-04-18")})
	slices.SortStableFunc(out, func(a, b deed) int { return strings.Compare(a.at, b.at) })
	return out
}

// ownPlan is what somebody hands in for their unit: the items whose titles begin so.
type ownPlan struct {
	day, person string
	items       []string
	words       string // of the first item
}

// ownPlans are those that came; 人事处 is written down by the office, 广播电视处 never handed in.
var ownPlans = []ownPlan{
	{"2011-09-16", "沈玉兰", []string{"深化文化场馆", "实施文化下乡", "请社会力量"}, "每月到一个县看免费开放"},
	{"2011-09-16", "林若溪", []string{"深化文化场馆", "培训文化", "办好群众性"}, "“文化超市”加开 20 门课"},
	{"2011-09-16", "邵文清", []string{"深化文化场馆"}, "“安澜大讲堂”每周一讲"},
	{"2011-09-16", "石知行", []string{"发展文化产业"}, ""},
	{"2011-09-23", "石知行", []string{"发展文化产业", "建立重点文化企业"}, "名录十一月底前录完"}, // after it was returned
	{"2011-09-23", "许静安", []string{"深化文化场馆", "请社会力量"}, "捐赠仪式年前办"},
	{"2011-09-23", "石建军", []string{"管好文化市场"}, ""},
	{"2011-09-23", "金晓晴", []string{"改进审批"}, "审批事项减三分之一"},
	{"2011-09-23", "郑怀玉", []string{"开展学习讨论", "加强作风"}, "每个支部一个月学一次"},
	{"2011-09-23", "叶听涛", []string{"办好群众性", "实施文化下乡"}, "送演出由各剧团分摊"},
	{"2011-09-26", "陆思源", []string{"请社会力量"}, ""}, // late
}

// askForPlans sends the clause of the plan out, to the divisions too: they lead most of it.
func (c *city) askForPlans() error {
	all, err := c.office.ProposedCollections(c.ctx, c.people[clerk])
	if err != nil || len(all) != 1 {
		return fmt.Errorf("%d clauses of the plan ask for something: %w", len(all), err)
	}
	p := all[0]
	n := desk.NewCollection{Collection: collection.Collection{Kind: collection.Plan, Title: "各单位的工作方案", Due: p.Milestone.Due, Plan: c.plan, Item: p.Item.ID, Milestone: p.Milestone.ID,
		Words: p.Sentence + "。各处室也请报来：勾上认领的任务，写一句怎么做；印发了的方案附在后面。"}}
	for _, u := range p.Units {
		n.Units = append(n.Units, u.ID)
	}
	named, err := c.unitsCalled(divisions...)
	if err != nil {
		return err
	}
	n.Units = append(n.Units, named...)
	_, err = c.office.Collect(c.ctx, c.cmd(clerk), n)
	return err
}

// givesPlans lets people hand in their plans on a day.
func (c *city) givesPlans(day string) func() error {
	return func() error {
		which, err := c.collectionCalled("各单位的工作方案")
		if err != nil {
			return err
		}
		for _, p := range ownPlans {
			if p.day != day {
				continue
			}
			unit := c.people[p.person].Held[0].Unit
			given, err := c.takes(which, p)
			if err != nil {
				return err
			}
			if err := c.office.SendAnswer(c.ctx, c.cmd(p.person), which, unit, given); err != nil {
				return fmt.Errorf("%s: %w", p.person, err)
			}
		}
		return nil
	}
}

// takes is a plan as it is filled in.
func (c *city) takes(which id.Collection, p ownPlan) (desk.GivenAnswer, error) {
	given := desk.GivenAnswer{Values: collection.Values{}}
	v, err := c.office.Collection(c.ctx, c.people[clerk], which)
	if err != nil {
		return given, err
	}
	for k, title := range p.items {
		at := slices.IndexFunc(v.Items, func(i collection.Promised) bool { return strings.HasPrefix(i.Title, title) })
		if at < 0 {
			return given, fmt.Errorf("no item %s", title)
		}
		key := v.Items[at].Item.String()
		if given.Values[key] = "1"; k == 0 && p.words != "" {
			given.Values[key+"-words"] = p.words
		}
	}
	return given, nil
}

func (c *city) returnPlan() error {
	which, err := c.collectionCalled("各单位的工作方案")
	if err != nil {
		return err
	}
	return c.office.ReturnAnswer(c.ctx, c.cmd(clerk), desk.AnswerKey{Collection: which, Unit: c.people["石知行"].Held[0].Unit, Revision: 1},
		collection.Values{collection.Whole: "联系重点文化企业也是文化产业处牵头的，没有勾。名录录到哪天也请写上。"})
}

func (c *city) planOnBehalf() error {
	which, err := c.collectionCalled("各单位的工作方案")
	if err != nil {
		return err
	}
	given, err := c.takes(which, ownPlan{items: []string{"推进文化体制", "培训文化"}, words: "年前完成改制的人员安置"})
	if err != nil {
		return err
	}
	return c.office.AnswerOnBehalf(c.ctx, c.cmd(clerk), which, c.people["钱立言"].Held[0].Unit, given)
}

func (c *city) takePlans() error {
	which, err := c.collectionCalled("各单位的工作方案")
	if err != nil {
		return err
	}
	return c.takeAll(which)
}

// takeAll takes all that arrived.
func (c *city) takeAll(which id.Collection, but ...id.Unit) error {
	v, err := c.office.Collection(c.ctx, c.people[clerk], which)
	if err != nil {
		return err
	}
	var keys []desk.AnswerKey
	for _, l := range v.Owed {
		if l.Situation == collection.Arrived && !slices.Contains(but, l.Unit.ID) {
			keys = append(keys, desk.AnswerKey{Collection: which, Unit: l.Unit.ID, Revision: l.Revision})
		}
	}
	return c.office.AcceptAll(c.ctx, c.cmd(clerk), which, keys)
}

func (c *city) closePlans() error {
	which, err := c.collectionCalled("各单位的工作方案")
	if err != nil {
		return err
	}
	return c.office.CloseCollection(c.ctx, c.cmd(clerk), which)
}

// collectionCalled finds a collection by its title.
func (c *city) collectionCalled(title string) (id.Collection, error) {
	all, err := c.office.Collections(c.ctx, c.people[clerk])
	if err != nil {
		return 0, err
	}
	for _, l := range all {
		if l.Title == title {
			return l.ID, nil
		}
	}
	return 0, fmt.Errorf("nothing is asked that is called %s", title)
}

const summaryTitle = "一季度工作小结（盖章）"

// askForFiles asks the direct units and some divisions for a stamped file.
func (c *city) askForFiles() error {
	return c.ask(collection.Collection{Kind: collection.File, Title: summaryTitle, Due: "2012-04-10", Words: "两页以内，盖章后扫描。写清做了什么、没有做成的为什么。"},
		"市群众艺术馆", "市图书馆", "市博物馆", "公共文化处", "文化产业处", "市场管理处")
}

func (c *city) ask(what collection.Collection, units ...string) error {
	named, err := c.unitsCalled(units...)
	if err != nil {
		return err
	}
	_, err = c.office.Collect(c.ctx, c.cmd(clerk), desk.NewCollection{Collection: what, Units: named})
	return err
}

// unitsCalled finds units of the bureau by their names.
func (c *city) unitsCalled(names ...string) (out []id.Unit, err error) {
	from, err := c.office.Askable(c.ctx, c.people[clerk])
	if err != nil {
		return nil, err
	}
	for _, u := range from.Units {
		if slices.Contains(names, u.Name) {
			out = append(out, u.ID)
		}
	}
	if len(out) != len(names) {
		return nil, fmt.Errorf("%d of %v are there", len(out), names)
	}
	return out, nil
}

// givesFiles lets most of them hand it in; 市场管理处 and 市博物馆 do not.
func (c *city) givesFiles() error {
	which, err := c.collectionCalled(summaryTitle)
	if err != nil {
		return err
	}
	for _, person := range []string{"林若溪", "邵文清", "沈玉兰", "石知行"} {
		given := desk.GivenAnswer{FileName: c.people[person].Unit + "一季度小结.txt", Raw: []byte(c.people[person].Unit + "一季度工作小结\n（这是样例，真的是盖了章的扫描件。）\n")}
		if err := c.office.SendAnswer(c.ctx, c.cmd(person), which, c.people[person].Held[0].Unit, given); err != nil {
			return fmt.Errorf("%s: %w", person, err)
		}
	}
	return nil
}

const tableTitle = "一季度群众文化活动情况表"

// askForTable asks the counties and the direct units to fill in a table.
func (c *city) askForTable() error {
	from, err := c.office.Askable(c.ctx, c.people[clerk])
	if err != nil {
		return err
	}
	n := desk.NewCollection{FileName: "活动情况表.xlsx", Raw: activities, Collection: collection.Collection{Kind: collection.Table, Title: tableTitle, Due: calendar.Day("2012-04-25"),
		Words: "只算一季度办的。同一场活动几家合办的，由牵头的一家报。"}}
	for _, u := range from.Units {
		if u.Level == org.County || u.Level == org.Direct {
			n.Units = append(n.Units, u.ID)
		}
	}
	made, err := c.office.Collect(c.ctx, c.cmd(clerk), n)
	if err != nil {
		return err
	}
	return c.office.StartCollection(c.ctx, c.cmd(clerk), made)
}

// rowsGiven are what was filled in, on which day; 市图书馆 found a mistake of its own.
var rowsGiven = []struct{ day, person, cells string }{
	{"2012-04-16", "汪清和", "36 88 5200 30100 正月灯会"},
	{"2012-04-16", "阮知秋", "51 20 8800 6400 渔家锣鼓赛"},
	{"2012-04-16", "尹鹿鸣", "64 12 12600 3100 村晚"},
	{"2012-04-16", "林若溪", "18 42 2600 21500 元宵猜灯谜"},
	{"2012-04-16", "邵文清", "6 13 90000 4100 安澜大讲堂"},
	{"2012-04-18", "苗云生", "47 9 7300 1900 越剧下乡"},
	{"2012-04-18", "翁海若", "29 6 3800 1200 开渔节预演"},
}

func (c *city) fillsTable(day string) func() error {
	return func() error {
		which, err := c.collectionCalled(tableTitle)
		if err != nil {
			return err
		}
		for _, row := range rowsGiven {
			if row.day != day {
				continue
			}
			given := desk.GivenAnswer{Values: collection.Values{}}
			for k, cell := range strings.Fields(row.cells) {
				given.Values[collection.CellKey(1, k+3)] = cell
			}
			if err := c.office.SendAnswer(c.ctx, c.cmd(row.person), which, c.people[row.person].Held[0].Unit, given); err != nil {
				return fmt.Errorf("%s: %w", row.person, err)
			}
		}
		return nil
	}
}

// decidesOnTable returns the cell that cannot be right, and takes the others.
func (c *city) decidesOnTable() error {
	which, err := c.collectionCalled(tableTitle)
	if err != nil {
		return err
	}
	library := c.people["邵文清"].Held[0].Unit
	if err := c.office.ReturnAnswer(c.ctx, c.cmd(clerk), desk.AnswerKey{Collection: which, Unit: library, Revision: 1},
		collection.Values{collection.CellKey(1, 5): "6 场 9 万人次，是不是多写了一个 0？"}); err != nil {
		return err
	}
	return c.takeAll(which)
}
