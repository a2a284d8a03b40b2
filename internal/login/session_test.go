package login

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"luoshi/internal/db"
)

// statusByPIN is what /who answers in a session that a PIN opened.
const statusByPIN = 299

// room is a door with pages behind it: /in and /in-by-pin begin a session, /who says
// whose it is.
func (d *door) room(slow func(ctx context.Context)) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/in", func(w http.ResponseWriter, r *http.Request) {
		if err := d.Begin(r.Context(), guard); err != nil {
			d.Error(err)
		}
	})
	mux.HandleFunc("/in-by-pin", func(w http.ResponseWriter, r *http.Request) {
		if err := d.BeginByPIN(r.Context(), guard); err != nil {
			d.Error(err)
		}
	})
	mux.HandleFunc("/who", func(w http.ResponseWriter, r *http.Request) {
		switch {
		case d.Account(r.Context()) == 0:
			w.WriteHeader(http.StatusUnauthorized)
		case d.ByPIN(r.Context()):
			w.WriteHeader(statusByPIN)
		}
	})
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) { slow(r.Context()) })
	return d.Wrap(mux, func(r *http.Request) Visitor {
		return Visitor{Address: netip.MustParseAddr(r.Header.Get("From")), Browser: "test"}
	}, func(_ http.ResponseWriter, _ *http.Request, err error) { d.Error(err) })
}

func ask(h http.Handler, path, address string, cookies ...*http.Cookie) *http.Response {
	r := httptest.NewRequest("GET", path, nil)
	r.Header.Set("From", address)
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func TestSessionsEndByThemselves(t *testing.T) {
	d := openDoor(t)
	h := d.room(nil)
	in := ask(h, "/in", "203.0.113.7").Cookies()[0]
	for _, c := range []struct {
		name   string
		pass   time.Duration
		status int
	}{
		{"at once", 0, 200}, {"after an hour", time.Hour, 200}, {"in use, after two and a half", 90 * time.Minute, 200},
		{"unused for two hours", 2 * time.Hour, 401}, {"for good", 0, 401},
	} {
		d.pass(c.pass)
		if got := ask(h, "/who", "203.0.113.7", in); got.StatusCode != c.status {
			t.Errorf("%s: %d, want %d", c.name, got.StatusCode, c.status)
		}
	}
	in = ask(h, "/in", "203.0.113.7").Cookies()[0]
	for range 11 {
		d.pass(time.Hour)
		if got := ask(h, "/who", "203.0.113.7", in); got.StatusCode != 200 {
			t.Fatal("ended while in use")
		}
	}
	d.pass(time.Hour)
	if got := ask(h, "/who", "203.0.113.7", in); got.StatusCode != 401 {
		t.Error("lasts longer than twelve hours")
	}
}

func TestTheListSaysFromWhereASessionWasLastUsed(t *testing.T) {
	d := openDoor(t)
	h := d.room(nil)
	in := ask(h, "/in", "203.0.113.7").Cookies()[0]
	began := d.Now()
	d.pass(10 * time.Second)
	ask(h, "/who", "2001:db8::1", in)
	all, err := d.Sessions(noSession(d), guard)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	if s := all[0]; s.Address != "2001:db8::1" || !s.Began.Equal(began) || !s.Seen.Equal(d.Now()) || s.Browser != "test" || s.Current {
		t.Errorf("%+v", s)
	}
}

// noSession is a context as Wrap makes it for somebody who is not signed in.
func noSession(d *door) context.Context {
	ctx, err := d.sessions.Load(d.Context(), "")
	if err != nil {
		d.Fatal(err)
	}
	return ctx
}

// A request that is under way while its session is ended does not bring it back.
func TestAnEndedSessionStaysEnded(t *testing.T) {
	d := openDoor(t)
	h := d.room(func(context.Context) {
		d.pass(time.Hour) // it will be noted as seen with the next request
		if err := d.EndAll(d.Context(), guard); err != nil {
			t.Error(err)
		}
	})
	in := ask(h, "/in", "203.0.113.7").Cookies()[0]
	ask(h, "/slow", "203.0.113.7", in)
	if got := ask(h, "/who", "203.0.113.8", in); got.StatusCode != 401 {
		t.Error("the session is back")
	}
	err := d.db.Read(t.Context(), func(v *db.View) error {
		n, err := db.Row(v, db.Value[int64], "SELECT COUNT(*) FROM session")
		if n != 0 {
			t.Errorf("%d sessions left", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What stands in the database opens nothing.
func TestTokensAreKeptHashed(t *testing.T) {
	d := openDoor(t)
	h := d.room(nil)
	in := ask(h, "/in", "203.0.113.7").Cookies()[0]
	all, err := d.Sessions(noSession(d), guard)
	if err != nil || len(all) != 1 || all[0].Key == in.Value {
		t.Fatal(all, err)
	}
	in.Value = all[0].Key
	if got := ask(h, "/who", "203.0.113.7", in); got.StatusCode != 401 {
		t.Error("what is stored is as good as the cookie")
	}
}
