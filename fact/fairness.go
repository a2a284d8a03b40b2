package fact

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
)

// Settlement is what a village-level unit is by its name.
type Settlement string

const (
	Rural   Settlement = "rural" // 村
	Urban   Settlement = "urban" // 社区
	Unclear Settlement = ""      // its name does not say
)

// SettlementOf tells by the name that the law gives it: residents' committees stand in
// towns, villagers' committees in the country.
func SettlementOf(name string) Settlement {
	for _, end := range []string{"社区", "居委会", "居民委员会", "社區"} {
		if strings.HasSuffix(name, end) {
			return Urban
		}
	}
	for _, end := range []string{"村", "村委会", "村民委员会"} {
		if strings.HasSuffix(name, end) {
			return Rural
		}
	}
	return Unclear
}

// Portion is what came to one village.
type Portion struct {
	Unit       id.Unit
	Settlement Settlement
	Told       bool // something was reported, were it that nothing came
	Quantity   document.Decimal
	Lately     bool             // something was reported of the last QuietDays
	Heads      document.Decimal // who lives there; 0 where nobody counted them
}

// Heads is how many people a figure of an indicator of people means, which may count them
// by the ten thousand so that rates per head can be read: 1.98 场/万人.
func (i Indicator) Heads(q document.Decimal) document.Decimal {
	if strings.HasPrefix(i.Measure, "万") {
		return q * 10_000
	}
	return q
}

// QuietDays is after how many days without a fact a village is said to be left alone.
const QuietDays = 90

// QuietSince is the first of the last QuietDays, today being the last of them.
func QuietSince(today calendar.Day) calendar.Day { return today.AddDays(1 - QuietDays) }

// PerHead is what came to people, and how many they are. Villages of which either is not
// known are in neither.
type PerHead struct {
	Villages int
	Quantity document.Decimal
	Heads    document.Decimal
}

// Known reports whether anything can be divided.
func (p PerHead) Known() bool { return p.Heads > 0 }

// Each is what comes to so many people, exactly.
func (p PerHead) Each(people int64) *big.Rat {
	r := big.NewRat(int64(p.Quantity), int64(p.Heads))
	return r.Mul(r, big.NewRat(people, 1))
}

// Fairness tells how evenly something came to villages: a sum hides that some got nothing.
type Fairness struct {
	Villages int
	Silent   int // of which nobody reported anything: unknown, neither good nor bad
	Nothing  int // that reported that nothing came
	Quiet    int // of which nothing was reported in the last QuietDays

	Least   document.Decimal // that came to any village that reported
	LeastIn []id.Unit        // where that was
	Most    document.Decimal

	// The shares of what was reported; a village of which nothing is known has no part in it.
	TopTenth  *big.Rat // of the tenth of the villages that got most; nil where nothing came
	LowerHalf *big.Rat // of the half that got least
	Gini      *big.Rat // 0 where all got the same, near 1 where one got all

	Urban, Rural PerHead
}

// Told is how many villages something is known of.
func (f Fairness) Told() int { return f.Villages - f.Silent }

// FairnessOf measures. Every village is given once.
func FairnessOf(all []Portion) (f Fairness) {
	f.Villages = len(all)
	quantities := make([]document.Decimal, 0, len(all))
	for _, p := range all {
		if !p.Lately {
			f.Quiet++
		}
		if !p.Told {
			f.Silent++
			quantities = append(quantities, 0)
			continue
		}
		quantities = append(quantities, p.Quantity)
		if p.Quantity <= 0 {
			f.Nothing++
		}
		switch {
		case len(f.LeastIn) == 0 || p.Quantity < f.Least:
			f.Least, f.LeastIn = p.Quantity, []id.Unit{p.Unit}
		case p.Quantity == f.Least:
			f.LeastIn = append(f.LeastIn, p.Unit)
		}
		f.Most = max(f.Most, p.Quantity)
		if p.Heads > 0 {
			f.perHead(p)
		}
	}
	f.spread(quantities)
	return f
}

func (f *Fairness) perHead(p Portion) {
	var to *PerHead
	switch p.Settlement {
	case Urban:
		to = &f.Urban
	case Rural:
		to = &f.Rural
	default:
		return
	}
	to.Villages++
	to.Quantity += p.Quantity
	to.Heads += p.Heads
}

// spread measures the shares. With the n quantities in order, the Gini coefficient is
// Σ (2k − n − 1) x(k) ÷ (n Σ x), k from 1.
func (f *Fairness) spread(quantities []document.Decimal) {
	n := len(quantities)
	slices.SortFunc(quantities, func(a, b document.Decimal) int { return cmp.Compare(a, b) })
	total, weighted, lower, top := new(big.Int), new(big.Int), new(big.Int), new(big.Int)
	tenth := (n + 9) / 10
	x, weight := new(big.Int), new(big.Int)
	for k, q := range quantities {
		x.SetInt64(int64(q))
		total.Add(total, x)
		weighted.Add(weighted, weight.Mul(x, weight.SetInt64(int64(2*(k+1)-n-1))))
		if k < n/2 {
			lower.Add(lower, x)
		}
		if k >= n-tenth {
			top.Add(top, x)
		}
	}
	if total.Sign() <= 0 || n < 2 {
		return
	}
	f.TopTenth, f.LowerHalf = new(big.Rat).SetFrac(top, total), new(big.Rat).SetFrac(lower, total)
	f.Gini = new(big.Rat).SetFrac(weighted, new(big.Int).Mul(total, big.NewInt(int64(n))))
}
