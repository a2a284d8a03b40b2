package db

import "fmt"

func (r *statementReader) update() {
	scope := r.scope(outermost)
	target := r.tables[r.target(scope)]
	r.need("set")
	r.assignments(scope, target)
	if r.take("from") {
		r.sources(scope)
	}
	if r.take("where") {
		r.condition(scope, -1)
	}
	r.returning(scope)
}

func (r *statementReader) deletion() {
	r.need("from")
	scope := r.scope(outermost)
	r.target(scope)
	if r.take("where") {
		r.condition(scope, -1)
	}
	r.returning(scope)
}

// target reads the table whose rows are changed, which no query of WITH can be.
func (r *statementReader) target(scope int) int {
	at := r.source(scope, false)
	t := &r.tables[at]
	if t.name == "" {
		r.unreadable()
	}
	t.distributed = r.distributed(t.name)
	return at
}

// assignments reads what stands behind SET: a row never moves to another city.
func (r *statementReader) assignments(scope int, target statementTable) {
	for {
		moves := false
		if open := r.skipBrackets(); open >= 0 {
			moves = r.lists(open, "city_id")
		} else {
			moves = r.qualifiedName() == "city_id"
		}
		if moves && target.distributed {
			r.fail(fmt.Errorf("%s: SET city_id moves a row to another city", target.name))
		}
		r.need("=")
		r.expression(scope)
		if !r.take(",") {
			return
		}
	}
}

func (r *statementReader) returning(scope int) {
	if r.take("returning") {
		r.expressions(scope)
	}
}

func (r *statementReader) insertion() {
	r.need("into")
	name := r.qualifiedName()
	into := statementTable{name: name, distributed: r.distributed(name)}
	if r.take("as") {
		r.name()
	}
	columns := r.skipBrackets()
	if into.distributed && (columns < 0 || !r.lists(columns, "city_id")) {
		r.fail(fmt.Errorf("INSERT INTO %s lists no city_id", name))
	}
	if !r.beginsQuery() {
		r.unreadable()
	}
	r.query(outermost)
	// What stands behind it may name the new row, which is held to no placeholder
	// that could be seen: queries there say their city themselves.
	scope := r.scope(outermost)
	if r.take("on") {
		r.need("conflict")
		r.conflict(scope, into)
	}
	r.returning(scope)
}

func (r *statementReader) conflict(scope int, into statementTable) {
	key := r.skipBrackets()
	if into.distributed && (key < 0 || !r.lists(key, "city_id")) {
		r.fail(fmt.Errorf("INSERT INTO %s: its ON CONFLICT names no city_id", into.name))
	}
	if r.take("where") {
		r.expression(scope)
	}
	r.need("do")
	if r.take("nothing") {
		return
	}
	r.need("update")
	r.need("set")
	r.assignments(scope, into)
	if r.take("where") {
		r.expression(scope)
	}
}
