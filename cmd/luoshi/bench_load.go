package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/org"
)

type benchLoadCommand struct {
	place  `embed:""`
	Facts  int `default:"100000" help:"${load_facts}"`
	Things int `default:"0" help:"${load_things}"`
}

// Help gives an example.
func (benchLoadCommand) Help() string {
	return example("luoshi bench load --data data/sample --facts 1000000 --things 100000")
}

// Lists are as long as one act takes them; days lie in the seventeen months before.
const (
	loadedAtOnce = 2000
	loadedDays   = 510
)

// Run fills a sample city with facts, each told by an act as a list of a county's would be:
// with its summaries, digest and entry.
func (c benchLoadCommand) Run(t terminal) (err error) {
	ctx := context.Background()
	if c.Facts < 0 || c.Things < 0 || c.Facts+c.Things == 0 {
		return t.misused("要装几条？例如 --facts 1000000。")
	}
	now, err := clockOf(c.Data)
	if err != nil {
		return err
	}
	if !now.sampled {
		return t.misused("只往示例城市里装：装进去的数都是假的。")
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
	l, err := newFactLoad(ctx, f)
	if err != nil {
		return err
	}
	bar, began := longBar(t, "bench load"), time.Now()
	defer bar.end()
	all := int64(c.Facts + c.Things)
	show := func() { bar.show(l.told, all) }
	if err := l.tell(ctx, l.sums, c.Facts, show); err != nil {
		return err
	}
	if err := l.tell(ctx, l.things, c.Things, show); err != nil {
		return err
	}
	bar.end()
	took := time.Since(began).Seconds()
	t.say("装了 %s 条，用了 %s 秒，每秒 %s 条。", fmt.Sprint(all), fmt.Sprintf("%.1f", took), fmt.Sprintf("%.0f", float64(all)/took))
	return nil
}

// factLoad is a city into which facts are loaded.
type factLoad struct {
	folder   *folder
	who      desk.Who
	city     id.Unit
	villages []org.Unit
	sums     []id.Indicator // that add up
	things   []id.Indicator // of things that count once
	told     int64
	run      int64 // so that things loaded later have numbers of their own
}

func newFactLoad(ctx context.Context, f *folder) (l *factLoad, err error) {
	l = &factLoad{folder: f, run: time.Now().Unix()}
	account, err := f.office.SomebodyWhoMay(ctx, "fact.onbehalf")
	if err != nil {
		return nil, err
	}
	if l.who, err = f.office.Who(ctx, account); err != nil {
		return nil, err
	}
	if l.city, err = f.office.CityUnit(ctx); err != nil {
		return nil, err
	}
	if l.villages, err = f.office.UnitsOfLevel(ctx, org.Village, 0); err != nil {
		return nil, err
	}
	_, all, _, err := f.office.FactImports(ctx, l.who)
	for _, i := range all {
		switch {
		case i.Aggregation == fact.Sum:
			l.sums = append(l.sums, i.ID)
		case i.Aggregation == fact.Distinct && i.Subjects == fact.Things:
			l.things = append(l.things, i.ID)
		}
	}
	if err == nil && (len(l.villages) == 0 || len(l.sums) == 0 || len(l.things) == 0) {
		err = fault.New(fault.Invalid, "这个城市里没有村，或者没有要数的指标。请用 luoshi sample 做的城市。")
	}
	return l, err
}

// tell tells of n facts of some indicators in turn, a list of one township's villages after
// another.
func (l *factLoad) tell(ctx context.Context, of []id.Indicator, n int, show func()) error {
	today := l.folder.office.Today()
	for list := 0; n > 0; list++ {
		i := of[list%len(of)]
		some := make([]desk.FactTold, min(loadedAtOnce, n))
		for k := range some {
			v := l.villages[(list*31+k/4)%len(l.villages)]
			day := max(v.From, today.AddDays(-(list*7+k*11)%loadedDays))
			some[k] = desk.FactTold{Indicator: i, Unit: v.ID, Day: day, Quantity: document.Whole(1), Class: fact.ByRecipient}
			if of[0] == l.things[0] {
				some[k].Subject = fmt.Sprintf("装 %d-%d", l.run, l.told+int64(k))
			}
		}
		cmd, err := commandOf(l.folder, l.who)
		if err != nil {
			return err
		}
		if _, err := l.folder.office.ReportFactsBelow(ctx, cmd, l.city, some, fact.BySheet); err != nil {
			return err
		}
		n -= len(some)
		l.told += int64(len(some))
		show()
	}
	return nil
}
