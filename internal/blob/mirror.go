package blob

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

// Mirror keeps everything in a second folder too, from now on, and brings what
// is missing there. It is called again to bring what could not be kept there meanwhile.
func (s *Store) Mirror(folder string) error {
	m, err := Open(folder)
	if err != nil {
		return err
	}
	s.mirror.Store(m)
	s.behind.Store(false)
	return filepath.WalkDir(s.folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(e.Name(), partPrefix) {
			return err
		}
		to := filepath.Join(folder, e.Name()[:2], e.Name())
		if _, err := os.Stat(to); err == nil {
			return nil
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("mirror file: %w", err)
		}
		_, err = m.Put(content)
		return err
	})
}

// Behind reports whether something could not be kept in the second folder since
// Mirror was last called.
func (s *Store) Behind() bool { return s.behind.Load() }

// toMirror keeps a content in the second folder. That it cannot be kept there is
// no reason to refuse it here.
func (s *Store) toMirror(content []byte) {
	if m := s.mirror.Load(); m != nil {
		if _, err := m.Put(content); err != nil {
			s.behind.Store(true)
			slog.Error("mirror file", "error", err)
		}
	}
}
