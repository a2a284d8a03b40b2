package office

import (
	"net/http"

	"luoshi/internal/web"
	"luoshi/plan"
)

// burden shows what a plan will ask of whom, before it is taken into force.
func (s *side) burden(w http.ResponseWriter, r *http.Request) error {
	v, err := s.reviewed(r)
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, burdenPage(v, plan.Burdens(v.Items, v.Targets, v.Milestones)))
	return nil
}

// minutesOf is what a plan asks of all together, in minutes a month.
func minutesOf(all []plan.Burden) (minutes int) {
	for _, b := range all {
		minutes += b.Minutes
	}
	return (minutes + 11) / 12
}
