package desk

import (
	"context"
	"errors"

	"luoshi/document"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// quoted is where a quote stands in the document.
type quoted struct {
	document id.Document
	span     document.Span
	words    string // without the line breaks in it
	err      error  // why it was not found
}

// findQuote finds a quote in the document of an item: what is promised must stand
// there. Without a place it is the first in the item's own words. It reads before the
// turn to write comes, because a document's words do not change.
func (o *Office) findQuote(ctx context.Context, p id.Plan, item id.Item, from Picked) (found quoted) {
	if len(from.Span) > 0 {
		found.span, found.words, found.err = o.standsAt(ctx, p, from)
		return found
	}
	found.err = o.db.Read(ctx, func(v *db.View) error {
		i, err := loadItem(v, o.city, p, item)
		if err != nil {
			return err
		}
		doc, err := loadDocument(v, o.city, i.Document)
		if err != nil {
			return err
		}
		text := []rune(doc.Text)
		words := document.At(0, len(text))
		if span, err := loadNodeSpan(v, o.city, i.Document, i.Node); err == nil {
			words = span
		} else if !errors.Is(err, db.ErrNoRow) {
			return err
		}
		words = i.WordsIn(words)
		for _, s := range document.Find(text, from.Words) {
			if holds(words, s) {
				found.document, found.span, found.words = i.Document, s, document.Quote(text, s)
				return nil
			}
		}
		return errQuote
	})
	return found
}

// in gives the place of the quote for an item as it stands now.
func (f quoted) in(i plan.Item) (document.Span, string, error) {
	if f.err == nil && f.document != 0 && f.document != i.Document {
		return nil, "", errQuote
	}
	return f.span, f.words, f.err
}
