package accounts

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"
)

// manyAccounts opens the same account in many units below one: all of one level, but
// those that were unticked. Who gets it is not known yet, and is said at the first
// sign-in.
func manyAccounts(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	if err := desk.MayOpenAccounts(page.Who(ctx)); err != nil {
		return page.Sheet{}, err
	}
	above, err := accountsUnit(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	u, err := s.Office.UnitOn(ctx, page.Who(ctx), above, s.Office.Today())
	if err != nil {
		return page.Sheet{}, err
	}
	if !u.Can("account.open") {
		return page.Sheet{}, desk.MayNot("account.open")
	}
	units, choices, err := unitsForMany(s, ctx, u)
	if err != nil {
		return page.Sheet{}, err
	}
	if len(choices) == 0 {
		return page.Sheet{Title: web.T(ctx, "一次开许多账号"), Back: accountsPath(above), Stop: fault.New(fault.Conflict, "%s 下面没有单位。请先从名单导入单位。", u.Unit.Name)}, nil
	}
	all := make([]string, len(choices))
	for i, c := range choices {
		all[i] = c.Value
	}
	return page.Sheet{
		Title: web.T(ctx, "一次开许多账号"), Back: accountsPath(above), Button: web.T(ctx, "开这些账号，接着打印条子"), To: "/office/accounts/many?unit=" + above.String(),
		Lede: web.T(ctx, "每个单位一个岗位、一个账号、一张条子。拿到条子的人第一次登录时写自己的姓名。已经有这个岗位的单位会跳过。"),
		Inputs: []page.Input{
			{Name: "title", Kind: "text", Label: web.T(ctx, "岗位"), Hint: web.T(ctx, "例如 文化站长、文化管理员。对外只显示岗位，不显示姓名。")},
			rolesInput(ctx),
			{Name: "units", Kind: "radio", Label: web.T(ctx, "给哪些单位开"), Choices: choices},
			{Name: "without", Kind: "area", Rows: "3", Label: web.T(ctx, "除了"), Hint: web.T(ctx, "不开的单位，一行一个名称。没有就不填。")},
		},
		Stands: standsForMany(all),
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			chosen, ok := units[f.Value("units")]
			if !ok {
				return "", fault.New(fault.Invalid, "请选给哪些单位开。").In("units")
			}
			m := desk.ManyAccounts{Title: f.Value("title"), Roles: rolesOf(f)}
			without, err := unitsLeftOut(f.Value("without"), chosen)
			if err != nil {
				return "", err
			}
			for _, x := range chosen {
				if !slices.Contains(without, x.ID) {
					m.Units = append(m.Units, x.ID)
				}
			}
			_, err = s.Office.OpenAccounts(ctx, cmd, m)
			return "/office/accounts/opened?unit=" + above.String() + "&level=" + url.QueryEscape(f.Value("units")) + "&title=" + url.QueryEscape(m.Title), err
		},
	}, nil
}

// standsForMany is what is mostly meant: in villages the keeper who reports, above them
// the clerk.
func standsForMany(levels []string) url.Values {
	title, role := "文化站长", org.UnitClerk
	if levels[0] == string(org.Village) {
		title, role = "文化管理员", org.Reporter
	}
	return url.Values{"units": {levels[0]}, "roles": {string(role)}, "title": {title}}
}

// unitsForMany gives the groups of units below one that may get accounts at once: its
// direct ones by level, and all townships of a city.
func unitsForMany(s *page.Side, ctx context.Context, u desk.OfficeUnit) (map[string][]org.Unit, []web.Choice, error) {
	units := map[string][]org.Unit{}
	var choices []web.Choice
	offer := func(l org.Level, all []org.Unit) {
		if len(all) > 0 && len(units[string(l)]) == 0 {
			units[string(l)] = all
			choices = append(choices, web.Choice{Value: string(l), Words: web.T(ctx, "%s（%s 个）", web.LevelName(ctx, l), web.Count(len(all)))})
		}
	}
	for _, l := range org.Levels {
		offer(l, page.OfLevel(u.Below, l))
	}
	if u.Unit.Level == org.CityLevel || u.Unit.Level == org.Bureau {
		for _, l := range []org.Level{org.County, org.Township} {
			all, err := s.Office.UnitsOfLevel(ctx, l, 0)
			if err != nil {
				return nil, nil, err
			}
			offer(l, all)
		}
	}
	return units, choices, nil
}

// unitsLeftOut finds the units that somebody names, one a line.
func unitsLeftOut(names string, among []org.Unit) (out []id.Unit, err error) {
	for name := range linesOf(names) {
		found := false
		for _, u := range among {
			if u.Name == name {
				found = true
				out = append(out, u.ID)
			}
		}
		if !found {
			return nil, fault.New(fault.Invalid, "没有叫“%s”的单位。请照名单上的写，或者删去这一行。", name).In("without")
		}
	}
	return out, nil
}

// openedMany shows the accounts that were opened at once, ready to have slips printed: of
// the units below the one, and of those only whose holder has not signed in yet. A new
// slip would put an older one out of use.
func openedMany(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	above, err := accountsUnit(s, r)
	if err != nil {
		return err
	}
	title, level := r.URL.Query().Get("title"), org.Level(r.URL.Query().Get("level"))
	lines, err := s.Office.AccountsByTitle(ctx, page.Who(ctx), level, title)
	if err != nil {
		return err
	}
	u, err := s.Office.UnitOn(ctx, page.Who(ctx), above, s.Office.Today())
	if err != nil {
		return err
	}
	units, _, err := unitsForMany(s, ctx, u)
	if err != nil {
		return err
	}
	meant := map[id.Unit]bool{}
	for _, x := range units[string(level)] {
		meant[x.ID] = true
	}
	lines = slices.DeleteFunc(lines, func(l desk.AccountLine) bool { return !meant[l.UnitID] || l.Name != "" || l.Sealed })
	web.Show(w, r, http.StatusOK, openedManyPage(u.Unit, title, lines))
	return nil
}
