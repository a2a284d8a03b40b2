package ledger

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint says how long the log is and what its root is.
type Checkpoint struct {
	Origin string // names the log; equals the name of its key
	Size   int64
	Root   tlog.Hash
}

// Text is the text that is signed: docs/ledger.md section 3.
func (c Checkpoint) Text() string { return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root) }

// ErrNote is returned for a note that is not signed as wanted.
var ErrNote = errors.New("signature missing, not by this key, or not in canonical form")

// SignCheckpoint writes a checkpoint as a C2SP signed note.
func SignCheckpoint(c Checkpoint, signer note.Signer) ([]byte, error) {
	return SignText(c.Text(), signer)
}

// ParseCheckpoint reads the text of a checkpoint in canonical form.
func ParseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return Checkpoint{}, fmt.Errorf("%w: not three lines", ErrNote)
	}
	c := Checkpoint{Origin: lines[0]}
	var err error
	if c.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || c.Size < 0 {
		return c, fmt.Errorf("%w: size %q", ErrNote, lines[1])
	}
	if c.Root, err = tlog.ParseHash(lines[2]); err != nil {
		return c, fmt.Errorf("%w: root %q", ErrNote, lines[2])
	}
	if c.Text() != text {
		return c, fmt.Errorf("%w: not canonical", ErrNote)
	}
	return c, nil
}

// SignText signs any text of whole lines as a note with one signature.
func SignText(text string, signer note.Signer) ([]byte, error) {
	return note.Sign(&note.Note{Text: text}, signer)
}

// OpenText checks that a note holds exactly one signature, by this key, and
// that no byte could be changed without notice (x/mod ignores signatures of
// unknown keys and spare bits of base64, so the note is written again and compared).
func OpenText(signed []byte, key note.Verifier) (string, error) {
	n, err := note.Open(signed, note.VerifierList(key))
	if err != nil || len(n.Sigs) != 1 || len(n.UnverifiedSigs) != 0 {
		return "", ErrNote
	}
	again := n.Text + "\n— " + n.Sigs[0].Name + " " + canonical(n.Sigs[0].Base64) + "\n"
	if again != string(signed) {
		return "", ErrNote
	}
	return n.Text, nil
}
