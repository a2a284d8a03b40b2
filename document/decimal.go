package document

import (
	"errors"
	"strconv"
	"strings"
)

// Decimal is a quantity in ten-thousandths, so that sums are exact: 1,500 is
// 15,000,000. Its text and JSON are plain decimals without trailing zeros.
type Decimal int64

// DecimalScale is how many Decimal make one.
const DecimalScale = 10000

// ErrDecimal is returned for what is no decimal of up to four places below 10^14.
var ErrDecimal = errors.New("not a number with at most four decimal places")

// Whole makes a Decimal of a whole number.
func Whole(n int64) Decimal { return Decimal(n * DecimalScale) }

// ParseDecimal reads 1500, 1,500, 36700, -2.5 or 0.0001. Thousands commas are
// dropped; more than four places are refused rather than rounded.
func ParseDecimal(s string) (Decimal, error) {
	s = strings.ReplaceAll(strings.TrimSpace(s), ",", "")
	digits := strings.TrimPrefix(s, "-")
	whole, part, _ := strings.Cut(digits, ".")
	if whole == "" || len(whole) > 14 || len(part) > 4 || strings.HasSuffix(digits, ".") {
		return 0, ErrDecimal
	}
	for _, c := range whole + part {
		if c < '0' || c > '9' {
			return 0, ErrDecimal
		}
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", 4-len(part)), 10, 64)
	if err != nil {
		return 0, ErrDecimal
	}
	if digits != s {
		n = -n
	}
	return Decimal(n), nil
}

// String is the shortest plain decimal: 1500, 36700, 2.5.
func (d Decimal) String() string {
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	s := strconv.FormatInt(int64(d)/DecimalScale, 10)
	if rest := int64(d) % DecimalScale; rest != 0 {
		part := strconv.FormatInt(DecimalScale+rest, 10)[1:]
		s += "." + strings.TrimRight(part, "0")
	}
	return sign + s
}

func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d.String()), nil }

func (d *Decimal) UnmarshalJSON(b []byte) error {
	n, err := ParseDecimal(string(b))
	*d = n
	return err
}

// Grouped is the decimal with thousands commas: 36,700.
func (d Decimal) Grouped() string {
	whole, part, dotted := strings.Cut(d.String(), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if dotted {
		whole += "." + part
	}
	return sign + whole
}
