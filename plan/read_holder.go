package plan

import (
	"sort"

	"luoshi/document"
)

// holders tells which item the words at a place belong to: the one whose words
// hold them, or for a closing line of a whole group, like 牵头单位：… behind the
// last of several numbered points, the item above the group.
type holders struct {
	reader *reader
	along  *document.Owners
}

// lift says that the words [from, to) belong to the item with that index.
type lift struct{ from, to, item int }

// holders walks along the items; calls that go along the text take one pass.
func (r *reader) holders() *holders {
	return &holders{r, document.NewOwners(r.items)}
}

// at is the index of the item that the words at i belong to, or -1 for none.
func (o *holders) at(i int) int {
	if cell := o.reader.cellAt(i); cell != nil {
		return cell.items[0]
	}
	lifted := o.reader.lifted
	k := sort.Search(len(lifted), func(k int) bool { return lifted[k].to > i })
	if k < len(lifted) && lifted[k].from <= i {
		return lifted[k].item
	}
	return o.along.At(i)
}

// readLifts finds the closing lines of groups. A document writes either a line
// for each point or one for each group: where in several groups nobody is named
// for a point but in lines behind the last one, those lines are the groups'.
func (r *reader) readLifts(attributions []document.Attribution) {
	lines := r.closingLines(attributions)
	if len(lines) < 1 {
		return
	}
	named := map[int]bool{} // items that somebody is named for
	along := document.NewOwners(r.items)
	for _, a := range attributions {
		named[along.At(a.From)] = true
	}
	groups, points := 0, 0
	for k := range lines {
		switch first, last := r.siblings(k); {
		case r.items[k].Parent == 0, k == last && first == last:
		case k == last && !anyBetween(named, first, last-1):
			groups++
		default:
			points++
		}
	}
	if groups < 1 || points > 0 {
		return
	}
	for k, from := range lines {
		if r.items[k].Parent == 0 {
			continue
		}
		r.lifted = append(r.lifted, lift{from, r.items[k].To, r.items[k].Parent - 1})
	}
	sort.Slice(r.lifted, func(a, b int) bool { return r.lifted[a].from < r.lifted[b].from })
}

func anyBetween(set map[int]bool, first, last int) bool {
	for k := first; k <= last; k++ {
		if set[k] {
			return true
		}
	}
	return false
}

// siblings gives the first and the last item of the run around k that stands
// under one parent without anything below.
func (r *reader) siblings(k int) (first, last int) {
	first, last = k, k
	for first > 0 && r.items[first-1].Parent == r.items[k].Parent {
		first--
	}
	for last+1 < len(r.items) && r.items[last+1].Level >= r.items[k].Level {
		last++
	}
	return first, last
}

// closingLines gives, for each item that is followed by paragraphs which only
// name who is answerable, where the first of them begins.
func (r *reader) closingLines(attributions []document.Attribution) map[int]int {
	lines := map[int]int{}
	along := document.NewOwners(r.items)
	p := 0
	for _, a := range attributions {
		for p < len(r.view.Paragraphs) && r.view.Paragraphs[p].End < a.From {
			p++
		}
		if p == len(r.view.Paragraphs) || r.view.Paragraphs[p].Start != a.From || r.view.Paragraphs[p].End > a.To+1 {
			continue
		}
		if k := along.At(a.From); k >= 0 {
			if _, seen := lines[k]; !seen {
				lines[k] = a.From
			}
		}
	}
	return lines
}

// hasChildren reports an item with items below it.
func (r *reader) hasChildren(k int) bool {
	return k+1 < len(r.items) && r.items[k+1].Parent == r.items[k].Ordinal
}
