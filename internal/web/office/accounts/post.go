package accounts

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"
)

// rolesInput asks for the roles of a post: those that who asks may give.
func rolesInput(ctx context.Context) page.Input {
	in := page.Input{Name: "roles", Kind: "checks", Label: web.T(ctx, "职责"), Hint: web.T(ctx, "每一项能做什么，看「谁能做什么」。")}
	for _, role := range page.OfferedRoles(page.Who(ctx)) {
		in.Choices = append(in.Choices, web.Choice{Value: string(role), Words: web.Word(ctx, role) + " · " + roleHint(ctx, role)})
	}
	return in
}

// notTheirs says, before anything is filled in, that a post is for the administrator.
func notTheirs(w desk.Who, p org.Post) *fault.Fault {
	if page.MayGive(w, p.Roles) {
		return nil
	}
	return fault.New(fault.Denied, "“%s”有局里的职责（经办、审签、管理员、领导小组、审计），请管理员来办。", p.Title)
}

func rolesOf(f web.Form) (out []org.Role) {
	for _, r := range f.Values["roles"] {
		out = append(out, org.Role(r))
	}
	return out
}

func openPost(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	u, err := s.UnitSheet(r, "account.open")
	if err != nil {
		return page.Sheet{}, err
	}
	return page.Sheet{
		Title: web.T(ctx, "设岗位"), Quote: u.Unit.Name, Back: page.UnitPath(u.Unit.ID), Button: web.T(ctx, "设岗位"),
		Inputs: []page.Input{
			{Name: "title", Kind: "text", Label: web.T(ctx, "岗位"), Hint: web.T(ctx, "例如 文化站长、文化管理员。对外只显示岗位，不显示姓名。")},
			rolesInput(ctx),
		},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			_, err := s.Office.OpenPost(ctx, cmd, org.Post{Unit: u.Unit.ID, Title: f.Value("title"), Roles: rolesOf(f)})
			return page.UnitPath(u.Unit.ID), err
		},
	}, nil
}

// postOf reads the post that the address names, with its unit.
func postOf(s *page.Side, r *http.Request) (org.Post, org.Unit, error) {
	post, err := id.Of[id.Post](r.PathValue("post"))
	if err != nil {
		return org.Post{}, org.Unit{}, desk.ErrMissing
	}
	return s.Office.Post(r.Context(), page.Who(r.Context()), post)
}

func accountOfPost(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	p, u, err := postOf(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	return page.Sheet{
		Title: web.T(ctx, "给岗位开账号"), Quote: u.Name + " · " + p.Title, Back: page.UnitPath(u.ID), Button: web.T(ctx, "开账号"),
		Inputs: []page.Input{
			{Name: "name", Kind: "text", Label: web.T(ctx, "姓名")},
			{Name: "phone", Kind: "tel", Label: web.T(ctx, "电话"), Hint: web.T(ctx, "可以不填。只有管账号的人看得到，和姓名一样封存着。")},
		},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			account, err := s.Office.OpenAccount(ctx, cmd, desk.NewAccount{Post: p.ID, Name: f.Value("name"), Phone: f.Value("phone")})
			return accountPath(account), err
		},
	}, nil
}

func appoint(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	p, u, err := postOf(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	people, err := peopleNear(s, ctx, u)
	if err != nil {
		return page.Sheet{}, err
	}
	return page.Sheet{
		Title: web.T(ctx, "任职或代理"), Quote: u.Name + " · " + p.Title, Stop: notTheirs(page.Who(ctx), p), Back: page.UnitPath(u.ID), Button: web.T(ctx, "任职"),
		Lede: web.T(ctx, "一个人可以有几个岗位。原来的人请假，选“代理”，写明到哪一天；原来的人离开，用“交接”。"),
		Inputs: []page.Input{
			{Name: "account", Kind: "select", Label: web.T(ctx, "谁"), Hint: web.T(ctx, "列的是本单位、上级和下级单位里有账号的人。"), Choices: people},
			{Name: "kind", Kind: "radio", Label: web.T(ctx, "怎样任职"), Choices: []web.Choice{{Value: string(org.Holder), Words: web.T(ctx, "任职")}, {Value: string(org.Acting), Words: web.T(ctx, "代理（原来的人请假）")}}},
			{Name: "from", Kind: "date", Label: web.T(ctx, "从哪一天起")},
			{Name: "to", Kind: "date", Label: web.T(ctx, "到哪一天为止"), Hint: web.T(ctx, "任职可以不写；代理要写。")},
		},
		Stands: url.Values{"kind": {string(org.Acting)}, "from": {string(s.Office.Today())}},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			account, err := id.Of[id.Account](f.Value("account"))
			if err != nil {
				return "", fault.New(fault.Invalid, "请选是谁。").In("account")
			}
			if err := s.Office.Appoint(ctx, cmd, org.Term{Account: account, Post: p.ID, Kind: org.TermKind(f.Value("kind")),
				From: calendar.Day(f.Value("from")), To: calendar.Day(f.Value("to"))}); err != nil {
				return "", err
			}
			return page.UnitPath(u.ID), endSlips(s, ctx, p.Roles, account)
		},
	}, nil
}

// endSlips ends the slips of accounts that came to roles which only an administrator
// gives: somebody else may have printed them, and kept one.
func endSlips(s *page.Side, ctx context.Context, roles []org.Role, accounts ...id.Account) error {
	if !desk.OfTheBureau(roles) {
		return nil
	}
	return s.Login.DropSlips(ctx, accounts)
}

// peopleNear offers the people with an account in a unit, the one above and those below.
func peopleNear(s *page.Side, ctx context.Context, u org.Unit) ([]web.Choice, error) {
	out := []web.Choice{{Value: "", Words: web.T(ctx, "请选")}}
	seen := map[id.Account]bool{}
	for _, unit := range []id.Unit{u.ID, u.Parent} {
		if unit == 0 {
			continue
		}
		all, err := s.Office.AccountsIn(ctx, page.Who(ctx), unit)
		if fault.Is(err, fault.Denied) && unit != u.ID {
			continue // the one above is not theirs to see
		}
		if err != nil {
			return nil, err
		}
		for _, a := range all {
			if !seen[a.ID] {
				seen[a.ID] = true
				out = append(out, web.Choice{Value: a.ID.String(), Words: strings.TrimSpace(a.Name + " " + a.Unit + " · " + a.Title), Document: true})
			}
		}
	}
	return out, nil
}

func rolesOfPost(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	p, u, err := postOf(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	stands := url.Values{}
	for _, role := range p.Roles {
		stands.Add("roles", string(role))
	}
	return page.Sheet{
		Title: web.T(ctx, "改职责"), Quote: u.Name + " · " + p.Title, Stop: notTheirs(page.Who(ctx), p), Back: page.UnitPath(u.ID), Button: web.T(ctx, "照这样改"),
		Lede:   web.T(ctx, "马上就算数：在这个岗位上的人，下一步就按新的职责。"),
		Inputs: []page.Input{rolesInput(ctx)}, Stands: stands,
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			if err := s.Office.GiveRoles(ctx, cmd, p.ID, rolesOf(f)); err != nil {
				return "", err
			}
			all, err := fills(s, ctx, u.ID, p.ID)
			if err != nil {
				return "", err
			}
			return page.UnitPath(u.ID), endSlips(s, ctx, rolesOf(f), all...)
		},
	}, nil
}

// fills gives the accounts that fill a post, or are to.
func fills(s *page.Side, ctx context.Context, unit id.Unit, post id.Post) (all []id.Account, err error) {
	u, err := s.Office.UnitOn(ctx, page.Who(ctx), unit, s.Office.Today())
	for _, p := range u.Posts {
		for _, f := range p.Filled {
			if p.ID == post {
				all = append(all, f.Account)
			}
		}
	}
	return all, err
}

func endPost(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	p, u, err := postOf(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	return page.Sheet{
		Title: web.T(ctx, "撤岗位"), Quote: u.Name + " · " + p.Title, Stop: notTheirs(page.Who(ctx), p), Back: page.UnitPath(u.ID), Button: web.T(ctx, "撤岗位"),
		Lede: web.T(ctx, "今天是最后一天。在这个岗位上做过的事都留着。"),
		Act: func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
			return page.UnitPath(u.ID), s.Office.EndPost(ctx, cmd, p.ID)
		},
	}, nil
}

func endTerm(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	p, u, err := postOf(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	term, err := id.Of[id.Term](r.PathValue("term"))
	if err != nil {
		return page.Sheet{}, desk.ErrMissing
	}
	return page.Sheet{
		Title: web.T(ctx, "免去"), Quote: u.Name + " · " + p.Title, Stop: notTheirs(page.Who(ctx), p), Back: page.UnitPath(u.ID), Button: web.T(ctx, "免去"),
		Lede:   web.T(ctx, "有人接的用“交接”：要办的事一起交，还有一张签字的清单。"),
		Inputs: []page.Input{{Name: "to", Kind: "date", Label: web.T(ctx, "最后一天")}},
		Stands: url.Values{"to": {string(s.Office.Today())}},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			return page.UnitPath(u.ID), s.Office.EndTerm(ctx, cmd, p.ID, term, calendar.Day(f.Value("to")))
		},
	}, nil
}
