package office

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"luoshi/internal/web"
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

// fieldSaid is the value of a field of a record as the reader of a page reads it.
func fieldSaid(ctx context.Context, noun, name string, f plan.Fields) string {
	said := strings.TrimSpace(f.Said(name))
	switch name {
	case "Bound", "Aggregate", "Hardness":
		return web.Word(ctx, said)
	case "Period":
		if noun == "target" {
			return web.Repeat(ctx, said)
		}
		return web.Word(ctx, said)
	case "Project":
		if said == "true" {
			return web.T(ctx, "算")
		}
		return web.T(ctx, "不算")
	case "Tags":
		var tags []string
		if json.Unmarshal(f[name], &tags) == nil {
			return strings.Join(tags, "、")
		}
	}
	return said
}
