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
