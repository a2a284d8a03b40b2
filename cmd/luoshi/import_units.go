package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/text"
	"luoshi/org"
)

type importUnitsCommand struct {
	place     `embed:""`
	File      string `arg:"" help:"${list_file}"`
	Under     string `help:"${list_under}"`
	From      string `help:"${list_from}"`
	Map       string `help:"${list_map}"`
	Head      int    `default:"-1" help:"${list_head}"`
	CloseGone bool   `help:"${list_close}"`
	AsWritten bool   `help:"${list_as_written}"`
	Check     bool   `help:"${list_check}"`
}

// Help gives an example.
func (importUnitsCommand) Help() string {
	return example(`luoshi import units 行政区划.xlsx --data data/city --map "县=A 乡镇=B 村=C" --check`)
}

// listMemory is what the program keeps to while it imports a list of 600,000 rows.
const listMemory = 400 << 20

// Run reads a list of units, says what is wrong with it or what it changes, and takes it over.
func (c importUnitsCommand) Run(t terminal) error {
	debug.SetMemoryLimit(listMemory)
	return importFile(t, c.place, c.File, "unit.change", func(ctx context.Context, i importing, content []byte) error {
		i.office.ReadCells = readOnce(i.office.ReadCells)
		which, err := c.offer(ctx, i, content)
		if err != nil {
			return err
		}
		if err := c.readAs(ctx, i, which); err != nil {
			return errors.Join(err, c.drop(ctx, i, which))
		}
		check, err := i.office.CheckUnits(ctx, i.who, which)
		if err != nil {
			return err
		}
		if done, said := c.show(t, check); done {
			return errors.Join(c.drop(ctx, i, which), said)
		}
		if err := i.does(func(cmd db.Cmd) error { return i.office.ApplyUnits(ctx, cmd, which, check.Digest) }); err != nil {
			return err
		}
		return c.take(ctx, i, which)
	})
}

func (importUnitsCommand) drop(ctx context.Context, i importing, which id.UnitImport) error {
	return i.does(func(cmd db.Cmd) error { return i.office.DropUnits(ctx, cmd, which) })
}

// readOnce keeps the cells of the file that was read last: a large one is asked for
// several times.
func readOnce(read func(context.Context, string, []byte) (*org.Cells, error)) func(context.Context, string, []byte) (*org.Cells, error) {
	var kept *org.Cells
	var of []byte
	return func(ctx context.Context, name string, raw []byte) (*org.Cells, error) {
		if kept != nil && bytes.Equal(raw, of) {
			return kept, nil
		}
		cells, err := read(ctx, name, raw)
		if err == nil {
			kept, of = cells, raw
		}
		return cells, err
	}
}

// offer gives the list in.
func (c importUnitsCommand) offer(ctx context.Context, i importing, content []byte) (which id.UnitImport, err error) {
	offer := desk.UnitOffer{FileName: filepath.Base(c.File), Content: content, From: calendar.Day(c.From)}
	if c.Under != "" {
		if offer.Under, err = i.office.UnitAt(ctx, strings.Split(c.Under, "/")); err != nil {
			return 0, err
		}
	}
	err = i.does(func(cmd db.Cmd) (err error) {
		which, err = i.office.OfferUnits(ctx, cmd, offer)
		return err
	})
	return which, err
}

// readAs says how the list is read, as far as the command says so.
func (c importUnitsCommand) readAs(ctx context.Context, i importing, which id.UnitImport) error {
	if c.Map == "" && c.Head < 0 && !c.CloseGone && !c.AsWritten {
		return nil
	}
	u, err := i.office.UnitImport(ctx, i.who, which)
	if err != nil {
		return err
	}
	u.Reading.Closing, u.Reading.Form.AsWritten = c.CloseGone, c.AsWritten
	if c.Head >= 0 {
		u.Reading.Form.Head = c.Head
	}
	if c.Map != "" {
		if u.Reading.Form.Columns, err = columnsOf(c.Map, len(u.Reading.Form.Columns)); err != nil {
			return err
		}
	}
	return i.does(func(cmd db.Cmd) error { return i.office.ReadUnitsAs(ctx, cmd, which, u.Reading) })
}

// columnsOf reads 县=A 乡镇=B: what each column of a list holds.
func columnsOf(said string, width int) ([]org.ListColumn, error) {
	columns := make([]org.ListColumn, width)
	for _, part := range strings.FieldsFunc(said, func(r rune) bool { return r == ' ' || r == ',' || r == '，' || r == ';' }) {
		word, letter, _ := strings.Cut(part, "=")
		column, known := org.HeadOf(word)
		if column == org.NotRead || !known {
			return nil, fault.New(fault.Invalid, "--map 里的“%s”读不懂。要写成 县=A 乡镇=B 村=C；可以写的有：县 乡镇 村 直属单位 处室 名称 上级 级别 代码 工作机构 联系方式。", part)
		}
		k := -1
		for at := range columns {
			if org.ColumnLetter(at) == strings.ToUpper(letter) {
				k = at
			}
		}
		if k < 0 {
			return nil, fault.New(fault.Invalid, "--map 里的“%s”：名单没有这一列，最后一列是 %s。", part, org.ColumnLetter(width-1))
		}
		columns[k] = column
	}
	return columns, nil
}

// show prints what is wrong with the list, row by row, or what it changes; done says that
// nothing is left to do.
func (c importUnitsCommand) show(t terminal, check desk.UnitCheck) (done bool, err error) {
	if check.List.Wrong > 0 {
		for _, p := range check.List.Problems {
			t.say("%s：%s", rowSaid(t, check, p), text.Say(t.lang, p.Says.Key, p.Says.Args...))
		}
		if slices.ContainsFunc(check.List.Problems, func(p org.ListProblem) bool { return p.Doubt }) {
			t.say("只差一个字的名称没有写错，就加 --as-written。")
		}
		t.say("%s 里有 %d 处要改，列出了 %d 处。改好再来，一行都没有办。", c.File, check.List.Wrong, len(check.List.Problems))
		return true, exitError(exitWanting)
	}
	counts := check.Counts()
	t.say("读了 %d 行，放在“%s”下面，从 %s 起：", check.Cells.Rows(), check.Stands.Place.Name, string(check.Import.Reading.From))
	t.say("新设 %d，移动 %d，改名 %d，写上代码 %d，改联系方式和工作机构 %d，不变 %d", int(counts.Added), int(counts.Moved), int(counts.Renamed), int(counts.Recoded), int(counts.Described), int(counts.Same))
	for _, x := range check.Changes.Changed[:min(len(check.Changes.Changed), shownChanges)] {
		if x.Moved || x.Renamed {
			t.say("  %s → %s", strings.Join(check.Stands.Path(x.Stands), "/"), strings.Join(check.List.Path(x.Listed), "/"))
		}
	}
	if gone := check.Changes.Gone; len(gone) > 0 {
		if c.CloseGone {
			t.say("撤销 %d 个名单里没有的：", len(gone))
		} else {
			t.say("名单里没有的 %d 个，原样留着（要撤销，加 --close-gone）：", len(gone))
		}
		for _, g := range gone[:min(len(gone), shownChanges)] {
			t.say("  %s", strings.Join(check.Stands.Path(g), "/"))
		}
	}
	if check.Changes.Wrong != nil {
		return true, check.Changes.Wrong
	}
	switch {
	case counts.All() == 0:
		t.say("名单和系统里的一样，没有要办的。")
	case c.Check:
		t.say("只是看看，一行都没有办。去掉 --check 就办。")
	}
	return c.Check || counts.All() == 0, nil
}

// shownChanges is how many moves and closings are printed.
const shownChanges = 50

// rowSaid says where in the list something is wrong.
func rowSaid(t terminal, check desk.UnitCheck, p org.ListProblem) string {
	if p.Row == 0 {
		return text.Say(t.lang, "整份名单")
	}
	if p.Column < 0 {
		return text.Say(t.lang, "第 %s 行", fmt.Sprint(p.Row))
	}
	column := org.ColumnLetter(p.Column)
	if head := check.Import.Reading.Form.Head; head > 0 {
		column += " " + check.Cells.At(head-1, p.Column)
	}
	return text.Say(t.lang, "第 %s 行 %s 列", fmt.Sprint(p.Row), strings.TrimSpace(column))
}

// take waits until the list is taken over, and says how it ended.
func (c importUnitsCommand) take(ctx context.Context, i importing, which id.UnitImport) error {
	far, err := i.take(ctx, text.Say(i.t.lang, "照名单办"), func() (importedSoFar, error) {
		u, err := i.office.UnitImport(ctx, i.who, which)
		return importedSoFar{u.State, u.Done, u.Counts.All()}, err
	})
	if err != nil {
		return err
	}
	if far.state == desk.ImportMoved { // nobody looks at it again
		if err := c.drop(ctx, i, which); err != nil {
			return err
		}
	}
	if far.state != desk.ImportApplied {
		i.t.say("办了 %d 个，一共 %d 个。办的时候单位变动过，请再来一次，办过的不会再办。", int(far.done), int(far.all))
		return exitError(exitWanting)
	}
	i.t.say("办好了：%d 个单位。", int(far.all))
	return nil
}
