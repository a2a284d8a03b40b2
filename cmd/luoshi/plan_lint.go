package main

import (
	"fmt"
	"os"
	"strings"

	"luoshi/document"
	"luoshi/internal/text"
	"luoshi/plan"
)

type lintCommand struct {
	File string `arg:"" help:"${draft}"`
	JSON bool   `name:"json" help:"${json}"`
}

// Help gives an example.
func (lintCommand) Help() string { return example("luoshi plan lint 方案.txt") }

// Run prints what the author of a draft should change: exit 1 where there is something.
func (c lintCommand) Run(t terminal) error {
	source, s, ok := t.readOne(c.File)
	if !ok {
		return exitError(exitUsage)
	}
	hints := plan.Lint(source, s)
	if c.JSON {
		if err := writeJSON(t.out, struct {
			Title string      `json:"title"`
			Hints []plan.Hint `json:"hints"`
		}{s.Title, append([]plan.Hint{}, hints...)}); err != nil {
			return err
		}
	} else {
		printHints(t, s.Title, hints)
	}
	if len(hints) > 0 {
		return exitError(exitWanting)
	}
	return nil
}

// readOne reads one document, or says why it cannot. What cannot be read is wrong
// use and no finding, so that exit 1 keeps its one meaning for lint and diff.
func (t terminal) readOne(path string) (document.Source, plan.Structure, bool) {
	info, err := os.Stat(path)
	if err != nil {
		fmt.Fprintln(t.err, text.Say(t.lang, "找不到 %s。", path))
		return document.Source{}, plan.Structure{}, false
	}
	if info.IsDir() {
		fmt.Fprintln(t.err, text.Say(t.lang, "%s 是文件夹，请给一份文档。", path))
		return document.Source{}, plan.Structure{}, false
	}
	source, err := readSource(path)
	if err != nil {
		fmt.Fprint(t.err, path, ": ")
		t.ended(err)
		return document.Source{}, plan.Structure{}, false
	}
	for _, note := range source.Notes {
		t.sayAside(note)
	}
	source.Text = withoutControls(source.Text)
	return source, plan.ReadSource(source, nil), true
}

// printHints prints hints by weight, the heaviest first.
func printHints(t terminal, title string, hints []plan.Hint) {
	if len(hints) == 0 {
		t.say("没有要改的。")
		return
	}
	fmt.Fprintln(t.out, title)
	places, last := 0, plan.Weight(0)
	for _, h := range hints {
		if h.Weight != last {
			last = h.Weight
			fmt.Fprintf(t.out, "\n%s\n", weightName(t.lang, h.Weight))
		}
		fmt.Fprintln(t.out, "·", text.Say(t.lang, h.Pattern, anyOf(h.Args)...))
		printPlaces(t, h.Places)
		places += len(h.Places)
	}
	fmt.Fprintln(t.out)
	t.say("共 %s 条建议，%s 处：对不上 %s 处，说不清 %s 处，写法 %s 处。", fmt.Sprint(len(hints)), fmt.Sprint(places),
		placesOf(hints, plan.Contradiction), placesOf(hints, plan.Unclear), placesOf(hints, plan.Wording))
}

func weightName(lang text.Lang, w plan.Weight) string {
	switch w {
	case plan.Contradiction:
		return text.Say(lang, "一、前后对不上，先改")
	case plan.Unclear:
		return text.Say(lang, "二、说不清，照着办不了")
	}
	return text.Say(lang, "三、写法")
}

// placesShown is how many places of one hint are quoted; of the others the line is told.
const placesShown = 5

func printPlaces(t terminal, places []plan.Place) {
	for i, p := range places {
		if i == placesShown && len(places) > placesShown+1 {
			break
		}
		item := p.Item
		if item == "" {
			item = "–"
		}
		t.say("    第 %s 行  %s  “%s”", fmt.Sprint(p.Line), item, p.Words)
	}
	if len(places) <= placesShown+1 {
		return
	}
	var lines []string
	for _, p := range places[placesShown:] {
		lines = append(lines, strings.TrimSpace(p.Item+" ")+fmt.Sprintf("(%d)", p.Line))
	}
	t.say("    还有 %s 处，条（行）：%s", fmt.Sprint(len(lines)), strings.Join(lines, " "))
}

func placesOf(hints []plan.Hint, w plan.Weight) string {
	n := 0
	for _, h := range hints {
		if h.Weight == w {
			n += len(h.Places)
		}
	}
	return fmt.Sprint(n)
}

func anyOf(args []string) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = a
	}
	return out
}
