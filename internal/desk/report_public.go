package desk

import (
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/progress"
)

// PublicReport is what a unit that answers for a released item said of it last, as far
// as everybody may know: nothing of what stays inside.
type PublicReport struct {
	Unit   org.Unit
	Duty   org.Duty
	Report *progress.Report // nil where it reported nothing, or what it did was returned
}

// publicProgress is all that was said of the items of a plan, or of one of them, and who
// answers for them.
type publicProgress struct {
	owners  map[id.Item][]org.Owner
	reports reports
	units   map[id.Unit]org.Unit
}

func loadPublicProgress(q db.Querier, city int64, p id.Plan, item id.Item) (out publicProgress, err error) {
	if out.owners, err = publicOwnersOfPlan(q, city, p, item); err != nil {
		return out, err
	}
	if out.reports, err = publicReports(q, city, p, item); err != nil {
		return out, err
	}
	var which []id.Unit
	for _, owners := range out.owners {
		for _, o := range owners {
			if !slices.Contains(which, o.Unit) {
				which = append(which, o.Unit)
			}
		}
	}
	slices.Sort(which)
	out.units, err = unitsNamed(q, city, which)
	return out, err
}

// on gives what was said last at the end of a day, of released items, each lead unit
// first. Units that only cooperate are told where they reported.
func (p publicProgress) on(day calendar.Day, released func(id.Item) bool, cover func(string) string) map[id.Item][]PublicReport {
	out := map[id.Item][]PublicReport{}
	for item, owners := range p.owners {
		if !released(item) {
			continue
		}
		for _, o := range owners {
			one := PublicReport{Unit: p.units[o.Unit], Duty: o.Duty, Report: progress.Shown(asOfDay(p.reports[reporter{item, o.Unit}], day))}
			if one.Report != nil {
				one.Report.Done = cover(one.Report.Done)
			}
			if one.Report != nil || o.Duty == org.LeadDuty {
				out[item] = append(out[item], one)
			}
		}
	}
	return out
}

// asOfDay gives reports as they stood at the end of a day.
func asOfDay(all []progress.Report, day calendar.Day) (out []progress.Report) {
	for _, r := range all {
		if r.Day > day {
			continue
		}
		if r.Decided > day {
			r.Standing, r.Decided = progress.Sent, ""
		}
		out = append(out, r)
	}
	return out
}
