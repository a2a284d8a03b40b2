package accounts

import (
	"context"
	"net/http"

	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// unheldShown is how many of one kind are listed: where a whole county has no accounts
// yet, more would hide the others.
const unheldShown = 200

func unheld(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	u, err := s.Office.Unheld(r.Context(), page.Who(r.Context()))
	if err == nil {
		web.Show(w, r, http.StatusOK, unheldPage(u))
	}
	return err
}

// UnheldCount is how many things nobody holds, for who may see them.
func UnheldCount(s *page.Side, ctx context.Context) (int, error) {
	if !page.Who(ctx).May("account.read") {
		return 0, nil
	}
	return s.Office.UnheldCount(ctx, page.Who(ctx))
}

// whyEmpty says how it came that nobody holds a post.
func whyEmpty(ctx context.Context, p desk.UnheldPost) string {
	switch {
	case p.Closed:
		return web.T(ctx, "账号停用了")
	case p.Last != "":
		return web.T(ctx, "原来的人到%s为止", web.Date(ctx, p.Last))
	}
	return web.T(ctx, "设了岗位，还没有人")
}
