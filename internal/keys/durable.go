package keys

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// write puts a file in its place whole, or not at all, whatever happens meanwhile.
func write(path string, content []byte, mode os.FileMode) error {
	part, err := writePart(path, content, mode)
	if err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return syncFolder(filepath.Dir(path))
}

// writeNew is write for a file that nobody may have made yet: else fs.ErrExist.
func writeNew(path string, content []byte, mode os.FileMode) error {
	part, err := writePart(path, content, mode)
	if err != nil {
		return err
	}
	err = os.Link(part, path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return errors.Join(os.Rename(part, path), syncFolder(filepath.Dir(path))) // a disk without links, such as a stick
	}
	if err := errors.Join(err, os.Remove(part)); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
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

func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
