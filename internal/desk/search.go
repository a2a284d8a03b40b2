package desk

import (
	"context"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/search"
)

// FoundGroup is a group of results. It is a word of addresses.
type FoundGroup string

// The groups, in the order in which they are shown.
const (
	FoundPlans       FoundGroup = "plan"
	FoundItems       FoundGroup = "item"
	FoundCounties    FoundGroup = "county"
	FoundTownships   FoundGroup = "township"
	FoundVillages    FoundGroup = "village"
	FoundDepartments FoundGroup = "department"
	FoundPosts       FoundGroup = "post"
)

// groupRanks says which ranks stand in each group.
var groupRanks = []struct {
	group FoundGroup
	ranks []rank
}{
	{FoundPlans, []rank{rankPlan}},
	{FoundItems, []rank{rankItem}},
	{FoundCounties, []rank{rankCity, rankCounty}},
	{FoundTownships, []rank{rankTownship}},
	{FoundVillages, []rank{rankVillage}},
	{FoundDepartments, []rank{rankBureau, rankDivision, rankDirect}},
	{FoundPosts, []rank{rankPost}},
}

// Found is a record whose title contains what was searched for.
type Found struct {
	Title    string
	Plan     id.Plan // of a plan and of an item
	Item     id.Item
	Unit     id.Unit      // of a unit, and the one that a post is in
	Level    org.Level    // of a unit
	Above    []string     // county and township over a unit; the plan of an item; where a post is
	Closed   calendar.Day // the last day of a unit, or empty
	Standing plan.Standing
	State    plan.State // of the plan

	subject int64
}

// ID is the identifier of the record in its text form.
func (f Found) ID() string { return id.Text(f.subject) }

// Results are records of one group. More says that there are, or may be, further ones;
// Next is where they begin.
type Results struct {
	Group FoundGroup
	Found []Found
	More  bool
	Next  string
}

// Findings are what a search has found, in groups that are not empty.
type Findings struct {
	Groups   []Results
	Building bool // not all that an older version wrote can be found yet
}

// Asked is a search: everywhere, or in one group behind a place.
type Asked struct {
	Query search.Query
	In    FoundGroup // empty: everywhere
	After string     // Next of the results before
}

// Search finds what is searched for among all records of the city; who may not read
// plans finds of those what everybody may see.
func (o *Office) Search(ctx context.Context, who Who, a Asked) (out Findings, err error) {
	f := finder{city: o.city, asked: a}
	if !who.May("plan.read") {
		f.public, f.sights = NewPublic(o.db, o.city), map[id.Plan]*planSight{}
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		f.q = v
		out, err = f.all()
		return err
	})
	return out, err
}

// Search finds what is searched for in what everybody may see: units, posts, and the
// public words of public plans and items.
func (p *Public) Search(ctx context.Context, a Asked) (out Findings, err error) {
	err = p.db.Read(ctx, func(v *db.View) (err error) {
		out, err = (&finder{q: v, city: p.city, asked: a, public: p, sights: map[id.Plan]*planSight{}}).all()
		return err
	})
	return out, err
}
