package indicators

import (
	"context"
	"net/http"
	"strings"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

func countTargetPath(t id.Target) string { return "/office/targets/" + t.String() + "/goal" }

// newIndicator is the choice of an indicator that is opened with the goal.
const newIndicator = "new"

// countTarget makes a target countable: by an indicator that is there, or by a new one.
func countTarget(s *page.Side, r *http.Request) (page.Sheet, error) {
	which, err := id.Of[id.Target](r.PathValue("target"))
	if err != nil {
		return page.Sheet{}, desk.ErrMissing
	}
	ctx := r.Context()
	t, err := s.Office.TargetToCount(ctx, page.Who(ctx), which)
	if err != nil {
		return page.Sheet{}, err
	}
	sh := page.Sheet{Title: web.T(ctx, "把目标数起来"), Quote: t.Target.Quote, Back: page.FiguresPath, Button: web.T(ctx, "数起来"), Above: targetToCount(t)}
	first, last := desk.MonthSpan(t.Goal.From, t.Goal.To)
	sh.Stands = indicatorValues(t.Indicator)
	sh.Stands.Set("indicator", newIndicator)
	for _, i := range t.Known {
		if i.Name == t.Indicator.Name {
			sh.Stands.Set("indicator", i.ID.String())
		}
	}
	sh.Stands.Set("from", monthOf(first))
	sh.Stands.Set("to", monthOf(last))
	sh.Inputs = append([]page.Input{
		{Name: "from", Kind: "month", Label: web.T(ctx, "从哪个月数起"), Hint: spanHint(ctx, t)},
		{Name: "to", Kind: "month", Label: web.T(ctx, "数到哪个月（含当月）"), Hint: web.T(ctx, "写成 2012-12 的样子。")},
		{Name: "windows", Kind: "area", Rows: "2", Label: web.T(ctx, "可以办的季节"), Hint: web.T(ctx, "一行一段，写从哪天到哪天，例如：06-01 到 09-16。每年都一样。不写，就是天天都能办。")},
	}, indicatorChoice(ctx, t)...)
	inputs := indicatorInputs(ctx)
	sh.Inputs = append(sh.Inputs, page.Input{Kind: "part", Label: web.T(ctx, "新设的指标")})
	sh.Inputs = append(sh.Inputs, inputs...)
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		g := fact.Goal{Target: which}
		if g.From, err = monthIn(f, "from"); err != nil {
			return "", err
		}
		if g.To, err = monthIn(f, "to"); err != nil {
			return "", err
		}
		_, g.To = desk.MonthSpan(g.From, g.To)
		if g.Windows, err = fact.TypedWindows(f.Value("windows")); err != nil {
			return "", err
		}
		if f.Value("indicator") != newIndicator {
			if g.Indicator, err = id.Of[id.Indicator](f.Value("indicator")); err != nil {
				return "", fault.New(fault.Invalid, "请选一个指标，或者选新设。").In("indicator")
			}
			_, err = s.Office.SetGoal(ctx, cmd, g)
			return page.FiguresPath + "?done=counted", err
		}
		i, err := indicatorIn(f)
		if err != nil {
			return "", err
		}
		_, err = s.Office.SetGoalWith(ctx, cmd, g, i)
		return page.FiguresPath + "?done=counted", err
	}
	return sh, nil
}

// indicatorChoice asks by which indicator a target is counted.
func indicatorChoice(ctx context.Context, t desk.TargetToCount) []page.Input {
	in := page.Input{Name: "indicator", Kind: "select", Label: web.T(ctx, "用哪个指标数"), Hint: web.T(ctx, "已经有的指标，数不用再报一遍。选了已有的，下面新设的那一段不看。"),
		Choices: []web.Choice{{Value: newIndicator, Words: web.T(ctx, "新设一个，照下面的写")}}}
	for _, i := range t.Known {
		in.Choices = append(in.Choices, web.Choice{Value: i.ID.String(), Words: i.Name + "（" + i.Measure + "）", Document: true})
	}
	return []page.Input{in}
}

// spanHint says where the months that are proposed come from.
func spanHint(ctx context.Context, t desk.TargetToCount) string {
	switch {
	case t.Goal.From == "" && t.Goal.To == "":
		return web.T(ctx, "目标和方案都没有写起止，请您定。写成 2012-01 的样子。")
	case t.Goal.From == "" || t.Goal.To == "":
		return web.T(ctx, "起止里有一个没有写，请您定。写成 2012-01 的样子。")
	}
	words := web.T(ctx, "目标写的是 %s 到 %s。", web.Date(ctx, t.Goal.From), web.Date(ctx, t.Goal.To))
	if t.ByPhases {
		words = web.T(ctx, "目标没有写全，照方案的阶段是 %s 到 %s。", web.Date(ctx, t.Goal.From), web.Date(ctx, t.Goal.To))
	}
	if !fact.WholeMonths(t.Goal.From, t.Goal.To) {
		words += web.Gap(ctx) + web.T(ctx, "数按整月加，所以取整月。")
	}
	return words
}

func monthOf(d calendar.Day) string {
	if d == "" {
		return ""
	}
	return fact.Month(d)
}

// monthIn reads a month of a form, and gives its first day.
func monthIn(f web.Form, name string) (calendar.Day, error) {
	d, err := calendar.ParseDay(strings.TrimSpace(f.Value(name)) + "-01")
	if err != nil {
		return "", fault.New(fault.Invalid, "“%s”不是月份，请写成 2012-01 的样子。", f.Shown(name)).In(name)
	}
	return d, nil
}

// sharesPath leads to how a unit parts a goal; 0 is the reader's own unit.
func sharesPath(g id.Goal, unit id.Unit) string {
	path := "/office/goals/" + g.String() + "/shares"
	if unit != 0 {
		path += "/" + unit.String()
	}
	return path
}

// ownShares sends on to how the reader's own unit parts a goal.
func ownShares(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	g, err := id.Of[id.Goal](r.PathValue("goal"))
	if err != nil {
		return desk.ErrMissing
	}
	u, _, err := s.Office.CountedPlans(r.Context(), page.Who(r.Context()), 0)
	if err == nil {
		page.SeeOther(w, r, sharesPath(g, u.ID))
	}
	return err
}
