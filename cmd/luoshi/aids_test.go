package main

import (
	"html"
	"regexp"
	"strings"
	"testing"
)

var (
	aidLink   = regexp.MustCompile(`(?s)<div class="aids">(.*?)</div>`)
	aidButton = regexp.MustCompile(`<button class="link" name="show_again" value="1" formnovalidate formaction="([^"]+)">`)
)

// What stands above a page that answers something sent never leads to a page that is not there.
func TestAidsAfterSending(t *testing.T) {
	h := open(t)
	admin := h.found()
	clerk := admin.hire("沈知白", "shen", "clerk")
	plan := clerk.imported(leaflet)
	item := regexp.MustCompile(`/office/plans/` + plan + `/items/[0-9A-Z]{13}`).FindString(clerk.get("/office/plans/"+plan, 200))

	// A rejected form is shown again, in large print and in English, with all that was typed.
	rejected := clerk.post(item, 422, "title", "", "lead", "某个单位、另一个单位", "period", "month")
	if strip := aidLink.FindStringSubmatch(rejected); strip == nil || !strings.Contains(strip[1], `href="#aids"`) || strings.Contains(strip[1], "view=") {
		t.Errorf("the strip of a rejected form: %q", strip)
	}
	before := clerk.get("/office/plans/"+plan, 200)
	for _, b := range aidButton.FindAllStringSubmatch(rejected, -1) {
		page := clerk.post(html.UnescapeString(b[1]), 200, "title", "写到一半", "lead", "某个单位、另一个单位", "period", "month", "show_again", "1")
		clerk.wants(page, `value="写到一半"`, `value="某个单位、另一个单位"`)
		if strings.Contains(b[1], "view=big") && !strings.Contains(page, `class="big"`) {
			t.Errorf("%s is not in large print", b[1])
		}
		if strings.Contains(page, `name="show_again" value="1"/>`) || strings.Count(page, `name="show_again"`) != 3 {
			t.Error("the wish to see it again is sent along for good")
		}
	}
	if len(aidButton.FindAllString(rejected, -1)) != 3 {
		t.Errorf("aids: %q", aidButton.FindAllString(rejected, -1))
	}
	if plain(clerk.get("/office/plans/"+plan, 200)) != plain(before) {
		t.Error("looking at a form in another way changed the plan")
	}

	// A page that is shown once, and one of an address that takes forms only, say that it goes elsewhere.
	account := regexp.MustCompile(`action="(/office/accounts/[0-9A-Z]{13}/link)"`).FindStringSubmatch(admin.get("/office/accounts", 200))
	for _, page := range []string{admin.post(account[1], 200), clerk.post("/office/plans/"+plan+"/redo", 409)} {
		strip := aidLink.FindStringSubmatch(page)
		if strip == nil || strings.Contains(strip[1], "<a") || !strings.Contains(strip[1], "到别的页面换") {
			t.Errorf("the strip: %q", strip)
		}
	}
	if shown := admin.post("/en"+account[1]+"?view=big", 200); !strings.Contains(shown, `lang="en" class="big"`) {
		t.Error("the link is not shown as its page was asked for")
	}

	// A stranger's form is kept while the sign-in page is seen another way.
	asked := h.stranger().post(item, 401, "title", "写到一半")
	buttons := aidButton.FindAllStringSubmatch(asked, -1)
	if len(buttons) != 3 {
		t.Fatalf("the sign-in page has %d aids", len(buttons))
	}
	again := h.stranger().post(html.UnescapeString(buttons[0][1]), 200, "keep", "title=x", "next", item, "login_name", "shen", "password", "wrong", "show_again", "1")
	clerk.wants(again, `>`+"\n"+`title=x</textarea>`, `value="shen"`, `class="big"`)
}
