package desk

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

var errQuote = fault.New(fault.Invalid, "原文的这一段里没有这句话。请从上面的原文里复制，一个字都不要改。").In("quote")

// quoted is where a quote stands in the document.
type quoted struct {
	document id.Document
	node     int
	span     document.Span
	words    string // without the line breaks in it
	err      error  // why it was not found
}

// findQuote finds a quote in the words of an item's node: what is promised must
// stand in the document. It reads before the turn to write comes, because a
// document's words do not change; that the item still stands there is for in to say.
func (o *Office) findQuote(ctx context.Context, p id.Plan, item id.Item, quote string) (found quoted) {
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
		from, to := 0, len(text)
		span, err := loadNodeSpan(v, o.city, i.Document, i.Node)
		switch {
		case err == nil:
			from, to = span.Start(), span.End()
		case !errors.Is(err, db.ErrNoRow):
			return err
		}
		before, _, there := strings.Cut(string(text[from:to]), quote)
		if quote == "" || !there {
			return errQuote
		}
		start := from + utf8.RuneCountInString(before)
		found.document, found.node = i.Document, i.Node
		found.span = document.At(start, start+utf8.RuneCountInString(quote))
		found.words = document.Quote(text, found.span)
		return nil
	})
	return found
}

// in gives the place of the quote in the item as it stands now.
func (f quoted) in(i plan.Item) (document.Span, string, error) {
	if f.err == nil && (f.document != i.Document || f.node != i.Node) {
		return nil, "", errQuote
	}
	return f.span, f.words, f.err
}
