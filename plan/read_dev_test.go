package plan_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/plan"
)

func TestDev(t *testing.T) {
	dir, out := "/work/shared/plans", "/tmp/pred"
	if d := os.Getenv("SRC"); d != "" {
		dir, out = d, d+"pred"
	}
	files, _ := filepath.Glob(dir + "/*.txt")
	os.MkdirAll(out, 0o755)
	for _, f := range files {
		raw, _ := os.ReadFile(f)
		text, _, err := document.Decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := json.Marshal(plan.Read(text))
		os.WriteFile(out+"/"+strings.TrimSuffix(filepath.Base(f), ".txt")+".json", b, 0o644)
	}
}
