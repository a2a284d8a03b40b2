package fact

import (
	"math/big"
	"testing"

	"luoshi/document"
	"luoshi/id"

	"pgregory.net/rapid"
)

func portion(n int64) Portion { return Portion{Told: true, Lately: true, Quantity: document.Whole(n)} }

func TestFairness(t *testing.T) {
	many := func(of ...[2]int64) (out []Portion) {
		for _, some := range of {
			for range some[0] {
				p := portion(some[1])
				p.Unit = id.Unit(len(out) + 1)
				out = append(out, p)
			}
		}
		return out
	}
	for _, c := range []struct {
		name                    string
		all                     []Portion
		silent, nothing, quiet  int
		least                   int64
		leastIn                 int
		topTenth, half, spreads string // fractions
	}{
		{"no village", nil, 0, 0, 0, 0, 0, "", "", ""},
		{"all the same", many([2]int64{20, 4}), 0, 0, 0, 4, 20, "1/10", "1/2", "0/1"},
		{"one got all", many([2]int64{9, 0}, [2]int64{1, 50}), 0, 9, 0, 0, 9, "1/1", "0/1", "9/10"},
		{"two halves", many([2]int64{5, 1}, [2]int64{5, 3}), 0, 0, 0, 1, 5, "3/20", "1/4", "1/4"},
		{"of three nobody told", append(many([2]int64{7, 2}), Portion{}, Portion{}, Portion{}), 3, 0, 3, 2, 7, "1/7", "2/7", "3/10"},
		{"nothing anywhere", many([2]int64{4, 0}), 0, 4, 0, 0, 4, "", "", ""},
		{"one village", many([2]int64{1, 8}), 0, 0, 0, 8, 1, "", "", ""},
	} {
		f := FairnessOf(c.all)
		if f.Villages != len(c.all) || f.Silent != c.silent || f.Nothing != c.nothing || f.Quiet != c.quiet || f.Least != document.Whole(c.least) || len(f.LeastIn) != c.leastIn {
			t.Errorf("%s: %+v", c.name, f)
		}
		for _, r := range []struct {
			got  *big.Rat
			want string
		}{{f.TopTenth, c.topTenth}, {f.LowerHalf, c.half}, {f.Gini, c.spreads}} {
			if r.got == nil && r.want != "" || r.got != nil && r.got.String() != r.want {
				t.Errorf("%s: %v, want %s", c.name, r.got, r.want)
			}
		}
	}
}

func TestTownAndCountryPerHead(t *testing.T) {
	town := Portion{Told: true, Settlement: Urban, Quantity: document.Whole(6), Heads: document.Whole(3000)}
	country := Portion{Told: true, Settlement: Rural, Quantity: document.Whole(6), Heads: document.Whole(1500)}
	if by := (Indicator{Measure: "万人"}); by.Heads(3000) != town.Heads || (Indicator{Measure: "人"}).Heads(town.Heads) != town.Heads {
		t.Errorf("0.3 ten thousands are %s", by.Heads(3000))
	}
	f := FairnessOf([]Portion{town, country, country, {Told: true, Settlement: Rural, Quantity: document.Whole(100)}, {Settlement: Urban, Heads: document.Whole(9000)}})
	if got := f.Urban.Each(1000).FloatString(1); f.Urban.Villages != 1 || got != "2.0" {
		t.Errorf("town: %+v, %s", f.Urban, got)
	}
	if got := f.Rural.Each(1000).FloatString(1); f.Rural.Villages != 2 || got != "4.0" {
		t.Errorf("country: %+v, %s", f.Rural, got)
	}
	for name, want := range map[string]Settlement{"上塘村": Rural, "滨海社区": Urban, "东门居委会": Urban, "青石": Unclear} {
		if got := SettlementOf(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Whatever came: the coefficient lies from 0 to 1 and does not change with the measure; what goes from the one with most to the one with least never makes it larger.
func TestGiniOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.SliceOfN(rapid.Int64Range(0, 1000), 2, 40).Draw(t, "quantities")
		of := func(scale int64) *big.Rat {
			all := make([]Portion, len(some))
			for k, n := range some {
				all[k] = portion(n * scale)
			}
			return FairnessOf(all).Gini
		}
		g := of(1)
		if g == nil {
			return
		}
		if g.Sign() < 0 || g.Cmp(big.NewRat(1, 1)) >= 0 || g.Cmp(of(12)) != 0 {
			t.Fatalf("%v of %v", g, some)
		}
		least, most := 0, 0
		for k, n := range some {
			if n < some[least] {
				least = k
			}
			if n > some[most] {
				most = k
			}
		}
		if some[most]-some[least] < 2 {
			return
		}
		some[most]--
		some[least]++
		if after := of(1); after.Cmp(g) > 0 {
			t.Fatalf("%v after %v", after, g)
		}
	})
}
