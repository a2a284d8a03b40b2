package desk

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"time"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// Chunks of a list are taken over in one transaction each, so that nobody waits long
// behind one.
const (
	chunkAdded   = 500
	chunkChanged = 200
)

// errOvertaken ends a taking over that somebody else goes on with, or under which the
// tree was changed: the job comes again and finds out anew what is to be done.
var errOvertaken = fault.New(fault.Busy, "单位刚刚变动过，正在重新算。")

// taking is a list being taken over.
type taking struct {
	o     *Office
	ctx   context.Context
	check UnitCheck
	ids   []id.Unit // of the units of the list; 0 while one is not there yet
	done  int64
}

// TakeUnitsOver does what was decided with a list. Done again it does what is left: a
// unit that is there already as the list says is left as it is.
func (o *Office) TakeUnitsOver(ctx context.Context, which id.UnitImport) error {
	var u UnitImport
	if err := o.db.Read(ctx, func(v *db.View) (err error) {
		u, err = loadUnitImport(v, o.city, which)
		return err
	}); err != nil {
		return err
	}
	if u.State != ImportApplying {
		return nil
	}
	c, err := o.checkUnits(ctx, u)
	if err != nil {
		return err
	}
	t := &taking{o: o, ctx: ctx, check: c, done: u.Done}
	switch {
	case u.Done == 0 && c.Digest != u.Digest:
		return t.end(ImportMoved)
	case c.Changes == nil || c.Changes.Wrong != nil:
		return t.end(ImportStopped)
	}
	t.ids = make([]id.Unit, len(c.List.Units))
	for i, m := range c.Changes.Match {
		if m >= 0 {
			t.ids[i] = c.Stands.Units[m].ID
		}
	}
	switch err := t.all(); {
	case fault.Is(err, fault.Conflict): // it would be so each time
		return t.end(ImportStopped)
	case err != nil:
		return err
	}
	if o.Forget != nil {
		o.Forget()
	}
	return t.end(ImportApplied)
}

// all does the chunks: parents before those below them, moves before closings.
func (t *taking) all() error {
	changes := t.check.Changes
	for part := range slices.Chunk(changes.Added, chunkAdded) {
		if err := t.chunk(len(part), func(tx *db.Tx) error { return t.add(tx, part) }); err != nil {
			return err
		}
	}
	for part := range slices.Chunk(changes.Changed, chunkChanged) {
		if err := t.chunk(len(part), func(tx *db.Tx) error { return t.change(tx, part) }); err != nil {
			return err
		}
	}
	for part := range slices.Chunk(changes.Described, chunkChanged) {
		if err := t.chunk(len(part), func(tx *db.Tx) error { return t.describe(tx, part) }); err != nil {
			return err
		}
	}
	if !t.check.Import.Reading.Closing {
		return nil
	}
	for part := range slices.Chunk(changes.Gone, chunkChanged) {
		if err := t.chunk(len(part), func(tx *db.Tx) error { return t.close(tx, part) }); err != nil {
			return err
		}
	}
	return nil
}

// chunk does one part of the work, of so many units.
func (t *taking) chunk(n int, f func(tx *db.Tx) error) error {
	err := t.write(func(tx *db.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		return workedOn(tx, t.o.city, t.check.Import.ID, t.done, t.done+int64(n))
	})
	if err == nil {
		t.done += int64(n)
	}
	return err
}

func (t *taking) write(f func(tx *db.Tx) error) error {
	command, err := db.NewCommandID(time.Now(), rand.Reader)
	if err != nil {
		return err
	}
	u := t.check.Import
	cmd := db.Cmd{City: t.o.city, Actor: u.Post, Account: u.Account, ID: command}.Of("unit.import_part", []any{u.ID, t.done})
	return t.o.db.Write(t.ctx, cmd, f)
}

// end writes how the taking over ended.
func (t *taking) end(state ImportState) error {
	return t.write(func(tx *db.Tx) error {
		u, err := loadUnitImport(tx, t.o.city, t.check.Import.ID)
		if err != nil || u.State != ImportApplying {
			return err
		}
		save := endUnitImport
		if u.State = state; state == ImportMoved {
			u.Decided, save = "", saveUnitImport
		}
		if err := save(tx, t.o.city, u); err != nil {
			return err
		}
		return tx.Later(JobCheckpoint, int64(u.ID))
	})
}

// above gives what a unit of the list stands below.
func (t *taking) above(i int32) org.Unit {
	p := t.check.List.Units[i].Parent
	if p < 0 {
		return t.check.Stands.Place
	}
	u := t.check.List.Units[p]
	return org.Unit{ID: t.ids[p], Level: u.Level, Name: u.Name}
}

// add opens units, with one entry for all of them.
func (t *taking) add(tx *db.Tx, part []int32) error {
	first := db.NewIDs(tx, int64(len(part)))
	units := make([]org.Unit, len(part))
	fresh := map[id.Unit]bool{}
	var described []int32
	for k, i := range part {
		u := t.check.List.Units[i]
		t.ids[i] = id.Unit(first + int64(k) + 1)
		fresh[t.ids[i]] = true
		units[k] = org.Unit{ID: t.ids[i], Parent: t.above(i).ID, Level: u.Level, Name: u.Name, Code: u.Code, From: t.check.Import.Reading.From}
		if u.Body != "" || u.Contact != "" {
			described = append(described, i)
		}
	}
	if err := t.checkNames(tx, units, fresh); err != nil {
		return err
	}
	if err := saveUnits(tx, t.o.city, units); err != nil {
		return err
	}
	tx.Append(org.ImportedEntry(units))
	return t.describe(tx, described)
}

// checkNames finds out whether what units are to stand below is still there, with none
// of their names: somebody may have worked on the tree meanwhile.
func (t *taking) checkNames(tx *db.Tx, units []org.Unit, fresh map[id.Unit]bool) error {
	var parents []id.Unit
	for _, u := range units {
		if !fresh[u.Parent] {
			parents = append(parents, u.Parent)
		}
	}
	slices.Sort(parents)
	for part := range slices.Chunk(slices.Compact(parents), 100) {
		there, err := unitsNamed(tx, t.o.city, part)
		if err != nil {
			return err
		}
		for _, p := range part {
			if u, known := there[p]; !known || u.To != "" {
				return errOvertaken
			}
		}
		names, err := namesUnder(tx, t.o.city, part)
		if err != nil {
			return err
		}
		for _, u := range units {
			if other, taken := names[unitPlace{u.Parent, u.Name}]; taken && t.stays(other) {
				return errOvertaken
			}
		}
	}
	return nil
}

// stays reports whether a unit keeps its name and place: those that this list moves,
// renames or leaves out stand as they are until their turn comes.
func (t *taking) stays(unit id.Unit) bool {
	for _, x := range t.check.Changes.Changed {
		if t.check.Stands.Units[x.Stands].ID == unit {
			return false
		}
	}
	return !slices.ContainsFunc(t.check.Changes.Gone, func(g int32) bool { return t.check.Stands.Units[g].ID == unit })
}

// change gives units another place, name or code.
func (t *taking) change(tx *db.Tx, part []org.ListChange) error {
	var which []int32
	for _, x := range part {
		which = append(which, x.Stands)
	}
	if err := t.asCompared(tx, which); err != nil {
		return err
	}
	var moved []id.Unit
	for _, x := range part {
		if stood := t.check.Stands.Units[x.Stands]; stood.Parent != t.above(x.Listed).ID {
			moved = append(moved, stood.ID)
		}
	}
	return movingUnits(tx, t.o.city, moved, t.check.Import.Reading.From, func() error { return t.changeEach(tx, part) })
}

func (t *taking) changeEach(tx *db.Tx, part []org.ListChange) error {
	for _, x := range part {
		stood, listed, parent := t.check.Stands.Units[x.Stands].Unit, t.check.List.Units[x.Listed], t.above(x.Listed)
		c := org.Change{Parent: parent.ID, Name: listed.Name, Code: listed.Code, From: t.check.Import.Reading.From}
		if c.Code == "" || !x.Recoded {
			c.Code = stood.Code
		}
		now, past, err := stood.Changed(c, parent, "")
		if err != nil {
			return err
		}
		tx.Append(now.ChangedEntry())
		if err := changeUnit(tx, t.o.city, now, past); err != nil {
			return err
		}
	}
	return nil
}

// asCompared finds out whether units are as they were when the list was compared.
func (t *taking) asCompared(tx *db.Tx, which []int32) error {
	var ids []id.Unit
	for _, s := range which {
		ids = append(ids, t.check.Stands.Units[s].ID)
	}
	for part := range slices.Chunk(ids, 100) {
		there, err := unitsNamed(tx, t.o.city, part)
		if err != nil {
			return err
		}
		for k, s := range which[:len(part)] {
			if there[part[k]] != t.check.Stands.Units[s].Unit {
				return errOvertaken
			}
		}
		which = which[len(part):]
	}
	return nil
}

// describe writes who does the work of units, and how they are reached. What the list
// leaves blank stays.
func (t *taking) describe(tx *db.Tx, part []int32) error {
	for _, i := range part {
		u := t.check.List.Units[i]
		var stands UnitWork
		if m := t.check.Changes.Match[i]; m >= 0 {
			stands = UnitWork{Body: t.check.Stands.Units[m].Body, Contact: t.check.Stands.Units[m].Contact}
		}
		now := stands
		if u.Body != "" && u.Body != now.Body {
			now.Body = u.Body
			tx.Append(org.WorkingBodyEntry(t.ids[i], now.Body))
		}
		if u.Contact != "" && u.Contact != now.Contact {
			now.Contact = u.Contact
			tx.Append(org.ContactOfUnitEntry(t.ids[i], now.Contact))
		}
		if err := saveUnitWork(tx, t.o.city, t.ids[i], now); err != nil {
			return err
		}
	}
	return nil
}

// close ends units that are not in the list, with their posts.
func (t *taking) close(tx *db.Tx, part []int32) error {
	if err := t.asCompared(tx, part); err != nil {
		return err
	}
	var gone []id.Unit
	for _, g := range part {
		gone = append(gone, t.check.Stands.Units[g].ID)
	}
	day := t.check.Import.Reading.From
	return movingUnits(tx, t.o.city, gone, day, func() error { return t.closeEach(tx, part, day) })
}

func (t *taking) closeEach(tx *db.Tx, part []int32, day calendar.Day) error {
	for _, g := range part {
		ended, err := endedOn(tx, t.o.city, t.check.Stands.Units[g].Unit, day)
		if err != nil {
			return fmt.Errorf("close a unit that is not in the list: %w", err)
		}
		below, err := lastUnder(tx, t.o.city, ended.ID)
		if err != nil {
			return err
		}
		if len(below) > 0 { // that came after the list was compared
			return errOvertaken
		}
		tx.Append(ended.ClosedEntry())
		if err := changeUnit(tx, t.o.city, ended, nil); err != nil {
			return err
		}
		if err := endPosts(tx, t.o.city, ended.ID, day); err != nil {
			return err
		}
	}
	return nil
}
