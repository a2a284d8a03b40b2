package desk

import (
	"context"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// mostUnits is how many units one command opens; more are sent in several, so
// that nobody waits long behind them.
const mostUnits = 500

// OpenUnits opens units below one parent, or at the top where it is 0, and gives
// their identifiers in the same order.
func (o *Office) OpenUnits(ctx context.Context, cmd db.Cmd, parent id.Unit, units []org.Unit) ([]id.Unit, error) {
	if len(units) > mostUnits {
		return nil, fault.New(fault.TooLarge, "一次最多开 %d 个单位。", mostUnits)
	}
	made := make([]id.Unit, len(units))
	cmd = cmd.Of("unit.open", []any{parent, units})
	for i := range made {
		cmd = cmd.Answering(&made[i])
	}
	return made, o.write(ctx, cmd, "unit.change", func(tx *db.Tx) error {
		above, since, err := parentSince(tx, o.city, parent)
		if err != nil {
			return err
		}
		if above.To != "" {
			return fault.New(fault.Conflict, "%s 已经撤销，不能在它下面设立单位。", above.Name)
		}
		if since > tx.Today() {
			return fault.New(fault.Conflict, "%s 从 %s 起才设立，到那一天再在它下面设立单位。", above.Name, string(since))
		}
		there, err := lastUnder(tx, o.city, parent)
		if err != nil {
			return err
		}
		if err := org.CheckNames(there, units, above.Name); err != nil {
			return err
		}
		for i, u := range units {
			if err := org.CheckUnit(u, above.Level); err != nil {
				return err
			}
			made[i] = db.NewID[id.Unit](tx)
			units[i].ID, units[i].Parent, units[i].From = made[i], parent, tx.Today()
			tx.Append(units[i].OpenedEntry())
		}
		return saveUnits(tx, o.city, units)
	})
}
