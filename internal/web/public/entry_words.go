package public

import (
	"context"
	"strconv"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

// sayings say an entry in plain words, by its kind. Kinds that are never shown
// to everybody (approvals, accounts) need none.
var sayings = map[string]func(context.Context, entryWords) string{
	org.KindCityFounded:        sayCityFounded,
	org.KindContactStated:      sayContactStated,
	org.KindUnitOpened:         sayUnitOpened,
	org.KindUnitsImported:      sayUnitsImported,
	org.KindUnitChanged:        sayUnitChanged,
	org.KindUnitClosed:         sayUnitClosed,
	org.KindUnitSucceeded:      sayUnitSucceeded,
	org.KindUnitWorkingBody:    sayWorkingBody,
	org.KindUnitPhone:          sayUnitPhone,
	org.KindPostOpened:         sayPostOpened,
	org.KindPostEnded:          sayPostEnded,
	org.KindGroupStated:        sayGroupStated,
	org.KindItemAssigned:       sayItemAssigned,
	plan.KindDocumentFrozen:    sayDocumentFrozen,
	plan.KindTakenIntoForce:    sayTakenIntoForce,
	plan.KindPublished:         sayPublished,
	plan.KindClosed:            sayClosed,
	plan.KindItemRecorded:      sayItemRecorded,
	plan.KindItemPublished:     sayItemPublished,
	plan.KindTargetRecorded:    sayTargetRecorded,
	plan.KindMilestoneRecorded: sayMilestoneRecorded,
	plan.KindPhaseRecorded:     sayPhaseRecorded,
	plan.KindQuestionRecorded:  sayQuestionRecorded,
	plan.KindOrderGiven:        sayOrderGiven,
	plan.KindFieldsSet:         sayFieldsSet,
	plan.KindWithdrawn:         sayWithdrawn,
	plan.KindItemWithdrawn:     sayItemWithdrawn,
	plan.KindChangeRecorded:    sayChangeRecorded,
	plan.KindRestated:          sayRestated,
	plan.KindBurdenCapped:      sayBurdenCapped,
	progress.KindReported:      sayReported,
	progress.KindConfirmed:     sayReportConfirmed,
	progress.KindReturned:      sayReportReturned,
	progress.KindStoneReached:  sayStoneReached,
	progress.KindStoneReturned: sayStoneReturned,

	plan.KindDifferenceDeclined: sayDifferenceDeclined,

	fact.KindIndicatorOpened:    sayIndicatorOpened,
	fact.KindIndicatorStated:    sayIndicatorStated,
	fact.KindIndicatorPublished: sayIndicatorPublished,
	fact.KindIndicatorWithdrawn: sayIndicatorWithdrawn,
	fact.KindGoalSet:            sayGoalSet,
	fact.KindSplitIssued:        saySplitIssued,
	fact.KindAdded:              sayFactsAdded,
}

// titles names plans and items by the text of their identifier.
type titles map[string]string

// say gives an entry in plain words; of a kind that we don't know, its name.
func say(ctx context.Context, l desk.Line, names titles) string {
	if !l.Shown {
		return web.T(ctx, "内部记录，只列指纹")
	}
	if saying, ok := sayings[l.Entry.Kind]; ok {
		return saying(ctx, entryWords{ctx, l, names})
	}
	if saying, ok := drawSayings[l.Entry.Kind]; ok {
		return saying(ctx, entryWords{ctx, l, names})
	}
	return l.Entry.Kind
}

// entryWords reads the words and fields of an entry for a sentence.
type entryWords struct {
	ctx   context.Context
	line  desk.Line
	names titles
}

func (e entryWords) erased() bool { return e.line.Entry.Words != nil && e.line.Reread == "" }

// word is a text of the record.
func (e entryWords) word(name string) string {
	if e.erased() {
		return web.T(e.ctx, "（文字已删去）")
	}
	return e.line.Words[name]
}

// party is a text that may be missing in the plan.
func (e entryWords) party(name string) string {
	if w := e.word(name); w != "" {
		return w
	}
	return web.T(e.ctx, "方案里没有写")
}

func (e entryWords) number(name string) int64 {
	n, _ := strconv.ParseInt(e.line.Entry.Field(name), 10, 64) // the form of a number was checked when it was entered
	return n
}

func (e entryWords) count(name string) string { return web.Count(e.number(name)) }

func (e entryWords) day(name string) string {
	return web.Date(e.ctx, calendar.Day(e.line.Entry.Field(name)))
}

func sayCityFounded(ctx context.Context, e entryWords) string {
	return web.T(ctx, "%s开始用落实，主办单位是%s。", e.word("city"), e.word("bureau"))
}

func sayBurdenCapped(ctx context.Context, e entryWords) string {
	if e.number("minutes") == 0 {
		return web.T(ctx, "从%s起，不再限每个单位每月报送的时间。", e.day("from"))
	}
	return web.T(ctx, "从%s起，每个单位每月报送最多 %s 分钟。", e.day("from"), e.count("minutes"))
}

func sayContactStated(ctx context.Context, e entryWords) string {
	return web.T(ctx, "写明了怎么找主办单位：「%s」「%s」。", e.word("phone"), e.word("address"))
}

func sayUnitOpened(ctx context.Context, e entryWords) string {
	return web.T(ctx, "设了单位“%s”。", e.word("name"))
}

func sayPostOpened(ctx context.Context, e entryWords) string {
	return web.T(ctx, "设了岗位“%s”。", e.word("title"))
}

func sayDocumentFrozen(ctx context.Context, e entryWords) string {
	return web.T(ctx, "定住了方案原文，一共 %s 个字，以后一个字也不能改。", e.count("runes"))
}

func sayTakenIntoForce(ctx context.Context, e entryWords) string {
	said := web.T(ctx, "启用了方案《%s》：%s 条任务，%s 个数，%s 个日子。批准日期 %s。", e.word("title"),
		e.count("items"), e.count("targets"), e.count("milestones"), e.day("force_day"))
	if number := e.line.Words["number"]; number != "" {
		said += gap(ctx) + web.T(ctx, "文号「%s」。", number)
	}
	return said
}

func sayPublished(ctx context.Context, e entryWords) string {
	return web.T(ctx, "公开了方案《%s》，连同里面 %s 条任务。", e.names[e.line.Entry.Subject("plan")], e.count("items"))
}

func sayFieldsSet(ctx context.Context, e entryWords) string {
	kind, title := e.line.Entry.Field("kind"), e.names[e.line.Entry.Subject("plan")]
	for _, rule := range plan.FieldKinds {
		if string(rule.Kind) == kind {
			kind = web.T(ctx, rule.Name)
		}
	}
	switch {
	case e.number("released") == 1:
		return web.T(ctx, "公开了方案《%s》的这一类内容：%s。", title, kind)
	case e.word("why") == "":
		return web.T(ctx, "撤回了方案《%s》的这一类内容：%s。", title, kind)
	}
	return web.T(ctx, "撤回了方案《%s》的这一类内容：%s。原因：%s", title, kind, e.word("why"))
}

func sayWithdrawn(ctx context.Context, e entryWords) string {
	return web.T(ctx, "%s撤回了一个方案的公开。原因：%s", e.day("day"), e.word("why"))
}

func sayItemWithdrawn(ctx context.Context, e entryWords) string {
	if e.word("why") == "" {
		return web.T(ctx, "%s随方案撤回了一条任务的公开。", e.day("day"))
	}
	return web.T(ctx, "%s撤回了一条任务的公开。原因：%s", e.day("day"), e.word("why"))
}

func sayClosed(ctx context.Context, e entryWords) string {
	return web.T(ctx, "结束了方案《%s》。说明：%s", e.names[e.line.Entry.Subject("plan")], e.word("why"))
}

func sayItemRecorded(ctx context.Context, e entryWords) string {
	return web.T(ctx, "定下任务“%s”。牵头：%s。", e.word("title"), e.party("lead"))
}

func sayItemPublished(ctx context.Context, e entryWords) string {
	return web.T(ctx, "公开了任务“%s”。", e.names[e.line.Entry.Subject("item")])
}

func sayTargetRecorded(ctx context.Context, e entryWords) string {
	t := plan.Target{Value: plan.Decimal(e.number("value")), Bound: e.line.Entry.Field("bound"), Unit: e.word("unit")}
	if e.line.Entry.Field("max") != "" {
		most := plan.Decimal(e.number("max"))
		t.Max = &most
	}
	return web.T(ctx, "定下“%s”：%s。期限：%s。", e.word("indicator"), web.Often(ctx, e.line.Entry.Field("period"), web.Promise(t)), e.day("deadline"))
}

func sayMilestoneRecorded(ctx context.Context, e entryWords) string {
	return web.T(ctx, "定下“%s”。期限：%s。", e.word("title"), e.day("due"))
}

func sayPhaseRecorded(ctx context.Context, e entryWords) string {
	return web.T(ctx, "定下阶段“%s”：%s 到 %s。", e.word("name"), e.day("first"), e.day("last"))
}

func sayQuestionRecorded(ctx context.Context, e entryWords) string {
	if e.line.Entry.Field("state") != string(plan.QuestionAnswered) {
		return web.T(ctx, "读的时候问过：%s以后再答。", e.word("question"))
	}
	return web.T(ctx, "读的时候问过：「%s」答：「%s」。", e.word("question"), e.word("answer"))
}

func sayChangeRecorded(ctx context.Context, e entryWords) string {
	what := e.names[e.line.Entry.Subject("item")]
	if what == "" {
		what = e.names[e.line.Entry.Subject("plan")]
	}
	why := e.word("cause")
	if why == "" {
		why = web.T(ctx, "没有写")
	}
	switch plan.AmendmentKind(e.line.Entry.Field("kind")) {
	case plan.Replan:
		return web.T(ctx, "调整了“%s”。原因：“%s”。%s批准。", what, why, e.day("approved_day"))
	case plan.LateAnswer:
		return web.T(ctx, "答了“%s”里待定的问题。说明：“%s”。", what, why)
	case plan.NewText:
		return web.T(ctx, "“%s”的出处换到重新印发的文件。", what)
	}
	return web.T(ctx, "勘误“%s”：“%s”", what, why)
}

func sayRestated(ctx context.Context, e entryWords) string {
	return web.T(ctx, "方案现在叫《%s》。", e.word("title"))
}

func sayDifferenceDeclined(ctx context.Context, e entryWords) string {
	return web.T(ctx, "重新印发的文件里有一处（%s）没有照改。原因：“%s”", web.DifferenceWord(ctx, plan.ChangeKind(e.line.Entry.Field("kind"))), e.word("why"))
}
