package public

import (
	"luoshi/internal/desk"
	"luoshi/org"
	"luoshi/progress"
)

// reportData is what a unit said of an item last. What it said is null where it is silent.
type reportData struct {
	ID   idText        `json:"id"`
	Name string        `json:"name"`
	Duty org.Duty      `json:"duty"`
	Said *reportedData `json:"said"`
}

// reportedData is what was said, without what stays inside.
type reportedData struct {
	Period    periodText     `json:"period"`
	State     progress.State `json:"state"`
	Confirmed bool           `json:"confirmed"`
	Done      string         `json:"done"`
	OnBehalf  bool           `json:"on_behalf"`
	Day       dayText        `json:"day"`
}

// periodText is the key of a period: 2011-09, 2011-Q3, 2011, 2011-W37, 2011-F18.
type periodText string

func reportOf(r desk.PublicReport) reportData {
	out := reportData{ID: textOf(r.Unit.ID), Name: r.Unit.Name, Duty: r.Duty}
	if s := r.Report; s != nil {
		out.Said = &reportedData{Period: periodText(s.Period), State: s.State, Confirmed: s.Standing == progress.Confirmed, Done: s.Done, OnBehalf: s.OnBehalf, Day: dayText(s.Day)}
	}
	return out
}
