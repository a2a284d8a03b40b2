package ledger

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/tlog"
)

// drawDomain keeps a draw's hash apart from every other.
const drawDomain = "luoshi/draw/1\x00"

// Limits of a draw, so that the work on a foreign file is bounded.
const (
	MostDrawEntries = 1_000_000
	longestDrawText = 400 // runes of the source, the randomness, a stratum
)

// DrawMark is the place of an entry in the ledger and its instant.
type DrawMark struct{ Seq, At int64 }

// DrawEntry is a thing that may be drawn. Its identifier is public and opens nothing.
type DrawEntry struct {
	ID      string
	Stratum string // a township, say; empty for none
}

// DrawTerms are what is fixed before anybody can know what will be drawn.
type DrawTerms struct {
	Commitment [32]byte // CommitSeed of the secret
	Committed  DrawMark // where the commitment was entered
	Source     string   // in words: which later public text decides
	NotBefore  int64    // the instant before which nobody knows that text
	Count      int      // how many are drawn
	Each       int      // at least so many of each stratum, or all where it has fewer
	Entries    []DrawEntry
}

// Draw is a draw as it is published: docs/draw.md has its bytes.
type Draw struct {
	DrawTerms
	Root       tlog.Hash // of the terms and the list, as it was entered when they were frozen
	Frozen     DrawMark
	Revealed   DrawMark  // where the secret was entered
	Seed       *[32]byte // the secret; nil while it is not revealed
	Randomness string    // the public text; empty while it is not known
	Drawn      []string
}

// CommitSeed is the commitment to a secret: 32 random bytes need no salt.
func CommitSeed(seed [32]byte) [32]byte { return sha256.Sum256(seed[:]) }

// Errors of terms that nobody could draw by.
var (
	ErrDrawText  = errors.New("a text of the draw is empty, too long or not one plain line")
	ErrDrawID    = errors.New("an identifier of the draw is not 1 to 64 letters, digits, - or _")
	ErrDrawOrder = errors.New("the identifiers of the draw are not in ascending order, or one stands twice")
	ErrDrawCount = errors.New("the number to be drawn does not fit the list")
)

// CheckDraw reports what keeps terms from being frozen.
func (t DrawTerms) CheckDraw() error {
	if !drawText(t.Source) {
		return ErrDrawText
	}
	for i, e := range t.Entries {
		if !drawID(e.ID) {
			return ErrDrawID
		}
		if e.Stratum == "-" || e.Stratum != "" && !drawText(e.Stratum) {
			return ErrDrawText
		}
		if i > 0 && t.Entries[i-1].ID >= e.ID {
			return ErrDrawOrder
		}
	}
	if t.Count < 1 || t.Each < 0 || len(t.Entries) > MostDrawEntries || t.Count > len(t.Entries) || t.leastCount() > t.Count {
		return ErrDrawCount
	}
	return nil
}

// leastCount is how many must be drawn so that each stratum has its share.
func (t DrawTerms) leastCount() (least int) {
	if t.Each < 1 {
		return 0
	}
	sizes := map[string]int{}
	for _, e := range t.Entries {
		if sizes[e.Stratum]++; sizes[e.Stratum] <= t.Each {
			least++
		}
	}
	return least
}

// drawText reports one line of signs that can all be seen, so that who types it off a
// notice board gets the same bytes.
func drawText(s string) bool {
	return s != "" && utf8.ValidString(s) && utf8.RuneCountInString(s) <= longestDrawText && strings.TrimSpace(s) == s &&
		!strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) })
}

func drawID(s string) bool {
	return s != "" && s != "-" && len(s) <= 64 && !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '-' || r == '_')
	})
}

// ListRoot is the root of the tree (RFC 6962) whose first leaf is the head of the
// terms and whose others are the lines of the list. With it source and number are
// frozen as the list is: none can be chosen when the randomness is known.
func (t DrawTerms) ListRoot() tlog.Hash {
	leaves := make([]tlog.Hash, 0, len(t.Entries)+1)
	leaves = append(leaves, tlog.RecordHash(t.headLines()))
	for _, e := range t.Entries {
		leaves = append(leaves, tlog.RecordHash(e.line()))
	}
	return Roots(leaves, []int64{int64(len(leaves))})[0]
}

// DrawSeed is what the order hangs on: SHA-256 of domain, secret, root and randomness.
func DrawSeed(seed [32]byte, root tlog.Hash, randomness string) [32]byte {
	b := append([]byte(drawDomain), seed[:]...)
	return sha256.Sum256(append(append(b, root[:]...), randomness...))
}

// DrawOrder puts identifiers in the order in which they are drawn: by HMAC-SHA-256
// under the draw seed, ties by identifier. Nothing is divided, so nothing is favoured.
func DrawOrder(drawSeed [32]byte, ids []string) []string {
	type placed struct {
		key []byte
		id  string
	}
	all := make([]placed, len(ids))
	mac := hmac.New(sha256.New, drawSeed[:])
	for i, id := range ids {
		mac.Reset()
		mac.Write([]byte(id))
		all[i] = placed{mac.Sum(nil), id}
	}
	slices.SortFunc(all, func(a, b placed) int { return cmp.Or(bytes.Compare(a.key, b.key), cmp.Compare(a.id, b.id)) })
	out := make([]string, len(all))
	for i, p := range all {
		out[i] = p.id
	}
	return out
}

// Sample gives what is drawn, in the order of the draw. In a first pass each stratum
// gets its share, in a second the rest is filled up, both along the same order.
func (t DrawTerms) Sample(seed [32]byte, randomness string) []string {
	ids, stratum := make([]string, len(t.Entries)), make(map[string]string, len(t.Entries))
	for i, e := range t.Entries {
		ids[i], stratum[e.ID] = e.ID, e.Stratum
	}
	order := DrawOrder(DrawSeed(seed, t.ListRoot(), randomness), ids)
	taken, of, left := make([]bool, len(order)), map[string]int{}, t.Count
	for _, filling := range []bool{false, true} {
		for i, id := range order {
			if s := stratum[id]; left > 0 && !taken[i] && (filling || of[s] < t.Each) {
				taken[i] = true
				of[s]++
				left--
			}
		}
	}
	out := make([]string, 0, max(t.Count, 0)-left)
	for i, id := range order {
		if taken[i] {
			out = append(out, id)
		}
	}
	return out
}

// DrawStep is one of the things that make a draw good.
type DrawStep string

const (
	DrawListStep       DrawStep = "list"       // the terms and the list can be drawn from
	DrawRootStep       DrawStep = "root"       // they are those that were frozen
	DrawTimesStep      DrawStep = "times"      // committed, then frozen, then known, then revealed
	DrawSeedStep       DrawStep = "seed"       // the secret is the one committed to
	DrawRandomnessStep DrawStep = "randomness" // the public text is there
	DrawSampleStep     DrawStep = "sample"     // what was drawn follows from all that
)

// DrawCheck says whether a step holds.
type DrawCheck struct {
	Step DrawStep `json:"step"`
	Good bool     `json:"good"`
}

// Checks goes over all steps again. A draw is good where every one holds; one whose
// secret was never revealed is void.
func (d Draw) Checks() []DrawCheck {
	sound := d.CheckDraw() == nil
	sample := sound && d.Seed != nil && d.Randomness != "" && slices.Equal(d.Drawn, d.Sample(*d.Seed, d.Randomness))
	return []DrawCheck{
		{DrawListStep, sound},
		{DrawRootStep, d.ListRoot() == d.Root},
		{DrawTimesStep, d.inTime()},
		{DrawSeedStep, d.Seed != nil && CommitSeed(*d.Seed) == d.Commitment},
		{DrawRandomnessStep, d.Randomness != ""},
		{DrawSampleStep, sample},
	}
}

func (d Draw) inTime() bool {
	frozen := d.Committed.Seq < d.Frozen.Seq && d.Committed.At <= d.Frozen.At && d.Frozen.At < d.NotBefore
	return frozen && (d.Seed == nil || d.Frozen.Seq < d.Revealed.Seq && d.NotBefore <= d.Revealed.At)
}
