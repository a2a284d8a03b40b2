package desk

import (
	"context"
	"errors"
	"slices"
	"strings"

	"luoshi/collection"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// NewCollection is a collection as somebody writes it down: what is asked, and of whom.
// Raw is the workbook of a table.
type NewCollection struct {
	collection.Collection
	Units    []id.Unit
	FileName string
	Raw      []byte
}

// Askable are the units of which somebody may ask something, and who asks then.
type Askable struct {
	By    org.Unit
	Units []org.Unit // in the order of levels
	Plans []plan.Plan
	Items []AskableItem // of Plans, in their order
}

// AskableItem is an item that a collection may be about.
type AskableItem struct {
	Plan  id.Plan
	Item  id.Item
	Title string
}

// Askable tells of which units somebody may ask something.
func (o *Office) Askable(ctx context.Context, who Who) (out Askable, err error) {
	if !who.May("collection.ask") {
		return out, MayNot("collection.ask")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		if out, err = o.askable(v, who); err != nil || !who.May("plan.read") {
			return err
		}
		all, err := listPlans(v, o.city)
		out.Plans = slices.DeleteFunc(all, func(p plan.Plan) bool { return p.State != plan.InForce })
		if err == nil {
			out.Items, err = askableItems(v, o.city)
		}
		return err
	})
	return out, err
}

func (o *Office) askable(q db.Querier, who Who) (out Askable, err error) {
	t, err := o.dutyTree(q)
	if err != nil {
		return out, err
	}
	if who.MayEverywhere("collection.ask") {
		if out.By, err = loadBureau(q, o.city); err != nil {
			return out, err
		}
		for _, level := range []org.Level{org.Direct, org.Division, org.County, org.Township} {
			for _, u := range t.ids {
				if one := t.units[u]; one.Level == level && one.To == "" {
					out.Units = append(out.Units, one)
				}
			}
		}
		return out, nil
	}
	for _, h := range who.Held {
		if reach("collection.ask", h.Roles) == "" {
			continue
		}
		if out.By, err = loadUnit(q, o.city, h.Unit); err != nil {
			return out, err
		}
		out.Units = t.below(h.Unit)
		if out.By.Level == org.Township { // the tree ends above villages
			out.Units, err = unitsUnder(q, o.city, h.Unit, o.Today())
		}
		return out, err
	}
	return out, MayNot("collection.ask")
}

// Collect (征集) asks units for something by a day. A table waits until it was looked at
// how its template is read.
func (o *Office) Collect(ctx context.Context, cmd db.Cmd, n NewCollection) (made id.Collection, err error) {
	c := n.Tidied()
	if c.Kind == collection.Table && len(n.Raw) > 0 {
		if who, err := o.Who(ctx, cmd.Account); err != nil {
			return 0, err
		} else if !who.May("collection.ask") {
			return 0, MayNot("collection.ask")
		}
		if c.Template, err = o.takeTemplate(ctx, n.FileName, n.Raw); err != nil {
			return 0, err
		}
	}
	raw := blob.Hash{}
	if c.Template != nil {
		raw = c.Template.File
	}
	cmd = cmd.Of("collection.start", []any{n.Collection, n.Units, raw}, &made)
	err = o.write(ctx, cmd, "collection.ask", func(tx *db.Tx) error {
		who, err := loadWho(tx, o.city, cmd.Account, tx.Today())
		if err != nil {
			return err
		}
		from, err := o.askable(tx, who)
		if err != nil {
			return err
		}
		if n.Plan != 0 && !who.May("plan.read") {
			return MayNot("plan.read")
		}
		c := c
		c.ID, c.By, c.State = db.NewID[id.Collection](tx), from.By.ID, collection.Draft
		made = c.ID
		return o.collect(tx, c, n.Units, from.Units)
	})
	return made, err
}

// collect saves a new collection, and starts it where nothing has to be looked at.
func (o *Office) collect(tx *db.Tx, c collection.Collection, units []id.Unit, among []org.Unit) error {
	if c.Plan != 0 {
		if err := o.linkCollection(tx, &c); err != nil {
			return err
		}
	}
	if err := c.Check(units, tx.Today()); err != nil {
		return err
	}
	var chosen []org.Unit
	for _, u := range among {
		if slices.Contains(units, u.ID) {
			chosen = append(chosen, u)
		}
	}
	if len(chosen) < len(units) {
		return errNotAskable
	}
	if c.Template != nil {
		c.Template.Reading = c.Template.Sheet.Guess(findAmong(chosen))
	}
	owed := owedBySome(c, chosen)
	if c.Kind != collection.Table {
		var err error
		if c, err = c.Start(tx.Today()); err != nil {
			return err
		}
		tx.Append(c.StartedEntries(owed)...)
	}
	if err := saveCollection(tx, o.city, c); err != nil {
		return err
	}
	return saveOwed(tx, o.city, owed...)
}

var errNotAskable = fault.New(fault.Denied, "选的单位里有您不能要材料的，或者已经撤销的。请重新勾选。").In("units")

// linkCollection checks the plan and the item of a collection, and lists for an own plan
// what can be taken up.
func (o *Office) linkCollection(q db.Querier, c *collection.Collection) error {
	d, err := loadDraft(q, o.city, c.Plan)
	if err != nil {
		return err
	}
	if d.Plan.State != plan.InForce {
		return fault.New(fault.Conflict, "这个方案没有启用，或者已经结束了。").In("plan")
	}
	c.Items = nil
	there, words := c.Item == 0, newWordsOf(d, "")
	for _, i := range d.Items {
		if i.Standing != plan.Stands {
			continue
		}
		there = there || i.ID == c.Item
		if c.Kind == collection.Plan && !words.principle(i) {
			c.Items = append(c.Items, collection.Promised{Item: i.ID, Title: i.Title})
		}
	}
	if !there {
		return fault.New(fault.Invalid, "这条任务不是这个方案的。").In("item")
	}
	return nil
}

// owedBySome makes the rows of units, in the order of the template where it has one.
func owedBySome(c collection.Collection, chosen []org.Unit) []collection.Owed {
	rows := map[id.Unit][]int{}
	if c.Template != nil {
		rows = c.Template.UnitRows(findAmong(chosen))
		slices.SortStableFunc(chosen, func(a, b org.Unit) int {
			x, y := rows[a.ID], rows[b.ID]
			switch {
			case len(x) > 0 && len(y) > 0:
				return x[0] - y[0]
			case len(x) > 0:
				return -1
			case len(y) > 0:
				return 1
			}
			return 0
		})
	}
	owed := make([]collection.Owed, len(chosen))
	for i, u := range chosen {
		owed[i] = collection.Owed{Collection: c.ID, Unit: u.ID, Ordinal: i + 1, Rows: rows[u.ID]}
		owed[i].Fields = c.Asks(owed[i])
	}
	return owed
}

// findAmong finds the unit of some that words name: its name, or one of the forms that
// are written for it.
func findAmong(some []org.Unit) func(words string) id.Unit {
	m := org.NewMatcher(some, nil, nil)
	by := map[string]id.Unit{}
	for _, u := range some {
		by[strings.Join(strings.Fields(u.Name), "")] = u.ID
	}
	return func(words string) id.Unit {
		if u := by[words]; u != 0 || words == "" {
			return u
		}
		if found := m.Parties(words); len(found) == 1 && found[0].Words == words && len(found[0].Units) == 1 && !found[0].Together {
			return found[0].Units[0]
		}
		return 0
	}
}

// takeTemplate reads a workbook and keeps it as it is.
func (o *Office) takeTemplate(ctx context.Context, name string, raw []byte) (*collection.Template, error) {
	db.Leave(ctx) // reading the file may take long
	sheet, err := o.ReadSheet(ctx, name, raw, "")
	if err != nil {
		return nil, inFileField(err)
	}
	hash, err := o.blobs.Put(raw)
	return &collection.Template{File: hash, FileName: name, Sheet: sheet}, db.OfDisk(err)
}

// inFileField says of a fault about a file in which field it was chosen.
func inFileField(err error) error {
	if f := fault.Of(err); f != nil && f.Field == "" {
		return f.In("file")
	}
	return err
}

// ReadTemplateAs says how the template of a collection is read that was not started yet.
func (o *Office) ReadTemplateAs(ctx context.Context, cmd db.Cmd, which id.Collection, as collection.Reading) error {
	return o.overCollection(ctx, cmd.Of("collection.read_as", []any{which, as}), which, func(tx *db.Tx, c collection.Collection) error {
		if c.Template == nil || c.State != collection.Draft {
			return fault.New(fault.Conflict, "已经发下去了，读法不能再改。")
		}
		c.Template.Reading = as
		if err := c.Template.Check(); err != nil {
			return err
		}
		chosen, err := o.unitsAsked(tx, which)
		if err != nil {
			return err
		}
		return errors.Join(saveCollection(tx, o.city, c), saveOwed(tx, o.city, owedBySome(c, chosen)...))
	})
}

// StartCollection (发下去) asks the units of a collection whose template was looked at.
func (o *Office) StartCollection(ctx context.Context, cmd db.Cmd, which id.Collection) error {
	return o.overCollection(ctx, cmd.Of("collection.send", which), which, func(tx *db.Tx, c collection.Collection) error {
		c, err := c.Start(tx.Today())
		if err != nil {
			return err
		}
		if c.Template != nil {
			if err := c.Template.Check(); err != nil {
				return err
			}
		}
		owed, err := owedOf(tx, o.city, which)
		if err != nil {
			return err
		}
		tx.Append(c.StartedEntries(owed)...)
		return saveCollection(tx, o.city, c)
	})
}

// unitsAsked gives the units of a collection in the order of its list.
func (o *Office) unitsAsked(q db.Querier, which id.Collection) ([]org.Unit, error) {
	owed, err := owedOf(q, o.city, which)
	if err != nil {
		return nil, err
	}
	var ids []id.Unit
	for _, w := range owed {
		ids = append(ids, w.Unit)
	}
	named, err := unitsNamed(q, o.city, ids)
	out := make([]org.Unit, len(ids))
	for i, u := range ids {
		out[i] = named[u]
	}
	return out, err
}

// overCollection does an act of who asked, or of who may ask where they did.
func (o *Office) overCollection(ctx context.Context, cmd db.Cmd, which id.Collection, f func(tx *db.Tx, c collection.Collection) error) error {
	var c collection.Collection
	return o.writeOver(ctx, cmd, "collection.ask", func(tx *db.Tx) (id.Unit, error) {
		var err error
		c, err = loadCollection(tx, o.city, which)
		if err != nil {
			return 0, err
		}
		return o.actsFor(tx, c.By)
	}, func(tx *db.Tx, _ Who) error { return f(tx, c) })
}
