package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// Along is what goes to the successor beside the rights: duties, orders and places in
// groups of themselves, because they lie with the posts; the others because somebody was
// at them and did not finish.
type Along struct {
	Duties   []HandedDuty
	Orders   []HandedDuty
	Drafts   []HandedPlan // that were worked on
	Reissues []HandedPlan // with documents that were issued anew and are not followed yet
	Previews []HandedPlan // of which something was about to be made public
	Groups   []HandedPlace
	Asked    []CollectionOwed // what collections that run still wait for
}

// HandedPlan is a plan with how much of it is open.
type HandedPlan struct {
	Plan  id.Plan
	Title string
	Open  int
}

// HandedPlace is the place of a post in a leading group.
type HandedPlace struct {
	Group id.Group
	Name  string
	Post  id.Post
	Place org.Place
}

// kept is what a handover remembers of what went along: identifiers and counts.
type kept struct {
	Posts    []id.Post
	Items    []id.Item   `json:",omitempty"`
	Drafts   []keptPlan  `json:",omitempty"`
	Reissues []keptPlan  `json:",omitempty"`
	Previews []keptPlan  `json:",omitempty"`
	Groups   []id.Group  `json:",omitempty"`
	Asked    []keptAsked `json:",omitempty"`
}

// keptAsked is what one unit owed to a collection.
type keptAsked struct {
	Collection id.Collection
	Unit       id.Unit
}

type keptPlan struct {
	Plan id.Plan
	Open int `json:",omitempty"`
}

func (a Along) kept(posts []id.Post) kept {
	k := kept{Posts: posts, Drafts: keptPlans(a.Drafts), Reissues: keptPlans(a.Reissues), Previews: keptPlans(a.Previews)}
	for _, d := range slices.Concat(a.Duties, a.Orders) {
		k.Items = append(k.Items, d.Item.ID)
	}
	for _, g := range a.Groups {
		k.Groups = append(k.Groups, g.Group)
	}
	for _, c := range a.Asked {
		k.Asked = append(k.Asked, keptAsked{c.Collection, c.Unit})
	}
	return k
}

func keptPlans(plans []HandedPlan) (out []keptPlan) {
	for _, p := range plans {
		out = append(out, keptPlan{p.Plan, p.Open})
	}
	return out
}

// goesAlong finds what goes to the successor of somebody in posts.
func (o *Office) goesAlong(q db.Querier, account id.Account, posts []Held, today calendar.Day) (a Along, err error) {
	if len(posts) == 0 {
		return a, nil
	}
	city := o.city
	person, err := loadAccount(q, city, account)
	if err != nil {
		return a, err
	}
	duties, err := handedDuties(q, city, posts, person.Name)
	if err != nil {
		return a, err
	}
	if a.Duties, a.Orders, err = withPromises(q, city, duties); err != nil {
		return a, err
	}
	a.Orders = slices.DeleteFunc(a.Orders, func(d HandedDuty) bool { return d.past(today) })
	if a.Groups, err = groupPlaces(q, city, postsIn(posts)); err != nil {
		return a, err
	}
	if a.Asked, err = o.askedOfPosts(q, posts, today); err != nil {
		return a, err
	}
	if !slices.ContainsFunc(posts, func(h Held) bool { return May("plan.read", h.Roles) }) {
		return a, nil // it was worked on in another post
	}
	var errs [3]error
	a.Drafts, errs[0] = draftsWorkedOn(q, city, account)
	a.Reissues, errs[1] = reissuesBroughtIn(q, city, account)
	a.Previews, errs[2] = previewsOf(q, city, account)
	return a, errors.Join(errs[:]...)
}

// askedOfPosts gives what collections still wait for from the units for which posts
// answer: their own, and those that ended and that they go on with.
func (o *Office) askedOfPosts(q db.Querier, posts []Held, today calendar.Day) ([]CollectionOwed, error) {
	var units []id.Unit
	t, err := o.dutyTree(q)
	if err != nil {
		return nil, err
	}
	for _, h := range posts {
		if reach("collection.answer", h.Roles) == "" {
			continue
		}
		for _, u := range t.placesOf(h.Unit) {
			if !slices.Contains(units, u) {
				units = append(units, u)
			}
		}
	}
	if len(units) == 0 {
		return nil, nil // no units would be all
	}
	all, err := collectionsOwed(q, o.city, units, today)
	return slices.DeleteFunc(all, func(c CollectionOwed) bool { return !c.Owes() }), err
}

func postsIn(held []Held) (out []id.Post) {
	for _, h := range held {
		out = append(out, h.Post)
	}
	return out
}

// along reads again what went along with a handover, as it stands now.
func (k kept) along(q db.Querier, city int64, posts []Held, person string, today calendar.Day) (a Along, err error) {
	var all []HandedDuty
	for part := range slices.Chunk(k.Items, 150) {
		some, err := itemsOf(q, city, part)
		if err != nil {
			return a, err
		}
		for _, d := range some {
			d.partOf(posts, person)
			all = append(all, d)
		}
	}
	if a.Duties, a.Orders, err = withPromises(q, city, all); err != nil {
		return a, err
	}
	var plans []id.Plan
	for _, p := range slices.Concat(k.Drafts, k.Reissues, k.Previews) {
		plans = append(plans, p.Plan)
	}
	titles, err := plansTitled(q, city, plans)
	if err != nil {
		return a, err
	}
	titled := func(kept []keptPlan) (out []HandedPlan) {
		for _, p := range kept {
			if titles[p.Plan] != "" { // a draft may have been discarded
				out = append(out, HandedPlan{p.Plan, titles[p.Plan], p.Open})
			}
		}
		return out
	}
	a.Drafts, a.Reissues, a.Previews = titled(k.Drafts), titled(k.Reissues), titled(k.Previews)
	if a.Asked, err = k.asked(q, city, today); err != nil {
		return a, err
	}
	groups, err := groupPlaces(q, city, k.Posts)
	for _, g := range groups {
		if slices.Contains(k.Groups, g.Group) {
			a.Groups = append(a.Groups, g)
		}
	}
	return a, err
}

// asked reads again how what was owed to collections stands; those that ended are told too.
func (k kept) asked(q db.Querier, city int64, today calendar.Day) ([]CollectionOwed, error) {
	var which []id.Collection
	for _, a := range k.Asked {
		which = append(which, a.Collection)
	}
	all, err := owedInAll(q, city, which)
	all = slices.DeleteFunc(all, func(c CollectionOwed) bool { return !slices.Contains(k.Asked, keptAsked{c.Collection, c.Unit}) })
	return situated(all, today), err
}

// Leaver is somebody whose posts may be handed over, with what would go along.
type Leaver struct {
	Account
	Posts []LeaversPost
	Along Along
}

// LeaversPost is a post that somebody fills today. Why says what keeps who asks from
// handing it over.
type LeaversPost struct {
	Held
	Why *fault.Fault
}

// May gives the posts that who asked may hand over.
func (l Leaver) May() (out []Held) {
	for _, p := range l.Posts {
		if p.Why == nil {
			out = append(out, p.Held)
		}
	}
	return out
}

// Leaver gives somebody with the posts that they fill today, for who may hand over one
// of them. What would go along is looked up where it is wanted.
func (o *Office) Leaver(ctx context.Context, who Who, account id.Account, along bool) (l Leaver, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if l.Account, err = o.accountNow(v, account); err != nil {
			return err
		}
		held, err := heldPosts(v, o.city, account, o.Today())
		if err != nil {
			return err
		}
		theirs := false
		for _, h := range held {
			err := o.mayGiveAway(v, who, org.Post{ID: h.Post, Unit: h.Unit, Title: h.Title, Roles: h.Roles})
			if err != nil && !fault.Is(err, fault.Denied) {
				return err
			}
			theirs = theirs || o.mayOver(v, who, "handover.do", h.Unit) == nil
			l.Posts = append(l.Posts, LeaversPost{h, fault.Of(err)})
		}
		if !theirs && o.mayOver(v, who, "handover.do", l.UnitID) != nil {
			return MayNot("handover.do")
		}
		if along {
			l.Along, err = o.goesAlong(v, account, l.May(), o.Today())
		}
		return err
	})
	return l, err
}

// HandedOver is a handover with all that its list for signature says.
type HandedOver struct {
	org.Handover
	From, To Account
	Posts    []Held
	Along    Along
	Done     calendar.Day
	DoneBy   string // the post
	Closes   bool   // the account, if no post is left on the first day
}

// HandedOver gives a handover, for who took part in it or may hand over in the units of
// all its posts: the list tells what each of them had to do.
func (o *Office) HandedOver(ctx context.Context, who Who, which id.Handover) (h HandedOver, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		row, err := loadHandover(v, o.city, which)
		if err != nil {
			return err
		}
		if h, err = o.handedOver(v, row); err != nil {
			return err
		}
		for _, p := range h.Posts {
			if who.Account == row.Predecessor || who.Account == row.Successor {
				break
			}
			if err := o.mayOver(v, who, "handover.do", p.Unit); err != nil {
				return err
			}
		}
		h.Along, err = row.Moved.along(v, o.city, h.Posts, h.From.Name, o.Today())
		return err
	})
	return h, err
}

// handedOver gives a handover with its names, without what went along.
func (o *Office) handedOver(q db.Querier, row handoverRow) (h HandedOver, err error) {
	h = HandedOver{Handover: row.Handover, Done: calendar.DayOf(time.UnixMicro(row.DoneAt)), Closes: row.Closes}
	if h.From, err = accountLine(q, o.city, row.Predecessor); err != nil {
		return h, err
	}
	if h.To, err = accountLine(q, o.city, row.Successor); err != nil {
		return h, err
	}
	if h.Posts, err = postsNamed(q, o.city, row.Moved.Posts); err != nil {
		return h, err
	}
	by, err := postsNamed(q, o.city, []id.Post{row.DoneBy})
	for _, p := range by {
		h.DoneBy = strings.TrimSpace(p.UnitName + " " + p.Title)
	}
	return h, err
}

const handoversShown = 30

// Handovers lists the handovers in a unit, if it is not 0, and those in which who asks
// took part, the last one first, without what went along.
func (o *Office) Handovers(ctx context.Context, who Who, unit id.Unit) (all []HandedOver, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if o.mayOver(v, who, "handover.do", unit) != nil {
			unit = 0
		}
		rows, err := handoversAbout(v, o.city, unit, who.Account, handoversShown)
		for _, r := range rows {
			h, err := o.handedOver(v, r)
			if err != nil {
				return err
			}
			all = append(all, h)
		}
		return err
	})
	return all, err
}
