// Package fault holds the few kinds of errors that we mean to show to a
// person. An error without a kind is a fault of ours and is never shown.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what sort of no it is; the web turns it into a status code.
type Kind int

const (
	Invalid  Kind = iota + 1 // what was sent cannot be used; the words say how to mend it
	Denied                   // this person may not
	Missing                  // there is no such thing, or it is not for this reader
	Conflict                 // it has changed in the meantime, or was sent with other content
	TooLarge                 // more than we take
	Busy                     // try again shortly
	Gone                     // it was there for everybody, and was taken back
)

// Fault is an error with words for a person. The Chinese sentence is the key
// under which other languages are found; Args fill its %s and %d in order.
type Fault struct {
	Kind  Kind
	Key   string
	Args  []any
	Field string // the form field it is about, or empty
}

func (f *Fault) Error() string {
	if len(f.Args) == 0 {
		return f.Key
	}
	return fmt.Sprintf(f.Key, f.Args...)
}

// Is makes two faults of the same sentence equal, whatever their arguments.
func (f *Fault) Is(other error) bool {
	o, ok := other.(*Fault)
	return ok && o.Kind == f.Kind && o.Key == f.Key
}

// New makes a fault of a sentence and what fills it.
func New(kind Kind, key string, args ...any) *Fault {
	return &Fault{Kind: kind, Key: key, Args: args}
}

// In gives a copy of the fault that names the form field it is about.
func (f *Fault) In(field string) *Fault {
	c := *f
	c.Field = field
	return &c
}

// Of finds the fault in an error, or nil.
func Of(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return nil
}

// Is reports whether err is a fault of that kind.
func Is(err error, kind Kind) bool {
	f := Of(err)
	return f != nil && f.Kind == kind
}
