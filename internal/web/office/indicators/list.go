package indicators

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"
)

// figuresView is what is counted of the plans in force, as one unit has its part in it.
type figuresView struct {
	Unit       org.Unit
	City       bool
	Plans      []desk.CountedPlan
	Indicators []fact.Indicator
	Today      calendar.Day
	Opens      bool // whether the reader may make targets countable
	Splits     bool
	Done       string
}

// uncounted counts the targets that are not counted yet.
func (v figuresView) uncounted() (n int) {
	for _, p := range v.Plans {
		n += len(p.Uncounted)
	}
	return n
}

// figures shows what is counted.
func figures(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	me, ctx := page.Who(r.Context()), r.Context()
	unit, err := page.UnitAsked(r)
	if err != nil {
		return err
	}
	v := figuresView{Today: s.Office.Today(), Opens: me.May("indicator.open"), Splits: me.May("split.issue"), Done: r.URL.Query().Get("done")}
	if v.Unit, v.Plans, err = s.Office.CountedPlans(ctx, me, unit); err != nil {
		return err
	}
	v.City = v.Unit.Level == org.Bureau || v.Unit.Level == org.CityLevel
	if v.Indicators, err = s.Office.Indicators(ctx, me); err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, figuresPage(v))
	return nil
}

// goalFiguresPath leads to those of one goal.
func goalFiguresPath(g desk.GoalFigures, unit id.Unit) string {
	q := url.Values{"goal": {g.Goal.ID.String()}}
	if unit != 0 {
		q.Set("unit", unit.String())
	}
	return page.ItemFiguresPath(g.Item.ID, 0) + "?" + q.Encode()
}

// goalSpan says over which months a goal is counted.
func goalSpan(ctx context.Context, g fact.Goal) string {
	words := web.T(ctx, "%s 到 %s", web.MonthName(ctx, g.From), web.MonthName(ctx, g.To))
	if seasons := web.Seasons(ctx, g.Windows); seasons != "" {
		words += web.Comma(ctx) + web.T(ctx, "只在%s办", seasons)
	}
	return words
}

// lacking says how much is still missing, or that it is there.
func lacking(ctx context.Context, g desk.GoalFigures) string {
	f, measure := g.Board.Total, g.Indicator().Measure
	words := web.T(ctx, "报来 %s，算数 %s", web.Figure(f.Reported), web.Figure(f.Counted))
	switch {
	case f.Facts == 0:
		return web.T(ctx, "未报")
	case !g.Owed:
		return words
	case g.Indicator().Way() == fact.Falls:
		if f.Reported > g.Whole {
			return words + web.T(ctx, "，还要降 %s %s", web.Figure(f.Reported-g.Whole), measure)
		}
		return words + web.T(ctx, "，降到了")
	case g.Indicator().Way() == fact.Ceiling:
		if f.Reported > g.Whole {
			return words + web.T(ctx, "，超了 %s %s", web.Figure(f.Reported-g.Whole), measure)
		}
		return words + web.T(ctx, "，上限以内还有 %s %s", web.Figure(g.Whole-f.Reported), measure)
	case f.Counted < g.Whole:
		return words + web.T(ctx, "，还差 %s %s", web.Figure(g.Whole-f.Counted), measure)
	}
	return words + web.T(ctx, "，够了")
}

// lastDay is by when a goal is to be reached: the deadline of its target as it stands, or
// the end of its span.
func lastDay(g desk.GoalFigures) calendar.Day { return desk.GoalEnd(g.Goal, g.Target) }

// paced reports whether something is expected of a goal by a day: not of one of which the
// unit was given no share.
func paced(g desk.GoalFigures) bool {
	return g.Owed && (g.Whole > 0 || g.Indicator().Way() != fact.Grows)
}

// barred reports whether a bar shows how much of a promise is there; what is to fall has none.
func barred(g desk.GoalFigures) bool {
	return paced(g) && g.Whole > 0 && g.Indicator().Way() != fact.Falls
}

// paceWords say what should be there by today, with its arithmetic.
func paceWords(ctx context.Context, g desk.GoalFigures, today calendar.Day) string {
	p := g.Pace(today)
	f := p.Figures()
	switch {
	case p.Way != fact.Grows:
		return web.DownWords(ctx, p)
	case today > p.To:
		return web.T(ctx, "期限 %s 过了", web.Date(ctx, p.To))
	}
	return web.T(ctx, "报了 %s%%，按日子到今天应有 %s（%s%%）", web.Count(f.Share), f.Expected, web.Count(f.Due))
}

// goalToldWords say how many of those that were asked told anything this month.
func goalToldWords(ctx context.Context, g desk.GoalFigures, month string) string {
	told, asked, _ := g.Told(month)
	if asked == 0 {
		return web.T(ctx, "本月 %s 个单位报了", web.Count(told))
	}
	return web.T(ctx, "本月 %s 个单位里报了 %s 个", web.Count(asked), web.Count(told))
}

// namesOf are the names of units in one line.
func namesOf(ctx context.Context, units []org.Unit) string {
	var out []string
	for _, u := range units {
		out = append(out, u.Name)
	}
	return strings.Join(out, web.T(ctx, "、"))
}

// classWords say in words what a class of evidence is.
func classWords(ctx context.Context, c fact.Class) string {
	switch c {
	case fact.ByRecipient:
		return web.T(ctx, "A：机器记下的，或者收到的人签收、确认的")
	case fact.Independent:
		return web.T(ctx, "B：别的单位、第三方证明的")
	}
	return web.T(ctx, "C：办的单位自己说的")
}

// aggregationWords say in words how facts come to one figure.
func aggregationWords(ctx context.Context, a fact.Aggregation) string {
	switch a {
	case fact.Distinct:
		return web.T(ctx, "去重：同一个人、同一样东西只算一次，写明是谁、是哪一个")
	case fact.Snapshot:
		return web.T(ctx, "时点数：各单位最后报的那个数加起来，像藏书多少册、人口多少")
	case fact.Once:
		return web.T(ctx, "每单位一次：办过的单位有几个")
	}
	return web.T(ctx, "累加：每次的数都加上，像多少场、多少册")
}
