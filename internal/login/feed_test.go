package login

import (
	"errors"
	"fmt"
	"testing"
)

func TestAFeedIsItsAccountsUntilItEnds(t *testing.T) {
	d, ctx := openDoor(t), from("203.0.113.1")
	feed := func(token string, want error) {
		t.Helper()
		account, err := d.Feed(ctx, token)
		if !errors.Is(err, want) || want == nil && account != guard {
			t.Errorf("%d %v, want %v", account, err, want)
		}
	}
	first, err := d.NewFeed(ctx, guard)
	if err != nil {
		t.Fatal(err)
	}
	feed(first, nil)
	if made, there, err := d.FeedMade(ctx, guard); err != nil || !there || !made.Equal(d.Now()) {
		t.Error(made, there, err)
	}
	second, err := d.NewFeed(ctx, guard)
	if err != nil {
		t.Fatal(err)
	}
	feed(first, ErrFeed)
	feed(second, nil)
	// A program that goes on asking for an ended address counts as nobody who guesses.
	for range 2 * d.Limits.Network.Failures {
		feed(first, ErrFeed)
	}
	feed("", ErrFeed)
	// Whoever tries is kept waiting; a right address is not.
	for i := range d.Limits.Network.Failures {
		_, err = d.Feed(ctx, fmt.Sprint("guess ", i))
	}
	var wait *Wait
	if !errors.As(err, &wait) {
		t.Errorf("the last guess: %v", err)
	}
	feed(second, nil)
	if err := d.EndFeed(ctx, guard); err != nil {
		t.Fatal(err)
	}
	feed(second, ErrFeed)
	if _, there, err := d.FeedMade(ctx, guard); err != nil || there {
		t.Error(there, err)
	}
	third, err := d.NewFeed(ctx, guard)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Erase(ctx, guard); err != nil {
		t.Fatal(err)
	}
	if account, err := d.Feed(from("198.51.100.7"), third); account != 0 || !errors.Is(err, ErrFeed) {
		t.Errorf("after erasing: %d %v", account, err)
	}
}
