package office

import (
	"context"
	"net/http"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"
)

func (s *side) accounts(w http.ResponseWriter, r *http.Request) error {
	all, err := s.office.Accounts(r.Context(), who(r.Context()))
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, accountsPage(all, r.URL.Query().Get("erased") != ""))
	return nil
}

func newAccount(s *side, r *http.Request) (sheet, error) {
	ctx := r.Context()
	if err := desk.MayOpenAccounts(who(ctx)); err != nil {
		return sheet{}, err
	}
	roles := input{name: "roles", kind: "checks", label: web.T(ctx, "职责"),
		hint: web.T(ctx, "启用和公开要由两个人来做，所以至少要有一位经办和另一位审签。")}
	for _, role := range org.Roles {
		roles.choices = append(roles.choices, web.Choice{Value: string(role), Words: web.Word(ctx, role) + " · " + roleHint(ctx, role)})
	}
	return sheet{
		title: web.T(ctx, "开一个账号"), back: "/office/accounts", button: web.T(ctx, "开账号"),
		lede: web.T(ctx, "开好以后，在名单里这个人的一行点“发一次性链接”，把链接交给本人。密码由本人自己设，您看不到。职责以后不能改，开错了要停用再开。"),
		inputs: []input{
			{name: "unit", kind: "text", label: web.T(ctx, "科室或单位"), hint: web.T(ctx, "例如 局办公室、市图书馆。没有的会新建。")},
			{name: "title", kind: "text", label: web.T(ctx, "岗位"), hint: web.T(ctx, "例如 综合岗。对外只显示岗位，不显示姓名。")},
			{name: "name", kind: "text", label: web.T(ctx, "姓名")},
			{name: "phone", kind: "tel", label: web.T(ctx, "电话"), hint: web.T(ctx, "可以不填。只有管理员看得到，和姓名一样封存着。")},
			roles,
		},
		act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			a := desk.NewAccount{Unit: f.Value("unit"), Title: f.Value("title"), Name: f.Value("name"), Phone: f.Value("phone")}
			for _, role := range f.Values["roles"] {
				a.Roles = append(a.Roles, org.Role(role))
			}
			account, err := s.office.OpenAccount(ctx, cmd, a)
			return accountPath(account), err
		},
		madeAt: func(answers []int64) string { return "/office/accounts" },
	}, nil
}

// accountPath is the line of an account in the list.
func accountPath(account id.Account) string {
	return "/office/accounts?opened=" + account.String() + "#" + account.String()
}

func roleHint(ctx context.Context, role org.Role) string {
	switch role {
	case org.Clerk:
		return web.T(ctx, "导入、修改和启用方案")
	case org.Approver:
		return web.T(ctx, "公开和结束方案")
	}
	return web.T(ctx, "管理账号")
}

// accountLink shows a fresh one-time link of an account, once.
func (s *side) accountLink(w http.ResponseWriter, r *http.Request) error {
	all, err := s.office.Accounts(r.Context(), who(r.Context()))
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.ID.String() != r.PathValue("account") || a.State != org.AccountOpen {
			continue
		}
		token, err := s.login.NewLink(r.Context(), a.ID)
		if err != nil {
			return err
		}
		web.Show(w, r, http.StatusOK, accountLinkPage(a, addressOf(r, "/office/link/"+token)))
		return nil
	}
	return desk.ErrMissing
}

// accountName is by what an account's line is known.
func accountName(ctx context.Context, a desk.Account) string {
	switch {
	case a.State == org.AccountErased:
		return web.T(ctx, "（已抹去）")
	case a.Name == "":
		return web.T(ctx, "（未解封）")
	}
	return a.Name
}

// account finds the account that the address names.
func (s *side) account(r *http.Request) (desk.Account, error) {
	all, err := s.office.Accounts(r.Context(), who(r.Context()))
	if err != nil {
		return desk.Account{}, err
	}
	for _, a := range all {
		if a.ID.String() == r.PathValue("account") {
			return a, nil
		}
	}
	return desk.Account{}, desk.ErrMissing
}

func closeAccount(s *side, r *http.Request) (sheet, error) {
	ctx := r.Context()
	a, err := s.account(r)
	if err != nil {
		return sheet{}, err
	}
	return sheet{
		title: web.T(ctx, "停用账号"), back: "/office/accounts", button: web.T(ctx, "停用"),
		lede: web.T(ctx, "停用以后，%s 不能再登录。做过的事都留着。", accountName(ctx, a)),
		act: func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
			if err := s.office.CloseAccount(ctx, cmd, a.ID); err != nil {
				return "", err
			}
			return "/office/accounts", s.login.EndAll(ctx, a.ID)
		},
	}, nil
}

func eraseAccount(s *side, r *http.Request) (sheet, error) {
	ctx := r.Context()
	a, err := s.account(r)
	if err != nil {
		return sheet{}, err
	}
	return sheet{
		title: web.T(ctx, "抹去是谁"), back: "/office/accounts", button: web.T(ctx, "抹去，不能恢复"),
		lede: web.T(ctx, "抹去的：%s 这个姓名和电话、登录用的账号名和密码、登录记录里的地址和浏览器；存证里写着姓名的原文也一起抹去。留下的：科室、岗位和做过的事，存证照样核对得上。抹去以后谁也找不回来，从旧的备份恢复时会再抹去一次。",
			accountName(ctx, a)),
		stop: fault.Of(a.CheckErase()),
		act: func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
			if err := s.office.EraseAccount(ctx, cmd, a.ID); err != nil {
				return "", err
			}
			return "/office/accounts?erased=1", s.login.Erase(ctx, a.ID) // by its job, if not now
		},
	}, nil
}
