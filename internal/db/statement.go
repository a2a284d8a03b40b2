package db

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Every statement on a city's rows says which city, so that on a database of many
// machines it runs on one, and no mistake reads another city's rows. checkStatement
// reads the statement as the engine would and looks for the equality, scope by
// scope. What it cannot read it refuses: the program keeps to one part of SQL that
// every engine understands.

// passed are the statements that touch no rows of a city.
var passed = []string{"begin", "commit", "rollback", "savepoint", "release", "pragma", "vacuum"}

// checkStatement says what a statement lacks to be run on every engine and on one
// city: each distributed table must be held, in the SELECT it stands in, to a
// placeholder for its city_id, or to the city_id of a table that is. One that
// carries the comment /*fanout*/ runs on all cities; of it only the words are looked at.
func checkStatement(text string, distributed func(table string) bool) error {
	first := strings.TrimLeft(text, " \t\r\n")
	first = strings.ToLower(first[:endOfLetters(first)])
	if slices.Contains(passed, first) {
		if strings.Contains(strings.TrimRight(text, "; \t\r\n"), ";") {
			return errors.New("several statements in one text")
		}
		return nil
	}
	tokens, fanout, err := statementTokens(text)
	if err != nil {
		return err
	}
	if err := foreignWord(tokens); err != nil || fanout {
		return err
	}
	r := statementReader{tokens: tokens, distributed: distributed}
	r.statement()
	if r.err == nil {
		r.err = r.unbound()
	}
	return r.err
}

func endOfLetters(text string) int {
	for i := range len(text) {
		if c := text[i] | 0x20; c < 'a' || c > 'z' {
			return i
		}
	}
	return len(text)
}

// foreignFunctions are those that only one engine has, or that give another
// answer on each machine.
var foreignFunctions = map[string]bool{
	"now": true, "random": true, "randomblob": true, "gen_random_uuid": true, "pg_notify": true,
	"clock_timestamp": true, "statement_timestamp": true, "transaction_timestamp": true,
	"rollup": true, "cube": true,
}

// foreignWord finds what is not for every engine, wherever it stands.
func foreignWord(tokens []statementToken) error {
	for i, t := range tokens[:len(tokens)-1] {
		if t.kind != tokenWord && t.kind != tokenName {
			continue
		}
		next := tokens[i+1]
		foreign := ""
		switch {
		case next.is("(") && (foreignFunctions[t.text] || strings.HasPrefix(t.text, "pg_advisory") || strings.HasPrefix(t.text, "pg_try_advisory")):
			foreign = t.text + "()"
		case t.is("current_timestamp"), t.is("current_date"), t.is("current_time"), t.is("localtime"), t.is("localtimestamp"):
			foreign = t.text
		case t.is("grouping") && next.is("sets"), t.is("set") && next.is("null"):
			foreign = t.text + " " + next.text
		case i == 0 && (t.is("merge") || t.is("notify") || t.is("listen")):
			foreign = t.text
		case t.is("create") && next.is("trigger"):
			foreign = t.text + " " + next.text
		}
		if foreign != "" {
			return fmt.Errorf("%s is not for every engine", strings.ToUpper(foreign))
		}
	}
	return nil
}

// statementTable is a table, query or function that a scope reads from.
type statementTable struct {
	name        string // empty: a query or a function
	alias       string
	scope       int
	distributed bool
	left        bool // joined by LEFT JOIN: only its own ON holds all its rows to a city
	bound       bool
}

// citySide is one side of an equality: a placeholder, or the city_id of the table
// that is called so; of the only table where it is not called.
type citySide struct {
	placeholder bool
	alias       string
}

type cityEquality struct {
	sides [2]citySide
	scope int
	only  int // the table that the ON of a LEFT JOIN joins, which alone it binds; -1: any of the scope
}

const outermost = -1 // the scope around the whole statement

// table finds what a side of an equality is the city_id of, from the scope
// outwards; -1: nothing that is known.
func (r *statementReader) table(scope int, side citySide) int {
	if side.alias == "" {
		only := -1
		for i, t := range r.tables {
			if t.scope != scope {
				continue
			}
			if only >= 0 {
				return -1
			}
			only = i
		}
		return only
	}
	for ; scope != outermost; scope = r.scopes[scope] {
		for i, t := range r.tables {
			if t.scope == scope && t.alias == side.alias {
				return i
			}
		}
	}
	return -1
}

// unbound names the first distributed table that is not held to a city.
func (r *statementReader) unbound() error {
	for again := true; again; {
		again = false
		for _, e := range r.equalities {
			if r.bind(e, e.sides[0], e.sides[1]) || r.bind(e, e.sides[1], e.sides[0]) {
				again = true
			}
		}
	}
	for _, t := range r.tables {
		if !t.distributed || t.bound {
			continue
		}
		where := "its WHERE or ON"
		if t.left {
			where = "the ON of its LEFT JOIN"
		}
		if t.alias == t.name {
			return fmt.Errorf("%s names no city: %s must say city_id = $n", t.name, where)
		}
		return fmt.Errorf("%s %s names no city: %s must say %s.city_id = $n", t.name, t.alias, where, t.alias)
	}
	return nil
}

// bind holds the table of one side to a city where the other side is held to one.
// A condition says nothing about the rows of a scope further out, and that of a
// LEFT JOIN nothing about rows but the joined ones.
func (r *statementReader) bind(e cityEquality, side, other citySide) bool {
	i := r.table(e.scope, side)
	if side.placeholder || i < 0 {
		return false
	}
	t := &r.tables[i]
	if t.bound || t.scope != e.scope || e.only >= 0 && e.only != i || t.left && e.only != i {
		return false
	}
	if !other.placeholder {
		o := r.table(e.scope, other)
		if o < 0 || !r.tables[o].bound {
			return false
		}
	}
	t.bound = true
	return true
}

// conjuncts notes the equalities of cities among the conditions that must all
// hold. Under an OR none must.
func (r *statementReader) conjuncts(from, to, scope, only int) {
	before := len(r.equalities)
	start, cases, between := from, 0, false
	for i := from; i < to; i++ {
		switch t := r.tokens[i]; {
		case t.is("("):
			i = int(t.match)
		case t.is("case"):
			cases++
		case t.is("end"):
			cases--
		case cases != 0:
		case t.is("or"):
			r.equalities = r.equalities[:before]
			return
		case t.is("between"):
			between = true
		case t.is("and") && between:
			between = false
		case t.is("and"):
			r.conjunct(start, i, scope, only)
			start = i + 1
		}
	}
	r.conjunct(start, to, scope, only)
}

func (r *statementReader) conjunct(from, to, scope, only int) {
	if from < to && r.tokens[from].is("(") && r.tokens[from].match == int32(to)-1 {
		r.conjuncts(from+1, to-1, scope, only)
		return
	}
	left, at, known := r.citySide(from)
	if !known || !r.tokens[at].is("=") {
		return
	}
	right, at, known := r.citySide(at + 1)
	if known && at == to { // more behind it would change what it says
		r.equalities = append(r.equalities, cityEquality{[2]citySide{left, right}, scope, only})
	}
}

// citySide reads one side of an equality and gives where it ends.
func (r *statementReader) citySide(at int) (side citySide, end int, known bool) {
	t := r.tokens[at]
	switch {
	case t.kind == tokenPlaceholder:
		return citySide{placeholder: true}, at + 1, true
	case t.kind != tokenWord && t.kind != tokenName:
		return side, at, false
	case r.tokens[at+1].is("."):
		return citySide{alias: t.text}, at + 3, r.tokens[at+2].isColumn("city_id")
	}
	return side, at + 1, t.text == "city_id"
}
