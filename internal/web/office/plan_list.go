package office

import (
	"context"
	"net/http"

	"luoshi/internal/web"
)

// plansPath leads to the list of plans.
const plansPath = "/office/plans"

// plans lists the plans with what waits in each.
func (s *side) plans(w http.ResponseWriter, r *http.Request) error {
	all, err := s.office.Plans(r.Context(), who(r.Context()))
	if err != nil {
		return err
	}
	waiting, err := s.office.OwnerCounts(r.Context(), who(r.Context()))
	if err != nil {
		return err
	}
	reported, err := s.office.ReportCounts(r.Context(), who(r.Context()))
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, plansPage(all, waiting, reported))
	return nil
}

// alone reports whether an administrator should be told to open a second
// account: a plan needs one person to take it into force and another to publish it.
func (s *side) alone(ctx context.Context) (bool, error) {
	if !who(ctx).May("account.roles") {
		return false, nil
	}
	all, err := s.office.Accounts(ctx, who(ctx))
	return len(all) == 1, err
}
