package office

import (
	"net/http"

	"luoshi/internal/desk"
	"luoshi/internal/web"
)

func (s *side) search(w http.ResponseWriter, r *http.Request) error {
	find := func(a desk.Asked) (desk.Findings, error) { return s.office.Search(r.Context(), who(r.Context()), a) }
	page, err := web.FindIn(r, s.office.Today(), find, foundPath)
	if err != nil {
		return err
	}
	web.Show(w, r, page.Status(), searchPage(page))
	return nil
}

// foundPath is where what was found is worked on; units and posts have their public page.
func foundPath(f desk.Found) string {
	switch {
	case f.Item != 0:
		return planPath(f.Plan) + "#i-" + f.Item.String()
	case f.Plan != 0:
		return planPath(f.Plan)
	}
	return "/units/" + f.Unit.String()
}
