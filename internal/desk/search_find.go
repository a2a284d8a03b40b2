package desk

import (
	"fmt"
	"slices"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/search"
)

const (
	foundEverywhere = 10   // results of a group among others
	foundInGroup    = 50   // results of a group alone
	mostLookedAt    = 1000 // titles of a rank that one search reads
	enoughToCompare = 200  // how far grams are counted to find the rarest
)

// finder is one search.
type finder struct {
	q      db.Querier
	city   int64
	asked  Asked
	public *Public // nil: the office asks
	sights map[id.Plan]*planSight
}

// mark is how far a search in a group has come: the last record that was looked at.
type mark struct {
	rank rank
	candidate
}

func (m mark) String() string { return fmt.Sprintf("%d-%d-%d", m.rank, m.gram, m.subject) }

var errAfter = fault.New(fault.Missing, "这一页的地址不全，请重新搜索。")

func parseMark(text string) (m mark, err error) {
	if text == "" {
		return m, nil
	}
	if n, err := fmt.Sscanf(text, "%d-%d-%d", &m.rank, &m.gram, &m.subject); err != nil || n != 3 || m.String() != text {
		return m, errAfter
	}
	return m, nil
}

func (f *finder) all() (out Findings, err error) {
	after, err := parseMark(f.asked.After)
	if err != nil {
		return out, err
	}
	if out.Building, err = building(f.q, f.city); err != nil || f.asked.Query.Nothing() {
		return out, err
	}
	known := f.asked.In == ""
	for _, g := range groupRanks {
		most := foundEverywhere
		if f.asked.In != "" {
			if g.group != f.asked.In {
				continue
			}
			known, most = true, foundInGroup
		}
		r, err := f.group(g.group, g.ranks, after, most)
		if err != nil {
			return out, err
		}
		if len(r.Found) > 0 || r.More {
			out.Groups = append(out.Groups, r)
		}
	}
	if !known {
		return out, errAfter
	}
	return out, nil
}

// group finds the next records of a group.
func (f *finder) group(group FoundGroup, ranks []rank, after mark, most int) (Results, error) {
	out := Results{Group: group}
	for _, r := range ranks {
		if r < after.rank {
			continue
		}
		from := candidate{}
		if r == after.rank {
			from = after.candidate
		}
		found, last, whole, err := f.rank(r, from, most-len(out.Found))
		if err != nil {
			return out, err
		}
		out.Found = append(out.Found, found...)
		if !whole {
			out.More, out.Next = true, mark{r, last}.String()
			return out, nil
		}
	}
	return out, nil
}

// rank finds the next records of a rank, at most so many, and says up to where it looked
// and whether that was all.
func (f *finder) rank(r rank, after candidate, most int) (found []Found, last candidate, whole bool, err error) {
	in, some, err := f.rarest(r)
	if err != nil || !some {
		return nil, after, true, err
	}
	last = after
	for looked := 0; looked < mostLookedAt; {
		page, err := candidates(f.q, f.city, r, in, last, rowsAtOnce, f.public)
		if err != nil {
			return nil, last, false, err
		}
		titles, err := f.titles(r, page)
		if err != nil {
			return nil, last, false, err
		}
		for _, c := range page {
			t, seen := titles[c.subject]
			if first, has := in.First(t.Title); seen && has && first == c.gram {
				// What is hidden counts for nothing, not even for how far a search goes.
				looked++
				if f.asked.Query.Finds(t.Title) {
					if len(found) == most {
						return found, last, false, nil
					}
					found = append(found, t)
				}
			}
			last = c
		}
		if len(page) < rowsAtOnce {
			return found, last, true, nil
		}
	}
	return found, last, false, nil
}

// rarest gives where the fewest records of a rank have to be looked at; false where
// there can be none.
func (f *finder) rarest(r rank) (in search.Span, some bool, err error) {
	spans := f.asked.Query.Spans()
	if len(spans) == 1 {
		return spans[0], true, nil
	}
	fewest := enoughToCompare + 1
	for _, s := range spans {
		n, err := countGrams(f.q, f.city, r, s, enoughToCompare)
		if err != nil || n == 0 {
			return in, false, err
		}
		if n < fewest {
			in, fewest = s, n
		}
	}
	return in, true, nil
}

// titles reads the records of candidates as whoever asks may see them; who may not see
// one gets none.
func (f *finder) titles(r rank, page []candidate) (map[int64]Found, error) {
	ids := make([]int64, len(page))
	for i, c := range page {
		ids[i] = c.subject
	}
	if len(ids) == 0 {
		return nil, nil
	}
	read := map[rank]func(db.Querier, int64, []int64) ([]Found, error){rankPlan: foundPlans, rankItem: foundItems, rankPost: foundPosts}[r]
	if read == nil {
		read = foundUnits
	}
	all, err := read(f.q, f.city, ids)
	if err != nil {
		return nil, err
	}
	if f.public != nil && (r == rankPlan || r == rankItem) {
		if all, err = f.cover(r, ids, all); err != nil {
			return nil, err
		}
	}
	out := map[int64]Found{}
	for _, t := range all {
		if _, twice := out[t.subject]; !twice { // of an item that several plans share, the first
			out[t.subject] = t
		}
	}
	return out, nil
}

// cover leaves of plans and items what everybody may see.
func (f *finder) cover(r rank, ids []int64, all []Found) ([]Found, error) {
	plans := make([]id.Plan, len(ids))
	for i, p := range ids {
		plans[i] = id.Plan(p)
	}
	if r == rankItem {
		var err error
		if plans, err = plansOfItems(f.q, f.city, f.public.as.plan, ids); err != nil {
			return nil, err
		}
	}
	for _, p := range plans {
		if _, known := f.sights[p]; known {
			continue
		}
		s, err := loadSights(f.q, f.city, f.public.as, p)
		if err != nil {
			return nil, err
		}
		f.sights[p] = s.plans[p]
	}
	all = slices.DeleteFunc(all, func(t Found) bool {
		s := f.sights[t.Plan]
		return s == nil || r == rankItem && !s.items[t.Item]
	})
	for i := range all {
		// An item that several plans share is covered as each of them has it.
		for _, t := range all {
			if t.subject == all[i].subject {
				f.sights[t.Plan].coverWords(&all[i].Title)
			}
		}
		for k := range all[i].Above {
			f.sights[all[i].Plan].coverWords(&all[i].Above[k])
		}
	}
	return all, nil
}
