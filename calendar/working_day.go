package calendar

import (
	"sync"
	"time"
)

// holidays are the years for which the State Council's office said which days are off and
// which weekends are worked instead: runs of days, as month*100 + day.
var holidays = map[int]struct {
	off    [][2]int
	worked []int
}{
	2011: {[][2]int{{101, 103}, {202, 208}, {403, 405}, {430, 502}, {604, 606}, {910, 912}, {1001, 1007}}, []int{130, 212, 402, 1008, 1009, 1231}},
	2012: {[][2]int{{101, 103}, {122, 128}, {402, 404}, {429, 501}, {622, 624}, {930, 1007}}, []int{121, 129, 331, 401, 428, 929}},
	2013: {[][2]int{{101, 103}, {209, 215}, {404, 406}, {429, 501}, {610, 612}, {919, 921}, {1001, 1007}}, []int{105, 106, 216, 217, 407, 427, 428, 608, 609, 922, 929, 1012}},
	2025: {[][2]int{{101, 101}, {128, 204}, {404, 406}, {501, 505}, {531, 602}, {1001, 1008}}, []int{126, 208, 427, 928, 1011}},
	2026: {[][2]int{{101, 103}, {215, 223}, {404, 406}, {501, 505}, {619, 621}, {925, 927}, {1001, 1007}}, []int{104, 214, 228, 509, 920, 1010}},
}

// statutory are the days off of a year that no notice is known of: the festivals, and how
// many days of each.
var statutory = []struct {
	first Festival
	days  int
}{{NewYear, 1}, {SpringFestival, 3}, {TombSweeping, 1}, {LabourDay, 1}, {DragonBoat, 1}, {MidAutumn, 1}, {NationalDay, 3}}

// Announced reports whether the days off of a year are known as they were announced.
func Announced(year int) bool {
	_, known := holidays[year]
	return known
}

// Working reports a working day: as announced for the year; else from Monday to Friday
// but for the statutory days.
func (d Day) Working() bool {
	t := d.Time()
	weekday := t.Weekday() != time.Saturday && t.Weekday() != time.Sunday
	n := int(t.Month())*100 + t.Day()
	if year, known := holidays[t.Year()]; known {
		for _, run := range year.off {
			if run[0] <= n && n <= run[1] {
				return false
			}
		}
		for _, w := range year.worked {
			if w == n {
				return true
			}
		}
		return weekday
	}
	for _, s := range statutory {
		if first := s.first.In(t.Year()); first != "" && first <= d && d < first.AddDays(s.days) {
			return false
		}
	}
	return weekday
}

// counted are the years for which working days are counted once for all.
const firstCounted, lastCounted = 2000, 2040

// workingBy gives for each day of these years how many working days there were by then.
var workingBy = sync.OnceValue(func() []int {
	first, last := Make(firstCounted, 1, 1), Make(lastCounted, 12, 31)
	by := make([]int, first.Until(last)+1)
	n, t := 0, first.Time()
	for i := range by {
		if DayOf(t.AddDate(0, 0, i)).Working() {
			n++
		}
		by[i] = n
	}
	return by
})

// WorkingUntil counts the working days after a day up to and with another; 0 where that
// is not later.
func (d Day) WorkingUntil(other Day) (n int) {
	if d == "" || other <= d {
		return 0
	}
	if from, to := d.since(firstCounted), other.since(firstCounted); from >= 0 && to < len(workingBy()) {
		return workingBy()[to] - workingBy()[from]
	}
	for d = d.AddDays(1); d <= other; d = d.AddDays(1) {
		if d.Working() {
			n++
		}
	}
	return n
}

// since counts the days from the first of a year.
func (d Day) since(year int) int {
	digit := func(from, to int) (n int) {
		for _, r := range d[from:to] {
			n = n*10 + int(r-'0')
		}
		return n
	}
	y, m := digit(0, 4), digit(5, 7)
	before := func(y int) int { return y*365 + y/4 - y/100 + y/400 } // the days of years before y+1
	n := before(y-1) - before(year-1) + digit(8, 10) - 1
	for k, days := range [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30} {
		if k+1 < m {
			n += days
		}
	}
	if m > 2 && y%4 == 0 && (y%100 != 0 || y%400 == 0) {
		n++
	}
	return n
}
