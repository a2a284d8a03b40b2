package indicators

import (
	"net/http"

	"luoshi/id"
	"luoshi/internal/web/office/page"
)

// landing is where somebody goes on who sends a form of what is counted a second time.
func landing(r *http.Request, answers []int64) string {
	indicator := r.PathValue("indicator")
	switch {
	case r.URL.Path == page.IndicatorsPath+"/new" && len(answers) > 0:
		return page.IndicatorPath(id.Indicator(answers[0]))
	case indicator != "":
		return page.IndicatorsPath + "/" + indicator
	case r.PathValue("goal") != "":
		return r.URL.Path
	}
	return page.FiguresPath
}
