package desk

import (
	"slices"

	"luoshi/calendar"
	"luoshi/internal/db"
	"luoshi/progress"
)

// editionsToAdjust gives those of the editions of a kind that may tell otherwise than it
// stands now, in the order in which they were issued. The last edition of everything told
// what had changed until its day; what changed since concerns no edition of a period that
// had ended before.
func (o *Office) editionsToAdjust(q db.Querier, k reportKeeping, issued []IssuedSummary, kind progress.Every) ([]progress.Summary, error) {
	all := slices.DeleteFunc(slices.Clone(issued), func(e IssuedSummary) bool { return e.Kind != kind })
	slices.Reverse(all)
	from, err := o.changedSince(q, k, all)
	if err != nil {
		return nil, err
	}
	first := slices.IndexFunc(all, func(e IssuedSummary) bool { return from != "" && e.Period.Last() >= from })
	if first < 0 {
		return nil, nil
	}
	return issuedOf(q, o.city, k.plan.ID, kind, all[first].ID)
}

// changedSince gives the first day of the earliest period of which something changed since
// the last edition of everything was put together; empty where nothing did.
func (o *Office) changedSince(q db.Querier, k reportKeeping, all []IssuedSummary) (from calendar.Day, err error) {
	const everything = calendar.Day("0001-01-01")
	if len(k.before) > 0 {
		return everything, nil // what units that ended reported may have passed on
	}
	for _, e := range slices.Backward(all) {
		_, content, err := loadIssued(q, o.city, k.plan.ID, e.ID)
		if err != nil {
			return "", err
		}
		chosen, err := chosenOf(content)
		if err != nil {
			return "", err
		}
		if !chosen.IsEmpty() {
			continue
		}
		arranged, err := arrangedSince(q, o.city, k.plan.ID, e.Day)
		if err != nil || arranged {
			return everything, err
		}
		periods, err := periodsChangedSince(q, o.city, k.words.Items, e.Day)
		for _, p := range periods {
			if from == "" || p.First() < from {
				from = p.First()
			}
		}
		return from, err
	}
	return everything, nil
}
