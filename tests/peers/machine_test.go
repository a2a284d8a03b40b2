package peers_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// usage is processor time up to now.
type usage struct {
	server, load time.Duration // of the server and of this program
	idle, total  time.Duration // of all cores
}

const tick = 10 * time.Millisecond // of /proc; the same on all Linux machines

// usage reads it. Where it cannot be read it is zero: it only says how busy the machine was.
func (s *server) usage() (u usage) {
	if s.cmd == nil {
		// no server
	} else if b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid)); err == nil {
		// The name of the program stands in brackets and may hold blanks.
		fields := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
		u.server = ticks(fields, 11) + ticks(fields, 12)
	}
	var own syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &own); err == nil {
		u.load = time.Duration(own.Utime.Nano() + own.Stime.Nano())
	}
	if b, err := os.ReadFile("/proc/stat"); err == nil {
		line, _, _ := strings.Cut(string(b), "\n")
		fields := strings.Fields(line)
		for i := 1; i <= 8; i++ { // user nice system idle iowait irq softirq steal
			u.total += ticks(fields, i)
		}
		u.idle = ticks(fields, 4) + ticks(fields, 5)
	}
	return u
}

func ticks(fields []string, i int) time.Duration {
	if i >= len(fields) {
		return 0
	}
	n, err := strconv.ParseInt(fields[i], 10, 64)
	if err != nil {
		return 0
	}
	return time.Duration(n) * tick
}

// rest waits until nobody else takes more than a tenth of the machine for a
// second, but no longer than it is told. What others took while a contender was
// measured stands in the table all the same.
func rest(longest time.Duration) {
	var self server // has no process: only this program's time is taken off
	for end := time.Now().Add(longest); time.Now().Before(end); {
		from := self.usage()
		time.Sleep(time.Second)
		if othersShare(from, self.usage()) < 0.1 {
			return
		}
	}
}

// othersShare is the share of the machine that neither a server nor this program took.
func othersShare(from, to usage) float64 {
	own := (to.idle + to.server + to.load) - (from.idle + from.server + from.load)
	return max(0, 1-own.Seconds()/max(1e-9, (to.total-from.total).Seconds()))
}

// syncTimes adds how long the disk takes: 500 times 12 KB written and brought to
// the disk, over and over the same 4 MB, as a log of writes is used.
func syncTimes(folder string, times map[string][]time.Duration) (err error) {
	const size, of = 12 << 10, 4 << 20
	f, err := os.Create(filepath.Join(folder, "sync"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Write(make([]byte, of+size)); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	for i := range 500 {
		// SQLite in pure Go calls fsync.
		for call, sync := range map[string]func(int) error{"fdatasync": syscall.Fdatasync, "fsync": syscall.Fsync} {
			start := time.Now()
			if _, err := f.WriteAt(bytes.Repeat([]byte{byte(i)}, size), int64(i*size%of)); err != nil {
				return err
			}
			if err := sync(int(f.Fd())); err != nil {
				return err
			}
			times[call] = append(times[call], time.Since(start))
		}
	}
	return nil
}

// fileSystem names what lies under a folder: in memory nothing is durable.
func fileSystem(folder string) string {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return "unknown file system"
	}
	switch s.Type {
	case 0x01021994:
		return "tmpfs (NOT A DISK: nothing here is durable)"
	case 0xEF53:
		return "ext4"
	case 0x58465342:
		return "xfs"
	case 0x9123683E:
		return "btrfs"
	case 0x794C7630:
		return "overlayfs"
	}
	return fmt.Sprintf("file system %#x", s.Type)
}
