package archive

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// The write-ahead log as https://www.sqlite.org/fileformat2.html#walformat
// describes it: a header, then frames, each a header and one page.
const (
	headBytes      = 32
	frameHeadBytes = 24
	walMagic       = 0x377f0682 // the last bit says in which byte order checksums are reckoned
	walVersion     = 3007000
	chunkBytes     = 1 << 20 // how much of a log or a database is held in memory at once
)

// sum is SQLite's running checksum. It goes through a log from its header to
// its end, so that the sum after a frame vouches for all that stands before it.
type sum struct{ a, b uint32 }

func (s sum) add(order binary.ByteOrder, content []byte) sum {
	if order == binary.ByteOrder(binary.LittleEndian) { // a loop of its own: the compiler then reads words at once
		for ; len(content) >= 8; content = content[8:] {
			s.a += binary.LittleEndian.Uint32(content) + s.b
			s.b += binary.LittleEndian.Uint32(content[4:]) + s.a
		}
		return s
	}
	for ; len(content) >= 8; content = content[8:] {
		s.a += order.Uint32(content) + s.b
		s.b += order.Uint32(content[4:]) + s.a
	}
	return s
}

// head is the header of a log. It is written anew, with other salts, each time
// SQLite starts the log from its beginning: one head, one generation. The zero
// head belongs to a log without one.
type head struct {
	raw   [headBytes]byte
	order binary.ByteOrder
	page  int64 // bytes
	sum   sum   // before the first frame
}

// readHead reads the header of a log; ok is false where there is none yet, or
// one that SQLite would not accept either.
func readHead(log io.ReaderAt) (h head, ok bool, err error) {
	n, err := log.ReadAt(h.raw[:], 0)
	if n < headBytes {
		if err != nil && !errors.Is(err, io.EOF) {
			return head{}, false, fmt.Errorf("read head of the log: %w", err)
		}
		return head{}, false, nil
	}
	magic := word(h.raw[0:])
	h.order = binary.LittleEndian
	if magic&1 == 1 {
		h.order = binary.BigEndian
	}
	h.page = int64(word(h.raw[8:]))
	h.sum = sum{}.add(h.order, h.raw[:24])
	ok = magic&^1 == walMagic && word(h.raw[4:]) == walVersion &&
		h.page >= 512 && h.page <= 65536 && h.page&(h.page-1) == 0 &&
		h.sum == (sum{word(h.raw[24:]), word(h.raw[28:])})
	if !ok {
		return head{}, false, nil
	}
	return h, true, nil
}

func word(b []byte) uint32 { return binary.BigEndian.Uint32(b) }

func (h head) known() bool { return h.page > 0 }

func (h head) frame() int64 { return frameHeadBytes + h.page }

func (h head) salts() []byte { return h.raw[16:24] }

// restarts is how often the connection that wrote the header has started a log
// from its beginning.
func (h head) restarts() uint32 { return word(h.raw[12:]) }

// follows says whether SQLite started this generation from the beginning of a
// log of the former one: it then counts the first salt up by one and draws the
// second. A log that is made anew (the old file was deleted), or whose header is
// written by a connection that has not yet restarted a log after another one
// truncated it, gets two random salts: that is no proof, and a new line begins.
func (h head) follows(former head) bool {
	return h.page == former.page && word(h.raw[16:]) == word(former.raw[16:])+1
}

// place is a place in a log, right after a commit.
type place struct {
	offset int64 // bytes from the beginning of the file; 0: nothing is committed yet
	sum    sum   // running checksum up to here
	last   int64 // offset at which the last transaction before it begins
}

// start is the place before the first frame.
func (h head) start() place { return place{headBytes, h.sum, headBytes} }

// walk reads the frames of a log that follow after a place, not beyond limit
// (an offset), hands those that belong to it to keep, a chunk at a time, and gives the place
// after the last commit among them. It ends before the first frame that does not
// belong: older salts, a wrong checksum, a torn end. So keep also sees frames of
// a transaction under way, which are not committed yet and may still change.
func walk(log io.ReaderAt, h head, from place, limit int64, keep func(frames []byte, offset int64) error) (place, error) {
	if from.offset == 0 {
		from = h.start()
	}
	commit, running := from, from.sum
	chunk := make([]byte, max(1, chunkBytes/h.frame())*h.frame())
	for offset := from.offset; offset < limit; {
		n, err := log.ReadAt(chunk[:min(int64(len(chunk)), limit-offset)], offset)
		if err != nil && !errors.Is(err, io.EOF) {
			return commit, fmt.Errorf("read frames of the log: %w", err)
		}
		good := int64(0)
		for ; good+h.frame() <= int64(n); good += h.frame() {
			after, commits, ok := h.check(running, chunk[good:good+h.frame()])
			if !ok {
				break
			}
			running = after
			if commits {
				end := offset + good + h.frame()
				commit = place{end, running, commit.offset}
			}
		}
		if good > 0 {
			if err := keep(chunk[:good], offset); err != nil {
				return commit, err
			}
		}
		if offset += good; good < int64(len(chunk)) {
			break
		}
	}
	if commit.offset == headBytes {
		return place{}, nil
	}
	return commit, nil
}

// check gives the running checksum after a frame and whether the frame ends a
// transaction; ok is false for a frame that does not belong here.
func (h head) check(before sum, frame []byte) (after sum, commits, ok bool) {
	if string(frame[8:16]) != string(h.salts()) || word(frame) == 0 {
		return before, false, false
	}
	after = before.add(h.order, frame[:8]).add(h.order, frame[frameHeadBytes:])
	if after != (sum{word(frame[16:]), word(frame[20:])}) {
		return before, false, false
	}
	return after, word(frame[4:]) != 0, true
}
