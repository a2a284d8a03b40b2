// Package desk holds the acts: one exported method is one thing that a person
// does, in one transaction with its entries. Office is what staff may do;
// Public is what anybody may read, and returns released records and public
// columns only.
package desk

import (
	"context"
	"strings"
	"sync/atomic"
	"time"

	"luoshi/calendar"
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

	about *atomic.Pointer[City] // what City told last; every page asks for it
	why   *plan.Reason          // of the amendments that acts on drafts then make; nil on drafts

	// ReadFile reads a document from its file. It is set before anybody works, by who
	// can have other programs read what this one cannot, such as .doc or .pdf.
	ReadFile func(ctx context.Context, name string, raw []byte) (document.Source, error)

	// Forget is told when something was made public or taken back, so that no page made
	// before is shown any more. It is set before anybody works; nil tells nobody.
	Forget func()
}

// NewOffice gives the office side of a city.
func NewOffice(d *db.DB, blobs *blob.Store, city int64) *Office {
	return &Office{db: d, blobs: blobs, city: city, about: new(atomic.Pointer[City]), ReadFile: func(_ context.Context, name string, raw []byte) (document.Source, error) {
		return document.ReadFile(name, raw)
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

// Who is somebody who is signed in.
type Who struct {
	Account id.Account
	Post    id.Post
	Name    string
	Unit    string
	Title   string
	Roles   []org.Role
}

var errSignedOut = fault.New(fault.Denied, "这个账号已经停用，请联系管理员。")

// Who tells who stands behind an account; a closed account is nobody.
func (o *Office) Who(ctx context.Context, account id.Account) (Who, error) {
	var who Who
	err := o.db.Read(ctx, func(v *db.View) (err error) {
		who, err = loadWho(v, o.city, account)
		return err
	})
	return who, err
}

// Cmd begins a command of this person under the id that came with the form.
func (o *Office) Cmd(who Who, commandID string) db.Cmd {
	return db.Cmd{City: o.city, Actor: who.Post, Account: who.Account, ID: commandID}
}

// policy says which roles may do an act. The table is the whole of it.
var policy = map[string][]org.Role{
	"plan.read":     {org.Clerk, org.Approver, org.Administrator},
	"plan.import":   {org.Clerk},
	"plan.correct":  {org.Clerk},
	"plan.amend":    {org.Clerk},
	"plan.force":    {org.Clerk},
	"plan.publish":  {org.Approver},
	"plan.close":    {org.Approver},
	"order.give":    {org.Clerk},
	"account.read":  {org.Administrator},
	"account.open":  {org.Administrator},
	"account.close": {org.Administrator},
	"job.read":      {org.Administrator},
	"job.hurry":     {org.Administrator},
	"account.erase": {org.Administrator},
}

// May reports whether somebody with these roles may do an act.
func May(act string, roles []org.Role) bool {
	for _, r := range policy[act] {
		for _, has := range roles {
			if r == has {
				return true
			}
		}
	}
	return false
}

// Sentences for who may not.
var (
	ErrMayNotPlan    = fault.New(fault.Denied, "您的职责里没有这一项。经办可以导入、修改和启用，审签可以公开和结束。")
	errMayNotAccount = fault.New(fault.Denied, "只有管理员可以管理账号。")
)

func mayNot(act string) error {
	if noun, _, _ := strings.Cut(act, "."); noun == "account" {
		return errMayNotAccount
	}
	return ErrMayNotPlan
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
func (o *Office) write(ctx context.Context, cmd db.Cmd, act string, f func(tx *db.Tx) error) error {
	return o.db.Write(ctx, cmd, func(tx *db.Tx) error {
		who, err := loadWho(tx, o.city, cmd.Account)
		if err != nil {
			return err
		}
		if who.Post != cmd.Actor || !May(act, who.Roles) {
			return mayNot(act)
		}
		return f(tx)
	})
}
