package keys

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"luoshi/id"
	"luoshi/internal/disk"
)

// Erasing is a line of the list: whose account, or the name behind which pseudonym of
// facts, was erased, and when it was noted. Who that was stands nowhere any more.
type Erasing struct {
	Account id.Account
	Person  int64 // a pseudonym; then there is no account
	At      time.Time
}

// ofPerson begins the line of a pseudonym; that of an account begins with the account.
const ofPerson = "person "

// ReadErased reads the list of a key folder; none where nobody was erased.
func ReadErased(folder string) ([]Erasing, error) {
	text, err := os.ReadFile(filepath.Join(folder, Erased))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the list of the erased: %w", err)
	}
	return parseErased(string(text))
}

func parseErased(text string) (all []Erasing, err error) {
	if text == "" {
		return nil, nil
	}
	for n, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		rest, person := strings.CutPrefix(line, ofPerson)
		who, at, _ := strings.Cut(rest, " ")
		var e Erasing
		var errs [2]error
		if person {
			e.Person, errs[0] = id.Parse(who)
		} else {
			e.Account, errs[0] = id.Of[id.Account](who)
		}
		e.At, errs[1] = time.Parse(time.RFC3339, at)
		if err := errors.Join(errs[:]...); err != nil {
			return nil, fmt.Errorf("line %d of the list of the erased: %w", n+1, err)
		}
		all = append(all, e)
	}
	return all, nil
}

func erasedText(all []Erasing) []byte {
	var b strings.Builder
	for _, e := range all {
		who := e.Account.String()
		if e.Person != 0 {
			who = ofPerson + id.Text(e.Person)
		}
		fmt.Fprintf(&b, "%s %s\n", who, e.At.UTC().Format(time.RFC3339))
	}
	return []byte(b.String())
}

// NoteErased adds accounts and pseudonyms to the list; one that stands there already is left as it is.
func NoteErased(folder string, more ...Erasing) error {
	all, err := ReadErased(folder)
	if err != nil {
		return err
	}
	before := len(all)
	for _, e := range more {
		if !slices.ContainsFunc(all, func(there Erasing) bool { return there.Account == e.Account && there.Person == e.Person }) {
			all = append(all, e)
		}
	}
	if len(all) == before {
		return nil
	}
	if err := disk.Write(filepath.Join(folder, Erased), erasedText(all), 0o600); err != nil {
		return fmt.Errorf("write the list of the erased: %w", err)
	}
	return nil
}
