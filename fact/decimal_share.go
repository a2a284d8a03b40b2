package fact

import "math/bits"

// mulDiv gives a × b ÷ c and what is left, without overflow; none is negative and b ≤ c.
func mulDiv(a, b, c int64) (quotient, rest int64) {
	high, low := bits.Mul64(uint64(a), uint64(b))
	q, r := bits.Div64(high, low, uint64(c))
	return int64(q), int64(r)
}
