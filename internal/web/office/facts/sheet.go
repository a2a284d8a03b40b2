package facts

import (
	"net/http"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/paper"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

const factSheetPath = "/office/facts.xlsx"

var errFactMonth = fault.New(fault.Invalid, "请写月份，例如 2011-09。")

// factsXLSX sends the facts of a unit as a workbook that can be given in again.
func factsXLSX(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	c := desk.FactChoice{From: "1980-01-01", To: s.Office.Today()}
	var err error
	if q.Get("unit") == "" {
		c.Unit, err = s.Office.FactHome(ctx, page.Who(ctx))
	} else if c.Unit, err = id.Of[id.Unit](q.Get("unit")); err != nil {
		err = desk.ErrMissing
	}
	if err != nil {
		return err
	}
	if q.Get("indicator") != "" {
		if c.Indicator, err = id.Of[id.Indicator](q.Get("indicator")); err != nil {
			return desk.ErrMissing
		}
	}
	name := "facts.xlsx"
	if month := q.Get("month"); month != "" {
		first, err := calendar.ParseDay(month + "-01")
		if err != nil {
			return errFactMonth
		}
		c.From, c.To, name = first, calendar.Day(fact.NextMonth(month)+"-01").AddDays(-1), "facts-"+month+".xlsx"
	}
	all, err := s.Office.FactSheet(ctx, page.Who(ctx), c)
	if err != nil {
		return err
	}
	rows := make([]paper.FactRow, len(all))
	for k, f := range all {
		rows[k] = paper.FactRow{Unit: f.Path, Day: string(f.Day), Indicator: f.Indicator, Quantity: f.Quantity.String(), Subject: f.SubjectWords(), Fact: f.ID.String()}
	}
	file, err := paper.FactsXLSX(web.Of(ctx).Lang, rows)
	if err != nil {
		return err
	}
	return page.SendXLSX(w, name, name, file)
}
