package units

import (
	"net/http"
	"strings"

	"luoshi/id"
	"luoshi/internal/web/office/page"
)

// landing is where somebody goes on who sends a form of units a second time.
func landing(r *http.Request, answers []int64) string {
	unit := r.PathValue("unit")
	switch {
	case r.URL.Path == unitListsPath:
		return page.MadeUnder(unitListsPath, answers)
	case strings.HasSuffix(r.URL.Path, "/split") && len(answers) > 0:
		return page.UnitPath(id.Unit(answers[0]))
	case unit != "":
		return "/office/units/" + unit
	}
	return "/office/groups"
}
