package main

import (
	"fmt"
	"strings"

	"luoshi/plan"
)

type diffCommand struct {
	Old  string `arg:"" help:"${old_version}"`
	New  string `arg:"" help:"${new_version}"`
	JSON bool   `name:"json" help:"${json}"`
}

// Help gives an example.
func (diffCommand) Help() string {
	return example("luoshi plan diff 征求意见稿.txt 印发稿.txt")
}

// Run prints what changed between two versions of a plan: exit 1 where something did.
func (c diffCommand) Run(t terminal) error {
	oldText, oldPlan, ok := t.readOne(c.Old)
	if !ok {
		return exitError(exitUsage)
	}
	newText, newPlan, ok := t.readOne(c.New)
	if !ok {
		return exitError(exitUsage)
	}
	changes, same := plan.Compare(oldText, oldPlan, newText, newPlan)
	if c.JSON {
		if err := writeJSON(t.out, struct {
			Unchanged int           `json:"unchanged"`
			Changes   []plan.Change `json:"changes"`
		}{same, append([]plan.Change{}, changes...)}); err != nil {
			return err
		}
	} else {
		printChanges(t, changes, same)
	}
	if len(changes) > 0 {
		return exitError(exitWanting)
	}
	return nil
}

func printChanges(t terminal, changes []plan.Change, same int) {
	ink := ink{painterFor(t.out)}
	for _, c := range changes {
		printChange(t, ink, c)
	}
	if len(changes) == 0 {
		t.say("内容没有不同，%s 句都一样。", fmt.Sprint(same))
		return
	}
	t.say("共 %s 处改动，%s 句没有变。", fmt.Sprint(len(changes)), fmt.Sprint(same))
}

// printChange prints one change: where it is, what it is, and the words it is about.
func printChange(t terminal, ink ink, c plan.Change) {
	switch c.Kind {
	case plan.Moved:
		t.say("移动  %s → %s  “%s”", spot(c.Old), spot(c.New), brief(c.New.Words))
	case plan.Renumbered:
		t.say("改号  %s → %s  “%s”", spot(c.Old), spot(c.New), brief(c.New.Words))
	case plan.SplitOff:
		t.say("拆出  %s → %s  “%s”", spot(c.Old), spot(c.New), brief(c.New.Words))
	case plan.MergedInto:
		t.say("并入  %s → %s  “%s”", spot(c.Old), spot(c.New), brief(c.Old.Words))
	case plan.NumberChanged:
		t.say("数字  %s  %s：%s → %s", spot(c.New), c.What, ink.old(orNone(c.From)), ink.new(orNone(c.To)))
	case plan.DateChanged:
		t.say("日期  %s  “%s”：%s → %s", spot(c.New), brief(dateWords(c)), ink.old(orNone(c.From)), ink.new(orNone(c.To)))
	case plan.OwnerChanged:
		t.say("单位  %s  “%s”：%s → %s", spot(c.New), brief(c.New.Words), ink.old(orNone(c.From)), ink.new(orNone(c.To)))
	case plan.Reworded:
		t.say("改写  %s", spot(c.New))
		fmt.Fprintln(t.out, "    -", ink.runs(c.Old.Runs, ink.old))
		fmt.Fprintln(t.out, "    +", ink.runs(c.New.Runs, ink.new))
	case plan.Added:
		t.say("新增  %s", spot(c.New))
		fmt.Fprintln(t.out, "    +", ink.new(c.New.Words))
	case plan.Dropped:
		t.say("删去  %s", spot(c.Old))
		fmt.Fprintln(t.out, "    -", ink.old(c.Old.Words))
	}
}

// dateWords is what a date belongs to: the stage, or the words that name the day.
func dateWords(c plan.Change) string {
	if c.What != "" {
		return c.What
	}
	return c.New.Words
}

// spot tells where a clause stands: 三/一/2(23), the item and the line.
func spot(c *plan.Clause) string {
	item := c.Item
	if item == "" {
		item = "–"
	}
	return fmt.Sprintf("%s(%d)", item, c.Line)
}

// longestBrief is how many runes of a clause tell which one it is.
const longestBrief = 40

func brief(words string) string {
	if r := []rune(words); len(r) > longestBrief {
		return string(r[:longestBrief]) + "…"
	}
	return words
}

func orNone(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// ink marks what is old and what is new: by colour on a terminal, else by signs, so
// that a file or a printout shows it too.
type ink struct{ painter }

func (i ink) old(s string) string { return i.in(red, s) }

func (i ink) new(s string) string { return i.in(green, s) }

// runs writes words with those marked that differ.
func (i ink) runs(runs []plan.Run, colour func(string) string) string {
	var b strings.Builder
	for _, r := range runs {
		switch {
		case !r.Differs:
			b.WriteString(r.Text)
		case bool(i.painter):
			b.WriteString(colour(r.Text))
		default:
			b.WriteString("[" + r.Text + "]")
		}
	}
	return b.String()
}
