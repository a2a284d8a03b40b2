package desk

import (
	"cmp"
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// FactChoice says which facts a page lists: of one unit and those below it, between two days.
type FactChoice struct {
	Unit      id.Unit
	Indicator id.Indicator // 0 for all
	From, To  calendar.Day
	State     fact.State // empty for claims that stand
	After     id.Fact    // go on after this one
	Most      int
}

// FactLine is a fact as pages show it.
type FactLine struct {
	fact.Fact
	UnitName  string
	PlaceName string
	Person    string // behind a pseudonym, where the reader may know
}

// FactList is what a page of facts shows.
type FactList struct {
	Lines      []FactLine
	More       bool
	Indicators []fact.Indicator
}

// Facts lists facts below a unit that somebody may see, the newest day first.
func (o *Office) Facts(ctx context.Context, who Who, c FactChoice) (out FactList, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if err := o.mayOver(v, who, "fact.read", c.Unit); err != nil {
			return err
		}
		if out.Indicators, err = listIndicators(v, o.city); err != nil {
			return err
		}
		units, err := unitsReporting(v, o.city, c.Unit)
		if err != nil {
			return err
		}
		var all []fact.Fact
		for _, i := range out.Indicators {
			if c.Indicator != 0 && i.ID != c.Indicator {
				continue
			}
			telling, err := unitsThatTold(v, o.city, i.ID, units, c.From, c.To)
			if err != nil {
				return err
			}
			some, err := claimsOf(v, o.city, i.ID, telling, c.From, c.To)
			if err != nil {
				return err
			}
			all = append(all, some...)
		}
		all = slices.DeleteFunc(all, func(f fact.Fact) bool {
			return c.State == "" && !f.Stands() || c.State != "" && f.State != c.State
		})
		slices.SortFunc(all, func(a, b fact.Fact) int { return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(b.ID, a.ID)) })
		if at := slices.IndexFunc(all, func(f fact.Fact) bool { return f.ID == c.After }); at >= 0 {
			all = all[at+1:]
		}
		if c.Most > 0 && len(all) > c.Most {
			all, out.More = all[:c.Most], true
		}
		out.Lines, err = o.factLines(v, all, out.Indicators)
		return err
	})
	return out, err
}

// factLines puts the names of units and persons to facts.
func (o *Office) factLines(q db.Querier, all []fact.Fact, indicators []fact.Indicator) ([]FactLine, error) {
	persons := map[id.Indicator]bool{}
	for _, i := range indicators {
		persons[i.ID] = i.Subjects == fact.Persons
	}
	var units []id.Unit
	var numbers []int64
	for _, f := range all {
		units = append(units, f.Unit, f.Place)
		if n, err := id.Parse(f.Subject); err == nil && persons[f.Indicator] {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(units)
	named, err := unitsNamed(q, o.city, slices.DeleteFunc(slices.Compact(units), func(u id.Unit) bool { return u == 0 }))
	if err != nil {
		return nil, err
	}
	known, err := personsOf(q, o.city, numbers)
	if err != nil {
		return nil, err
	}
	out := make([]FactLine, len(all))
	for k, f := range all {
		out[k] = FactLine{Fact: f, UnitName: named[f.Unit].Name, PlaceName: named[f.Place].Name, Person: known[f.Subject]}
	}
	return out, nil
}

// FactStory is one fact with all that was ever said of it, in order.
type FactStory struct {
	Indicator fact.Indicator
	Unit      org.Unit
	Rows      []FactLine // claims one after another, with the checks, returns and withdrawals of each
	Posts     map[id.Post]string
}

// FactStory tells what became of a fact: who said it, who changed it, from what, and why.
func (o *Office) FactStory(ctx context.Context, who Who, which id.Fact) (out FactStory, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		f, err := loadFact(v, o.city, which)
		if err != nil {
			return err
		}
		if err := o.mayOver(v, who, "fact.read", f.Unit); err != nil {
			return err
		}
		if out.Indicator, err = loadIndicator(v, o.city, f.Indicator); err != nil {
			return err
		}
		if out.Unit, err = loadUnit(v, o.city, f.Unit); err != nil {
			return err
		}
		rows, err := factChain(v, o.city, f)
		if err != nil {
			return err
		}
		out.Posts = map[id.Post]string{}
		for _, r := range rows {
			if _, known := out.Posts[r.Post]; !known && r.Post != 0 {
				p, err := loadPost(v, o.city, r.Post)
				if err != nil {
					return err
				}
				of, err := loadUnit(v, o.city, p.Unit)
				if err != nil {
					return err
				}
				out.Posts[r.Post] = of.Name + " " + p.Title
			}
		}
		out.Rows, err = o.factLines(v, rows, []fact.Indicator{out.Indicator})
		return err
	})
	return out, err
}

// factChain gives the claims that followed each other, and the rows about them.
func factChain(q db.Querier, city int64, f fact.Fact) ([]fact.Fact, error) {
	first := f
	for {
		if first.Kind == fact.Claim && first.Corrects == 0 {
			break
		}
		before, err := loadFact(q, city, first.Corrects)
		if err != nil {
			return nil, err
		}
		first = before
	}
	var out []fact.Fact
	for claim := first; ; {
		out = append(out, claim)
		about, err := factsAbout(q, city, claim)
		if err != nil {
			return nil, err
		}
		out = append(out, about...)
		if claim.Next == 0 {
			break
		}
		next, err := loadFact(q, city, claim.Next)
		if err != nil {
			return nil, err
		}
		if next.Kind != fact.Claim {
			break
		}
		claim = next
	}
	return out, nil
}
