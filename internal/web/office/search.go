package office

import (
	"net/http"

	"luoshi/internal/desk"
	"luoshi/internal/web"
)

func (s *side) search(w http.ResponseWriter, r *http.Request) error {
	find := func(a desk.Asked) (desk.Findings, error) { return s.office.Search(r.Context(), who(r.Context()), a) }
	reads := who(r.Context()).May("plan.read")
	found, err := web.FindIn(r, s.office.Today(), find, func(f desk.Found) string { return foundPath(f, reads) })
	if err != nil {
		return err
	}
	web.Show(w, r, found.Status(), searchPage(found))
	return nil
}

// foundPath is where what was found is worked on, or read as everybody reads it.
func foundPath(f desk.Found, reads bool) string {
	switch {
	case f.Item != 0 && !reads:
		return "/items/" + f.Item.String()
	case f.Plan != 0 && !reads:
		return "/plans/" + f.Plan.String()
	case f.Item != 0:
		return planPath(f.Plan) + "#i-" + f.Item.String()
	case f.Plan != 0:
		return planPath(f.Plan)
	}
	return unitPath(f.Unit)
}
