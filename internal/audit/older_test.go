package audit

import (
	"strings"
	"testing"

	"luoshi/fault"
)

// An export of an older version is neither called good nor false: it is said what to do.
func TestOlderExport(t *testing.T) {
	k := newKey(t, "luoshi/test")
	for _, older := range []string{"luoshi/export/1", "luoshi/export/2", "luoshi/export/3", "luoshi/export/4"} {
		files := newFixture(full).export(t, k)
		files[manifestFile] = []byte(strings.Replace(string(files[manifestFile]), format, older, 1))
		if _, err := Verify(write(t, files), Anchors{}); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "旧版") {
			t.Errorf("%s: %v", older, err)
		}
	}
}
