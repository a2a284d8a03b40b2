package plans

import (
	"net/http"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// preview shows the public pages as they would be if what somebody prepared were made
// public: the same pages, under an address of the office.
func preview(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return desk.ErrMissing
	}
	as, err := s.Office.Preview(r.Context(), page.Who(r.Context()), p)
	if fault.Is(err, fault.Missing) {
		return errNotPrepared
	}
	if err != nil {
		return err
	}
	view := web.Of(r.Context())
	view.Preview = &web.Preview{Base: page.PlanPath(p) + "/preview", Next: page.PlanPath(p) + "/publish/confirm", Again: page.PlanPath(p) + "/publish"}
	view.Path, view.Who = "/"+r.PathValue("rest"), nil
	inner := r.WithContext(web.With(r.Context(), view))
	at := *r.URL
	at.Path, at.RawPath = view.Path, ""
	inner.URL = &at
	s.Public(as).ServeHTTP(w, inner)
	return nil
}

// previewPath is the page of a plan as the public would see it.
func previewPath(plan string) string { return "/office/plans/" + plan + "/preview/plans/" + plan }
