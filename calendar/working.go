package calendar

import "time"

// Working reports a working day: Monday to Friday, but for the days of leave that the
// State Council's measures on annual festivals give. The days that are swapped with a
// weekend are announced anew each year and are not known here.
func (d Day) Working() bool {
	switch d.Time().Weekday() {
	case time.Saturday, time.Sunday:
		return false
	}
	return !d.onLeave()
}

// onLeave reports a day of leave of a festival, after the measures of 2007, 2013 and 2024.
func (d Day) onLeave() bool {
	year := d.Time().Year()
	first, last := -1, 1 // of 春节, counted from its day: its eve and two days
	switch {
	case year >= 2025:
		first, last = -1, 2
	case year >= 2014:
		first, last = 0, 2
	}
	labour := 0
	if year >= 2025 {
		labour = 1
	}
	for _, f := range []struct {
		festival    Festival
		first, last int
	}{{NewYear, 0, 0}, {SpringFestival, first, last}, {TombSweeping, 0, 0}, {LabourDay, 0, labour}, {DragonBoat, 0, 0}, {MidAutumn, 0, 0}, {NationalDay, 0, 2}} {
		if on := f.festival.In(year); on != "" && on.AddDays(f.first) <= d && d <= on.AddDays(f.last) {
			return true
		}
	}
	return false
}

// AddWorking counts working days on, or back where n is negative: 1 is the next working
// day, -1 the one before, and 0 the day itself, whatever it is.
func (d Day) AddWorking(n int) Day {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		if d = d.AddDays(step); d.Working() {
			n--
		}
	}
	return d
}
