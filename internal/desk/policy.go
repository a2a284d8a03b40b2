package desk

import (
	"slices"
	"strings"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// Reach says how far in the tree of units a right goes, seen from the post that has it.
type Reach string

const (
	OwnUnit   Reach = "own"   // 本单位
	Downward  Reach = "below" // 本单位和下级
	WholeCity Reach = "city"  // 全市
)

// Grants says which roles may do an act, and how far.
type Grants map[org.Role]Reach

// Rule is one act of the policy, and who may do it.
type Rule struct {
	Act  string
	Name string // the act as the page says it
	Who  Grants
}

// office is whoever plans and decides for the whole city.
func office(roles ...org.Role) Grants {
	g := Grants{}
	for _, r := range roles {
		g[r] = WholeCity
	}
	return g
}

// Policy is the whole of who may do what; everything that is not here nobody may do.
// The page 「谁能做什么」 shows this table, and every route names the act that it needs.
var Policy = []Rule{
	{Act: "plan.read", Name: "看方案的草稿、校核、任务分解表和变更", Who: office(org.Clerk, org.Approver, org.Administrator, org.GroupMember, org.Auditor)},
	{Act: "plan.import", Name: "方案入库", Who: office(org.Clerk)},
	{Act: "plan.correct", Name: "修改方案草稿、回答问题", Who: office(org.Clerk)},
	{Act: "plan.force", Name: "启用方案", Who: office(org.Clerk)},
	{Act: "plan.amend", Name: "勘误和调整已启用的方案", Who: office(org.Clerk)},
	{Act: "plan.publish", Name: "公开方案、撤回公开（不能是启用它的人）", Who: office(org.Approver)},
	{Act: "plan.close", Name: "结束方案", Who: office(org.Approver)},
	{Act: "order.give", Name: "下达批示、纪要和交办", Who: office(org.Clerk)},
	{Act: "item.assign", Name: "把任务分给单位和岗位", Who: office(org.Clerk)},
	{Act: "duty.read", Name: "看单位承担的任务", Who: Grants{org.UnitHead: Downward, org.UnitClerk: Downward, org.Verifier: Downward, org.Reporter: OwnUnit,
		org.Clerk: WholeCity, org.Approver: WholeCity, org.Administrator: WholeCity, org.GroupMember: WholeCity, org.Auditor: WholeCity}},
	{Act: "duty.answer", Name: "接受或退回分给本单位的任务", Who: Grants{org.UnitHead: OwnUnit, org.UnitClerk: OwnUnit}},
	{Act: "progress.report", Name: "报本单位任务的进展", Who: Grants{org.UnitHead: OwnUnit, org.UnitClerk: OwnUnit, org.Reporter: OwnUnit}},
	{Act: "progress.onbehalf", Name: "替报不了的单位代报进展", Who: Grants{org.Clerk: WholeCity, org.UnitClerk: Downward, org.UnitHead: Downward}},
	{Act: "progress.confirm", Name: "确认完成、退回进展", Who: office(org.Clerk)},
	{Act: "reminder.read", Name: "看谁欠什么、催过几次", Who: office(org.Clerk, org.Approver, org.Administrator, org.GroupMember, org.Auditor)},
	{Act: "reminder.send", Name: "催办：给文字、打电话、印单子、发消息", Who: office(org.Clerk)},
	{Act: "reminder.reply", Name: "回复催办单和督办单", Who: Grants{org.UnitHead: OwnUnit, org.UnitClerk: OwnUnit, org.Reporter: OwnUnit}},
	{Act: "reminder.rules", Name: "定什么时候自动提醒", Who: office(org.Clerk, org.Administrator)},
	{Act: "reminder.gateway", Name: "接群机器人、短信和邮件", Who: office(org.Administrator)},
	{Act: "collection.ask", Name: "向单位征集材料，收下、退回、代报、延期", Who: Grants{org.Clerk: WholeCity, org.UnitClerk: Downward}},
	{Act: "collection.read", Name: "看征集到的材料和谁还没有报", Who: Grants{org.Clerk: WholeCity, org.Approver: WholeCity, org.Administrator: WholeCity, org.GroupMember: WholeCity, org.Auditor: WholeCity,
		org.UnitHead: Downward, org.UnitClerk: Downward}},
	{Act: "collection.answer", Name: "报本单位的材料", Who: Grants{org.UnitHead: OwnUnit, org.UnitClerk: OwnUnit, org.Reporter: OwnUnit}},
	{Act: "order.instruct", Name: "写批示，交给单位办", Who: office(org.Approver, org.GroupMember)},
	{Act: "order.answer", Name: "回复交给本单位的批示、纪要和交办", Who: Grants{org.UnitHead: OwnUnit, org.UnitClerk: OwnUnit}},
	{Act: "order.settle", Name: "认可单位的回复，或者再问一次", Who: office(org.Clerk, org.Approver, org.GroupMember)},
	{Act: "lamp.set", Name: "定灯的规则，手工定灯、收回", Who: office(org.Clerk)},
	{Act: "burden.cap", Name: "定每个单位每月报送的上限", Who: office(org.Clerk)},
	{Act: "progress.period", Name: "定已启用方案的任务多久报一次", Who: office(org.Clerk)},
	{Act: "progress.sign", Name: "审签本单位的进展", Who: Grants{org.UnitHead: OwnUnit}},
	{Act: "progress.signing", Name: "定本单位的进展要不要负责人审签", Who: Grants{org.UnitHead: OwnUnit, org.UnitClerk: OwnUnit}},
	{Act: "summary.write", Name: "写月报开头的话，写短单位的话", Who: office(org.Clerk)},
	{Act: "summary.issue", Name: "月报和汇总表定稿", Who: office(org.Clerk)},
	{Act: "indicator.open", Name: "设立指标，把目标变成可以数的", Who: office(org.Clerk)},
	{Act: "split.issue", Name: "把指标数分解下达给下级", Who: Grants{org.Clerk: WholeCity, org.UnitHead: Downward, org.UnitClerk: Downward}},
	{Act: "fact.read", Name: "看报上来的数和每一条的来龙去脉", Who: Grants{org.UnitHead: Downward, org.UnitClerk: Downward, org.Verifier: Downward, org.Reporter: OwnUnit,
		org.Clerk: WholeCity, org.Approver: WholeCity, org.Administrator: WholeCity, org.GroupMember: WholeCity, org.Auditor: WholeCity}},
	{Act: "fact.report", Name: "报本单位的数", Who: Grants{org.UnitHead: OwnUnit, org.UnitClerk: OwnUnit, org.Reporter: OwnUnit}},
	{Act: "fact.onbehalf", Name: "替下级单位代报数，导入台账", Who: Grants{org.Clerk: WholeCity, org.UnitHead: Downward, org.UnitClerk: Downward}},
	{Act: "fact.correct", Name: "更正和撤回报过的数", Who: Grants{org.Clerk: WholeCity, org.UnitHead: Downward, org.UnitClerk: Downward, org.Reporter: OwnUnit}},
	{Act: "fact.verify", Name: "核实、退回报上来的数（不能是自己报的）", Who: Grants{org.Clerk: WholeCity, org.Verifier: Downward}},
	{Act: "fact.close", Name: "月结：审签本单位这个月的数", Who: Grants{org.UnitHead: OwnUnit, org.Approver: WholeCity}},
	{Act: "unit.read", Name: "看单位、岗位和领导小组", Who: Grants{org.UnitHead: WholeCity, org.UnitClerk: WholeCity, org.Verifier: WholeCity, org.Reporter: WholeCity,
		org.Clerk: WholeCity, org.Approver: WholeCity, org.Administrator: WholeCity, org.GroupMember: WholeCity, org.Auditor: WholeCity}},
	{Act: "unit.change", Name: "导入名单，设立、改名、移动、合并、撤销单位", Who: office(org.Administrator, org.Clerk)},
	{Act: "unit.describe", Name: "改单位的工作机构和联系方式", Who: Grants{org.Administrator: WholeCity, org.Clerk: WholeCity, org.UnitClerk: Downward, org.UnitHead: Downward, org.Reporter: OwnUnit}},
	{Act: "group.state", Name: "写领导小组的名单", Who: office(org.Administrator, org.Clerk)},
	{Act: "account.read", Name: "看账号", Who: Grants{org.Administrator: WholeCity, org.Clerk: WholeCity, org.Auditor: WholeCity, org.UnitClerk: Downward, org.UnitHead: Downward}},
	{Act: "account.open", Name: "开账号、补条子、停用账号、任职和代理", Who: Grants{org.Administrator: WholeCity, org.Clerk: WholeCity, org.UnitClerk: Downward}},
	{Act: "account.roles", Name: "给局里的职责（经办、审签、管理员、领导小组、审计）", Who: office(org.Administrator)},
	{Act: "account.erase", Name: "抹去离开的人的姓名", Who: office(org.Administrator)},
	{Act: "city.contact", Name: "改公众看到的电话和地址", Who: office(org.Administrator)},
	{Act: "handover.do", Name: "办交接", Who: Grants{org.Administrator: WholeCity, org.Clerk: WholeCity, org.UnitClerk: Downward, org.UnitHead: Downward}},
	{Act: "job.read", Name: "看后台事务", Who: office(org.Administrator)},
	{Act: "job.hurry", Name: "让后台事务马上再试", Who: office(org.Administrator)},
}

var grants = func() map[string]Grants {
	out := map[string]Grants{}
	for _, r := range Policy {
		out[r.Act] = r.Who
	}
	return out
}()

// reach is how far somebody with these roles may do an act; empty where not at all.
func reach(act string, roles []org.Role) (far Reach) {
	order := []Reach{"", OwnUnit, Downward, WholeCity}
	for _, r := range roles {
		if g := grants[act][r]; slices.Index(order, g) > slices.Index(order, far) {
			far = g
		}
	}
	return far
}

// May reports whether somebody with these roles may do an act to some unit at least.
func May(act string, roles []org.Role) bool { return reach(act, roles) != "" }

// May reports whether somebody may do an act to some unit at least.
func (w Who) May(act string) bool { return May(act, w.Roles) }

// MayEverywhere reports whether somebody may do an act in the whole city.
func (w Who) MayEverywhere(act string) bool { return reach(act, w.Roles) == WholeCity }

// post gives the post by which somebody may do an act, the one they act as first.
// Which unit it is done to does not count here.
func (w Who) post(act string) (id.Post, bool) {
	for _, h := range w.Held {
		if May(act, h.Roles) {
			return h.Post, true
		}
	}
	return 0, false
}

// postOver gives the post by which somebody may do an act to a unit today.
func (o *Office) postOver(q db.Querier, w Who, act string, unit id.Unit) (id.Post, bool, error) {
	var above []org.Unit
	for _, h := range w.Held {
		switch reach(act, h.Roles) {
		case WholeCity:
			return h.Post, true, nil
		case OwnUnit:
			if h.Unit == unit {
				return h.Post, true, nil
			}
		case Downward:
			if h.Unit == unit {
				return h.Post, true, nil
			}
			if above == nil {
				var err error
				if above, err = loadAbove(q, o.city, unit, o.Today()); err != nil {
					return 0, false, err
				}
			}
			if slices.ContainsFunc(above, func(u org.Unit) bool { return u.ID == h.Unit }) {
				return h.Post, true, nil
			}
		}
	}
	return 0, false, nil
}

// mayOver says no to who may not do an act to a unit.
func (o *Office) mayOver(q db.Querier, w Who, act string, unit id.Unit) error {
	_, ok, err := o.postOver(q, w, act, unit)
	if err == nil && !ok {
		err = MayNot(act)
	}
	return err
}

// Sentences for who may not.
var (
	ErrMayNotPlan    = fault.New(fault.Denied, "您的职责里没有这一项。经办可以导入、修改和启用，审签可以公开和结束。")
	errMayNotAccount = fault.New(fault.Denied, "您不能管这个账号。管理员、局办公室经办和上级单位的经办可以。")
	errMayNotUnit    = fault.New(fault.Denied, "您不能改这个单位。管理员和局办公室经办可以。")
	ErrMayNotAnswer  = fault.New(fault.Denied, "接受和退回由单位负责人或者单位经办来做。")
	errMayNotDuty    = fault.New(fault.Denied, "这不是您单位的任务。")
	errMayNotReport  = fault.New(fault.Denied, "您不能报这个单位的进展，也不能确认。单位负责人、单位经办和报送的人可以报，局办公室经办可以代报和确认。")
	errMayNotRemind  = fault.New(fault.Denied, "您的职责里没有这一项。局办公室经办催办、定规则，管理员接通道，被催的单位回复。")
	errMayNotCollect = fault.New(fault.Denied, "这一份材料不归您管。局办公室经办可以向各单位征集，单位经办可以向下级征集；报本单位材料的是单位负责人、单位经办和报送的人。")
	errMayNotOrder   = fault.New(fault.Denied, "您不能办这一件。批示由领导小组成员和审签写，承办单位的负责人和经办回复，写的人和局办公室认可。")
	errMayNotFact    = fault.New(fault.Denied, "您不能办这个单位的数。单位自己报、上级代报，核实的人核实，局办公室经办设立指标。")
	errMayNot        = fault.New(fault.Denied, "您的职责里没有这一项。「谁能做什么」一页写着找谁。")
)

// MayNot is the sentence for who may not do an act.
func MayNot(act string) error {
	switch act {
	case "order.instruct", "order.answer", "order.settle":
		return errMayNotOrder
	}
	noun, _, _ := strings.Cut(act, ".")
	switch noun {
	case "plan", "order", "item":
		return ErrMayNotPlan
	case "account", "handover":
		return errMayNotAccount
	case "unit", "group":
		return errMayNotUnit
	case "duty":
		return errMayNotDuty
	case "progress":
		return errMayNotReport
	case "reminder":
		return errMayNotRemind
	case "collection":
		return errMayNotCollect
	case "fact", "indicator", "split":
		return errMayNotFact
	}
	return errMayNot
}
