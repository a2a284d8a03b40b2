package fact

import (
	"slices"
	"testing"
)

func TestTypedWindows(t *testing.T) {
	for name, c := range map[string]struct {
		typed, code string
		wrong       bool
	}{
		"none":             {"", "", false},
		"one":              {"06-01 到 09-16", "0601_0916", false},
		"in words":         {"6月1日至9月16日", "0601_0916", false},
		"in English":       {"06-01 to 09-16", "0601_0916", false},
		"two, a line each": {" 06-01 到 09-16 \r\n\n12-15 到 01-31\n", "0601_0916_1215_0131", false},
		"one day only":     {"06-01", "", true},
		"no such day":      {"06-31 到 09-16", "", true},
		"words":            {"休渔期", "", true},
	} {
		got, err := TypedWindows(c.typed)
		if (err != nil) != c.wrong || WindowsCode(got) != c.code {
			t.Errorf("%s: %v, %v", name, got, err)
		}
		if back := WindowsOf(c.code); !slices.Equal(back, got) {
			t.Errorf("%s: read again as %v", name, back)
		}
	}
}
