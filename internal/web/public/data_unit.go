package public

import (
	"cmp"

	"luoshi/id"
	"luoshi/org"
)

// unitList is the answer of /data/units.
type unitList struct {
	Units []unitLine `json:"units"`
}

// unitLine is a unit without its neighbours.
type unitLine struct {
	ID     idText    `json:"id"`
	Parent *idText   `json:"parent"`
	Name   string    `json:"name"`
	Level  org.Level `json:"level"`
	Code   string    `json:"code"`
	From   *dayText  `json:"from"`
	To     *dayText  `json:"to"`
	Page   string    `json:"page"`
}

// unitWhole is the answer of /data/units/{id}.
type unitWhole struct {
	unitLine
	WorkingBody string     `json:"working_body"`
	Phone       string     `json:"phone"`
	Above       []unitLine `json:"above"`
	Below       []unitLine `json:"below"`
	Versions    []unitLine `json:"versions"`
	Successors  []unitLine `json:"successors"`
	Items       []itemLine `json:"items"`
}

func (v visit) dataUnits() (any, error) {
	all, err := v.desk.UpperUnits(v.r.Context())
	return unitList{list(all, unitLineOf)}, err
}

func (v visit) dataUnit() (any, error) {
	which, err := id.Of[id.Unit](v.r.PathValue("id"))
	if err != nil {
		return nil, errMissing
	}
	day, err := v.at()
	if err != nil {
		return nil, err
	}
	u, err := v.desk.UnitOn(v.r.Context(), which, cmp.Or(day, v.today))
	if err != nil {
		return nil, err
	}
	return unitWhole{unitLineOf(u.Unit), u.Body, u.Phone, list(u.Above, unitLineOf), list(u.Below, unitLineOf), list(u.History, unitLineOf), list(u.After, unitLineOf), list(u.Items, itemLineOf)}, nil
}

func unitLineOf(u org.Unit) unitLine {
	return unitLine{ID: textOf(u.ID), Parent: optionalID(u.Parent), Name: u.Name, Level: u.Level, Code: u.Code,
		From: optionalDay(u.From), To: optionalDay(u.To), Page: "/units/" + u.ID.String()}
}
