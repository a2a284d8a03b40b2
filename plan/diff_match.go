package plan

// match finds what of one edition is what of the other: the same words first, then
// the items that hold them, then what is only alike.
func match(a, b *edition) {
	matchSame(a, b)
	matchBroken(a, b)
	matchItems(a, b)
	matchInside(a, b, veryAlike)
	matchAnywhere(a, b)
	matchItems(a, b)
	matchInside(a, b, somewhatAlike)
	matchBeside(a, b)
}

// shortestKey is how many runes a clause must have to be known again in another
// item when it stands more than once in the text.
const shortestKey = 8

// matchSame pairs clauses with the same content. First those that stand once in
// each edition, then their neighbours on both sides while these are the same, then
// the rest in their order (P. Heckel, A technique for isolating differences between
// files, 1978): linear, and what was moved is found too.
func matchSame(a, b *edition) {
	inA, inB := occurrences(a), occurrences(b)
	for i := range a.pieces {
		p := &a.pieces[i]
		if at := inB[p.key]; len(at) == 1 && len(inA[p.key]) == 1 && !p.naming && !b.pieces[at[0]].naming {
			pair(a, b, i, at[0])
		}
	}
	for i := range a.pieces {
		pairNext(a, b, i-1, i, 1)
	}
	for i := len(a.pieces) - 1; i >= 0; i-- {
		pairNext(a, b, i+1, i, -1)
	}
	for i := range a.pieces {
		p := a.pieces[i]
		if len(p.pairs) > 0 || p.naming || p.size < shortestKey {
			continue
		}
		at := inB[p.key]
		for len(at) > 0 && (len(b.pieces[at[0]].pairs) > 0 || b.pieces[at[0]].naming) {
			at = at[1:]
		}
		if len(at) > 0 {
			pair(a, b, i, at[0])
			at = at[1:]
		}
		inB[p.key] = at
	}
}

// occurrences tells where each content stands.
func occurrences(e *edition) map[string][]int {
	out := map[string][]int{}
	for i, p := range e.pieces {
		out[p.key] = append(out[p.key], i)
	}
	return out
}

// pairNext pairs i if the piece before it in the direction of step is paired and the
// next piece there is the same. The ends of the texts count as paired.
func pairNext(a, b *edition, before, i, step int) {
	var j int
	switch {
	case before < 0:
		j = 0
	case before == len(a.pieces):
		j = len(b.pieces) - 1
	case len(a.pieces[before].pairs) == 1 && !a.pieces[before].alike:
		j = a.pieces[before].pairs[0] + step
	default:
		return
	}
	if j < 0 || j >= len(b.pieces) || len(a.pieces[i].pairs) > 0 || len(b.pieces[j].pairs) > 0 {
		return
	}
	if a.pieces[i].key == b.pieces[j].key {
		pair(a, b, i, j)
	}
}

func pair(a, b *edition, i, j int) {
	a.pieces[i].pairs = append(a.pieces[i].pairs, j)
	b.pieces[j].pairs = append(b.pieces[j].pairs, i)
}

// pairAlike pairs clauses that are not the same.
func pairAlike(a, b *edition, i, j int) {
	pair(a, b, i, j)
	same := a.pieces[i].key == b.pieces[j].key
	a.pieces[i].alike, b.pieces[j].alike = !same, !same
}

// matchBroken pairs words that are the same but parted elsewhere: by a layout that
// breaks lines, or by an author who cut one item in two.
func matchBroken(a, b *edition) {
	heads := map[string][]int{}
	for j, p := range b.pieces {
		if h := head(p.key); h != "" && len(p.pairs) == 0 && len(heads[h]) < fewCandidates {
			heads[h] = append(heads[h], j)
		}
	}
	for i := range a.pieces {
		if len(a.pieces[i].pairs) > 0 {
			continue
		}
		for _, j := range heads[head(a.pieces[i].key)] {
			if len(b.pieces[j].pairs) > 0 {
				continue
			}
			if group := sameWords(a, b, i, j); group != nil {
				for _, g := range group {
					pair(a, b, g[0], g[1])
				}
				break
			}
		}
	}
}

// fewCandidates bounds how many clauses that begin alike are tried, and mostPieces
// into how many one is taken to be parted.
const (
	fewCandidates = 8
	mostPieces    = 40
)

// head is how the content of a clause begins, or "" where that is too short to tell.
func head(key string) string {
	n := 0
	for i := range key {
		if n++; n == 5 {
			return key[:i]
		}
	}
	return ""
}

// sameWords follows the words from i and j on until pieces of both end together, and
// gives which overlap; nil where they do not.
func sameWords(a, b *edition, i, j int) [][2]int {
	var group [][2]int
	restA, restB := a.pieces[i].key, b.pieces[j].key
	for len(group) < mostPieces {
		n := min(len(restA), len(restB))
		if restA[:n] != restB[:n] {
			return nil
		}
		group = append(group, [2]int{i, j})
		restA, restB = restA[n:], restB[n:]
		if restA == "" && restB == "" {
			return group
		}
		if restA == "" {
			if i++; i >= len(a.pieces) || len(a.pieces[i].pairs) > 0 {
				return nil
			}
			restA = a.pieces[i].key
		}
		if restB == "" {
			if j++; j >= len(b.pieces) || len(b.pieces[j].pairs) > 0 {
				return nil
			}
			restB = b.pieces[j].key
		}
	}
	return nil
}
