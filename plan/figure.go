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
