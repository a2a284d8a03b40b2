package db

import (
	"errors"
	"fmt"
	"slices"
)

// statementReader reads one statement and notes which tables it touches in which
// scope, and which equalities hold them to a city. After an error it stands at the
// end of the text, where nothing can be read any more.
type statementReader struct {
	tokens      []statementToken
	at          int
	depth       int
	distributed func(table string) bool
	scopes      []int    // the scope around each scope
	common      []string // the queries of WITH that can be read from here
	tables      []statementTable
	equalities  []cityEquality
	err         error
}

// reservedWords can be no name. Those that are true end an expression.
var reservedWords = map[string]bool{
	"select": true, "from": true, "where": true, "group": true, "having": true, "order": true, "limit": true, "offset": true,
	"window": true, "fetch": true, "for": true, "union": true, "intersect": true, "except": true, "returning": true,
	"join": true, "left": true, "right": true, "inner": true, "cross": true, "full": true, "natural": true, "on": true, "using": true,
	"into": true, "set": true, "values": true, "with": true, "insert": true, "update": true, "delete": true, "do": true,
	"table": true, "only": true, "lateral": true,
	"as": false, "and": false, "or": false, "not": false, "case": false, "when": false, "then": false, "else": false, "end": false,
	"in": false, "exists": false, "is": false, "null": false, "like": false, "between": false, "distinct": false, "all": false,
	"outer": false, "default": false, "conflict": false, "tablesample": false,
}

// deepest is how far brackets may stand in one another.
const deepest = 50

func (r *statementReader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
	r.at = len(r.tokens) - 1
}

func (r *statementReader) unreadable() {
	t := r.tokens[r.at]
	switch {
	case t.kind == tokenEnd:
		r.fail(errors.New("the statement ends too early"))
	case t.kind == tokenValue:
		r.fail(errors.New("a value stands where the program's part of SQL has none"))
	default:
		r.fail(fmt.Errorf("%q does not stand here in the part of SQL that the program uses", t.text))
	}
}

func (r *statementReader) is(text string) bool { return r.tokens[r.at].is(text) }

func (r *statementReader) take(text string) bool {
	if !r.is(text) {
		return false
	}
	r.at++
	return true
}

func (r *statementReader) need(text string) {
	if !r.take(text) {
		r.unreadable()
	}
}

// name reads a name that is no keyword.
func (r *statementReader) name() string {
	t := r.tokens[r.at]
	if _, reserved := reservedWords[t.text]; t.kind != tokenName && (t.kind != tokenWord || reserved) {
		r.unreadable()
		return ""
	}
	r.at++
	return t.text
}

// qualifiedName reads the name of a table or column behind those of what it stands in.
func (r *statementReader) qualifiedName() string {
	name := r.name()
	for r.take(".") {
		name = r.name()
	}
	return name
}

func (r *statementReader) scope(outer int) int {
	r.scopes = append(r.scopes, outer)
	return len(r.scopes) - 1
}

func (r *statementReader) statement() {
	r.commonTables(outermost)
	switch {
	case r.beginsQuery():
		r.query(outermost)
	case r.take("insert"):
		r.insertion()
	case r.take("update"):
		r.update()
	case r.take("delete"):
		r.deletion()
	default:
		r.unreadable()
	}
	r.take(";")
	if r.tokens[r.at].kind != tokenEnd {
		r.unreadable()
	}
}

// commonTables reads the queries of a WITH. They can be read from behind it, and a
// recursive one from within itself; elsewhere their names mean tables.
func (r *statementReader) commonTables(outer int) {
	if !r.take("with") {
		return
	}
	recursive := r.take("recursive")
	for {
		name := r.name()
		r.skipBrackets() // its columns
		r.need("as")
		r.take("not")
		r.take("materialized")
		r.need("(")
		if r.is("insert") || r.is("update") || r.is("delete") || r.is("merge") {
			r.fail(fmt.Errorf("WITH %s changes rows, which is not for every engine", name))
		}
		if recursive {
			r.common = append(r.common, name)
		}
		r.query(outer)
		r.need(")")
		if !recursive {
			r.common = append(r.common, name)
		}
		if !r.take(",") {
			return
		}
	}
}

// skipBrackets passes over brackets that hold names only, and says where they begin; -1: there are none.
func (r *statementReader) skipBrackets() int {
	if !r.is("(") {
		return -1
	}
	open := r.at
	r.at = int(r.tokens[open].match) + 1
	return open
}

// lists tells whether a column stands by itself in the list in brackets.
func (r *statementReader) lists(open int, column string) bool {
	for i := open + 1; i < int(r.tokens[open].match); i++ {
		before, behind := r.tokens[i-1], r.tokens[i+1]
		switch t := r.tokens[i]; {
		case t.is("("):
			i = int(t.match)
		case t.isColumn(column) && (i == open+1 || before.is(",")) && (behind.is(",") || behind.is(")")):
			return true
		}
	}
	return false
}

func (r *statementReader) beginsQuery() bool {
	return r.is("select") || r.is("values") || r.is("with")
}

// query reads SELECTs that are put together, each a scope of its own.
func (r *statementReader) query(outer int) {
	if r.depth++; r.depth > deepest {
		r.fail(errors.New("queries stand too deep in one another"))
	}
	around := len(r.common)
	r.commonTables(outer)
	for {
		if r.take("values") {
			r.expressions(r.scope(outer))
		} else {
			r.need("select")
			r.selection(r.scope(outer))
		}
		if !r.take("union") && !r.take("intersect") && !r.take("except") {
			break
		}
		r.take("all")
	}
	r.common = r.common[:around]
	r.depth--
}

func (r *statementReader) selection(scope int) {
	r.expressions(scope)
	if r.take("from") {
		r.sources(scope)
	}
	if r.take("where") {
		r.condition(scope, -1)
	}
	for {
		switch {
		case r.take("group"), r.take("order"):
			r.need("by")
		case r.take("having"), r.take("limit"), r.take("offset"), r.take("window"):
		default:
			return
		}
		r.expressions(scope)
	}
}

// sources reads what stands behind FROM.
func (r *statementReader) sources(scope int) {
	r.source(scope, false)
	for {
		left := false
		switch {
		case r.take(","):
			r.source(scope, false)
			continue
		case r.take("left"):
			r.take("outer")
			left = true
		case r.take("inner"), r.take("cross"), r.is("join"):
		default:
			return
		}
		r.need("join")
		joined := r.source(scope, left)
		switch {
		case !r.is("on") && left:
			r.unreadable()
		case !r.is("on"), r.tokens[r.at+1].is("conflict"): // of the INSERT around it
			continue
		case !left:
			joined = -1
		}
		r.take("on")
		r.condition(scope, joined)
	}
}

// source reads one table, query or function and what it is called, and gives its place.
func (r *statementReader) source(scope int, left bool) int {
	t := statementTable{scope: scope, left: left}
	if r.take("(") {
		r.query(r.scopes[scope]) // it does not see what stands beside it
		r.need(")")
	} else {
		common := slices.Contains(r.common, r.tokens[r.at].text) && !r.tokens[r.at+1].is(".")
		t.name = r.qualifiedName()
		t.distributed = r.err == nil && !common && r.distributed(t.name)
		if r.is("(") && !t.distributed {
			r.group(scope)
			t.name = ""
		}
	}
	t.alias = t.name
	_, reserved := reservedWords[r.tokens[r.at].text]
	if r.take("as") || r.tokens[r.at].kind == tokenName || r.tokens[r.at].kind == tokenWord && !reserved {
		t.alias = r.name()
	}
	r.tables = append(r.tables, t)
	return len(r.tables) - 1
}

// condition reads what stands behind WHERE, or behind ON of the one table that it may bind.
func (r *statementReader) condition(scope, only int) {
	from := r.at
	if r.expression(scope); r.err == nil {
		r.conjuncts(from, r.at, scope, only)
	}
}

func (r *statementReader) expressions(scope int) {
	for r.expression(scope); r.take(","); {
		r.expression(scope)
	}
}

// expression reads up to a comma, the end of the brackets, or a word that begins something else.
func (r *statementReader) expression(scope int) {
	for {
		t := r.tokens[r.at]
		switch {
		case t.kind == tokenEnd, t.is(","), t.is(")"), t.is(";"):
			return
		case t.is("("):
			r.group(scope)
			continue
		case t.is("in") && !r.tokens[r.at+1].is("("): // SQLite takes the name of a table there
			r.at++
			r.unreadable()
			return
		case t.kind == tokenWord && reservedWords[t.text] && !r.isDistinctFrom():
			return
		}
		r.at++
	}
}

// isDistinctFrom tells whether here stands the FROM of a comparison.
func (r *statementReader) isDistinctFrom() bool {
	return r.is("from") && r.at >= 2 && r.tokens[r.at-1].is("distinct") && (r.tokens[r.at-2].is("is") || r.tokens[r.at-2].is("not"))
}

// group reads brackets in an expression: a query, or other expressions.
func (r *statementReader) group(scope int) {
	if r.depth++; r.depth > deepest {
		r.fail(errors.New("brackets stand too deep in one another"))
		return
	}
	filter := r.at > 0 && r.tokens[r.at-1].is("filter")
	r.need("(")
	switch {
	case r.beginsQuery():
		r.query(scope)
	case filter && r.take("where"):
		r.expression(scope)
	default:
		r.expressions(scope)
		if r.take("order") { // of a function over rows
			r.expressions(scope)
		}
	}
	r.need(")")
	r.depth--
}
