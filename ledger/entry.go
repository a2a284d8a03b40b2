// Package ledger fixes the bytes of the ledger (存证): entries, commitments of
// words, the Merkle tree of RFC 6962 and signed checkpoints. docs/ledger.md is
// its text. It uses the standard library and golang.org/x/mod only, so that an
// auditor can take this folder alone.
package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Class says who may see an entry.
type Class string

const (
	Public   Class = "public"   // everybody, once all its subjects are released
	Internal Class = "internal" // the office
	Personal Class = "personal" // about one person
)

// Subject names a record that an entry is about: its noun and the text of its identifier.
type Subject struct{ Noun, ID string }

// FieldType is the type of a field's value.
type FieldType string

const (
	TypeID    FieldType = "id"
	TypeNum   FieldType = "num"
	TypeDay   FieldType = "day"
	TypeState FieldType = "state"
	TypeHash  FieldType = "hash"
)

// Field is one typed value of an entry. No free text.
type Field struct {
	Name  string
	Type  FieldType
	Value string
}

// Num, Day, State, IDField and Hash make fields.
func Num(name string, n int64) Field     { return Field{name, TypeNum, strconv.FormatInt(n, 10)} }
func Day(name, day string) Field         { return Field{name, TypeDay, day} }
func State(name, s string) Field         { return Field{name, TypeState, s} }
func IDField(name, id string) Field      { return Field{name, TypeID, id} }
func Hash(name string, h [32]byte) Field { return Field{name, TypeHash, hex.EncodeToString(h[:])} }

// Draft is what a rule wants entered; the writer gives it its place, instant,
// actor, nonce and commitment.
type Draft struct {
	Kind     string
	Class    Class
	Subjects []Subject
	Fields   []Field // any order; the entry holds them in order of name
	Words    string  // committed to, never part of the entry; empty for none
}

// Entry is one act in the ledger.
type Entry struct {
	City     int64
	Seq      int64
	At       int64 // microseconds since 1970-01-01 UTC
	Kind     string
	Actor    string // text of the post's identifier, or empty
	Class    Class
	Subjects []Subject
	Fields   []Field
	Nonce    [16]byte
	Words    *[32]byte // commitment, or nil
}

// Field gives the value of a field, or "".
func (e Entry) Field(name string) string {
	for _, f := range e.Fields {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// Subject gives the identifier of the first subject of that noun, or "".
func (e Entry) Subject(noun string) string {
	for _, s := range e.Subjects {
		if s.Noun == noun {
			return s.ID
		}
	}
	return ""
}

// Bytes is the canonical form, docs/ledger.md section 1.
func (e Entry) Bytes() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "luoshi entry 1\ncity %d\nseq %d\nat %d\nkind %s\nactor %s\nclass %s\n",
		e.City, e.Seq, e.At, e.Kind, dash(e.Actor), e.Class)
	for _, s := range e.Subjects {
		fmt.Fprintf(&b, "subject %s %s\n", s.Noun, s.ID)
	}
	for _, f := range e.Fields {
		fmt.Fprintf(&b, "field %s %s %s\n", f.Name, f.Type, f.Value)
	}
	fmt.Fprintf(&b, "nonce %x\n", e.Nonce)
	if e.Words == nil {
		b.WriteString("words -\n")
	} else {
		fmt.Fprintf(&b, "words %x\n", *e.Words)
	}
	return b.Bytes()
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// ErrEntry is returned for bytes that are no entry in canonical form.
var ErrEntry = errors.New("not an entry in canonical form")

// ParseEntry reads canonical bytes and refuses everything else.
func ParseEntry(b []byte) (Entry, error) {
	var e Entry
	lines := strings.Split(string(b), "\n")
	at := 0
	next := func(word string) string {
		if at >= len(lines) {
			return ""
		}
		rest, ok := strings.CutPrefix(lines[at], word+" ")
		if !ok {
			return ""
		}
		at++
		return rest
	}
	if next("luoshi") != "entry 1" {
		return e, ErrEntry
	}
	var errs [3]error
	e.City, errs[0] = strconv.ParseInt(next("city"), 10, 64)
	e.Seq, errs[1] = strconv.ParseInt(next("seq"), 10, 64)
	e.At, errs[2] = strconv.ParseInt(next("at"), 10, 64)
	if errors.Join(errs[:]...) != nil {
		return e, ErrEntry
	}
	e.Kind = next("kind")
	if e.Actor = next("actor"); e.Actor == "-" {
		e.Actor = ""
	} else if e.Actor == "" {
		return e, ErrEntry
	}
	e.Class = Class(next("class"))
	for {
		noun, id, ok := strings.Cut(next("subject"), " ")
		if !ok {
			break
		}
		e.Subjects = append(e.Subjects, Subject{noun, id})
	}
	for {
		p := strings.Split(next("field"), " ")
		if len(p) != 3 {
			break
		}
		e.Fields = append(e.Fields, Field{p[0], FieldType(p[1]), p[2]})
	}
	nonce, err := hex.DecodeString(next("nonce"))
	if err != nil || len(nonce) != len(e.Nonce) {
		return e, ErrEntry
	}
	copy(e.Nonce[:], nonce)
	if w := next("words"); w != "-" {
		sum, err := hex.DecodeString(w)
		if err != nil || len(sum) != sha256.Size {
			return e, ErrEntry
		}
		e.Words = (*[32]byte)(sum)
	}
	if e.Check() != nil || !bytes.Equal(e.Bytes(), b) {
		return e, ErrEntry
	}
	return e, nil
}

// Check reports what keeps an entry from being written in canonical form.
func (e Entry) Check() error {
	if e.City < 0 || e.Seq < 0 {
		return fmt.Errorf("%w: city and seq start from 0", ErrEntry)
	}
	noun, verb, ok := strings.Cut(e.Kind, ".")
	if !ok || !isWord(noun) || !isWord(verb) {
		return fmt.Errorf("%w: kind %q", ErrEntry, e.Kind)
	}
	if e.Actor != "" && !isID(e.Actor) {
		return fmt.Errorf("%w: actor %q", ErrEntry, e.Actor)
	}
	if e.Class != Public && e.Class != Internal && e.Class != Personal {
		return fmt.Errorf("%w: class %q", ErrEntry, e.Class)
	}
	seen := map[Subject]bool{}
	for _, s := range e.Subjects {
		if !isWord(s.Noun) || !isID(s.ID) || seen[s] {
			return fmt.Errorf("%w: subject %s %q", ErrEntry, s.Noun, s.ID)
		}
		seen[s] = true
	}
	for i, f := range e.Fields {
		if !isWord(f.Name) || !fits(f) || i > 0 && e.Fields[i-1].Name >= f.Name {
			return fmt.Errorf("%w: field %s %s %q", ErrEntry, f.Name, f.Type, f.Value)
		}
	}
	return nil
}

func fits(f Field) bool {
	switch f.Type {
	case TypeID:
		return isID(f.Value)
	case TypeNum:
		n, err := strconv.ParseInt(f.Value, 10, 64)
		return err == nil && strconv.FormatInt(n, 10) == f.Value
	case TypeDay:
		return isDay(f.Value)
	case TypeState:
		return only(f.Value, "abcdefghijklmnopqrstuvwxyz_0123456789")
	case TypeHash:
		return len(f.Value) == 64 && only(f.Value, "0123456789abcdef")
	}
	return false
}

func isWord(s string) bool { return only(s, "abcdefghijklmnopqrstuvwxyz_") }

func isID(s string) bool { return len(s) == 13 && only(s, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") }

func isDay(s string) bool {
	return len(s) == 10 && s[4] == '-' && s[7] == '-' && only(s[:4]+s[5:7]+s[8:], "0123456789")
}

func only(s, letters string) bool {
	return s != "" && strings.Trim(s, letters) == ""
}

// Commit is the commitment to words, docs/ledger.md section 2.
func Commit(salt [32]byte, words string) [32]byte {
	h := sha256.New()
	h.Write([]byte("luoshi/words/1\n"))
	h.Write(salt[:])
	h.Write([]byte(words))
	return [32]byte(h.Sum(nil))
}

// Words puts several texts of a record into one: a JSON object of column name
// to text, in order of name. Columns without text are left out.
func Words(pairs ...string) string {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			m[pairs[i]] = pairs[i+1]
		}
	}
	b, err := json.Marshal(m)
	if err != nil {
		panic(err) // a map of texts can always be written
	}
	return string(b)
}

// ParseWords reads what Words wrote.
func ParseWords(words string) (map[string]string, error) {
	m := map[string]string{}
	if words == "" {
		return m, nil
	}
	if err := json.Unmarshal([]byte(words), &m); err != nil {
		return nil, fmt.Errorf("words of a record: %w", err)
	}
	return m, nil
}
