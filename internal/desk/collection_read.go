package desk

import (
	"context"
	"errors"
	"slices"

	"luoshi/calendar"
	"luoshi/collection"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// CollectionLine is a collection in the list, with how far it came.
type CollectionLine struct {
	collection.Collection
	By     org.Unit
	Asked  int
	Counts map[collection.Situation]int
	Late   int
}

// Collections gives what was asked, as far as somebody may see it, the last first.
func (o *Office) Collections(ctx context.Context, who Who) (out []CollectionLine, err error) {
	if !who.May("collection.read") {
		return nil, MayNot("collection.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		all, err := listCollections(v, o.city)
		if err != nil {
			return err
		}
		if all, err = o.collectionsSeen(v, who, all); err != nil {
			return err
		}
		var which []id.Collection
		var by []id.Unit
		for _, c := range all {
			which, by = append(which, c.ID), append(by, c.By)
		}
		var errs [2]error
		var owed map[id.Collection][]collection.Owed
		var units map[id.Unit]org.Unit
		owed, errs[0] = owedOfAll(v, o.city, which)
		units, errs[1] = unitsNamed(v, o.city, by)
		for _, c := range all {
			line := CollectionLine{Collection: c, By: units[c.By], Asked: len(owed[c.ID])}
			line.Counts, line.Late = counted(c, owed[c.ID], o)
			out = append(out, line)
		}
		return errors.Join(errs[:]...)
	})
	return out, err
}

// collectionsSeen keeps those that were asked by units over which somebody may look.
func (o *Office) collectionsSeen(q db.Querier, who Who, all []collection.Collection) ([]collection.Collection, error) {
	if who.MayEverywhere("collection.read") {
		return all, nil
	}
	t, err := o.dutyTree(q)
	if err != nil {
		return nil, err
	}
	over, present := map[id.Unit]bool{}, t.present()
	for _, h := range who.Held {
		if reach("collection.read", h.Roles) == "" {
			continue
		}
		over[h.Unit] = true
		for _, u := range t.below(h.Unit) {
			over[u.ID] = true
		}
	}
	return slices.DeleteFunc(all, func(c collection.Collection) bool {
		now, ended := present[c.By]
		return !over[c.By] && !(ended && over[now])
	}), nil
}

func counted(c collection.Collection, owed []collection.Owed, o *Office) (counts map[collection.Situation]int, late int) {
	counts = map[collection.Situation]int{}
	for _, w := range owed {
		counts[w.Situation(c.Due, o.Today())]++
		if w.Late(c.Due) {
			late++
		}
	}
	return counts, late
}

// CollectionView is a collection with all of whom it is asked.
type CollectionView struct {
	collection.Collection
	By     org.Unit
	Owed   []OwedLine
	Counts map[collection.Situation]int
	Late   int
	Plan   plan.Plan // or ID 0
	Item   string    // title, or empty
	Asks   bool      // whether the reader may act on it
}

// OwedLine is a unit with how it stands.
type OwedLine struct {
	collection.Owed
	Unit      org.Unit
	Situation collection.Situation
	Late      bool
	Next      org.Unit // who goes on with a unit that ended; ID 0 where nobody does, or it has not
}

// Collection gives one collection, to who may look over whom it was asked by.
func (o *Office) Collection(ctx context.Context, who Who, which id.Collection) (out CollectionView, err error) {
	if !who.May("collection.read") {
		return out, MayNot("collection.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		if out.Collection, err = loadCollection(v, o.city, which); err != nil {
			return err
		}
		by, err := o.actsFor(v, out.Collection.By)
		if err != nil {
			return err
		}
		if err := o.mayOver(v, who, "collection.read", by); err != nil {
			return err
		}
		if _, out.Asks, err = o.postOver(v, who, "collection.ask", by); err != nil {
			return err
		}
		return o.fillCollection(v, &out)
	})
	return out, err
}

func (o *Office) fillCollection(q db.Querier, out *CollectionView) (err error) {
	owed, err := owedOf(q, o.city, out.ID)
	if err != nil {
		return err
	}
	ids := []id.Unit{out.Collection.By}
	for _, w := range owed {
		ids = append(ids, w.Unit)
	}
	units, err := unitsNamed(q, o.city, ids)
	if err != nil {
		return err
	}
	out.By = units[out.Collection.By]
	out.Counts, out.Late = counted(out.Collection, owed, o)
	for _, w := range owed {
		line := OwedLine{Owed: w, Unit: units[w.Unit], Situation: w.Situation(out.Due, o.Today()), Late: w.Late(out.Due)}
		if line.Ended(o.Today()) {
			next, err := o.actsFor(q, w.Unit)
			if err != nil {
				return err
			}
			if next != w.Unit {
				if line.Next, err = loadUnit(q, o.city, next); err != nil {
					return err
				}
			}
		}
		out.Owed = append(out.Owed, line)
	}
	if out.Collection.Plan == 0 {
		return nil
	}
	if out.Plan, err = loadPlan(q, o.city, out.Collection.Plan); err != nil || out.Collection.Item == 0 {
		return err
	}
	titles, err := loadTitles(q, o.city, []id.Item{out.Collection.Item})
	out.Item = titles[out.Collection.Item]
	return err
}

// Ended reports that the unit is there no longer.
func (l OwedLine) Ended(today calendar.Day) bool { return l.Unit.To != "" && l.Unit.To < today }

// Line gives the row of a unit, or false.
func (v CollectionView) Line(u id.Unit) (OwedLine, bool) {
	for _, l := range v.Owed {
		if l.Unit.ID == u {
			return l, true
		}
	}
	return OwedLine{}, false
}

// CollectionResult is a collection with the last answer of each unit.
type CollectionResult struct {
	CollectionView
	Last     map[id.Unit]collection.Answer
	Template []byte // the workbook as it was given, or nil
}

// CollectionResult gives all that came in.
func (o *Office) CollectionResult(ctx context.Context, who Who, which id.Collection) (out CollectionResult, err error) {
	if out.CollectionView, err = o.Collection(ctx, who, which); err != nil {
		return out, err
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		out.Last, err = lastAnswers(v, o.city, which)
		return err
	})
	if err == nil && out.Collection.Template != nil {
		out.Template, err = o.blobs.Get(out.Collection.Template.File)
	}
	return out, err
}

// Matrix is who takes up which item, of a collection of own plans.
func (r CollectionResult) Matrix() collection.Matrix {
	var owed []collection.Owed
	for _, l := range r.Owed {
		owed = append(owed, l.Owed)
	}
	return collection.NewMatrix(r.Collection, owed, r.Last)
}

// Answering is what one unit is asked, and what it gave.
type Answering struct {
	CollectionView // without the other units
	Line           OwedLine
	Fields         []collection.Field
	Answers        []collection.Answer // that were sent, the first revision first
	Draft          *collection.Answer
	Filled         collection.Values // what it finds filled in
	Returned       collection.Values // why the last one was returned, by field
	Earlier        bool              // Filled holds what it gave to an earlier collection
}

// Answering gives what a unit is asked, to its people; of who asked the office's own act
// gives it: AnsweringOf.
func (o *Office) Answering(ctx context.Context, who Who, which id.Collection, unit id.Unit) (Answering, error) {
	return o.answering(ctx, which, unit, true, func(q db.Querier, _ collection.Collection) error {
		over, err := o.actsFor(q, unit)
		if err != nil {
			return err
		}
		return o.mayOver(q, who, "collection.answer", over)
	})
}

// AnsweringOf gives it to who asked, without what the unit keeps and has not sent.
func (o *Office) AnsweringOf(ctx context.Context, who Who, which id.Collection, unit id.Unit) (Answering, error) {
	if !who.May("collection.read") {
		return Answering{}, MayNot("collection.read")
	}
	return o.answering(ctx, which, unit, false, func(q db.Querier, c collection.Collection) error {
		by, err := o.actsFor(q, c.By)
		if err != nil {
			return err
		}
		return o.mayOver(q, who, "collection.read", by)
	})
}

func (o *Office) answering(ctx context.Context, which id.Collection, unit id.Unit, own bool, may func(db.Querier, collection.Collection) error) (out Answering, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if out.Collection, err = loadCollection(v, o.city, which); err != nil {
			return err
		}
		if err := may(v, out.Collection); err != nil {
			return err
		}
		if err := o.fillCollection(v, &out.CollectionView); err != nil {
			return err
		}
		line, is := out.CollectionView.Line(unit)
		if !is || out.State == collection.Draft {
			return ErrMissing
		}
		out.Line, out.Owed = line, nil
		out.Fields = out.Collection.Fields(line.Owed)
		all, err := answersOf(v, o.city, which, unit)
		if err != nil {
			return err
		}
		var last *collection.Answer
		for _, a := range all {
			if a.Standing == collection.Drafted && !own {
				continue
			}
			last = &a
			if a.Standing == collection.Drafted {
				out.Draft = &a
			} else {
				out.Answers = append(out.Answers, a)
			}
		}
		if n := len(out.Answers); n > 0 && out.Answers[n-1].Standing == collection.Returned {
			out.Returned = out.Answers[n-1].Reasons
		}
		var earlier collection.Values
		if last == nil && out.Collection.Template != nil {
			if earlier, err = earlierAnswer(v, o.city, which, out.Collection.Template.Heads(), unit); err != nil {
				return err
			}
		}
		out.Earlier, out.Filled = len(earlier) > 0, out.Collection.Prefilled(line.Owed, last, earlier)
		return nil
	})
	return out, err
}

// UnitCollections is what a unit is asked.
type UnitCollections struct {
	Unit org.Unit
	Owed []CollectionOwed
}

// CollectionsDue gives what the units of somebody's posts are asked, running ones.
func (o *Office) CollectionsDue(ctx context.Context, who Who) (out []UnitCollections, err error) {
	if !who.May("collection.answer") {
		return nil, MayNot("collection.answer")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		t, err := o.dutyTree(v)
		if err != nil {
			return err
		}
		for _, h := range who.Held {
			if reach("collection.answer", h.Roles) == "" || slices.ContainsFunc(out, func(u UnitCollections) bool { return u.Unit.ID == h.Unit }) {
				continue
			}
			u := UnitCollections{}
			if u.Unit, err = loadUnit(v, o.city, h.Unit); err != nil {
				return err
			}
			if u.Owed, err = collectionsOwed(v, o.city, t.placesOf(h.Unit), o.Today()); err != nil {
				return err
			}
			out = append(out, u)
		}
		return nil
	})
	return out, err
}

// AnswerFile gives the file of an answer, with its name.
func (o *Office) AnswerFile(a collection.Answer) (name string, content []byte, err error) {
	if a.File == nil {
		return "", nil, ErrMissing
	}
	content, err = o.blobs.Get(a.File.Hash)
	return a.File.Name, content, err
}

// TemplateFile gives the workbook of a collection as it was given.
func (o *Office) TemplateFile(c collection.Collection) ([]byte, error) {
	if c.Template == nil {
		return nil, ErrMissing
	}
	return o.blobs.Get(c.Template.File)
}
