package ledger

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// NewKey makes a signing key and its public half, both in the text form of
// golang.org/x/mod/sumdb/note. Name becomes the origin of the log.
func NewKey(random io.Reader, name string) (secret, public string, err error) {
	return note.GenerateKey(random, name)
}

// ReadKey reads a public key and refuses one that is not in canonical form.
func ReadKey(public string) (note.Verifier, error) {
	public = strings.TrimSpace(public)
	v, err := note.NewVerifier(public)
	if err != nil {
		return nil, fmt.Errorf("read public key: %w", err)
	}
	parts := strings.SplitN(public, "+", 3)
	raw, err := base64.StdEncoding.Strict().DecodeString(parts[2])
	if err != nil || len(raw) != 1+ed25519.PublicKeySize {
		return nil, fmt.Errorf("read public key: not an Ed25519 key in canonical form")
	}
	return v, nil
}

// Fingerprint is the short form of a key's hash that people compare by eye: 9f3c·71ae.
func Fingerprint(key note.Verifier) string {
	h := fmt.Sprintf("%x", binary.BigEndian.AppendUint32(nil, key.KeyHash()))
	return h[:4] + "·" + h[4:]
}

func canonical(b64 string) string {
	raw, err := base64.StdEncoding.DecodeString(b64)
	if err != nil {
		return ""
	}
	return base64.StdEncoding.EncodeToString(raw)
}
