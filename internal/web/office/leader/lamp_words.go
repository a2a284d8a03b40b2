package leader

import (
	"context"
	"strconv"

	"luoshi/calendar"
	"luoshi/internal/web"
	"luoshi/plan"
)

// ruleLine says what lights a lamp.
type ruleLine struct {
	Lamp  plan.Lamp
	Words string
}

// ruleLines say what lights each lamp, in the order in which they are looked at.
func ruleLines(ctx context.Context, r plan.LampRules) (out []ruleLine) {
	add := func(l plan.Lamp, words string) { out = append(out, ruleLine{l, words}) }
	add(plan.LampComplete, web.T(ctx, "报了完成，局办公室确认了。"))
	add(plan.LampWaiting, web.T(ctx, "报了完成，还没有确认。"))
	add(plan.LampOverdue, web.T(ctx, "期限过了，报过进展，没有报完成。以后不再报，也还是逾期。"))
	add(plan.LampBlocked, web.T(ctx, "最近一次报的是受阻。"))
	if r.Behind > 0 {
		add(plan.LampBehind, web.T(ctx, "到今天该办成的步数，比报办成的多出 %s%%以上；或者过了开始的日子，报的还是未启动。", web.Count(r.Behind)))
	}
	add(plan.LampNone, web.T(ctx, "从来没有报过，或者刚结束的一期到了日子没有报，或者报的退回了。不知道就是灰的，不红也不绿。"))
	if r.Near > 0 {
		near, words := plan.LampDueSoon, web.T(ctx, "离期限还有 %s 天以内。", web.Count(r.Near))
		if r.Working {
			words = web.T(ctx, "离期限还有 %s 个工作日以内。", web.Count(r.Near))
		}
		if r.Blue {
			near = plan.LampNear
		}
		add(near, words)
	}
	add(plan.LampNotStarted, web.T(ctx, "最近一次报的是未启动。"))
	add(plan.LampUnderWay, web.T(ctx, "最近一次报的是推进中，上面几条都没有碰上。"))
	add(plan.LampIdle, web.T(ctx, "还没有到开始的日子。"))
	return out
}

// announcedYears are the years, one after the other, whose days off are known as they
// were announced.
func announcedYears() string {
	first, last := calendar.AnnouncedYears()
	return strconv.Itoa(first) + "–" + strconv.Itoa(last)
}
