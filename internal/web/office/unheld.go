package office

import (
	"context"
	"net/http"

	"luoshi/internal/desk"
	"luoshi/internal/web"
)

// unheldShown is how many of one kind are listed: where a whole county has no accounts
// yet, more would hide the others.
const unheldShown = 200

func (s *side) unheld(w http.ResponseWriter, r *http.Request) error {
	u, err := s.office.Unheld(r.Context(), who(r.Context()))
	if err == nil {
		web.Show(w, r, http.StatusOK, unheldPage(u))
	}
	return err
}

// unheldCount is how many things nobody holds, for who may see them.
func (s *side) unheldCount(ctx context.Context) (int, error) {
	if !who(ctx).May("account.read") {
		return 0, nil
	}
	return s.office.UnheldCount(ctx, who(ctx))
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
