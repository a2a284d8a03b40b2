package web

import (
	"context"
	"math/big"

	"luoshi/fact"
)

// inPercent writes a part of one as a percentage with one place.
func inPercent(r *big.Rat) string {
	if r == nil {
		return ""
	}
	return new(big.Rat).Mul(r, big.NewRat(100, 1)).FloatString(1) + "%"
}

// perThousand writes what comes to a thousand people.
func perThousand(p fact.PerHead) string { return p.Each(1000).FloatString(1) }

// between is what stands before an entry of a list in one line.
func between(ctx context.Context, k int) string {
	if k == 0 {
		return ""
	}
	return T(ctx, "、")
}
