package calendar

import (
	"math"
	"sync"
	"time"
)

// holidays are the years for which the notices of the State Council's office (国务院办公厅
// 关于部分节假日安排的通知) said which days are off and which weekends are worked instead: runs of
// days, as month*100 + day. Weekends beside a run may be left out of it.
var holidays = map[int]struct {
	off    [][2]int
	worked []int
}{
	2007: {[][2]int{{101, 103}, {218, 224}, {501, 507}, {1001, 1007}, {1230, 1231}}, []int{217, 225, 428, 429, 929, 930, 1229}},
	2008: {[][2]int{{101, 101}, {206, 212}, {404, 406}, {501, 503}, {607, 609}, {913, 915}, {929, 1005}}, []int{202, 203, 504, 927, 928}},
	2009: {[][2]int{{101, 103}, {125, 131}, {404, 406}, {501, 503}, {528, 530}, {1001, 1008}}, []int{104, 124, 201, 531, 927, 1010}},
	2010: {[][2]int{{101, 103}, {213, 219}, {403, 405}, {501, 503}, {614, 616}, {922, 924}, {1001, 1007}}, []int{220, 221, 612, 613, 919, 925, 926, 1009}},
	2011: {[][2]int{{101, 103}, {202, 208}, {403, 405}, {430, 502}, {604, 604}, {606, 606}, {910, 912}, {1001, 1007}}, []int{130, 212, 402, 1008, 1009, 1231}},
	2012: {[][2]int{{101, 103}, {122, 128}, {402, 404}, {429, 501}, {622, 622}, {624, 624}, {930, 1007}}, []int{121, 129, 331, 401, 428, 929}},
	2013: {[][2]int{{101, 103}, {209, 215}, {404, 406}, {429, 501}, {610, 612}, {919, 921}, {1001, 1007}}, []int{105, 106, 216, 217, 407, 427, 428, 608, 609, 922, 929, 1012}},
	2014: {[][2]int{{101, 101}, {131, 206}, {405, 407}, {501, 503}, {602, 602}, {908, 908}, {1001, 1007}}, []int{126, 208, 504, 928, 1011}},
	2015: {[][2]int{{101, 103}, {218, 224}, {405, 406}, {501, 501}, {620, 620}, {622, 622}, {903, 904}, {927, 927}, {1001, 1007}}, []int{104, 215, 228, 906, 1010}},
	2016: {[][2]int{{101, 101}, {207, 213}, {404, 404}, {501, 502}, {609, 611}, {915, 917}, {1001, 1007}}, []int{206, 214, 612, 918, 1008, 1009}},
	2017: {[][2]int{{101, 102}, {127, 202}, {402, 404}, {501, 501}, {528, 530}, {1001, 1008}}, []int{122, 204, 401, 527, 930}},
	2018: {[][2]int{{101, 101}, {215, 221}, {405, 407}, {429, 501}, {618, 618}, {924, 924}, {1001, 1007}, {1230, 1231}}, []int{211, 224, 408, 428, 929, 930, 1229}},
	2019: {[][2]int{{101, 101}, {204, 210}, {405, 407}, {501, 504}, {607, 609}, {913, 915}, {1001, 1007}}, []int{202, 203, 428, 505, 929, 1012}},
	2020: {[][2]int{{101, 101}, {124, 202}, {404, 406}, {501, 505}, {625, 627}, {1001, 1008}}, []int{119, 426, 509, 628, 927, 1010}},
	2021: {[][2]int{{101, 103}, {211, 217}, {403, 405}, {501, 505}, {612, 614}, {919, 921}, {1001, 1007}}, []int{207, 220, 425, 508, 918, 926, 1009}},
	2022: {[][2]int{{101, 103}, {131, 206}, {403, 405}, {430, 504}, {603, 605}, {910, 912}, {1001, 1007}, {1231, 1231}}, []int{129, 130, 402, 424, 507, 1008, 1009}},
	2023: {[][2]int{{101, 102}, {121, 127}, {405, 405}, {429, 503}, {622, 624}, {929, 1006}}, []int{128, 129, 423, 506, 625, 1007, 1008}},
	2024: {[][2]int{{101, 101}, {210, 217}, {404, 406}, {501, 505}, {610, 610}, {915, 917}, {1001, 1007}}, []int{204, 218, 407, 428, 511, 914, 929, 1012}},
	2025: {[][2]int{{101, 101}, {128, 204}, {404, 406}, {501, 505}, {531, 602}, {1001, 1008}}, []int{126, 208, 427, 928, 1011}},
	2026: {[][2]int{{101, 103}, {215, 223}, {404, 406}, {501, 505}, {619, 621}, {925, 927}, {1001, 1007}}, []int{104, 214, 228, 509, 920, 1010}},
}

// statutory are the days off of a year that no notice is known of: the festivals, and how
// many days of each.
var statutory = []struct {
	first Festival
	days  int
}{{NewYear, 1}, {SpringFestival, 3}, {TombSweeping, 1}, {LabourDay, 1}, {DragonBoat, 1}, {MidAutumn, 1}, {NationalDay, 3}}

// AnnouncedYears gives the first and the last of the years whose days off are known as
// they were announced; those between are known too.
func AnnouncedYears() (first, last int) {
	first, last = math.MaxInt, 0
	for year := range holidays {
		first, last = min(first, year), max(last, year)
	}
	return first, last
}

// Workday reports a working day: as announced for the year; else from Monday to Friday
// but for the statutory days.
func (d Day) Workday() bool {
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
		if DayOf(t.AddDate(0, 0, i)).Workday() {
			n++
		}
		by[i] = n
	}
	return by
})

// Workdays counts the working days after a day up to another and with it; where that is
// earlier, those between them count below zero.
func (d Day) Workdays(other Day) (n int) {
	switch {
	case d == "" || other == "" || other == d:
		return 0
	case other < d:
		return -other.Workdays(d)
	}
	if from, to := d.since(firstCounted), other.since(firstCounted); from >= 0 && to < len(workingBy()) {
		return workingBy()[to] - workingBy()[from]
	}
	for d = d.AddDays(1); d <= other; d = d.AddDays(1) {
		if d.Workday() {
			n++
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
