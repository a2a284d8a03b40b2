package desk

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/internal/db"
)

// unnaming are persons whose names go out of the grids that were typed and not sent.
type unnaming struct {
	until  map[int64]calendar.Day // by their pseudonyms: the last day of the grids that are meant
	known  string                 // key of a name that is known
	number int64                  // its pseudonym
	found  map[int64]bool
	seen   map[string]int64 // pseudonyms by keys
}

// unnamingOf is of one person whose name is known.
func unnamingOf(number int64, until calendar.Day, key string) *unnaming {
	return &unnaming{until: map[int64]calendar.Day{number: until}, known: key, number: number}
}

// unnameDrafts takes names out of the grids that were typed and not sent. Where only the
// pseudonym is known a name goes that has it; where the name is, also what holds it: one
// name too many is written again, one too few would stay.
func unnameDrafts(tx *db.Tx, city int64, u *unnaming) error {
	u.found, u.seen = map[int64]bool{}, map[string]int64{}
	drafts, err := gridDrafts(tx, city)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		typed, err := d.open(tx, city)
		if errors.Is(err, db.ErrSealed) || errors.Is(err, db.ErrNoPersonalKey) { // nobody reads what stands in it
			continue
		}
		if err != nil {
			return err
		}
		changed, err := u.clear(tx, d.day, &typed)
		if err != nil {
			return err
		}
		if changed {
			if err := saveUnnamed(tx, city, d, typed); err != nil {
				return err
			}
		}
	}
	return nil
}

// clear takes the names out of one grid, and reports whether there were any. Words in which
// one stands that are not a cell go as a whole.
func (u *unnaming) clear(tx *db.Tx, day calendar.Day, t *GridTyped) (changed bool, err error) {
	meant := func(number int64) bool {
		until, meant := u.until[number]
		if meant = meant && day <= until; meant {
			u.found[number] = true
		}
		return meant
	}
	goes := func(key string) bool {
		if err != nil || !strings.ContainsFunc(key, unicode.IsLetter) { // a number is nobody's name
			return false
		}
		number, seen := u.seen[key]
		if !seen {
			if number, err = tx.Pseudonym(key); err != nil {
				return false
			}
			u.seen[key] = number
		}
		return meant(number)
	}
	holds := func(key string) bool { // a name of one sign is in too many
		return utf8.RuneCountInString(u.known) > 1 && strings.Contains(key, u.known) && meant(u.number)
	}
	for field, words := range t.Cells {
		left, found := fact.WithoutNames(words, goes, holds)
		if t.Cells[field] = left; found {
			changed = true
		}
	}
	for _, words := range []*string{&t.Pasted, &t.Why} {
		if _, found := fact.WithoutNames(*words, goes, holds); found || holds(fact.SubjectKey(*words)) {
			*words, changed = "", true
		}
	}
	if changed {
		t.Sure, t.Unnamed = nil, true // what was taken for right may say the name too
	}
	return changed, err
}
