package login

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/tests/postgres"
)

// door is a sign-in with a clock that is moved by hand, one account, and a
// count of the passwords that were really checked.
type door struct {
	*testing.T
	*Login
	now     atomic.Int64 // microseconds
	checked atomic.Int64
}

const (
	guard   = id.Account(77)
	name    = "zhou"
	correct = "an lan shi de chun tian"
)

func openDoor(t *testing.T) *door {
	t.Helper()
	data, err := db.Open(t.Context(), t.TempDir(), db.Options{Database: postgres.Fresh(t), Spread: postgres.Spread, ReadLimit: time.Minute}, Schema())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { data.Close() })
	d := &door{T: t}
	d.now.Store(time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC).UnixMicro())
	if d.Login, err = New(data, 1, false); err != nil {
		t.Fatal(err)
	}
	d.Now = func() time.Time { return time.UnixMicro(d.now.Load()) }
	really := d.compare
	d.compare = func(password, hash string) (bool, error) {
		d.checked.Add(1)
		return really(password, hash)
	}
	d.signUp(t.Context())
	return d
}

// cheap spares the test the password work where only the counting matters.
func (d *door) cheap() *door {
	d.compare = func(password, hash string) (bool, error) {
		d.checked.Add(1)
		return password == correct, nil
	}
	return d
}

func (d *door) signUp(ctx context.Context) {
	d.Helper()
	token, err := d.NewLink(ctx, guard)
	if err == nil {
		_, err = d.SetPassword(ctx, token, name, correct, correct)
	}
	if err != nil {
		d.Fatal(err)
	}
}

func (d *door) pass(t time.Duration) { d.now.Add(t.Microseconds()) }

func from(address string) context.Context {
	return With(context.Background(), Visitor{Address: netip.MustParseAddr(address), Browser: "test"})
}

func (d *door) wants(ctx context.Context, name, password string, want error) {
	d.Helper()
	account, err := d.Check(ctx, name, password)
	switch {
	case want == nil && err == nil:
		if account != guard {
			d.Errorf("signed in as %d", account)
		}
	case want == errWait:
		if wait := (*Wait)(nil); !errors.As(err, &wait) {
			d.Errorf("%s: %v, want to wait", name, err)
		}
	case want == nil || !errors.Is(err, want):
		d.Errorf("%s: %v, want %v", name, err, want)
	}
}

var errWait = errors.New("wait")

// guesses fires n guesses at the names from 100 addresses, many at a time.
func (d *door) guesses(n int, each func(i int), names ...string) {
	var work sync.WaitGroup
	next := make(chan int)
	for range 16 {
		work.Go(func() {
			for i := range next {
				_, err := d.Check(from(fmt.Sprintf("203.0.113.%d", i%100)), names[i%len(names)], fmt.Sprintf("guess %d", i))
				wait := (*Wait)(nil)
				if err == nil || !errors.Is(err, ErrWrong) && !errors.As(err, &wait) {
					d.Errorf("guess %d: %v", i, err)
				}
			}
		})
	}
	for i := range n {
		each(i)
		next <- i
	}
	close(next)
	work.Wait()
}

func TestTenThousandGuessesAtOnce(t *testing.T) {
	d := openDoor(t)
	began := time.Now()
	d.guesses(10_000, func(int) {}, name)
	t.Logf("10,000 guesses from 100 addresses at one moment: %d reached argon2, %v", d.checked.Load(), time.Since(began))
	if n := d.checked.Load(); n != 5 {
		t.Errorf("%d guesses reached the password, want 5", n)
	}
	d.wants(from("198.51.100.7"), name, correct, errWait)
	if n := d.checked.Load(); n != 5 {
		t.Error("the right password was checked while the account waits")
	}
	d.pass(29*time.Minute + 59*time.Second)
	d.wants(from("198.51.100.7"), name, correct, errWait)
	d.pass(time.Second)
	d.wants(from("198.51.100.7"), name, correct, nil)

	tries, err := d.Tries(t.Context(), guard)
	if err != nil {
		t.Fatal(err)
	}
	if tries[0].Outcome != Right || tries[0].Address != "198.51.100.7" {
		t.Errorf("last try: %+v", tries[0])
	}
	var refused, rows int64
	err = d.db.Read(t.Context(), func(v *db.View) (err error) {
		if refused, err = db.Row(v, db.Value[int64], "SELECT SUM(tries) FROM sign_in WHERE outcome = 'locked'"); err != nil {
			return err
		}
		rows, err = db.Row(v, db.Value[int64], "SELECT COUNT(*) FROM sign_in")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if refused != 10_000-5+2 {
		t.Errorf("%d refused tries are written down", refused)
	}
	if rows > 250 {
		t.Errorf("%d rows for a flood from 100 addresses", rows)
	}
	t.Logf("%d rows", rows)
}

// A guesser who is patient gets five guesses each half hour, from however many addresses.
func TestTenThousandGuessesInADay(t *testing.T) {
	d := openDoor(t).cheap()
	began := time.Now()
	d.guesses(10_000, func(int) { d.pass(24 * time.Hour / 10_000) }, name)
	t.Logf("10,000 guesses from 100 addresses over a day: %d reached the password, %v", d.checked.Load(), time.Since(began))
	if n := d.checked.Load(); n > 5*(24*2+1) || n < 100 {
		t.Errorf("%d guesses reached the password", n)
	}
}

// One guess at each of many names: each address is stopped.
func TestTenThousandGuessesAtManyNames(t *testing.T) {
	d := openDoor(t).cheap()
	var names []string
	for i := range 2003 { // no divisor of the number of addresses
		names = append(names, fmt.Sprintf("name%d", i))
	}
	began := time.Now()
	d.guesses(10_000, func(int) {}, names...)
	t.Logf("10,000 guesses at 2,003 names from 100 addresses at one moment: %d reached the password, %v", d.checked.Load(), time.Since(began))
	if n := d.checked.Load(); n != 100*30 {
		t.Errorf("%d guesses reached the password, want 30 an address", n)
	}
	d.wants(from("203.0.113.5"), name, correct, errWait)
	d.wants(from("203.0.114.5"), name, correct, nil)
	d.pass(15 * time.Minute)
	d.wants(from("203.0.113.5"), name, correct, nil)
}

func TestNeighboursInOneNetworkAreOne(t *testing.T) {
	d := openDoor(t).cheap()
	for i := range 40 {
		_, _ = d.Check(from(fmt.Sprintf("2001:db8:0:1::%x", i+1)), fmt.Sprint("name", i), "guess")
	}
	if n := d.checked.Load(); n != 30 {
		t.Errorf("%d guesses from one /64", n)
	}
	d.wants(from("2001:db8:0:2::1"), name, correct, nil)
}

// Nothing tells a name that is there from one that is not: neither the sentence,
// nor the moment at which it has to wait, nor the work that is done.
func TestUnknownNamesLookLikeKnownOnes(t *testing.T) {
	d := openDoor(t)
	var told [2][]string
	var work [2]int64
	for i, n := range []string{name, "nobody"} {
		before := d.checked.Load()
		for range 7 {
			_, err := d.Check(from(fmt.Sprintf("203.0.113.%d", i)), n, "a wrong guess")
			told[i] = append(told[i], err.Error())
		}
		work[i] = d.checked.Load() - before
	}
	if fmt.Sprint(told[0]) != fmt.Sprint(told[1]) || work[0] != work[1] || work[0] != 5 {
		t.Errorf("known %d %v\nunknown %d %v", work[0], told[0], work[1], told[1])
	}
}

func TestALinkLiftsTheLock(t *testing.T) {
	d := openDoor(t).cheap()
	for range 5 {
		d.wants(from("203.0.113.1"), name, "guess", ErrWrong)
	}
	d.wants(from("198.51.100.7"), name, correct, errWait)
	d.signUp(from("198.51.100.7"))
	d.wants(from("198.51.100.7"), name, correct, nil)
}

func TestSigningInForgetsTheFailuresBefore(t *testing.T) {
	d := openDoor(t).cheap()
	for range 3 {
		for range 4 {
			d.wants(from("198.51.100.7"), name, "slip", ErrWrong)
		}
		d.wants(from("198.51.100.7"), name, correct, nil)
	}
}

// The lock does not end when the program does.
func TestTheLockOutlivesTheProgram(t *testing.T) {
	d := openDoor(t).cheap()
	for range 5 {
		d.wants(from("203.0.113.1"), name, "guess", ErrWrong)
	}
	again, err := New(d.db, 1, false)
	if err != nil {
		t.Fatal(err)
	}
	again.Now = d.Now
	d.Login = again
	d.wants(from("198.51.100.7"), name, correct, errWait)
}

// A visitor who hangs up is counted like one who waits for the answer.
func TestHangingUpMakesNoFreeGuess(t *testing.T) {
	d := openDoor(t)
	for range 20 {
		ctx, hangUp := context.WithCancel(from("203.0.113.1"))
		checked := d.checked.Load()
		done := make(chan struct{})
		go func() { defer close(done); _, _ = d.Check(ctx, name, "guess") }()
		for over := false; !over && d.checked.Load() == checked; { // until the password is being checked, or refused
			select {
			case <-done:
				over = true
			default:
			}
		}
		hangUp()
		<-done
	}
	if n := d.checked.Load(); n > 5 {
		t.Errorf("%d guesses reached the password", n)
	}
}

func TestChangingThePasswordIsNoWayToGuessIt(t *testing.T) {
	d := openDoor(t).cheap()
	ctx := from("198.51.100.7")
	for range 5 {
		if err := d.ChangePassword(ctx, guard, "guess", "a new long one", "a new long one"); !errors.Is(err, errOld) {
			t.Errorf("wrong old password: %v", err)
		}
	}
	wait := (*Wait)(nil)
	if err := d.ChangePassword(ctx, guard, correct, "a new long one", "a new long one"); !errors.As(err, &wait) {
		t.Errorf("sixth: %v", err)
	}
	d.pass(30 * time.Minute)
	if err := d.ChangePassword(ctx, guard, correct, "a new long one", "a new long one"); err != nil {
		t.Error(err)
	}
}

// Rows do not grow without bound, and who was let in is not washed away.
func TestOldTriesAreForgotten(t *testing.T) {
	d := openDoor(t).cheap()
	d.Limits.Rows = 50
	d.wants(from("198.51.100.7"), name, correct, nil)
	for i := range 400 {
		_, _ = d.Check(from(fmt.Sprintf("203.0.%d.1", i%200)), fmt.Sprint("name", i), "guess")
	}
	d.pass(time.Hour)
	d.wants(from("198.51.100.7"), name, correct, nil)
	rows := func() (n int64) {
		err := d.db.Read(t.Context(), func(v *db.View) (err error) {
			n, err = db.Row(v, db.Value[int64], "SELECT COUNT(*) FROM sign_in")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := rows(); n > 55 {
		t.Errorf("%d rows", n)
	}
	tries, err := d.Tries(t.Context(), guard)
	if err != nil || len(tries) != 3 { // the link and two sign-ins
		t.Errorf("%d tries left, %v", len(tries), err)
	}
	d.pass(181 * 24 * time.Hour)
	d.wants(from("198.51.100.7"), name, correct, nil)
	if n := rows(); n != 1 {
		t.Errorf("%d rows after half a year", n)
	}
}
