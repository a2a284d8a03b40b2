package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"luoshi/document"
	"luoshi/plan"
)

type parseCommand struct {
	File string `arg:"" help:"${file}"`
	JSON bool   `name:"json" help:"${json}"`
	Out  string `help:"${parse_out}"`
}

// Help gives an example.
func (parseCommand) Help() string {
	return example("luoshi plan parse 方案.txt --json")
}

// Run reads one document and prints what it promises, or a whole folder.
func (c parseCommand) Run(t terminal) error {
	info, err := os.Stat(c.File)
	if err != nil {
		fmt.Fprintln(t.err, err)
		return exitError(exitUsage)
	}
	if info.IsDir() {
		return c.folder(t)
	}
	if c.Out != "" {
		t.say("--out 只和文件夹一起用。一份文档请用 --json。")
		return exitError(exitUsage)
	}
	s, err := readPlan(c.File)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(t.out, s)
	}
	printStructure(t, s)
	return nil
}

func (c parseCommand) folder(t terminal) error {
	if c.Out == "" {
		t.say("读一个文件夹，要用 --out 说明结果写到哪里。")
		return exitError(exitUsage)
	}
	files, err := filepath.Glob(filepath.Join(c.File, "*.txt"))
	if err != nil {
		return err
	}
	failed := 0
	for _, file := range files {
		s, err := readPlan(file)
		if err != nil {
			t.ended(fmt.Errorf("%s: %w", file, err))
			failed++
			continue
		}
		var b strings.Builder
		if err := writeJSON(&b, s); err != nil {
			return err
		}
		name := strings.TrimSuffix(filepath.Base(file), ".txt") + ".json"
		if err := writeFile(filepath.Join(c.Out, name), []byte(b.String()), true); err != nil {
			return err
		}
	}
	t.say("读了 %s 个文件，结果在 %s。", fmt.Sprint(len(files)-failed), c.Out)
	if failed > 0 {
		return exitError(exitWanting)
	}
	return nil
}

func readPlan(path string) (plan.Structure, error) {
	_, s, err := readSource(path)
	return s, err
}

// readSource gives the text of a plan document and its structure.
func readSource(path string) (string, plan.Structure, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", plan.Structure{}, err
	}
	text, _, err := document.Decode(raw)
	if err != nil {
		return "", plan.Structure{}, err
	}
	return text, plan.Read(text), nil
}

func writeJSON(w io.Writer, s any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(s)
}

// printStructure prints the outline with what was found under each number.
func printStructure(t terminal, s plan.Structure) {
	fmt.Fprintln(t.out, s.Title)
	for _, n := range s.Outline {
		indent := strings.Repeat("  ", n.Level)
		fmt.Fprintf(t.out, "%s%s %s\n", indent, n.Number, n.Title)
		for _, p := range s.Phases {
			if p.Node == n.Ordinal {
				t.say("%s  阶段 %s：%s 到 %s", indent, p.Name, orOpen(p.Start), orOpen(p.End))
			}
		}
		for _, x := range s.Targets {
			if x.Node == n.Ordinal {
				t.say("%s  指标 %s：%s %s %s，期限 %s「%s」", indent, x.Indicator, x.Bound, x.Value.String(), x.Unit, orOpen(x.Deadline), x.Quote)
			}
		}
		for _, d := range s.Deadlines {
			if d.Node == n.Ordinal {
				t.say("%s  期限 %s「%s」", indent, d.Date, d.Quote)
			}
		}
		for _, p := range s.Responsible {
			if p.Node == n.Ordinal {
				t.say("%s  单位 %s", indent, strings.Join(p.Units, "、"))
			}
		}
	}
	for i, q := range s.Questions {
		t.say("第 %s 问：%s", fmt.Sprint(i+1), q.Text)
		for _, c := range q.Choices {
			fmt.Fprintln(t.out, "    ·", c.Label)
		}
	}
}

func orOpen(s *string) string {
	if s == nil {
		return "–"
	}
	return *s
}
