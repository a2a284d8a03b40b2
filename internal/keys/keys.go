// Package keys keeps what must not lie in the normal backup of a city: its secret
// keys, and the list of who was erased, which an older backup does not know of.
package keys

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"luoshi/fault"
	"luoshi/internal/disk"
)

// Files of the key folder.
const (
	Secret   = "ledger.key"   // signs the ledger
	Public   = "ledger.pub"   // checks its signatures
	Personal = "personal.key" // seals names and telephone numbers
	Erased   = "erased"       // who was erased, see erased.go
)

// personalSize is the length of a key of AES-256.
const personalSize = 32

// MakePersonal makes the key that seals personal columns. One that is there is
// kept, also one that another program makes at the same moment.
func MakePersonal(folder string, random io.Reader) error {
	path := filepath.Join(folder, Personal)
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	var key [personalSize]byte
	if _, err := io.ReadFull(random, key[:]); err != nil {
		return fmt.Errorf("make personal key: %w", err)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make personal key: %w", err)
	}
	if err := disk.WriteNew(path, []byte(base64.StdEncoding.EncodeToString(key[:])+"\n"), 0o600); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("make personal key: %w", err)
	}
	return nil
}

// ReadPersonal reads the key that seals personal columns; fs.ErrNotExist where there is none.
func ReadPersonal(folder string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(folder, Personal))
	if err != nil {
		return nil, fmt.Errorf("read personal key: %w", err)
	}
	return parsePersonal(text)
}

func parsePersonal(text []byte) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != personalSize {
		return nil, errors.Join(fault.New(fault.Invalid, "%s 坏了，读不出钥匙。请用 luoshi keys restore 把钥匙的备份放回来。", "keys/"+Personal), err)
	}
	return key, nil
}
