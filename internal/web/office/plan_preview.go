package office

import (
	"net/http"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
)

// previewPath is the page of a plan as the public would see it.
func previewPath(plan string) string { return "/office/plans/" + plan + "/preview/plans/" + plan }

// preview shows the public pages as they would be if what somebody prepared were made
// public: the same pages, under an address of the office.
func (s *side) preview(w http.ResponseWriter, r *http.Request) error {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return desk.ErrMissing
	}
	as, err := s.office.Preview(r.Context(), who(r.Context()), p)
	if fault.Is(err, fault.Missing) {
		return errNotPrepared
	}
	if err != nil {
		return err
	}
	view := web.Of(r.Context())
	view.Preview = &web.Preview{Base: planPath(p) + "/preview", Next: planPath(p) + "/publish/confirm", Again: planPath(p) + "/publish"}
	view.Path, view.Who = "/"+r.PathValue("rest"), nil
	inner := r.WithContext(web.With(r.Context(), view))
	at := *r.URL
	at.Path, at.RawPath = view.Path, ""
	inner.URL = &at
	s.public(as).ServeHTTP(w, inner)
	return nil
}
