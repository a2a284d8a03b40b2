package browser_test

import "testing"

// leaderLeaves are the pages of a plan as its leaders have it.
func leaderLeaves(t *tab) []leaf {
	t.Helper()
	t.open("/office/leader")
	page := t.where()
	item := eval[string](t, `document.querySelector('main input[name=item]').value`)
	order := t.linkOf(page, `/\/orders\/[0-9A-Z]{13}$/`, "号")
	instruct := page + "/instruct?item=" + item
	return []leaf{ // the wall is not among them: it is asked anew by itself, and nobody sits before it
		{name: "leader", path: page, then: func(t *tab) {
			eval[bool](t, `document.querySelectorAll('details').forEach(d => d.open = true), true`)
		}},
		{name: "brief", path: page + "/brief"},
		{name: "instruct, rejected", path: instruct, then: func(t *tab) { t.follow(one("main form .btn")) }},
		{name: "order", path: order},
	}
}

// lampLeaves are the pages on which a clerk sets lamps.
func lampLeaves(t *tab) []leaf {
	t.Helper()
	set := t.linkOf("/office/leader", `/\/lamps\/[0-9A-Z]{13}$/`, "手工定灯")
	press := func(t *tab) { t.follow(one("main form .btn")) }
	return []leaf{
		{name: "set the rules", path: "/office/lamps"},
		{name: "set a lamp, rejected", path: set, then: press},
	}
}

// Every page of the leaders, of instructions and of lamps.
func TestEveryPageOfTheLeaders(t *testing.T) {
	t.Parallel()
	c := serve(t)
	axe := readAxe()
	t.Run("director", func(t *testing.T) {
		t.Parallel()
		v := c.visit(t, mouse{})
		v.signIn(director)
		v.look(leaderLeaves(v), axe)
	})
	t.Run("clerk", func(t *testing.T) {
		t.Parallel()
		v := c.visit(t, mouse{})
		v.signIn(clerk)
		v.look(lampLeaves(v), axe)
	})
}
