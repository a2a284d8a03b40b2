package office

import (
	"net/http"

	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// jobs shows an administrator what is still to be done after the acts.
func jobs(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	list, err := s.Office.JobsToDo(r.Context(), page.Who(r.Context()))
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, jobsPage(list, r.URL.Query().Get("done")))
	return nil
}

// hurryJobs has the jobs that failed tried again now.
func hurryJobs(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	if err := s.Office.HurryJobs(r.Context(), page.Who(r.Context())); err != nil {
		return err
	}
	page.SeeOther(w, r, "/office/jobs?done=hurried")
	return nil
}
