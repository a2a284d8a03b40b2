package db

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
	"luoshi/tests/postgres"

	"golang.org/x/mod/sumdb/tlog"
)

const city = 1

var noon = time.Date(2011, 8, 8, 4, 0, 0, 0, time.UTC)

// seeded gives the same bytes in every run.
func seeded() io.Reader { return rand.NewChaCha8([32]byte{1}) }

func notes() Schema {
	return Schema{Room: "test", Files: fstest.MapFS{"0001_note.sql": {Data: []byte(
		"-- +goose Up\nCREATE TABLE note (\n  city_id BIGINT NOT NULL,\n  id BIGINT NOT NULL,\n  words TEXT NOT NULL,\n  PRIMARY KEY (city_id, id)\n);")}},
		Tables: []Table{{"note", Distributed, Columns(Public, "id", "words")}}}
}

func open(t testing.TB, folder string, now func() time.Time) *DB {
	t.Helper()
	d, err := Open(t.Context(), folder, Options{Database: postgres.Fresh(t), Spread: postgres.Spread, Now: now, Random: seeded(), ReadLimit: time.Minute}, notes())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Found(t.Context(), city); err != nil {
		t.Fatal(err)
	}
	return d
}

func at(instant time.Time) func() time.Time { return func() time.Time { return instant } }

func command(n int) Cmd {
	return Cmd{City: city, ID: id.Text(1) + id.Text(int64(n)+1)}
}

// write saves one note and enters it, as an act does.
func write(ctx context.Context, d *DB, n int, words string) (id.Item, error) {
	var made id.Item
	err := d.Write(ctx, command(n).Of("note.write", words, &made), func(tx *Tx) error {
		made = NewID[id.Item](tx)
		tx.Append(ledger.Draft{Kind: "note.written", Class: ledger.Public, Subjects: []ledger.Subject{{Noun: "item", ID: made.String()}}, Words: words})
		return tx.Insert("note", "city_id, id, words", [][]any{{city, made, words}})
	})
	return made, err
}

func count(t testing.TB, d *DB, table string) (n int64) {
	t.Helper()
	err := d.Read(t.Context(), func(v *View) (err error) {
		n, err = Row(v, Value[int64], "SELECT COUNT(*) FROM "+table+" /*fanout*/")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// setting reads a setting of the connection that writes.
func setting(t testing.TB, d *DB, text string) (got string) {
	t.Helper()
	if err := d.Local(t.Context(), func(tx *Tx) (err error) {
		got, err = Row(tx, Value[string], text)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestDurabilityIsSwitchedOn(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	settings := map[string]string{"PRAGMA synchronous": "2", "PRAGMA journal_mode": "wal", "PRAGMA foreign_keys": "1", "PRAGMA wal_autocheckpoint": "1000",
		"PRAGMA secure_delete": "1"}
	if d.options.Database != "" {
		settings = map[string]string{"SELECT current_setting('synchronous_commit')": "on", "SELECT current_setting('lock_timeout')": "10s"}
	}
	for text, want := range settings {
		if got := setting(t, d, text); got != want {
			t.Errorf("%s = %q, want %q", text, got, want)
		}
	}
}

// The engine must bind $N by its number, as PostgreSQL does, and not by order of appearance.
func TestParametersBindByNumber(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	err := d.Read(t.Context(), func(v *View) error {
		got, err := Row(v, Value[string], "SELECT $2||'-'||$1||'-'||$2", "a", "b")
		if got != "b-a-b" {
			t.Errorf("bound as %q", got)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSameCommandTwiceMakesOneRecord(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	first, err := write(t.Context(), d, 1, "一")
	if err != nil {
		t.Fatal(err)
	}
	again, err := write(t.Context(), d, 1, "一")
	if err != nil || again != first {
		t.Errorf("repeated: %v, want %v (%v)", again, first, err)
	}
	_, err = write(t.Context(), d, 1, "二")
	var other *OtherContent
	if !errors.As(err, &other) || len(other.Answers) != 1 || other.Answers[0] != int64(first) || !fault.Is(err, fault.Conflict) {
		t.Errorf("other content under the same id: %v", err)
	}
	if n := count(t, d, "note"); n != 1 {
		t.Errorf("%d notes", n)
	}
	if n := count(t, d, "ledger_entry"); n != 1 {
		t.Errorf("%d entries", n)
	}
}

func TestCommandIDs(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	made, err := NewCommandID(noon, seeded())
	if err != nil || CheckCommandID(made) != nil {
		t.Errorf("%q: %v", made, err)
	}
	for _, bad := range []string{"", "x", made + "0", made[:25] + "o"} {
		cmd := Cmd{City: city, ID: bad}.Of("note.write", "")
		if err := d.Write(t.Context(), cmd, func(*Tx) error { return nil }); !fault.Is(err, fault.Invalid) {
			t.Errorf("command id %q: %v", bad, err)
		}
	}
}

func TestNothingStaysOfAFailedWrite(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	refuse := fault.New(fault.Invalid, "不行")
	fail := func(n int, end func() error) (err error) {
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("panic: %v", p)
			}
		}()
		return d.Write(t.Context(), command(n).Of("note.write", n), func(tx *Tx) error {
			if err := tx.Insert("note", "city_id, id, words", [][]any{{city, NewID[id.Item](tx), "x"}}); err != nil {
				return err
			}
			tx.Append(ledger.Draft{Kind: "note.written", Class: ledger.Public})
			if err := tx.Later("note.send", 1); err != nil {
				return err
			}
			return end()
		})
	}
	if err := fail(1, func() error { return refuse }); !errors.Is(err, refuse) {
		t.Error(err)
	}
	if err := fail(2, func() error { panic("broken rule") }); err == nil {
		t.Error("the panic was swallowed")
	}
	for _, table := range []string{"note", "ledger_entry", "job", "command"} {
		if n := count(t, d, table); n != 0 {
			t.Errorf("%d rows left in %s", n, table)
		}
	}
	if _, err := write(t.Context(), d, 3, "后来"); err != nil {
		t.Errorf("the next write: %v", err)
	}
}

func TestClock(t *testing.T) {
	now := noon
	d := open(t, t.TempDir(), func() time.Time { return now })
	if _, err := write(t.Context(), d, 1, "一"); err != nil {
		t.Fatal(err)
	}
	now = noon.Add(-4 * time.Second)
	if _, err := write(t.Context(), d, 2, "二"); err != nil {
		t.Errorf("four seconds behind: %v", err)
	}
	now = noon.Add(-6 * time.Second)
	if _, err := write(t.Context(), d, 3, "三"); !errors.Is(err, ErrClockBehind) {
		t.Errorf("six seconds behind: %v", err)
	}
	err := d.Read(t.Context(), func(v *View) error {
		entries, err := Entries(v, city, 0, 10)
		if len(entries) != 2 || entries[1].At < entries[0].At {
			t.Errorf("entries %+v", entries)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestUnknownCity(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	cmd := Cmd{City: 7, ID: command(1).ID}.Of("note.write", "")
	if err := d.Write(t.Context(), cmd, func(*Tx) error { return nil }); !errors.Is(err, ErrNoCity) {
		t.Errorf("got %v", err)
	}
}

// The stored log must be the tree that x/mod computes, over the first full tile and beyond.
func TestLogAgainstTlog(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	const n = 300
	for i := range 3 {
		err := d.Write(t.Context(), command(i).Of("note.many", i), func(tx *Tx) error {
			for range n / 3 {
				tx.Append(ledger.Draft{Kind: "note.written", Class: ledger.Internal, Words: "词"})
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	err := d.Read(t.Context(), func(v *View) error {
		size, root, err := LogSize(v, city)
		if err != nil || size != n {
			t.Fatalf("size %d: %v", size, err)
		}
		reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, tileReader{v})
		proof, err := tlog.ProveRecord(size, 123, reader)
		if err != nil {
			t.Fatal(err)
		}
		entries, err := Entries(v, city, 123, 1)
		if err != nil {
			t.Fatal(err)
		}
		if ledger.Commit([32]byte(entries[0].Salt), entries[0].Words) != *entries[0].Entry.Words {
			t.Error("salt and words do not give the commitment")
		}
		return tlog.CheckRecord(proof, size, root, 123, entries[0].Leaf)
	})
	if err != nil {
		t.Fatal(err)
	}
}

type tileReader struct{ v *View }

func (r tileReader) Height() int                     { return ledger.TileHeight }
func (r tileReader) SaveTiles([]tlog.Tile, [][]byte) {}
func (r tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	out := make([][]byte, len(tiles))
	for i, tile := range tiles {
		var err error
		if out[i], err = Tile(r.v, city, tile); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func TestNewerSchemaIsRefused(t *testing.T) {
	folder := t.TempDir()
	d := open(t, folder, at(noon))
	if err := d.Local(t.Context(), func(tx *Tx) error {
		_, err := tx.Exec("INSERT INTO migration_db (version_id, is_applied) VALUES (9999, '1')")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	d.Close()
	if _, err := Open(t.Context(), folder, d.options, notes()); !errors.Is(err, ErrNewerSchema) {
		t.Errorf("opened: %v", err)
	}
}

func TestJobs(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	err := d.Write(t.Context(), command(1).Of("note.write", ""), func(tx *Tx) error { return tx.Later("note.send", 7) })
	if err != nil {
		t.Fatal(err)
	}
	job, err := d.ClaimJob(t.Context(), city, noon, time.Hour)
	if err != nil || job == nil || job.Kind != "note.send" || job.Subject != 7 || job.City != city {
		t.Fatalf("%+v: %v", job, err)
	}
	if second, err := d.ClaimJob(t.Context(), city, noon, time.Hour); second != nil || err != nil {
		t.Errorf("a leased job was given out twice: %+v %v", second, err)
	}
	if err := d.FailJob(t.Context(), *job, noon, "网断了"); err != nil || count(t, d, "job") != 1 {
		t.Errorf("a failed job is kept for another try: %v", err)
	}
	if err := d.FinishJob(t.Context(), *job); err != nil || count(t, d, "job") != 0 {
		t.Errorf("not finished: %v", err)
	}
}

func TestCopyIsWhole(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	if _, err := write(t.Context(), d, 1, "一"); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := d.Copy(t.Context(), city, folder, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	copied, err := Open(t.Context(), folder, Options{}, notes())
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	if n := count(t, copied, "note"); n != 1 {
		t.Errorf("%d notes in the copy", n)
	}
}

// Nothing but the one file lies there after the program ended: it can be copied.
func TestSQLiteCloseLeavesOneFile(t *testing.T) {
	folder := t.TempDir()
	d, err := Open(t.Context(), folder, Options{}, notes())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Found(t.Context(), city); err != nil {
		t.Fatal(err)
	}
	if n := count(t, d, "note"); n != 0 {
		t.Errorf("%d notes", n)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 1 || left[0].Name() != File {
		t.Errorf("left: %v %v", left, err)
	}
}

func TestUpsert(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	for i, words := range []string{"一", "二"} {
		err := d.Write(t.Context(), command(i).Of("note.save", words), func(tx *Tx) error {
			var rows [][]any
			for n := 1; n <= 9; n++ {
				rows = append(rows, []any{city, n, words})
			}
			return tx.Upsert("note", "city_id, id", "city_id, id, words", rows)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	err := d.Read(t.Context(), func(v *View) error {
		all, err := Rows(v, Value[string], "SELECT words FROM note WHERE city_id = $1", city)
		if len(all) != 9 || all[8] != "二" {
			t.Errorf("%v", all)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
