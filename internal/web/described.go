package web

import (
	"context"

	"github.com/a-h/templ"
)

// described ties a field to its hint and to what is wrong with it, for screen readers.
func described(ctx context.Context, f Form, name, hint string) templ.Attributes {
	a := templ.Attributes{}
	if f.Wrong(ctx, name) != "" {
		a["aria-invalid"] = "true"
		a["aria-describedby"] = name + "-why"
	} else if hint != "" {
		a["aria-describedby"] = name + "-hint"
	}
	return a
}
