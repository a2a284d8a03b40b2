package desk

import (
	"context"

	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
)

// Indicators lists what is counted, in the order in which it was opened.
func (o *Office) Indicators(ctx context.Context, who Who) (all []fact.Indicator, err error) {
	if !who.May("fact.read") {
		return nil, MayNot("fact.read")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		all, err = listIndicators(v, o.city)
		return err
	})
	return all, err
}

// Indicator gives one.
func (o *Office) Indicator(ctx context.Context, who Who, i id.Indicator) (one fact.Indicator, err error) {
	if !who.May("fact.read") {
		return one, MayNot("fact.read")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		one, err = loadIndicator(v, o.city, i)
		return err
	})
	return one, err
}

// OpenIndicator states what is counted, and how. How it is counted does not change any more.
func (o *Office) OpenIndicator(ctx context.Context, cmd db.Cmd, i fact.Indicator) (made id.Indicator, err error) {
	err = o.write(ctx, cmd.Of("indicator.open", i, &made), "indicator.open", func(tx *db.Tx) error {
		made, err = o.openIndicator(tx, i)
		return err
	})
	return made, err
}

func (o *Office) openIndicator(tx *db.Tx, i fact.Indicator) (id.Indicator, error) {
	i = i.Tidied()
	if err := i.Check(); err != nil {
		return 0, err
	}
	all, err := listIndicators(tx, o.city)
	if err != nil {
		return 0, err
	}
	parts := 0
	for _, other := range all {
		if other.Name == i.Name {
			return 0, fault.New(fault.Conflict, "已经有叫“%s”的指标了。请用它，或者换一个名称。", i.Name).In("name")
		}
		if (other.ID == i.Numerator || other.ID == i.Divisor) && !other.Rate() {
			parts++
		}
	}
	if i.Rate() && parts != 2 {
		return 0, fault.New(fault.Invalid, "比率的分子和分母要是已有的、自己不是比率的指标。").In("divisor")
	}
	i.ID, i.Released, i.Opened = db.NewID[id.Indicator](tx), false, tx.Today()
	tx.Append(i.OpenedEntry(), i.StatedEntry())
	return i.ID, saveIndicator(tx, o.city, i)
}

// StateIndicator puts the name and the definition of an indicator right.
func (o *Office) StateIndicator(ctx context.Context, cmd db.Cmd, which id.Indicator, name, definition string) error {
	return o.write(ctx, cmd.Of("indicator.state", []any{which, name, definition}), "indicator.open", func(tx *db.Tx) error {
		i, err := loadIndicator(tx, o.city, which)
		if err != nil {
			return err
		}
		i.Name, i.Definition = name, definition
		if err := i.Check(); err != nil {
			return err
		}
		tx.Append(i.StatedEntry())
		return saveIndicator(tx, o.city, i)
	})
}

// ReleaseIndicator makes the facts of an indicator public, or takes them back.
func (o *Office) ReleaseIndicator(ctx context.Context, cmd db.Cmd, which id.Indicator, public bool) error {
	err := o.write(ctx, cmd.Of("indicator.release", []any{which, public}), "plan.publish", func(tx *db.Tx) error {
		i, err := loadIndicator(tx, o.city, which)
		if err != nil || i.Released == public {
			return err
		}
		i.Released = public
		tx.Append(i.ReleasedEntry(tx.Today()))
		return saveIndicator(tx, o.city, i)
	})
	if err == nil && o.Forget != nil {
		o.Forget()
	}
	return err
}
