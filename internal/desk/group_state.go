package desk

import (
	"cmp"
	"context"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

var errNoPostOfGroup = fault.New(fault.Conflict, "选的岗位里，有的已经没有了。请重新选。").In("member")

// StateGroup writes down a leading group, a new one where its ID is 0: who leads it,
// its deputies and members by their posts, and the unit that is its office.
func (o *Office) StateGroup(ctx context.Context, cmd db.Cmd, g org.Group) (made id.Group, err error) {
	if err := org.CheckGroup(g); err != nil {
		return 0, err
	}
	if len(g.Members) > 60 {
		return 0, fault.New(fault.TooLarge, "一个小组最多 60 个岗位。").In("member")
	}
	made = g.ID
	err = o.write(ctx, cmd.Of("group.state", g, &made), "group.state", func(tx *db.Tx) error {
		if g.ID == 0 {
			g.ID, g.From = db.NewID[id.Group](tx), tx.Today()
			made = g.ID
		} else {
			old, err := loadGroup(tx, o.city, g.ID)
			if err != nil {
				return err
			}
			g.From = old.From
		}
		if _, err := loadUnit(tx, o.city, g.Office); err != nil {
			return err
		}
		var posts []id.Post
		for _, m := range g.Members {
			posts = append(posts, m.Post)
		}
		if known, err := postsNamed(tx, o.city, posts); err != nil || len(known) < len(posts) {
			return cmp.Or(err, error(errNoPostOfGroup))
		}
		tx.Append(g.StatedEntry())
		return saveGroup(tx, o.city, g)
	})
	return made, err
}

// Member is a post of a group, with who holds it today for who may see names.
type Member struct {
	org.GroupMembership
	Unit  string
	Title string
	Name  string
	Held  bool
}

// GroupPage is a leading group with its members as they are called.
type GroupPage struct {
	org.Group
	OfficeName string
	Who        []Member
}

// Groups lists the leading groups. Names of persons are for who may see accounts.
func (o *Office) Groups(ctx context.Context, who Who) (all []GroupPage, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		all, err = readGroups(v, o.city, o.Today(), who.MayEverywhere("account.read"))
		return err
	})
	return all, err
}

// Groups lists the leading groups by post, without names.
func (p *Public) Groups(ctx context.Context) (all []GroupPage, err error) {
	err = p.db.Read(ctx, func(v *db.View) error {
		all, err = readGroups(v, p.city, p.Today(), false)
		return err
	})
	return all, err
}

func readGroups(q db.Querier, city int64, today calendar.Day, named bool) ([]GroupPage, error) {
	groups, err := listGroups(q, city)
	if err != nil {
		return nil, err
	}
	out := make([]GroupPage, len(groups))
	for i, g := range groups {
		out[i] = GroupPage{Group: g}
		office, err := loadUnit(q, city, g.Office)
		if err != nil {
			return nil, err
		}
		out[i].OfficeName = office.Name
		if out[i].Who, err = membersOf(q, city, g.ID); err != nil {
			return nil, err
		}
		for k, m := range out[i].Who {
			out[i].Members = append(out[i].Members, m.GroupMembership)
			terms, err := termsOfPost(q, city, m.Post)
			if err != nil {
				return nil, err
			}
			for _, t := range terms {
				if t.Kind != org.Holder || !t.On(today) {
					continue
				}
				person, err := loadPerson(q, city, t.Account)
				if err != nil {
					return nil, err
				}
				out[i].Who[k].Held = true
				if named {
					out[i].Who[k].Name = person.Name
				}
			}
		}
	}
	return out, nil
}

// NamedPost is a post as it is called, to be chosen from.
type NamedPost struct {
	Post  id.Post
	Level org.Level
	Unit  string
	Title string
}

// PostsAtTheTop lists the posts of the bureau, its divisions, direct units and the
// counties: those of which a leading group is made.
func (o *Office) PostsAtTheTop(ctx context.Context) (all []NamedPost, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		all, err = listTopPosts(v, o.city)
		return err
	})
	return all, err
}
