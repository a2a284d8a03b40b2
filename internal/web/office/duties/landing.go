package duties

import (
	"net/http"

	"luoshi/internal/web/office/page"
)

// landing is where somebody goes on who sends a form of owners or duties a second time.
func landing(r *http.Request, _ []int64) string {
	if plan := r.PathValue("plan"); plan != "" {
		return page.PlansPath + "/" + plan + "/owners"
	}
	return page.DutiesPath
}
