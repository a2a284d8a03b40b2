package accounts

import (
	"context"
	"net/http"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"

	"github.com/a-h/templ"
)

// accounts lists the accounts of a unit and of those directly below it: of the whole
// city's upper units, or of one's own.
func accounts(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	unit, err := accountsUnit(s, r)
	if err != nil {
		return err
	}
	u, err := s.Office.UnitOn(ctx, page.Who(ctx), unit, s.Office.Today())
	if err != nil {
		return err
	}
	lines, err := s.Office.AccountsIn(ctx, page.Who(ctx), unit)
	if err != nil {
		return err
	}
	closed, err := s.Office.ClosedAccounts(ctx, page.Who(ctx), unit)
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, accountsPage(u, lines, closed, r.URL.Query()))
	return nil
}

// accountsUnit is the unit whose accounts are wanted: the one in the address, or that of
// the post by which somebody may see accounts. Of the whole city it begins at the bureau.
func accountsUnit(s *page.Side, r *http.Request) (id.Unit, error) {
	if want := r.URL.Query().Get("unit"); want != "" {
		unit, err := id.Of[id.Unit](want)
		if err != nil {
			return 0, desk.ErrMissing
		}
		return unit, nil
	}
	if page.Who(r.Context()).MayEverywhere("account.read") {
		return s.Office.Bureau(r.Context())
	}
	for _, h := range page.Who(r.Context()).Held {
		if desk.May("account.read", h.Roles) {
			return h.Unit, nil
		}
	}
	return 0, desk.MayNot("account.read")
}

func newAccount(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	if err := desk.MayOpenAccounts(page.Who(ctx)); err != nil {
		return page.Sheet{}, err
	}
	roles := rolesInput(ctx)
	if len(roles.Choices) == len(org.Roles) {
		roles.Hint = web.T(ctx, "启用和公开要由两个人来做，所以至少要有一位经办和另一位审签。")
	}
	unit, err := unitOfNew(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	asked := []page.Input{{Name: "unit", Kind: "text", Label: web.T(ctx, "科室或单位"), Hint: web.T(ctx, "例如 局办公室、市图书馆。没有的会新建为局里的处室。")}}
	if unit.ID != 0 {
		asked = nil
	}
	return page.Sheet{
		Title: web.T(ctx, "开一个账号"), Quote: unit.Name, Back: accountsPath(unit.ID), Button: web.T(ctx, "开账号"), To: newAccountPath(unit.ID),
		Lede: web.T(ctx, "开好以后，在名单里这个人的一行点“发一次性链接”，把链接交给本人。密码由本人自己设，您看不到。"),
		Inputs: append(asked, []page.Input{
			{Name: "title", Kind: "text", Label: web.T(ctx, "岗位"), Hint: web.T(ctx, "例如 综合岗。对外只显示岗位，不显示姓名。")},
			{Name: "name", Kind: "text", Label: web.T(ctx, "姓名")},
			{Name: "phone", Kind: "tel", Label: web.T(ctx, "电话"), Hint: web.T(ctx, "可以不填。只有管理员看得到，和姓名一样封存着。")},
			roles,
		}...),
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			a := desk.NewAccount{Unit: f.Value("unit"), UnitID: unit.ID, Title: f.Value("title"), Name: f.Value("name"), Phone: f.Value("phone")}
			for _, role := range f.Values["roles"] {
				a.Roles = append(a.Roles, org.Role(role))
			}
			account, err := s.Office.OpenAccount(ctx, cmd, a)
			return accountPath(account), err
		},
		Makes: true,
	}, nil
}

// unitOfNew is the unit for which an account is opened, where the address names one.
func unitOfNew(s *page.Side, r *http.Request) (org.Unit, error) {
	want := r.URL.Query().Get("unit")
	if want == "" {
		return org.Unit{}, nil
	}
	unit, err := id.Of[id.Unit](want)
	if err != nil {
		return org.Unit{}, desk.ErrMissing
	}
	u, err := s.Office.UnitOn(r.Context(), page.Who(r.Context()), unit, s.Office.Today())
	if err == nil && !u.Can("account.open") {
		err = desk.MayNot("account.open")
	}
	return u.Unit, err
}

// accountsPath is the list of the accounts of a unit; of none, where one's own list begins.
func accountsPath(unit id.Unit) string {
	if unit == 0 {
		return "/office/accounts"
	}
	return "/office/accounts?unit=" + unit.String()
}

// newAccountPath leads to opening an account, in a unit where one is named.
func newAccountPath(unit id.Unit) string {
	if unit == 0 {
		return "/office/accounts/new"
	}
	return "/office/accounts/new?unit=" + unit.String()
}

// accountPath is the line of an account in the list.
func accountPath(account id.Account) string { return "/office/accounts/" + account.String() }

// oneAccount sends on to the list in which an account stands.
func oneAccount(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	a, err := account(s, r)
	if err == nil {
		page.SeeOther(w, r, "/office/accounts?unit="+a.UnitID.String()+"&opened="+a.ID.String()+"#"+a.ID.String())
	}
	return err
}

func roleHint(ctx context.Context, role org.Role) string {
	switch role {
	case org.Clerk:
		return web.T(ctx, "局办公室：导入、修改和启用方案，分任务，管单位和账号")
	case org.Approver:
		return web.T(ctx, "公开和结束方案")
	case org.GroupMember:
		return web.T(ctx, "看全市办得怎样")
	case org.UnitHead:
		return web.T(ctx, "接受或退回分给本单位的任务，看下级的")
	case org.UnitClerk:
		return web.T(ctx, "同单位负责人，还给下级开账号、补条子")
	case org.Reporter:
		return web.T(ctx, "报本单位的数和进展，可以在几个人共用的手机上用 PIN 登录")
	case org.Verifier:
		return web.T(ctx, "核实下级报来的")
	case org.Auditor:
		return web.T(ctx, "什么都能看，什么都不能改")
	}
	return web.T(ctx, "管理单位、岗位和账号")
}

// accountLink shows a fresh one-time link of an account, once.
func accountLink(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	a, err := accountToReset(s, r)
	if err == nil && a.State != org.AccountOpen {
		err = desk.ErrMissing
	}
	if err != nil {
		return err
	}
	token, err := s.Login.NewLink(r.Context(), a.ID)
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, accountLinkPage(a, page.AddressOf(r, "/office/link/"+token)))
	return nil
}

// accountName is by what an account's line is known.
func accountName(ctx context.Context, a desk.Account) string {
	switch {
	case a.State == org.AccountErased:
		return web.T(ctx, "（已抹去）")
	case a.Name == "" && a.Sealed:
		return web.T(ctx, "（未解封）")
	case a.Name == "":
		return web.T(ctx, "（第一次登录时写）")
	}
	return a.Name
}

// nameLang says of a name that it is Chinese on every page.
func nameLang(a desk.Account) templ.Attributes {
	if a.Name == "" {
		return nil
	}
	return templ.Attributes{"lang": "zh-Hans"}
}

// account finds the account that the address names.
func account(s *page.Side, r *http.Request) (desk.Account, error) {
	account, err := id.Of[id.Account](r.PathValue("account"))
	if err != nil {
		return desk.Account{}, desk.ErrMissing
	}
	return s.Office.AccountOf(r.Context(), page.Who(r.Context()), account)
}

// accountToReset finds the account that the address names, for who may give its holder
// another way in, or end the ones that there are.
func accountToReset(s *page.Side, r *http.Request) (desk.Account, error) {
	a, err := account(s, r)
	if err == nil {
		err = s.Office.MayReset(r.Context(), page.Who(r.Context()), a.ID)
	}
	return a, err
}

func closeAccount(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	a, err := account(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	return page.Sheet{
		Title: web.T(ctx, "停用账号"), Quote: a.Name, Back: accountsPath(a.UnitID), Button: web.T(ctx, "停用"),
		Lede:  web.T(ctx, "停用以后，本人不能再登录，岗位空出来。做过的事都留着。有人接的用“交接”。"),
		Below: handoverLink(a.ID),
		Act: func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
			if err := s.Office.CloseAccount(ctx, cmd, a.ID); err != nil {
				return "", err
			}
			return accountsPath(a.UnitID), s.Login.EndAll(ctx, a.ID)
		},
	}, nil
}

func eraseAccount(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	a, err := account(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	return page.Sheet{
		Title: web.T(ctx, "抹去是谁"), Back: accountsPath(a.UnitID), Button: web.T(ctx, "抹去，不能恢复"),
		Lede: web.T(ctx, "抹去的：%s 这个姓名和电话、登录用的账号名和密码、登录记录里的地址和浏览器；存证里写着姓名的原文也一起抹去。留下的：科室、岗位和做过的事，存证照样核对得上。抹去以后谁也找不回来，从旧的备份恢复时会再抹去一次。",
			accountName(ctx, a)),
		Stop: fault.Of(a.CheckErase()),
		Act: func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
			if err := s.Office.EraseAccount(ctx, cmd, a.ID); err != nil {
				return "", err
			}
			return accountsPath(a.UnitID) + "&erased=1", s.Login.Erase(ctx, a.ID) // by its job, if not now
		},
	}, nil
}
