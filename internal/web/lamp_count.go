package web

import (
	"context"

	"luoshi/plan"
)

// countClause works out the figure that a lamp tells of: what came, what was promised, and
// what should be there by today.
func countClause(ctx context.Context, l plan.LampLit) string {
	if len(l.Counts) == 0 || l.Said == plan.LampComplete {
		return ""
	}
	c := l.Count
	words := CountFigure(ctx, c)
	if c.Told && c.Whole > 0 && c.Checked < c.Reported && !c.Falls {
		words += Comma(ctx) + T(ctx, "其中算数 %s", Figure(c.Checked))
	}
	switch c.Pace {
	case plan.CountMissed:
		if c.Over() {
			break
		}
		words += Comma(ctx) + T(ctx, "期限过了")
	case plan.CountUntold, plan.CountFine, plan.CountSlow, plan.CountLate:
		switch {
		case c.Falls && c.Told:
			words += Comma(ctx) + T(ctx, "到今天应降到 %s", Figure(c.Expected))
		case c.Ceiling && c.Told:
			words += Comma(ctx) + T(ctx, "日子过了 %s%%，到今天最多 %s", Count(c.Due), Figure(c.Expected))
		case !c.Falls && !c.Ceiling:
			words += Comma(ctx) + T(ctx, "应到 %s%%", Count(c.Due))
		}
	}
	switch {
	case c.Silent > 0 && c.Units > 0:
		words += Comma(ctx) + T(ctx, "%s 个单位报了数，%s 个没有报", Count(c.Units), Count(c.Silent))
	case c.Units > 0:
		words += Comma(ctx) + T(ctx, "%s 个单位报了数", Count(c.Units))
	}
	return words
}

// CountFigure writes what came of what was promised: 1,320 / 1,500 场，88%.
func CountFigure(ctx context.Context, c plan.LampCount) string {
	switch {
	case c.Falls && !c.Told:
		return T(ctx, "未报数（应降到 %s %s）", Figure(c.Whole), c.Unit)
	case c.Falls:
		return T(ctx, "现在 %s %s，要降到 %s，降了 %s%%", Figure(c.Reported), c.Unit, Figure(c.Whole), Count(c.Share))
	case c.Ceiling && !c.Told:
		return T(ctx, "未报数（上限 %s %s）", Figure(c.Whole), c.Unit)
	case c.Over():
		return T(ctx, "报来 %s %s，上限 %s，超了 %s", Figure(c.Reported), c.Unit, Figure(c.Whole), Figure(c.Reported-c.Whole))
	case c.Ceiling:
		return T(ctx, "报来 %s %s，上限 %s，用了 %s%%", Figure(c.Reported), c.Unit, Figure(c.Whole), Count(c.Share))
	case !c.Told && c.Whole > 0:
		return T(ctx, "未报数（应完成 %s %s）", Figure(c.Whole), c.Unit)
	case !c.Told:
		return T(ctx, "未报数")
	case c.Whole <= 0:
		return T(ctx, "报来 %s %s", Figure(c.Reported), c.Unit)
	}
	words := T(ctx, "报来 %s / %s %s", Figure(c.Reported), Figure(c.Whole), c.Unit)
	if c.Pace == plan.CountOpen && c.Share == 0 {
		return words
	}
	return words + Comma(ctx) + Count(c.Share) + "%"
}
