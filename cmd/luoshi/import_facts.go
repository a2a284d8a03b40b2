package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/text"
	"luoshi/org"
)

type importFactsCommand struct {
	place     `embed:""`
	File      string `arg:"" help:"${facts_file}"`
	Unit      string `help:"${facts_unit}"`
	Indicator string `help:"${facts_indicator}"`
	Year      int    `help:"${facts_year}"`
	Class     string `default:"C" enum:"A,B,C" help:"${facts_class}"`
	Check     bool   `help:"${list_check}"`
}

// Help gives an example.
func (importFactsCommand) Help() string {
	return example("luoshi import facts 台账.xlsx --data data/city --unit 云溪县/石桥镇 --indicator 送演出 --year 2011 --check")
}

// Run reads a sheet of facts, says what is not clear in it or what it adds, and takes it over.
func (c importFactsCommand) Run(t terminal) error {
	return importFile(t, c.place, c.File, "fact.onbehalf", func(ctx context.Context, i importing, content []byte) error {
		check, err := c.offer(ctx, i, content)
		if err != nil {
			return err
		}
		which := check.Import.ID
		if done, said := c.show(t, check); done {
			return errors.Join(i.does(func(cmd db.Cmd) error { return i.office.DropFacts(ctx, cmd, which) }), said)
		}
		if err := i.does(func(cmd db.Cmd) error { return i.office.ApplyFacts(ctx, cmd, which, check.Digest) }); err != nil {
			return err
		}
		return c.take(ctx, i, which)
	})
}

// offer gives the sheet in and reads it.
func (c importFactsCommand) offer(ctx context.Context, i importing, content []byte) (check desk.FactCheck, err error) {
	in := desk.FactOffer{FileName: filepath.Base(c.File), Content: content, Year: c.Year}
	if c.Unit == "" {
		in.Unit, err = i.office.CityUnit(ctx)
	} else {
		in.Unit, err = i.office.UnitAt(ctx, strings.Split(c.Unit, "/"))
	}
	if err != nil {
		return check, err
	}
	if in.Indicator, err = c.indicator(ctx, i); err != nil {
		return check, err
	}
	var which id.FactImport
	if err := i.does(func(cmd db.Cmd) (err error) {
		which, err = i.office.OfferFacts(ctx, cmd, in)
		return err
	}); err != nil {
		return check, err
	}
	sheet, err := i.office.FactImport(ctx, i.who, which)
	if err != nil {
		return check, err
	}
	if class := fact.Class(c.Class); sheet.Reading.Class != class {
		sheet.Reading.Class = class
		if err := i.does(func(cmd db.Cmd) error { return i.office.ReadFactsAs(ctx, cmd, which, sheet.Reading) }); err != nil {
			return check, err
		}
	}
	return i.office.CheckFacts(ctx, i.who, which)
}

func (c importFactsCommand) indicator(ctx context.Context, i importing) (id.Indicator, error) {
	if c.Indicator == "" {
		return 0, nil
	}
	_, all, _, err := i.office.FactImports(ctx, i.who)
	for _, one := range all {
		if one.Name == c.Indicator {
			return one.ID, nil
		}
	}
	if err == nil {
		err = fault.New(fault.Missing, "没有叫“%s”的指标。", c.Indicator)
	}
	return 0, err
}

// show prints what is not clear in the sheet, place by place, or what it adds; done says
// that nothing is left to do.
func (c importFactsCommand) show(t terminal, check desk.FactCheck) (done bool, err error) {
	if check.Wrong > 0 {
		for _, d := range check.Doubts {
			where := text.Say(t.lang, "整张表")
			switch {
			case d.Column > 0:
				where = text.Say(t.lang, "第 %s 行 %s 列", fmt.Sprint(d.Row), org.ColumnLetter(d.Column-1))
			case d.Row > 0:
				where = text.Say(t.lang, "第 %s 行", fmt.Sprint(d.Row))
			}
			t.say("%s：%s", where, text.Say(t.lang, d.Says.Key, d.Says.Args...))
		}
		t.say("%s 里有 %d 处要改，列出了 %d 处。改好再来，一条都没有导。", c.File, check.Wrong, len(check.Doubts))
		return true, exitError(exitWanting)
	}
	n := check.Counts
	t.say("新的 %d 条，更正 %d 条，代报 %d 条，和已有的一样 %d 条，导出以后没有改 %d 条", int(n.New), int(n.Corrections), int(n.OnBehalf), int(n.Repeated), int(n.Same))
	for _, s := range check.Sums[:min(len(check.Sums), shownChanges)] {
		i := check.IndicatorNamed(s.Indicator)
		t.say("  %s %s %s%s", check.UnitNamed(s.Unit), i.Name, s.Quantity.Grouped(), i.Measure)
	}
	switch {
	case n.All() == 0:
		t.say("台账里没有新的数，没有要导入的。")
	case c.Check:
		t.say("只是看看，一条都没有导。去掉 --check 就导。")
	}
	return c.Check || n.All() == 0, nil
}

// take waits until the sheet is taken over, and says how it ended.
func (c importFactsCommand) take(ctx context.Context, i importing, which id.FactImport) error {
	far, err := i.take(ctx, text.Say(i.t.lang, "导入台账"), func() (importedSoFar, error) {
		f, err := i.office.FactImport(ctx, i.who, which)
		return importedSoFar{f.State, f.Done, f.Counts.All()}, err
	})
	if err != nil {
		return err
	}
	if far.state != desk.ImportApplied {
		i.t.say("导了 %d 条，一共 %d 条。导的时候有数或者单位变动过，请再来一次，导过的不会再导。", int(far.done), int(far.all))
		return exitError(exitWanting)
	}
	i.t.say("导入好了：%d 条。", int(far.all))
	return nil
}
