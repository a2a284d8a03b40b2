package plan

import "sort"

// marks are where the words stand that tell facts from promises, found in one pass
// over the text, so that every number can ask about its whole sentence.
type marks struct {
	promises, facts, changes, makings []int // places in the view, in order
}

// markWord is a word to be marked, or to be passed over because it only holds one.
type markWord struct {
	word []rune
	kind int
}

const (
	passedOver = iota
	promiseMark
	factMark
	changeMark
	makingMark
)

// markWords are all such words by their first sign, those to be passed over first.
var markWords = func() map[rune][]markWord {
	table := map[rune][]markWord{}
	for _, list := range []struct {
		kind  int
		words []string
	}{{passedOver, notWillWords}, {passedOver, comparedWords}, {promiseMark, promises}, {factMark, factsOfSentence}, {changeMark, changed}, {makingMark, making}} {
		for _, w := range list.words {
			r := []rune(w)
			table[r[0]] = append(table[r[0]], markWord{r, list.kind})
		}
	}
	return table
}()

// findMarks marks the words of a text.
func (r *reader) findMarks() {
	runes := r.view.Runes
	for i := 0; i < len(runes); i++ {
		if runes[i] < 0x3400 {
			continue
		}
		for _, w := range markWords[runes[i]] {
			if i+len(w.word) > len(runes) || string(runes[i:i+len(w.word)]) != string(w.word) {
				continue
			}
			switch w.kind {
			case promiseMark:
				r.marks.promises = append(r.marks.promises, i)
			case factMark:
				r.marks.facts = append(r.marks.facts, i)
			case changeMark:
				r.marks.changes = append(r.marks.changes, i)
			case makingMark:
				r.marks.makings = append(r.marks.makings, i)
			}
			if w.kind == passedOver {
				i += len(w.word) - 1
				break
			}
		}
	}
}

// lastMark is the last of the places in [from, to), or -1.
func lastMark(places []int, from, to int) int {
	k := sort.SearchInts(places, to) - 1
	if k < 0 || places[k] < from {
		return -1
	}
	return places[k]
}

// marked reports one of the places in [from, to).
func marked(places []int, from, to int) bool { return lastMark(places, from, to) >= 0 }
