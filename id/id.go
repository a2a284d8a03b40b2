// Package id holds the identifiers by which records know each other.
//
// An identifier is a positive 63-bit number: 41 bits of milliseconds since
// 2000-01-01 UTC, then 22 bits of sequence. In addresses, JSON and exports it
// is written as 13 characters of Crockford's base32, so that a sorted list of
// texts is a sorted list of records.
package id

import (
	"errors"
	"strings"
	"time"
)

// ID is an identifier of one kind of record. The kind keeps a unit from being
// handed over where an item is meant; it is never instantiated.
type ID[kind any] int64

type (
	planKind      struct{}
	documentKind  struct{}
	itemKind      struct{}
	targetKind    struct{}
	milestoneKind struct{}
	indicatorKind struct{}
	goalKind      struct{}
	factKind      struct{}
	doubtKind     struct{}
	questionKind  struct{}
	unitKind      struct{}
	postKind      struct{}
	accountKind   struct{}
	termKind      struct{}
	groupKind     struct{}
	handoverKind  struct{}
	importKind    struct{}
	reminderKind  struct{}
	messageKind   struct{}

	collectionKind struct{}
	summaryKind    struct{}
	fileKind       struct{}

	factImportKind struct{}
	drawKind       struct{}
)

type (
	Plan      = ID[planKind]
	Document  = ID[documentKind]
	Item      = ID[itemKind]
	Target    = ID[targetKind]
	Milestone = ID[milestoneKind]
	Indicator = ID[indicatorKind]
	Goal      = ID[goalKind]
	Fact      = ID[factKind]
	Doubt     = ID[doubtKind]
	Question  = ID[questionKind]
	Unit      = ID[unitKind]
	Post      = ID[postKind]
	Account   = ID[accountKind]
	Term      = ID[termKind]
	Group     = ID[groupKind]
	Handover  = ID[handoverKind]

	UnitImport = ID[importKind]
	Reminder   = ID[reminderKind]
	Message    = ID[messageKind]

	Collection = ID[collectionKind]
	Summary    = ID[summaryKind]
	ReportFile = ID[fileKind]

	FactImport = ID[factImportKind]
	Draw       = ID[drawKind]
)

// ErrText is returned for a text that is no identifier.
var ErrText = errors.New("not an identifier: 13 characters of Crockford base32 are wanted")

const (
	alphabet     = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	sequenceBits = 22
	textLength   = 13
)

var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// Next gives the identifier after last for a record made at now. It is larger
// than last even when the clock stands still or goes back, so one writer that
// remembers its last identifier never gives one out twice.
func Next(last int64, now time.Time) int64 {
	return max(last+1, now.Sub(epoch).Milliseconds()<<sequenceBits)
}

// String is the 13-character form.
func (i ID[kind]) String() string { return Text(int64(i)) }

// Number gives the place of the number, for code that fills in identifiers
// without knowing their kind.
func (i *ID[kind]) Number() *int64 { return (*int64)(i) }

// MarshalText writes the 13-character form; no identifier is an empty text.
func (i ID[kind]) MarshalText() ([]byte, error) {
	if i == 0 {
		return nil, nil
	}
	return []byte(i.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (i *ID[kind]) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*i = 0
		return nil
	}
	n, err := Parse(string(b))
	*i = ID[kind](n)
	return err
}

// Text writes a number as an identifier.
func Text(n int64) string {
	var b [textLength]byte
	for k := textLength - 1; k >= 0; k-- {
		b[k] = alphabet[n&31]
		n >>= 5
	}
	return string(b[:])
}

// Parse reads an identifier's text. Only the canonical form is taken: upper
// case, no look-alikes, so that one record has one address.
func Parse(s string) (int64, error) {
	if len(s) != textLength || s[0] > '7' {
		return 0, ErrText
	}
	var n int64
	for k := range textLength {
		v := strings.IndexByte(alphabet, s[k])
		if v < 0 {
			return 0, ErrText
		}
		n = n<<5 | int64(v)
	}
	if n <= 0 {
		return 0, ErrText
	}
	return n, nil
}

// Of reads the text of an identifier of the wanted kind.
func Of[T ~int64](s string) (T, error) {
	n, err := Parse(s)
	return T(n), err
}
