package main

import (
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"luoshi/internal/blob"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/disk"
	"luoshi/internal/keys"
	"luoshi/ledger"

	"golang.org/x/mod/sumdb/note"
)

// folder is an open data folder.
type folder struct {
	path   string
	city   int64
	blobs  *blob.Store
	db     *db.DB
	office *desk.Office
	public *desk.Public
	signer note.Signer
	key    string // public key text

	personal []byte // seals personal columns
}

const (
	keyFolder     = "keys"
	secretKeyFile = "keys/ledger.key"
	publicKeyFile = "keys/ledger.pub"
)

func (f *folder) close() error { return f.db.Close() }

// makeKeys makes the keys of a new folder: the one that signs, and the one that
// seals. Those that are there are kept.
func makeKeys(path, name string, random io.Reader) error {
	secretPath := filepath.Join(path, secretKeyFile)
	if _, err := os.Stat(secretPath); err == nil {
		return nil // written last and renamed into place: where it stands it is whole
	}
	secret, public, err := ledger.NewKey(random, name)
	if err != nil {
		return fmt.Errorf("make signing key: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(secretPath), 0o700); err != nil {
		return fmt.Errorf("make signing key: %w", err)
	}
	if err := keys.MakePersonal(filepath.Join(path, keyFolder), random); err != nil {
		return err
	}
	if err := disk.Write(filepath.Join(path, publicKeyFile), []byte(public+"\n"), 0o644); err != nil {
		return fmt.Errorf("make public key: %w", err)
	}
	if err := disk.Write(secretPath, []byte(secret+"\n"), 0o600); err != nil {
		return fmt.Errorf("make signing key: %w", err)
	}
	return nil
}

func (f *folder) readKeys(from string) error {
	all, err := keys.Read(filepath.Join(from, keyFolder))
	if err != nil {
		return err
	}
	return f.takeKeys(all)
}

func (f *folder) takeKeys(all keys.Copy) (err error) {
	f.key = strings.TrimSpace(string(all[keys.Public]))
	if f.signer, err = note.NewSigner(strings.TrimSpace(string(all[keys.Secret]))); err != nil {
		return fmt.Errorf("read signing key: %w", err)
	}
	f.personal, err = all.PersonalKey()
	return err
}

// newOrigin names the log of a new city: unlike any other.
func newOrigin() string { return "luoshi/" + strings.ToLower(rand.Text()[:16]) }

func newCommand(now time.Time, random io.Reader) (string, error) { return db.NewCommandID(now, random) }
