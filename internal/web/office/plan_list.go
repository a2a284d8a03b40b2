package office

import (
	"net/http"

	"luoshi/internal/web"
)

func (s *side) plans(w http.ResponseWriter, r *http.Request) error {
	all, err := s.office.Plans(r.Context(), who(r.Context()))
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, plansPage(all))
	return nil
}
