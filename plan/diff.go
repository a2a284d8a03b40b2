package plan

import (
	"cmp"
	"slices"
	"strings"

	"luoshi/document"
)

// Change is one difference in content between two versions of a document.
type Change struct {
	Kind ChangeKind `json:"kind"`
	Old  *Clause    `json:"old"` // null where it is new
	New  *Clause    `json:"new"` // null where it was dropped
	// What a number counts, or the name of a stage.
	What string `json:"what,omitempty"`
	// From and To are the values of a number, date or owner; "" where there is none.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`

	at order
}

// ofItem reports a change of a whole item; its clauses then name the item's beginning alone.
func (c Change) ofItem() bool {
	switch c.Kind {
	case Moved, Added, Dropped, SplitOff, MergedInto:
		return true
	}
	return false
}

// Said gives the change with all its words as they may be said; words must keep how many
// signs they have.
func (c Change) Said(words func(string) string) Change {
	c.What, c.From, c.To = words(c.What), words(c.From), words(c.To)
	for _, of := range []**Clause{&c.Old, &c.New} {
		if *of == nil {
			continue
		}
		clause := **of
		clause.Item, clause.Words = words(clause.Item), words(clause.Words)
		clause.Runs = saidRuns(clause.Runs, words)
		*of = &clause
	}
	return c
}

// saidRuns says runs as the one text that they are: a name may reach over several.
func saidRuns(runs []Run, words func(string) string) []Run {
	var whole strings.Builder
	for _, r := range runs {
		whole.WriteString(r.Text)
	}
	said := []rune(words(whole.String()))
	out := slices.Clone(runs)
	for i, r := range out {
		n := len([]rune(r.Text))
		out[i].Text, said = string(said[:n]), said[n:]
	}
	return out
}

// ChangeKind says in what the versions differ.
type ChangeKind string

const (
	Moved         ChangeKind = "moved"      // the same words elsewhere
	Renumbered    ChangeKind = "renumbered" // the same item under the same heading with another number
	Reworded      ChangeKind = "reworded"
	NumberChanged ChangeKind = "number" // a target's value, unit or bound
	DateChanged   ChangeKind = "date"   // of a due time or a stage
	OwnerChanged  ChangeKind = "owner"
	SplitOff      ChangeKind = "split"  // an item whose words were part of another
	MergedInto    ChangeKind = "merged" // an item whose words are now part of another
	Added         ChangeKind = "new"
	Dropped       ChangeKind = "dropped"
)

// Clause is one side of a change: an item, or a sentence of it.
type Clause struct {
	Place
	Runs []Run `json:"runs,omitempty"` // the words of a rewording, parted where they differ
}

// Run is a stretch of words that differs from the other version or does not.
type Run struct {
	Text    string `json:"text"`
	Differs bool   `json:"differs"`
}

// order is where a change is told: by the new document, and what was dropped
// behind what it used to follow.
type order struct{ at, rank, old int }

// comparison is two documents and what of one is what of the other. Each step has
// its file; they run in the order in which they need each other.
type comparison struct {
	old, new *edition
	changes  []Change
	follows  []int        // of each piece of the old edition, where its loss is told
	touched  map[int]bool // pieces of the new edition of which something is told
}

// edition is one of the two documents. An item is known by its index + 1; 0 are the
// words before the first.
type edition struct {
	sheet
	structure Structure
	pieces    []piece
	first     []int        // of each item, its first piece; and one more at the end
	node      []int        // of each item, the one of the other edition that it is, or -1
	told      map[int]bool // items that are new or dropped as a whole
	partOf    map[int]int  // of items that were split off or merged, the other edition's item
	values
}

// Compare tells what changed between two versions of a document, clause by clause,
// in the order of the new one, and how many of the new one's clauses did not. Layout,
// the width of signs and punctuation between words are no content: only what a
// reader would read out counts. The structures must have been read from the texts.
func Compare(oldFile document.Source, old Structure, newFile document.Source, new Structure) (changes []Change, same int) {
	c := newComparison(oldFile, old, newFile, new)
	return c.changes, c.unchanged()
}

// newComparison compares two documents.
func newComparison(oldFile document.Source, old Structure, newFile document.Source, new Structure) *comparison {
	c := &comparison{old: newEdition(oldFile, old), new: newEdition(newFile, new), touched: map[int]bool{}}
	if c.old.digest() <= c.new.digest() {
		match(c.old, c.new)
	} else { // which is the older must not decide what matches what
		match(c.new, c.old)
	}
	c.follows = c.whatFollows()
	c.tellItems()
	c.tellPieces()
	c.tellOwners()
	slices.SortStableFunc(c.changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.at.at, b.at.at), cmp.Compare(a.at.rank, b.at.rank), cmp.Compare(a.at.old, b.at.old))
	})
	return c
}
