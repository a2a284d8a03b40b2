package desk

import (
	"io"
	"time"

	"luoshi/internal/db"
)

// Cmd is one thing a person does, as it was sent; Office.Cmd begins one.
type Cmd = db.Cmd

// OtherContent is returned where a command id comes again with other content.
type OtherContent = db.OtherContent

// Done is a command that was done before.
type Done = db.Done

// ErrMissing is returned for what is not there, or not for this reader.
var ErrMissing = db.ErrNoRow

// ErrBusy is returned while something cannot be done just now.
var ErrBusy = db.ErrBusy

// NewCommandID makes the id that is issued with a form.
func NewCommandID(now time.Time, random io.Reader) (string, error) {
	return db.NewCommandID(now, random)
}

// IsCommandID reports whether a text could have been issued with a form.
func IsCommandID(s string) bool { return db.CheckCommandID(s) == nil }
