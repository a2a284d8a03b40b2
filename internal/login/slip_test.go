package login

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"luoshi/id"
	"luoshi/internal/db"
)

// slip gives an account a slip.
func (d *door) slip(account id.Account) Slip {
	d.Helper()
	slips, err := d.NewSlips(d.Context(), []id.Account{account})
	if err != nil || len(slips) != 1 || slips[0].Account != account {
		d.Fatal(slips, err)
	}
	return slips[0]
}

// opens reports what a token opens, as it is typed at one address.
func (d *door) opens(ctx context.Context, token string, want error) {
	d.Helper()
	account, err := d.Link(ctx, token)
	if want == nil && (err != nil || account != guard) || want != nil && !errors.Is(err, want) {
		d.Errorf("%s: %d %v, want %v", token, account, err, want)
	}
}

func TestASlipOpensAsItIsTyped(t *testing.T) {
	d := openDoor(t)
	code := d.slip(guard).Code
	if len(code) != 14 || code[4] != '-' || code[9] != '-' {
		t.Errorf("printed as %q", code)
	}
	misread := strings.NewReplacer("0", "O", "1", "l")
	for _, typed := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", ""), misread.Replace(code), " " + strings.ReplaceAll(code, "-", "　")} {
		d.opens(from("203.0.113.1"), typed, nil)
	}
}

func TestASlipIsGoodOnceAndForThirtyDays(t *testing.T) {
	d, ctx := openDoor(t), from("203.0.113.1")
	first := d.slip(guard)
	second := d.slip(guard)
	d.opens(ctx, first.Code, ErrCode) // replaced
	link, err := d.NewLink(ctx, guard)
	if err != nil {
		t.Fatal(err)
	}
	d.opens(ctx, second.Code, ErrCode)
	third := d.slip(guard)
	d.opens(ctx, link, ErrLink)
	if !third.Until.Equal(d.Now().Add(30 * 24 * time.Hour)) {
		t.Errorf("good until %v", third.Until)
	}
	d.pass(30*24*time.Hour - time.Second)
	d.opens(ctx, third.Code, nil)
	d.pass(time.Second)
	d.opens(ctx, third.Code, errCodeOld)
	fourth := d.slip(guard)
	if account, err := d.SetPassword(ctx, strings.ToLower(fourth.Code), name, correct, correct); account != guard || err != nil {
		t.Fatal(account, err)
	}
	d.opens(ctx, fourth.Code, errCodeUsed)
	if _, err := d.SetPassword(ctx, fourth.Code, name, correct, correct); !errors.Is(err, errCodeUsed) {
		t.Errorf("used a second time: %v", err)
	}
	d.wants(ctx, name, correct, nil)
	for _, told := range []error{ErrCode, errCodeOld, errCodeUsed} {
		if !strings.Contains(told.Error(), "上级单位") || !strings.Contains(told.Error(), "打电话") {
			t.Errorf("it does not say whom to call: %v", told)
		}
	}
}

// Two who hold the same slip at the same moment: one of them comes in.
func TestASlipIsUsedByOne(t *testing.T) {
	d := openDoor(t)
	code := d.slip(guard).Code
	var work sync.WaitGroup
	right := make(chan string, 8)
	for i := range 8 {
		work.Go(func() {
			name := fmt.Sprint("name", i)
			if _, err := d.SetPassword(from("203.0.113.1"), code, name, correct, correct); err == nil {
				right <- name
			}
		})
	}
	work.Wait()
	if len(right) != 1 {
		t.Fatalf("%d came in", len(right))
	}
	d.wants(from("203.0.113.1"), <-right, correct, nil)
}

// What is stored of a slip is of no use to whoever reads it.
func TestCodesAreKeptHashed(t *testing.T) {
	d := openDoor(t)
	code, _ := ReadCode(d.slip(guard).Code)
	err := d.db.Read(t.Context(), func(v *db.View) error {
		kept, err := db.Row(v, db.Value[[]byte], "SELECT token_hash FROM sign_in_link WHERE city_id = $1 AND account_id = $2 AND used_at IS NULL", 1, guard)
		if len(kept) != 32 || strings.Contains(string(kept), code) || string(kept) == string(hashed(code)) {
			t.Errorf("kept: %x", kept)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSlipsForAllVillagesAtOnce(t *testing.T) {
	d := openDoor(t)
	var all []id.Account
	for i := range 4200 {
		all = append(all, id.Account(1000+i))
	}
	for range 2 { // the second time it replaces
		began := time.Now()
		slips, err := d.NewSlips(t.Context(), append(all, all[0]))
		if err != nil || len(slips) != len(all) {
			t.Fatal(len(slips), err)
		}
		t.Logf("%d slips in %v", len(slips), time.Since(began))
	}
	began := time.Now()
	states, err := d.AccountStates(t.Context(), all)
	if err != nil || len(states) != len(all) {
		t.Fatal(len(states), err)
	}
	t.Logf("%d states in %v", len(states), time.Since(began))
	for _, s := range states {
		if s.Slip.IsZero() || s.SignedUp() {
			t.Fatalf("%+v", s)
		}
	}
}

// Guessed codes are stopped for each network as passwords are, and for all together;
// and they are written down.
func TestGuessedCodes(t *testing.T) {
	d := openDoor(t)
	code := d.slip(guard).Code
	guess := func(i int) string {
		g, err := newCode()
		if err != nil {
			t.Fatal(i, err)
		}
		return g
	}
	far := from("198.51.100.7")
	for i := range 30 {
		d.opens(from("203.0.113.1"), guess(i), ErrCode)
	}
	d.waitsForCode(from("203.0.113.1"), code, "这个网络")
	d.wants(from("203.0.113.1"), name, correct, errWait) // they are one count with its passwords
	d.opens(far, code, nil)
	for i := range 9 * 30 { // all over the country
		d.opens(from(fmt.Sprintf("203.0.113.%d", 2+i/29)), guess(i), ErrCode)
	}
	d.waitsForCode(far, code, "各处")
	d.wants(far, name, correct, nil) // passwords go on
	d.pass(5 * time.Minute)
	d.opens(far, code, nil)
	if err := d.WriteDown(t.Context()); err != nil {
		t.Fatal(err)
	}
	err := d.db.Read(t.Context(), func(v *db.View) error {
		wrong, err := db.Row(v, db.Value[int64], "SELECT COUNT(*) FROM sign_in WHERE outcome = 'wrong' AND account_id = 0 AND name_key = $1", codesKey)
		if err != nil || wrong != 300 {
			t.Errorf("%d wrong codes are written down: %v", wrong, err)
		}
		refused, err := db.Row(v, db.Value[int64], "SELECT SUM(tries) FROM sign_in WHERE outcome = 'locked'")
		if refused != 3 {
			t.Errorf("%d refused ones: %v", refused, err)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (d *door) waitsForCode(ctx context.Context, code, words string) {
	d.Helper()
	_, err := d.Link(ctx, code)
	if wait := (*Wait)(nil); !errors.As(err, &wait) || !strings.Contains(err.Error(), words) || wait.fault.Field != "code" {
		d.Errorf("%v, want to wait: %s", err, words)
	}
}

// Guesses at one moment are counted as those one after the other are.
func TestCodesGuessedAtOnce(t *testing.T) {
	d := openDoor(t)
	var work sync.WaitGroup
	var counted, waits int64
	var mu sync.Mutex
	for range 400 {
		work.Go(func() {
			g, _ := newCode()
			_, err := d.Link(from("203.0.113.1"), g)
			mu.Lock()
			defer mu.Unlock()
			if errors.Is(err, ErrCode) {
				counted++
			} else if wait := (*Wait)(nil); errors.As(err, &wait) {
				waits++
			}
		})
	}
	work.Wait()
	if counted != 30 || waits != 370 {
		t.Errorf("%d guesses were looked up, %d had to wait", counted, waits)
	}
}
