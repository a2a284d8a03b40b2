// Package org holds units, the posts in them, and who may do what. Roles
// follow posts, not persons.
package org

import (
	"slices"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// Role is a bundle of acts that a post may do.
type Role string

const (
	Administrator Role = "administrator" // 管理员: units, posts, accounts
	Clerk         Role = "clerk"         // 经办 in the bureau's office: import, correct, take into force, assign
	Approver      Role = "approver"      // 审签: make public, close
	GroupMember   Role = "leading_group" // 领导小组: reads how everything stands
	UnitHead      Role = "unit_head"     // 单位负责人: answers for what the unit was assigned
	UnitClerk     Role = "unit_clerk"    // 单位经办: the same, and opens accounts below
	Reporter      Role = "reporter"      // 报送: reports for the unit
	Verifier      Role = "verifier"      // 核实: checks what units below report
	Auditor       Role = "auditor"       // 审计: reads everything, changes nothing
)

// Roles are all roles, in the order in which they are offered.
var Roles = []Role{Clerk, Approver, Administrator, GroupMember, UnitHead, UnitClerk, Reporter, Verifier, Auditor}

// FirstRoles are what the first person of a city may do, until there are others.
var FirstRoles = []Role{Clerk, Approver, Administrator}

// UnitRoles are what people of units below the bureau may be given by the clerk above.
var UnitRoles = []Role{UnitHead, UnitClerk, Reporter, Verifier}

// Post is a place in a unit that one person fills at a time.
type Post struct {
	ID    id.Post
	Unit  id.Unit
	Title string
	Roles []Role
	To    calendar.Day // last day of the post itself, or empty
}

// AccountState says whether its holder can sign in.
type AccountState string

const (
	AccountOpen   AccountState = "open"
	AccountClosed AccountState = "closed"
	AccountErased AccountState = "erased" // closed, and nobody knows any more who held it
)

// Account is a person in a post. Name and telephone are personal.
type Account struct {
	ID    id.Account
	Post  id.Post
	Name  string
	Phone string // may be empty
	State AccountState
}

// Kinds of entries about the organisation.
const (
	KindCityFounded   = "city.founded"
	KindContactStated = "city.contact_stated"
	KindUnitOpened    = "unit.opened"
	KindUnitsImported = "unit.imported"
	KindUnitChanged   = "unit.changed"
	KindUnitClosed    = "unit.closed"
	KindUnitSucceeded = "unit.succeeded"
	KindPostOpened    = "post.opened"
	KindPostEnded     = "post.ended"
	KindRolesGiven    = "post.roles_given"
	KindAccountOpened = "account.opened"
	KindAccountNamed  = "account.named"
	KindAccountClosed = "account.closed"
	KindAccountErased = "account.erased"
	KindTermBegun     = "term.begun"
	KindTermEnded     = "term.ended"
	KindGroupStated   = "group.stated"
	KindHandedOver    = "post.handed_over"

	KindUnitWorkingBody = "unit.working_body_stated"
	KindUnitContact     = "unit.contact_stated"
	KindUnitPhone       = "unit.phone_stated"
)

// CheckName says what keeps a name of a unit, post or person from being saved.
func CheckName(field, label, name string) error { return fault.CheckLine(field, label, name, 60, true) }

// CheckPhone says what keeps the telephone number of an account from being saved.
func CheckPhone(phone string) error { return fault.CheckLine("phone", "电话", phone, 60, false) }

// CheckRoles says what keeps a list of roles from being given.
func CheckRoles(roles []Role) error {
	if len(roles) == 0 {
		return fault.New(fault.Invalid, "请至少选一项职责。").In("roles")
	}
	for i, r := range roles {
		if !slices.Contains(Roles, r) || slices.Contains(roles[:i], r) {
			return fault.New(fault.Invalid, "没有这样的职责，或者一项选了两次。").In("roles")
		}
	}
	return nil
}

// FoundedEntry is the first entry of a city.
func FoundedEntry(city, bureau string) ledger.Draft {
	return ledger.Draft{Kind: KindCityFounded, Class: ledger.Public, Words: ledger.Words("city", city, "bureau", bureau)}
}

// CheckContact says what keeps a telephone number and an address from being kept.
func CheckContact(phone, address string) error {
	if err := CheckPhone(phone); err != nil {
		return err
	}
	return fault.CheckLine("address", "地址", address, 120, false)
}

// ContactEntry is the entry of where the body that runs the plan can be reached.
func ContactEntry(phone, address string) ledger.Draft {
	return ledger.Draft{Kind: KindContactStated, Class: ledger.Public, Words: ledger.Words("phone", phone, "address", address)}
}

// OpenedEntries are the entries of a new post: that it is there, for everybody,
// and what it may do, for the office.
func (p Post) OpenedEntries() []ledger.Draft {
	post := ledger.Subject{Noun: "post", ID: p.ID.String()}
	return []ledger.Draft{{Kind: KindPostOpened, Class: ledger.Public, Words: ledger.Words("title", p.Title),
		Subjects: []ledger.Subject{post, {Noun: "unit", ID: p.Unit.String()}}}, p.RolesEntry()}
}

// RolesEntry is the entry of what a post may do, for the office.
func (p Post) RolesEntry() ledger.Draft {
	d := ledger.Draft{Kind: KindRolesGiven, Class: ledger.Internal, Subjects: []ledger.Subject{{Noun: "post", ID: p.ID.String()}}}
	for _, r := range p.Roles {
		d.Fields = append(d.Fields, ledger.Num(string(r), 1))
	}
	return d
}

// OpenedEntry is the entry of a new account; the name is committed to and erasable.
func (a Account) OpenedEntry() ledger.Draft {
	return ledger.Draft{Kind: KindAccountOpened, Class: ledger.Personal, Words: ledger.Words("name", a.Name),
		Subjects: []ledger.Subject{{Noun: "account", ID: a.ID.String()}, {Noun: "post", ID: a.Post.String()}}}
}

// NamedEntry is the entry of who holds an account that was opened without a name.
func (a Account) NamedEntry() ledger.Draft {
	d := a.OpenedEntry()
	d.Kind = KindAccountNamed
	return d
}

// ClosedEntry is the entry of an account whose holder can no longer sign in.
func (a Account) ClosedEntry() ledger.Draft {
	return ledger.Draft{Kind: KindAccountClosed, Class: ledger.Internal,
		Subjects: []ledger.Subject{{Noun: "account", ID: a.ID.String()}, {Noun: "post", ID: a.Post.String()}}}
}

// ErasedEntry is the entry of an account of whose holder nothing is kept any more.
func (a Account) ErasedEntry() ledger.Draft {
	return ledger.Draft{Kind: KindAccountErased, Class: ledger.Internal,
		Subjects: []ledger.Subject{{Noun: "account", ID: a.ID.String()}, {Noun: "post", ID: a.Post.String()}}}
}

// CheckErase says what keeps an account from being erased.
func (a Account) CheckErase() error {
	if a.State == AccountOpen {
		return fault.New(fault.Conflict, "这个账号还在用。请先停用，再抹去。")
	}
	return nil
}

// EndedEntry is the entry of a post that is there no longer.
func (p Post) EndedEntry() ledger.Draft {
	return ledger.Draft{Kind: KindPostEnded, Class: ledger.Public, Subjects: []ledger.Subject{{Noun: "post", ID: p.ID.String()}},
		Fields: []ledger.Field{ledger.Day("to", string(p.To))}}
}
