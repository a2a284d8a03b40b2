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
// that nobody typed have none, nor has what the step's own sentence says.
func fieldLabel(name string) string {
	if slices.Contains([]string{"Rank", "Under", "Chosen", "State", "Direction"}, name) {
		return ""
	}
	return plan.FieldWord(name)
}
