package calendar

import "time"

// holidays are the days that are free by 全国年节及纪念日放假办法, each with how many days
// it takes from its own, and how many before it.
var holidays = []struct {
	festival      Festival
	before, after int
}{{NewYear, 0, 0}, {SpringFestival, 1, 2}, {TombSweeping, 0, 0}, {LabourDay, 0, 0}, {DragonBoat, 0, 0}, {MidAutumn, 0, 0}, {NationalDay, 0, 2}}

// Workday reports a day on which offices work: Monday to Friday, but for the holidays
// themselves. The days that the notice of each year moves to and from weekends are not known.
func (d Day) Workday() bool {
	t := d.Time()
	if w := t.Weekday(); w == time.Saturday || w == time.Sunday {
		return false
	}
	for _, h := range holidays {
		if first := h.festival.In(t.Year()); first != "" && first.AddDays(-h.before) <= d && d <= first.AddDays(h.after) {
			return false
		}
	}
	return true
}

// Workdays counts the working days after a day up to another and with it; before it, they
// count below zero. It stops at a thousand days, which nobody plans by.
func (d Day) Workdays(other Day) (n int) {
	from, to, step := d, other, 1
	if other < d {
		from, to, step = other, d, -1
	}
	for k := 0; from < to && k < 1000; k++ {
		if from = from.AddDays(1); from.Workday() {
			n += step
		}
	}
	return n
}

// NextWorkdays gives so many working days, the first one on a day or after it.
func (d Day) NextWorkdays(n int) (out []Day) {
	for ; len(out) < n; d = d.AddDays(1) {
		if d.Workday() {
			out = append(out, d)
		}
	}
	return out
}
