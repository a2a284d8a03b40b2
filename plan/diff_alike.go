package plan

import (
	"cmp"
	"slices"
	"unicode"
)

// How alike clauses must be to be versions of one another, as the share of pairs of
// neighbouring runes that they have in common: anywhere in the text, and within an
// item that is the same.
const (
	veryAlike     = 0.6
	somewhatAlike = 0.34
)

// gram is a pair of neighbouring runes.
type gram uint64

// gramsOf gives the pairs of neighbouring runes of a content, sorted. A number counts
// as one sign whatever it is, so that a changed number does not hide what it counts.
func gramsOf(key string) []gram {
	var out []gram
	last, digits := rune(0), false
	for _, c := range key {
		isDigit := unicode.IsDigit(c) || c == '.'
		if isDigit && digits {
			continue
		}
		if digits = isDigit; digits {
			c = '0'
		}
		out = append(out, gram(last)<<32|gram(c))
		last = c
	}
	slices.Sort(out)
	return out
}

// alike is the share that two sorted lists have in common, from 0 to 1 (Dice).
func alike(x, y []gram) float64 {
	common := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			common, i, j = common+1, i+1, j+1
		case x[i] < y[j]:
			i++
		default:
			j++
		}
	}
	if len(x)+len(y) == 0 {
		return 0
	}
	return 2 * float64(common) / float64(len(x)+len(y))
}

// candidate is a pair of clauses that may be versions of one another.
type candidate struct {
	i, j  int
	alike float64
}

// take pairs the candidates, the most alike first, each clause once.
func take(a, b *edition, found []candidate) {
	slices.SortFunc(found, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(y.alike, x.alike), cmp.Compare(x.i, y.i), cmp.Compare(x.j, y.j))
	})
	for _, c := range found {
		if len(a.pieces[c.i].pairs) == 0 && len(b.pieces[c.j].pairs) == 0 {
			pairAlike(a, b, c.i, c.j)
		}
	}
}

// rare is in how many clauses of either edition a pair of runes may stand to lead
// from one to the other; it bounds the work for large documents.
const rare = 4

// matchAnywhere pairs clauses that are very much alike, wherever they stand. Only
// rare pairs of runes are followed, so that the work grows with the text and not
// with its square.
func matchAnywhere(a, b *edition) {
	inA, gramsA := index(a)
	inB, gramsB := index(b)
	common := map[[2]int]int{}
	for g, left := range inA {
		right := inB[g]
		if len(left) > rare || len(right) > rare {
			continue
		}
		for _, i := range left {
			for _, j := range right {
				common[[2]int{i, j}]++
			}
		}
	}
	var found []candidate
	for at, n := range common {
		if n < 2 {
			continue
		}
		if s := alike(gramsA[at[0]], gramsB[at[1]]); s >= veryAlike {
			found = append(found, candidate{at[0], at[1], s})
		}
	}
	take(a, b, found)
}

// index tells which unpaired clauses hold a pair of runes, and their pairs of runes.
// One more than is followed is enough to know.
func index(e *edition) (map[gram][]int, map[int][]gram) {
	in, grams := map[gram][]int{}, map[int][]gram{}
	for i, p := range e.pieces {
		if len(p.pairs) > 0 || p.naming || p.size < shortestKey {
			continue
		}
		grams[i] = gramsOf(p.key)
		for _, g := range slices.Compact(slices.Clone(grams[i])) {
			if len(in[g]) <= rare {
				in[g] = append(in[g], i)
			}
		}
	}
	return in, grams
}

// widest is how many pairs of clauses of one item are compared.
const widest = 2500

// matchInside pairs clauses of items that are the same and that are at least so much
// alike; who is responsible is paired in its order.
func matchInside(a, b *edition, least float64) {
	for n, m := range a.node {
		if m < 0 {
			continue
		}
		left, right := unpaired(a, n), unpaired(b, m)
		for len(left.naming) > 0 && len(right.naming) > 0 {
			pairAlike(a, b, left.naming[0], right.naming[0])
			left.naming, right.naming = left.naming[1:], right.naming[1:]
		}
		if len(left.other)*len(right.other) > widest {
			continue
		}
		var found []candidate
		for _, i := range left.other {
			grams := gramsOf(a.pieces[i].key)
			for _, j := range right.other {
				if s := alike(grams, gramsOf(b.pieces[j].key)); s >= least {
					found = append(found, candidate{i, j, s})
				}
			}
		}
		take(a, b, found)
	}
}

// open is what of an item is not paired yet.
type open struct{ naming, other []int }

func unpaired(e *edition, n int) open {
	var out open
	for k := e.first[n]; k < e.first[n+1]; k++ {
		switch p := e.pieces[k]; {
		case len(p.pairs) > 0:
		case p.naming:
			out.naming = append(out.naming, k)
		default:
			out.other = append(out.other, k)
		}
	}
	return out
}

// matchBeside pairs clauses that are somewhat alike and stand behind two that are
// paired: in items too long to compare everything with everything.
func matchBeside(a, b *edition) {
	for i := 1; i < len(a.pieces); i++ {
		if len(a.pieces[i].pairs) > 0 || len(a.pieces[i-1].pairs) == 0 {
			continue
		}
		pairs := a.pieces[i-1].pairs
		j := pairs[len(pairs)-1] + 1
		if j >= len(b.pieces) || len(b.pieces[j].pairs) > 0 || a.node[a.pieces[i].node] != b.pieces[j].node {
			continue
		}
		if alike(gramsOf(a.pieces[i].key), gramsOf(b.pieces[j].key)) >= somewhatAlike {
			pairAlike(a, b, i, j)
		}
	}
}
