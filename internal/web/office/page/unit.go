package page

import (
	"net/http"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/org"
)

// OfLevel are the units of one level.
func OfLevel(units []org.Unit, l org.Level) (out []org.Unit) {
	for _, u := range units {
		if u.Level == l {
			out = append(out, u)
		}
	}
	return out
}

// UnitOf reads the unit that the address names.
func (s *Side) UnitOf(r *http.Request, day calendar.Day) (desk.OfficeUnit, error) {
	which, err := id.Of[id.Unit](r.PathValue("unit"))
	if err != nil {
		return desk.OfficeUnit{}, desk.ErrMissing
	}
	return s.Office.UnitOn(r.Context(), Who(r.Context()), which, day)
}

// UnitSheet reads the unit of a sheet, and says no where somebody may not do the act.
func (s *Side) UnitSheet(r *http.Request, act string) (desk.OfficeUnit, error) {
	u, err := s.UnitOf(r, s.Office.Today())
	if err == nil && !u.Can(act) {
		err = desk.MayNot(act)
	}
	return u, err
}
