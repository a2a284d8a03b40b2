package reports

import (
	"net/http"
	"net/url"
	"strings"

	"luoshi/id"
	"luoshi/internal/web/office/page"
)

// landing is where somebody goes on who sends a form of progress a second time.
func landing(r *http.Request, answers []int64) string {
	path, plan := r.URL.Path, r.PathValue("plan")
	switch {
	case strings.HasPrefix(path, page.BurdenPath):
		return page.BurdenPath
	case strings.HasSuffix(path, "/signing"):
		return "/office/units/" + r.PathValue("unit")
	case strings.HasPrefix(path, reportFilesPath):
		return r.URL.RequestURI()
	case strings.HasPrefix(path, page.SignPath):
		return page.SignPath
	case plan == "":
		return page.DutiesPath
	case strings.HasSuffix(path, "/summary/issue") && len(answers) > 0:
		return page.PlansPath + "/" + plan + "/summaries/" + id.Summary(answers[0]).String()
	case strings.Contains(path, "/summary/"):
		return page.PlansPath + "/" + plan + "/summary?period=" + url.QueryEscape(r.PostForm.Get("period"))
	}
	return page.PlansPath + "/" + plan + "/progress"
}
