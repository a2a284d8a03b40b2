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

// Erasing is a line of the list: whose account was erased, and when it was noted.
// Who that was stands nowhere any more.
type Erasing struct {
	Account id.Account
	At      time.Time
}

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
		account, at, _ := strings.Cut(line, " ")
		var e Erasing
		var errs [2]error
		e.Account, errs[0] = id.Of[id.Account](account)
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
		fmt.Fprintf(&b, "%s %s\n", e.Account, e.At.UTC().Format(time.RFC3339))
	}
	return []byte(b.String())
}

// NoteErased adds accounts to the list; one that stands there already is left as it is.
func NoteErased(folder string, more ...Erasing) error {
	all, err := ReadErased(folder)
	if err != nil {
		return err
	}
	before := len(all)
	for _, e := range more {
		if !slices.ContainsFunc(all, func(there Erasing) bool { return there.Account == e.Account }) {
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
