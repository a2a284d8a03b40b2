package browser_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Two of the sample city's people who work for one unit.
const (
	head   = "沈玉兰" // of a division
	keeper = "林小满" // of a village, who signs in on a shared phone
)

// linkOf is where the first link in the main part of a page leads whose address matches,
// with these words in it.
func (t *tab) linkOf(page, address, words string) string {
	t.Helper()
	t.open(page)
	path := eval[string](t, fmt.Sprintf(`[...document.querySelectorAll('main a')].find(a => %s.test(a.getAttribute('href')) && a.textContent.includes(%q))?.getAttribute('href') || ''`, address, words))
	if path == "" {
		t.Fatalf("%s has no link %q to %s", page, words, address)
	}
	return path
}

// offered gives a list of units in, as it is pasted, and leads to what it would change.
func (t *tab) offered(rows ...string) {
	t.Helper()
	eval[string](t, fmt.Sprintf(`document.querySelector('#text').value = %q`, strings.Join(rows, "\n")))
	t.follow(one("main form .btn"))
}

// takenOver gives a list in and takes it over, and gives the address of what was done.
func (t *tab) takenOver(rows ...string) string {
	t.Helper()
	t.open("/office/unit-lists")
	t.offered(rows...)
	t.follow(one("[name=apply]"))
	path := t.where()
	for begun := time.Now(); !t.says("名单办好了"); t.open(path) {
		if time.Since(begun) > patience {
			t.Fatalf("the list is not taken over at %s", path)
		}
	}
	return path
}

// organisationLeaves are the pages of units, posts, people and of who answers for what,
// as the administrator has them, who may do everything.
func organisationLeaves(t *tab) []leaf {
	t.Helper()
	unit := `/^\/office\/units\/[0-9A-Z]{13}$/`
	county := t.linkOf("/office/units", unit, "望潮区")
	town := t.linkOf(county, unit, "枫岭镇")
	village := t.linkOf(town, unit, "枫岭村")
	bureau := t.linkOf("/office/units", unit, "局")
	house := t.linkOf(bureau, unit, "市博物馆")
	of := "?unit=" + town[strings.LastIndex(town, "/")+1:]
	post := strings.TrimSuffix(t.linkOf(county, `/\/office\/posts\/[^\/]*\/appoint$/`, ""), "/appoint")
	term := t.linkOf(county, `/\/office\/posts\/.*\/end$/`, "免去")
	leaver := t.linkOf(house, `/\/office\/handover\?/`, "交接")
	list := t.linkOf(leaver, `/\/office\/handover\/[0-9A-Z]{13}$/`, "")
	plan := t.linkOf("/office/plans", `/\/owners$/`, "")
	owner := t.linkOf(plan, `/\/owners\/[0-9A-Z]{13}$/`, "")
	group := t.linkOf("/office/groups", `/\/office\/groups\/[0-9A-Z]{13}$/`, "")
	sessions := t.linkOf("/office/accounts"+of, `/\/accounts\/.*\/sessions$/`, "")
	done := t.takenOver("县\t乡镇\t村", "新河县\t白石镇\t东村", "新河县\t白石镇\t西村")
	press := func(t *tab) { t.follow(one("main form .btn")) }
	return []leaf{
		{name: "city", path: "/office/units"},
		{name: "bureau", path: bureau},
		{name: "county", path: county},
		{name: "township", path: town},
		{name: "village", path: village},
		{name: "township on another day", path: town + "?at=2011-01-01"},
		{name: "add a unit", path: county + "/add"},
		{name: "add a unit, rejected", path: county + "/add", then: press},
		{name: "change a unit", path: town + "/change"},
		{name: "merge units", path: town + "/merge"},
		{name: "merge units, rejected", path: town + "/merge", then: press},
		{name: "split a unit", path: county + "/split"},
		{name: "close a unit", path: village + "/close"},
		{name: "describe a unit", path: town + "/describe"},
		{name: "new post", path: town + "/post"},
		{name: "new post, rejected", path: town + "/post", then: press},
		{name: "appoint", path: post + "/appoint"},
		{name: "duties of a post", path: post + "/roles"},
		{name: "end of a term", path: term},
		{name: "accounts of a township", path: "/office/accounts" + of},
		{name: "new account of a township", path: "/office/accounts/new" + of},
		{name: "many accounts", path: "/office/accounts/many" + of},
		{name: "opened accounts", path: "/office/accounts/opened" + of + "&level=village&title=文化管理员"},
		{name: "slips", path: "/office/accounts/opened" + of + "&level=village&title=文化管理员", then: press},
		{name: "sign-ins of somebody else", path: sessions},
		{name: "list of units", path: "/office/unit-lists"},
		{name: "list of units with errors", path: "/office/unit-lists", then: func(t *tab) {
			t.offered("名称\t级别\t上级", "白沙乡\t省\t望潮区", "\t村\t枫岭镇")
		}},
		{name: "list of units with changes", path: "/office/unit-lists", then: func(t *tab) {
			t.offered("县\t乡镇\t村", "新河县\t白石街道\t东村", "新河县\t白石街道\t南村")
		}},
		{name: "list of units, taken over", path: done},
		{name: "leading groups", path: "/office/groups"},
		{name: "new leading group", path: "/office/groups/new"},
		{name: "leading group", path: group},
		{name: "rights", path: "/office/rights"},
		{name: "owners", path: plan},
		{name: "owners, none assigned", path: plan + "?show=unassigned"},
		{name: "owners, nothing there", path: plan + "?show=objected"},
		{name: "owner sheet", path: owner},
		{name: "owners of some", path: plan + "/set?items=" + owner[strings.LastIndex(owner, "/")+1:]},
		{name: "owners of none", path: plan + "/set"},
		{name: "proposed owners", path: plan + "/propose"},
		{name: "duties of the own unit", path: "/office/duties"},
		{name: "own posts to hand over", path: "/office/handover"},
		{name: "somebody's posts to hand over", path: leaver},
		{name: "list of a handover", path: list},
		{name: "what nobody holds", path: "/office/unheld"},
		{name: "office search", path: "/office/search?q=枫岭"},
		{name: "office search, nothing", path: "/office/search?q=不会有这个"},
	}
}

// unitLeaves are the pages of somebody who works for one unit.
func unitLeaves(t *tab) []leaf {
	t.Helper()
	object := t.linkOf("/office/duties", `/\/object\?/`, "")
	return []leaf{
		{name: "where unit people begin", path: "/office/"},
		{name: "own unit", path: "/office/units"},
		{name: "one duty", path: t.linkOf("/office/duties", `/\/office\/duties\/[0-9A-Z]{13}\?/`, "")},
		{name: "object", path: object},
		{name: "object, rejected", path: object, then: func(t *tab) { t.follow(one("main form .btn")) }},
		{name: "own accounts", path: "/office/accounts"},
		{name: "own posts", path: "/office/handover"},
		{name: "own rights", path: "/office/rights"},
		{name: "own account", path: "/office/sessions"},
	}
}

// strangerLeaves are what people see who have not signed in.
func strangerLeaves(t *tab) []leaf {
	t.Helper()
	county := t.linkOf("/units", `/^\/units\//`, "望潮区")
	town := t.linkOf(county, `/^\/units\//`, "枫岭镇")
	return []leaf{
		{name: "sign in by slip, rejected", path: "/office/sign-in", then: func(t *tab) {
			t.write(one("#code"), "AAAA-BBBB-CCCC")
			t.follow(one(`form[action$="/office/slip"] .btn`))
		}},
		{name: "link of a keeper", path: strings.TrimPrefix(t.city.links[keeper], "/en")},
		{name: "link of a keeper, rejected", path: strings.TrimPrefix(t.city.links[keeper], "/en"), then: func(t *tab) { t.follow(one("main form .btn")) }},
		{name: "public county", path: county},
		{name: "public township", path: town},
		{name: "public township on another day", path: town + "?at=2011-01-01"},
		{name: "search", path: "/search?q=枫岭"},
		{name: "search, nothing", path: "/search?q=不会有这个"},
	}
}

// Every page of the organisation: who belongs to it, who may do what, who answers.
func TestEveryPageOfTheOrganisation(t *testing.T) {
	t.Parallel()
	c := serve(t)
	axe := readAxe()
	t.Run("office", func(t *testing.T) {
		t.Parallel()
		v := c.visit(t, mouse{})
		v.signIn(administrator)
		v.look(organisationLeaves(v), axe)
	})
	t.Run("unit", func(t *testing.T) {
		t.Parallel()
		v := c.visit(t, mouse{})
		v.signIn(head)
		v.look(unitLeaves(v), axe)
	})
	t.Run("stranger", func(t *testing.T) {
		t.Parallel()
		v := c.visit(t, mouse{})
		v.look(strangerLeaves(v), axe)
	})
}
