package desk

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var begins = regexp.MustCompile(`^\s*(SELECT|UPDATE|DELETE|INSERT)\b`)

// Every statement on a city's rows says which city, so that it runs on one
// machine of many.
func TestEveryStatementNamesTheCity(t *testing.T) {
	paths, err := filepath.Glob("*_sql.go")
	if err != nil || len(paths) < 5 {
		t.Fatalf("%d files: %v", len(paths), err)
	}
	statements := 0
	for _, path := range paths {
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			text, ok := statementIn(n)
			if !ok {
				return true
			}
			statements++
			if !strings.Contains(text, "city_id = $1") {
				t.Errorf("%s: a statement names no city: %.80s", files.Position(n.Pos()), text)
			}
			for _, word := range []string{"now()", "RANDOM", "MERGE", "GROUPING SETS", "TRIGGER", "?"} {
				if strings.Contains(text, word) {
					t.Errorf("%s: %s is not for every engine: %.80s", files.Position(n.Pos()), word, text)
				}
			}
			return false
		})
	}
	if statements < 25 {
		t.Errorf("only %d statements found: the search is broken", statements)
	}
}

// statementIn gives the literals of an expression that is a statement, one after
// the other; what is put in between by name counts as a blank.
func statementIn(n ast.Node) (string, bool) {
	e, ok := n.(ast.Expr)
	if !ok {
		return "", false
	}
	var text strings.Builder
	switch e.(type) {
	case *ast.BinaryExpr, *ast.BasicLit:
	default:
		return "", false
	}
	ast.Inspect(e, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			s, _ := strconv.Unquote(l.Value)
			text.WriteString(s + " ")
		}
		return true
	})
	return text.String(), begins.MatchString(text.String())
}
