package duties

import (
	"context"
	"net/http"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
	"luoshi/progress"

	"github.com/a-h/templ"
)

// dutiesView is what units answer for.
type dutiesView struct {
	Units  []desk.UnitDuties
	Orders []desk.UnitOrder // that the reader's own unit answers
	One    bool             // of the unit that the address names
	Today  calendar.Day
	Done   string
}

// below are the units below those of the reader.
func (v dutiesView) below() (out []desk.UnitDuties) {
	for _, u := range v.Units {
		if !u.Own && !v.One {
			out = append(out, u)
		}
	}
	return out
}

// duties shows what the units of somebody's posts answer for, and those below them.
func duties(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	v := dutiesView{Today: s.Office.Today(), Done: r.URL.Query().Get("done")}
	var err error
	if unit, wrong := id.Of[id.Unit](r.URL.Query().Get("unit")); wrong == nil {
		var one desk.UnitDuties
		one, err = s.Office.UnitDuties(r.Context(), page.Who(r.Context()), unit)
		v.Units, v.One = []desk.UnitDuties{one}, true
	} else {
		v.Units, err = s.Office.Duties(r.Context(), page.Who(r.Context()))
		if err == nil {
			v.Orders, err = s.Office.OrdersDue(r.Context(), page.Who(r.Context()))
		}
	}
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, dutiesPage(v))
	return nil
}

// duty shows one duty in full, with the table of its figures.
func duty(table func(desk.ItemFigures) templ.Component) func(*page.Side, http.ResponseWriter, *http.Request) error {
	return func(s *page.Side, w http.ResponseWriter, r *http.Request) error {
		d, err := readDuty(s, r)
		if err != nil {
			return err
		}
		lit, err := s.Office.DutyLamp(r.Context(), d)
		if err != nil {
			return err
		}
		figures, err := s.Office.ItemFigures(r.Context(), page.Who(r.Context()), d.Item.ID, d.Of.ID, desk.TreeOfToday)
		if err != nil && !fault.Is(err, fault.Missing) && !fault.Is(err, fault.Denied) { // whoever sees the duty need not see figures
			return err
		}
		web.Show(w, r, http.StatusOK, dutyPage(d, lit, table(figures), s.Office.Today()))
		return nil
	}
}

// readDuty reads the duty that an address names, or a form that belongs to it.
func readDuty(s *page.Side, r *http.Request) (desk.Duty, error) {
	item, err := id.Of[id.Item](r.PathValue("item"))
	if err != nil {
		return desk.Duty{}, desk.ErrMissing
	}
	unit, err := id.Of[id.Unit](r.FormValue("unit"))
	if err != nil {
		unit = 0
	}
	return s.Office.Duty(r.Context(), page.Who(r.Context()), item, unit)
}

// duePromise is a target or milestone of a duty with its state on a day.
type duePromise struct {
	Figure, Name string
	Quote        string
	Due          calendar.Day
	Lamp         plan.Lamp
}

// promisesOf gives what an item promises, what is due first in front.
func promisesOf(ctx context.Context, d desk.Duty, today calendar.Day) (out []duePromise) {
	for _, t := range d.Targets {
		out = append(out, duePromise{web.Often(ctx, t.Period, web.Promise(t)), t.Indicator, t.Quote, t.Deadline, d.Rules.LampOn(t.Start, t.Deadline, today)})
	}
	for _, m := range d.Milestones {
		lamp := d.Rules.LampOn("", m.Due, today)
		if d.Reached[m.ID].Standing == progress.Confirmed {
			lamp = plan.LampComplete
		}
		out = append(out, duePromise{"", m.Title, d.Quotes[m.ID], m.Due, lamp})
	}
	return out
}
