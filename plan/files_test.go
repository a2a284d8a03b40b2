package plan_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/internal/convert"
	"luoshi/plan"
)

// fileLabels are what a plan says, found by hand.
type fileLabels struct {
	Title, Issuer string
	Outline       []struct {
		Level         int
		Number, Title string
	}
	Phases  []struct{ Name, Start, End string }
	Targets []struct {
		Quote    string
		Value    json.Number
		Unit     string
		Bound    string
		Deadline *string
		Optional bool
	}
	Deadlines   []struct{ Item, Date string }
	Responsible []struct {
		Item, Role string
		Units      []string
	}
}

// lines are labels in a form that is compared; a quote counts without blanks.
func (l fileLabels) lines() []string {
	out := []string{"title " + l.Title, "issuer " + l.Issuer}
	for _, x := range l.Outline {
		out = append(out, fmt.Sprint("item ", x.Level, " ", x.Number, " ", x.Title))
	}
	for _, x := range l.Phases {
		out = append(out, fmt.Sprint("phase ", x.Name, " ", x.Start, " ", x.End))
	}
	for _, x := range l.Targets {
		if x.Optional {
			continue
		}
		day := "–"
		if x.Deadline != nil {
			day = *x.Deadline
		}
		out = append(out, fmt.Sprint("target ", unspaced(x.Quote), " ", x.Bound, " ", x.Value, " ", x.Unit, " ", day))
	}
	for _, x := range l.Deadlines {
		out = append(out, fmt.Sprint("deadline ", x.Item, " ", x.Date))
	}
	for _, x := range l.Responsible {
		out = append(out, fmt.Sprint("responsible ", x.Item, " ", x.Role, " ", x.Units))
	}
	return out
}

func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

// checkLabels compares what was read with the labels of a file.
func checkLabels(t *testing.T, name string, s plan.Structure) {
	t.Helper()
	var want, got fileLabels
	raw, err := os.ReadFile(filepath.Join("testdata", "files", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	raw, err = json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	optional := map[string]bool{}
	for _, x := range want.Targets {
		optional[unspaced(x.Quote)] = x.Optional
	}
	for i := range got.Targets {
		got.Targets[i].Optional = optional[unspaced(got.Targets[i].Quote)]
	}
	if w, g := len(want.lines()), len(got.lines()); w != g {
		t.Errorf("%d labels, %d read", w, g)
	}
	for _, w := range want.lines() {
		if !slices.Contains(got.lines(), w) {
			t.Errorf("missed %s", w)
		}
	}
	for _, g := range got.lines() {
		if !slices.Contains(want.lines(), g) {
			t.Errorf("not labelled %s", g)
		}
	}
}

// Word and Excel files are read without any other program.
func TestOfficeFilesAreReadRight(t *testing.T) {
	for file, tables := range map[string]int{"river.xlsx": 1, "care.docx": 0} {
		t.Run(file, func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join("testdata", "files", file))
			if err != nil {
				t.Fatal(err)
			}
			source, err := document.ReadFile(file, raw)
			if err != nil {
				t.Fatal(err)
			}
			s := plan.ReadSource(source, nil)
			checkLabels(t, strings.TrimSuffix(file, filepath.Ext(file)), s)
			if len(s.Tables) != tables || tables > 0 && s.Tables[0].Rows != 5 {
				t.Errorf("tables %+v", s.Tables)
			}
		})
	}
}

// The same plan is read the same from an old Word file and from a PDF.
func TestConvertedFilesAreReadRight(t *testing.T) {
	for file, program := range map[string]string{"green.doc": "soffice", "green.pdf": "pdftotext"} {
		t.Run(file, func(t *testing.T) {
			if _, err := exec.LookPath(program); err != nil {
				t.Skipf("SKIPPED, NOT CHECKED: %s is not installed (apt-get install libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils)", program)
			}
			raw, err := os.ReadFile(filepath.Join("testdata", "files", file))
			if err != nil {
				t.Fatal(err)
			}
			source, err := convert.ReadFile(t.Context(), file, raw)
			if err != nil {
				t.Fatal(err)
			}
			checkLabels(t, "green", plan.ReadSource(source, nil))
		})
	}
}
