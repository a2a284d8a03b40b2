package desk

import (
	"context"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
)

// FactTold is what somebody tells of one thing that happened.
type FactTold struct {
	Indicator id.Indicator
	Unit      id.Unit // where it is counted: a village, a direct unit
	Place     id.Unit // where it happened, if elsewhere
	Day       calendar.Day
	Quantity  document.Decimal
	Subject   string // name or number, where each counts once
	Class     fact.Class
	Note      string
	Evidence  []byte  // hash of a file that was stored
	Field     string  `json:"-"` // how the form calls it; a fault names it
	As        id.Fact // the claim that it corrects, in a list that comes back; else 0
	Opening   bool    // 期初累计 as of Day
}

// mostFacts is how many one act takes.
const mostFacts = 2000

// FactsTaken is what an act made of what was told.
type FactsTaken struct {
	First, Last id.Fact
	Rows        int
	Same        []SameSubject // persons and things that another unit told of before
}

// SameSubject is a person or thing that another unit told of before: both are told.
type SameSubject struct {
	Subject string
	Unit    id.Unit // that told of it before
	Before  id.Fact
	Now     id.Fact
}

// ReportFacts (报数) keeps what happened in one's own unit.
func (o *Office) ReportFacts(ctx context.Context, cmd db.Cmd, unit id.Unit, told []FactTold, source fact.Source) (FactsTaken, error) {
	return o.reportFacts(ctx, cmd, "fact.report", unit, told, source)
}

// ReportFactsBelow (代报) keeps what units below one told, by telephone or on a list.
func (o *Office) ReportFactsBelow(ctx context.Context, cmd db.Cmd, unit id.Unit, told []FactTold, source fact.Source) (FactsTaken, error) {
	return o.reportFacts(ctx, cmd, "fact.onbehalf", unit, told, source)
}

func (o *Office) reportFacts(ctx context.Context, cmd db.Cmd, right string, unit id.Unit, told []FactTold, source fact.Source) (out FactsTaken, err error) {
	switch {
	case len(told) == 0:
		return out, fault.New(fault.Invalid, "还没有填。请至少填一个数。")
	case len(told) > mostFacts:
		return out, fault.New(fault.TooLarge, "一次最多报 %d 条。", mostFacts)
	}
	err = o.writeOver(ctx, cmd.Of(right, []any{unit, told, source}, &out.First, &out.Last), right, over(unit), func(tx *db.Tx, _ Who) error {
		out, err = o.takeFacts(tx, unit, told, source, right == "fact.onbehalf")
		return err
	})
	return out, err
}

// takeFacts makes rows of what was told. In one act a person or thing is told of once.
func (o *Office) takeFacts(tx *db.Tx, unit id.Unit, told []FactTold, source fact.Source, onBehalf bool) (out FactsTaken, err error) {
	indicators, above, err := o.forFacts(tx, told)
	if err != nil {
		return out, err
	}
	var was, is, rows []fact.Fact
	corrected := map[id.Fact]fact.Fact{}
	var which []id.Fact
	for _, t := range told {
		if t.As != 0 {
			which = append(which, t.As)
		}
	}
	old, err := loadFacts(tx, o.city, which)
	if err != nil {
		return out, err
	}
	for _, f := range old {
		corrected[f.ID] = f
	}
	persons := map[int64]string{}
	number := db.NewIDs(tx, int64(len(told)))
	for k, t := range told {
		i, there := indicators[t.Indicator]
		if !there {
			return out, fault.New(fault.Invalid, "没有这个指标，请回到页面上重新选。").In(t.Field)
		}
		f := fact.Fact{ID: id.Fact(number + int64(k) + 1), Indicator: t.Indicator, Unit: t.Unit, Place: t.Place, Day: t.Day, Instant: tx.Now().UnixMicro(), Quantity: t.Quantity,
			Kind: fact.Claim, State: fact.Reported, Class: t.Class, Claimed: t.Class, Source: source, OnBehalf: onBehalf, Note: strings.TrimSpace(t.Note), Evidence: t.Evidence, Post: tx.Cmd().Actor}
		if t.Opening {
			f.Source = fact.Opening
		}
		if f.Subject, err = subjectOf(tx, i, t.Subject, persons); err != nil {
			return out, err
		}
		if f.Place == f.Unit {
			f.Place = 0
		}
		if t.As != 0 {
			before, there := corrected[t.As]
			if !there || before.Indicator != t.Indicator {
				return out, fault.New(fault.Conflict, "要改的那一条找不到了。请重新导出再改。").In(t.Field)
			}
			after, now, err := before.Corrected(f, i, tx.Today())
			if err != nil {
				return out, inForm(err, t.Field)
			}
			was, is, f = append(was, before), append(is, after), now
			corrected[t.As] = after
		} else if err := f.CheckClaim(i, tx.Today()); err != nil {
			return out, inForm(err, t.Field)
		}
		if err := o.checkPlace(above, f, unit); err != nil {
			return out, inForm(err, t.Field)
		}
		rows = append(rows, f)
	}
	if out.Same, err = o.sameSubjects(tx, indicators, rows); err != nil {
		return out, err
	}
	if err := savePersons(tx, o.city, persons); err != nil {
		return out, err
	}
	out.First, out.Last, out.Rows = rows[0].ID, rows[len(rows)-1].ID, len(rows)
	return out, o.keepFacts(tx, indicators, above, was, is, rows)
}

// forFacts reads what is needed to take what was told: the indicators, and the units with
// those above them.
func (o *Office) forFacts(tx *db.Tx, told []FactTold) (map[id.Indicator]fact.Indicator, lineage, error) {
	var which []id.Indicator
	var units []id.Unit
	for _, t := range told {
		which, units = append(which, t.Indicator), append(units, t.Unit)
		if t.Place != 0 {
			units = append(units, t.Place)
		}
	}
	slices.Sort(which)
	indicators, err := loadIndicators(tx, o.city, slices.Compact(which))
	if err != nil {
		return nil, nil, err
	}
	slices.Sort(units)
	above, err := loadLineage(tx, o.city, slices.Compact(units))
	return indicators, above, err
}

// checkPlace finds out whether a unit was there on the day, below who reports for it.
func (o *Office) checkPlace(above lineage, f fact.Fact, unit id.Unit) error {
	if _, there := above.on(f.Unit, f.Day); !there {
		return fault.New(fault.Invalid, "这个单位在 %s 还没有设立，或者已经撤销。", string(f.Day)).In("day")
	}
	if !above.below(f.Unit, unit, o.Today()) && !above.below(f.Unit, unit, f.Day) {
		return MayNot("fact.onbehalf")
	}
	if f.Place != 0 {
		if _, there := above.on(f.Place, f.Day); !there {
			return fault.New(fault.Invalid, "发生的地方在 %s 没有这个单位。", string(f.Day)).In("place")
		}
	}
	return nil
}

// subjectOf gives what stands in a fact for a person or thing: the number of a thing in
// capitals without spaces, a pseudonym for a person.
func subjectOf(tx *db.Tx, i fact.Indicator, words string, persons map[int64]string) (string, error) {
	words = strings.Join(strings.Fields(words), " ")
	if words == "" || i.Subjects != fact.Persons {
		return fact.SubjectKey(words), nil
	}
	if err := fault.CheckLine("subject", "姓名", words, 60, true); err != nil {
		return "", err
	}
	number, err := tx.Pseudonym(fact.SubjectKey(words))
	if err != nil {
		return "", err
	}
	persons[number] = words
	return id.Text(number), nil
}

// sameSubjects finds the persons and things of new claims that another unit told of before.
func (o *Office) sameSubjects(tx *db.Tx, indicators map[id.Indicator]fact.Indicator, rows []fact.Fact) (out []SameSubject, err error) {
	for which := range indicators {
		var subjects []string
		for _, f := range rows {
			if f.Indicator == which && f.Subject != "" {
				subjects = append(subjects, f.Subject)
			}
		}
		before, err := claimsAbout(tx, o.city, which, subjects)
		if err != nil {
			return nil, err
		}
		for _, f := range rows {
			for _, b := range before {
				if f.Indicator == which && b.Subject == f.Subject && b.Unit != f.Unit && b.ID != f.Corrects {
					out = append(out, SameSubject{f.Subject, b.Unit, b.ID, f.ID})
				}
			}
		}
	}
	return out, nil
}

// inForm says in which row of a form a fault is.
func inForm(err error, row string) error {
	f := fault.Of(err)
	if f == nil || row == "" {
		return err
	}
	field := row
	if f.Field != "" {
		field = row + "-" + f.Field
	}
	return fault.New(f.Kind, f.Key, f.Args...).In(field)
}

// StoreEvidence keeps a file that shows something, for who may report at all.
func (o *Office) StoreEvidence(who Who, content []byte) ([]byte, error) {
	switch {
	case !who.May("fact.report") && !who.May("fact.onbehalf"):
		return nil, MayNot("fact.report")
	case len(content) == 0:
		return nil, errNoFile
	case len(content) > fact.LargestEvidence:
		return nil, errLargeFile
	}
	hash, err := o.blobs.Put(content)
	if err != nil {
		return nil, err
	}
	return hash[:], nil
}
