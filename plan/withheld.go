package plan

import (
	"slices"
	"strings"
	"unicode"

	"luoshi/document"
)

// HiddenSign stands for one character that is not public, so that what stands
// behind it keeps its place in the text.
const HiddenSign = '■'

// Hidden is a run of runes of a document that is not public. Kind is empty where they
// are the words of an item that is not.
type Hidden struct {
	document.Range
	Kind FieldKind
}

// What a rune belongs to: no item, one that is public, or only such as are not.
const (
	ofNobody = iota
	ofShown
	ofHidden
)

// Anew are words of a document that was issued anew which no record of the plan claims
// and which are not public either.
type Anew struct {
	Instead []document.Span // what words became that were not public
	Loose   []document.Span // what nobody looked over yet; not where it stands among the words of a public item
	Unseen  []document.Span // what it says anew before anybody made that public, whosesoever words they are
}

// SaidAnew are the words of a re-issued document that the one before did not have.
func SaidAnew(differences []Decided) (all []document.Span) {
	for _, d := range differences {
		if d.New != nil && d.Kind != Moved && d.Kind != Renumbered {
			all = append(all, d.New.Span)
		}
	}
	return all
}

// IssuedAnew finds in a document what is not public because it was not in the one
// before, of which some runs are withheld. Differences are those between the two.
func IssuedAnew(before, text []rune, nodes []document.Node, withheld []document.Range, differences []Decided) (a Anew) {
	for _, d := range differences {
		if d.New == nil {
			continue
		}
		s := d.New.Span
		if n := d.New.Node; n > 0 && n <= len(nodes) && d.ofItem() {
			s = nodes[n-1].Span
		}
		switch {
		case d.Old != nil && Touches(d.Old.Span, withheld):
			a.Instead = append(a.Instead, s)
		case d.Old == nil && d.State != DifferenceApplied:
			a.Loose = append(a.Loose, s)
		}
	}
	for _, r := range withheld { // where no record was placed in it, and no difference told
		for _, words := range strings.FieldsFunc(string(before[r.Start:r.End]), func(c rune) bool { return strings.ContainsRune("。；！？\n", c) }) {
			words = strings.TrimLeft(words, counterSigns)
			if len([]rune(words)) >= fewestLoose {
				a.Loose = append(a.Loose, document.Find(text, words)...)
			}
		}
	}
	return a
}

const (
	counterSigns = " \t　0123456789０１２３４５６７８９一二三四五六七八九十百、.．（）()①②③④⑤⑥⑦⑧⑨⑩"
	fewestLoose  = 4 // signs of a sentence that cannot be another one by chance
)

// Withheld gives the runs of a text of so many runes that belong to items which are
// not public: all words of their nodes, or their own. A narrower claim decides over a
// wider: what an item promises over its own words, those over its node. Where
// two claims are alike and one is of a public item, the words are public. What a document that
// was issued anew says in their stead is theirs too.
func Withheld(text []rune, nodes []document.Node, items []Item, targets []Target, milestones []Milestone, anew Anew) []document.Range {
	owner := make([]byte, len(text))
	released := map[int64]bool{}
	paint := func(s document.Span, shown bool) {
		for _, r := range s {
			for i := max(r.Start, 0); i < min(r.End, len(text)); i++ {
				if owner[i] = ofHidden; shown {
					owner[i] = ofShown
				}
			}
		}
	}
	type claim struct {
		span  document.Span
		shown bool
	}
	var wide, own, promised []claim
	for _, i := range items {
		released[int64(i.ID)] = i.Released
		switch {
		case i.Span.End() > 0:
			own = append(own, claim{i.Span, i.Released})
		case i.Node > 0 && i.Node <= len(nodes):
			wide = append(wide, claim{nodes[i.Node-1].Span, i.Released})
		}
	}
	for _, s := range anew.Instead {
		own = append(own, claim{s, false})
	}
	for _, s := range anew.Loose {
		paint(s, false)
	}
	for _, t := range targets {
		promised = append(promised, claim{t.Span, released[int64(t.Item)]})
	}
	for _, m := range milestones {
		promised = append(promised, claim{m.Span, released[int64(m.Item)]})
	}
	for _, claims := range [][]claim{wide, own, promised} {
		slices.SortStableFunc(claims, func(a, b claim) int { // hidden ones first: a public one like them is painted over them
			if n := length(b.span) - length(a.span); n != 0 {
				return n
			}
			switch {
			case a.shown == b.shown:
				return 0
			case a.shown:
				return 1
			}
			return -1
		})
		for _, c := range claims {
			paint(c.span, c.shown)
		}
	}
	for _, s := range anew.Unseen {
		paint(s, false)
	}
	return runs(text, owner)
}

func length(s document.Span) (n int) {
	for _, r := range s {
		n += r.End - r.Start
	}
	return n
}

// runs gives the stretches of hidden runes, blanks between them included.
func runs(text []rune, owner []byte) (out []document.Range) {
	for i := 0; i < len(text); i++ {
		if owner[i] != ofHidden || unicode.IsSpace(text[i]) {
			continue
		}
		end, last := i+1, i+1
		for ; end < len(text) && (owner[end] == ofHidden || unicode.IsSpace(text[end]) && owner[end] != ofShown); end++ {
			if !unicode.IsSpace(text[end]) {
				last = end + 1
			}
		}
		out = append(out, document.Range{Start: i, End: last})
		i = last - 1
	}
	return out
}

// Cover gives a text with each rune of its hidden runs as a sign; blanks and line
// breaks stay, and all else keeps its place.
func Cover(text []rune, hidden []Hidden) []rune {
	out := slices.Clone(text)
	for _, h := range hidden {
		cover(out[h.Start:h.End])
	}
	return out
}

func cover(runes []rune) {
	for i, r := range runes {
		if !unicode.IsSpace(r) {
			runes[i] = HiddenSign
		}
	}
}

// Covered is words of which nothing is shown but how long they are.
func Covered(words string) string {
	runes := []rune(words)
	cover(runes)
	return string(runes)
}

// Touches reports whether a span has a rune in one of some runs.
func Touches(s document.Span, runs []document.Range) bool {
	for _, r := range s {
		for _, h := range runs {
			if r.Start < h.End && h.Start < r.End {
				return true
			}
		}
	}
	return false
}

// Mask covers names and telephone numbers. The zero mask covers nothing.
type Mask struct {
	Names, Telephones bool // whether they are kept back
	keeping           Keeping
}

// NewMask makes the mask of a plan by what was decided about it and which kinds are
// kept back. Names and numbers that stand in words written later are found too.
func NewMask(k Keeping, names, telephones bool) Mask { return Mask{names, telephones, k} }

// Strict covers whatever looks like a name or a number.
var Strict = Mask{Names: true, Telephones: true}

// Nothing reports a mask that covers nothing whatever the words.
func (m Mask) Nothing() bool { return !m.Names && !m.Telephones }

// Find gives the runs that a mask covers, in order.
func (m Mask) Find(text []rune) (out []Hidden) {
	if m.Nothing() {
		return nil
	}
	add := func(kind FieldKind, words []string) {
		for _, w := range words {
			for _, r := range runsOf(text, []rune(w)) {
				out = append(out, Hidden{r, kind})
			}
		}
	}
	if m.Names {
		add(PersonNames, m.wanted(m.keeping.Names, NamesIn(text)))
	}
	if m.Telephones {
		add(Telephones, m.wanted(m.keeping.Telephones, TelephonesIn(text)))
	}
	slices.SortFunc(out, func(a, b Hidden) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	return apart(out)
}

// wanted are the words of a list and those found, but those that were spared.
func (m Mask) wanted(listed, found []string) []string {
	out := slices.Clone(listed)
	for _, f := range found {
		if !slices.Contains(m.keeping.Spared, f) && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// apart joins runs that overlap.
func apart(all []Hidden) (out []Hidden) {
	for _, h := range all {
		if n := len(out); n > 0 && h.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, h.End)
			continue
		}
		out = append(out, h)
	}
	return out
}

// Words gives words as they may be seen.
func (m Mask) Words(words string) string {
	if m.Nothing() || words == "" {
		return words
	}
	runes := []rune(words)
	hidden := m.Find(runes)
	if len(hidden) == 0 {
		return words
	}
	return string(Cover(runes, hidden))
}

// Responsible gives the responsible persons of an item as they may be seen.
func (m Mask) Responsible(words string) string {
	if m.Names {
		return Covered(words)
	}
	return m.Words(words)
}

// IsCovered reports words of which nothing is shown.
func IsCovered(words string) bool {
	return words != "" && strings.Trim(words, string(HiddenSign)+" \n\t") == ""
}

// runsOf finds words in a text, also where blanks or a line break part them.
func runsOf(text, words []rune) (out []document.Range) {
	words = slices.DeleteFunc(slices.Clone(words), unicode.IsSpace)
	if len(words) == 0 {
		return nil
	}
	for i := 0; i < len(text); i++ {
		if text[i] != words[0] {
			continue
		}
		if end := matched(text, i, words); end > 0 {
			out = append(out, document.Range{Start: i, End: end})
			i = end - 1
		}
	}
	return out
}

// mostBlanks is how many blanks may stand between two signs of a name or a number.
const mostBlanks = 20

// matched is where words that begin at a rune end, or 0.
func matched(text []rune, at int, words []rune) int {
	blanks, k := 0, 0
	for i := at; i < len(text) && blanks <= mostBlanks; i++ {
		switch {
		case text[i] == words[k]:
			if k++; k == len(words) {
				return i + 1
			}
			blanks = 0
		case unicode.IsSpace(text[i]):
			blanks++
		default:
			return 0
		}
	}
	return 0
}
