// Package blob keeps original files under the SHA-256 of their content, so that
// the same file is kept once and a changed one is found out when it is read.
package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"

	"luoshi/internal/disk"
)

// Hash is the SHA-256 of a content.
type Hash = [32]byte

// ErrChanged is returned where a kept file no longer has the content of its name.
var ErrChanged = errors.New("the kept file was changed")

// Store is a folder of kept files.
type Store struct {
	folder string
	mirror atomic.Pointer[Store]
	behind atomic.Bool // the mirror lacks something
}

// partPrefix begins the name of a file that is being written.
const partPrefix = "part-"

// Open opens the store in a folder and makes it where there is none.
func Open(folder string) (*Store, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make blob folder: %w", err)
	}
	return &Store{folder: folder}, nil
}

// Sum gives the hash under which a content is kept.
func Sum(content []byte) Hash { return sha256.Sum256(content) }

func (s *Store) path(h Hash) string {
	name := hex.EncodeToString(h[:])
	return filepath.Join(s.folder, name[:2], name)
}

// Put keeps a content; it is on the disk when Put returns. A content that is
// kept already is left as it is.
func (s *Store) Put(content []byte) (Hash, error) {
	h := Sum(content)
	path := s.path(h)
	if _, err := os.Stat(path); err == nil {
		return h, s.syncNames(path) // whoever put it there may not have come so far
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return h, fmt.Errorf("keep file: %w", err)
	}
	part, err := os.CreateTemp(filepath.Dir(path), partPrefix)
	if err != nil {
		return h, fmt.Errorf("keep file: %w", err)
	}
	_, err = part.Write(content)
	err = errors.Join(err, part.Sync(), part.Close())
	if err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		return h, fmt.Errorf("keep file: %w", errors.Join(err, os.Remove(part.Name())))
	}
	s.toMirror(content)
	// The names must be on the disk too, or a power cut could lose the file after the act is answered.
	return h, s.syncNames(path)
}

func (s *Store) syncNames(path string) error {
	return errors.Join(disk.SyncFolder(filepath.Dir(path)), disk.SyncFolder(s.folder))
}

// Get reads a kept content and checks it.
func (s *Store) Get(h Hash) ([]byte, error) {
	content, err := os.ReadFile(s.path(h))
	if err != nil {
		return nil, fmt.Errorf("read kept file: %w", err)
	}
	if Sum(content) != h {
		return nil, fmt.Errorf("%w: %x", ErrChanged, h)
	}
	return content, nil
}

// Remove deletes a kept content. Whoever calls it knows that nothing names it.
func (s *Store) Remove(h Hash) error {
	path := s.path(h)
	if err := os.Remove(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return fmt.Errorf("remove kept file: %w", err)
	}
	return s.syncNames(path)
}
