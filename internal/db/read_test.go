package db

import (
	"context"
	"errors"
	"testing"
	"time"
)

// A reader that panics, or runs into the limit, leaves its connection fit for the next.
func TestBrokenReadsDoNotSpoilTheNext(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	for range 100 {
		func() {
			defer func() { _ = recover() }()
			_ = d.Read(t.Context(), func(*View) error { panic("broken page") })
		}()
	}
	if n := count(t, d, "note"); n != 0 {
		t.Errorf("%d notes", n)
	}
	// Long enough for a busy machine to begin the read, which the query then never ends.
	d.options.ReadLimit = time.Second
	err := d.Read(t.Context(), func(v *View) error {
		_, err := Rows(v, Value[int64], "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n WHERE x < 0")
		return err
	})
	if !errors.Is(err, ErrBusy) {
		t.Errorf("a read over its limit: %v", err)
	}
	d.options.ReadLimit = time.Minute
	if n := count(t, d, "note"); n != 0 {
		t.Errorf("%d notes", n)
	}
}

func TestWaitingForTheWriterEndsWithTheRequest(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	inside, leave := make(chan struct{}), make(chan struct{})
	done := make(chan error, 1)
	go func() {
		done <- d.Local(context.Background(), func(*Tx) error { close(inside); <-leave; return nil })
	}()
	<-inside
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := write(ctx, d, 1, "一"); !errors.Is(err, ErrBusy) {
		t.Errorf("waited on: %v", err)
	}
	close(leave)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if _, err := write(t.Context(), d, 1, "一"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// Whoever brings another person's command id learns nothing from it.
func TestAnotherPersonsCommand(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	if _, err := write(t.Context(), d, 1, "一"); err != nil {
		t.Fatal(err)
	}
	cmd := command(1)
	cmd.Account = 77
	err := d.Write(t.Context(), cmd.Of("note.write", "一"), func(*Tx) error { return nil })
	var other *OtherContent
	if !errors.As(err, &other) || len(other.Answers) != 0 || other.Act != "" {
		t.Errorf("got %+v", err)
	}
}

func TestOldCommandsAreForgotten(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	if _, err := write(t.Context(), d, 1, "一"); err != nil { // its id begins with the year 2000
		t.Fatal(err)
	}
	fresh, err := NewCommandID(time.Now(), seeded())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Write(t.Context(), Cmd{City: city, ID: fresh}.Of("note.write", ""), func(*Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := d.ForgetCommands(t.Context(), city); err != nil {
		t.Fatal(err)
	}
	if n := count(t, d, "command"); n != 1 {
		t.Errorf("%d commands are remembered, want the fresh one", n)
	}
}
