package plans

import (
	"context"
	"net/http"

	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// plans lists the plans with what waits in each.
func plans(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	all, err := s.Office.Plans(r.Context(), page.Who(r.Context()))
	if err != nil {
		return err
	}
	waiting, err := s.Office.OwnerCounts(r.Context(), page.Who(r.Context()))
	if err != nil {
		return err
	}
	reported, err := s.Office.ReportCounts(r.Context(), page.Who(r.Context()))
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, plansPage(all, waiting, reported))
	return nil
}

// Alone reports whether an administrator should be told to open a second
// account: a plan needs one person to take it into force and another to publish it.
func Alone(s *page.Side, ctx context.Context) (bool, error) {
	if !page.Who(ctx).May("account.roles") {
		return false, nil
	}
	all, err := s.Office.Accounts(ctx, page.Who(ctx))
	return len(all) == 1, err
}
