package sample

import (
	"math/rand/v2"
	"slices"

	"luoshi/id"
)

// spot is a village with its place in the city, by which what happens there is drawn.
type spot struct {
	county, township, village int // township and village are numbered in their county and township
	unit                      id.Unit
}

// rate is how often, in tenths, anything comes to a village: some lie far off.
func (s spot) rate() uint64 {
	switch n := (s.county*31 + s.township*17 + s.village*7) % 20; {
	case n == 0:
		return 1
	case n < 4:
		return 5
	case n > 17:
		return 14
	}
	return 10
}

// mute are the months in which a township hands in no list.
func (s spot) mute(month int) bool { return (s.county*5+s.township*7+month*5)%41 == 3 }

// spots are the villages of a county in a month, in the order of the tree.
func (c *city) spots(county, month int) (out []spot) {
	for k := range counties {
		for t, township := range c.townships[c.counties[k]] {
			if countyOf(k, t, month) != county {
				continue
			}
			for v, unit := range c.villages[township] {
				out = append(out, spot{k, t, v, unit})
			}
		}
	}
	return out
}

// luck is what chance decides in a month in a county: the same in every sample.
func luck(what, county, month int) *rand.Rand {
	return rand.New(rand.NewPCG(20110801, uint64(what*10000+county*100+month)))
}

// drawn draws villages, those to which more comes sooner: each once before any is drawn
// again. Townships that are mute have nothing.
func drawn(n int64, all []spot, month int, r *rand.Rand) (out []spot) {
	type lot struct {
		spot
		at uint64
	}
	var lots []lot
	for _, s := range all {
		if !s.mute(month) {
			lots = append(lots, lot{s, uint64(r.Uint32()) * 100 / s.rate()})
		}
	}
	if len(lots) == 0 {
		return nil
	}
	slices.SortFunc(lots, func(a, b lot) int {
		if a.at != b.at {
			return int(min(1, max(-1, int64(a.at)-int64(b.at))))
		}
		return int(min(1, max(-1, int64(a.unit)-int64(b.unit))))
	})
	for k := range int(n) {
		out = append(out, lots[k%len(lots)].spot)
	}
	return out
}
