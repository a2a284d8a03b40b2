package leader

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

const lampsPath = "/office/lamps"

// lampSetPath leads to setting a lamp by hand; of the whole item where the unit is 0.
func lampSetPath(p id.Plan, i id.Item, u id.Unit) string {
	path := page.PlanPath(p) + "/lamps/" + i.String()
	if u != 0 {
		path += "?unit=" + u.String()
	}
	return path
}

func lampBackPath(h plan.LampHand, p id.Plan) string {
	path := page.PlanPath(p) + "/lamps/" + h.Item.String() + "/back"
	if h.Unit != 0 {
		path += "?unit=" + h.Unit.String()
	}
	return path
}

// lampRules is the page 灯的规则: what the rules say, and the form that sets others.
func lampRules(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	stand, day, err := s.Office.LampRules(ctx, page.Who(ctx))
	if err != nil {
		return page.Sheet{}, err
	}
	sh := page.Sheet{Title: web.T(ctx, "灯的规则"), Back: page.LeaderPath, Button: web.T(ctx, "就这样定"),
		Lede: web.T(ctx, "全市的灯都照这里亮。改了以后，所有的灯马上照新的规则算；以前报的、以前的承诺都不动。")}
	sh.Stands = rulesForm(stand)
	presets := page.Input{Name: "preset", Kind: "radio", Label: web.T(ctx, "照哪一种"), Hint: web.T(ctx, "选“自己定”，才用下面填的数。")}
	for _, p := range append(slices.Clone(plan.LampPresets), plan.PresetOwn) {
		presets.Choices = append(presets.Choices, web.Choice{Value: string(p), Words: web.PresetWord(ctx, p)})
	}
	sh.Inputs = []page.Input{presets,
		{Name: "near", Kind: "text", Label: web.T(ctx, "提前几天算快到期"), Hint: web.T(ctx, "0 到 90；写 0 就不提前亮。")},
		{Name: "working", Kind: "radio", Label: web.T(ctx, "怎么数这几天"), Choices: []web.Choice{{Value: "", Words: web.T(ctx, "按日历天数")}, {Value: "1", Words: web.T(ctx, "按工作日")}}},
		{Name: "blue", Kind: "radio", Label: web.T(ctx, "快到期亮什么"), Choices: []web.Choice{{Value: "", Words: web.T(ctx, "黄灯")}, {Value: "1", Words: web.T(ctx, "蓝灯")}}},
		{Name: "behind", Kind: "text", Label: web.T(ctx, "差多少算偏慢"), Hint: web.T(ctx, "到今天该办成的步数，比报办成的多出百分之几，就亮黄灯“偏慢”；写 0 就不亮。")},
	}
	sh.Below = rulesTable(stand, day)
	if !page.Who(ctx).May("lamp.set") {
		sh.Stop = fault.New(fault.Denied, "规则由局办公室经办定。")
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		rules, err := rulesIn(f)
		if err != nil {
			return "", err
		}
		return lampsPath, s.Office.SetLampRules(ctx, cmd, rules)
	}
	return sh, nil
}

func rulesForm(r plan.LampRules) url.Values {
	flag := func(b bool) string {
		if b {
			return "1"
		}
		return ""
	}
	return url.Values{"preset": {string(r.Preset)}, "near": {strconv.Itoa(r.Near)}, "working": {flag(r.Working)}, "blue": {flag(r.Blue)}, "behind": {strconv.Itoa(r.Behind)}}
}

func rulesIn(f web.Form) (r plan.LampRules, err error) {
	if p := plan.LampPreset(f.Value("preset")); slices.Contains(plan.LampPresets, p) {
		return p.Rules(), nil
	} else if p != plan.PresetOwn {
		return r, fault.New(fault.Invalid, "请选照哪一种。").In("preset")
	}
	r.Working, r.Blue = f.Value("working") == "1", f.Value("blue") == "1"
	for _, n := range []struct {
		name string
		to   *int
	}{{"near", &r.Near}, {"behind", &r.Behind}} {
		if *n.to, err = strconv.Atoi(f.Value(n.name)); err != nil {
			return r, fault.New(fault.Invalid, "请写一个整数。").In(n.name)
		}
	}
	return r, r.Check()
}

// lampOn finds an item's lamp on the board of its plan; of a unit where the request names one.
func lampOn(s *page.Side, r *http.Request) (p id.Plan, b desk.LampBoard, row desk.BoardRow, c desk.BoardCell, unit id.Unit, err error) {
	p, errPlan := id.Of[id.Plan](r.PathValue("plan"))
	item, errItem := id.Of[id.Item](r.PathValue("item"))
	if errPlan != nil || errItem != nil {
		return p, b, row, c, 0, desk.ErrMissing
	}
	if asked := r.FormValue("unit"); asked != "" {
		if unit, err = id.Of[id.Unit](asked); err != nil {
			return p, b, row, c, 0, desk.ErrMissing
		}
	}
	if b, err = s.Office.ItemBoard(r.Context(), page.Who(r.Context()), p, item); err != nil {
		return p, b, row, c, unit, err
	}
	row = b.Rows[0]
	if c = row.Whole; unit != 0 {
		if c = row.Units[unit]; !c.Lit() {
			return p, b, row, c, unit, desk.ErrMissing
		}
	}
	return p, b, row, c, unit, nil
}

// setLamp sets a lamp by hand.
func setLamp(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	p, b, row, c, unit, err := lampOn(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	sh := page.Sheet{Title: web.T(ctx, "手工定灯"), Back: leaderOf(p) + "#" + why(row.Item.ID), Button: web.T(ctx, "定下"), Quote: row.Item.Title, Hidden: []string{"unit"},
		Lede: web.T(ctx, "现在：%s。%s。", web.LampWord(ctx, c.Lamp), web.LampSentence(ctx, c.LampLit)), Stands: url.Values{}}
	if unit != 0 {
		sh.Stands.Set("unit", unit.String())
		sh.Lede = b.Units[unit].Name + web.Comma(ctx) + sh.Lede
	}
	lamps := page.Input{Name: "lamp", Kind: "radio", Label: web.T(ctx, "亮哪一种灯")}
	for _, l := range plan.HandLamps {
		lamps.Choices = append(lamps.Choices, web.Choice{Value: string(l), Words: web.LampWord(ctx, l)})
	}
	sh.Inputs = []page.Input{lamps,
		{Name: "reason", Kind: "area", Rows: "3", Label: web.T(ctx, "为什么要手工定"), Hint: web.T(ctx, "写在灯的旁边，单位里看得到，不公开。最多 200 个字。")},
		{Name: "until", Kind: "date", Label: web.T(ctx, "到哪天为止"), Hint: web.T(ctx, "含当日。不写，就一直到收回为止。")},
	}
	if c.Hand != nil {
		sh.Below = handStands(*c.Hand, p)
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		until, err := page.DayIn(f, "until")
		if err != nil {
			return "", err
		}
		return leaderOf(p) + "?done=lamp#" + why(row.Item.ID), s.Office.SetLamp(ctx, cmd, p,
			plan.LampHand{Item: row.Item.ID, Unit: unit, Lamp: plan.Lamp(f.Value("lamp")), Reason: f.Value("reason"), Until: until})
	}
	return sh, nil
}

// takeLampBack lets the rules speak again.
func takeLampBack(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	p, _, row, c, unit, err := lampOn(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	sh := page.Sheet{Title: web.T(ctx, "收回手工定的灯"), Back: leaderOf(p) + "#" + why(row.Item.ID), Button: web.T(ctx, "收回"), Quote: row.Item.Title, Hidden: []string{"unit"},
		Lede: web.T(ctx, "现在：%s。%s。", web.LampWord(ctx, c.Lamp), web.LampSentence(ctx, c.LampLit)), Stands: url.Values{}}
	if unit != 0 {
		sh.Stands.Set("unit", unit.String())
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return leaderOf(p) + "?done=back#" + why(row.Item.ID), s.Office.TakeLampBack(ctx, cmd, p, row.Item.ID, unit)
	}
	return sh, nil
}
