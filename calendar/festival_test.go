package calendar

import "testing"

func TestFestival(t *testing.T) {
	for _, c := range []struct {
		festival Festival
		year     int
		want     Day
	}{
		{SpringFestival, 2012, "2012-01-23"}, {SpringFestival, 2027, "2027-02-06"}, {SpringFestival, 2030, "2030-02-03"},
		{LanternFestival, 2012, "2012-02-06"}, {LanternFestival, 2018, "2018-03-02"},
		{TombSweeping, 2011, "2011-04-05"}, {TombSweeping, 2012, "2012-04-04"}, {TombSweeping, 2023, "2023-04-05"}, {TombSweeping, 2024, "2024-04-04"},
		{DragonBoat, 2024, "2024-06-10"}, {MidAutumn, 2020, "2020-10-01"}, {DoubleNinth, 2011, "2011-10-05"},
		{NationalDay, 2031, "2031-10-01"}, {SpringFestival, 2031, ""}, {NoFestival, 2011, ""},
	} {
		if got := c.festival.In(c.year); got != c.want {
			t.Errorf("festival %d of %d: got %q, want %q", c.festival, c.year, got, c.want)
		}
	}
}

// 春节 and 中秋节 begin at a new and a full moon, 236 or 237 days apart save in a
// year with a leap month between them: a slip of the pen in the table shows here.
func TestLunarDaysAreLunations(t *testing.T) {
	for year := firstLunarYear; year <= lastLunarYear; year++ {
		spring := SpringFestival.In(year)
		for _, c := range []struct {
			festival Festival
			days     float64 // after the first day of the year, without a leap month
		}{{DragonBoat, 4*29.53 + 4}, {MidAutumn, 7*29.53 + 14}, {DoubleNinth, 8*29.53 + 8}} {
			off := float64(spring.Until(c.festival.In(year))) - c.days
			if off > 15 {
				off -= 29.53
			}
			if off < -2 || off > 2 {
				t.Errorf("festival %d of %d is %.1f days off", c.festival, year, off)
			}
		}
	}
}
