package plan

import (
	"cmp"
	"slices"
	"strings"

	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
)

// WordsIn gives the words that an item stands for: its own, or all those of its node.
func (i Item) WordsIn(node document.Span) document.Span {
	if i.Span.End() > 0 {
		return i.Span
	}
	return node
}

var errSplit = fault.New(fault.Invalid, "要从这条任务的中间分开：前面、后面都得有话。").In("quote")

// Split parts an item before a rune of the document: the first keeps the words up to
// it and its title, the second has the rest under a title of its own. What hangs on
// the item goes with the words in which it stands; Later tells which.
func Split(i Item, words document.Span, at int, title string, second id.Item) (Item, Item, error) {
	before, after := cut(words, at)
	if len(before) == 0 || len(after) == 0 {
		return i, Item{}, errSplit
	}
	rest := i
	rest.ID, rest.Title, rest.Span = second, shorten(title, longestTitle), after
	i.Span = before
	return i, rest, CheckItem(rest)
}

// Later reports whether words stand behind the place where an item was split.
func Later(s document.Span, at int) bool { return s.Start() >= at }

func cut(s document.Span, at int) (before, after document.Span) {
	for _, r := range s {
		if r.Start < at {
			before = append(before, document.Range{Start: r.Start, End: min(r.End, at)})
		}
		if r.End > at {
			after = append(after, document.Range{Start: max(r.Start, at), End: r.End})
		}
	}
	return before, after
}

// JoinItems makes one item of several: the first, with the words and the units of all.
// words are those that each stands for.
func JoinItems(items []Item, words []document.Span) Item {
	out := items[0]
	var all document.Span
	for k, i := range items {
		all = append(all, words[k]...)
		if k == 0 {
			continue
		}
		out.Lead, out.Cooperating, out.Responsible = together(out.Lead, i.Lead), together(out.Cooperating, i.Cooperating), together(out.Responsible, i.Responsible)
		out.Project = out.Project || i.Project
		out.Period = oftener(out.Period, i.Period)
		for _, tag := range i.Tags {
			if !slices.Contains(out.Tags, tag) {
				out.Tags = append(slices.Clip(out.Tags), tag)
			}
		}
	}
	out.Span = tidied(all)
	return out
}

// together lists names of both, each once.
func together(a, b string) string {
	names := SplitTags(a)
	for _, n := range SplitTags(b) {
		if !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return shorten(strings.Join(names, "、"), longestParty)
}

// oftener is the shorter of two periods; none is the longest.
func oftener(a, b Period) Period {
	order := []Period{Weekly, Fortnightly, Monthly, Quarterly, Yearly, NoPeriod}
	if slices.Index(order, b) < slices.Index(order, a) {
		return b
	}
	return a
}

// tidied sorts pieces and joins those that touch.
func tidied(s document.Span) document.Span {
	slices.SortFunc(s, func(a, b document.Range) int { return cmp.Compare(a.Start, b.Start) })
	var out document.Span
	for _, r := range s {
		if n := len(out); n > 0 && r.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, r.End)
			continue
		}
		out = append(out, r)
	}
	return out
}

// RanksBetween gives n ranks between two, rising; false where there is no room left.
// An after of 0 stands for the end.
func RanksBetween(before, after int64, n int) ([]int64, bool) {
	if after == 0 {
		after = before + int64(n+1)*RankStep
	}
	step := (after - before) / int64(n+1)
	if step < 1 {
		return nil, false
	}
	out := make([]int64, n)
	for k := range out {
		out[k] = before + int64(k+1)*step
	}
	return out, true
}
