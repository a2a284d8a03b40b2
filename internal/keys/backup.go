package keys

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"luoshi/fault"
	"luoshi/internal/disk"
)

// manifest lists the files of a backup with their SHA-256, as sha256sum does.
const manifest = "manifest"

// kept are the files of a backup, in the order in which they are put back: the
// key that signs goes last, since a folder that has it is taken as whole.
var kept = []string{Erased, Personal, Public, Secret}

// Copy is what a backup of a key folder holds, by the name of the file.
type Copy map[string][]byte

// Read reads a key folder. It must have all its keys.
func Read(folder string) (Copy, error) {
	c := Copy{}
	for _, name := range kept {
		content, err := os.ReadFile(filepath.Join(folder, name))
		if errors.Is(err, fs.ErrNotExist) && name == Erased {
			content, err = []byte{}, nil
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fault.New(fault.Missing, "%s 里没有 %s。", folder, name)
		}
		if err != nil {
			return nil, fmt.Errorf("read keys: %w", err)
		}
		c[name] = content
	}
	return c, c.check()
}

// check refuses files that are not what their names say.
func (c Copy) check() error {
	_, err := parsePersonal(c[Personal])
	if err == nil {
		_, err = parseErased(string(c[Erased]))
	}
	return err
}

// PersonalKey is the key in it that seals personal columns.
func (c Copy) PersonalKey() ([]byte, error) { return parsePersonal(c[Personal]) }

func (c Copy) list() []byte {
	var b strings.Builder
	for _, name := range kept {
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(c[name]), name)
	}
	return []byte(b.String())
}

// Backup writes a key folder into a new one, for its owner's eyes only. One that
// is there is left as it is: fs.ErrExist.
func Backup(folder, out string) error {
	c, err := Read(folder)
	if err != nil {
		return err
	}
	if _, err := os.Stat(out); err == nil {
		return fs.ErrExist
	}
	// Beside its place, so that what stands there under its name is whole.
	out = filepath.Clean(out)
	part := filepath.Join(filepath.Dir(out), ".luoshi-keys-"+filepath.Base(out))
	if err := errors.Join(os.RemoveAll(part), os.Mkdir(part, 0o700)); err != nil {
		return fmt.Errorf("back up keys: %w", err)
	}
	for _, name := range kept {
		err = errors.Join(err, disk.Write(filepath.Join(part, name), c[name], 0o600))
	}
	err = errors.Join(err, disk.Write(filepath.Join(part, manifest), c.list(), 0o600))
	if err == nil {
		err = os.Rename(part, out)
	}
	if err != nil {
		return fmt.Errorf("back up keys: %w", errors.Join(err, os.RemoveAll(part)))
	}
	return disk.SyncFolder(filepath.Dir(out))
}

// ReadBackup reads a backup and checks every byte of it.
func ReadBackup(from string) (Copy, error) {
	list, err := os.ReadFile(filepath.Join(from, manifest))
	if err != nil {
		return nil, errors.Join(fault.New(fault.Missing, "%s 里没有钥匙的备份。", from), err)
	}
	c := Copy{}
	for _, name := range kept {
		if c[name], err = os.ReadFile(filepath.Join(from, name)); err != nil {
			return nil, errors.Join(damaged(name), err)
		}
		if line := fmt.Sprintf("%x  %s\n", sha256.Sum256(c[name]), name); !bytes.Contains(list, []byte(line)) {
			return nil, damaged(name)
		}
	}
	if !bytes.Equal(c.list(), list) {
		return nil, damaged(manifest)
	}
	return c, c.check()
}

func damaged(name string) error {
	return fault.New(fault.Invalid, "钥匙的备份里，%s 坏了或者少了。请换一份备份。", name)
}

// Restore puts the keys into a folder. Where others stand nothing is changed;
// the lists of the erased are put together.
func (c Copy) Restore(folder string) error {
	var missing []string
	for _, name := range kept[1:] {
		there, err := os.ReadFile(filepath.Join(folder, name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			missing = append(missing, name)
		case err != nil:
			return fmt.Errorf("restore keys: %w", err)
		case !bytes.Equal(there, c[name]):
			return fault.New(fault.Conflict, "%s 里已经有别的 %s，没有动它。", folder, name)
		}
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("restore keys: %w", err)
	}
	erased, err := parseErased(string(c[Erased]))
	if err != nil {
		return err
	}
	if err := NoteErased(folder, erased...); err != nil {
		return err
	}
	for _, name := range missing {
		if err := disk.Write(filepath.Join(folder, name), c[name], 0o600); err != nil {
			return fmt.Errorf("restore keys: %w", err)
		}
	}
	return nil
}
