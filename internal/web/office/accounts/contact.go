package accounts

import (
	"context"
	"net/http"
	"net/url"

	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

func contact(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	if _, err := s.Office.Accounts(ctx, page.Who(ctx)); err != nil {
		return page.Sheet{}, err
	}
	city := web.Of(ctx).City
	return page.Sheet{
		Title: web.T(ctx, "电话和地址"), Back: "/office/accounts", Button: web.T(ctx, "存下"),
		Lede: web.T(ctx, "写在每一页的下面，谁都看得到。"),
		Inputs: []page.Input{
			{Name: "phone", Kind: "text", Label: web.T(ctx, "电话"), Hint: web.T(ctx, "有人接的号码，可以写上班时间。")},
			{Name: "address", Kind: "text", Label: web.T(ctx, "地址")},
		},
		Stands: url.Values{"phone": {city.Phone}, "address": {city.Address}},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			return "/office/accounts", s.Office.Contact(ctx, cmd, f.Value("phone"), f.Value("address"))
		},
	}, nil
}
