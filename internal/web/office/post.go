package office

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"
)

func ofLevel(units []org.Unit, l org.Level) (out []org.Unit) {
	for _, u := range units {
		if u.Level == l {
			out = append(out, u)
		}
	}
	return out
}

func roleNames(ctx context.Context, roles []org.Role) string {
	var names []string
	for _, r := range roles {
		names = append(names, web.Word(ctx, r))
	}
	return strings.Join(names, web.T(ctx, "、")+web.Gap(ctx))
}

// termWords says as what and until when a post is filled, where that needs saying.
func termWords(ctx context.Context, t org.Term, today calendar.Day) string {
	var out []string
	if t.Kind == org.Acting {
		out = append(out, web.T(ctx, "代理"))
	}
	if t.From > today {
		out = append(out, web.T(ctx, "从%s起", web.Date(ctx, t.From)))
	}
	if t.To != "" {
		out = append(out, web.T(ctx, "到%s为止", web.Date(ctx, t.To)))
	}
	return strings.Join(out, web.T(ctx, "，"))
}

// rolesInput asks for the roles of a post: those that who asks may give.
func rolesInput(ctx context.Context) input {
	in := input{name: "roles", kind: "checks", label: web.T(ctx, "职责"), hint: web.T(ctx, "每一项能做什么，看「谁能做什么」。")}
	for _, role := range offeredRoles(who(ctx)) {
		in.choices = append(in.choices, web.Choice{Value: string(role), Words: web.Word(ctx, role) + " · " + roleHint(ctx, role)})
	}
	return in
}

func offeredRoles(w desk.Who) []org.Role {
	if w.May("account.roles") {
		return org.Roles
	}
	return org.UnitRoles
}

// mayGive says whether somebody may give all roles of a post: only then may they say who
// fills it.
func mayGive(w desk.Who, roles []org.Role) bool {
	offered := offeredRoles(w)
	return !slices.ContainsFunc(roles, func(r org.Role) bool { return !slices.Contains(offered, r) })
}

// notTheirs says, before anything is filled in, that a post is for the administrator.
func notTheirs(w desk.Who, p org.Post) *fault.Fault {
	if mayGive(w, p.Roles) {
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

func openPost(s *side, r *http.Request) (sheet, error) {
	ctx := r.Context()
	u, err := s.unitSheet(r, "account.open")
	if err != nil {
		return sheet{}, err
	}
	return sheet{
		title: web.T(ctx, "设岗位"), quote: u.Unit.Name, back: unitPath(u.Unit.ID), button: web.T(ctx, "设岗位"),
		inputs: []input{
			{name: "title", kind: "text", label: web.T(ctx, "岗位"), hint: web.T(ctx, "例如 文化站长、文化管理员。对外只显示岗位，不显示姓名。")},
			rolesInput(ctx),
		},
		act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			_, err := s.office.OpenPost(ctx, cmd, org.Post{Unit: u.Unit.ID, Title: f.Value("title"), Roles: rolesOf(f)})
			return unitPath(u.Unit.ID), err
		},
	}, nil
}

// postOf reads the post that the address names, with its unit.
func (s *side) postOf(r *http.Request) (org.Post, org.Unit, error) {
	post, err := id.Of[id.Post](r.PathValue("post"))
	if err != nil {
		return org.Post{}, org.Unit{}, desk.ErrMissing
	}
	return s.office.Post(r.Context(), who(r.Context()), post)
}

func accountOfPost(s *side, r *http.Request) (sheet, error) {
	ctx := r.Context()
	p, u, err := s.postOf(r)
	if err != nil {
		return sheet{}, err
	}
	return sheet{
		title: web.T(ctx, "给岗位开账号"), quote: u.Name + " · " + p.Title, back: unitPath(u.ID), button: web.T(ctx, "开账号"),
		inputs: []input{
			{name: "name", kind: "text", label: web.T(ctx, "姓名")},
			{name: "phone", kind: "tel", label: web.T(ctx, "电话"), hint: web.T(ctx, "可以不填。只有管账号的人看得到，和姓名一样封存着。")},
		},
		act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			account, err := s.office.OpenAccount(ctx, cmd, desk.NewAccount{Post: p.ID, Name: f.Value("name"), Phone: f.Value("phone")})
			return accountPath(account), err
		},
	}, nil
}

func appoint(s *side, r *http.Request) (sheet, error) {
	ctx := r.Context()
	p, u, err := s.postOf(r)
	if err != nil {
		return sheet{}, err
	}
	people, err := s.peopleNear(ctx, u)
	if err != nil {
		return sheet{}, err
	}
	return sheet{
		title: web.T(ctx, "任职或代理"), quote: u.Name + " · " + p.Title, stop: notTheirs(who(ctx), p), back: unitPath(u.ID), button: web.T(ctx, "任职"),
		lede: web.T(ctx, "一个人可以有几个岗位。原来的人请假，选“代理”，写明到哪一天；原来的人离开，用“交接”。"),
		inputs: []input{
			{name: "account", kind: "select", label: web.T(ctx, "谁"), hint: web.T(ctx, "列的是本单位、上级和下级单位里有账号的人。"), choices: people},
			{name: "kind", kind: "radio", label: web.T(ctx, "怎样任职"), choices: []web.Choice{{Value: string(org.Holder), Words: web.T(ctx, "任职")}, {Value: string(org.Acting), Words: web.T(ctx, "代理（原来的人请假）")}}},
			{name: "from", kind: "date", label: web.T(ctx, "从哪一天起")},
			{name: "to", kind: "date", label: web.T(ctx, "到哪一天为止"), hint: web.T(ctx, "任职可以不写；代理要写。")},
		},
		stands: url.Values{"kind": {string(org.Acting)}, "from": {string(s.office.Today())}},
		act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			account, err := id.Of[id.Account](f.Value("account"))
			if err != nil {
				return "", fault.New(fault.Invalid, "请选是谁。").In("account")
			}
			if err := s.office.Appoint(ctx, cmd, org.Term{Account: account, Post: p.ID, Kind: org.TermKind(f.Value("kind")),
				From: calendar.Day(f.Value("from")), To: calendar.Day(f.Value("to"))}); err != nil {
				return "", err
			}
			return unitPath(u.ID), s.endSlips(ctx, p.Roles, account)
		},
	}, nil
}

// endSlips ends the slips of accounts that came to roles which only an administrator
// gives: somebody else may have printed them, and kept one.
func (s *side) endSlips(ctx context.Context, roles []org.Role, accounts ...id.Account) error {
	if !desk.OfTheBureau(roles) {
		return nil
	}
	return s.login.DropSlips(ctx, accounts)
}

// peopleNear offers the people with an account in a unit, the one above and those below.
func (s *side) peopleNear(ctx context.Context, u org.Unit) ([]web.Choice, error) {
	out := []web.Choice{{Value: "", Words: web.T(ctx, "请选")}}
	seen := map[id.Account]bool{}
	for _, unit := range []id.Unit{u.ID, u.Parent} {
		if unit == 0 {
			continue
		}
		all, err := s.office.AccountsIn(ctx, who(ctx), unit)
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

func rolesOfPost(s *side, r *http.Request) (sheet, error) {
	ctx := r.Context()
	p, u, err := s.postOf(r)
	if err != nil {
		return sheet{}, err
	}
	stands := url.Values{}
	for _, role := range p.Roles {
		stands.Add("roles", string(role))
	}
	return sheet{
		title: web.T(ctx, "改职责"), quote: u.Name + " · " + p.Title, stop: notTheirs(who(ctx), p), back: unitPath(u.ID), button: web.T(ctx, "照这样改"),
		lede:   web.T(ctx, "马上就算数：在这个岗位上的人，下一步就按新的职责。"),
		inputs: []input{rolesInput(ctx)}, stands: stands,
		act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			if err := s.office.GiveRoles(ctx, cmd, p.ID, rolesOf(f)); err != nil {
				return "", err
			}
			all, err := s.fills(ctx, u.ID, p.ID)
			if err != nil {
				return "", err
			}
			return unitPath(u.ID), s.endSlips(ctx, rolesOf(f), all...)
		},
	}, nil
}

// fills gives the accounts that fill a post, or are to.
func (s *side) fills(ctx context.Context, unit id.Unit, post id.Post) (all []id.Account, err error) {
	u, err := s.office.UnitOn(ctx, who(ctx), unit, s.office.Today())
	for _, p := range u.Posts {
		for _, f := range p.Filled {
			if p.ID == post {
				all = append(all, f.Account)
			}
		}
	}
	return all, err
}

func endPost(s *side, r *http.Request) (sheet, error) {
	ctx := r.Context()
	p, u, err := s.postOf(r)
	if err != nil {
		return sheet{}, err
	}
	return sheet{
		title: web.T(ctx, "撤岗位"), quote: u.Name + " · " + p.Title, stop: notTheirs(who(ctx), p), back: unitPath(u.ID), button: web.T(ctx, "撤岗位"),
		lede: web.T(ctx, "今天是最后一天。在这个岗位上做过的事都留着。"),
		act: func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
			return unitPath(u.ID), s.office.EndPost(ctx, cmd, p.ID)
		},
	}, nil
}

func endTerm(s *side, r *http.Request) (sheet, error) {
	ctx := r.Context()
	p, u, err := s.postOf(r)
	if err != nil {
		return sheet{}, err
	}
	term, err := id.Of[id.Term](r.PathValue("term"))
	if err != nil {
		return sheet{}, desk.ErrMissing
	}
	return sheet{
		title: web.T(ctx, "免去"), quote: u.Name + " · " + p.Title, stop: notTheirs(who(ctx), p), back: unitPath(u.ID), button: web.T(ctx, "免去"),
		lede:   web.T(ctx, "有人接的用“交接”：要办的事一起交，还有一张签字的清单。"),
		inputs: []input{{name: "to", kind: "date", label: web.T(ctx, "最后一天")}},
		stands: url.Values{"to": {string(s.office.Today())}},
		act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			return unitPath(u.ID), s.office.EndTerm(ctx, cmd, p.ID, term, calendar.Day(f.Value("to")))
		},
	}, nil
}
