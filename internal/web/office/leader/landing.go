package leader

import (
	"net/http"
	"strings"

	"luoshi/id"
	"luoshi/internal/web/office/page"
)

// landing is where somebody goes on who sends a form of lamps or orders a second time.
func landing(r *http.Request, answers []int64) string {
	path, plan := r.URL.Path, r.PathValue("plan")
	switch {
	case path == lampsPath:
		return lampsPath
	case strings.HasSuffix(path, "/instruct"), strings.Contains(path, "/lamps/"):
		return page.LeaderPath + "/" + plan
	case strings.HasSuffix(path, "/orders/new") && len(answers) > 0:
		return page.PlansPath + "/" + plan + "/orders/" + id.Item(answers[0]).String()
	case r.PathValue("item") != "":
		return page.PlansPath + "/" + plan + "/orders/" + r.PathValue("item")
	}
	return page.PlansPath + "/" + plan
}
