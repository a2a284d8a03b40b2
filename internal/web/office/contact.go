package office

import (
	"context"
	"net/http"
	"net/url"

	"luoshi/internal/desk"
	"luoshi/internal/web"
)

func contact(s *side, r *http.Request) (sheet, error) {
	ctx := r.Context()
	if _, err := s.office.Accounts(ctx, who(ctx)); err != nil {
		return sheet{}, err
	}
	city := web.Of(ctx).City
	return sheet{
		title: web.T(ctx, "电话和地址"), back: "/office/accounts", button: web.T(ctx, "存下"),
		lede: web.T(ctx, "写在每一页的下面，谁都看得到。"),
		inputs: []input{
			{name: "phone", kind: "text", label: web.T(ctx, "电话"), hint: web.T(ctx, "有人接的号码，可以写上班时间。")},
			{name: "address", kind: "text", label: web.T(ctx, "地址")},
		},
		stands: url.Values{"phone": {city.Phone}, "address": {city.Address}},
		act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			return "/office/accounts", s.office.Contact(ctx, cmd, f.Value("phone"), f.Value("address"))
		},
	}, nil
}
