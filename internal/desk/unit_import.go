package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// JobUnits takes over a list of units that was decided on. Its subject is the import.
// It finds out anew what is still to be done each time it begins.
const JobUnits = "unit.import"

// ImportState is how far the import of a list is.
type ImportState string

const (
	ImportOffered  ImportState = "offered"  // it is looked at
	ImportApplying ImportState = "applying" // decided on, and being taken over
	ImportApplied  ImportState = "applied"
	ImportMoved    ImportState = "moved"   // the tree had changed before it began: to be looked at again
	ImportStopped  ImportState = "stopped" // the tree was changed meanwhile so that the rest cannot be done
	ImportDropped  ImportState = "dropped" // it was given up, or left lying
)

// UnitImport is a list of units that somebody gave in. What the list says is sealed while it
// is looked at or taken over, and deleted then: it may name heads of units and telephones.
type UnitImport struct {
	ID       id.UnitImport
	FileName string // while the list is needed; empty where it was pasted
	Heads    string // stands for its heads
	Reading  UnitReading
	Digest   string // of the changes as they were decided on, while it is taken over
	State    ImportState
	Counts   UnitCounts
	Done     int64
	Account  id.Account
	Post     id.Post
	Offered  calendar.Day
	Decided  calendar.Day // or given up; or empty

	sealed []byte // file name, heads and digest
}

// Open reports whether a list is looked at: it is there, and nothing was decided.
func (u UnitImport) Open() bool { return u.State == ImportOffered || u.State == ImportMoved }

// UnitReading is how a list is read, and what is done with it.
type UnitReading struct {
	Form    org.ListForm
	Under   id.Unit
	From    calendar.Day
	Closing bool      // units that are not in the list end
	Refused []id.Unit // that are not those which the list seems to mean
}

// UnitCounts is how many units a list changes.
type UnitCounts struct{ Added, Moved, Renamed, Recoded, Changed, Described, Closed, Same int64 }

// All is how many units there are to be worked on.
func (c UnitCounts) All() int64 { return c.Added + c.Changed + c.Described + c.Closed }

// UnitOffer is a list as it comes in. Where nothing else is said it is put under the
// city, from today on.
type UnitOffer struct {
	FileName string
	Content  []byte
	Under    id.Unit
	From     calendar.Day
}

// UnitCheck is what a list says and changes, as everything stands.
type UnitCheck struct {
	Import  UnitImport
	Cells   *org.Cells
	Stands  *org.Standing
	List    *org.List
	Changes *org.ListChanges // nil where the list is wrong
	Digest  string
}

// Counts counts what would be done.
func (c UnitCheck) Counts() UnitCounts {
	n := UnitCounts{Added: int64(len(c.Changes.Added)), Changed: int64(len(c.Changes.Changed)), Described: int64(len(c.Changes.Described)), Same: int64(c.Changes.Same)}
	for _, x := range c.Changes.Changed {
		for _, k := range []struct {
			is bool
			n  *int64
		}{{x.Moved, &n.Moved}, {x.Renamed, &n.Renamed}, {x.Recoded, &n.Recoded}} {
			if k.is {
				*k.n++
			}
		}
	}
	if c.Import.Reading.Closing {
		n.Closed = int64(len(c.Changes.Gone))
	}
	return n
}

var (
	errNoList      = fault.New(fault.Invalid, "还没有粘贴名单，也没有选文件。").In("text")
	errListEmpty   = fault.New(fault.Invalid, "这里面没有读出一格。请看看选的是不是名单，或者把名单复制后粘贴进来。").In("text")
	errListDecided = fault.New(fault.Conflict, "这份名单已经在办了，不能再改。要改，请再交一份。")
	errListWrong   = fault.New(fault.Invalid, "名单里还有没改对的行，一行都没有办。请改好再交一次。")
	errNothingNew  = fault.New(fault.Invalid, "名单和系统里的一样，没有要办的。")
	errTreeChanged = fault.New(fault.Conflict, "您看的时候，单位变动过，下面是按现在的情况重新算的，什么都还没有办。请再看一遍。")
)

// OfferUnits takes a list in and remembers how it is to be read: as the last one with
// the same heads was, or as it looks.
func (o *Office) OfferUnits(ctx context.Context, cmd db.Cmd, in UnitOffer) (made id.UnitImport, err error) {
	if who, err := o.Who(ctx, cmd.Account); err != nil {
		return 0, err
	} else if !who.MayEverywhere("unit.change") {
		return 0, MayNot("unit.change")
	}
	db.Leave(ctx) // reading the file may take long
	if len(in.Content) == 0 {
		return 0, errNoList
	}
	cells, err := o.ReadCells(ctx, in.FileName, in.Content)
	if err != nil {
		return 0, err
	}
	switch {
	case cells.Rows() == 0:
		return 0, errListEmpty
	case cells.Width() > mostListColumns:
		return 0, fault.New(fault.TooLarge, "名单有 %d 列，最多 %d 列。请只留下要读的几列，再交一次。", cells.Width(), mostListColumns).In("text")
	}
	u := UnitImport{FileName: in.FileName, State: ImportOffered, Account: cmd.Account, Reading: UnitReading{Form: org.GuessForm(cells), Under: in.Under, From: in.From}}
	guessed := u.Reading.Form.Head
	sum := sha256.Sum256([]byte(strings.Join(cells.Row(max(guessed-1, 0)), "\t"))) // heads that are not known stand in the first row
	u.Heads = hex.EncodeToString(sum[:])
	cmd = cmd.Of("unit.offer", []any{sha256.Sum256(in.Content), in.FileName, in.Under, in.From}, &made)
	err = o.write(ctx, cmd, "unit.change", func(tx *db.Tx) error {
		u := u
		u.ID, u.Post, u.Offered = db.NewID[id.UnitImport](tx), tx.Cmd().Actor, tx.Today()
		if u.Reading.From == "" {
			u.Reading.From = tx.Today()
		}
		if u.Reading.Under == 0 {
			top, err := lastUnder(tx, o.city, 0)
			if err != nil {
				return err
			}
			if len(top) == 0 {
				return ErrMissing
			}
			u.Reading.Under = top[0].ID
		}
		if err := checkPlace(tx, o.city, u.Reading); err != nil {
			return err
		}
		form, known, err := lastForm(tx, o.city, u.Heads)
		if err != nil {
			return err
		}
		if known && len(form.Columns) == cells.Width() {
			if u.Reading.Form.Columns = form.Columns; guessed == 0 {
				u.Reading.Form.Head = form.Head
			}
		}
		made = u.ID
		if err := saveUnitImport(tx, o.city, u); err != nil {
			return err
		}
		return unitLists.saveParts(tx, o.city, int64(u.ID), string(in.Content))
	})
	return made, err
}

// DropUnits gives a list up: what it says is deleted.
func (o *Office) DropUnits(ctx context.Context, cmd db.Cmd, which id.UnitImport) error {
	return o.write(ctx, cmd.Of("unit.drop", which), "unit.change", func(tx *db.Tx) error { return dropList(tx, o.city, which) })
}

func dropList(tx *db.Tx, city int64, which id.UnitImport) error {
	u, err := loadUnitImport(tx, city, which)
	if err != nil {
		return err
	}
	if !u.Open() {
		return errListDecided
	}
	u.State, u.Decided = ImportDropped, tx.Today()
	return endUnitImport(tx, city, u)
}

// checkPlace says what keeps a list from being put under a place from a day on.
func checkPlace(q db.Querier, city int64, r UnitReading) error {
	if _, err := calendar.ParseDay(string(r.From)); err != nil {
		return fault.New(fault.Invalid, "请写明从哪一天起，例如 2012-01-01。").In("from")
	}
	place, err := loadUnit(q, city, r.Under)
	if err != nil {
		return err
	}
	if place.To != "" || len(org.Below(place.Level)) == 0 {
		return fault.New(fault.Invalid, "名单不能放在“%s”下面。请选市、局、县或者乡镇。", place.Name).In("under")
	}
	return nil
}

// ReadUnitsAs says how a list that is looked at is read, and what is done with it.
func (o *Office) ReadUnitsAs(ctx context.Context, cmd db.Cmd, which id.UnitImport, as UnitReading) error {
	if len(as.Refused) > mostRefused {
		return fault.New(fault.TooLarge, "一次最多说 %d 处“不是同一个”。再多，请先改名单。", mostRefused)
	}
	return o.write(ctx, cmd.Of("unit.read_as", []any{which, as}), "unit.change", func(tx *db.Tx) error {
		u, err := loadUnitImport(tx, o.city, which)
		if err != nil {
			return err
		}
		if !u.Open() {
			return errListDecided
		}
		if err := checkPlace(tx, o.city, as); err != nil {
			return err
		}
		slices.Sort(as.Refused)
		u.Reading, u.State = as, ImportOffered
		return saveUnitImport(tx, o.city, u)
	})
}

// mostListColumns is how many columns a list may have.
const mostListColumns = 60

// mostRefused is how many proposals of one list may be refused.
const mostRefused = 2000

// UnitImport gives a list that was given in, without reading it.
func (o *Office) UnitImport(ctx context.Context, who Who, which id.UnitImport) (u UnitImport, err error) {
	if !who.MayEverywhere("unit.change") {
		return u, MayNot("unit.change")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		u, err = loadUnitImport(v, o.city, which)
		return err
	})
	return u, err
}

// CheckUnits reads a list and compares it with what is there. Nothing is kept of it.
func (o *Office) CheckUnits(ctx context.Context, who Who, which id.UnitImport) (c UnitCheck, err error) {
	u, err := o.UnitImport(ctx, who, which)
	if err != nil {
		return c, err
	}
	return o.checkUnits(ctx, u)
}

func (o *Office) checkUnits(ctx context.Context, u UnitImport) (c UnitCheck, err error) {
	c.Import = u
	raw, err := o.sheetPart(ctx, unitLists, int64(u.ID))
	if err != nil {
		return c, err
	}
	db.Leave(ctx) // reading the file may take long
	if c.Cells, err = o.ReadCells(ctx, u.FileName, raw); err != nil {
		return c, err
	}
	if c.Stands, err = o.standing(ctx, u.Reading.Under); err != nil {
		return c, err
	}
	c.List = org.ReadList(c.Cells, u.Reading.Form, c.Stands)
	if c.List.Wrong == 0 {
		c.Changes = org.CompareList(c.Stands, c.List, u.Reading.From, u.Reading.Refused, u.Reading.Closing)
		sum := c.Changes.Digest(c.Stands, c.List)
		c.Digest = hex.EncodeToString(fmt.Appendf(sum[:], "%s %t", u.Reading.From, u.Reading.Closing))
	}
	return c, nil
}

// standing reads what stands below a unit, level by level.
func (o *Office) standing(ctx context.Context, under id.Unit) (*org.Standing, error) {
	out := &org.Standing{Units: []org.StandingUnit{}}
	err := o.db.Read(ctx, func(v *db.View) error {
		place, since, err := parentSince(v, o.city, under)
		out.Place, out.Since = place, since
		return err
	})
	if err != nil {
		return nil, err
	}
	level, seen := []id.Unit{under}, words{}
	for len(level) > 0 {
		from := len(out.Units)
		for part := range slices.Chunk(level, 100) {
			err := o.db.Read(ctx, func(v *db.View) error {
				all, err := standingUnder(v, o.city, part, seen)
				out.Units = append(out.Units, all...)
				return err
			})
			if err != nil {
				return nil, err
			}
		}
		level = level[:0]
		for _, u := range out.Units[from:] {
			if len(org.Below(u.Level)) > 0 {
				level = append(level, u.ID)
			}
		}
	}
	return out, nil
}

// words keeps one copy of words that come again and again.
type words map[string]string

func (w words) one(s string) string {
	if k, known := w[s]; known {
		return k
	}
	if len(w) < 10_000 {
		w[s] = s
	}
	return s
}

// ApplyUnits decides that a list is taken over, as it was shown: digest stands for what
// was. A job then does it.
func (o *Office) ApplyUnits(ctx context.Context, cmd db.Cmd, which id.UnitImport, digest string) error {
	who, err := o.Who(ctx, cmd.Account)
	if err != nil {
		return err
	}
	u, err := o.UnitImport(ctx, who, which)
	if err != nil {
		return err
	}
	var c UnitCheck
	var counts UnitCounts
	if u.Open() { // sent again, the write says how it ended
		if c, err = o.checkUnits(ctx, u); err != nil {
			return err
		}
		switch {
		case c.Changes == nil:
			return errListWrong
		case c.Changes.Wrong != nil:
			return c.Changes.Wrong
		case c.Digest != digest:
			return errTreeChanged
		}
		counts = c.Counts()
	}
	return o.write(ctx, cmd.Of("unit.import", []any{which, digest}), "unit.change", func(tx *db.Tx) error {
		u, err := loadUnitImport(tx, o.city, which)
		switch {
		case err != nil:
			return err
		case !u.Open():
			return errListDecided
		case text(u.Reading) != text(c.Import.Reading):
			return errTreeChanged
		case counts.All() == 0:
			return errNothingNew
		}
		u.State, u.Digest, u.Counts, u.Done = ImportApplying, digest, counts, 0
		u.Account, u.Post, u.Decided = cmd.Account, tx.Cmd().Actor, tx.Today()
		if err := saveUnitImport(tx, o.city, u); err != nil {
			return err
		}
		return tx.Later(JobUnits, int64(which))
	})
}
