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

// Heading is a draft's title and issuer.
type Heading struct{ Title, Issuer string }

// CorrectHeading corrects the title and issuer of a draft.
func (o *Office) CorrectHeading(ctx context.Context, cmd db.Cmd, p id.Plan, h Heading) error {
	return o.correct(ctx, cmd.Of("plan.correct_heading", struct {
		Plan id.Plan
		Heading
	}{p, h}), p, func(tx *db.Tx) error {
		stands, err := loadPlan(tx, o.city, p)
		if err != nil {
			return err
		}
		stands.Title, stands.Issuer = h.Title, h.Issuer
		if err := plan.CheckHeading(stands); err != nil {
			return err
		}
		return savePlan(tx, o.city, stands)
	})
}

// CorrectItem corrects what was read about an item of a draft.
func (o *Office) CorrectItem(ctx context.Context, cmd db.Cmd, p id.Plan, i plan.Item) error {
	if err := plan.CheckItem(i); err != nil {
		return err
	}
	return o.correct(ctx, cmd.Of("plan.correct_item", struct {
		Plan id.Plan
		Item plan.Item
	}{p, i}), p, func(tx *db.Tx) error {
		stands, err := loadItem(tx, o.city, p, i.ID)
		if err != nil {
			return err
		}
		stands.Title, stands.Lead, stands.Cooperating, stands.Responsible = i.Title, i.Lead, i.Cooperating, i.Responsible
		stands.Period, stands.Project = i.Period, i.Project
		return saveItems(tx, o.city, []plan.Item{stands})
	})
}

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

// CorrectTarget corrects a target of a draft; one without an id is added, and
// its quote must then stand in the item's paragraph.
func (o *Office) CorrectTarget(ctx context.Context, cmd db.Cmd, p id.Plan, t plan.Target) (id.Target, error) {
	if err := plan.CheckTarget(t); err != nil {
		return 0, err
	}
	made := t.ID
	var found quoted
	if t.ID == 0 {
		found = o.findQuote(ctx, p, t.Item, t.Quote)
	}
	err := o.correct(ctx, cmd.Of("plan.correct_target", struct {
		Plan   id.Plan
		Target plan.Target
	}{p, t}, &made), p, func(tx *db.Tx) error {
		item, err := loadItem(tx, o.city, p, t.Item)
		if err != nil {
			return err
		}
		stands := plan.Target{ID: t.ID, Item: item.ID}
		if t.ID != 0 {
			if stands, err = loadTarget(tx, o.city, item.ID, t.ID); err != nil {
				return err
			}
		} else {
			if stands.Span, stands.Quote, err = found.in(item); err != nil {
				return err
			}
			made = db.NewID[id.Target](tx)
			stands.ID = made
		}
		return saveTargets(tx, o.city, []plan.Target{stands.Corrected(t)})
	})
	return made, err
}

// RemoveTarget says that what was read as a target is none.
func (o *Office) RemoveTarget(ctx context.Context, cmd db.Cmd, p id.Plan, i id.Item, t id.Target) error {
	return o.correct(ctx, cmd.Of("plan.remove_target", []any{p, i, t}), p, func(tx *db.Tx) error {
		if _, err := loadItem(tx, o.city, p, i); err != nil {
			return err
		}
		return deleteTarget(tx, o.city, i, t)
	})
}

// CorrectMilestone corrects a milestone of a draft; one without an id is added,
// and its title must then be a quote of the item's paragraph.
func (o *Office) CorrectMilestone(ctx context.Context, cmd db.Cmd, p id.Plan, m plan.Milestone, quote string) (id.Milestone, error) {
	if err := plan.CheckMilestone(m); err != nil {
		return 0, err
	}
	made := m.ID
	var found quoted
	if m.ID == 0 {
		found = o.findQuote(ctx, p, m.Item, quote)
	}
	err := o.correct(ctx, cmd.Of("plan.correct_milestone", struct {
		Plan      id.Plan
		Milestone plan.Milestone
		Quote     string
	}{p, m, quote}, &made), p, func(tx *db.Tx) error {
		item, err := loadItem(tx, o.city, p, m.Item)
		if err != nil {
			return err
		}
		stands := plan.Milestone{ID: m.ID, Item: item.ID}
		if m.ID != 0 {
			if stands, err = loadMilestone(tx, o.city, item.ID, m.ID); err != nil {
				return err
			}
		} else {
			if stands.Span, _, err = found.in(item); err != nil {
				return err
			}
			made = db.NewID[id.Milestone](tx)
			stands.ID = made
		}
		return saveMilestones(tx, o.city, []plan.Milestone{stands.Corrected(m)})
	})
	return made, err
}

// RemoveMilestone says that what was read as a milestone is none.
func (o *Office) RemoveMilestone(ctx context.Context, cmd db.Cmd, p id.Plan, i id.Item, m id.Milestone) error {
	return o.correct(ctx, cmd.Of("plan.remove_milestone", []any{p, i, m}), p, func(tx *db.Tx) error {
		if _, err := loadItem(tx, o.city, p, i); err != nil {
			return err
		}
		return deleteMilestone(tx, o.city, i, m)
	})
}

// CorrectPhase corrects the name and days of a phase of a draft.
func (o *Office) CorrectPhase(ctx context.Context, cmd db.Cmd, p id.Plan, f plan.Phase) error {
	if err := plan.CheckPhase(f); err != nil {
		return err
	}
	return o.correct(ctx, cmd.Of("plan.correct_phase", struct {
		Plan  id.Plan
		Phase plan.Phase
	}{p, f}), p, func(tx *db.Tx) error {
		phases, err := loadPhases(tx, o.city, p)
		if err != nil {
			return err
		}
		for _, stands := range phases {
			if stands.Ordinal == f.Ordinal {
				stands.Name, stands.First, stands.Last = f.Name, f.First, f.Last
				return savePhases(tx, o.city, p, []plan.Phase{stands})
			}
		}
		return db.ErrNoRow
	})
}
