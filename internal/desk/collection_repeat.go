package desk

import (
	"context"

	"luoshi/collection"
	"luoshi/id"
	"luoshi/internal/db"
)

// RepeatedFields finds among what somebody is about to ask what units fill in anyway: an
// item or figure of a plan in force that they report, or a field of another collection
// that runs.
func (o *Office) RepeatedFields(ctx context.Context, who Who, asked []string, except id.Collection) (out []collection.Repeat, err error) {
	if !who.May("collection.ask") {
		return nil, MayNot("collection.ask")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		known, err := fieldsAsked(v, o.city, except)
		if err != nil {
			return err
		}
		reported, err := fieldsReported(v, o.city)
		out = collection.Repeats(asked, append(known, reported...))
		return err
	})
	return out, err
}
