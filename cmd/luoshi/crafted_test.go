package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"luoshi/internal/web"
	"luoshi/org"
)

// crafted are values that no form of ours sends, for every field of the organisation.
var crafted = []string{"0000-00-00", "9999-12-31", "\x00\x1b[2J", "0AK2M5Q0000V1", "9223372036854775808", strings.Repeat("长", 5000), ""}

// A form in which one field holds what no page of ours offers is refused in words, or is
// done where it is harmless; nothing breaks.
func TestCraftedForms(t *testing.T) {
	v := newVillage(t, 0)
	p := v.roles[org.Administrator]
	own, other := v.ids[ownUnit], v.ids[elsewhere]
	day := "2011-08-20"
	for path, form := range map[string]url.Values{
		"/office/units/" + own["unit"] + "/add":                           {"unit": {"北村"}, "level": {"village"}, "code": {"331003101001"}},
		"/office/units/" + own["unit"] + "/change":                        {"unit": {"石桥镇"}, "code": {"331003101"}, "parent": {own["unit"]}, "from": {day}},
		"/office/units/" + other["unit"] + "/merge":                       {"into": {own["unit"]}, "from": {day}},
		"/office/units/" + other["unit"] + "/split":                       {"unit": {"湖口街道"}, "code": {""}, "from": {day}, "below": {v.ids[below]["unit"]}},
		"/office/units/" + other["unit"] + "/close":                       {"from": {day}},
		"/office/units/" + own["unit"] + "/describe":                      {"working_body": {"石桥镇文化站"}, "contact": {"0500-1"}},
		"/office/units/" + own["unit"] + "/post":                          {"title": {"岗"}, "roles": {"reporter"}},
		"/office/posts/" + own["post"] + "/appoint":                       {"account": {other["account"]}, "kind": {"acting"}, "from": {day}, "to": {day}},
		"/office/posts/" + own["post"] + "/roles":                         {"roles": {"reporter"}},
		"/office/posts/" + own["post"] + "/account":                       {"name": {"甲"}, "phone": {"0500-2"}},
		"/office/posts/" + own["post"] + "/terms/" + own["term"] + "/end": {"to": {day}},
		"/office/accounts/new?unit=" + own["unit"]:                        {"title": {"岗"}, "name": {"甲"}, "phone": {"0500-3"}, "roles": {"reporter"}},
		"/office/accounts/many?unit=" + own["unit"]:                       {"title": {"岗"}, "roles": {"reporter"}, "units": {"village"}, "without": {"东村"}},
		"/office/handover?account=" + own["account"]:                      {"post": {own["post"]}, "successor": {"new"}, "name": {"甲"}, "phone": {""}, "from": {day}, "close": {"1"}},
		"/office/groups/new":                                              {"name": {"小组"}, "place-" + own["post"]: {"leader"}, "place-" + other["post"]: {"member"}, "office": {own["unit"]}},
		"/office/unit-lists":                                              {"text": {"县\t乡镇\n云溪县\t南山镇"}, "under": {own["unit"]}, "from": {day}},
	} {
		for field := range form {
			for _, value := range crafted {
				sent := url.Values{"command": {web.NewCommand()}}
				for f, values := range form {
					if sent[f] = values; f == field {
						sent[f] = []string{value, value}
					}
				}
				r, err := http.NewRequest("POST", v.server.URL+path, strings.NewReader(sent.Encode()))
				v.must(err)
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				if status, page, _ := p.send(r); status >= 500 || status == 400 {
					t.Errorf("%s with %s %.20q: %d %.200s", path, field, value, status, plain(page))
				}
			}
		}
	}
	// Nor do identifiers of other kinds in addresses.
	for _, path := range []string{"/office/units/" + own["account"], "/office/accounts/" + own["unit"], "/office/posts/" + own["unit"] + "/roles", "/office/handover/" + own["unit"],
		"/office/accounts?unit=" + own["post"], "/office/duties?unit=" + own["post"], "/office/units/" + own["unit"] + "?at=0000-00-00", "/office/accounts/opened?level=%00&title=%00"} {
		r, err := http.NewRequest("GET", v.server.URL+path, nil)
		v.must(err)
		if status, page, _ := p.send(r); status >= 500 {
			t.Errorf("%s: %d %.200s", path, status, plain(page))
		}
	}
}
