package plan

import (
	"cmp"
	"slices"
)

// Ranked puts questions in the order of what hangs on their answers: the year
// that moves many days, then days, then figures, then what has several answers
// but changes no value, then what only asks for more words. Questions of one
// rank stay in the order of the text.
func Ranked(all []ReadQuestion) []ReadQuestion {
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b ReadQuestion) int { return cmp.Compare(a.rank(), b.rank()) })
	return out
}

// rank is 0 for the questions to ask first.
func (q ReadQuestion) rank() int {
	set := map[string]bool{}
	for _, c := range q.Choices {
		for field := range c.Set {
			set[field] = true
		}
	}
	switch {
	case set["year"]:
		return 0
	case set["date"]:
		return 1
	case len(set) > 0:
		return 2
	case len(q.Choices) > 1:
		return 3
	}
	return 4
}
