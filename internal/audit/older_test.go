package audit

import (
	"strings"
	"testing"

	"luoshi/fault"
)

// An export of an older version is neither called good nor false: it is said what to do.
func TestOlderExport(t *testing.T) {
	k := newKey(t, "luoshi/test")
	files := newFixture(full).export(t, k)
	files[manifestFile] = []byte(strings.Replace(string(files[manifestFile]), format, olderFormat, 1))
	if _, err := Verify(write(t, files), Anchors{}); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "旧版") {
		t.Errorf("an older export: %v", err)
	}
}
