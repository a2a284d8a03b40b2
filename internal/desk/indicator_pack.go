package desk

import (
	"context"

	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
)

// OpenIndicators opens the indicators of a pack, all or none. Those whose name is there
// already are left as they are. It gives the first that was opened, and how many were.
func (o *Office) OpenIndicators(ctx context.Context, cmd db.Cmd, pack []fact.PackLine) (first id.Indicator, opened int, err error) {
	err = o.write(ctx, cmd.Of("indicator.pack", pack, &first), "indicator.open", func(tx *db.Tx) error {
		all, err := listIndicators(tx, o.city)
		if err != nil {
			return err
		}
		named := map[string]id.Indicator{}
		for _, i := range all {
			named[i.Name] = i.ID
		}
		first, opened = 0, 0
		for _, rates := range []bool{false, true} { // what a rate is worked out of comes first
			for k, l := range pack {
				if _, known := named[l.Name]; known || (l.Divisor != "") != rates {
					continue
				}
				i := l.Indicator()
				if rates {
					i.Numerator, i.Divisor = named[l.Numerator], named[l.Divisor]
					if i.Numerator == 0 || i.Divisor == 0 {
						return fault.New(fault.Invalid, "第 %d 个指标：分子或者分母“%s”没有这个指标。", k+1, missingPart(l, i)).In("pack")
					}
				}
				made, err := o.openIndicator(tx, i)
				if f := fault.Of(err); f != nil {
					return fault.New(f.Kind, "第 %d 个指标：%s", k+1, f).In("pack")
				}
				if err != nil {
					return err
				}
				named[l.Name], opened = made, opened+1
				if first == 0 {
					first = made
				}
			}
		}
		return nil
	})
	return first, opened, err
}

func missingPart(l fact.PackLine, i fact.Indicator) string {
	if i.Numerator == 0 {
		return l.Numerator
	}
	return l.Divisor
}
