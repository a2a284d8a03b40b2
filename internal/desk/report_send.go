package desk

import (
	"context"
	"slices"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
	"luoshi/progress"
)

// Told is what a unit says of one item for one period: words, or that nothing changed.
type Told struct {
	Item   id.Item
	Unit   id.Unit // to which the item was assigned
	Period progress.Period
	Same   bool // 没有变化: the words of the last report stand once more

	State                                         progress.State
	Done, Next, Difficulty, Need, NeedFrom, Proof string
}

// Field is how a form calls a field of what is told of an item.
func (t Told) Field(name string) string {
	return name + "-" + t.Item.String() + "-" + t.Unit.String()
}

// mostTold is how many items one act reports.
const mostTold = 200

// everyOf gives how often an item is reported to the rules of progress.
func everyOf(p plan.Period) progress.Every { return progress.Every(p) }

// Report (报进展) keeps what a unit says of its items, all that was typed on one page. For
// a unit that ended, whoever goes on with it reports.
func (o *Office) Report(ctx context.Context, cmd db.Cmd, unit id.Unit, all []Told) error {
	return o.report(ctx, cmd.Of("progress.report", []any{unit, all}), "progress.report", unit, all, false)
}

// ReportSame (没有变化) lets the last report of items stand for another period.
func (o *Office) ReportSame(ctx context.Context, cmd db.Cmd, unit id.Unit, period progress.Period, items ...id.Item) error {
	all := make([]Told, len(items))
	for i, item := range items {
		all[i] = Told{Item: item, Unit: unit, Period: period, Same: true}
	}
	return o.report(ctx, cmd.Of("progress.report_same", []any{unit, all}), "progress.report", unit, all, false)
}

// ReportOnBehalf (代报) writes down what a unit said that cannot report itself, and marks it so.
func (o *Office) ReportOnBehalf(ctx context.Context, cmd db.Cmd, unit id.Unit, all []Told) error {
	return o.report(ctx, cmd.Of("progress.report_on_behalf", []any{unit, all}), "progress.onbehalf", unit, all, true)
}

func (o *Office) report(ctx context.Context, cmd db.Cmd, right string, unit id.Unit, all []Told, onBehalf bool) error {
	if len(all) == 0 {
		return fault.New(fault.Invalid, "还没有填。请至少写一条，或者勾一条没有变化。")
	}
	if len(all) > mostTold {
		return fault.New(fault.TooLarge, "一次最多报 %d 条。", mostTold)
	}
	return o.writeOver(ctx, cmd, right, over(unit), func(tx *db.Tx, who Who) error {
		waits := false
		if !onBehalf {
			var err error
			if waits, err = o.signsFirst(tx, who, unit); err != nil {
				return err
			}
		}
		if waits {
			return o.submitReports(tx, unit, all)
		}
		return o.keepReports(tx, unit, all, onBehalf)
	})
}

// keepReports makes reports of what was told, with their entries.
func (o *Office) keepReports(tx *db.Tx, unit id.Unit, all []Told, onBehalf bool) error {
	kept, of, err := o.takeReports(tx, unit, all, onBehalf)
	if err != nil {
		return err
	}
	for _, r := range kept {
		tx.Append(r.ReportedEntries()...)
	}
	if err := saveReports(tx, o.city, kept); err != nil {
		return err
	}
	if !onBehalf { // what the unit itself typed stays with it
		if err := deleteTyped(tx, o.city, unit, all); err != nil {
			return err
		}
	}
	return tx.Later(JobCheckpoint, int64(of))
}

// submitReports keeps what was told until the head of the unit signs it. It must be fit
// to be a report.
func (o *Office) submitReports(tx *db.Tx, unit id.Unit, all []Told) error {
	if _, _, err := o.takeReports(tx, unit, all, false); err != nil {
		return err
	}
	drafts := make([]ReportDraft, len(all))
	for i, t := range all {
		drafts[i] = ReportDraft{Unit: unit, Told: t, State: progress.Submitted, Post: tx.Cmd().Actor}
	}
	return saveDrafts(tx, o.city, drafts)
}

// takeReports makes reports of what was told, in the order in which it was, and gives one of their plans.
func (o *Office) takeReports(tx *db.Tx, unit id.Unit, all []Told, onBehalf bool) (kept []progress.Report, of id.Plan, err error) {
	t, err := o.dutyTree(tx)
	if err != nil {
		return nil, 0, err
	}
	places := t.placesOf(unit)
	asked, err := askedReports(tx, o.city, places)
	if err != nil {
		return nil, 0, err
	}
	before, err := reportsOfUnits(tx, o.city, places)
	if err != nil {
		return nil, 0, err
	}
	wanted := map[reporter]askedReport{}
	for _, a := range asked {
		wanted[a.key()] = a
	}
	for _, t := range all {
		k := reporter{t.Item, t.Unit}
		a, is := wanted[k]
		if !is {
			return nil, 0, errNotAsked
		}
		if t.Unit == unit { // what was passed on to it comes with what was reported
			for _, e := range places[1:] {
				if _, still := wanted[reporter{t.Item, e}]; !still {
					before[k] = append(slices.Clone(before[reporter{t.Item, e}]), before[k]...)
					delete(before, reporter{t.Item, e})
				}
			}
		}
		r, err := newReport(t, a, before[k], onBehalf, tx)
		if err != nil {
			return nil, 0, inField(err, t, a.title)
		}
		before[k] = append(before[k], r)
		kept = append(kept, r)
		of = a.plan
	}
	return kept, of, nil
}

// newReport makes the next revision of a report of what was told.
func newReport(t Told, a askedReport, before []progress.Report, onBehalf bool, tx *db.Tx) (r progress.Report, err error) {
	if p, err := progress.Parse(string(t.Period)); err != nil || p.Every() != a.every {
		return r, fault.New(fault.Conflict, "这条任务多久报一次改过了，没有这一期。请回到页面上重新填。")
	}
	if t.Period.Last() < a.owner.SetDay {
		return r, fault.New(fault.Conflict, "这一期的时候任务还没有分给这个单位，不用报。")
	}
	if t.Same {
		r, err = progress.Unchanged(before, t.Period)
	} else {
		r = progress.Report{State: t.State, Done: t.Done, Next: t.Next, Difficulty: t.Difficulty, Need: t.Need, NeedFrom: t.NeedFrom, Proof: t.Proof}.Tidied()
		err = r.Check()
	}
	if err != nil {
		return r, err
	}
	r.Item, r.Unit, r.Period, r.Revision = t.Item, t.Unit, t.Period, 1
	if last := progress.For(before, t.Period); last != nil {
		r.Revision = last.Revision + 1
	}
	r.OnBehalf, r.Standing, r.Day = onBehalf, progress.Sent, tx.Today()
	return r, r.Follows(before, tx.Today())
}

// inField says of which item a fault is, and in which field of the form.
func inField(err error, t Told, title string) error {
	f := fault.Of(err)
	if f == nil {
		return err
	}
	field := f.Field
	if field == "" {
		field = "state"
	}
	return fault.New(f.Kind, "“%s”：%s", title, f).In(t.Field(field))
}
