package desk

import (
	"context"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// ChangeUnit renames a unit, gives it another code, or puts it below another parent,
// from a day on. What it was before stays as it was.
func (o *Office) ChangeUnit(ctx context.Context, cmd db.Cmd, unit id.Unit, c org.Change) error {
	return o.write(ctx, cmd.Of("unit.change", []any{unit, c}), "unit.change", func(tx *db.Tx) error {
		u, err := loadUnit(tx, o.city, unit)
		if err != nil {
			return err
		}
		if c.Parent == u.Parent && c.Name == u.Name && c.Code == u.Code {
			return nil
		}
		return changeOne(tx, o.city, u, c)
	})
}

func changeOne(tx *db.Tx, city int64, u org.Unit, c org.Change) error {
	parent, since, err := parentSince(tx, city, c.Parent)
	if err != nil {
		return err
	}
	now, past, err := u.Changed(c, parent, since)
	if err != nil {
		return err
	}
	there, err := lastUnder(tx, city, c.Parent)
	if err != nil {
		return err
	}
	if err := org.CheckNames(there, []org.Unit{now}, parent.Name); err != nil {
		return err
	}
	tx.Append(now.ChangedEntry())
	if c.Parent == u.Parent {
		return changeUnit(tx, city, now, past)
	}
	return movingUnits(tx, city, []id.Unit{u.ID}, now.From, func() error { return changeUnit(tx, city, now, past) })
}

// parentSince gives a parent and the day on which it was first there; no parent is the
// top of the tree.
func parentSince(q db.Querier, city int64, parent id.Unit) (org.Unit, calendar.Day, error) {
	if parent == 0 {
		return org.Unit{}, "", nil
	}
	history, err := unitHistory(q, city, parent)
	if err != nil {
		return org.Unit{}, "", err
	}
	if len(history) == 0 {
		return org.Unit{}, "", ErrMissing
	}
	return history[len(history)-1], history[0].From, nil
}

// MergeUnit ends a unit on the day before a day: another one goes on with what it did,
// takes over what stood below it, and its people with their posts.
func (o *Office) MergeUnit(ctx context.Context, cmd db.Cmd, unit, into id.Unit, day calendar.Day) error {
	return o.write(ctx, cmd.Of("unit.merge", []any{unit, into, day}), "unit.change", func(tx *db.Tx) error {
		u, err := loadUnit(tx, o.city, unit)
		if err != nil {
			return err
		}
		target, since, err := parentSince(tx, o.city, into)
		if err != nil {
			return err
		}
		switch {
		case into == unit || target.Level != u.Level:
			return fault.New(fault.Invalid, "请选一个同级的单位，把 %s 并进去。", u.Name).In("into")
		case target.To != "" || day < since:
			return fault.New(fault.Invalid, "%s 在那一天还没有设立，或者已经撤销。", target.Name).In("into")
		}
		ended, err := endedOn(tx, o.city, u, day)
		if err != nil {
			return err
		}
		coming, err := lastUnder(tx, o.city, unit)
		if err != nil {
			return err
		}
		goesOn := org.Successor{Unit: unit, Successor: into, From: day}
		if err := movingUnits(tx, o.city, append(unitIDs(coming), unit), day, func() error {
			if err := moveAllUnder(tx, o.city, coming, unit, target, day); err != nil {
				return err
			}
			tx.Append(ended.ClosedEntry(), goesOn.Entry())
			return changeUnit(tx, o.city, ended, nil)
		}); err != nil {
			return err
		}
		if err := saveSuccessors(tx, o.city, goesOn); err != nil {
			return err
		}
		return movePosts(tx, o.city, unit, into, day)
	})
}

// endedOn gives a unit that is there no longer from a day on. What leaves it later, or ends
// later, would stand below nothing until then.
func endedOn(q db.Querier, city int64, u org.Unit, day calendar.Day) (org.Unit, error) {
	if u.Level == org.CityLevel || u.Level == org.Bureau {
		return u, fault.New(fault.Conflict, "%s 不能撤销。", u.Name)
	}
	ended, err := u.Closed(day)
	if err != nil {
		return ended, err
	}
	late, err := lastToLeave(q, city, u.ID, day)
	if err == nil && len(late) > 0 {
		err = fault.New(fault.Conflict, "%s 到 %s 还在 %s 下面。请把日期写在那一天以后。", late[0].Name, string(late[0].To), u.Name).In("from")
	}
	return ended, err
}

// moveAllUnder puts what stands below a unit below another, each with its entry.
func moveAllUnder(tx *db.Tx, city int64, coming []org.Unit, from id.Unit, to org.Unit, day calendar.Day) error {
	there, err := lastUnder(tx, city, to.ID)
	if err != nil {
		return err
	}
	if err := org.CheckNames(there, coming, to.Name); err != nil {
		return err
	}
	for _, u := range coming {
		now, _, err := u.Changed(org.Change{Parent: to.ID, Name: u.Name, Code: u.Code, From: day}, to, "")
		if err != nil {
			return err
		}
		tx.Append(now.ChangedEntry())
	}
	return moveUnder(tx, city, from, to.ID, day)
}

func unitIDs(units []org.Unit) (out []id.Unit) {
	for _, u := range units {
		out = append(out, u.ID)
	}
	return out
}

// NewPart is what leaves a unit that is split: a new unit beside it, with some of what
// stood below.
type NewPart struct {
	Name  string
	Code  string       `json:",omitempty"`
	Below []id.Unit    // that go along
	From  calendar.Day // the new unit's first day
}

// SplitUnit opens a new unit beside another and gives it some of what stood below.
func (o *Office) SplitUnit(ctx context.Context, cmd db.Cmd, unit id.Unit, p NewPart) (made id.Unit, err error) {
	if len(p.Below) > mostUnits {
		return 0, fault.New(fault.TooLarge, "一次最多移走 %d 个单位。", mostUnits)
	}
	err = o.write(ctx, cmd.Of("unit.split", []any{unit, p}, &made), "unit.change", func(tx *db.Tx) error {
		u, err := loadUnit(tx, o.city, unit)
		if err != nil {
			return err
		}
		if u.To != "" {
			return fault.New(fault.Conflict, "%s 已经撤销，不能再改。", u.Name)
		}
		parent, since, err := parentSince(tx, o.city, u.Parent)
		if err != nil {
			return err
		}
		part := org.Unit{ID: db.NewID[id.Unit](tx), Parent: u.Parent, Level: u.Level, Name: p.Name, Code: p.Code, From: u.From}
		if part, _, err = part.Changed(org.Change{Parent: u.Parent, Name: p.Name, Code: p.Code, From: p.From}, parent, since); err != nil {
			return err
		}
		beside, err := lastUnder(tx, o.city, u.Parent)
		if err != nil {
			return err
		}
		if err := org.CheckNames(beside, []org.Unit{part}, parent.Name); err != nil {
			return err
		}
		if err := saveUnits(tx, o.city, []org.Unit{part}); err != nil {
			return err
		}
		tx.Append(part.OpenedEntry())
		made = part.ID
		if err := moveSome(tx, o.city, u, part, p); err != nil {
			return err
		}
		goesOn := org.Successor{Unit: unit, Successor: made, From: p.From}
		tx.Append(goesOn.Entry())
		return saveSuccessors(tx, o.city, goesOn)
	})
	return made, err
}

func moveSome(tx *db.Tx, city int64, u, part org.Unit, p NewPart) error {
	below, err := lastUnder(tx, city, u.ID)
	if err != nil {
		return err
	}
	standing := map[id.Unit]org.Unit{}
	for _, b := range below {
		standing[b.ID] = b
	}
	var past, moved []org.Unit
	for _, want := range p.Below {
		b, ok := standing[want]
		if !ok {
			return fault.New(fault.Conflict, "要移走的单位里，有的已经不在 %s 下面了。请重新选一次。", u.Name).In("below")
		}
		now, before, err := b.Changed(org.Change{Parent: part.ID, Name: b.Name, Code: b.Code, From: p.From}, part, part.From)
		if err != nil {
			return err
		}
		if before != nil {
			past = append(past, *before)
		}
		moved = append(moved, now)
		tx.Append(now.ChangedEntry())
	}
	return movingUnits(tx, city, p.Below, p.From, func() error { return moveThese(tx, city, past, moved, part.ID, p.From) })
}

// CloseUnit ends a unit on the day before a day. Nothing may stand below it any more.
func (o *Office) CloseUnit(ctx context.Context, cmd db.Cmd, unit id.Unit, day calendar.Day) error {
	return o.write(ctx, cmd.Of("unit.close", []any{unit, day}), "unit.change", func(tx *db.Tx) error {
		u, err := loadUnit(tx, o.city, unit)
		if err != nil {
			return err
		}
		below, err := lastUnder(tx, o.city, unit)
		if err != nil {
			return err
		}
		if len(below) > 0 {
			return fault.New(fault.Conflict, "%s 下面还有 %d 个单位，例如 %s。请先把它们移走或者撤销；整个并到别处，请用“合并”。", u.Name, len(below), below[0].Name)
		}
		ended, err := endedOn(tx, o.city, u, day)
		if err != nil {
			return err
		}
		tx.Append(ended.ClosedEntry())
		if err := movingUnits(tx, o.city, []id.Unit{unit}, day, func() error { return changeUnit(tx, o.city, ended, nil) }); err != nil {
			return err
		}
		return endPosts(tx, o.city, unit, day)
	})
}

// UnitWork is the body that does the work of a unit, and how the office and everybody reach it.
type UnitWork struct {
	Body    string // 云溪县文广新局; empty where the unit itself does it
	Contact string // who to call, for the office only
	Phone   string // 公开电话: that everybody may ring
}

// DescribeUnit says which body does the work of a unit, and how to reach it.
func (o *Office) DescribeUnit(ctx context.Context, cmd db.Cmd, unit id.Unit, w UnitWork) error {
	for _, err := range []error{fault.CheckLine("working_body", "工作机构", w.Body, 60, false), fault.CheckLine("contact", "联系方式", w.Contact, 120, false),
		fault.CheckLine("phone", "公开电话", w.Phone, 60, false)} {
		if err != nil {
			return err
		}
	}
	return o.writeOver(ctx, cmd.Of("unit.describe", []any{unit, w}), "unit.describe", over(unit), func(tx *db.Tx, _ Who) error {
		before, err := unitWork(tx, o.city, unit)
		if err != nil {
			return err
		}
		if before.Body != w.Body {
			tx.Append(org.WorkingBodyEntry(unit, w.Body))
		}
		if before.Contact != w.Contact {
			tx.Append(org.ContactOfUnitEntry(unit, w.Contact))
		}
		if before.Phone != w.Phone {
			tx.Append(org.PhoneOfUnitEntry(unit, w.Phone))
			if err := saveUnitPhone(tx, o.city, unit, w.Phone); err != nil {
				return err
			}
		}
		return saveUnitWork(tx, o.city, unit, w)
	})
}
