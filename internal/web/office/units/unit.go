package units

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"
)

// unitsTop sends on to the city, the top of the tree.
func unitsTop(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	top, err := s.Office.CityUnit(r.Context())
	if err == nil {
		page.SeeOther(w, r, page.UnitPath(topFor(page.Who(r.Context()), top)))
	}
	return err
}

// topFor is where somebody begins in the tree: who works for one unit at that unit, the
// others at the city.
func topFor(w desk.Who, city id.Unit) id.Unit {
	if w.May("plan.read") || len(w.Held) == 0 {
		return city
	}
	return w.Held[0].Unit
}

// unitEnded says whether the last day of a unit is set.
func unitEnded(u desk.OfficeUnit) bool {
	return len(u.History) > 0 && u.History[len(u.History)-1].To != ""
}

// unit shows a unit as it was on a day, with its posts as they are.
func unit(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	day := s.Office.Today()
	var wrong *fault.Fault
	if at := r.URL.Query().Get("at"); at != "" {
		if d, err := calendar.ParseDay(at); err != nil {
			wrong = fault.New(fault.Invalid, "“%s”不是日期，请写成 2012-01-01 的样子。", at).In("at")
		} else {
			day = d
		}
	}
	u, err := s.UnitOf(r, day)
	if err != nil {
		return err
	}
	form := web.NewForm(url.Values{"at": {cmp.Or(r.URL.Query().Get("at"), string(day))}})
	form.Fault = wrong
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	web.Show(w, r, status, unitPage(u, s.Office.Today(), form))
	return nil
}

func addUnit(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	u, err := s.UnitSheet(r, "unit.change")
	if err != nil {
		return page.Sheet{}, err
	}
	var levels []web.Choice
	for _, l := range org.Below(u.Unit.Level) {
		if l != org.Bureau { // a city is founded with its one
			levels = append(levels, web.Choice{Value: string(l), Words: web.LevelName(ctx, l)})
		}
	}
	sh := page.Sheet{
		Title: web.T(ctx, "设立下级单位"), Quote: u.Unit.Name, Back: page.UnitPath(u.Unit.ID), Button: web.T(ctx, "设立"),
		Lede: web.T(ctx, "一次要设立许多，用“从名单导入”更快。"),
		Inputs: []page.Input{
			{Name: "unit", Kind: "text", Label: web.T(ctx, "名称")},
			{Name: "level", Kind: "radio", Label: web.T(ctx, "哪一级"), Choices: levels},
			{Name: "code", Kind: "text", Label: web.T(ctx, "行政区划代码"), Hint: web.T(ctx, "没有可以不填，以后再补。")},
		},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			made, err := s.Office.OpenUnits(ctx, cmd, u.Unit.ID, []org.Unit{{Level: org.Level(f.Value("level")), Name: f.Value("unit"), Code: f.Value("code")}})
			return page.UnitPath(u.Unit.ID) + "?added=" + made[0].String(), err
		},
	}
	if len(levels) > 0 {
		sh.Stands = url.Values{"level": {levels[0].Value}}
	} else {
		sh.Stop = fault.New(fault.Conflict, "%s 这一级下面不设单位。", u.Unit.Name)
	}
	return sh, nil
}

// fromDay asks from which day on something holds; today is offered.
func fromDay(s *page.Side, ctx context.Context) page.Input {
	return page.Input{Name: "from", Kind: "date", Label: web.T(ctx, "从哪一天起"), Hint: web.T(ctx, "这一天以前的照旧：以前的数还算在以前的单位下面。")}
}

func changeUnit(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	u, err := s.UnitSheet(r, "unit.change")
	if err != nil {
		return page.Sheet{}, err
	}
	parents, err := placesFor(s, ctx, u.Unit)
	if err != nil {
		return page.Sheet{}, err
	}
	sh := page.Sheet{
		Title: web.T(ctx, "改名、改代码、移到别处"), Quote: u.Unit.Name, Back: page.UnitPath(u.Unit.ID), Button: web.T(ctx, "照这样改"),
		Inputs: []page.Input{
			{Name: "unit", Kind: "text", Label: web.T(ctx, "名称")},
			{Name: "code", Kind: "text", Label: web.T(ctx, "行政区划代码")},
		},
		Stands: url.Values{"unit": {u.Unit.Name}, "code": {u.Unit.Code}, "parent": {u.Unit.Parent.String()}, "from": {string(s.Office.Today())}},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			c := org.Change{Parent: u.Unit.Parent, Name: f.Value("unit"), Code: f.Value("code"), From: calendar.Day(f.Value("from"))}
			if len(parents) > 0 {
				parent, err := id.Of[id.Unit](f.Value("parent"))
				if err != nil {
					return "", fault.New(fault.Invalid, "请选它在哪个单位下面。").In("parent")
				}
				c.Parent = parent
			}
			return page.UnitPath(u.Unit.ID), s.Office.ChangeUnit(ctx, cmd, u.Unit.ID, c)
		},
	}
	if len(parents) > 0 {
		sh.Inputs = append(sh.Inputs, page.Input{Name: "parent", Kind: "select", Label: web.T(ctx, "在哪个单位下面"), Choices: parents})
	}
	sh.Inputs = append(sh.Inputs, fromDay(s, ctx))
	return sh, nil
}

// placesFor are the units below which a unit may be moved: all of the level of its
// parent. A division and the like stay where they are.
func placesFor(s *page.Side, ctx context.Context, u org.Unit) ([]web.Choice, error) {
	level := map[org.Level]org.Level{org.Township: org.County, org.Village: org.Township}[u.Level]
	if level == "" {
		return nil, nil
	}
	units, err := s.Office.UnitsOfLevel(ctx, level, 0)
	return namedUnits(s, ctx, units), err
}

// namedUnits offers units by name, with the name of the one above where a level has many.
func namedUnits(s *page.Side, ctx context.Context, units []org.Unit) (out []web.Choice) {
	above := map[id.Unit]string{}
	for _, u := range units {
		if u.Level != org.Township && u.Level != org.Village {
			out = append(out, web.Choice{Value: u.ID.String(), Words: u.Name, Document: true})
			continue
		}
		if _, known := above[u.Parent]; !known {
			if line, err := s.Office.Above(ctx, u.ID); err == nil && len(line) > 0 {
				above[u.Parent] = line[0].Name
			}
		}
		out = append(out, web.Choice{Value: u.ID.String(), Words: above[u.Parent] + " · " + u.Name, Document: true})
	}
	return out
}

func mergeUnit(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	u, err := s.UnitSheet(r, "unit.change")
	if err != nil {
		return page.Sheet{}, err
	}
	parent := id.Unit(0)
	if u.Unit.Level == org.Village { // others of its township; elsewhere it is moved first
		parent = u.Unit.Parent
	}
	peers, err := s.Office.UnitsOfLevel(ctx, u.Unit.Level, parent)
	if err != nil {
		return page.Sheet{}, err
	}
	peers = slices.DeleteFunc(peers, func(p org.Unit) bool { return p.ID == u.Unit.ID })
	slices.SortStableFunc(peers, func(a, b org.Unit) int { // neighbours first
		return cmp.Compare(apart(a, u.Unit), apart(b, u.Unit))
	})
	sh := page.Sheet{
		Title: web.T(ctx, "并到别的单位"), Quote: u.Unit.Name, Back: page.UnitPath(u.Unit.ID), Button: web.T(ctx, "合并单位"),
		Lede: web.T(ctx, "从那一天起这个单位撤销：它下面的单位、它的岗位和人员都转过去。以前的数还查得到，按今天的单位合计时算在接着办的单位里。"),
		Inputs: []page.Input{
			{Name: "into", Kind: "select", Label: web.T(ctx, "并到哪个单位"), Choices: append([]web.Choice{{Value: "", Words: web.T(ctx, "请选")}}, namedUnits(s, ctx, peers)...)},
			fromDay(s, ctx),
		},
		Stands: url.Values{"from": {string(s.Office.Today().AddDays(1))}},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			into, err := id.Of[id.Unit](f.Value("into"))
			if err != nil {
				return "", fault.New(fault.Invalid, "请选并到哪个单位。").In("into")
			}
			return page.UnitPath(into), s.Office.MergeUnit(ctx, cmd, u.Unit.ID, into, calendar.Day(f.Value("from")))
		},
	}
	if len(peers) == 0 {
		sh.Stop = fault.New(fault.Conflict, "没有同级的单位可以并进去。")
	}
	return sh, nil
}

// apart is 0 for units below one parent, 1 for others.
func apart(a, b org.Unit) int {
	if a.Parent == b.Parent {
		return 0
	}
	return 1
}

func splitUnit(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	u, err := s.UnitSheet(r, "unit.change")
	if err != nil {
		return page.Sheet{}, err
	}
	var below []web.Choice
	for _, b := range u.Below {
		below = append(below, web.Choice{Value: b.ID.String(), Words: b.Name, Document: true})
	}
	return page.Sheet{
		Title: web.T(ctx, "分出一个新单位"), Quote: u.Unit.Name, Back: page.UnitPath(u.Unit.ID), Button: web.T(ctx, "分出"),
		Inputs: []page.Input{
			{Name: "unit", Kind: "text", Label: web.T(ctx, "新单位的名称")},
			{Name: "code", Kind: "text", Label: web.T(ctx, "行政区划代码"), Hint: web.T(ctx, "没有可以不填，以后再补。")},
			fromDay(s, ctx),
			{Name: "below", Kind: "checks", Label: web.T(ctx, "哪些跟着过去"), Choices: below},
		},
		Stands: url.Values{"from": {string(s.Office.Today())}},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			p := desk.NewPart{Name: f.Value("unit"), Code: f.Value("code"), From: calendar.Day(f.Value("from"))}
			for _, v := range f.Values["below"] {
				b, err := id.Of[id.Unit](v)
				if err != nil {
					return "", desk.ErrMissing
				}
				p.Below = append(p.Below, b)
			}
			made, err := s.Office.SplitUnit(ctx, cmd, u.Unit.ID, p)
			return page.UnitPath(made), err
		},
	}, nil
}

func closeUnit(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	u, err := s.UnitSheet(r, "unit.change")
	if err != nil {
		return page.Sheet{}, err
	}
	return page.Sheet{
		Title: web.T(ctx, "撤销单位"), Quote: u.Unit.Name, Back: page.UnitPath(u.Unit.ID), Button: web.T(ctx, "撤销单位"),
		Lede:   web.T(ctx, "没有单位接着办的才撤销；有的用“合并”。它的岗位一起撤，人员的账号留着。"),
		Inputs: []page.Input{{Name: "from", Kind: "date", Label: web.T(ctx, "从哪一天起没有了")}},
		Stands: url.Values{"from": {string(s.Office.Today().AddDays(1))}},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			return page.UnitPath(u.Unit.Parent), s.Office.CloseUnit(ctx, cmd, u.Unit.ID, calendar.Day(f.Value("from")))
		},
	}, nil
}

func describeUnit(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	u, err := s.UnitSheet(r, "unit.describe")
	if err != nil {
		return page.Sheet{}, err
	}
	return page.Sheet{
		Title: web.T(ctx, "工作机构和联系方式"), Quote: u.Unit.Name, Back: page.UnitPath(u.Unit.ID), Button: web.T(ctx, "存下"),
		Inputs: []page.Input{
			{Name: "working_body", Kind: "text", Label: web.T(ctx, "工作机构"), Hint: web.T(ctx, "例如 云溪县文广新局。公众看得到。由单位自己办的不用写。")},
			{Name: "phone", Kind: "text", Label: web.T(ctx, "公开电话"), Hint: web.T(ctx, "有人接的号码，可以写上班时间。公众在本单位和下面乡镇、村的页面上看得到；不写，就写上一级的。")},
			{Name: "contact", Kind: "text", Label: web.T(ctx, "联系方式"), Hint: web.T(ctx, "催办和丢了条子时打的电话。只有内部看得到。")},
		},
		Stands: url.Values{"working_body": {u.Body}, "phone": {u.Phone}, "contact": {u.Contact}},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			return page.UnitPath(u.Unit.ID), s.Office.DescribeUnit(ctx, cmd, u.Unit.ID, desk.UnitWork{Body: f.Value("working_body"), Contact: f.Value("contact"), Phone: f.Value("phone")})
		},
	}, nil
}
