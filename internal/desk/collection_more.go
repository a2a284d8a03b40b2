package desk

import (
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/collection"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// AskableMore are the units of which a running collection does not ask yet.
func (o *Office) AskableMore(ctx context.Context, who Who, which id.Collection) (out Askable, err error) {
	if !who.May("collection.ask") {
		return out, MayNot("collection.ask")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		if out, err = o.askable(v, who); err != nil {
			return err
		}
		there, err := owedOf(v, o.city, which)
		out.Units = slices.DeleteFunc(out.Units, func(u org.Unit) bool { return owedAmong(there, u.ID) })
		return err
	})
	return out, err
}

func owedAmong(there []collection.Owed, u id.Unit) bool {
	return slices.ContainsFunc(there, func(o collection.Owed) bool { return o.Unit == u })
}

// AskMore (加单位) asks further units while a collection runs, by the day of all or, where
// due is not empty, by one of their own.
func (o *Office) AskMore(ctx context.Context, cmd db.Cmd, which id.Collection, units []id.Unit, due calendar.Day) error {
	return o.overCollection(ctx, cmd.Of("collection.ask_more", []any{which, units, due}), which, func(tx *db.Tx, c collection.Collection) error {
		who, err := loadWho(tx, o.city, cmd.Account, tx.Today())
		if err != nil {
			return err
		}
		from, err := o.askable(tx, who)
		if err != nil {
			return err
		}
		there, err := owedOf(tx, o.city, which)
		if err != nil {
			return err
		}
		var chosen []org.Unit
		for _, u := range from.Units {
			if !slices.Contains(units, u.ID) {
				continue
			}
			if owedAmong(there, u.ID) {
				return fault.New(fault.Conflict, "已经向%s要了，不用再加。", u.Name).In("units")
			}
			chosen = append(chosen, u)
		}
		if len(chosen) < len(units) {
			return errNotAskable
		}
		added, err := c.More(there, owedBySome(c, chosen), due, tx.Today())
		if err != nil {
			return err
		}
		tx.Append(collection.AskedEntries(added)...)
		return saveOwed(tx, o.city, added...)
	})
}
