package plan

import "strings"

// boundSigns stand before a number; a plain one has none.
var boundSigns = map[string]string{"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ "}

// Figure writes what a number promises: ≥ 2,000 名, 2–3 个, 75%. The most is the
// upper end of a range, else nil.
func Figure(bound string, value Decimal, most *Decimal, unit string) string {
	s := boundSigns[bound] + value.Grouped()
	if bound == "range" && most != nil {
		s = value.Grouped() + "–" + most.Grouped()
	}
	if unit == "" || strings.HasPrefix(unit, "%") || strings.HasPrefix(unit, "‰") {
		return s + unit
	}
	return s + " " + unit
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
