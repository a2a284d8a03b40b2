package sample

import (
	"fmt"
	"slices"
	"strings"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/progress"
)

// says is what somebody reported for their unit on a day, of the item whose title begins so.
type says struct {
	day, person, title string
	period             progress.Period
	same               bool
	state              progress.State
	done, next         string
	difficulty, need   string
	from, proof        string
}

// reported is what the divisions and direct units said in seventeen months, with what
// came late and what never came: who is not here did not report.
var reported = slices.Concat(firstMonths, laterMonths)

var firstMonths = []says{
	{day: "2011-10-03", person: "沈玉兰", title: "深化文化场馆", period: "2011-09", state: progress.UnderWay, done: "三家馆的免费开放方案都报来了，正在逐家看。", next: "10 月底前定下每家的免费项目。"},
	{day: "2011-10-03", person: "沈玉兰", title: "实施文化下乡", period: "2011-09", state: progress.UnderWay, done: "送戏 96 场、送书 3,200 册，五个县去过了。", next: "先补山区两个县。"},
	{day: "2011-10-03", person: "林若溪", title: "培训文化", period: "2011-09", state: progress.NotStarted, next: "等培训教室修好，11 月开第一班。"},
	{day: "2011-10-03", person: "林若溪", title: "办好群众性", period: "2011-09", state: progress.UnderWay, done: "广场文化周办了 6 场。"},
	{day: "2011-10-03", person: "石知行", title: "发展文化产业", period: "2011-09", state: progress.UnderWay, done: "企业名录录了 210 家。", next: "下月走访 30 家。"},
	{day: "2011-10-12", person: "石建军", title: "管好文化市场", period: "2011-09", state: progress.UnderWay, done: "查了网吧 48 家、书店 31 家。"}, // late

	{day: "2011-11-03", person: "沈玉兰", title: "深化文化场馆", period: "2011-10", state: progress.UnderWay, done: "图书馆、群艺馆定了免费项目，博物馆还差一项。", next: "11 月中挂出告示。"},
	{day: "2011-11-03", person: "沈玉兰", title: "实施文化下乡", period: "2011-10", state: progress.UnderWay, done: "送戏累计 214 场，山区两个县去过了。"},
	{day: "2011-11-03", person: "林若溪", title: "培训文化", period: "2011-10", same: true},
	{day: "2011-11-03", person: "石知行", title: "发展文化产业", period: "2011-10", state: progress.Blocked, done: "名录录了 260 家。", difficulty: "财政贴息的钱没有列进今年的预算，企业在等。",
		need: "定下贴息从哪里出", from: "财务处、市财政局"},
	{day: "2011-11-03", person: "郑怀玉", title: "开展学习讨论", period: "2011-10", state: progress.UnderWay, done: "各支部学了两次，写了 41 篇体会。"},

	{day: "2011-12-02", person: "沈玉兰", title: "深化文化场馆", period: "2011-11", state: progress.UnderWay, done: "三家馆都挂出了免费项目的告示。"},
	{day: "2011-12-02", person: "林若溪", title: "培训文化", period: "2011-11", state: progress.UnderWay, done: "第一班开了，来了 63 个文化员。", next: "12 月开第二班。"},
	{day: "2011-12-02", person: "石知行", title: "发展文化产业", period: "2011-11", same: true},
	{day: "2011-12-02", person: "郑怀玉", title: "开展学习讨论", period: "2011-11", state: progress.Complete, done: "学习讨论都办完了。", proof: "会议记录。"},
	{day: "2011-12-08", person: "郑怀玉", title: "开展学习讨论", period: "2011-11", state: progress.Complete, done: "学习讨论办完了：12 个支部各学三次，收上 127 篇体会。",
		proof: "12 个支部的签到表和体会，在机关党委档案柜 3 号。"},

	{day: "2012-01-04", person: "沈玉兰", title: "深化文化场馆", period: "2011-12", same: true},
	{day: "2012-01-04", person: "沈玉兰", title: "实施文化下乡", period: "2011-12", state: progress.UnderWay, done: "送戏累计 402 场。11 月忙着年终演出，没有报。"},
	{day: "2012-01-04", person: "林若溪", title: "办好群众性", period: "2011-12", state: progress.UnderWay, done: "元旦汇演办了，来了大约 1,100 人。"},

	{day: "2012-02-03", person: "沈玉兰", title: "实施文化下乡", period: "2012-01", state: progress.UnderWay, done: "春节送戏 88 场，写春联 5,000 副。", next: "3 月起送书到新设的农家书屋。"},
	{day: "2012-02-03", person: "石知行", title: "发展文化产业", period: "2012-01", state: progress.UnderWay, done: "贴息列进了 2012 年预算，收到 37 家的申请。"},
	{day: "2012-02-03", person: "石建军", title: "管好文化市场", period: "2012-01", state: progress.UnderWay, done: "节前查了 112 家，停业整顿 3 家。"},

	{day: "2012-03-05", person: "沈玉兰", title: "深化文化场馆", period: "2012-02", state: progress.Complete, done: "三家馆免费开放满三个月，没有收过一次费。", proof: "三家馆的告示照片和收费登记本。"},
	{day: "2012-03-05", person: "沈玉兰", title: "实施文化下乡", period: "2012-02", same: true},
	{day: "2012-03-05", person: "石知行", title: "发展文化产业", period: "2012-02", state: progress.UnderWay, done: "审了 22 家，通过 15 家。"},

	{day: "2012-04-02", person: "沈玉兰", title: "实施文化下乡", period: "2012-03", state: progress.UnderWay, done: "送书 2,600 册到 52 个农家书屋。"},
	{day: "2012-04-02", person: "林若溪", title: "培训文化", period: "2012-03", state: progress.UnderWay, done: "第三班结业，累计 188 人。"},

	{day: "2012-04-05", person: "沈玉兰", title: "请社会力量", period: "2012-03", state: progress.Blocked, done: "古玩商会答应捐 40 多件，仪式定在 4 月底。",
		difficulty: "绣艺博物馆的地还没有批下来，开不了工。", need: "定下地块", from: "市国土局"},
	{day: "2012-04-05", person: "林若溪", title: "办好群众性", period: "2012-03", state: progress.UnderWay, done: "元宵灯会办了，来了大约 8,000 人。", next: "排社区文化月的场次。"},
	{day: "2012-04-05", person: "金晓晴", title: "改进审批", period: "2012-03", state: progress.UnderWay, done: "27 项里 15 项的时限全省最短。", next: "5 月把剩下的和省里对一遍。"},
	{day: "2012-04-05", person: "石知行", title: "发展文化产业", period: "2012-03", state: progress.UnderWay, done: "通过的 15 家报财政局复核。"},
	{day: "2012-04-05", person: "石知行", title: "建立重点文化企业", period: "2012-03", state: progress.UnderWay, done: "名单定了 30 家，走访了 9 家。"},
	{day: "2012-04-05", person: "石建军", title: "管好文化市场", period: "2012-03", state: progress.UnderWay, done: "查了 87 家，学校周围的网吧都看过。"},
	{day: "2012-04-05", person: "郑怀玉", title: "加强作风", period: "2012-03", state: progress.UnderWay, done: "三家馆的服务承诺上了墙，窗口的还在改。"},
	{day: "2012-04-05", person: "杜若衡", title: "建立领导机构", period: "2012-03", state: progress.UnderWay, done: "领导小组开了四次会，直属单位都建了工作机构。"},
}

// onBehalf is what a division said by telephone, and the office wrote down.
var onBehalf = says{person: "金晓晴", title: "改进审批", period: "2011-12", state: progress.UnderWay, done: "审批事项从 34 项减到 27 项，窗口挪到了一楼。"}

// reports lets people report what they did on a day.
func (c *city) reports(day string) func() error {
	return func() error {
		for _, person := range c.reporters(day) {
			unit, all, err := c.told(person, func(s says) bool { return s.day == day && s.person == person })
			if err != nil {
				return err
			}
			if err := c.office.Report(c.ctx, c.cmd(person), unit, all); err != nil {
				return fmt.Errorf("%s: %w", person, err)
			}
		}
		return nil
	}
}

// reporters are those who report on a day, in the order of the list.
func (c *city) reporters(day string) (out []string) {
	for _, s := range reported {
		if s.day == day && !slices.Contains(out, s.person) {
			out = append(out, s.person)
		}
	}
	return out
}

// told finds the items that somebody reports on, and their unit.
func (c *city) told(person string, wanted func(says) bool) (unit id.Unit, all []desk.Told, err error) {
	asked := map[progress.Period][]desk.UnitReports{} // each is read once for all that is said
	for _, s := range reported {
		if !wanted(s) {
			continue
		}
		if asked[s.period] == nil {
			if asked[s.period], err = c.office.ReportsDue(c.ctx, c.people[person], s.period); err != nil {
				return unit, nil, err
			}
		}
		t, u, err := s.among(asked[s.period])
		if err != nil {
			return unit, nil, err
		}
		unit, all = u, append(all, t)
	}
	return unit, all, nil
}

// tell finds the item of what somebody says among those that their unit is asked for.
func (c *city) tell(s says) (desk.Told, id.Unit, error) {
	due, err := c.office.ReportsDue(c.ctx, c.people[s.person], s.period)
	if err != nil {
		return desk.Told{}, 0, err
	}
	return s.among(due)
}

// among finds the item of what somebody says among some that are asked for.
func (s says) among(due []desk.UnitReports) (desk.Told, id.Unit, error) {
	for _, u := range due {
		for _, d := range u.Due {
			if strings.HasPrefix(d.Item.Title, s.title) {
				return desk.Told{Item: d.Item.ID, Unit: d.Owner.Unit, Period: s.period, Same: s.same, State: s.state, Done: s.done, Next: s.next,
					Difficulty: s.difficulty, Need: s.need, NeedFrom: s.from, Proof: s.proof}, u.Unit.ID, nil
			}
		}
	}
	return desk.Told{}, 0, fmt.Errorf("%s is not asked for %s in %s", s.person, s.title, s.period)
}

// reportOnBehalf writes down what a unit said that could not report itself.
func (c *city) reportOnBehalf() error {
	t, unit, err := c.tell(onBehalf)
	if err != nil {
		return err
	}
	return c.office.ReportOnBehalf(c.ctx, c.cmd(clerk), unit, []desk.Told{t})
}

// returnReport gives the completion back that shows too little.
func (c *city) returnReport() error {
	k, err := c.completion(1)
	if err != nil {
		return err
	}
	return c.office.ReturnReport(c.ctx, c.cmd(clerk), k, "只写了“会议记录”。请写明哪些支部、学了几次、材料在哪里。")
}

// confirmReport lets it stand once it shows enough.
func (c *city) confirmReport() error {
	k, err := c.completion(2)
	if err != nil {
		return err
	}
	return c.office.ConfirmReport(c.ctx, c.cmd(clerk), k)
}

// returnOpening gives a completion back that the plan's own words do not bear out.
func (c *city) returnOpening() error {
	t, _, err := c.tell(says{person: "沈玉兰", title: "深化文化场馆", period: "2012-02"})
	if err != nil {
		return err
	}
	return c.office.ReturnReport(c.ctx, c.cmd(clerk), desk.ReportKey{Item: t.Item, Unit: t.Unit, Period: t.Period, Revision: 1},
		"三家馆免费开放了，可方案里还有博物馆 2012年底前对外开放这一条，开放以后再报完成。")
}

// confirmComplete lets the completion stand that a unit claimed for a period.
func (c *city) confirmComplete(title string, period progress.Period) func() error {
	return func() error {
		return c.confirm(func(l desk.ProgressLine) bool { return strings.HasPrefix(l.Item.Title, title) }, period)
	}
}

// confirmAll lets all completions stand that were claimed for a period.
func (c *city) confirmAll(period progress.Period) func() error {
	return func() error { return c.confirm(func(desk.ProgressLine) bool { return true }, period) }
}

func (c *city) confirm(wanted func(desk.ProgressLine) bool, period progress.Period) error {
	all, err := c.office.PlanProgress(c.ctx, c.people[clerk], c.plan, period)
	if err != nil {
		return err
	}
	for _, l := range all.Lines {
		if l.Owed.Situation != progress.Waiting || !wanted(l) {
			continue
		}
		r := l.Owed.Report
		if err := c.office.ConfirmReport(c.ctx, c.cmd(clerk), desk.ReportKey{Item: r.Item, Unit: r.Unit, Period: r.Period, Revision: r.Revision}); err != nil {
			return err
		}
	}
	return nil
}

func (c *city) completion(revision int) (desk.ReportKey, error) {
	t, _, err := c.tell(says{person: "郑怀玉", title: "开展学习讨论", period: "2011-11"})
	return desk.ReportKey{Item: t.Item, Unit: t.Unit, Period: t.Period, Revision: revision}, err
}
