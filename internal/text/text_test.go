package text

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// speakers are the functions whose sentence is said to a person; the sentence is
// the first literal among their arguments that holds Chinese.
var speakers = []string{"T", "Say", "say", "sayAside", "misused", "New", "ask", "choice", "doubt", "hint", "tally", "CheckLine", "CheckText", "CheckName"}

// sentencesInCode finds every sentence that the program says, with where it stands.
func sentencesInCode(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{".git", "data", "bin", "sample", "test"}, d.Name()) {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if slices.Contains(speakers, callee(n)) {
					for _, a := range n.Args {
						note(found, files, a)
					}
				}
			case *ast.KeyValueExpr: // menus and the words of choices
				if key, ok := n.Key.(*ast.Ident); ok && slices.Contains([]string{"Name", "Covers", "Instead"}, key.Name) || strings.HasSuffix(path, "web/show.go") {
					note(found, files, n.Value)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func callee(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func note(found map[string]string, files *token.FileSet, e ast.Expr) {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		if s, err := strconv.Unquote(l.Value); err == nil && strings.ContainsFunc(s, isChinese) {
			found[s] = files.Position(l.Pos()).String()
		}
	}
}

// isChinese also takes the comma of lists, which is a word of its own between names.
func isChinese(r rune) bool { return unicode.Is(unicode.Han, r) || r == '、' || r == '：' }

func TestEverySentenceHasItsEnglish(t *testing.T) {
	found := sentencesInCode(t)
	if len(found) < 100 {
		t.Fatalf("only %d sentences found: the search is broken", len(found))
	}
	for s, at := range found {
		if !Has(s) {
			t.Errorf("%s: no English for\n%s", at, s)
			continue
		}
		english := sentences[s]
		if strings.Count(s, "%") != strings.Count(english, "%") {
			t.Errorf("other gaps in English: %q, %q", s, english)
		}
		if strings.ContainsFunc(english, func(r rune) bool { return unicode.Is(unicode.Han, r) }) && !strings.Contains(english, "安澜") && !strings.Contains(english, "安文") {
			t.Errorf("Chinese in the English of %q: %q", s, english)
		}
	}
	for s := range sentences {
		if _, ok := found[s]; !ok {
			t.Errorf("en.txt has a sentence that nobody says: %s", s)
		}
	}
}

func TestSay(t *testing.T) {
	if got := Say(Chinese, "没有的句子 %s", "x"); got != "没有的句子 x" {
		t.Error(got)
	}
	if got := Say(English, "没有的句子"); got != "没有的句子" {
		t.Error(got)
	}
}

// English says one thing in the singular, wherever the figure stands.
func TestOneThingIsSingular(t *testing.T) {
	for name, c := range map[string]struct {
		sentence string
		args     []any
		want     string
	}{
		"one item":        {"%s items", []any{"1"}, "1 item"},
		"several":         {"%s items", []any{"21"}, "21 items"},
		"with a verb":     {"%s items are taken up by nobody", []any{"1"}, "1 item is taken up by nobody"},
		"only a verb":     {"%s are listed here", []any{"1"}, "1 is listed here"},
		"an adjective":    {"due on %s, %s working days left", []any{"9 May", "1"}, "due on 9 May, 1 working day left"},
		"each by itself":  {"%d units, %d entries", []any{2, int64(1)}, "2 units, 1 entry"},
		"another word":    {"%s is not a folder", []any{"1"}, "1 is not a folder"},
		"a word of these": {"%s itemsets", []any{"1"}, "1 itemsets"},
		"two swapped":     {"There is no %[2]s in %[1]s.", []any{"1", "2"}, "There is no 2 in 1."},
		"a percent":       {"%s%% of %s days", []any{"1", "1"}, "1% of 1 day"},
	} {
		if got := counted(c.sentence, c.args); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
