package facts

import (
	"net/http"
	"net/url"
	"strings"

	"luoshi/id"
	"luoshi/internal/web/office/page"
)

// landing is where somebody goes on who sends a form of facts a second time.
func landing(r *http.Request, answers []int64) string {
	path, draw := r.URL.Path, r.PathValue("draw")
	unit, _ := id.Of[id.Unit](r.FormValue("unit")) // without one the page finds the reader's own
	month := r.FormValue("month")
	switch {
	case path == page.FactImportPath:
		return page.MadeUnder(page.FactImportPath, answers)
	case path == page.ErasePersonPath:
		return "/office/accounts"
	case draw != "":
		return page.DrawsPath + "/" + draw
	case strings.HasPrefix(path, page.DrawsPath):
		return page.MadeUnder(page.DrawsPath, answers)
	case path == page.FactFormPath && len(answers) > 0:
		i, _ := id.Of[id.Indicator](r.FormValue("i"))
		return factFormOf(unit, i) + "&done=" + id.Fact(answers[0]).String()
	case strings.HasPrefix(path, page.FactFormPath):
		return page.FactFormPath
	case unit == 0:
		return path
	case path == page.FactGridsPath:
		return page.FactGridPath(unit, month)
	case strings.HasPrefix(path, page.VerifyPath):
		return page.VerifyPath + "?" + url.Values{"unit": {unit.String()}, "month": {month}}.Encode()
	}
	return page.FactMonthPath(unit, month)
}
