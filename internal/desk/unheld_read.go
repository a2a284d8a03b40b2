package desk

import (
	"context"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// Unheld is what nobody holds (没有人管的事): it is what a person left behind who went
// without a handover, and what nobody was ever given.
type Unheld struct {
	Posts    []UnheldPost
	Items    []UnheldItem
	Accounts []Account // open ones without a post
	Places   []UnheldPlace
}

// Count is how many things nobody holds.
func (u Unheld) Count() int { return len(u.Posts) + len(u.Items) + len(u.Accounts) + len(u.Places) }

// UnheldPost is a post without a holder.
type UnheldPost struct {
	Post     id.Post
	Unit     id.Unit
	Level    org.Level
	UnitName string
	Title    string
	Leads    int          // how many items in force its unit leads
	Last     calendar.Day // of the last holder; empty where nobody ever held it
	Closed   bool         // the account of its holder was closed
	Acting   bool         // somebody stands in
	Coming   calendar.Day // when the next holder comes, or empty
}

// UnheldItem is an item in force for which nobody can answer.
type UnheldItem struct {
	Item      id.Item
	Title     string
	Lead      string
	Plan      id.Plan
	PlanTitle string
	Unit      id.Unit
	UnitName  string // the one of those that lead
	Ended     bool   // the unit is there no longer; else nobody there has an account
}

// UnheldPlace is a place in a leading group whose post nobody holds.
type UnheldPlace struct {
	HandedPlace
	Unit     id.Unit
	UnitName string
	Title    string
}

// Unheld finds what nobody holds today, as far as who asks may see accounts.
func (o *Office) Unheld(ctx context.Context, who Who) (u Unheld, err error) {
	if !who.May("account.read") {
		return u, MayNot("account.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		sees, err := o.within(v, who, "account.read")
		if err != nil {
			return err
		}
		today := o.Today()
		if u.Posts, err = emptyPosts(v, o.city, today); err != nil {
			return err
		}
		leads, err := leadsInForce(v, o.city)
		if err != nil {
			return err
		}
		assigned, err := leadsAssigned(v, o.city, today)
		if err != nil {
			return err
		}
		if u.Items, err = itemsUnled(v, o.city, leads, today); err != nil {
			return err
		}
		for _, l := range assigned {
			if l.unit.ended(today) || !l.unit.open {
				l.Unit, l.UnitName, l.Ended = l.unit.unit, l.unit.name, l.unit.ended(today)
				u.Items = append(u.Items, l.UnheldItem)
			}
		}
		if u.Accounts, err = idleAccounts(v, o.city, today); err != nil {
			return err
		}
		if u.Places, err = emptyPlaces(v, o.city, today); err != nil {
			return err
		}
		u.Posts = slices.DeleteFunc(u.Posts, func(p UnheldPost) bool { return !sees(p.Unit) })
		u.Items = slices.DeleteFunc(u.Items, func(i UnheldItem) bool { return !sees(i.Unit) })
		u.Accounts = slices.DeleteFunc(u.Accounts, func(a Account) bool { return !sees(a.UnitID) })
		u.Places = slices.DeleteFunc(u.Places, func(p UnheldPlace) bool { return !sees(p.Unit) })
		return sayOfPosts(v, o.city, u.Posts, leads, assigned, today)
	})
	return u, err
}

// within gives which units somebody may do an act to today.
func (o *Office) within(q db.Querier, who Who, act string) (func(id.Unit) bool, error) {
	if who.MayEverywhere(act) {
		return func(id.Unit) bool { return true }, nil
	}
	parents, err := parentsOfUnits(q, o.city, o.Today())
	return func(unit id.Unit) bool {
		for above := unit; above != 0; above = parents[above] {
			for _, h := range who.Held {
				far := reach(act, h.Roles)
				if h.Unit == above && (far == Downward || far == OwnUnit && above == unit) {
					return true
				}
			}
		}
		return false
	}, err
}

// leaders are the units that a lead names.
func leaders(lead string) []string { return strings.Split(lead, "、") }

// itemsUnled keeps the items of which a unit that leads is there no longer, or has nobody
// with an account. A lead that is no unit of the tree, such as 各县, is no matter of it.
func itemsUnled(q db.Querier, city int64, leads []UnheldItem, today calendar.Day) (out []UnheldItem, err error) {
	var names []string
	for _, i := range leads {
		names = append(names, leaders(i.Lead)...)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	known := map[string]namedUnit{}
	for part := range slices.Chunk(names, 150) {
		units, err := unitsOfNames(q, city, part, today)
		if err != nil {
			return nil, err
		}
		for _, u := range units {
			if better, there := known[u.name]; !there || better.ended(today) || u.open && !u.ended(today) {
				known[u.name] = u
			}
		}
	}
	for _, i := range leads {
		for _, name := range leaders(i.Lead) {
			if u, there := known[name]; there && (u.ended(today) || !u.open) {
				i.Unit, i.UnitName, i.Ended = u.unit, name, u.ended(today)
				out = append(out, i)
			}
		}
	}
	return out, nil
}

func (u namedUnit) ended(today calendar.Day) bool { return u.to != "" && u.to < today }

// sayOfPosts fills in of posts that nobody holds how that came, and what waits for them.
func sayOfPosts(q db.Querier, city int64, posts []UnheldPost, leads []UnheldItem, assigned []ledItem, today calendar.Day) error {
	ledBy := map[id.Unit]int{}
	for _, l := range assigned {
		ledBy[l.unit.unit]++
	}
	led := map[string]int{}
	for _, i := range leads {
		for _, name := range leaders(i.Lead) {
			led[name]++
		}
	}
	for part := range slices.Chunk(posts, 150) {
		var which []id.Post
		for i, p := range part {
			part[i].Leads = led[p.UnitName] + ledBy[p.Unit]
			which = append(which, p.Post)
		}
		terms, err := termsIn(q, city, which)
		if err != nil {
			return err
		}
		for _, t := range terms {
			at := slices.IndexFunc(part, func(p UnheldPost) bool { return p.Post == t.Post })
			part[at].tell(t, today)
		}
	}
	return nil
}

// tell takes in what a term says of a post that nobody holds today.
func (p *UnheldPost) tell(t postTerm, today calendar.Day) {
	switch {
	case t.Cancelled():
	case t.Kind == org.Acting:
		p.Acting = p.Acting || t.open && t.On(today)
	case t.From > today:
		if t.open && p.Coming == "" {
			p.Coming = t.From
		}
	default:
		p.Last, p.Closed = t.To, !t.open
	}
}
