package db

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
	"luoshi/tests/postgres"

	"pgregory.net/rapid"
)

var (
	personalKey = []byte("a key of two and thirty letters.")
	cell        = Cell{"account", "sealed_name", 1, 42}
)

func sealerOf(t testing.TB, key []byte) *sealer {
	t.Helper()
	s, err := newSealer(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSealedOpensNowhereElse(t *testing.T) {
	s := sealerOf(t, personalKey)
	sealed, err := s.seal(cell, "王小明")
	if err != nil || bytes.Contains(sealed, []byte("王小明")) {
		t.Fatalf("%x %v", sealed, err)
	}
	changed := func(f func(b []byte) []byte) []byte { return f(bytes.Clone(sealed)) }
	for name, c := range map[string]struct {
		with   *sealer
		in     Cell
		sealed []byte
		err    error
	}{
		"where it belongs":       {s, cell, sealed, nil},
		"in another table":       {s, Cell{"accounts", "sealed_name", 1, 42}, sealed, ErrSealed},
		"in another column":      {s, Cell{"account", "sealed_phone", 1, 42}, sealed, ErrSealed},
		"names cut elsewhere":    {s, Cell{"accounts", "ealed_name", 1, 42}, sealed, ErrSealed},
		"in another city":        {s, Cell{"account", "sealed_name", 2, 42}, sealed, ErrSealed},
		"in another row":         {s, Cell{"account", "sealed_name", 1, 43}, sealed, ErrSealed},
		"city and row exchanged": {s, Cell{"account", "sealed_name", 42, 1}, sealed, ErrSealed},
		"with another key":       {sealerOf(t, bytes.Repeat([]byte{7}, 32)), cell, sealed, ErrSealed},
		"without a key":          {nil, cell, sealed, ErrNoPersonalKey},
		"cut at the end":         {s, cell, sealed[:len(sealed)-1], ErrSealed},
		"cut to the version":     {s, cell, sealed[:1], ErrSealed},
		"cut in the nonce":       {s, cell, sealed[:8], ErrSealed},
		"one byte more":          {s, cell, append(bytes.Clone(sealed), 0), ErrSealed},
		"of a later version":     {s, cell, changed(func(b []byte) []byte { b[0] = 2; return b }), ErrSealed},
	} {
		text, err := c.with.unseal(c.in, c.sealed)
		if !errors.Is(err, c.err) || (err == nil) != (text == "王小明") {
			t.Errorf("%s: %q %v", name, text, err)
		}
		if err != nil && fault.Of(err) == nil {
			t.Errorf("%s: nothing to tell people: %v", name, err)
		}
	}
	for bit := range len(sealed) * 8 {
		if text, err := s.unseal(cell, changed(func(b []byte) []byte { b[bit/8] ^= 1 << (bit % 8); return b })); !errors.Is(err, ErrSealed) || text != "" {
			t.Errorf("bit %d turned: %q %v", bit, text, err)
		}
	}
}

func TestSealingNeedsAKey(t *testing.T) {
	var none *sealer
	if _, err := none.seal(cell, "王小明"); !errors.Is(err, ErrNoPersonalKey) {
		t.Errorf("sealed without a key: %v", err)
	}
	if b, err := none.seal(cell, ""); b != nil || err != nil {
		t.Errorf("nothing to seal: %x %v", b, err)
	}
	for _, size := range []int{0, 16, 31, 33} {
		if _, err := Open(t.Context(), t.TempDir(), Options{PersonalKey: make([]byte, size)}); err == nil {
			t.Errorf("a key of %d bytes was taken", size)
		}
	}
}

// Whatever is sealed comes back, never looks the same twice and opens in no other cell.
func TestSealProperties(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := sealerOf(t, rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(r, "key"))
		cells := rapid.Custom(func(r *rapid.T) Cell {
			return Cell{rapid.SampledFrom([]string{"a", "ab", ""}).Draw(r, "table"), rapid.SampledFrom([]string{"b", "bc", "", "ab"}).Draw(r, "column"),
				rapid.Int64().Draw(r, "city"), rapid.Int64().Draw(r, "record")}
		})
		here, there, text := cells.Draw(r, "here"), cells.Draw(r, "there"), rapid.StringN(1, -1, -1).Draw(r, "text")
		sealed, err := s.seal(here, text)
		if err != nil {
			r.Fatal(err)
		}
		if back, err := s.unseal(here, sealed); back != text || err != nil {
			r.Fatalf("%q came back as %q: %v", text, back, err)
		}
		if again, _ := s.seal(here, text); bytes.Equal(again, sealed) {
			r.Fatal("the same bytes twice: a nonce came again")
		}
		if back, err := s.unseal(there, sealed); there != here && (back != "" || !errors.Is(err, ErrSealed)) {
			r.Fatalf("opened in %v: %q %v", there, back, err)
		}
	})
}

const planted = "机密姓名甲乙丙"

// sealed opens a database with the key, on whichever engine the tests run.
func sealed(t *testing.T, folder string, key []byte) *DB {
	t.Helper()
	d, err := Open(t.Context(), folder, Options{Database: postgres.Fresh(t), Spread: postgres.Spread, Now: at(noon), Random: seeded(), PersonalKey: key}, notes())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Found(t.Context(), city); err != nil {
		t.Fatal(err)
	}
	return d
}

// enterPerson enters words about a person, and gives the command that did.
func enterPerson(t *testing.T, d *DB, n int) (id.Account, Cmd, error) {
	t.Helper()
	var made id.Account
	cmd := command(n).Of("person.enter", planted, &made)
	err := d.Write(t.Context(), cmd, func(tx *Tx) error {
		made = NewID[id.Account](tx)
		about := []ledger.Subject{{Noun: "account", ID: made.String()}}
		tx.Append(ledger.Draft{Kind: "person.entered", Class: ledger.Personal, Subjects: about, Words: planted},
			ledger.Draft{Kind: "person.placed", Class: ledger.Public, Subjects: about, Words: "岗位"})
		return nil
	})
	return made, cmd, err
}

func entriesOf(t *testing.T, d *DB) (all []Logged) {
	t.Helper()
	if err := d.Read(t.Context(), func(v *View) (err error) {
		all, err = Entries(v, city, 0, 100)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

func wordsOf(t *testing.T, d *DB, l Logged) (salt []byte, words string) {
	t.Helper()
	if err := d.Read(t.Context(), func(v *View) (err error) {
		salt, words, err = WordsOf(v, l)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return salt, words
}

func TestWordsAboutAPersonAreSealed(t *testing.T) {
	d := sealed(t, t.TempDir(), personalKey)
	account, cmd, err := enterPerson(t, d, 1)
	if err != nil {
		t.Fatal(err)
	}
	entries := entriesOf(t, d)
	if l := entries[0]; l.Words != "" || l.Salt != nil {
		t.Errorf("read without opening: %q, salt %x", l.Words, l.Salt)
	}
	for i, want := range []string{planted, "岗位"} {
		salt, words := wordsOf(t, d, entries[i])
		if words != want || ledger.Commit([32]byte(salt), words) != *entries[i].Entry.Words {
			t.Errorf("%q instead of %q, or another salt", words, want)
		}
	}
	// The hash of what was sent is not one that can be tried without the key.
	var kept []byte
	if err := d.Read(t.Context(), func(v *View) (err error) {
		kept, err = Row(v, Value[[]byte], "SELECT content FROM command WHERE city_id = $1 AND id = $2", city, cmd.ID)
		return err
	}); err != nil || bytes.Equal(kept, cmd.content[:]) || len(kept) != 32 {
		t.Errorf("kept of the content: %x, plain %x, %v", kept, cmd.content, err)
	}
	again, _, err := enterPerson(t, d, 1)
	if err != nil || again != account {
		t.Errorf("repeated: %v, want %v: %v", again, account, err)
	}

	erase := func() {
		if err := d.Local(t.Context(), func(tx *Tx) error { return tx.EraseWordsAbout(city, "account", int64(account)) }); err != nil {
			t.Fatal(err)
		}
	}
	erase()
	erase()
	entries = entriesOf(t, d)
	if salt, words := wordsOf(t, d, entries[0]); salt != nil || words != "" {
		t.Errorf("after erasing: %q, salt %x", words, salt)
	}
	if _, words := wordsOf(t, d, entries[1]); words != "岗位" || len(entries) != 2 {
		t.Errorf("public words went too: %q of %d entries", words, len(entries))
	}
	var other *OtherContent
	if _, _, err := enterPerson(t, d, 1); !errors.As(err, &other) {
		t.Errorf("the form is still known: %v", err)
	}
}

func TestNoWordsAboutAPersonWithoutAKey(t *testing.T) {
	d := sealed(t, t.TempDir(), nil)
	if _, _, err := enterPerson(t, d, 1); !errors.Is(err, ErrNoPersonalKey) {
		t.Errorf("entered without a key: %v", err)
	}
	if n := len(entriesOf(t, d)); n != 0 {
		t.Errorf("%d entries of a refused write", n)
	}
}

// The hash that a version before the sealing kept is still known.
func TestCommandsOfOlderVersionsAreKnown(t *testing.T) {
	d := sealed(t, t.TempDir(), personalKey)
	first, cmd, err := enterPerson(t, d, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Local(t.Context(), func(tx *Tx) error {
		_, err := tx.Exec("UPDATE command SET content = $1 WHERE city_id = $2", cmd.content[:], city)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if again, _, err := enterPerson(t, d, 1); again != first || err != nil {
		t.Errorf("%v, want %v: %v", again, first, err)
	}
}

// Words that an older version kept in clear are sealed, once, and open as before.
func TestPlainWordsAreSealed(t *testing.T) {
	d := sealed(t, t.TempDir(), personalKey)
	account, _, err := enterPerson(t, d, 1)
	if err != nil {
		t.Fatal(err)
	}
	before := entriesOf(t, d)[0]
	salt, _ := wordsOf(t, d, before)
	if err := d.Local(t.Context(), func(tx *Tx) error {
		if _, err := tx.Exec("UPDATE ledger_words SET sealed = $1, salt = $2, words = $3 WHERE city_id = $4 AND seq = $5", nil, salt, planted, city, before.Seq); err != nil {
			return err
		}
		for range 2 {
			if err := tx.SealWordsAbout(city, "account", int64(account)); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	after := entriesOf(t, d)
	if after[0].Salt != nil || after[0].Words != "" || after[1].Words != "岗位" {
		t.Errorf("in clear: %q and %q", after[0].Words, after[1].Words)
	}
	if again, words := wordsOf(t, d, after[0]); words != planted || !bytes.Equal(again, salt) {
		t.Errorf("opens as %q", words)
	}
}

// rawFiles gives the bytes of the database file and its log of writes.
func rawFiles(t *testing.T, folder string) (raw []byte) {
	t.Helper()
	for _, name := range []string{File, File + "-wal"} {
		b, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		raw = append(raw, b...)
	}
	return raw
}

// What was deleted before the sealing is wiped once, what is erased later by Fold:
// neither stands in the file or its log of writes.
func TestSQLiteScrubAndFold(t *testing.T) {
	folder := t.TempDir()
	d, err := Open(t.Context(), folder, Options{PersonalKey: personalKey}, notes())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Found(t.Context(), city); err != nil {
		t.Fatal(err)
	}
	local := func(text string, args ...any) {
		t.Helper()
		if err := d.Local(t.Context(), func(tx *Tx) error {
			_, err := tx.Exec(text, args...)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	local("PRAGMA secure_delete = 0") // as older versions
	for n := range 300 {
		local("INSERT INTO note (city_id, id, words) VALUES ($1, $2, $3)", city, n, planted+string(bytes.Repeat([]byte{'x'}, 200)))
	}
	local("DELETE FROM note WHERE city_id = $1", city)
	if !bytes.Contains(rawFiles(t, folder), []byte(planted)) {
		t.Fatal("nothing is left of the deleted rows: the test shows nothing")
	}
	if err := d.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(rawFiles(t, folder), []byte(planted)) {
		t.Error("what was deleted still stands in the file")
	}

	local("PRAGMA secure_delete = 1")
	for n := range 300 {
		local("INSERT INTO note (city_id, id, words) VALUES ($1, $2, $3)", city, n, planted)
	}
	local("UPDATE note SET words = $1 WHERE city_id = $2 AND id < 150", "", city)
	local("DELETE FROM note WHERE city_id = $1 AND id >= 150", city)
	if err := d.Fold(t.Context()); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(rawFiles(t, folder), []byte(planted)) {
		t.Error("what was erased still stands in the file")
	}
}

// The file is rewritten once, not at each start; a copy of it need not be.
func TestSQLiteScrubIsDoneOnce(t *testing.T) {
	folder := t.TempDir()
	d, err := Open(t.Context(), folder, Options{}, notes())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for range 2 {
		if err := d.Scrub(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if mark := setting(t, d, "PRAGMA user_version"); mark != "1" {
		t.Errorf("mark %s", mark)
	}
	copied := t.TempDir()
	if err := d.Copy(t.Context(), city, copied, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	c, err := Open(t.Context(), copied, Options{}, notes())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if mark := setting(t, c, "PRAGMA user_version"); mark != "1" {
		t.Errorf("a copy has the mark %s", mark)
	}
}

// While somebody reads, the log cannot be emptied; the job is tried again later.
func TestSQLiteFoldWaitsForReaders(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	if d.options.Database != "" {
		return
	}
	err := d.Read(t.Context(), func(v *View) error {
		if _, _, err := LogSize(v, city); err != nil {
			return err
		}
		if _, err := write(t.Context(), d, 1, "一"); err != nil {
			return err
		}
		if err := d.Fold(t.Context()); !fault.Is(err, fault.Busy) {
			t.Errorf("folded under a reader: %v", err)
		}
		return nil
	})
	if err != nil && !errors.Is(err, ErrBusy) {
		t.Fatal(err)
	}
	if err := d.Fold(t.Context()); err != nil {
		t.Errorf("nobody reads any more: %v", err)
	}
}
