package bench

import (
	"math"
	"math/bits"
	"time"
)

// parts is into how many parts each doubling of time is cut: a percentile is off
// by less than one in so many.
const parts = 128

// histogram counts how long answers took. It takes the same memory for any number
// of them.
type histogram struct {
	counts [35 * parts]int64 // up to 2^41 microseconds, 25 days
	all    int64
	sum    time.Duration
	most   time.Duration
}

func (h *histogram) add(took time.Duration) {
	h.counts[min(part(took), len(h.counts)-1)]++
	h.all++
	h.sum += took
	h.most = max(h.most, took)
}

// part is where a time is counted: by the microsecond at first, then ever more coarsely.
func part(took time.Duration) int {
	v := uint64(max(took.Microseconds(), 0))
	if v < 2*parts {
		return int(v)
	}
	shift := bits.Len64(v) - bits.Len64(2*parts-1)
	return shift*parts + int(v>>shift)
}

// longest is the longest time that is counted in a part.
func longest(part int) time.Duration {
	if part < 2*parts {
		return time.Duration(part) * time.Microsecond
	}
	shift := part/parts - 1
	first := (part%parts + parts) << shift
	return time.Duration(first+1<<shift-1) * time.Microsecond
}

// percentile is a time within which so many of a hundred answers came.
func (h *histogram) percentile(p float64) time.Duration {
	if h.all == 0 {
		return 0
	}
	wanted := max(int64(math.Ceil(float64(h.all)*p/100)), 1)
	seen := int64(0)
	for i, n := range h.counts {
		if seen += n; seen >= wanted {
			return min(longest(i), h.most)
		}
	}
	return h.most
}
