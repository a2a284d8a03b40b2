package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"luoshi/fault"
)

// largestFile is the most that is read of one file.
const largestFile = 1 << 30

var errTooLarge = errors.New("file too large")

// files are the listed files of a folder, each read once.
type files struct {
	data map[string][]byte
	sums map[string][32]byte
	used map[string]bool // what some check asked for; the rest does not belong here
	gone map[string]bool // missing and told already
}

// walk finds what is in the folder. Links and whatever else is no plain file or
// folder are told and never opened; so are folders that hold nothing.
func walk(r *Report, root *os.Root) map[string]fs.FileInfo {
	found := map[string]fs.FileInfo{}
	empty := map[string]bool{}
	err := fs.WalkDir(root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		delete(empty, path.Dir(p))
		if err != nil {
			r.wrong(inFile(p), fault.New(fault.Invalid, "读不出来。"))
			delete(empty, p)
			return fs.SkipDir
		}
		if d.IsDir() {
			empty[p] = p != "."
			return nil
		}
		info, err := d.Info()
		if err != nil || !info.Mode().IsRegular() {
			r.wrong(inFile(p), fault.New(fault.Invalid, "不是普通文件：导出里不许有链接和特殊文件。"))
			return nil
		}
		found[p] = info
		return nil
	})
	if err != nil {
		r.wrong(inFile("."), fault.New(fault.Invalid, "读不出来。"))
	}
	for _, p := range slices.Sorted(maps.Keys(empty)) {
		if empty[p] {
			r.wrong(inFile(p), fault.New(fault.Invalid, "空文件夹：导出里不许有。"))
		}
	}
	return found
}

// readFiles reads what is both in the folder and on the list, and tells what is only in one.
func readFiles(r *Report, root *os.Root, found map[string]fs.FileInfo, m manifest) *files {
	f := &files{map[string][]byte{}, map[string][32]byte{}, map[string]bool{}, map[string]bool{}}
	list := checkListed(r, m)
	for _, p := range slices.Sorted(maps.Keys(list)) {
		info, there := found[p]
		if !there {
			r.wrong(inFile(p), fault.New(fault.Missing, "清单上有，文件夹里没有。"))
			f.gone[p] = true
			continue
		}
		data, sum, err := readOne(root, p, info.Size(), !strings.HasSuffix(p, originalEnd))
		switch {
		case err != nil:
			r.wrong(inFile(p), fault.New(fault.Invalid, "读不出来，或者太大。"))
			f.gone[p] = true
			continue
		case info.Size() != list[p].Bytes:
			r.wrong(inFile(p), fault.New(fault.Invalid, "长度是 %d 字节，清单上是 %d。", info.Size(), list[p].Bytes))
		case hex.EncodeToString(sum[:]) != list[p].SHA256:
			r.wrong(inFile(p), fault.New(fault.Invalid, "内容的 SHA-256 与清单不符。"))
		}
		f.data[p], f.sums[p] = data, sum
	}
	for _, p := range slices.Sorted(maps.Keys(found)) {
		if _, ok := list[p]; !ok && p != manifestFile && p != noteFile {
			r.wrong(inFile(p), fault.New(fault.Invalid, "文件夹里有，清单上没有。"))
		}
	}
	if info, there := found[noteFile]; there {
		f.data[noteFile], _, _ = readOne(root, noteFile, info.Size(), true)
	}
	return f
}

// readOne hashes a file of the size found by walk, and keeps its bytes if asked.
func readOne(root *os.Root, p string, size int64, keep bool) (data []byte, sum [32]byte, err error) {
	if size > largestFile {
		return nil, sum, errTooLarge
	}
	file, err := root.Open(p)
	if err != nil {
		return nil, sum, err
	}
	defer file.Close()
	h := sha256.New()
	in := io.TeeReader(io.LimitReader(file, size+1), h) // one more, so that a file that grows is noticed
	if keep {
		data, err = io.ReadAll(in)
	} else {
		_, err = io.Copy(io.Discard, in)
	}
	return data, [32]byte(h.Sum(nil)), err
}

// read gives a file that an export must hold, and tells when it is missing.
func (f *files) read(r *Report, p string) ([]byte, bool) {
	f.used[p] = true
	data, ok := f.data[p]
	if !ok && !f.gone[p] {
		r.wrong(inFile(p), fault.New(fault.Missing, "导出里应当有这个文件，却没有。"))
		f.gone[p] = true
	}
	return data, ok
}

// has reports a file that an export may hold or not.
func (f *files) has(p string) bool { _, ok := f.data[p]; return ok }

// checkUnused tells files that are listed but have no business in an export.
// It comes last, when every check has asked for what it needs.
func (f *files) checkUnused(r *Report) {
	for _, p := range slices.Sorted(maps.Keys(f.sums)) {
		if !f.used[p] {
			r.wrong(inFile(p), fault.New(fault.Invalid, "这个文件不属于导出。"))
		}
	}
}
