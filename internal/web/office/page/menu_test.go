package page

import (
	"testing"
	"unicode/utf8"

	"luoshi/internal/desk"
	"luoshi/internal/text"
	"luoshi/internal/web"
	"luoshi/org"
)

// The menu of whoever has most in it is one line on a usual screen, in English too: with
// more letters it breaks at 1280 pixels.
func TestTheEnglishMenuIsOneLine(t *testing.T) {
	const most = 85
	for _, roles := range [][]org.Role{{org.Clerk}, {org.Clerk, org.Administrator}, {org.UnitHead}, {org.UnitClerk}, {org.Auditor, org.Administrator}} {
		who := desk.Who{Roles: roles}
		letters := 0
		for _, e := range Menu(web.With(t.Context(), web.Page{Who: &who})) {
			letters += utf8.RuneCountInString(text.Say(text.English, e.Name))
		}
		if letters == 0 || letters > most {
			t.Errorf("the menu of %v has %d letters, of at most %d", roles, letters, most)
		}
	}
}
