package db

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Every statement that stands in the source of the rooms that have SQL names its
// city, also one that no test runs. Statements are put together from literals and
// constants as the program does it; where a name can be several things, each is tried.
func TestStatementsOfTheRooms(t *testing.T) {
	rooms := []struct {
		files *roomSource
		least int // so many at least, or the search is broken
	}{
		{readRoom(t, ".", "*.go"), 15}, {readRoom(t, "../desk", "*_sql.go"), 40}, {readRoom(t, "../login", "*_sql.go"), 15},
	}
	distributed := map[string]bool{}
	for _, table := range tables {
		distributed[table.Name] = table.Sharing == Distributed
	}
	for _, room := range rooms {
		for _, table := range room.files.distributedTables() {
			distributed[table] = true
		}
	}
	for _, known := range []string{"ledger_entry", "plan", "credential"} {
		if !distributed[known] {
			t.Errorf("%s is not found among the distributed tables: the search is broken", known)
		}
	}
	for _, room := range rooms {
		found := 0
		room.files.statements(func(at token.Pos, text string) {
			found++
			if err := checkStatement(text, func(table string) bool { return distributed[table] }); err != nil {
				t.Errorf("%s: %v: %s", room.files.positions.Position(at), err, text)
			}
		}, func(at token.Pos) {
			t.Logf("%s: it cannot be seen what this statement is", room.files.positions.Position(at))
		})
		t.Logf("%s: %d statements", room.files.folder, found)
		if found < room.least {
			t.Errorf("%s: only %d statements found: the search is broken", room.files.folder, found)
		}
	}
}

// roomSource is the source of one package, as far as texts are put together in it.
type roomSource struct {
	folder    string
	positions *token.FileSet
	searched  []*ast.File
	all       []*ast.File
	values    map[string][]ast.Expr // what constants and variables of the package are made of
	functions map[string]*ast.FuncDecl
	followed  map[ast.Expr]bool // by texts, just now
}

func readRoom(t *testing.T, folder, searched string) *roomSource {
	t.Helper()
	r := &roomSource{folder: folder, positions: token.NewFileSet(), values: map[string][]ast.Expr{}, functions: map[string]*ast.FuncDecl{}, followed: map[ast.Expr]bool{}}
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s: %d files: %v", folder, len(paths), err)
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(r.positions, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		r.all = append(r.all, file)
		name := filepath.Base(path)
		// The checker's own files hold words of SQL that are no statements.
		if fits, err := filepath.Match(searched, name); fits && err == nil && !strings.HasPrefix(name, "statement") {
			r.searched = append(r.searched, file)
		}
		for _, declared := range file.Decls {
			switch d := declared.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil {
					r.functions[d.Name.Name] = d
				}
			case *ast.GenDecl:
				noteValues(d, r.values)
			}
		}
	}
	return r
}

// noteValues notes what each name within n is set to.
func noteValues(n ast.Node, values map[string][]ast.Expr) {
	note := func(name ast.Expr, value ast.Expr) {
		if i, ok := name.(*ast.Ident); ok && i.Name != "_" {
			values[i.Name] = append(values[i.Name], value)
		}
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			for i, name := range n.Names {
				if len(n.Values) == len(n.Names) {
					note(name, n.Values[i])
				}
			}
		case *ast.AssignStmt:
			for i, name := range n.Lhs {
				if len(n.Lhs) == len(n.Rhs) {
					note(name, n.Rhs[i])
				}
			}
		case *ast.RangeStmt:
			if list, ok := n.X.(*ast.CompositeLit); ok && n.Value != nil {
				for _, e := range list.Elts {
					if pair, ok := e.(*ast.KeyValueExpr); ok {
						e = pair.Value
					}
					note(n.Value, e)
				}
			}
		}
		return true
	})
}

// distributedTables gives the names of the tables that are declared in db.Table{…}.
func (r *roomSource) distributedTables() (names []string) {
	for _, file := range r.all {
		ast.Inspect(file, func(n ast.Node) bool {
			table, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			name, is := "", false
			for _, e := range table.Elts {
				pair, ok := e.(*ast.KeyValueExpr)
				if !ok {
					continue
				}
				switch key, _ := pair.Key.(*ast.Ident); {
				case key != nil && key.Name == "Name":
					name = strings.Join(r.texts(pair.Value, nil), "")
				case key != nil && key.Name == "Sharing":
					sharing, ok := pair.Value.(*ast.SelectorExpr)
					is = ok && sharing.Sel.Name == "Distributed"
				}
			}
			if is {
				names = append(names, name)
			}
			return true
		})
	}
	return names
}

// mostTexts is how many strings one expression is followed into.
const mostTexts = 64

// texts gives the strings that an expression can be; none where that cannot be
// seen, or where it is made of itself.
func (r *roomSource) texts(e ast.Expr, local map[string][]ast.Expr) []string {
	if r.followed[e] {
		return nil
	}
	r.followed[e] = true
	defer delete(r.followed, e)
	var all []string
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			s, _ := strconv.Unquote(e.Value)
			all = []string{s}
		}
	case *ast.ParenExpr:
		all = r.texts(e.X, local)
	case *ast.BinaryExpr:
		if e.Op != token.ADD {
			break
		}
		right := r.texts(e.Y, local)
		for _, a := range r.texts(e.X, local) {
			for _, b := range right {
				all = append(all, a+b)
			}
		}
	case *ast.Ident:
		values, ok := local[e.Name]
		if !ok {
			values = r.values[e.Name]
		}
		for _, v := range values {
			all = append(all, r.texts(v, local)...)
		}
	case *ast.CallExpr:
		all = r.answers(e, local)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return all[:min(len(all), mostTexts)]
}

// answers gives what a function of the package answers that only puts its arguments into a text.
func (r *roomSource) answers(call *ast.CallExpr, local map[string][]ast.Expr) []string {
	var arguments [][]string
	for _, a := range call.Args {
		arguments = append(arguments, r.texts(a, local))
	}
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		if f.Sel.Name == "TrimPrefix" && len(arguments) == 2 && len(arguments[0]) == 1 && len(arguments[1]) == 1 {
			return []string{strings.TrimPrefix(arguments[0][0], arguments[1][0])}
		}
	case *ast.Ident:
		if f.Name == "placeholders" { // $2, $3, …: which ones makes no difference
			return []string{"$2, $3"}
		}
		called := r.functions[f.Name]
		if called == nil || len(called.Body.List) != 1 {
			return nil
		}
		answer, ok := called.Body.List[0].(*ast.ReturnStmt)
		if !ok || len(answer.Results) != 1 {
			return nil
		}
		inside := map[string][]ast.Expr{}
		at := 0
		for _, field := range called.Type.Params.List {
			for _, name := range field.Names {
				inside[name.Name] = nil
				if at < len(arguments) {
					for _, s := range arguments[at] {
						inside[name.Name] = append(inside[name.Name], &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(s)})
					}
				}
				at++
			}
		}
		return r.texts(answer.Results[0], inside)
	}
	return nil
}

var statementBegins = regexp.MustCompile(`^\s*(SELECT|UPDATE|DELETE|INSERT|WITH|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA|VACUUM)\b`)

// statements gives every statement of the room, and where one stands that cannot be put together.
func (r *roomSource) statements(found func(at token.Pos, text string), unknown func(at token.Pos)) {
	for _, file := range r.searched {
		for _, declared := range file.Decls {
			local := map[string][]ast.Expr{}
			if f, ok := declared.(*ast.FuncDecl); ok {
				for _, field := range f.Type.Params.List {
					for _, name := range field.Names {
						local[name.Name] = nil // not the one of the package
					}
				}
				noteValues(f, local)
			}
			ast.Inspect(declared, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					for _, text := range r.insertion(n, local) {
						found(n.Pos(), text)
					}
				case *ast.CompositeLit:
					for _, text := range r.released(n, local) {
						found(n.Pos(), text)
					}
				case *ast.BasicLit, *ast.BinaryExpr:
					first := n.(ast.Expr)
					for b, ok := first.(*ast.BinaryExpr); ok; b, ok = first.(*ast.BinaryExpr) {
						first = b.X
					}
					begins := r.texts(first, local)
					if len(begins) == 0 || !statementBegins.MatchString(begins[0]) {
						return true
					}
					all := r.texts(n.(ast.Expr), local)
					if len(all) == 0 || strings.Contains(all[0], "%") && !strings.Contains(all[0], "'%") {
						unknown(n.Pos())
						return false
					}
					for _, text := range all {
						found(n.Pos(), text)
					}
					return false
				}
				return true
			})
		}
	}
}

// insertion gives the statement that a call of Insert or Upsert makes.
func (r *roomSource) insertion(call *ast.CallExpr, local map[string][]ast.Expr) (all []string) {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	switch {
	case f.Sel.Name == "Insert" && len(call.Args) == 3:
		for _, table := range r.texts(call.Args[0], local) {
			for _, columns := range r.texts(call.Args[1], local) {
				all = append(all, "INSERT INTO "+table+" ("+columns+") VALUES ($1)")
			}
		}
	case f.Sel.Name == "Upsert" && len(call.Args) == 4:
		for _, table := range r.texts(call.Args[0], local) {
			for _, key := range r.texts(call.Args[1], local) {
				for _, columns := range r.texts(call.Args[2], local) {
					all = append(all, "INSERT INTO "+table+" ("+columns+") VALUES ($1) ON CONFLICT ("+key+") DO UPDATE SET x = excluded.x")
				}
			}
		}
	}
	return all
}

// released gives the queries of an export with the condition of a public one, which stands behind them.
func (r *roomSource) released(list *ast.CompositeLit, local map[string][]ast.Expr) (all []string) {
	const mark = "/*released*/"
	for i := range len(list.Elts) - 1 {
		for _, query := range r.texts(list.Elts[i], local) {
			if !strings.Contains(query, mark) {
				continue
			}
			for _, condition := range r.texts(list.Elts[i+1], local) {
				all = append(all, strings.Replace(query, mark, condition, 1))
			}
		}
	}
	return all
}
