package fact

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// Goal is a target made countable. What it promises stands in the target, with its revisions.
type Goal struct {
	ID        id.Goal
	Target    id.Target
	Item      id.Item
	Indicator id.Indicator
	From      calendar.Day
	To        calendar.Day // the day included
	Windows   []Window     // the seasons in which it can be done; none for any day
	Set       calendar.Day
}

// Check says what is wrong with a goal.
func (g Goal) Check() error {
	if !isDay(g.From) {
		return fault.New(fault.Invalid, "请填从哪一天开始数。").In("from")
	}
	if !isDay(g.To) {
		return fault.New(fault.Invalid, "请填数到哪一天为止（含当日）。").In("to")
	}
	if g.To < g.From {
		return fault.New(fault.Invalid, "截止日在开始日之前，请改一个。").In("to")
	}
	for _, w := range g.Windows {
		if err := w.Check(); err != nil {
			return fault.New(fault.Invalid, "季节请写成 06-01 这样的月和日。").In("windows")
		}
	}
	if len(g.Windows) > MostWindows {
		return fault.New(fault.Invalid, "最多写 %d 段季节。", MostWindows).In("windows")
	}
	return nil
}

// SetEntry is the entry of a goal.
func (g Goal) SetEntry() ledger.Draft {
	e := ledger.Draft{Kind: KindGoalSet, Class: ledger.Public, Subjects: []ledger.Subject{{Noun: "item", ID: g.Item.String()}, {Noun: "target", ID: g.Target.String()}, {Noun: "indicator", ID: g.Indicator.String()}},
		Fields: []ledger.Field{ledger.IDField("goal", g.ID.String()), ledger.Day("from", string(g.From)), ledger.Day("to", string(g.To)), ledger.Day("day", string(g.Set))}}
	if len(g.Windows) > 0 {
		e.Fields = append(e.Fields, ledger.State("windows", WindowsCode(g.Windows)))
	}
	return e
}

// Share (分解) is what of a goal a unit takes on, under the share of the unit above it.
type Share struct {
	Goal     id.Goal
	Above    id.Unit // that parted its share; the body that runs the plan parts the whole
	Revision int     // each parting anew is another, the earlier ones stay
	Unit     id.Unit
	Value    document.Decimal
	Day      calendar.Day // 下达
}

// Parting is how one unit parted its share among those below it.
type Parting []Share

// Total is what was given on.
func (p Parting) Total() (sum document.Decimal) {
	for _, s := range p {
		sum += s.Value
	}
	return sum
}

// Check says what is wrong with a parting.
func (p Parting) Check() error {
	if len(p) == 0 {
		return fault.New(fault.Invalid, "还没有填。请至少给一个单位填数。")
	}
	seen := map[id.Unit]bool{}
	for _, s := range p {
		if s.Value < 0 {
			return fault.New(fault.Invalid, "分解的数不能小于 0。").In("share-" + s.Unit.String())
		}
		if seen[s.Unit] {
			return fault.New(fault.Invalid, "同一个单位填了两次。").In("share-" + s.Unit.String())
		}
		seen[s.Unit] = true
	}
	return nil
}

// Digest is over the lines of a parting in order of the units, docs/ledger.md.
func (p Parting) Digest() [32]byte {
	var b strings.Builder
	for _, s := range slices.SortedFunc(slices.Values(p), func(a, b Share) int { return cmp.Compare(a.Unit, b.Unit) }) {
		fmt.Fprintf(&b, "%s,%s\n", s.Unit, s.Value)
	}
	return sha256.Sum256([]byte(b.String()))
}

// IssuedEntry is the entry of a parting that was handed down (下达).
func (p Parting) IssuedEntry(g Goal) ledger.Draft {
	s := p[0]
	return ledger.Draft{Kind: KindSplitIssued, Class: ledger.Public, Subjects: []ledger.Subject{{Noun: "item", ID: g.Item.String()}, {Noun: "indicator", ID: g.Indicator.String()}, {Noun: "unit", ID: s.Above.String()}},
		Fields: []ledger.Field{ledger.IDField("goal", g.ID.String()), ledger.Num("revision", int64(s.Revision)), ledger.Num("rows", int64(len(p))), ledger.Hash("shares", p.Digest()), ledger.Day("day", string(s.Day))}}
}

// Parted shares out a whole by weights, each at least rounded down to a multiple of step,
// so that the shares add up exactly: what is left goes, one step each, to the largest
// remainders, and among equal ones to those that come first. Equal weights part it equally.
func Parted(whole document.Decimal, weights []int64, step document.Decimal) []document.Decimal {
	out := make([]document.Decimal, len(weights))
	var sum int64
	for _, w := range weights {
		sum += max(0, w)
	}
	if sum == 0 || whole <= 0 || step <= 0 {
		return out
	}
	steps := int64(whole / step)
	type rest struct {
		at   int
		rest int64
	}
	rests := make([]rest, 0, len(weights))
	left := steps
	for k, w := range weights {
		n, r := mulDiv(steps, max(0, w), sum)
		out[k] = document.Decimal(n) * step
		left -= n
		if w > 0 {
			rests = append(rests, rest{k, r})
		}
	}
	slices.SortStableFunc(rests, func(a, b rest) int { return int(min(1, max(-1, b.rest-a.rest))) })
	for k := range left {
		out[rests[k].at] += step
	}
	if len(rests) > 0 {
		out[rests[0].at] += whole % step // less than a step: a whole that is no multiple of it
	}
	return out
}

// StandingShares gives of all shares of goals those of the newest revision of each parting.
func StandingShares(all []Share) (out []Share) {
	type parting struct {
		goal  id.Goal
		above id.Unit
	}
	last := map[parting]int{}
	for _, s := range all {
		p := parting{s.Goal, s.Above}
		last[p] = max(last[p], s.Revision)
	}
	for _, s := range all {
		if last[parting{s.Goal, s.Above}] == s.Revision {
			out = append(out, s)
		}
	}
	return out
}
