package facts

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"
	"luoshi/progress"
)

func closeMonthPath(unit id.Unit, month string) string {
	return page.FactMonthsPath + "/close?" + url.Values{"unit": {unit.String()}, "month": {month}}.Encode()
}

func factEvidencePath(f id.Fact) string { return factPath(f) + "/evidence" }

// factMonthView is a month of a unit.
type factMonthView struct {
	desk.FactMonth
	Months []string
	Now    string // the month that goes on
	Done   string
}

// open is how many claims nobody checked.
func (v factMonthView) open() (n int) {
	for _, l := range v.Lines {
		n += l.Open
	}
	return n
}

// untold are the indicators of which some unit told nothing.
func (v factMonthView) untold() []desk.UntoldFacts {
	return slices.DeleteFunc(slices.Clone(v.Untold), func(u desk.UntoldFacts) bool { return len(u.Units) == 0 })
}

const (
	// mostUntold is how many indicators are listed with who told nothing of them.
	mostUntold = 8
	// mostUntoldNamed is how many units are named at once; the rest is unfolded.
	mostUntoldNamed = 12
)

// verifyPath leads to what waits to be checked of the month; in the whole city a unit is
// chosen first.
func (v factMonthView) verifyPath() string {
	if v.Unit.Level == org.CityLevel {
		return page.VerifyPath + "?" + url.Values{"month": {v.Month}}.Encode()
	}
	return verifyOf(v.Unit.ID, v.Month)
}

// factMonth shows what is checked, returned and open of a month, and whether it is closed.
func factMonth(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	unit, err := heldUnit(s, r, "fact.read")
	if err != nil {
		return err
	}
	m, err := s.Office.FactMonth(r.Context(), page.Who(r.Context()), unit, r.FormValue("month"))
	if err != nil {
		return err
	}
	now := fact.Month(s.Office.Today())
	web.Show(w, r, http.StatusOK, factMonthPage(factMonthView{m, lastMonths(now), now, r.URL.Query().Get("done")}))
	return nil
}

// closeMonth asks the head of a unit to close a month.
func closeMonth(s *page.Side, r *http.Request) (page.Sheet, error) {
	unit, err := heldUnit(s, r, "fact.close")
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	now := fact.Month(s.Office.Today())
	month := r.FormValue("month")
	if month == "" {
		month = lastMonths(now)[1]
	}
	m, err := s.Office.FactMonth(ctx, page.Who(ctx), unit, month)
	if err != nil {
		return page.Sheet{}, err
	}
	v := factMonthView{FactMonth: m, Now: now}
	sh := page.Sheet{Title: web.T(ctx, "月结：%s", web.PeriodName(ctx, progress.Period(m.Month))), Quote: m.Unit.Name, Back: page.FactMonthPath(m.Unit.ID, m.Month), Button: web.T(ctx, "月结"), Hidden: []string{"unit", "month"},
		Stands: url.Values{"unit": {m.Unit.ID.String()}, "month": {m.Month}}, Above: closeMonthAbove(v),
		Lede: web.T(ctx, "您审签以后，本单位和下级这个月的数就定了。以后报的、改的也收，另列在调整里。")}
	switch {
	case m.Closed.Instant != 0:
		sh.Stop = fault.New(fault.Conflict, "%s 已经月结过了。以后的更正列在调整里。", m.Month)
	case m.Month >= now:
		sh.Stop = fault.New(fault.Conflict, "%s 还没有过完，过完了再月结。", m.Month)
	}
	if !m.MayClose {
		return page.Sheet{}, desk.MayNot("fact.close")
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return page.FactMonthPath(m.Unit.ID, m.Month) + "&done=closed", s.Office.CloseMonth(ctx, cmd, m.Unit.ID, m.Month)
	}
	return sh, nil
}

func dayOfInstant(micro int64) calendar.Day { return calendar.DayOf(time.UnixMicro(micro)) }

func (v factMonthView) indicator(which id.Indicator) fact.Indicator {
	for _, l := range v.Lines {
		if l.Indicator.ID == which {
			return l.Indicator
		}
	}
	return fact.Indicator{}
}
