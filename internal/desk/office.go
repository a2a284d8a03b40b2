// Package desk holds the acts: one exported method is one thing that a person
// does, in one transaction with its entries. Office is what staff may do;
// Public is what anybody may read, and returns released records and public
// columns only.
package desk

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"luoshi/calendar"
	"luoshi/collection"
	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// Office is what the people of one city's offices may do.
type Office struct {
	db    *db.DB
	blobs *blob.Store
	city  int64

	about  *atomic.Pointer[City] // what City told last; every page asks for it
	boards *keptBoards           // lamps as they were read last
	dues   *dueKeeper
	unheld *atomic.Pointer[keptUnheld]
	facts  *keptFactBoards
	leaves *keptLeaves
	why    *plan.Reason // of the amendments that acts on drafts then make; nil on drafts

	// ReadFile reads a document from its file. It is set before anybody works, by who
	// can have other programs read what this one cannot, such as .doc or .pdf.
	ReadFile func(ctx context.Context, name string, raw []byte) (document.Source, error)

	// ReadCells reads the cells of a list from its file. It is set as ReadFile is.
	ReadCells func(ctx context.Context, name string, raw []byte) (*org.Cells, error)

	// ReadSheet reads the sheet of a workbook that units fill in: the one of a name, or
	// the first that is shown. It is set as ReadFile is.
	ReadSheet func(ctx context.Context, name string, raw []byte, sheet string) (collection.Sheet, error)

	// Forget is told when something was made public or taken back, so that no page made
	// before is shown any more. It is set before anybody works; nil tells nobody.
	Forget func()
}

// NewOffice gives the office side of a city.
func NewOffice(d *db.DB, blobs *blob.Store, city int64) *Office {
	return &Office{db: d, blobs: blobs, city: city, about: new(atomic.Pointer[City]), boards: newKeptBoards(), dues: new(dueKeeper), unheld: new(atomic.Pointer[keptUnheld]), facts: newKeptFactBoards(), leaves: newKeptLeaves(), ReadFile: func(_ context.Context, name string, raw []byte) (document.Source, error) {
		return document.ReadFile(name, raw)
	}, ReadCells: func(_ context.Context, _ string, raw []byte) (*org.Cells, error) {
		return org.ReadCells(string(raw)), nil
	}, ReadSheet: func(context.Context, string, []byte, string) (collection.Sheet, error) {
		return collection.Sheet{}, document.ErrDamaged
	}}
}

// Visit lets the reads of one request share a view, and gives what lets go of it.
func (o *Office) Visit(ctx context.Context) (context.Context, func()) { return o.db.Visit(ctx) }

// Today is the civil day that rules and pages go by.
func (o *Office) Today() calendar.Day { return calendar.DayOf(o.db.Now()) }

// LastAct is the instant of the last entry of the ledger.
func (o *Office) LastAct(ctx context.Context) (last time.Time, err error) {
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		last, err = db.LastInstant(v, o.city)
		return err
	})
	return last, err
}

// Who is somebody who is signed in, with the posts that they fill today. Post, Unit
// and Title are of the first; Roles are those of all.
type Who struct {
	Account id.Account
	Post    id.Post
	Name    string
	Unit    string
	Title   string
	Roles   []org.Role
	Held    []Held
}

// Held is a post that somebody fills today.
type Held struct {
	Post     id.Post
	Unit     id.Unit
	Level    org.Level // of the unit
	UnitName string
	Title    string
	Roles    []org.Role
	Acting   bool         // standing in for the holder
	To       calendar.Day // last day, or empty
}

var (
	errSignedOut = fault.New(fault.Denied, "这个账号已经停用，请联系管理员。")
	errNoPost    = fault.New(fault.Denied, "您现在不在任何岗位上，请联系上级单位的经办或者管理员。")
)

// Who tells who stands behind an account; a closed account is nobody.
func (o *Office) Who(ctx context.Context, account id.Account) (Who, error) {
	var who Who
	err := o.db.Read(ctx, func(v *db.View) (err error) {
		who, err = loadWho(v, o.city, account, o.Today())
		return err
	})
	return who, err
}

// Cmd begins a command of this person under the id that came with the form.
func (o *Office) Cmd(who Who, commandID string) db.Cmd {
	return db.Cmd{City: o.city, Actor: who.Post, Account: who.Account, ID: commandID}
}

// Repeated finds out whether a command was done before: nil where it was not, an
// OtherContent where it was sent with other content then.
func (o *Office) Repeated(ctx context.Context, cmd db.Cmd) (done *db.Done, err error) {
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		done, err = db.Repeated(v, cmd)
		return err
	})
	return done, err
}

// write does an act of somebody who may do it. The right is looked up inside
// the transaction: an account that was just closed can do nothing any more.
// The entry names the post by which it may be done.
func (o *Office) write(ctx context.Context, cmd db.Cmd, act string, f func(tx *db.Tx) error) error {
	return o.db.Write(ctx, cmd, func(tx *db.Tx) error {
		who, err := loadWho(tx, o.city, cmd.Account, tx.Today())
		if err != nil {
			return err
		}
		post, ok := who.post(act)
		if !ok || !who.holds(cmd.Actor) {
			return MayNot(act)
		}
		tx.ActAs(post)
		return f(tx)
	})
}

// writeOver does an act to a unit, of somebody who may do it there. unit is found inside
// the transaction, because the record that it is done to may have moved.
func (o *Office) writeOver(ctx context.Context, cmd db.Cmd, act string, unit func(tx *db.Tx) (id.Unit, error), f func(tx *db.Tx, who Who) error) error {
	return o.db.Write(ctx, cmd, func(tx *db.Tx) error {
		who, err := loadWho(tx, o.city, cmd.Account, tx.Today())
		if err != nil {
			return err
		}
		over, err := unit(tx)
		if err != nil {
			return err
		}
		post, ok, err := o.postOver(tx, who, act, over)
		switch {
		case err != nil:
			return err
		case !ok || !who.holds(cmd.Actor):
			return MayNot(act)
		}
		tx.ActAs(post)
		return f(tx, who)
	})
}

// mayFirst asks the right of writeOver beforehand, and what else asked looks for: what costs much, or is kept outside the
// database, is not done for somebody who may not. The act asks it again.
func (o *Office) mayFirst(ctx context.Context, cmd db.Cmd, act string, unit func(q db.Querier) (id.Unit, error), asked func(q db.Querier) error) error {
	return o.db.Read(ctx, func(v *db.View) error {
		who, err := loadWho(v, o.city, cmd.Account, o.Today())
		if err != nil {
			return err
		}
		over, err := unit(v)
		if err != nil {
			return err
		}
		if err := o.mayOver(v, who, act, over); err != nil {
			return err
		}
		return asked(v)
	})
}

// over is a unit that is known beforehand, for writeOver.
func over(unit id.Unit) func(*db.Tx) (id.Unit, error) {
	return func(*db.Tx) (id.Unit, error) { return unit, nil }
}

// holds reports whether somebody still fills the post under which a form was made.
func (w Who) holds(post id.Post) bool {
	return slices.ContainsFunc(w.Held, func(h Held) bool { return h.Post == post })
}
