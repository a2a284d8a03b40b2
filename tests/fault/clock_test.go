package fault_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

const clockBehind = "服务器的时钟比上一笔存证慢了，没有收下。请过一会儿再交一次；一直这样，请管理员校准时钟。"

// TestClockGoesBack serves a city whose last entry lies ahead of the clock. Acts
// are refused while reading goes on, and are taken again by themselves once the
// clock has come near enough.
func TestClockGoesBack(t *testing.T) {
	c := gather(newHouse(t))
	c.refusals = []string{clockBehind}
	for range times(t, 1) {
		c.stop()
		c.goBack(8 * time.Second)
		c.serve()
		c.begin()
		c.refuses()
		if n := c.of(c.acts, anyForm); n > 0 {
			t.Errorf("%d acts were answered before the first was refused", n)
		}
		c.reads(20)
		c.house.read("/office/")
		c.works(20)
		c.halt()
		c.reckon()
		clear(c.acts)
	}
}

// goBack puts the last entry of a city that nobody serves ahead of the clock,
// which is what a clock that goes back does to it.
func (h *house) goBack(ahead time.Duration) {
	h.Helper()
	file, err := sql.Open("sqlite", filepath.Join(h.data, "luoshi.sqlite"))
	if err != nil {
		h.Fatal(err)
	}
	changed, err := file.Exec("UPDATE ledger_head SET at = $1", time.Now().Add(ahead).UnixMicro())
	if err = errors.Join(err, file.Close()); err != nil {
		h.Fatal(err)
	}
	if n, err := changed.RowsAffected(); n != 1 || err != nil {
		h.Fatalf("%d heads (%v)", n, err)
	}
}
