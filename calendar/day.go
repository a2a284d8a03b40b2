// Package calendar holds civil days. A day is a day in China (UTC+8, no
// summer time since 1991), written YYYY-MM-DD.
package calendar

import (
	"fmt"
	"time"
)

// Day is a civil day as YYYY-MM-DD; days compare as texts. Empty is no day.
type Day string

// China is the zone of all civil days.
var China = time.FixedZone("Asia/Shanghai", 8*60*60)

// DayOf is the day in China at that instant.
func DayOf(t time.Time) Day { return Day(t.In(China).Format(time.DateOnly)) }

// ParseDay reads YYYY-MM-DD of the years 1900 to 2199 and refuses days that do not exist.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1900 || t.Year() > 2199 {
		return "", fmt.Errorf("not a day: %q", s)
	}
	return Day(s), nil
}

// Make gives the day of a year, month and day, or no day where there is none.
func Make(year, month, day int) Day {
	d, err := ParseDay(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
	if err != nil {
		return ""
	}
	return d
}

// MonthEnd is the last day of a month.
func MonthEnd(year, month int) Day {
	return Day(time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, China).Format(time.DateOnly))
}

// Time is the first instant of the day in China.
func (d Day) Time() time.Time {
	t, _ := time.ParseInLocation(time.DateOnly, string(d), China)
	return t
}

// AddDays counts calendar days on, or back where n is negative.
func (d Day) AddDays(n int) Day { return Day(d.Time().AddDate(0, 0, n).Format(time.DateOnly)) }

// Until is the number of calendar days from d to other.
func (d Day) Until(other Day) int {
	if len(d) == len("2006-01-02") && len(other) == len(d) {
		return other.since(1900) - d.since(1900)
	}
	return int(other.Time().Sub(d.Time()).Hours() / 24)
}
