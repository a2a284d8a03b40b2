package paper

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"luoshi/document"
	"luoshi/internal/text"
	"luoshi/plan"

	"github.com/xuri/excelize/v2"
)

func draftOf(words string) plan.TableState {
	return plan.NewDraft(plan.Read(words)).Numbered(1<<40).TableState(document.Source{Text: words}, nil, 7)
}

// changed reads a file as one that came back, and says what differs.
func changed(t *testing.T, s plan.TableState, file []byte) map[string]string {
	t.Helper()
	source, err := document.ReadFile("", file)
	if err != nil {
		t.Fatal(err)
	}
	e, err := ReadTaskTable(source)
	if err != nil {
		t.Fatal(err)
	}
	if e.Plan != s.Plan.ID || e.Step != 7 || len(e.Strange) > 0 || len(e.Rows) != len(s.Table.Tasks) {
		t.Fatalf("table %s of step %d, %d rows, strange %q", e.Plan, e.Step, len(e.Rows), e.Strange)
	}
	return told(t, s, e)
}

func told(t *testing.T, s plan.TableState, e plan.EditedTable) map[string]string {
	t.Helper()
	changes, err := plan.Changes(e, s, map[int64]plan.TableState{7: s}, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, c := range changes {
		if out[c.Title+" "+string(c.Column)] = c.Told; c.Why != nil {
			out[c.Title+" "+string(c.Column)] = c.Why.Key
		}
	}
	return out
}

func written(t *testing.T, lang text.Lang, table plan.TaskTable) []byte {
	t.Helper()
	file, err := TaskTableXLSX(lang, table)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

var chosenColumns = []plan.Column{plan.TaskColumn, plan.TagsColumn, plan.DueColumn, plan.TargetColumn, plan.ResponsibleColumn, plan.LeadColumn, plan.CooperatingColumn, plan.RemarkColumn}

func TestUntouchedFilesHaveNoChanges(t *testing.T) {
	s := draftOf(readingPlan)
	for _, columns := range [][]plan.Column{nil, chosenColumns, plan.TableColumns} {
		s.Table.Columns = columns
		for _, lang := range []text.Lang{text.Chinese, text.English} {
			docx, err := TaskTableDocx(lang, s.Table)
			if err != nil {
				t.Fatal(err)
			}
			for name, file := range map[string][]byte{"xlsx": written(t, lang, s.Table), "docx": docx} {
				if got := changed(t, s, file); len(got) > 0 {
					t.Errorf("%v %s %s: %v", columns, lang, name, got)
				}
			}
		}
	}
}

// fiveEdits are a name, a leading and a cooperating unit, a day and a quantity.
var fiveEdits = map[string]string{"送书下乡": "送书到每个村", "市文化局": "市图书馆", "市财政局": "市财政局、市教育局", "力争2023年9月23日前（含当日）": "力争2023-10-8", "完成送图书到农村 3,000 册": "完成送图书到农村 3,200 册"}

var fiveChanges = map[string]string{"送书下乡 task": "送书到每个村", "送书下乡 lead": "市图书馆", "送书下乡 cooperating": "市财政局、市教育局", "夜间开放 due": "力争2023-10-8",
	"送书下乡 target": "完成送图书到农村 3,200 册\n培训骨干 ≥ 200 名"}

func isFive(t *testing.T, got map[string]string) {
	t.Helper()
	for name, words := range fiveChanges {
		if got[name] != words {
			t.Errorf("%s: %q, want %q", name, got[name], words)
		}
	}
	if len(got) != 5 {
		t.Errorf("%d changes: %v", len(got), got)
	}
}

func TestFiveCellsOfASheet(t *testing.T) {
	s := draftOf(readingPlan)
	f, err := excelize.OpenReader(bytes.NewReader(written(t, text.Chinese, s.Table)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	name := f.GetSheetName(0)
	rows, err := f.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	edited := map[string]bool{}
	for r, cells := range rows {
		for c, words := range cells {
			for was, is := range fiveEdits {
				if strings.HasPrefix(words, was) && !edited[was] && slices.Contains([]int{1, 3, 4, 5, 7}, c) {
					at, _ := excelize.CoordinatesToCellName(c+1, r+1)
					if err := f.SetCellValue(name, at, strings.Replace(words, was, is, 1)); err != nil {
						t.Fatal(err)
					}
					edited[was] = true
				}
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil || len(edited) != 5 {
		t.Fatalf("%v, edited %v", err, edited)
	}
	isFive(t, changed(t, s, out.Bytes()))
}

// converted lets LibreOffice save a file in another format, as a person does there.
func converted(t *testing.T, folder, file, to string) string {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 120*time.Second)
	defer stop()
	out, err := exec.CommandContext(ctx, "soffice", "-env:UserInstallation=file://"+folder+"/profile", "--headless", "--convert-to", to, "--outdir", folder, file).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", file, err, out)
	}
	return strings.TrimSuffix(file, filepath.Ext(file)) + "." + to
}

func TestFiveCellsEditedInLibreOffice(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("SKIPPED, NOT CHECKED: soffice is not installed (apt-get install libreoffice-calc-nogui)")
	}
	s := draftOf(readingPlan)
	folder := t.TempDir()
	table := filepath.Join(folder, "table.xlsx")
	if err := os.WriteFile(table, written(t, text.Chinese, s.Table), 0o600); err != nil {
		t.Fatal(err)
	}
	flat := converted(t, folder, table, "fods")
	words, err := os.ReadFile(flat)
	if err != nil {
		t.Fatal(err)
	}
	untouched := filepath.Join(folder, "untouched.fods")
	if err := os.WriteFile(untouched, words, 0o600); err != nil {
		t.Fatal(err)
	}
	edited := string(words)
	for was, is := range fiveEdits {
		if !strings.Contains(edited, "<text:p>"+was+"</text:p>") {
			t.Fatalf("%q is no cell of the file", was)
		}
		edited = strings.Replace(edited, "<text:p>"+was+"</text:p>", "<text:p>"+is+"</text:p>", 1)
	}
	if err := os.WriteFile(flat, []byte(edited), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, check := range map[string]func(map[string]string){
		flat: func(got map[string]string) { isFive(t, got) },
		untouched: func(got map[string]string) {
			if len(got) > 0 {
				t.Errorf("saved without an edit: %v", got)
			}
		},
	} {
		back, err := os.ReadFile(converted(t, folder, file, "xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		check(changed(t, s, back))
	}
}

// A table that was saved as CSV comes back too, without its headings' merging.
func TestUntouchedCSVHasNoChanges(t *testing.T) {
	s := draftOf(strings.Replace(readingPlan, "送书下乡。", "送“书”下乡\"甲\"。", 1))
	f, err := excelize.OpenReader(bytes.NewReader(written(t, text.Chinese, s.Table)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	for k := range rows {
		rows[k] = append(rows[k], make([]string, 10-len(rows[k]))...)
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	source, err := document.ReadFile("表.csv", out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	e, err := ReadTaskTable(source)
	if err != nil || len(e.Rows) != len(s.Table.Tasks) {
		t.Fatalf("%d rows, %v", len(e.Rows), err)
	}
	if got := told(t, s, e); len(got) > 0 {
		t.Errorf("%v\n%s", got, out.String())
	}
}

func TestPastedCells(t *testing.T) {
	s := draftOf(readingPlan)
	cell := func(row plan.Task, c plan.Column) string { return s.Table.Cell(row, c) }
	quoted := func(words string) string {
		if strings.ContainsAny(words, "\n\t\"") {
			return `"` + strings.ReplaceAll(words, `"`, `""`) + `"`
		}
		return words
	}
	paste := func(rows []plan.Task, columns []plan.Column, heads bool) string {
		var out strings.Builder
		if heads {
			for _, c := range columns {
				out.WriteString(ColumnHead(text.Chinese, c) + "\t")
			}
			out.WriteString("\r\n")
		}
		for _, row := range rows {
			for k, c := range columns {
				words := cell(row, c)
				if was, found := strings.CutPrefix(words, "市文化局"); found && c == plan.LeadColumn {
					words = "市“图书”馆" + was
				}
				if k > 0 {
					out.WriteString("\t")
				}
				out.WriteString(quoted(words))
			}
			out.WriteString("\r\n")
		}
		return out.String()
	}
	for name, pasted := range map[string]string{
		"with heads":                  paste(s.Table.Tasks[:3], []plan.Column{plan.LeadColumn, plan.TaskColumn, plan.TargetColumn}, true),
		"without heads":               paste(s.Table.Tasks[:3], plan.UsualColumns, false),
		"without heads, with the key": paste(s.Table.Tasks[:3], append(slices.Clip(plan.UsualColumns), plan.KeyColumn), false),
	} {
		e, err := PastedTaskTable(pasted, plan.UsualColumns)
		if err != nil || e.Whole {
			t.Fatalf("%s: %v", name, err)
		}
		if got := told(t, s, e); len(got) != 1 || got["送书下乡 lead"] != "市“图书”馆" {
			t.Errorf("%s: %v\n%s", name, got, pasted)
		}
	}
	for _, bad := range []string{"", "一句话", "甲\t乙\n丙\t丁"} {
		if _, err := PastedTaskTable(bad, plan.UsualColumns); err == nil {
			t.Errorf("%q was taken for cells of the table", bad)
		}
	}
	if got := separated("甲\t\"一\n二 \"\"三\"\"\"\t\"丙\r\n丁\"戊\t\n\n"); len(got) != 2 || got[0][1] != "一\n二 \"三\"" || got[0][2] != "\"丙" || got[1][0] != "丁\"戊" {
		t.Errorf("%q", got)
	}
}
