package db

import (
	"errors"
	"testing"

	"luoshi/fault"
)

// counted counts the notes as one request sees them.
func counted(t *testing.T, d *DB, read func(f func(v *View) error) error) (n int64, view *View) {
	t.Helper()
	if err := read(func(v *View) (err error) {
		view = v
		n, err = Row(v, Value[int64], "SELECT COUNT(*) FROM note WHERE city_id = $1", city)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n, view
}

// What one request reads belongs together, until it writes or lets go.
func TestAVisitReadsOneView(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	ctx, leave := d.Visit(t.Context())
	defer leave()
	read := func(f func(v *View) error) error { return d.Read(ctx, f) }
	first, view := counted(t, d, read)
	if _, err := write(t.Context(), d, 1, "别人写的"); err != nil {
		t.Fatal(err)
	}
	if n, again := counted(t, d, read); n != first || again != view {
		t.Errorf("the second read sees %d notes, the first saw %d", n, first)
	}
	leave()
	if n, _ := counted(t, d, read); n != 1 {
		t.Errorf("after letting go it sees %d notes", n)
	}
	if _, err := write(ctx, d, 2, "自己写的"); err != nil {
		t.Fatal(err)
	}
	if n, _ := counted(t, d, read); n != 2 {
		t.Errorf("after its own write it sees %d notes", n)
	}
}

// A visit that waits for a write holds no connection, and neither does one that
// ended, panicked or ran into an error.
func TestAVisitHoldsNoConnectionForLong(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	idle := len(d.readers.free)
	for name, do := range map[string]func(read func(f func(v *View) error) error){
		"panic": func(read func(func(*View) error) error) { _ = read(func(*View) error { panic("broken page") }) },
		"error": func(read func(func(*View) error) error) {
			_ = read(func(*View) error { return errors.New("no such table") })
		},
		"refusal": func(read func(func(*View) error) error) {
			_ = read(func(*View) error { return fault.New(fault.Missing, "没有") })
		},
		"a nested": func(read func(func(*View) error) error) {
			_ = read(func(*View) error { return read(func(*View) error { return nil }) })
		},
	} {
		ctx, leave := d.Visit(t.Context())
		func() {
			defer func() { _ = recover() }()
			do(func(f func(v *View) error) error { return d.Read(ctx, f) })
		}()
		if n, _ := counted(t, d, func(f func(v *View) error) error { return d.Read(ctx, f) }); n != 0 {
			t.Errorf("%s: %d notes", name, n)
		}
		leave()
		leave()
		if len(d.readers.free) != idle {
			t.Errorf("%s: %d of %d connections are idle", name, len(d.readers.free), idle)
		}
	}
}
