package desk

import (
	"context"
	"strings"

	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
)

// PublicFact is a fact of a released indicator in the words of the places that it names.
type PublicFact struct {
	fact.Fact
	Indicator fact.Indicator
	UnitName  string
	PlaceName string
}

// Fact gives a claim of a released indicator.
func (p *Public) Fact(ctx context.Context, which id.Fact) (out PublicFact, err error) {
	err = p.db.Read(ctx, func(v *db.View) error {
		f, i, err := p.releasedFact(v, which)
		if err != nil {
			return err
		}
		named, err := unitsNamed(v, p.city, []id.Unit{f.Unit, f.Place})
		out = PublicFact{f, i, named[f.Unit].Name, named[f.Place].Name}
		return err
	})
	return out, err
}

func (p *Public) releasedFact(q db.Querier, which id.Fact) (f fact.Fact, i fact.Indicator, err error) {
	if f, err = loadPublicFact(q, p.city, which); err != nil {
		return f, i, err
	}
	i, err = p.releasedIndicator(q, f.Indicator)
	if err == nil && f.Kind != fact.Claim {
		err = ErrMissing
	}
	return f, i, err
}

// Doubt (没有来过) keeps what somebody without an account says against a fact. The command
// is the id that was issued with the form; nothing else of who it was is known.
func (p *Public) Doubt(ctx context.Context, command string, which id.Fact, words string) error {
	if p.as.plan != 0 {
		return ErrMissing // what is previewed is not public yet
	}
	words = strings.TrimSpace(words)
	return p.db.Write(ctx, db.Cmd{City: p.city, ID: command}.Of("fact.doubt", []any{which, words}), func(tx *db.Tx) error {
		f, _, err := p.releasedFact(tx, which)
		if err != nil {
			return err
		}
		before, err := countDoubts(tx, p.city, which)
		if err != nil {
			return err
		}
		d := fact.Doubt{ID: db.NewID[id.Doubt](tx), Fact: which, Day: tx.Today(), Words: words}
		if err := d.Check(f, before); err != nil {
			return err
		}
		tx.Append(d.Entry(f))
		return insertDoubt(tx, p.city, d)
	})
}

// Doubts gives what was said against a fact, the oldest first.
func (o *Office) Doubts(ctx context.Context, who Who, which id.Fact) (out []fact.Doubt, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		f, err := loadFact(v, o.city, which)
		if err != nil {
			return err
		}
		if err := o.mayOver(v, who, "fact.read", f.Unit); err != nil {
			return err
		}
		out, err = doubtsOf(v, o.city, []id.Fact{which})
		return err
	})
	return out, err
}

// mostAsked is of how many facts it is told at once how often they were doubted.
const mostAsked = 2000

// DoubtsBelow tells how often facts of units below one were doubted: those that were.
func (o *Office) DoubtsBelow(ctx context.Context, who Who, unit id.Unit, which []id.Fact) (out map[id.Fact]int, err error) {
	if len(which) > mostAsked {
		return nil, fault.New(fault.TooLarge, "一次最多办 %d 条。", mostAsked)
	}
	out = map[id.Fact]int{}
	err = o.db.Read(ctx, func(v *db.View) error {
		if err := o.mayOver(v, who, "fact.read", unit); err != nil {
			return err
		}
		units, err := unitsReporting(v, o.city, unit)
		if err != nil {
			return err
		}
		below := map[id.Unit]bool{}
		for _, u := range units {
			below[u] = true
		}
		facts, err := loadFacts(v, o.city, which)
		if err != nil {
			return err
		}
		of := map[id.Fact]bool{}
		for _, f := range facts {
			of[f.ID] = below[f.Unit]
		}
		all, err := doubtsOf(v, o.city, which)
		for _, d := range all {
			if of[d.Fact] {
				out[d.Fact]++
			}
		}
		return err
	})
	return out, err
}
