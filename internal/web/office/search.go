package office

import (
	"net/http"

	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

func search(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	find := func(a desk.Asked) (desk.Findings, error) {
		return s.Office.Search(r.Context(), page.Who(r.Context()), a)
	}
	reads := page.Who(r.Context()).May("plan.read")
	found, err := web.FindIn(r, s.Office.Today(), find, func(f desk.Found) string { return foundPath(f, reads) })
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
		return page.PlanPath(f.Plan) + "#i-" + f.Item.String()
	case f.Plan != 0:
		return page.PlanPath(f.Plan)
	}
	return page.UnitPath(f.Unit)
}
