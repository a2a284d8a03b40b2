package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"luoshi/internal/text"
	"luoshi/plan"
)

type parseCommand struct {
	File string `arg:"" help:"${file}"`
	JSON bool   `name:"json" help:"${json}"`
	XLSX string `name:"xlsx" placeholder:"F" help:"${parse_xlsx}"`
	Docx string `name:"docx" placeholder:"F" help:"${parse_docx}"`
	ICS  string `name:"ics" placeholder:"F" help:"${parse_ics}"`
	Join bool   `help:"${parse_join}"`
	Out  string `help:"${parse_out}"`

	Columns string `placeholder:"C" help:"${parse_columns}"`
}

// Help gives an example.
func (parseCommand) Help() string {
	return example("luoshi plan parse 方案.txt --xlsx 任务分解表.xlsx --docx 任务分解表.docx")
}

// Run reads one document and prints what it promises, or a whole folder.
func (c parseCommand) Run(t terminal) error {
	info, err := os.Stat(c.File)
	if errors.Is(err, fs.ErrNotExist) {
		return t.misused("找不到 %s。", c.File)
	}
	if err != nil {
		return err
	}
	asked := c.XLSX != "" || c.Docx != "" || c.ICS != ""
	switch {
	case info.IsDir() && c.Out == "":
		return t.misused("读一个文件夹，要用 --out 说明结果写到哪里。")
	case info.IsDir() && asked:
		return t.misused("--xlsx、--docx、--ics 只和一份文档一起用，不和文件夹一起用。")
	case info.IsDir() && c.Columns != "":
		return t.misused("--columns 只和一份文档一起用，不和文件夹一起用。")
	case info.IsDir():
		return c.folder(t)
	case c.Out != "":
		return t.misused("--out 只和文件夹一起用。一份文档请用 --json。")
	}
	if err := c.checkOutputs(t, info); err != nil {
		return err
	}
	columns, err := readColumns(t, c.Columns)
	if err != nil {
		return err
	}
	source, err := readSource(c.File)
	if err != nil {
		return err
	}
	if err := checkColumns(t, source.Tables, columns); err != nil {
		return err
	}
	s := plan.ReadSource(source, columns)
	if c.Join {
		s = plan.Join(s)
	}
	for _, note := range source.Notes {
		t.sayAside(note)
	}
	if n := len(s.Outline) + len(s.Targets) + len(s.Deadlines); asked && n > mostPrinted {
		return t.misused("这份文档里读出 %d 处编号和承诺，做成表也没有人看，最多 %d 处。请分成几份方案。", n, mostPrinted)
	}
	if asked {
		table := plan.Tasks(s, source)
		if err := writeFiles(t, c.files(t.lang, table, info.ModTime()), table); err != nil {
			return err
		}
	}
	switch {
	case c.JSON:
		return writeJSON(t.out, s)
	case !asked:
		printOutline(t, s)
		printTables(t, s.Tables)
	}
	return nil
}

// mostPrinted is how many numbered paragraphs, figures and days a task table may
// hold: as many as the program takes in.
const mostPrinted = 5000

// kinds are the endings of the files of a folder that are read.
var kinds = []string{".txt", ".md", ".csv", ".tsv", ".docx", ".xlsx", ".doc", ".wps", ".rtf", ".odt", ".xls", ".et", ".ods", ".htm", ".html", ".pdf"}

// folder reads all documents of a folder. One that cannot be read does not keep
// the others from it.
func (c parseCommand) folder(t terminal) error {
	names, err := documentsIn(c.File)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		t.sayAside("%s 里没有能读的文件（%s）。", c.File, strings.Join(kinds, " "))
		return exitError(exitWanting)
	}
	var failed, notes []string
	outputs := jsonNames(names)
	progress := longBar(t, "parse")
	for i, name := range names {
		path := filepath.Join(c.File, name)
		source, s, err := readPlan(path)
		for _, note := range source.Notes {
			notes = append(notes, path+": "+text.Say(t.lang, note))
		}
		if c.Join {
			s = plan.Join(s)
		}
		if err != nil {
			failed = append(failed, path+": "+t.words(err))
		} else if err := writeStructure(filepath.Join(c.Out, outputs[i]), s); err != nil {
			progress.end()
			return err
		}
		progress.show(int64(i+1), int64(len(names)))
	}
	progress.end()
	for _, line := range append(notes, failed...) {
		fmt.Fprintln(t.err, line)
	}
	t.say("读了 %s 个文件，结果在 %s。", fmt.Sprint(len(names)-len(failed)), c.Out)
	if len(failed) > 0 {
		t.say("没有读成的有 %d 个。", len(failed))
		return exitError(exitWanting)
	}
	return nil
}

// documentsIn names the documents of a folder, without those that an office
// program leaves beside a file while it is open.
func documentsIn(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		name := e.Name()
		if !e.IsDir() && slices.Contains(kinds, strings.ToLower(filepath.Ext(name))) && !strings.HasPrefix(name, "~$") && !strings.HasPrefix(name, ".") {
			names = append(names, name)
		}
	}
	return names, nil
}

// jsonNames are the files that the documents of a folder are written to: 方案.json for
// 方案.docx, and 方案.docx.json where another document has that name, however spelt.
func jsonNames(names []string) []string {
	stems := map[string]int{}
	stem := func(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }
	for _, name := range names {
		stems[strings.ToLower(stem(name))]++
		stems[strings.ToLower(name)]++
	}
	out := make([]string, len(names))
	taken := map[string]bool{}
	for i, name := range names {
		made := stem(name)
		if stems[strings.ToLower(made)] > 1 {
			made = name
		}
		for n := 2; taken[strings.ToLower(made)]; n++ {
			made = fmt.Sprintf("%s-%d", name, n)
		}
		taken[strings.ToLower(made)] = true
		out[i] = made + ".json"
	}
	return out
}

func writeStructure(path string, s plan.Structure) error {
	var b strings.Builder
	if err := writeJSON(&b, s); err != nil {
		return err
	}
	return writeFile(path, []byte(b.String()), true)
}

func writeJSON(w io.Writer, s any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(s)
}
