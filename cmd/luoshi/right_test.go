package main

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/text"
	"luoshi/internal/web"
	"luoshi/internal/web/office"
	"luoshi/org"
)

// rightsWanted says who may do what, written down a second time: a right that is broken
// in the program shows here. Of each act the roles, with how far: * the whole city,
// v one's own unit and what stands below, . one's own unit.
var rightsWanted = map[string]string{
	"plan.read":         "clerk* approver* administrator* leading_group* auditor*",
	"plan.import":       "clerk*",
	"plan.correct":      "clerk*",
	"plan.force":        "clerk*",
	"plan.amend":        "clerk*",
	"plan.publish":      "approver*",
	"plan.close":        "approver*",
	"order.give":        "clerk*",
	"item.assign":       "clerk*",
	"duty.read":         "clerk* approver* administrator* leading_group* auditor* unit_head_v unit_clerk_v verifier_v reporter.",
	"duty.answer":       "unit_head. unit_clerk.",
	"progress.report":   "unit_head. unit_clerk. reporter.",
	"progress.onbehalf": "clerk* unit_head_v unit_clerk_v",
	"progress.confirm":  "clerk*",
	"reminder.read":     "clerk* approver* administrator* leading_group* auditor*",
	"reminder.send":     "clerk*",
	"reminder.reply":    "unit_head. unit_clerk. reporter.",
	"reminder.rules":    "clerk* administrator*",
	"reminder.gateway":  "administrator*",
	"collection.ask":    "clerk* unit_clerk_v",
	"collection.read":   "clerk* approver* administrator* leading_group* auditor* unit_head_v unit_clerk_v",
	"collection.answer": "unit_head. unit_clerk. reporter.",
	"order.instruct":    "approver* leading_group*",
	"order.answer":      "unit_head. unit_clerk.",
	"order.settle":      "clerk* approver* leading_group*",
	"lamp.set":          "clerk*",
	"burden.cap":        "clerk*",
	"progress.period":   "clerk*",
	"progress.sign":     "unit_head.",
	"progress.signing":  "unit_head. unit_clerk.",
	"summary.write":     "clerk*",
	"summary.issue":     "clerk*",
	"indicator.open":    "clerk*",
	"split.issue":       "clerk* unit_head_v unit_clerk_v",
	"fact.read":         "clerk* approver* administrator* leading_group* auditor* unit_head_v unit_clerk_v verifier_v reporter.",
	"fact.report":       "unit_head. unit_clerk. reporter.",
	"fact.onbehalf":     "clerk* unit_head_v unit_clerk_v",
	"fact.correct":      "clerk* unit_head_v unit_clerk_v reporter.",
	"fact.verify":       "clerk* verifier_v",
	"fact.close":        "unit_head. approver*",
	"unit.read":         "clerk* approver* administrator* leading_group* auditor* unit_head* unit_clerk* verifier* reporter*",
	"unit.change":       "clerk* administrator*",
	"unit.describe":     "clerk* administrator* unit_head_v unit_clerk_v reporter.",
	"group.state":       "clerk* administrator*",
	"account.read":      "clerk* administrator* auditor* unit_head_v unit_clerk_v",
	"account.open":      "clerk* administrator* unit_clerk_v",
	"account.roles":     "administrator*",
	"account.erase":     "administrator*",
	"city.contact":      "administrator*",
	"handover.do":       "clerk* administrator* unit_head_v unit_clerk_v",
	"job.read":          "administrator*",
	"job.hurry":         "administrator*",
}

// wanted reads a line of rightsWanted.
func wanted(act string) map[org.Role]desk.Reach {
	out := map[org.Role]desk.Reach{}
	for _, one := range strings.Fields(rightsWanted[act]) {
		switch {
		case strings.HasSuffix(one, "*"):
			out[org.Role(strings.TrimSuffix(one, "*"))] = desk.WholeCity
		case strings.HasSuffix(one, "_v"):
			out[org.Role(strings.TrimSuffix(one, "_v"))] = desk.Downward
		default:
			out[org.Role(strings.TrimSuffix(one, "."))] = desk.OwnUnit
		}
	}
	return out
}

func TestThePolicyIsTheOneWrittenDown(t *testing.T) {
	var acts []string
	for _, rule := range desk.Policy {
		acts = append(acts, rule.Act)
		if want := wanted(rule.Act); !maps.Equal(map[org.Role]desk.Reach(rule.Who), want) {
			t.Errorf("%s: %v, want %v", rule.Act, rule.Who, want)
		}
		if rule.Name == "" {
			t.Errorf("%s: the page says nothing of it", rule.Act)
		}
	}
	slices.Sort(acts)
	if want := slices.Sorted(maps.Keys(rightsWanted)); !slices.Equal(acts, want) {
		t.Errorf("acts %v, want %v", acts, want)
	}
}

// Every route names an act of the policy, or that it is for anybody or about oneself.
func TestEveryRouteHasItsRight(t *testing.T) {
	open := []string{"GET /office/sign-in", "POST /office/sign-in", "GET /office/link/{token}", "POST /office/link/{token}", "GET " + web.ScriptPath(), "GET " + web.GridScriptPath(),
		"POST /office/slip", "POST /office/pin", "GET /office/feed/{token}"}
	own := []string{"GET /office/{$}", "GET /office/calendar", "POST /office/calendar", "POST /office/sign-out", "GET /office/sessions", "POST /office/sessions", "GET /office/password", "POST /office/password", "GET /office/rights",
		"GET /office/handover/{handover}", "GET /office/handover/{handover}/list.docx", "GET /office/reminders/address", "POST /office/reminders/address"}
	for route, act := range office.Needs() {
		switch act {
		case "anybody":
			if !slices.Contains(open, route) {
				t.Errorf("%s is open to anybody", route)
			}
		case "signed_in":
			if !slices.Contains(own, route) {
				t.Errorf("%s is open to whoever is signed in", route)
			}
		default:
			if rightsWanted[act] == "" {
				t.Errorf("%s needs %q, which nobody has", route, act)
			}
		}
	}
}

// relation is where a record stands, seen from the unit of who asks.
type relation string

const (
	ownUnit   relation = "own unit"
	below     relation = "below"
	elsewhere relation = "elsewhere"
)

// reaches reports whether a right that goes so far covers a record that stands so.
func reaches(far desk.Reach, r relation) bool {
	return far == desk.WholeCity || far == desk.Downward && r != elsewhere || far == desk.OwnUnit && r == ownUnit
}

// village is a city, founded some days later than others, with a township, a village below it and a township elsewhere, each
// with somebody in a post, and somebody of every role in the township.
type village struct {
	*house
	ids   map[relation]map[string]string // path values
	plan  string
	roles map[org.Role]*person
}

func newVillage(t *testing.T, founded int) *village {
	h := open(t)
	h.now = h.now.AddDate(0, 0, founded)
	h.found()
	v := &village{house: h, ids: map[relation]map[string]string{}, roles: map[org.Role]*person{}}
	account, err := h.office.SomeAdministrator(t.Context())
	h.must(err)
	who, err := h.office.Who(t.Context(), account)
	h.must(err)
	cmd := func() desk.Cmd { return h.office.Cmd(who, web.NewCommand()) }
	city, err := h.office.CityUnit(t.Context())
	h.must(err)
	opened := func(parent id.Unit, level org.Level, names ...string) []id.Unit {
		var units []org.Unit
		for _, n := range names {
			units = append(units, org.Unit{Level: level, Name: n})
		}
		made, err := h.office.OpenUnits(t.Context(), cmd(), parent, units)
		h.must(err)
		return made
	}
	counties := opened(city, org.County, "云溪县", "澄湖县")
	town := opened(counties[0], org.Township, "石桥镇")[0]
	places := map[relation]id.Unit{ownUnit: town, below: opened(town, org.Village, "东村")[0], elsewhere: opened(counties[1], org.Township, "湖口镇")[0]}
	for r, unit := range places {
		post, err := h.office.OpenPost(t.Context(), cmd(), org.Post{Unit: unit, Title: "文化管理员", Roles: []org.Role{org.Reporter}})
		h.must(err)
		held, err := h.office.OpenAccount(t.Context(), cmd(), desk.NewAccount{Post: post, Name: "某人"})
		h.must(err)
		page, err := h.office.UnitOn(t.Context(), who, unit, h.office.Today())
		h.must(err)
		v.ids[r] = map[string]string{"unit": unit.String(), "post": post.String(), "account": held.String(), "term": page.Posts[0].Filled[0].ID.String()}
	}
	for _, role := range org.Roles {
		made, err := h.office.OpenAccount(t.Context(), cmd(), desk.NewAccount{UnitID: town, Title: "岗 " + string(role), Name: "某人", Roles: []org.Role{role}})
		h.must(err)
		link, err := oneTimeLink(t.Context(), h.login, made, "http://host", text.Chinese)
		h.must(err)
		v.roles[role] = h.signUp(strings.TrimPrefix(link, "http://host"), "of."+strings.ReplaceAll(string(role), "_", "."))
	}
	v.plan = v.roles[org.Clerk].forced(leaflet)
	return v
}

// asks sends a request of a route about the records of a relation, and gives the status.
// A form that is sent is empty: it has no command, and so does nothing.
func (v *village) asks(p *person, route string, r relation) int {
	v.Helper()
	method, path, _ := strings.Cut(route, " ")
	for name, value := range v.ids[r] {
		path = strings.ReplaceAll(path, "{"+name+"}", value)
	}
	path = placeholder.ReplaceAllString(strings.ReplaceAll(strings.ReplaceAll(path, "{plan}", v.plan), "{$}", ""), "0000000000001")
	q, err := http.NewRequest(method, v.server.URL+path, strings.NewReader(url.Values{}.Encode()))
	v.must(err)
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	status, _, _ := p.send(q)
	return status
}

// placed reports whether a route is about records that stand in a unit.
func placed(route string) bool {
	return strings.Contains(route, "{unit}") || strings.Contains(route, "{post}") || strings.Contains(route, "{account}")
}

// Every route, for every role, about records of the own unit, below it and elsewhere:
// whoever may not is told 403, whoever may is not. Nobody who is not signed in gets in.
func TestEveryRouteForEveryRole(t *testing.T) {
	v := newVillage(t, 0)
	needs, asked := office.Needs(), 0
	for _, route := range office.Routes() {
		act := needs[route]
		if act == "anybody" || act == "signed_in" {
			continue
		}
		if status := v.asks(v.stranger(), route, ownUnit); status != 401 {
			t.Errorf("%s: a stranger gets %d", route, status)
		}
		relations := []relation{elsewhere}
		if placed(route) {
			relations = []relation{ownUnit, below, elsewhere}
		}
		for _, role := range org.Roles {
			far := wanted(act)[role]
			for _, r := range relations {
				may := far != ""
				if placed(route) {
					may = reaches(far, r)
				}
				asked++
				if status := v.asks(v.roles[role], route, r); may == (status == 401 || status == 403) {
					t.Errorf("%s for %s, %s: %d, may %v", route, role, r, status, may)
				}
			}
		}
	}
	if asked < 1000 {
		t.Errorf("only %d requests: the walk is broken", asked)
	}
}

// Records and sessions of another city are nobody's here.
func TestRecordsOfAnotherCity(t *testing.T) {
	v, other := newVillage(t, 0), newVillage(t, 1) // on another day, so that no identifier is the same
	for _, route := range office.Routes() {
		act := office.Needs()[route]
		if act == "anybody" || !placed(route) && !strings.Contains(route, "{plan}") {
			continue
		}
		there := village{house: v.house, ids: other.ids, plan: other.plan}
		for _, role := range []org.Role{org.Administrator, org.Clerk, org.Approver, org.UnitClerk, org.Auditor} {
			if status := there.asks(v.roles[role], route, ownUnit); status < 400 {
				t.Errorf("%s for %s about another city: %d", route, role, status)
			}
		}
		// Cookies of the other city's server are unknown here.
		if status := v.asks(other.roles[org.Administrator].at(v.house), route, ownUnit); status != 401 {
			t.Errorf("%s with a session of another city: %d", route, status)
		}
	}
}

// at is the same browser at the door of another house, with what it carries.
func (p *person) at(h *house) *person {
	here, err := url.Parse(p.server.URL)
	p.must(err)
	there, err := url.Parse(h.server.URL)
	p.must(err)
	moved := h.stranger()
	moved.client.Jar.SetCookies(there, p.client.Jar.Cookies(here))
	return moved
}
