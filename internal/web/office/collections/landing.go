package collections

import (
	"net/http"
	"strings"

	"luoshi/internal/web/office/page"
)

// landing is where somebody goes on who sends a form of a collection a second time.
func landing(r *http.Request, answers []int64) string {
	which := r.PathValue("collection")
	switch {
	case strings.HasPrefix(r.URL.Path, page.AnswersPath):
		return page.AnswersPath
	case which != "":
		return page.CollectionsPath + "/" + which
	}
	return page.MadeUnder(page.CollectionsPath, answers)
}
