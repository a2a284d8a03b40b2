package office

import (
	"context"

	"luoshi/internal/web"
)

// factWaysOf are the pages on which figures are entered, checked, closed and taken away,
// as far as the reader may use them. The menu names the first alone.
func factWaysOf(ctx context.Context) (out []web.Entry) {
	all := []struct {
		act string
		web.Entry
	}{
		{"fact.read", web.Entry{Path: figuresPath, Name: "数"}},
		{"fact.onbehalf", web.Entry{Path: gridOfFactsPath, Name: "各单位的数"}},
		{"fact.verify", web.Entry{Path: verifyPath, Name: "核实数"}},
		{"fact.read", web.Entry{Path: monthOfFactsPath, Name: "月结"}},
		{"fact.onbehalf", web.Entry{Path: factImportPath, Name: "导入台账"}},
		{"fact.read", web.Entry{Path: drawsPath, Name: "抽查"}},
	}
	for _, w := range all {
		if web.Of(ctx).Who.May(w.act) {
			out = append(out, w.Entry)
		}
	}
	return out
}
