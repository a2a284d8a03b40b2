package plan

import "luoshi/document"

// Decimal is how plans keep what they promise in figures.
type Decimal = document.Decimal

// ErrDecimal is returned for what is no decimal.
var ErrDecimal = document.ErrDecimal

// Whole makes a Decimal of a whole number.
func Whole(n int64) Decimal { return document.Whole(n) }

// ParseDecimal reads a plain decimal.
func ParseDecimal(s string) (Decimal, error) { return document.ParseDecimal(s) }

// DecimalScale is how many Decimal make one.
const DecimalScale = document.DecimalScale
