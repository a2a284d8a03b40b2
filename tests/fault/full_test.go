package fault_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

const diskFull = "服务器的磁盘满了，没有收下。请管理员腾出地方，再交一次。"

// TestFullDisk fills the disk under a server at work and makes room again.
// Nothing that was answered is lost, people are told, reading goes on, and
// writing goes on by itself once there is room.
func TestFullDisk(t *testing.T) {
	disk := inMemory(t, 64, "a full disk loses nothing")
	c := gather(newHouseIn(t, filepath.Join(disk, "data"), "", nil))
	c.refusals = []string{diskFull}
	c.suffer(t, 1, func() {
		large := c.largePlan()
		filler := filepath.Join(disk, "filler")
		accounts, plans, larges := c.of(c.refused, accountForm), c.of(c.refused, planForm), 0
		c.poll("refusals of all kinds", func() bool {
			c.fill(filler)
			if err := c.do(large); err != nil {
				larges++
				var no *refused
				if !errors.As(err, &no) {
					t.Fatal(err)
				}
				c.checkRefusal(large, no)
			}
			return c.Failed() || larges > 1 && c.of(c.refused, accountForm) > accounts+2 && c.of(c.refused, planForm) > plans+larges
		})
		c.reads(10)
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
	})
	// It was full in each of the places where it can be.
	for _, place := range []string{
		diskFull + `\ninsert into document: exec \"INSERT`, // in the middle of a write
		diskFull + `\ncommit: `,                            // at its end
		diskFull + `\nkeep file: `,                         // beside the database
	} {
		if !strings.Contains(c.house.said(), place) {
			t.Errorf("no write failed so: %s", place)
		}
	}
}

// fill puts something into every free place of a disk.
func (h *house) fill(file string) {
	h.Helper()
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		h.Fatal(err)
	}
	defer f.Close()
	for size := 1 << 20; size > 0; size /= 16 {
		block := make([]byte, size)
		for err = nil; err == nil; _, err = f.Write(block) {
		}
		if !errors.Is(err, syscall.ENOSPC) {
			h.Fatal(err)
		}
	}
}

// largePlan is a plan of more words than SQLite keeps in memory until the end of
// a write. Its original is there already, as after a try that came so far.
func (c *crowd) largePlan() *deed {
	c.Helper()
	d := planDeed(c.last.Add(1))
	text := strings.Replace(planText(d.tag, 1), "让守海的人也有书读。", strings.Repeat("haiyan hu chaosheng\n", 100_000), 1)
	d.form.Set("text", text)
	sum := sha256.Sum256([]byte(text))
	name := hex.EncodeToString(sum[:])
	folder := filepath.Join(c.data, "blob", name[:2])
	if err := errors.Join(os.MkdirAll(folder, 0o700), os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600)); err != nil {
		c.Fatal(err)
	}
	c.write(d)
	return d
}
