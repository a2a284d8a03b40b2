package paper

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"luoshi/internal/text"
)

// An office program opens both files and prints them on A4 lying.
func TestOfficeOpensTaskTables(t *testing.T) {
	for _, program := range []string{"soffice", "pdfinfo"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("SKIPPED, NOT CHECKED: %s is not installed (apt-get install libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils)", program)
		}
	}
	folder := t.TempDir()
	docx, err := TaskTableDocx(text.Chinese, wordy())
	if err != nil {
		t.Fatal(err)
	}
	xlsx, err := TaskTableXLSX(text.Chinese, wordy())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"table.docx": docx, "table.xlsx": xlsx} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithTimeout(t.Context(), 120*time.Second)
		out, err := exec.CommandContext(ctx, "soffice", "-env:UserInstallation=file://"+folder+"/profile", "--headless",
			"--convert-to", "pdf", "--outdir", folder, filepath.Join(folder, name)).CombinedOutput()
		stop()
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		pdf := filepath.Join(folder, "table.pdf")
		info, err := exec.Command("pdfinfo", pdf).CombinedOutput()
		if err != nil || !strings.Contains(string(info), "(A4)") || !strings.Contains(string(info), "841.89 x 595") {
			t.Errorf("%s: %v\n%s", name, err, info)
		}
		if err := os.Remove(pdf); err != nil {
			t.Fatal(err)
		}
	}
}
