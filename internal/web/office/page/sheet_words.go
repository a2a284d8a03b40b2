package page

func inputType(kind string) string {
	if kind == "checks" {
		return "checkbox"
	}
	return "radio"
}

// OrDash shows a dash for nothing.
func OrDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
