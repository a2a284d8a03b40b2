package accounts

import (
	"net/http"
	"strings"

	"luoshi/id"
	"luoshi/internal/web/office/page"
)

// landing is where somebody goes on who sends a form of people a second time.
func landing(r *http.Request, answers []int64) string {
	path, unit := r.URL.Path, r.PathValue("unit")
	switch {
	case path == "/office/handover" && len(answers) > 0:
		return handoverPath(id.Handover(answers[0]))
	case path == "/office/accounts/new", strings.HasSuffix(path, "/account"):
		return page.MadeUnder("/office/accounts", answers)
	case unit != "":
		return "/office/units/" + unit
	}
	return "/office/accounts"
}
