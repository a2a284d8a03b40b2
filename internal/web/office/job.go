package office

import (
	"net/http"

	"luoshi/internal/web"
)

// jobs shows an administrator what is still to be done after the acts.
func (s *side) jobs(w http.ResponseWriter, r *http.Request) error {
	list, err := s.office.JobsToDo(r.Context(), who(r.Context()))
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, jobsPage(list, r.URL.Query().Get("done")))
	return nil
}

// hurryJobs has the jobs that failed tried again now.
func (s *side) hurryJobs(w http.ResponseWriter, r *http.Request) error {
	if err := s.office.HurryJobs(r.Context(), who(r.Context())); err != nil {
		return err
	}
	go303(w, r, "/office/jobs?done=hurried")
	return nil
}
