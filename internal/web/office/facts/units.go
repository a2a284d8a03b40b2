package facts

import (
	"net/http"
	"net/url"
	"slices"

	"luoshi/id"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"
)

// ofUnit leads from a page of the whole city to that of a unit, of the same month.
func ofUnit(path string, unit id.Unit, month string) string {
	path += "?unit=" + unit.String()
	if month != "" {
		path += "&month=" + url.QueryEscape(month)
	}
	return path
}

// unitFirst lets whoever may do an act in the whole city choose a county or a direct unit
// before a page of figures: a month of all at once is too much to look through.
func unitFirst(path, act, title string, then func(*page.Side, http.ResponseWriter, *http.Request) error) func(*page.Side, http.ResponseWriter, *http.Request) error {
	return func(s *page.Side, w http.ResponseWriter, r *http.Request) error {
		if me := page.Who(r.Context()); r.FormValue("unit") != "" || !me.MayEverywhere(act) {
			return then(s, w, r)
		}
		units, err := s.Office.FactUnits(r.Context(), page.Who(r.Context()))
		if err != nil {
			return err
		}
		units = slices.DeleteFunc(units, func(u org.Unit) bool { return u.Level == org.Division })
		var waiting map[id.Unit]int
		if act == "fact.verify" {
			if waiting, err = s.Office.WaitingIn(r.Context(), page.Who(r.Context()), r.FormValue("month")); err != nil {
				return err
			}
		}
		web.Show(w, r, http.StatusOK, factUnitsPage(path, web.T(r.Context(), title), r.FormValue("month"), units, waiting))
		return nil
	}
}
