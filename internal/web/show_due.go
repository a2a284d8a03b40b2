package web

import (
	"context"
	"fmt"

	"luoshi/calendar"
	"luoshi/internal/text"
)

// Weekday says which day of the week a day is.
func Weekday(ctx context.Context, d calendar.Day) string {
	return [...]string{T(ctx, "周日"), T(ctx, "周一"), T(ctx, "周二"), T(ctx, "周三"), T(ctx, "周四"), T(ctx, "周五"), T(ctx, "周六")}[d.Time().Weekday()]
}

// ShortDate writes a day without its year: 4月19日, or 19 Apr.
func ShortDate(ctx context.Context, d calendar.Day) string {
	t := d.Time()
	if Of(ctx).Lang == text.English {
		return fmt.Sprintf("%d %s", t.Day(), months[t.Month()-1])
	}
	return fmt.Sprintf("%d月%d日", int(t.Month()), t.Day())
}

// MonthName writes the month of a day: 2012年4月, or Apr 2012.
func MonthName(ctx context.Context, d calendar.Day) string {
	t := d.Time()
	if Of(ctx).Lang == text.English {
		return fmt.Sprintf("%s %d", months[t.Month()-1], t.Year())
	}
	return fmt.Sprintf("%d年%d月", t.Year(), int(t.Month()))
}

// NearDate writes a day without its year, where that is the year of today.
func NearDate(ctx context.Context, today, d calendar.Day) string {
	if d.Time().Year() != today.Time().Year() {
		return Date(ctx, d)
	}
	return ShortDate(ctx, d)
}

// WorkdaysLeft says how far a last day is away in working days: 还有 6 个工作日, 过了 13 个工作日.
func WorkdaysLeft(ctx context.Context, today, by calendar.Day) string {
	n := today.Workdays(by)
	switch {
	case by == today:
		return T(ctx, "今天到期")
	case by < today && n == 0:
		return T(ctx, "刚过期")
	case by < today:
		return T(ctx, "过了 %s 个工作日", Count(-n))
	case n == 0:
		return T(ctx, "休息日到期")
	}
	return T(ctx, "还有 %s 个工作日", Count(n))
}
