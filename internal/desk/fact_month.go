package desk

import (
	"cmp"
	"maps"
	"slices"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

// keepFacts stores rows that are new and claims that stand otherwise now, with their
// summaries and entries: was are those claims before, is after; rows are what is new, in
// order of their numbers.
func (o *Office) keepFacts(tx *db.Tx, indicators map[id.Indicator]fact.Indicator, above lineage, was, is, rows []fact.Fact) error {
	tx.Append(fact.AddedEntries(rows)...)
	if err := insertFacts(tx, o.city, rows); err != nil {
		return err
	}
	if err := restateFacts(tx, o.city, is); err != nil {
		return err
	}
	byNumber := func(a, b id.Indicator) int { return cmp.Compare(a, b) }
	for _, which := range slices.SortedFunc(maps.Keys(indicators), byNumber) {
		i := indicators[which]
		of := func(all []fact.Fact) (out []fact.Fact) {
			for _, f := range all {
				if f.Indicator == which && f.Kind == fact.Claim {
					out = append(out, f)
				}
			}
			return out
		}
		if err := o.rollUp(tx, i, above, of(was), slices.Concat(of(is), of(rows))); err != nil {
			return err
		}
	}
	return nil
}

// rollUp changes the summaries of an indicator by claims that were so and are so. Claims
// that do not add up alone are looked at with the others of their group.
func (o *Office) rollUp(tx *db.Tx, i fact.Indicator, above lineage, was, is []fact.Fact) error {
	if len(was)+len(is) == 0 {
		return nil
	}
	beside, err := besideFacts(tx, o.city, i, slices.Concat(was, is))
	if err != nil {
		return err
	}
	before, after := beside(was), beside(is)
	if err := o.placeMore(tx, above, slices.Concat(before, after)); err != nil {
		return err
	}
	if err := saveSubjects(tx, o.city, i, was, is); err != nil {
		return err
	}
	return addToMonths(tx, o.city, i.ID, i.Changes(above.placed(before), above.placed(after)))
}

// besideFacts gives what puts claims among the others of their groups, as those stand.
func besideFacts(tx *db.Tx, city int64, i fact.Indicator, touched []fact.Fact) (func([]fact.Fact) []fact.Fact, error) {
	subjects, months := map[string]bool{}, map[string]map[id.Unit]bool{}
	own := map[id.Fact]bool{}
	for _, f := range touched {
		own[f.ID] = true
		g, grouped := i.GroupOf(f)
		switch {
		case !grouped:
		case g.Subject != "":
			subjects[g.Subject] = true
		default:
			if months[g.Month] == nil {
				months[g.Month] = map[id.Unit]bool{}
			}
			months[g.Month][g.Unit] = true
		}
	}
	others, err := claimsAbout(tx, city, i.ID, slices.Sorted(maps.Keys(subjects)))
	if err != nil {
		return nil, err
	}
	for _, m := range slices.Sorted(maps.Keys(months)) {
		more, err := claimsOf(tx, city, i.ID, slices.Sorted(maps.Keys(months[m])), calendar.Day(m+"-01"), calendar.Day(m+"-31"))
		if err != nil {
			return nil, err
		}
		others = append(others, more...)
	}
	others = slices.DeleteFunc(others, func(f fact.Fact) bool { return own[f.ID] })
	return func(some []fact.Fact) []fact.Fact { return slices.Concat(others, some) }, nil
}

// placeMore reads where units stood that are not known yet.
func (o *Office) placeMore(tx *db.Tx, above lineage, all []fact.Fact) error {
	missing := map[id.Unit]bool{}
	for _, f := range all {
		if above[f.Unit] == nil {
			missing[f.Unit] = true
		}
	}
	more, err := loadLineage(tx, o.city, slices.Sorted(maps.Keys(missing)))
	maps.Copy(above, more)
	return err
}
