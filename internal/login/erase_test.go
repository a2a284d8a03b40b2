package login

import (
	"net/netip"
	"testing"

	"luoshi/id"
	"luoshi/internal/db"
)

// What an account signed in with, and from where, is gone for good; that others
// signed in, and with what, stays.
func TestErase(t *testing.T) {
	d := openDoor(t)
	d.cheap()
	h := d.room(nil)
	in := ask(h, "/in", "203.0.113.7").Cookies()[0]
	link, err := d.NewLink(t.Context(), guard)
	if err != nil {
		t.Fatal(err)
	}
	from := With(t.Context(), Visitor{Address: netip.MustParseAddr("203.0.113.9"), Browser: "a browser of its own"})
	const other = id.Account(78)
	token, err := d.NewLink(t.Context(), other)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.SetPassword(from, token, "gu", correct, correct); err != nil {
		t.Fatal(err)
	}
	for range Preset.Account.Failures + 2 { // the last are only noted, not written down yet
		_, _ = d.Check(from, name, "wrong")
	}

	for range 2 {
		if err := d.Erase(t.Context(), guard); err != nil {
			t.Fatal(err)
		}
	}
	if got := ask(h, "/who", "203.0.113.7", in); got.StatusCode != 401 {
		t.Errorf("its session: %d", got.StatusCode)
	}
	if _, err := d.Link(t.Context(), link); err != ErrLink {
		t.Errorf("its link: %v", err)
	}
	if n, err := d.LoginName(t.Context(), guard); n != "" || err != nil {
		t.Errorf("its name: %q %v", n, err)
	}
	tries, err := d.Tries(t.Context(), guard)
	if err != nil || len(tries) < 2 {
		t.Fatalf("%d tries: %v", len(tries), err)
	}
	for _, try := range tries {
		if try.Address != "" || try.Browser != "" || try.At.IsZero() {
			t.Errorf("kept of a try: %+v", try)
		}
	}
	if others, err := d.Tries(t.Context(), other); err != nil || len(others) != 1 || others[0].Address == "" {
		t.Errorf("another's: %+v %v", others, err)
	}
	err = d.db.Read(t.Context(), func(v *db.View) error {
		for _, text := range []string{"SELECT COUNT(*) FROM credential WHERE city_id = $1 AND account_id = $2",
			"SELECT COUNT(*) FROM sign_in WHERE city_id = $1 AND account_id = $2 AND (network <> '' OR address <> '' OR browser <> '')"} {
			n, err := db.Row(v, db.Value[int], text, 1, guard)
			if err != nil || n != 0 {
				t.Errorf("%d rows: %s: %v", n, text, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
