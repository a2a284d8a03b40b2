package web

import (
	"context"
	"strings"

	"luoshi/calendar"
	"luoshi/plan"
)

// LampSentence says why a lamp shines, in one sentence that can be checked: its days, and
// what was reported last.
func LampSentence(ctx context.Context, l plan.LampLit) string {
	parts := []string{countClause(ctx, l), dueClause(ctx, l), saidClause(ctx, l)}
	if l.Hand != nil {
		parts = append(parts, handClause(ctx, *l.Hand, l))
	}
	kept := parts[:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, Comma(ctx))
}

// LitWord is the word of a lamp as it shines: an order is answered, not reported.
func LitWord(ctx context.Context, l plan.LampLit) string {
	switch {
	case l.Answers && l.Hand == nil && l.Lamp == plan.LampNone:
		return T(ctx, "等回复")
	case l.Answers && l.Hand == nil && l.Lamp == plan.LampWaiting:
		return T(ctx, "待认可")
	}
	return LampWord(ctx, l.Lamp)
}

// dueClause says how the day of a promise lies.
func dueClause(ctx context.Context, l plan.LampLit) string {
	day := func(d calendar.Day) string { return NearDate(ctx, l.Today, d) }
	switch {
	case l.Said == plan.LampComplete:
		return ""
	case l.Said == plan.LampNone && l.Start != "" && l.Today < l.Start:
		return T(ctx, "%s才开始", day(l.Start))
	case l.Step.Due != "":
		return T(ctx, "“%s”%s到期，%s，没有报办成；到今天该办成 %s 步，报办成的 %s 步", l.Step.Title, day(l.Step.Due), Past(ctx, l.Step.Due, l.Today), Count(l.StepsDue), Count(l.StepsReached))
	case l.Said == plan.LampNotStarted && l.Start != "" && l.Start < l.Today:
		return T(ctx, "%s就该开始，%s", day(l.Start), Past(ctx, l.Start, l.Today))
	case l.Due == "" && len(l.Counts) > 0: // its figure is reached, or says itself what is due
		return ""
	case l.Due == "":
		return T(ctx, "没有写期限")
	case l.Due < l.Today:
		return T(ctx, "%s到期，%s", day(l.Due), Past(ctx, l.Due, l.Today))
	case l.Due == l.Today:
		return T(ctx, "今天到期")
	}
	if n := l.Today.Workdays(l.Due); n > 0 {
		return T(ctx, "%s到期，还有 %s 个工作日", day(l.Due), Count(n))
	}
	return T(ctx, "%s到期，还有 %s 天", day(l.Due), Count(l.Today.Until(l.Due)))
}

// Past says by how much a day has passed: in working days, or in days where there was none.
func Past(ctx context.Context, due, today calendar.Day) string {
	if n := due.Workdays(today); n > 0 {
		return T(ctx, "已过 %s 个工作日", Count(n))
	}
	return T(ctx, "已过 %s 天", Count(due.Until(today)))
}

// saidClause says what was reported last, and since when a report is missing.
func saidClause(ctx context.Context, l plan.LampLit) string {
	on := NearDate(ctx, l.Today, l.SaidOn)
	switch {
	case l.Answers && l.Said == plan.LampComplete:
		return T(ctx, "%s认可了回复", on)
	case l.Answers && l.Said == plan.LampWaiting:
		return T(ctx, "%s回复了，还没有认可", on)
	case l.Answers && l.Return != "":
		return T(ctx, "%s又问了一次，等着回复", NearDate(ctx, l.Today, l.Return))
	case l.Answers:
		return T(ctx, "还没有回复过")
	case l.Said == plan.LampComplete:
		return T(ctx, "%s报了完成，已经确认", on)
	case l.Said == plan.LampWaiting:
		return T(ctx, "%s报了完成，还没有确认", on)
	case l.Said == plan.LampNone && l.Silent != "":
		return T(ctx, "从来没有报过，%s起欠报", NearDate(ctx, l.Today, l.Silent))
	case l.Said == plan.LampNone:
		return T(ctx, "还没有报过")
	case l.Return != "":
		return T(ctx, "%s报的%s退回了，等着重报", on, NearDate(ctx, l.Today, l.Return))
	case l.Silent != "":
		return T(ctx, "最近一次报的是%s（%s），%s起没有再报", LampWord(ctx, l.Said), on, NearDate(ctx, l.Today, l.Silent))
	}
	return T(ctx, "最近一次报的是%s（%s）", LampWord(ctx, l.Said), on)
}

// handClause says that a lamp was set by hand, why, and what the rules say.
func handClause(ctx context.Context, h plan.LampHand, l plan.LampLit) string {
	words := T(ctx, "手工定的（%s）：%s，原来是%s", NearDate(ctx, l.Today, h.Day), strings.TrimRight(h.Reason, "。.，,"), LampWord(ctx, l.Ruled))
	if h.Until != "" {
		words += T(ctx, "，到%s为止", NearDate(ctx, l.Today, h.Until))
	}
	return words
}

// LampSince says since when a lamp shines, where that can be told: the day after its day,
// the day of the report that lit it, or since when a report is missing.
func LampSince(l plan.LampLit) calendar.Day {
	switch {
	case l.Hand != nil:
		return l.Hand.Day
	case l.Lamp == plan.LampOverdue && l.Due != "":
		return l.Due.AddDays(1)
	case l.Lamp == plan.LampBehind && l.Step.Due != "":
		return l.Step.Due.AddDays(1)
	case l.Lamp == plan.LampBehind && l.Said == plan.LampNotStarted && l.Start != "":
		return l.Start.AddDays(1)
	case l.Lamp == plan.LampNone && l.Return != "":
		return l.Return
	case l.Lamp == plan.LampNone:
		return l.Silent
	case l.Lamp == plan.LampBlocked, l.Lamp == plan.LampWaiting, l.Lamp == plan.LampComplete:
		return l.SaidOn
	}
	return ""
}
