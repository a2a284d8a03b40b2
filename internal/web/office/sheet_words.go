package office

import (
	"maps"
	"slices"

	"luoshi/plan"
)

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

// sortedFields are the names of fields of an edit, in a fixed order.
func sortedFields(was, is plan.Fields) []string {
	names := map[string]bool{}
	for name := range was {
		names[name] = true
	}
	for name := range is {
		names[name] = true
	}
	return slices.Sorted(maps.Keys(names))
}

// fieldLabel is what a field is called in the list of what was done; order and marks
// that nobody typed have none.
func fieldLabel(name string) string {
	if name == "Rank" || name == "Under" || name == "Chosen" || name == "Direction" {
		return ""
	}
	return plan.FieldWord(name)
}
