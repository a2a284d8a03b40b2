package office

func inputType(kind string) string {
	if kind == "checks" {
		return "checkbox"
	}
	return "radio"
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
