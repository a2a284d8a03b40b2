package archive

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
)

// writeFile writes a new file and puts its content on the disk.
func writeFile(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}

// copyAll copies a file from its beginning into another, a chunk at a time, and
// gives its size and SHA-256. Before each chunk it asks go on, which ends the
// copy with an error.
func copyAll(to io.Writer, from io.ReaderAt, goOn func(done int64) error) (size int64, hash [sha256.Size]byte, err error) {
	h := sha256.New()
	chunk := make([]byte, chunkBytes)
	for {
		if err := goOn(size); err != nil {
			return size, hash, err
		}
		n, err := from.ReadAt(chunk, size)
		h.Write(chunk[:n])
		if _, err := to.Write(chunk[:n]); err != nil {
			return size, hash, err
		}
		size += int64(n)
		if errors.Is(err, io.EOF) {
			return size, [sha256.Size]byte(h.Sum(nil)), nil
		}
		if err != nil {
			return size, hash, err
		}
	}
}

// same says whether two files have the same bytes from one offset to another.
// A file that ends before has not.
func same(a, b io.ReaderAt, from, to int64) (bool, error) {
	inA, inB := make([]byte, min(chunkBytes, to-from)), make([]byte, min(chunkBytes, to-from))
	for ; from < to; from += int64(len(inA)) {
		n := min(int64(len(inA)), to-from)
		inA, inB = inA[:n], inB[:n]
		_, errA := a.ReadAt(inA, from)
		_, errB := b.ReadAt(inB, from)
		if err := errors.Join(errA, errB); errors.Is(err, io.EOF) {
			return false, nil
		} else if err != nil {
			return false, fmt.Errorf("compare with the log: %w", err)
		}
		if !bytes.Equal(inA, inB) {
			return false, nil
		}
	}
	return true, nil
}
