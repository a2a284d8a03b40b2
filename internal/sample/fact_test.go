package sample

import (
	"testing"

	"luoshi/document"
	"luoshi/internal/db"
	"luoshi/internal/desk"
)

// mostAsked is how many values a village keeper may be asked for in a month.
const mostAsked = 10

// At the end of the plan the figures are what the division said in its last report, and
// what is planted is found among them.
func TestTheFiguresOfSeventeenMonths(t *testing.T) {
	c, d := madeUntil(t, "2013-01-31")
	v, done := c.office.Visit(t.Context())
	defer done()
	for what, n := range map[int][2]int64{shows: {1500, 1560}, films: {36600, 37100}, books: {100000, 104000}, boats: {743, 750}, rooms: {4000, 4071}, trained: {2040, 2046}} {
		b, err := c.office.FactBoard(v, c.people[clerk], c.indicators[what], months, desk.TreeOfTheDay)
		if err != nil {
			t.Fatal(err)
		}
		reported, counted := int64(b.Total.Reported)/document.DecimalScale, int64(b.Total.Counted)/document.DecimalScale
		t.Logf("%s: %d reported, %d counted", indicators[what].Name, reported, counted)
		if reported < n[0] || reported > n[1] || counted > reported || counted < reported*9/10 {
			t.Errorf("%s: %d reported, %d counted, want from %d to %d", indicators[what].Name, reported, counted, n[0], n[1])
		}
	}
	for _, what := range []int{shows, films, books} {
		f, err := c.office.Fairness(t.Context(), c.people[clerk], c.indicators[what], months)
		if err != nil || !f.Urban.Known() || !f.Rural.Known() || min(f.Urban.Villages, f.Rural.Villages) < 50 {
			t.Errorf("%s per head: %+v, %+v, %v", indicators[what].Name, f.Urban, f.Rural, err)
			continue
		}
		t.Logf("%s to a thousand people: %s in %d communities, %s in %d villages", indicators[what].Name, f.Urban.Each(1000).FloatString(2), f.Urban.Villages, f.Rural.Each(1000).FloatString(2), f.Rural.Villages)
	}
	for k, i := range c.rates {
		b, err := c.office.FactBoard(v, c.people[clerk], i, months, desk.TreeOfTheDay)
		if err != nil || b.Total.Reported <= 0 {
			t.Errorf("rate %d: %s, %v", k, b.Total.Reported, err)
		}
		t.Logf("%s: %s %s", b.Indicator.Name, b.Total.Reported, b.Indicator.Measure)
	}
	var asked, keepers int64
	if err := d.Read(t.Context(), func(v *db.View) (err error) {
		each := "SELECT COUNT(*) AS n FROM fact f JOIN unit u ON u.city_id = f.city_id AND u.id = f.unit_id WHERE f.city_id = $1 AND f.kind = 'claim' AND f.corrects = 0 AND u.level = 'village' AND f.indicator_id <> $2 GROUP BY f.unit_id, substr(f.day, 1, 7)"
		if asked, err = db.Row(v, db.Value[int64], "SELECT MAX(n) FROM ("+each+") x", 1, c.indicators[people]); err != nil {
			return err
		}
		keepers, err = db.Row(v, db.Value[int64], "SELECT COUNT(*) FROM ("+each+") x", 1, c.indicators[people])
		return err
	}); err != nil {
		t.Fatal(err)
	}
	t.Logf("a village was asked for at most %d values in a month, in %d months of villages", asked, keepers)
	if asked > mostAsked {
		t.Errorf("a village keeper is asked for %d values in a month, at most %d are meant", asked, mostAsked)
	}
	kinds := map[plantKind]int{}
	for _, p := range c.planted {
		kinds[plants[p.plant].kind]++
	}
	for _, k := range []plantKind{sameHour, sameSlip, tenTimes, samePerson, afterClose, nobodyCame, outOfSeason} {
		if kinds[k] < 3 {
			t.Errorf("%d facts of %q are planted", kinds[k], k)
		}
	}
	t.Logf("planted: %d facts of %d plants", len(c.planted), len(plants))
}

// The shares of each level add up to what is parted, to the last one.
func TestSharesOfTheSampleAddUp(t *testing.T) {
	c, _ := madeUntil(t, "2011-08-31")
	bureau, err := c.office.Bureau(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for what, g := range c.goals {
		page, err := c.office.SharesOf(t.Context(), c.people[clerk], g, bureau)
		if err != nil {
			t.Fatal(err)
		}
		var sum document.Decimal
		for _, u := range page.Units {
			sum += u.Standing
			if u.Passed != 0 && u.Passed != u.Standing {
				t.Errorf("%s: %s passes on %s of %s", indicators[what].Name, u.Name, u.Passed, u.Standing)
			}
		}
		if sum != page.Whole {
			t.Errorf("%s: %s of %s shared", indicators[what].Name, sum, page.Whole)
		}
	}
}
