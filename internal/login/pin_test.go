package login

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"luoshi/id"
	"luoshi/internal/db"
)

func TestCheckPIN(t *testing.T) {
	for pin, good := range map[string]bool{
		"284917": true, "100395": true, "902174": true, "112358": true,
		"123456": false, "654321": false, "000000": false, "111111": false, "012345": false, "789012": false, "135791": false, "975319": false,
		"121212": false, "123123": false, "112233": false, "111222": false, "123321": false, "112112": false, "100001": false, "147258": false, "520131": false,
		"28491": false, "2849170": false, "": false, "28491a": false, "２８４９１７": false, "-84917": false,
	} {
		if err := checkPIN(pin, pin); (err == nil) != good {
			t.Errorf("%q: %v", pin, err)
		}
	}
	if err := checkPIN("284917", "284918"); err == nil {
		t.Error("two different ones are taken")
	}
	for typed, want := range map[string]string{"284917": "284917", "２８４９１７": "284917", "284 917": "284917", "284９17": "284917", "28x": "28x"} {
		if got := digits(typed); got != want {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
}

const pin = "284917"

// setPIN sets a PIN for an account on a phone, and gives the cookie of the phone.
func (d *door) setPIN(phone context.Context, account id.Account) (context.Context, *http.Cookie) {
	d.Helper()
	w := httptest.NewRecorder()
	got, err := d.SetPIN(phone, w, d.slip(account).Code, pin, pin)
	if err != nil || got != account || len(w.Result().Cookies()) != 1 {
		d.Fatal(got, err, w.Result().Cookies())
	}
	c := w.Result().Cookies()[0]
	return withPhone(phone, c.Value), c
}

func (d *door) pin(phone context.Context, account id.Account, pin string, want error) {
	d.Helper()
	err := d.CheckPIN(phone, httptest.NewRecorder(), account, pin)
	wait := (*Wait)(nil)
	if want == errWait && errors.As(err, &wait) || want != errWait && errors.Is(err, want) {
		return
	}
	d.Errorf("%v, want %v", err, want)
}

var errWrongPIN = error(pinWrong(4)) // whatever the number

func (d *door) posts(phone context.Context) int {
	d.Helper()
	all, err := d.PINs(phone)
	if err != nil {
		d.Fatal(err)
	}
	return len(all)
}

func TestSeveralPostsOnOnePhone(t *testing.T) {
	d := openDoor(t)
	const other = id.Account(78)
	phone, first := d.setPIN(from("203.0.113.1"), guard)
	again, second := d.setPIN(phone, other)
	if first.Value != second.Value || d.posts(again) != 2 {
		t.Errorf("%d posts on the phone", d.posts(again))
	}
	d.pin(phone, guard, "２８４９１７", nil)
	d.pin(phone, other, pin, nil)
	elsewhere := from("203.0.113.1")
	d.pin(elsewhere, guard, pin, ErrNoPIN)
	d.pin(withPhone(elsewhere, "planted"), guard, pin, ErrNoPIN)
	planted, cookie := d.setPIN(withPhone(elsewhere, "planted"), guard)
	if cookie.Value == "planted" || d.posts(planted) != 1 {
		t.Error("a planted name became that of a phone")
	}
}

func TestTheCookieOfAPhone(t *testing.T) {
	d := openDoor(t)
	for _, secure := range []bool{false, true} {
		_, c := d.setPIN(With(t.Context(), Visitor{HTTPS: secure}), guard)
		name := map[bool]string{false: "luoshi-phone", true: "__Host-luoshi-phone"}[secure]
		if c.Name != name || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != secure || c.Path != "/" || c.Domain != "" || c.MaxAge < 300*24*3600 || len(c.Value) < 26 {
			t.Errorf("secure %v: %s", secure, c)
		}
	}
	err := d.db.Read(t.Context(), func(v *db.View) error {
		kept, err := db.Rows(v, db.Value[string], "SELECT pin_hash FROM device WHERE city_id = $1", 1)
		for _, k := range kept {
			if !strings.HasPrefix(k, "$argon2id$") || strings.Contains(k, pin) {
				t.Errorf("kept: %q", k)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestFiveWrongPINsTakeAPostOffThePhone(t *testing.T) {
	d := openDoor(t)
	const other = id.Account(78)
	phone, _ := d.setPIN(from("203.0.113.1"), guard)
	d.setPIN(phone, other)
	for range 3 {
		for range 4 {
			d.pin(phone, guard, "000000", errWrongPIN)
			d.pass(4 * time.Minute) // slowly enough for the rule of the account
		}
		d.pin(phone, guard, pin, nil) // a right one forgets them
	}
	for range 4 {
		d.pin(phone, guard, "000000", errWrongPIN)
		d.pass(time.Hour)
	}
	d.pin(phone, guard, "000000", errPINGone)
	d.pin(phone, guard, pin, ErrNoPIN)
	if d.posts(phone) != 1 {
		t.Error("the other post has to stay")
	}
	d.pin(phone, other, pin, nil)
	if !strings.Contains(errPINGone.Error(), "补一张条子") {
		t.Error("it does not say what to do")
	}
	d.setPIN(phone, guard)
	d.pin(phone, guard, pin, nil)
}

// Guesses at one moment get no more than five together.
func TestPINsGuessedAtOnce(t *testing.T) {
	d := openDoor(t)
	phone, _ := d.setPIN(from("203.0.113.1"), guard)
	before := d.checked.Load()
	var work sync.WaitGroup
	var in atomic.Int64
	for range 60 {
		work.Go(func() {
			if d.CheckPIN(phone, httptest.NewRecorder(), guard, "000000") == nil {
				in.Add(1)
			}
		})
	}
	work.Wait()
	if n := d.checked.Load() - before; n != 5 || in.Load() != 0 {
		t.Errorf("%d guesses reached the PIN, %d came in", n, in.Load())
	}
	if d.posts(phone) != 0 {
		t.Error("the post is still on the phone")
	}
}

// PINs and passwords of an account are one count, and so are those of a network.
func TestPINsWaitAsPasswordsDo(t *testing.T) {
	d := openDoor(t).cheap()
	d.compare = func(typed, hash string) (bool, error) { return typed == correct || typed == pin, nil }
	phone, _ := d.setPIN(from("203.0.113.1"), guard)
	for range 5 {
		d.wants(from("198.51.100.9"), name, "guess", ErrWrong)
	}
	d.pin(phone, guard, pin, errWait)
	if d.posts(phone) != 1 {
		t.Error("a try that was not checked took the post off")
	}
	d.pass(30 * time.Minute)
	d.pin(phone, guard, pin, nil)
	tries, err := d.Tries(t.Context(), guard)
	if err != nil || tries[0].Outcome != ByPIN || tries[0].Address != "203.0.113.1" {
		t.Errorf("last try: %+v %v", tries[0], err)
	}
}

// Who hangs up while others are being checked has neither guessed nor lost a try.
func TestABusyMomentCostsNoTry(t *testing.T) {
	d := openDoor(t)
	phone, _ := d.setPIN(from("203.0.113.1"), guard)
	for range atOnce {
		d.hashing <- struct{}{}
	}
	for range 6 {
		ctx, hangUp := context.WithCancel(phone)
		answer := make(chan error, 1)
		go func() { answer <- d.CheckPIN(ctx, httptest.NewRecorder(), guard, "000000") }()
		for waiting := false; !waiting; time.Sleep(time.Millisecond) { // admitted, and written down as a failure until it is checked
			tries, err := d.Tries(t.Context(), guard)
			if err != nil {
				t.Fatal(err)
			}
			waiting = len(tries) > 0 && tries[0].Outcome == Wrong
		}
		hangUp()
		if err := <-answer; !errors.Is(err, db.ErrBusy) {
			t.Errorf("%v, want %v", err, db.ErrBusy)
		}
	}
	for range atOnce {
		<-d.hashing
	}
	d.pin(phone, guard, pin, nil)
}

func TestPINsEndWithTheRest(t *testing.T) {
	for name, end := range map[string]func(d *door) error{
		"all ended": func(d *door) error { return d.EndAll(d.Context(), guard) },
		"erased":    func(d *door) error { return d.Erase(d.Context(), guard) },
		"another password": func(d *door) error {
			return d.ChangePassword(from("203.0.113.1"), guard, correct, "a new long one", "a new long one")
		},
		"taken off": func(d *door) error {
			all, err := d.Phones(d.Context(), guard)
			if err != nil || len(all) != 1 {
				d.Fatal(all, err)
			}
			return d.DropPhone(d.Context(), guard, all[0].Key)
		},
	} {
		d := openDoor(t)
		const other = id.Account(78)
		phone, _ := d.setPIN(from("203.0.113.1"), guard)
		d.setPIN(phone, other)
		if err := end(d); err != nil {
			t.Fatal(name, err)
		}
		d.pin(phone, guard, pin, ErrNoPIN)
		d.pin(phone, other, pin, nil)
	}
}

func TestASessionByPINEndsSooner(t *testing.T) {
	d := openDoor(t)
	h := d.room(nil)
	in := ask(h, "/in-by-pin", "203.0.113.7").Cookies()[0]
	for _, c := range []struct {
		pass   time.Duration
		status int
	}{{0, statusByPIN}, {29 * time.Minute, statusByPIN}, {29 * time.Minute, statusByPIN}, {30 * time.Minute, 401}} {
		d.pass(c.pass)
		if got := ask(h, "/who", "203.0.113.7", in); got.StatusCode != c.status {
			t.Errorf("%v later: %d, want %d", c.pass, got.StatusCode, c.status)
		}
	}
	// A password makes it one like any other.
	in = ask(h, "/in-by-pin", "203.0.113.7").Cookies()[0]
	in = ask(h, "/in", "203.0.113.7", in).Cookies()[0]
	d.pass(time.Hour)
	if got := ask(h, "/who", "203.0.113.7", in); got.StatusCode != 200 {
		t.Errorf("after a password: %d", got.StatusCode)
	}
}

func TestTakingAPostOffAPhoneEndsItsSessionsThere(t *testing.T) {
	d := openDoor(t)
	h := d.room(nil)
	d.setPIN(from("203.0.113.1"), guard)
	byPIN, byPassword := ask(h, "/in-by-pin", "203.0.113.7").Cookies()[0], ask(h, "/in", "203.0.113.7").Cookies()[0]
	all, err := d.Phones(t.Context(), guard)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	for _, key := range []string{"nothing", "ab", strings.Repeat("0", 64)} {
		if err := d.DropPhone(t.Context(), guard, key); err != nil {
			t.Error(key, err)
		}
	}
	if got := ask(h, "/who", "203.0.113.7", byPIN); got.StatusCode != statusByPIN {
		t.Errorf("before: %d", got.StatusCode)
	}
	if err := d.DropPhone(t.Context(), guard, all[0].Key); err != nil {
		t.Fatal(err)
	}
	if a, b := ask(h, "/who", "203.0.113.7", byPIN).StatusCode, ask(h, "/who", "203.0.113.7", byPassword).StatusCode; a != 401 || b != 200 {
		t.Errorf("by PIN %d, by password %d", a, b)
	}
}

func TestAccountStates(t *testing.T) {
	d := openDoor(t)
	h := d.room(nil)
	const other, third = id.Account(78), id.Account(79)
	d.setPIN(from("203.0.113.1"), other)
	slip := d.slip(guard)
	began := d.Now()
	ask(h, "/in", "203.0.113.7")
	ask(h, "/in-by-pin", "203.0.113.7")
	for _, c := range []struct {
		name string
		pass time.Duration
		want State
	}{
		{"at once", 0, State{Password: true, Slip: slip.Until, Sessions: 2, Seen: began}},
		{"the one by PIN is over", time.Hour, State{Password: true, Slip: slip.Until, Sessions: 1, Seen: began}},
		{"both are", time.Hour, State{Password: true, Slip: slip.Until, Seen: began}},
		{"so is the slip", 30 * 24 * time.Hour, State{Password: true, Seen: began}},
	} {
		d.pass(c.pass)
		states, err := d.AccountStates(t.Context(), []id.Account{guard, third})
		if err != nil || len(states) != 2 || states[guard] != c.want || states[third] != (State{}) {
			t.Errorf("%s: %+v, want %+v (%v)", c.name, states, c.want, err)
		}
	}
	states, err := d.AccountStates(t.Context(), []id.Account{other})
	if err != nil || states[other] != (State{Phones: 1}) || !states[other].SignedUp() {
		t.Errorf("%+v %v", states, err)
	}
}
