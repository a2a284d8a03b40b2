package bench

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestPercentiles(t *testing.T) {
	for name, c := range map[string]struct {
		took []time.Duration
		p    float64
		want time.Duration
	}{
		"nothing":               {nil, 50, 0},
		"one":                   {[]time.Duration{7 * time.Microsecond}, 99, 7 * time.Microsecond},
		"median of two":         {[]time.Duration{2 * time.Microsecond, 9 * time.Microsecond}, 50, 2 * time.Microsecond},
		"median of three":       {[]time.Duration{3 * time.Microsecond, 1 * time.Microsecond, 2 * time.Microsecond}, 50, 2 * time.Microsecond},
		"never above the most":  {[]time.Duration{1000 * time.Millisecond}, 99, 1000 * time.Millisecond},
		"all of them":           {[]time.Duration{time.Microsecond, 200 * time.Microsecond}, 100, 200 * time.Microsecond},
		"shorter than a tick":   {[]time.Duration{time.Nanosecond}, 50, 0},
		"longer than there are": {[]time.Duration{1000 * 24 * time.Hour}, 50, longest(len(histogram{}.counts) - 1)},
	} {
		var h histogram
		for _, d := range c.took {
			h.add(d)
		}
		if got := h.percentile(c.p); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// A hundred thousand times of all lengths: the histogram must say what sorting
// them all says, but for the width of a part.
func TestPercentilesOfMany(t *testing.T) {
	random := rand.New(rand.NewPCG(20110808, 16))
	var h histogram
	var all []time.Duration
	for range 100_000 {
		d := time.Duration(1+random.IntN(1000)) * time.Microsecond << random.IntN(12)
		h.add(d)
		all = append(all, d)
	}
	slices.Sort(all)
	for _, p := range []float64{1, 25, 50, 90, 99, 99.9} {
		want, got := all[int(float64(len(all))*p/100)-1], h.percentile(p)
		if got < want || float64(got-want) > float64(want)/parts {
			t.Errorf("p%v: %v, sorted %v", p, got, want)
		}
	}
	if h.most != all[len(all)-1] || h.all != int64(len(all)) {
		t.Errorf("most %v, all %d", h.most, h.all)
	}
}

// Every time is counted in a part that holds it, and the parts are in order.
func TestPartsOfTheHistogram(t *testing.T) {
	for i := 1; i < len(histogram{}.counts); i++ {
		if longest(i) <= longest(i-1) || part(longest(i)) != i || part(longest(i-1)+time.Microsecond) != i {
			t.Fatalf("part %d ends at %v, the one before at %v", i, longest(i), longest(i-1))
		}
	}
}
