package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/job"
	"luoshi/internal/login"
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
func (c importFactsCommand) Run(t terminal) (err error) {
	ctx := context.Background()
	content, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	now, err := clockOf(c.Data)
	if err != nil {
		return err
	}
	f, err := c.open(ctx, t, db.Options{Now: now.Now, ReadLimit: readsLong})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	last, err := f.office.LastAct(ctx)
	if err != nil {
		return err
	}
	now.notBefore(last)
	account, err := f.office.SomebodyWhoMay(ctx, "fact.onbehalf")
	if err != nil {
		return err
	}
	who, err := f.office.Who(ctx, account)
	if err != nil {
		return err
	}
	check, err := c.offer(ctx, f, who, content)
	if err != nil {
		return err
	}
	done, said := c.show(t, check)
	cmd, err := commandOf(f, who)
	if err != nil {
		return err
	}
	if done || said != nil {
		if err := f.office.DropFacts(ctx, cmd, check.Import.ID); err != nil {
			return err
		}
		return said
	}
	if err := f.office.ApplyFacts(ctx, cmd, check.Import.ID, check.Digest); err != nil {
		return err
	}
	return c.take(ctx, t, f, who, check.Import.ID)
}

func commandOf(f *folder, who desk.Who) (db.Cmd, error) {
	command, err := desk.NewCommandID(time.Now(), rand.Reader)
	return f.office.Cmd(who, command), err
}

// offer gives the sheet in and reads it.
func (c importFactsCommand) offer(ctx context.Context, f *folder, who desk.Who, content []byte) (check desk.FactCheck, err error) {
	in := desk.FactOffer{FileName: filepath.Base(c.File), Content: content, Year: c.Year}
	if c.Unit == "" {
		in.Unit, err = f.office.CityUnit(ctx)
	} else {
		in.Unit, err = f.office.UnitAt(ctx, strings.Split(c.Unit, "/"))
	}
	if err != nil {
		return check, err
	}
	if in.Indicator, err = c.indicator(ctx, f, who); err != nil {
		return check, err
	}
	cmd, err := commandOf(f, who)
	if err != nil {
		return check, err
	}
	which, err := f.office.OfferFacts(ctx, cmd, in)
	if err != nil {
		return check, err
	}
	i, err := f.office.FactImport(ctx, who, which)
	if err != nil {
		return check, err
	}
	if class := fact.Class(c.Class); i.Reading.Class != class {
		i.Reading.Class = class
		if cmd, err = commandOf(f, who); err != nil {
			return check, err
		}
		if err := f.office.ReadFactsAs(ctx, cmd, which, i.Reading); err != nil {
			return check, err
		}
	}
	return f.office.CheckFacts(ctx, who, which)
}

func (c importFactsCommand) indicator(ctx context.Context, f *folder, who desk.Who) (id.Indicator, error) {
	if c.Indicator == "" {
		return 0, nil
	}
	_, all, _, err := f.office.FactImports(ctx, who)
	for _, i := range all {
		if i.Name == c.Indicator {
			return i.ID, nil
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

// take does the jobs until the sheet is taken over, with a bar of how far it is.
func (c importFactsCommand) take(ctx context.Context, t terminal, f *folder, who desk.Who, which id.FactImport) error {
	l, err := login.New(f.db, f.city, false)
	if err != nil {
		return err
	}
	worker := job.NewWorker(desk.NewJobs(f.db, f.signer, f.city), time.Now, f.erased(l), f.office.TakeUnitsOver)
	worker.Unnaming(f.unnamed)
	worker.Counting(f.office.TakeFactsOver)
	worked := make(chan error, 1)
	go func() { worked <- workFacts(ctx, f, worker, who, which) }()
	b := longBar(t, text.Say(t.lang, "导入台账"))
	defer b.end()
	look := time.NewTicker(200 * time.Millisecond)
	defer look.Stop()
	for working := true; working; {
		select {
		case <-look.C:
			if i, err := f.office.FactImport(ctx, who, which); err == nil {
				b.show(i.Done, i.Counts.All())
			}
		case err = <-worked:
			working = false
		}
	}
	if err != nil {
		return err
	}
	i, err := f.office.FactImport(ctx, who, which)
	if err != nil {
		return err
	}
	if i.State != desk.ImportApplied {
		t.say("导了 %d 条，一共 %d 条。导的时候有数或者单位变动过，请再来一次，导过的不会再导。", int(i.Done), int(i.Counts.All()))
		return exitError(exitWanting)
	}
	t.say("导入好了：%d 条。", int(i.Counts.All()))
	return nil
}

// workFacts does jobs until the sheet is taken over.
func workFacts(ctx context.Context, f *folder, worker *job.Worker, who desk.Who, which id.FactImport) error {
	for {
		more, err := worker.One(ctx)
		if err != nil && !fault.Is(err, fault.Busy) {
			return err
		}
		if more && err == nil {
			continue
		}
		i, err := f.office.FactImport(ctx, who, which)
		if err != nil || i.State != desk.ImportApplying {
			return err
		}
		time.Sleep(time.Second) // somebody else works on it: it is tried again
	}
}
