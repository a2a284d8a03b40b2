package plans

import (
	"net/http"
	"strings"

	"luoshi/id"
	"luoshi/internal/web/office/page"
)

// landing is where somebody goes on who sends a form of a plan a second time.
func landing(r *http.Request, answers []int64) string {
	plan, document, question, item := r.PathValue("plan"), r.PathValue("document"), r.PathValue("question"), r.PathValue("item")
	discarded := strings.HasSuffix(r.URL.Path, "/discard")
	switch {
	case plan == "":
		return page.MadeUnder(page.PlansPath, answers)
	case strings.HasSuffix(r.URL.Path, "/reissue") && len(answers) > 0:
		return page.PlansPath + "/" + plan + "/documents/" + id.Document(answers[0]).String()
	case document != "" && !discarded:
		return page.PlansPath + "/" + plan + "/documents/" + document
	case document == "" && discarded:
		return page.PlansPath
	case strings.HasSuffix(r.URL.Path, "/publish"):
		return previewPath(plan)
	case question != "":
		return page.PlansPath + "/" + plan + "#q-" + question
	case item != "":
		return page.PlansPath + "/" + plan + "#i-" + item
	}
	return page.PlansPath + "/" + plan
}
