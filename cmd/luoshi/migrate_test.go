package main

import (
	"strings"
	"testing"
)

// The command tells how far the records stand, and ends.
func TestMigrateTellsHowFarTheRecordsStand(t *testing.T) {
	h := open(t)
	h.found()
	h.must(h.folder.close())
	if out := must(t, exitGood, "migrate", "--data", h.path); strings.Count(out, "\n") != 3 {
		t.Errorf("said %q", out)
	}
}
