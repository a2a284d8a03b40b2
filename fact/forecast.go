package fact

import (
	"math/big"
	"slices"
	"strconv"

	"luoshi/calendar"
	"luoshi/document"
)

// MonthFigure is what a whole month brought.
type MonthFigure struct {
	Month    string // 2011-09
	Quantity document.Decimal
}

// Forecast is where a goal will be at its end if the rest goes as the months before went.
//
// The method is a rate per open day with a distribution-free prediction interval: each
// past run of months gives one rate, its quantity over its open days; the season is in
// the open days. Of n rates the k-th least and the k-th largest hold the next one
// between them with probability (n+1-2k)/(n+1), whatever their distribution (order
// statistics). A run is as long as what is still to come, up to a third of the past, so
// that good and bad months even out in both alike.
type Forecast struct {
	Low, Middle, High document.Decimal // at the end of the goal, with what is done
	Rates             int              // how many past rates there are
	Run               int              // months in each
	Inside, Of        int64            // the nominal probability that the end lies between low and high
}

// LeastForecastMonths is how many months with open days a forecast needs.
const LeastForecastMonths = 3

// wantedInside is how sure the interval is to be, in hundredths, where the past is long
// enough for it.
const wantedInside = 80

// monthRate is a month with its open days.
type monthRate struct{ quantity, open int64 }

// MakeForecast forecasts a goal from the whole months before today, in their order. ok is
// false where they are too few, or where no open day is left.
func MakeForecast(p Pace, past []MonthFigure) (f Forecast, ok bool) {
	begin := max(p.From, p.Today)
	left := OpenDays(begin, p.To, p.Windows)
	if left == 0 {
		return Forecast{}, false
	}
	rest, ok := forecastOf(openMonths(past, p.Windows), left, len(Months(begin, p.To)))
	if !ok {
		return Forecast{}, false
	}
	rest.Low, rest.Middle, rest.High = rest.Low+p.Done, rest.Middle+p.Done, rest.High+p.Done
	return rest, true
}

// openMonths gives the months on which something could be done.
func openMonths(past []MonthFigure, windows []Window) (out []monthRate) {
	for _, m := range past {
		first := calendar.Day(m.Month + "-01")
		if !isDay(first) {
			continue
		}
		year, _ := strconv.Atoi(m.Month[:4])
		month, _ := strconv.Atoi(m.Month[5:])
		if open := OpenDays(first, calendar.MonthEnd(year, month), windows); open > 0 {
			out = append(out, monthRate{int64(m.Quantity), open})
		}
	}
	return out
}

// forecastOf gives what so many open days in so many months will bring.
func forecastOf(past []monthRate, left int64, months int) (f Forecast, ok bool) {
	if len(past) < LeastForecastMonths {
		return f, false
	}
	f.Run = max(1, min(months, len(past)/3))
	var rates []*big.Rat
	for i := 0; i+f.Run <= len(past); i++ {
		var quantity, open int64
		for _, m := range past[i : i+f.Run] {
			quantity += m.quantity
			open += m.open
		}
		rates = append(rates, big.NewRat(quantity, open))
	}
	slices.SortFunc(rates, (*big.Rat).Cmp)
	n := len(rates)
	k := max(1, (n+1)*(100-wantedInside)/200)
	f.Rates, f.Inside, f.Of = n, int64(n+1-2*k), int64(n+1)
	middle := new(big.Rat).Add(rates[(n-1)/2], rates[n/2])
	middle.Quo(middle, big.NewRat(2, 1))
	f.Low, f.Middle, f.High = brings(rates[k-1], left, false), brings(middle, left, false), brings(rates[n-k], left, true)
	return f, true
}

// brings is a rate times days, in ten-thousandths, rounded down or up.
func brings(rate *big.Rat, days int64, up bool) document.Decimal {
	n := new(big.Int).Mul(rate.Num(), big.NewInt(days))
	q, rest := new(big.Int).DivMod(n, rate.Denom(), new(big.Int))
	if up && rest.Sign() != 0 {
		q.Add(q, big.NewInt(1))
	}
	return document.Decimal(q.Int64())
}

// Backtest forecasts each run of months that is over from the months before it alone, and
// counts how many of them came to lie within the interval. nominal is how many should.
func Backtest(past []MonthFigure, windows []Window, run int) (inside, of int, nominal *big.Rat) {
	months, nominal := openMonths(past, windows), new(big.Rat)
	for at := LeastForecastMonths; run > 0 && at+run <= len(months); at++ {
		var quantity, open int64
		for _, m := range months[at : at+run] {
			quantity += m.quantity
			open += m.open
		}
		f, ok := forecastOf(months[:at], open, run)
		if !ok {
			continue
		}
		of++
		nominal.Add(nominal, big.NewRat(f.Inside, f.Of))
		if int64(f.Low) <= quantity && quantity <= int64(f.High) {
			inside++
		}
	}
	return inside, of, nominal
}
