package plan_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// generalTerms are words of five or more signs that happen to stand in only one of
// the supplied plans and belong to the language of all plans, each with its reason.
var generalTerms = map[string]string{}

// A rule is no rule if it knows the words of one plan: whatever five signs in a row
// stand in the code and in exactly one of the supplied plans must be a general term.
func TestSuppliedPlansGiveNoWords(t *testing.T) {
	in := map[string]map[string]bool{} // five signs in a row: the plans that hold them
	for name, text := range supplied(t) {
		if name == "035" || name == "036" {
			name = "000" // the same plan in other signs
		}
		for _, run := range hanRuns(text) {
			for i := 0; i+5 <= len(run); i++ {
				five := string(run[i : i+5])
				if in[five] == nil {
					in[five] = map[string]bool{}
				}
				in[five][name] = true
			}
		}
	}
	for _, room := range []string{".", filepath.Join("..", "document")} {
		files, err := filepath.Glob(filepath.Join(room, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, run := range hanRuns(string(source)) {
				for i := 0; i+5 <= len(run); i++ {
					five := string(run[i : i+5])
					if plans := in[five]; len(plans) == 1 && generalTerms[five] == "" {
						t.Errorf("%s: %q (in %q) stands in one supplied plan only: %v", file, five, string(run), plans)
					}
				}
			}
		}
	}
}

// hanRuns are the runs of five or more Chinese signs.
func hanRuns(s string) [][]rune {
	var out [][]rune
	for _, run := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
		if r := []rune(run); len(r) >= 5 {
			out = append(out, r)
		}
	}
	return out
}
