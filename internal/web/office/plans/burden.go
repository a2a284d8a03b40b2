package plans

import (
	"net/http"
	"slices"
	"strings"

	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

// burden shows what a plan will ask of whom, before it is taken into force.
func burden(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	v, err := s.Reviewed(r)
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

// collective reports owners that stand for several units: 各县（区）文化局.
func collective(all []plan.Burden) bool {
	return slices.ContainsFunc(all, func(b plan.Burden) bool { return strings.HasPrefix(b.Owner, "各") })
}
