package fact

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"luoshi/calendar"
	"luoshi/document"

	"pgregory.net/rapid"
)

// closedSeason is 伏季休渔: boats lie in harbour, and what is put into them is put in then.
var closedSeason = []Window{{"06-01", "09-16"}}

func TestPaceStates(t *testing.T) {
	year := Pace{Target: document.Whole(1500), Reported: true, From: "2011-01-01", To: "2011-12-31"}
	boats := Pace{Target: document.Whole(1080), Reported: true, From: "2011-01-01", To: "2012-12-31", Windows: closedSeason}
	for name, c := range map[string]struct {
		pace     Pace
		done     int64
		today    calendar.Day
		state    PaceState
		expected string
		line     string
	}{
		"the first morning":             {year, 0, "2011-01-01", PaceWaiting, "0", "0 of 1,500, 0 %, expected 0 %"},
		"the line of the issue":         {year, 1320, "2011-10-24", PaceOn, "1216.4383", "1,320 of 1,500, 88 %, expected 81 %"},
		"ahead from ten hundredths on":  {year, 1339, "2011-10-24", PaceAhead, "1216.4383", "1,339 of 1,500, 89 %, expected 81 %"},
		"on pace to the show":           {year, 1217, "2011-10-24", PaceOn, "1216.4383", "1,217 of 1,500, 81 %, expected 81 %"},
		"one show short":                {year, 1216, "2011-10-24", PaceSlow, "1216.4383", "1,216 of 1,500, 81 %, expected 81 %"},
		"just slow":                     {year, 1095, "2011-10-24", PaceSlow, "1216.4383", "1,095 of 1,500, 73 %, expected 81 %"},
		"late":                          {year, 1094, "2011-10-24", PaceLate, "1216.4383", "1,094 of 1,500, 72 %, expected 81 %"},
		"reached before the end":        {year, 1500, "2011-10-24", PaceReached, "1216.4383", "1,500 of 1,500, 100 %, expected 81 %"},
		"one short on the last evening": {year, 1499, "2011-12-31", PaceOn, "1495.8904", "1,499 of 1,500, 99 %, expected 99 %"},
		"one short when it is over":     {year, 1499, "2012-01-01", PaceMissed, "1500", "1,499 of 1,500, 99 %, expected 100 %"},
		"boats before the season":       {boats, 0, "2011-05-31", PaceWaiting, "0", "0 of 1,080, 0 %, expected 0 %"},
		"boats on its second day":       {boats, 5, "2011-06-02", PaceOn, "5", "5 of 1,080, 0 %, expected 0 %"},
		"boats in winter":               {boats, 500, "2012-02-01", PaceSlow, "540", "500 of 1,080, 46 %, expected 50 %"},
		"boats in spring, the same":     {boats, 500, "2012-05-31", PaceSlow, "540", "500 of 1,080, 46 %, expected 50 %"},
	} {
		t.Run(name, func(t *testing.T) {
			p := c.pace
			p.Done, p.Today = document.Whole(c.done), c.today
			f := p.Figures()
			line := fmt.Sprintf("%s of %s, %d %%, expected %d %%", f.Done, f.Target, f.Share, f.Due)
			if s := p.State(UsualPace); s != c.state || p.Expected().String() != c.expected || line != c.line {
				t.Errorf("%s, %s, %s", s, p.Expected(), line)
			}
		})
	}
	if s := (Pace{Target: document.Whole(10), From: "2011-01-01", To: "2011-12-31", Today: "2012-05-01"}).State(UsualPace); s != PaceUnreported || s.Slipped() {
		t.Errorf("what nobody reported is %s", s)
	}
	if !PaceLate.Slipped() || !PaceMissed.Slipped() || PaceSlow.Slipped() {
		t.Error("what asks for a cause")
	}
	// No open day in the span: all of it is due at the end, and not before.
	closed := Pace{Target: document.Whole(3), Reported: true, From: "2011-01-01", To: "2011-02-28", Today: "2011-02-28", Windows: closedSeason}
	if closed.State(UsualPace) != PaceWaiting || closed.Expected() != 0 {
		t.Error(closed.State(UsualPace), closed.Expected())
	}
	if closed.Today = "2011-03-01"; closed.State(UsualPace) != PaceMissed || closed.Expected() != closed.Target {
		t.Error(closed.State(UsualPace), closed.Expected())
	}
}

// Days of approval go from 20 down to 3, complaints stay at 12 or fewer; the arithmetic is
// that of docs/pace.md.
func TestPaceDown(t *testing.T) {
	days := Pace{Target: document.Whole(3), Base: document.Whole(20), Way: Falls, Reported: true, From: "2011-01-01", To: "2011-12-31"}
	complaints := Pace{Target: document.Whole(12), Way: Ceiling, Reported: true, From: "2011-01-01", To: "2011-12-31"}
	none := complaints
	none.Target = 0
	risen := days
	risen.Base = document.Whole(2)
	for name, c := range map[string]struct {
		pace  Pace
		done  string
		today calendar.Day
		state PaceState
		line  string
	}{
		"the first morning":            {days, "20", "2011-01-01", PaceWaiting, "0 %, down to 20, 0 %"},
		"half the year, half the way":  {days, "11.4", "2011-07-03", PaceOn, "50 %, down to 11.48, 50 %"},
		"a day more than expected":     {days, "12.3", "2011-07-03", PaceSlow, "45 %, down to 11.48, 50 %"},
		"hardly down":                  {days, "13", "2011-07-03", PaceLate, "41 %, down to 11.48, 50 %"},
		"worse than at first":          {days, "23", "2011-07-03", PaceLate, "0 %, down to 11.48, 50 %"},
		"far down":                     {days, "8", "2011-07-03", PaceAhead, "70 %, down to 11.48, 50 %"},
		"down to it":                   {days, "3", "2011-07-03", PaceReached, "100 %, down to 11.48, 50 %"},
		"a little above on the last":   {days, "3.01", "2011-12-31", PaceOn, "99 %, down to 3.05, 99 %"},
		"a little above afterwards":    {days, "3.01", "2012-01-01", PaceMissed, "99 %, down to 3, 100 %"},
		"there from the first":         {risen, "2.5", "2011-07-03", PaceReached, "100 %, down to 3, 50 %"},
		"there at first, and risen":    {risen, "3.5", "2011-07-03", PaceLate, "0 %, down to 3, 50 %"},
		"one complaint in January":     {complaints, "1", "2011-01-03", PaceOn, "9 %, down to 1, 0 %"},
		"one on the first morning":     {complaints, "1", "2011-01-01", PaceWaiting, "9 %, down to 0, 0 %"},
		"two in January":               {complaints, "2", "2011-01-03", PaceLate, "17 %, down to 1, 0 %"},
		"six in half a year":           {complaints, "6", "2011-07-02", PaceOn, "50 %, down to 6, 49 %"},
		"none in half a year":          {complaints, "0", "2011-07-02", PaceAhead, "0 %, down to 6, 49 %"},
		"used somewhat fast":           {complaints, "11", "2011-10-24", PaceSlow, "92 %, down to 10, 81 %"},
		"used up":                      {complaints, "12", "2011-10-24", PaceLate, "100 %, down to 10, 81 %"},
		"one too many":                 {complaints, "13", "2011-10-24", PaceLate, "109 %, down to 10, 81 %"},
		"a little too much":            {complaints, "12.01", "2011-10-24", PaceLate, "101 %, down to 10, 81 %"},
		"kept to the end":              {complaints, "12", "2012-01-01", PaceReached, "100 %, down to 12, 100 %"},
		"not kept":                     {complaints, "13", "2012-01-01", PaceMissed, "109 %, down to 12, 100 %"},
		"none at all, and none came":   {none, "0", "2011-07-02", PaceAhead, "0 %, down to 0, 49 %"},
		"none at all, and one came":    {none, "1", "2011-07-02", PaceLate, "0 %, down to 0, 49 %"},
		"none at all, kept to the end": {none, "0", "2012-01-01", PaceReached, "0 %, down to 0, 100 %"},
	} {
		t.Run(name, func(t *testing.T) {
			p := c.pace
			p.Done, _ = document.ParseDecimal(c.done)
			p.Today = c.today
			f := p.Figures()
			line := fmt.Sprintf("%d %%, down to %s, %d %%", f.Share, f.Expected, f.Due)
			if s := p.State(UsualPace); s != c.state || line != c.line || p.Broken() != (p.Way == Ceiling && p.Done > p.Target) {
				t.Errorf("%s, %s", s, line)
			}
			if p.Reported = false; p.State(UsualPace) != PaceUnreported {
				t.Errorf("what nobody reported is %s", p.State(UsualPace))
			}
		})
	}
	for _, c := range []struct {
		i    Indicator
		want Way
	}{{Indicator{Aggregation: Snapshot, Direction: "up"}, Grows}, {Indicator{Aggregation: Snapshot, Direction: "down"}, Falls}, {Indicator{Aggregation: Sum, Direction: "down", Numerator: 1, Divisor: 2}, Falls}, {Indicator{Aggregation: Sum, Direction: "down"}, Ceiling}, {Indicator{Aggregation: Distinct, Direction: "down"}, Ceiling}} {
		if c.i.Way() != c.want {
			t.Errorf("%+v: %q", c.i, c.i.Way())
		}
	}
}

// Two units have together to come down to 4,000 by the end of the year: one first said 6,000
// at the end of June, the other 2,000 at the end of September.
func TestPaceOfUnitsThatTellLater(t *testing.T) {
	both := []Base{{"2011-06", document.Whole(6000)}, {"2011-09", document.Whole(2000)}}
	for name, c := range map[string]struct {
		bases []Base
		done  int64
		today calendar.Day
		state PaceState
		line  string
	}{
		// 92 of 184 days are over: 6,000 − 2,000 × 92 ÷ 184 = 5,000.
		"before the other told":                  {both[:1], 5000, "2011-10-01", PaceOn, "from 6,000, 50 %, down to 5,000, 50 %"},
		"when it told, nothing of it is due":     {both, 7000, "2011-10-01", PaceLate, "from 8,000, 25 %, down to 6,500, 37 %"},
		"as far as the first should be":          {both, 6500, "2011-10-01", PaceOn, "from 8,000, 37 %, down to 6,500, 37 %"},
		"both half way of what is left of them":  {both, 5250, "2011-11-16", PaceOn, "from 8,000, 68 %, down to 5,250, 68 %"},
		"not down":                               {both, 5600, "2011-11-16", PaceLate, "from 8,000, 60 %, down to 5,250, 68 %"},
		"down to it":                             {both, 4000, "2011-11-16", PaceReached, "from 8,000, 100 %, down to 5,250, 68 %"},
		"when it is over":                        {both, 4001, "2012-01-01", PaceMissed, "from 8,000, 99 %, down to 4,000, 100 %"},
		"the other said 0":                       {[]Base{both[0], {"2011-09", 0}}, 5000, "2011-10-01", PaceOn, "from 6,000, 50 %, down to 5,000, 50 %"},
		"all said 0, and it rose above":          {[]Base{{"2011-06", 0}}, 4001, "2011-10-01", PaceLate, "from 0, 0 %, down to 4,000, 50 %"},
		"nobody said anything by the first days": {nil, 0, "2011-06-02", PaceReached, "from 0, 100 %, down to 4,000, 0 %"},
	} {
		t.Run(name, func(t *testing.T) {
			p := Pace{Target: document.Whole(4000), Done: document.Whole(c.done), Reported: true, Way: Falls, From: "2011-06-01", To: "2011-12-31", Today: c.today}.FallingFrom(c.bases)
			f := p.Figures()
			line := fmt.Sprintf("from %s, %d %%, down to %s, %d %%", p.Base.Grouped(), f.Share, f.Expected, f.Due)
			if s := p.State(UsualPace); s != c.state || line != c.line {
				t.Errorf("%s, %s", s, line)
			}
		})
	}
	p := Pace{Target: document.Whole(4000), Way: Falls, From: "2011-06-01", To: "2011-12-31", Today: "2011-12-01"}.FallingFrom(both)
	if was := p.AtEndOf("2011-08-31"); was.Base != document.Whole(6000) || was.Expected() >= document.Whole(6000) {
		t.Errorf("at the end of August it falls from %s, to %s", was.Base, was.Expected())
	}
	if was := p.AtEndOf("2011-09-30"); was.Base != document.Whole(8000) || was.Expected() != document.Whole(6500) {
		t.Errorf("at the end of September it falls from %s, to %s", was.Base, was.Expected())
	}
}

// What falls from several bases is expected at what they add up to on the first day, at the
// target on the last, and never higher the next day.
func TestPaceOfBasesProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Pace{Target: document.Decimal(rapid.Int64Range(0, MostQuantity/4).Draw(t, "target")), Way: Falls, Windows: drawWindows(t), From: "2011-01-01"}
		var bases []Base
		for m := "2011-01"; len(bases) < 3; m = NextMonth(m) {
			bases = append(bases, Base{m, document.Decimal(rapid.Int64Range(0, MostQuantity/4).Draw(t, "base"))})
		}
		p = p.FallingFrom(bases)
		p.To = p.From.AddDays(rapid.IntRange(60, 800).Draw(t, "span"))
		p.Today = p.From.AddDays(rapid.IntRange(0, 801).Draw(t, "today"))
		tomorrow, first := p, p
		tomorrow.Today, first.Today = p.Today.AddDays(1), p.From
		if now, next := p.Expected(), tomorrow.Expected(); next > now || first.Expected() != max(p.Base, p.Target) || p.Today > p.To && now != p.Target {
			t.Fatalf("expected %s, then %s", now, next)
		}
		one := p
		one.Bases, one.Base = nil, p.Base
		if of := p.FallingFrom(bases[:1]); of.Base > of.Target {
			one.Base = of.Base
			if of.Expected() != one.Expected() {
				t.Fatalf("from one base it is %s, %s", of.Expected(), one.Expected())
			}
		}
	})
}

// What falls is expected lower day by day, from its base to its target; its state compares
// as fractions do, and less is never worse.
func TestPaceDownProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Pace{Target: document.Decimal(rapid.Int64Range(0, MostQuantity).Draw(t, "target")), Base: document.Decimal(rapid.Int64Range(0, MostQuantity).Draw(t, "base")),
			Done: document.Decimal(rapid.Int64Range(0, MostQuantity).Draw(t, "done")), Reported: true, Windows: drawWindows(t), Way: rapid.SampledFrom([]Way{Falls, Ceiling}).Draw(t, "way"), From: "2011-01-01"}
		p.To = p.From.AddDays(rapid.IntRange(0, 800).Draw(t, "span"))
		p.Today = p.From.AddDays(rapid.IntRange(0, 801).Draw(t, "today"))
		tomorrow, first := p, p
		tomorrow.Today, first.Today = p.Today.AddDays(1), p.From
		now, next := p.Expected(), tomorrow.Expected()
		over, all := p.open()
		switch {
		case p.Way == Falls && (next > now || first.Expected() != max(p.Base, p.Target) || p.Today > p.To && now != p.Target),
			p.Way == Ceiling && (next < now || first.Expected() != 0 || p.Today > p.To && now != p.Target || p.Told() < now):
			t.Fatalf("expected %s, then %s", now, next)
		case p.Way == Falls && p.Base > p.Target && p.Done > p.Target && p.Today <= p.To && over > 0:
			of := new(big.Rat).Quo(big.NewRat(int64(p.Base-p.Done), int64(p.Base-p.Target)), big.NewRat(over, all))
			if fine := of.Cmp(big.NewRat(1, 1)) >= 0; fine != (p.State(UsualPace) == PaceOn || p.State(UsualPace) == PaceAhead) {
				t.Fatalf("%s of what is expected is %s", of, p.State(UsualPace))
			}
		}
		order := map[PaceState]int{PaceReached: 0, PaceWaiting: 1, PaceAhead: 1, PaceOn: 2, PaceSlow: 3, PaceLate: 4, PaceMissed: 5}
		less := p
		if less.Done = p.Done - min(p.Done, document.Decimal(rapid.Int64Range(0, MostQuantity).Draw(t, "less"))); order[less.State(UsualPace)] > order[p.State(UsualPace)] {
			t.Fatalf("%s is %s, less of it %s", p.Done, p.State(UsualPace), less.State(UsualPace))
		}
		if f := p.Figures(); p.Way == Falls && p.Done > p.Target && f.Share >= 100 || p.Way == Ceiling && p.Target > 0 && (p.Done > p.Target) != (f.Share > 100) {
			t.Fatalf("%d %%", f.Share)
		}
	})
}

func TestPaceChecks(t *testing.T) {
	for _, w := range []Window{{"6-1", "09-16"}, {"06-31", "09-16"}, {"06-01", ""}, {"13-01", "09-16"}} {
		if w.Check() == nil {
			t.Errorf("%+v is taken", w)
		}
	}
	if (Window{"02-29", "11-30"}).Check() != nil || UsualPace.Check() != nil || (PaceRule{90, 100, 110}).Check() == nil {
		t.Error("checks")
	}
}

func drawWindows(t *rapid.T) (out []Window) {
	for range rapid.IntRange(0, 3).Draw(t, "windows") {
		day := func(name string) string {
			return string(calendar.Day("2004-01-01").AddDays(rapid.IntRange(0, 365).Draw(t, name)))[5:]
		}
		out = append(out, Window{day("from"), day("to")})
	}
	return out
}

// isOpen says of one day what OpenDays counts.
func isOpen(d calendar.Day, windows []Window) bool {
	for _, w := range windows {
		day := string(d)[5:]
		from, to := w.From, w.To
		if calendar.MonthEnd(yearOf(d), 2)[8:] == "28" { // February 29 is the 28th
			if from == "02-29" {
				from = "02-28"
			}
			if to == "02-29" {
				to = "02-28"
			}
		}
		if w.From <= w.To && day >= from && day <= to || w.From > w.To && (day >= from || day <= to) {
			return true
		}
	}
	return len(windows) == 0
}

func yearOf(d calendar.Day) (year int) { fmt.Sscanf(string(d), "%d", &year); return year }

// Open days are those that a count day by day finds; expected grows on those days only,
// from nothing to the whole; the state compares as fractions do.
func TestPaceProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Pace{Target: document.Decimal(rapid.Int64Range(1, MostQuantity).Draw(t, "target")), Done: document.Decimal(rapid.Int64Range(0, MostQuantity).Draw(t, "done")), Reported: true, Windows: drawWindows(t)}
		p.From = calendar.Day("2011-01-01").AddDays(rapid.IntRange(0, 800).Draw(t, "from"))
		p.To = p.From.AddDays(rapid.IntRange(0, 800).Draw(t, "span"))
		var open int64
		for d := p.From; d <= p.To; d = d.AddDays(1) {
			if isOpen(d, p.Windows) {
				open++
			}
		}
		if n := OpenDays(p.From, p.To, p.Windows); n != open {
			t.Fatalf("%d open days, want %d", n, open)
		}
		p.Today = p.From
		if p.Expected() != 0 {
			t.Fatal("expected on the first morning")
		}
		p.Today = p.From.AddDays(rapid.IntRange(1, 801).Draw(t, "today"))
		yesterday := p
		yesterday.Today = p.Today.AddDays(-1)
		before, now := yesterday.Expected(), p.Expected()
		if now < before || now > before && open > 0 && !isOpen(yesterday.Today, p.Windows) || p.Today > p.To && now != p.Target {
			t.Fatalf("expected %s, then %s", before, now)
		}
		over, all := p.open()
		state := p.State(UsualPace)
		if p.Done < p.Target && p.Today <= p.To && over > 0 {
			of := new(big.Rat).Quo(big.NewRat(int64(p.Done), int64(p.Target)), big.NewRat(over, all))
			want := PaceLate
			switch {
			case of.Cmp(big.NewRat(110, 100)) >= 0:
				want = PaceAhead
			case of.Cmp(big.NewRat(1, 1)) >= 0:
				want = PaceOn
			case of.Cmp(big.NewRat(9, 10)) >= 0:
				want = PaceSlow
			}
			if state != want {
				t.Fatalf("%s, want %s", state, want)
			}
		}
		if f := p.Figures(); p.Done < p.Target && f.Share >= 100 {
			t.Fatal("what is not reached reads 100 %")
		}
	})
}

func TestForecastByHand(t *testing.T) {
	// Nine months of 30 a day to 38 a day, in the order of the months' own lengths.
	var past []MonthFigure
	month := "2011-01"
	for k := range 9 {
		open := OpenDays(calendar.Day(month+"-01"), calendar.MonthEnd(2011, k+1), nil)
		past = append(past, MonthFigure{month, document.Whole(open * int64(30+k))})
		month = NextMonth(month)
	}
	p := Pace{Target: document.Whole(20_000), Done: document.Whole(9_300), Reported: true, From: "2011-01-01", To: "2011-10-31", Today: "2011-10-01"}
	f, ok := MakeForecast(p, past)
	if !ok || f.Low != document.Whole(9_300+31*30) || f.Middle != document.Whole(9_300+31*34) || f.High != document.Whole(9_300+31*38) || f.Inside != 8 || f.Of != 10 || f.Run != 1 {
		t.Errorf("%v %+v", ok, f)
	}
	if _, ok := MakeForecast(p, past[:2]); ok {
		t.Error("forecast from two months")
	}
	if p.Today = "2011-11-01"; true {
		if _, ok := MakeForecast(p, past); ok {
			t.Error("forecast of what is over")
		}
	}
	// Nothing is forecast to happen while the season is closed.
	boats := Pace{Target: document.Whole(1400), Done: document.Whole(400), Reported: true, From: "2011-06-01", To: "2012-07-31", Today: "2011-10-01", Windows: closedSeason}
	season := []MonthFigure{{"2011-06", document.Whole(90)}, {"2011-07", document.Whole(124)}, {"2011-08", document.Whole(93)}, {"2011-09", document.Whole(64)}, {"2011-10", 0}}
	if f, ok = MakeForecast(boats, season); !ok || f.Rates != 4 || f.Low != document.Whole(400+61*3) || f.High != document.Whole(400+61*4) {
		t.Errorf("%v %+v", ok, f)
	}
}

// On 120 made-up programmes of 17 months, each month held back and forecast from those
// before it alone, the interval holds as many as it says, within five hundredths; runs of
// three months within ten, since they overlap; and so do the months of a closed season.
func TestForecastBacktest(t *testing.T) {
	random := rand.New(rand.NewPCG(2011, 8))
	for name, c := range map[string]struct {
		windows []Window
		run     int
		margin  float64
	}{"any day": {nil, 1, 0.05}, "any day, three months": {nil, 3, 0.1}, "in one season": {closedSeason, 1, 0.05}} {
		inside, of, nominal := 0, 0, new(big.Rat)
		for range 120 {
			var past []MonthFigure
			daily := 2 + random.Float64()*20
			for m, k := "2010-01", 0; k < 40; m, k = NextMonth(m), k+1 {
				year, month := yearOf(calendar.Day(m+"-01")), int(m[5]-'0')*10+int(m[6]-'0')
				open := OpenDays(calendar.Day(m+"-01"), calendar.MonthEnd(year, month), c.windows)
				past = append(past, MonthFigure{m, document.Whole(int64(daily * float64(open) * (0.6 + 0.8*random.Float64())))})
			}
			if c.windows == nil {
				past = past[:17]
			}
			i, o, n := Backtest(past, c.windows, c.run)
			inside, of = inside+i, of+o
			nominal.Add(nominal, n)
		}
		got := float64(inside) / float64(of)
		says, _ := new(big.Rat).Quo(nominal, big.NewRat(int64(of), 1)).Float64()
		t.Logf("%s: %d of %d held-back months inside (%.1f %%), the interval says %.1f %%", name, inside, of, 100*got, 100*says)
		if got < says-c.margin || got > says+c.margin {
			t.Errorf("%s: coverage %.3f, nominal %.3f", name, got, says)
		}
	}
}

// The interval holds the middle, is never below what is done, and a forecast is the same
// whenever it is made.
func TestForecastProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var past []MonthFigure
		m := "2010-05"
		for range rapid.IntRange(0, 30).Draw(t, "months") {
			past = append(past, MonthFigure{m, document.Decimal(rapid.Int64Range(0, MostQuantity).Draw(t, "quantity"))})
			m = NextMonth(m)
		}
		p := Pace{Target: document.Whole(1000), Done: document.Decimal(rapid.Int64Range(0, MostQuantity).Draw(t, "done")), Reported: true, From: "2010-05-01", Today: calendar.Day(m + "-01"), Windows: drawWindows(t)}
		p.To = p.Today.AddDays(rapid.IntRange(-10, 700).Draw(t, "left"))
		f, ok := MakeForecast(p, past)
		if again, _ := MakeForecast(p, past); again != f {
			t.Fatal("another forecast")
		}
		if ok && (f.Low < p.Done || f.Middle < f.Low || f.High < f.Middle || f.Inside >= f.Of || f.Inside <= 0) {
			t.Fatalf("%+v", f)
		}
	})
}
