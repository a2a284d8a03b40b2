package fact

import (
	"math/bits"

	"luoshi/document"
)

// mulDiv gives a × b ÷ c and what is left, without overflow; none is negative and b ≤ c.
func mulDiv(a, b, c int64) (quotient, rest int64) {
	high, low := bits.Mul64(uint64(a), uint64(b))
	q, r := bits.Div64(high, low, uint64(c))
	return int64(q), int64(r)
}

// per divides a by b, which are not negative.
func per(a, b document.Decimal) document.Decimal {
	if a <= 0 || b <= 0 {
		return 0
	}
	high, low := bits.Mul64(uint64(a), document.DecimalScale)
	if high >= uint64(b) {
		return 0 // more than can be written: a divisor next to nothing
	}
	q, _ := bits.Div64(high, low, uint64(b))
	return document.Decimal(min(q, uint64(MostQuantity)))
}
