package desk

import (
	"cmp"
	"context"

	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
)

// CorrectFact (更正) puts another claim in the place of one, with the reason in its note.
func (o *Office) CorrectFact(ctx context.Context, cmd db.Cmd, which id.Fact, t FactTold) (made id.Fact, err error) {
	t.As = which
	err = o.writeOver(ctx, cmd.Of("fact.correct", t, &made), "fact.correct", o.unitOfFact(which), func(tx *db.Tx, _ Who) error {
		f, err := loadFact(tx, o.city, which)
		if err != nil {
			return err
		}
		t.Indicator = f.Indicator
		taken, err := o.takeFacts(tx, f.Unit, []FactTold{t}, f.Source, f.OnBehalf)
		made = taken.First
		return err
	})
	return made, err
}

// ReturnFacts (退回) sets claims aside that a verifier does not believe, with one reason.
func (o *Office) ReturnFacts(ctx context.Context, cmd db.Cmd, unit id.Unit, which []id.Fact, reason string) error {
	return o.decideFacts(ctx, cmd.Of("fact.return", []any{unit, which, reason}), "fact.verify", unit, which, func(_ Who, f fact.Fact, row id.Fact) (fact.Fact, fact.Fact, error) {
		return f.SetAside(fact.Return, row, reason)
	})
}

// WithdrawFact (撤回) takes back what one's own unit reported.
func (o *Office) WithdrawFact(ctx context.Context, cmd db.Cmd, unit id.Unit, which id.Fact, reason string) error {
	return o.decideFacts(ctx, cmd.Of("fact.withdraw", []any{unit, which, reason}), "fact.correct", unit, []id.Fact{which}, func(_ Who, f fact.Fact, row id.Fact) (fact.Fact, fact.Fact, error) {
		return f.SetAside(fact.Withdrawal, row, reason)
	})
}

// VerifyFacts (核实) checks claims. Class is what the verifier finds the evidence to be;
// empty leaves it as it was claimed.
func (o *Office) VerifyFacts(ctx context.Context, cmd db.Cmd, unit id.Unit, which []id.Fact, class fact.Class) error {
	return o.decideFacts(ctx, cmd.Of("fact.verify", []any{unit, which, class}), "fact.verify", unit, which, func(who Who, f fact.Fact, row id.Fact) (fact.Fact, fact.Fact, error) {
		if who.holds(f.Post) { // by whatever post
			return f, f, fault.New(fault.Denied, "自己报的数要由别人核实。")
		}
		as := class
		if as == "" {
			as = cmp.Or(f.Claimed, f.Class)
		}
		return f.CheckedAs(row, as)
	})
}

func (o *Office) unitOfFact(which id.Fact) func(tx *db.Tx) (id.Unit, error) {
	return func(tx *db.Tx) (id.Unit, error) {
		f, err := loadFact(tx, o.city, which)
		return f.Unit, err
	}
}

// decideFacts says something of claims of units below one, or of that unit itself.
func (o *Office) decideFacts(ctx context.Context, cmd db.Cmd, right string, unit id.Unit, which []id.Fact, decide func(who Who, f fact.Fact, row id.Fact) (was, now fact.Fact, err error)) error {
	switch {
	case len(which) == 0:
		return fault.New(fault.Invalid, "还没有选。请至少勾一条。")
	case len(which) > mostFacts:
		return fault.New(fault.TooLarge, "一次最多办 %d 条。", mostFacts)
	}
	return o.writeOver(ctx, cmd, right, over(unit), func(tx *db.Tx, who Who) error {
		was, err := loadFacts(tx, o.city, which)
		if err != nil {
			return err
		}
		if len(was) != len(which) {
			return ErrMissing
		}
		told := make([]FactTold, len(was))
		for k, f := range was {
			told[k] = FactTold{Indicator: f.Indicator, Unit: f.Unit}
		}
		indicators, above, err := o.forFacts(tx, told)
		if err != nil {
			return err
		}
		var is, rows []fact.Fact
		number := db.NewIDs(tx, int64(len(was)))
		for k, f := range was {
			if !above.below(f.Unit, unit, tx.Today()) && !above.below(f.Unit, unit, f.Day) {
				return MayNot(right)
			}
			after, row, err := decide(who, f, id.Fact(number+int64(k)+1))
			if err != nil {
				return err
			}
			row.Instant, row.Post = tx.Now().UnixMicro(), tx.Cmd().Actor
			is, rows = append(is, after), append(rows, row)
		}
		return o.keepFacts(tx, indicators, above, was, is, rows)
	})
}
