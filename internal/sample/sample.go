// Package sample makes 安澜市, a city that does not exist, from its plan
// document. It uses desk's acts only, so that every row has its entry; its
// people, posts and words are invented.
package sample

import (
	"context"
	_ "embed"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/org"
	"luoshi/plan"
)

//go:embed plan.txt
var planText string

// FirstDay is the day on which the city begins; the sample can be made for any later day.
const FirstDay = calendar.Day("2011-08-01")

// seed makes nonces, salts and keys the same in every sample.
var seed = [32]byte([]byte("luoshi sample city anlan, seed 1"))

// Random gives the same bytes in every run. Whoever knows that a city is a
// sample can compute its key, and the pages say that it is one.
func Random() *rand.ChaCha8 { return rand.NewChaCha8(seed) }

// Clock is the time in the sample city while it is made.
type Clock struct{ now atomic.Pointer[time.Time] }

// Now is the time of the act that is being done.
func (c *Clock) Now() time.Time {
	if now := c.now.Load(); now != nil {
		return *now
	}
	return FirstDay.Time()
}

func (c *Clock) set(now time.Time) { c.now.Store(&now) }

// Done is how much of its life up to a day the city has lived, in percent.
func (c *Clock) Done(until calendar.Day) int {
	if c.now.Load() == nil {
		return 0
	}
	return min(99, 100*FirstDay.Until(calendar.DayOf(c.Now()))/max(1, FirstDay.Until(until)))
}

// city is the sample while it is being made.
type city struct {
	ctx    context.Context
	office *desk.Office
	clock  *Clock
	until  calendar.Day
	ids    *rand.ChaCha8
	people map[string]desk.Who
	plan   id.Plan

	counties  []id.Unit
	townships map[id.Unit][]id.Unit // of each county
	villages  map[id.Unit][]id.Unit // of each township
	urban     map[id.Unit]bool      // of them those that are communities of a town
	tally
}

// Make lives the city's life up to and including a day.
func Make(ctx context.Context, office *desk.Office, clock *Clock, until calendar.Day) error {
	return newCity(ctx, office, clock, until).live()
}

func newCity(ctx context.Context, office *desk.Office, clock *Clock, until calendar.Day) *city {
	return &city{ctx: ctx, office: office, clock: clock, until: until, ids: rand.NewChaCha8(seed), people: map[string]desk.Who{},
		townships: map[id.Unit][]id.Unit{}, villages: map[id.Unit][]id.Unit{}, urban: map[id.Unit]bool{}, tally: newTally()}
}

func (c *city) live() error {
	for _, day := range c.collecting(append([]deed{
		{"2011-08-01 09:00", c.found},
		{"2011-08-01 09:30", c.openUnits},
		{"2011-08-01 14:00", c.hire},
		{"2011-08-01 15:00", c.settleCounties},
		{"2011-08-01 16:00", c.openTownshipAccounts},
		{"2011-08-02 09:00", c.openVillageAccounts},
		{"2011-08-02 10:00", c.formGroup},
		{"2011-08-08 09:10", c.importPlan},
		{"2011-08-08 10:12", c.correct},
		{"2011-08-08 10:40", c.answer},
		{"2011-08-08 16:30", c.takeIntoForce},
		{"2011-08-09 09:00", c.publish},
		{"2011-08-10 09:20", c.assign},
		{"2011-08-10 15:00", c.answerDuties},
		{"2011-10-03 14:00", c.reports("2011-10-03")},
		{"2011-10-12 09:40", c.reports("2011-10-12")},
		{"2011-11-03 14:00", c.reports("2011-11-03")},
		{"2011-11-07 09:00", c.goOnLeave},
		{"2011-12-02 14:00", c.reports("2011-12-02")},
		{"2011-12-05 10:30", c.returnReport},
		{"2011-12-08 09:10", c.reports("2011-12-08")},
		{"2011-12-09 10:00", c.confirmReport},
		{"2011-12-20 10:00", c.moveTownship},
		{"2012-01-04 14:00", c.reports("2012-01-04")},
		{"2012-01-04 16:20", c.reportOnBehalf},
		{"2012-01-05 10:00", c.mergeTownship},
		{"2012-02-01 09:20", c.handOver},
		{"2012-02-03 14:00", c.reports("2012-02-03")},
		{"2012-03-05 14:00", c.reports("2012-03-05")},
		{"2012-03-12 15:20", c.giveOrder},
		{"2012-04-02 14:00", c.reports("2012-04-02")},
		{"2012-04-05 15:00", c.reports("2012-04-05")},
		{"2012-04-17 17:10", c.giveErrand},
		{"2012-04-25 10:00", c.returnOpening},
		{"2012-05-03 14:00", c.reports("2012-05-03")},
		{"2012-06-04 14:00", c.reports("2012-06-04")},
		{"2012-06-06 10:00", c.confirmComplete("列出市博物馆", "2012-05")},
		{"2012-07-03 14:00", c.reports("2012-07-03")},
		{"2012-07-12 09:30", c.reports("2012-07-12")},
		{"2012-08-03 14:00", c.reports("2012-08-03")},
		{"2012-09-03 14:00", c.reports("2012-09-03")},
		{"2012-09-07 10:00", c.confirmComplete("推进文化体制", "2012-08")},
		{"2012-10-08 14:00", c.reports("2012-10-08")},
		{"2012-11-02 14:00", c.reports("2012-11-02")},
		{"2012-12-03 14:00", c.reports("2012-12-03")},
		{"2012-12-07 10:00", c.confirmComplete("培训文化", "2012-11")},
		{"2013-01-03 14:00", c.reports("2013-01-03")},
		{"2013-01-09 10:00", c.confirmAll("2012-12")},
	}, slices.Concat(c.countyMonths(), c.ruling(), c.chasing(), c.editions(), c.instructing(), c.reaching(), c.signing(), c.counting(), c.factMonths())...)) {
		at, err := time.ParseInLocation("2006-01-02 15:04", day.at, calendar.China)
		if err != nil {
			return err
		}
		if calendar.DayOf(at) > c.until {
			return nil
		}
		c.clock.set(at)
		if err := day.what(); err != nil {
			return fmt.Errorf("sample at %s: %w", day.at, err)
		}
	}
	return nil
}

func (c *city) command() string {
	command, err := desk.NewCommandID(c.clock.Now(), c.ids)
	if err != nil {
		panic(err) // a seeded stream does not end
	}
	c.clock.set(c.clock.Now().Add(time.Second)) // people do one thing after the other
	return command
}

func (c *city) cmd(person string) desk.Cmd { return c.office.Cmd(c.people[person], c.command()) }

func (c *city) found() error {
	account, err := c.office.Found(c.ctx, c.command(), desk.City{Name: "安澜市", Bureau: bureau, Phone: "0500-8800 1200", Address: "安澜市望潮区澄江路 88 号", Sample: true},
		desk.First{Unit: "局办公室", Title: "信息管理岗", Name: administrator})
	if err != nil {
		return err
	}
	return c.signIn(account, administrator)
}

func (c *city) signIn(account id.Account, person string) error {
	who, err := c.office.Who(c.ctx, account)
	c.people[person] = who
	return err
}

const bureau = "安澜市文化广电新闻出版局"

const (
	administrator = "方晓舟"
	clerk         = "周明远"
	director      = "顾海川"
	deputy        = "傅远航"
)

// staff are invented people in invented posts.
var staff = []struct {
	unit, title, name string
	roles             []org.Role
}{
	{"局办公室", "综合岗", clerk, []org.Role{org.Clerk}},
	{bureau, "局长", director, []org.Role{org.Approver, org.GroupMember}},
	{bureau, "副局长", deputy, []org.Role{org.GroupMember}},
	{bureau, "审计岗", "简守正", []org.Role{org.Auditor}},
	{"局办公室", "主任", "杜若衡", []org.Role{org.UnitHead}},
	{"公共文化处", "处长", "沈玉兰", []org.Role{org.UnitHead}},
	{"文化产业处", "处长", "石知行", []org.Role{org.UnitHead}},
	{"市场管理处", "处长", "石建军", []org.Role{org.UnitHead}},
	{"政策法规处", "处长", "金晓晴", []org.Role{org.UnitHead}},
	{"人事处", "处长", "钱立言", []org.Role{org.UnitHead}},
	{"广播电视处", "处长", "吴海平", []org.Role{org.UnitHead}},
	{"艺术处", "处长", "叶听涛", []org.Role{org.UnitHead}},
	{"财务处", "处长", "陆思源", []org.Role{org.UnitHead}},
	{"机关党委", "书记", "郑怀玉", []org.Role{org.UnitHead}},
	{"市群众艺术馆", "馆长", "林若溪", []org.Role{org.UnitHead}},
	{"市图书馆", "馆长", "邵文清", []org.Role{org.UnitHead}},
	{"市博物馆", "馆长", "许静安", []org.Role{org.UnitHead}},
}

func (c *city) hire() error {
	for _, s := range staff {
		account, err := c.office.OpenAccount(c.ctx, c.cmd(administrator), desk.NewAccount{Unit: s.unit, Title: s.title, Name: s.name, Roles: s.roles})
		if err != nil {
			return err
		}
		if err := c.signIn(account, s.name); err != nil {
			return err
		}
	}
	return nil
}

func (c *city) importPlan() (err error) {
	c.plan, err = c.office.ImportPlan(c.ctx, c.cmd(clerk), desk.Import{Original: []byte(planText), FileName: "实践活动方案.txt"})
	return err
}

func (c *city) read() (desk.Review, error) { return c.office.Plan(c.ctx, c.people[clerk], c.plan) }

// countyBodies is how the plan calls the bodies of all nine counties.
const countyBodies = "各县（市、区）文广新局"

// leads says who takes the lead of an item whose title begins so, and its theme.
var leads = []struct{ title, lead, cooperating, theme string }{
	{"深化文化场馆", "公共文化处", "市群众艺术馆、市图书馆、市博物馆、" + countyBodies, "免费开放"},
	{"实施文化下乡", "公共文化处", "广播电视处、艺术处、市图书馆、" + countyBodies, "文化下乡"},
	{"培训文化", "市群众艺术馆", "人事处、" + countyBodies, "队伍建设"},
	{"办好群众性", "市群众艺术馆", "艺术处、" + countyBodies, "群众文化"},
	{"请社会力量", "公共文化处", "财务处、市博物馆", "群众文化"},
	{"改进审批", "政策法规处", "市场管理处、" + countyBodies, "改革和审批"},
	{"推进文化体制", "人事处", "财务处", "改革和审批"},
	{"发展文化产业", "文化产业处", "财务处", "文化产业"},
	{"管好文化市场", "市场管理处", countyBodies, "文化产业"},
	{"开展学习讨论", "机关党委", "", "作风建设"},
	{"向身边", "机关党委", "", "作风建设"},
	{"建立重点文化企业", "文化产业处", "", "文化产业"},
	{"加强作风", "机关党委", "局办公室", "作风建设"},
	{"建立领导机构", "局办公室", "", "作风建设"},
	{"建立长效机制", "局办公室", "机关党委", "作风建设"},
}

// correct is the clerk's work on the draft: who leads, and what is only said.
func (c *city) correct() error {
	r, err := c.read()
	if err != nil {
		return err
	}
	if err := c.office.CorrectHeading(c.ctx, c.cmd(clerk), c.plan, desk.Heading{Title: r.Plan.Title, Issuer: bureau}, desk.AsItStands); err != nil {
		return err
	}
	for _, i := range r.Items {
		for _, l := range leads {
			if !strings.HasPrefix(i.Title, l.title) {
				continue
			}
			i.Lead, i.Cooperating, i.Period, i.Tags = l.lead, l.cooperating, plan.Monthly, []string{l.theme}
			if err := c.office.CorrectItem(c.ctx, c.cmd(clerk), c.plan, i, desk.AsItStands); err != nil {
				return err
			}
		}
	}
	return nil
}

// number is the plan's 文号.
const number = "安文〔2011〕28号"

// answer takes the first choice of each question; what has none, or is better
// known later, is put off.
func (c *city) answer() error {
	r, err := c.read()
	if err != nil {
		return err
	}
	for _, q := range r.Questions {
		switch {
		case q.Kind == "missing_document_number":
			err = c.office.AnswerQuestion(c.ctx, c.cmd(clerk), c.plan, q.ID, plan.OwnWords, number)
		case q.Kind == "vague_bound": // “多”按“不少于”算
			err = c.office.AnswerQuestion(c.ctx, c.cmd(clerk), c.plan, q.ID, 1, "")
		case q.Kind == "missing_date" || q.Kind == "missing_number":
			err = c.office.DeferQuestion(c.ctx, c.cmd(clerk), c.plan, q.ID)
		default:
			err = c.office.AnswerQuestion(c.ctx, c.cmd(clerk), c.plan, q.ID, 0, "")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *city) takeIntoForce() error {
	return c.office.TakeIntoForce(c.ctx, c.cmd(clerk), c.plan, plan.Force{ApprovedBy: "局长办公会第 7 次会议", Day: "2011-08-08", Number: number})
}

func (c *city) publish() error {
	r, err := c.read()
	if err != nil {
		return err
	}
	all := plan.Release{Spared: []string{director}} // who leads the group is told as part of the duty
	for _, i := range r.Items {
		all.Items = append(all.Items, i.ID)
	}
	return c.office.Publish(c.ctx, c.cmd(director), c.plan, all, review)
}

// giveOrder writes down what the director's meeting decided while the plan was running.
func (c *city) giveOrder() error {
	_, err := c.office.GiveOrder(c.ctx, c.cmd(clerk), c.plan, desk.NewOrder{
		Order: plan.Order{Kind: plan.Minutes, Giver: "局长办公会第 3 次会议", Given: "2012-03-12",
			Words: "会议要求，市博物馆在5月底前列出还缺的藏品，公共文化处同步做好对外开放的准备。"},
		Item: plan.Item{Title: "列出市博物馆还缺的藏品", Lead: "市博物馆", Cooperating: "公共文化处", Period: plan.Monthly, Tags: []string{"免费开放"}},
		Due:  plan.Milestone{Due: "2012-05-31", Proof: "缺藏品的清单"},
	})
	if err != nil {
		return err
	}
	return c.assign()
}

// giveErrand writes down what was asked for by word of mouth; nobody was given it yet.
func (c *city) giveErrand() error {
	_, err := c.office.GiveOrder(c.ctx, c.cmd(clerk), c.plan, desk.NewOrder{
		Order: plan.Order{Kind: plan.Errand, Giver: "分管副局长", Given: "2012-04-17", Words: "世界读书日那天市图书馆开到夜里 9 点，三家馆都摆一个换书的桌子。"},
		Item:  plan.Item{Title: "办好世界读书日的换书活动", Lead: "市图书馆", Cooperating: "市群众艺术馆、市博物馆", Tags: []string{"群众文化"}},
		Due:   plan.Milestone{Due: "2012-04-23", Proof: "换书登记本"},
	})
	return err
}

// review is the look that was taken at the plan before it was made public.
var review = plan.SecrecyReview{By: "局办公室保密岗", Day: "2011-08-09", Result: "不涉及国家秘密和个人隐私，组长姓名属于职务信息，可以公开。"}
