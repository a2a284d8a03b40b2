package desk

import (
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// OpenPost opens a post in a unit. Nobody fills it yet.
func (o *Office) OpenPost(ctx context.Context, cmd db.Cmd, p org.Post) (made id.Post, err error) {
	if err := org.CheckName("title", "岗位名称", p.Title); err != nil {
		return 0, err
	}
	err = o.writeOver(ctx, cmd.Of("post.open", p, &made), "account.open", over(p.Unit), func(tx *db.Tx, who Who) error {
		if err := checkRoles(who, p.Roles); err != nil {
			return err
		}
		u, err := loadUnit(tx, o.city, p.Unit)
		if err != nil {
			return err
		}
		if u.To != "" {
			return fault.New(fault.Conflict, "%s 已经撤销，不能再设岗位。", u.Name)
		}
		p.ID = db.NewID[id.Post](tx)
		made = p.ID
		tx.Append(p.OpenedEntries()...)
		return savePosts(tx, o.city, []org.Post{p})
	})
	return made, err
}

// checkRoles says what keeps somebody from giving roles: those of the bureau only an
// administrator gives, so that nobody makes themselves what they are not.
func checkRoles(who Who, roles []org.Role) error {
	if err := org.CheckRoles(roles); err != nil {
		return err
	}
	if who.May("account.roles") {
		return nil
	}
	if OfTheBureau(roles) {
		return fault.New(fault.Denied, "局里的职责（经办、审签、管理员、领导小组、审计）只有管理员能给。").In("roles")
	}
	return nil
}

// OfTheBureau reports whether roles are such as only an administrator gives.
func OfTheBureau(roles []org.Role) bool {
	return slices.ContainsFunc(roles, func(r org.Role) bool { return !slices.Contains(org.UnitRoles, r) })
}

// GiveRoles says anew what a post may do.
func (o *Office) GiveRoles(ctx context.Context, cmd db.Cmd, post id.Post, roles []org.Role) error {
	return o.writeOver(ctx, cmd.Of("post.roles", []any{post, roles}), "account.open", o.unitOfPost(post), func(tx *db.Tx, who Who) error {
		p, err := loadPost(tx, o.city, post)
		if err != nil {
			return err
		}
		for _, some := range [][]org.Role{roles, p.Roles} {
			if err := checkRoles(who, some); err != nil {
				return err
			}
		}
		p.Roles = roles
		tx.Append(p.RolesEntry())
		return givePostRoles(tx, o.city, post, roles)
	})
}

func (o *Office) unitOfPost(post id.Post) func(*db.Tx) (id.Unit, error) {
	return func(tx *db.Tx) (id.Unit, error) {
		p, err := loadPost(tx, o.city, post)
		return p.Unit, err
	}
}

// EndPost ends a post that nobody fills any more, with today.
func (o *Office) EndPost(ctx context.Context, cmd db.Cmd, post id.Post) error {
	return o.writeOver(ctx, cmd.Of("post.end", post), "account.open", o.unitOfPost(post), func(tx *db.Tx, who Who) error {
		p, err := loadPost(tx, o.city, post)
		if err != nil || p.To != "" {
			return err
		}
		if err := checkRoles(who, p.Roles); err != nil {
			return err
		}
		terms, err := termsOfPost(tx, o.city, post)
		if err != nil {
			return err
		}
		for _, t := range terms {
			if t.To == "" || t.To > tx.Today() {
				return fault.New(fault.Conflict, "%s 这个岗位上还有人。请先办交接，再撤岗位。", p.Title)
			}
		}
		p.To = tx.Today()
		tx.Append(p.EndedEntry())
		return endPost(tx, o.city, post, p.To)
	})
}

// endPosts ends all posts of a unit that ends, and the terms in them.
func endPosts(tx *db.Tx, city int64, unit id.Unit, day calendar.Day) error {
	posts, err := postsOfUnit(tx, city, unit)
	if err != nil {
		return err
	}
	terms, err := termsOfUnit(tx, city, unit)
	if err != nil {
		return err
	}
	last := day.AddDays(-1)
	for _, p := range posts {
		p.To = last
		tx.Append(p.EndedEntry())
	}
	for _, t := range terms {
		if t.To == "" || t.To > last {
			t.To = last
			tx.Append(t.EndedEntry())
		}
	}
	return endPostsOf(tx, city, unit, last)
}

// movePosts opens the posts of a unit that ends in the one that goes on with it, and
// lets whoever fills them go along, from when they would have filled them.
func movePosts(tx *db.Tx, city int64, from, to id.Unit, day calendar.Day) error {
	posts, err := postsOfUnit(tx, city, from)
	if err != nil {
		return err
	}
	terms, err := termsOfUnit(tx, city, from)
	if err != nil {
		return err
	}
	if err := endPosts(tx, city, from, day); err != nil {
		return err
	}
	var opened []org.Post
	var begun []org.Term
	for _, p := range posts {
		moved := org.Post{ID: db.NewID[id.Post](tx), Unit: to, Title: p.Title, Roles: p.Roles}
		opened = append(opened, moved)
		tx.Append(moved.OpenedEntries()...)
		for _, t := range terms {
			if t.Post == p.ID && (t.To == "" || t.To >= day) {
				t.ID, t.Post, t.From = db.NewID[id.Term](tx), moved.ID, max(t.From, day)
				begun = append(begun, t)
				tx.Append(t.BegunEntry())
			}
		}
	}
	if err := savePosts(tx, city, opened); err != nil {
		return err
	}
	return saveTerms(tx, city, begun...)
}
