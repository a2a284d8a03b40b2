// Package disk puts files where a power cut leaves them whole or not at all.
package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// SyncFolder puts the names in a folder on the disk.
func SyncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}

// Write puts a file in its place, over one that is there.
func Write(path string, content []byte, mode os.FileMode) error {
	part, err := writePart(path, content, mode)
	if err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return SyncFolder(filepath.Dir(path))
}

// WriteNew is Write for a file that nobody may have made yet: else fs.ErrExist.
func WriteNew(path string, content []byte, mode os.FileMode) error {
	part, err := writePart(path, content, mode)
	if err != nil {
		return err
	}
	err = os.Link(part, path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return errors.Join(os.Rename(part, path), SyncFolder(filepath.Dir(path))) // a disk without links, such as a stick
	}
	if err := errors.Join(err, os.Remove(part)); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(path))
}

func writePart(path string, content []byte, mode os.FileMode) (string, error) {
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part")
	if err != nil {
		return "", err
	}
	_, err = part.Write(content)
	if err = errors.Join(err, part.Chmod(mode), part.Sync(), part.Close()); err != nil {
		return "", errors.Join(err, os.Remove(part.Name()))
	}
	return part.Name(), nil
}

// Copy copies a file for its owner's eyes only, makes the folders above it, and
// takes the place of what is there. A copy that was cut off is begun anew by the next.
func Copy(from, to string) (err error) {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	part := to + ".part"
	out, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return err
	}
	return os.Rename(part, to)
}
