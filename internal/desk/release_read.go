package desk

import (
	"context"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// Publicity is how much of a plan is public, and how it came to be so.
type Publicity struct {
	Plan      plan.Plan
	TakenBy   string                 // unit · post; empty for a draft
	Mine      bool                   // taken into force by the person who looks
	Alone     bool                   // and nobody else could publish it
	Items     []plan.Item            // also those that were withdrawn or cancelled: they stay to be seen
	Orders    map[id.Item]plan.Order // the items among them that were added as instructions, minutes or tasks
	Withdrawn map[id.Item]calendar.Day
	Editions  int          // documents issued anew of which what they say anew is not public
	Day       calendar.Day // on which the plan was taken back, or empty
	Fields    map[plan.FieldKind]FieldState
	Keeping   plan.Keeping // words kept back, as last decided, or as found where nothing was
	Acts      []ReleaseAct // newest first
}

// Waiting counts the items that are not public.
func (p Publicity) Waiting() (n int) {
	for _, i := range p.Items {
		if !i.Released {
			n++
		}
	}
	return n
}

// Publicity tells how much of a plan is public.
func (o *Office) Publicity(ctx context.Context, who Who, p id.Plan) (out Publicity, err error) {
	if !May("plan.read", who.Roles) {
		return out, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		out, err = o.publicity(v, who, p)
		return err
	})
	return out, err
}

func (o *Office) publicity(v *db.View, who Who, p id.Plan) (out Publicity, err error) {
	if out.Plan, err = loadPlan(v, o.city, p); err != nil {
		return out, err
	}
	if out.Items, err = everyItem(v, o.city, p); err != nil {
		return out, err
	}
	editions, err := loadPublicEditions(v, o.city, p)
	if err != nil {
		return out, err
	}
	if out.Plan.Released {
		out.Editions = unreleased(editions)
	}
	if out.Orders, err = loadOrders(v, o.city, p); err != nil {
		return out, err
	}
	if out.Withdrawn, err = withdrawnItems(v, o.city, p); err != nil {
		return out, err
	}
	if !out.Plan.Released {
		if out.Day, err = withdrawnDay(v, o.city, p); err != nil {
			return out, err
		}
	}
	if out.Acts, err = loadActs(v, o.city, p); err != nil {
		return out, err
	}
	posts, err := postNames(v, o.city)
	if err != nil {
		return out, err
	}
	for i := range out.Acts {
		out.Acts[i].Who = posts[out.Acts[i].Post.String()]
	}
	if out.Mine = out.Plan.TakenBy == who.Account; out.Mine {
		other, err := otherPublisher(v, o.city, who.Account)
		if err != nil {
			return out, err
		}
		out.Alone = !other
	}
	if out.TakenBy, err = postOf(v, o.city, out.Plan.TakenBy, posts); err != nil {
		return out, err
	}
	fields, err := loadFields(v, o.city, out.Plan)
	if err != nil {
		return out, err
	}
	found, err := keptWords(v, o.city, out.Plan)
	out.Keeping = fields.keeping.With(found)
	out.Fields = map[plan.FieldKind]FieldState{}
	for _, rule := range plan.FieldKinds {
		out.Fields[rule.Kind] = FieldState{fields.released(rule.Kind), fields.byKind[rule.Kind].Day}
	}
	return out, err
}

// Prepare keeps what somebody means to make public, so that it can be looked at first.
func (o *Office) Prepare(ctx context.Context, cmd db.Cmd, p id.Plan, r plan.Release) error {
	return o.write(ctx, cmd.Of("plan.prepare", []any{p, r}), "plan.publish", func(tx *db.Tx) error {
		if _, err := o.published(tx, cmd.Account, p, r); err != nil {
			return err
		}
		return savePreview(tx, o.city, p, cmd.Account, r)
	})
}

// Prepared gives what somebody means to make public; ErrMissing where that is nothing.
func (o *Office) Prepared(ctx context.Context, who Who, p id.Plan) (r plan.Release, err error) {
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		r, err = loadPreview(v, o.city, p, who.Account)
		return err
	})
	return r, err
}

// Preview gives what everybody would see if what somebody prepared were made public.
func (o *Office) Preview(ctx context.Context, who Who, p id.Plan) (*Public, error) {
	out := &Public{db: o.db, city: o.city, Originals: o.blobs}
	err := o.db.Read(ctx, func(v *db.View) error {
		r, err := loadPreview(v, o.city, p, who.Account)
		if err != nil {
			return err
		}
		out.as.plan = p
		out.as.release, err = o.published(v, who.Account, p, r)
		return err
	})
	return out, err
}
