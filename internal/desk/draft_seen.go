package desk

import (
	"fmt"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// Seen says which steps of a draft somebody knew of who changes a record of it: Saw is
// the last when the form was shown, Told the last when the person was last told that
// others had changed the same. What others changed meanwhile and the person left alone
// stays as they made it; what both changed is refused once, with both values.
type Seen struct{ Saw, Told int64 }

// AsItStands is for who changes a record as it stands now.
var AsItStands = Seen{-1, -1}

// errBoth is said where two people changed one field.
var errBoth = fault.New(fault.Conflict, "您打开这张表以后，%s把“%s”改成了“%s”。您填的还在下面，再存一次就以您的为准。")

// errGone is said where somebody changes what another has taken away.
var errGone = fault.New(fault.Conflict, "这一条已经被%s去掉了，没有存。可以在“改动记录”里看是怎么回事。")

// formFields names the field of a form that stands for a field of a record, where it is not the same word in small letters.
var formFields = map[string]string{"Title": "title", "Lead": "lead", "Cooperating": "cooperating", "Responsible": "responsible", "Period": "period",
	"Project": "project", "Tags": "tags", "Indicator": "indicator", "Bound": "bound", "Value": "value", "Max": "max", "From": "from", "Unit": "unit",
	"Scope": "scope", "Start": "start", "Deadline": "deadline", "Due": "due", "Hardness": "hardness", "Aggregate": "aggregate", "Proof": "proof",
	"Name": "name", "First": "first", "Last": "last", "Issuer": "issuer"}

// merged puts what was sent about a record onto it as it stands, by what the person had seen.
// sent gives the record as the person wants it, from the record as that person saw it.
func merged[T any](d *drafting, seen Seen, noun, key string, stands *T, sent func(saw T) T) (*T, error) {
	if seen.Saw < 0 {
		if stands == nil {
			return nil, db.ErrNoRow
		}
		is := sent(*stands)
		return &is, nil
	}
	later, err := stepsAfter(d.tx, d.city, d.plan.ID, seen.Saw)
	if err != nil {
		return nil, err
	}
	var sinceSaw, sinceTold []plan.Edit
	last := step{}
	by := map[string]id.Account{} // who changed a field last
	for _, s := range later {
		for _, e := range s.Edits {
			if e.Noun != noun || e.Key != key {
				continue
			}
			sinceSaw, last = append(sinceSaw, e), s
			if s.Seq > seen.Told {
				sinceTold = append(sinceTold, e)
			}
			for field := range e.Is {
				by[field] = s.By
			}
		}
	}
	saw, told := plan.Before(stands, sinceSaw), plan.Before(stands, sinceTold)
	if stands == nil {
		if last.Seq == 0 {
			return nil, db.ErrNoRow
		}
		return nil, d.told(errGone, last.By)
	}
	if saw == nil || told == nil {
		saw, told = stands, stands // it came back since: by another's undoing
	}
	own := func(field string) bool { return by[field] == d.tx.Cmd().Account }
	is, both := plan.Merge(*saw, *told, *stands, sent(*saw), own)
	if len(both) > 0 {
		return nil, d.told(errBoth, by[both[0]], plan.FieldWord(both[0]), plan.Field(*stands, both[0])).In(formFields[both[0]])
	}
	return &is, nil
}

// told says a fault about what somebody did.
func (d *drafting) told(f *fault.Fault, by id.Account, args ...any) *fault.Fault {
	name := "另一位同事"
	if who, err := loadPerson(d.tx, d.city, by); err == nil && who.Account != 0 {
		name = fmt.Sprintf("%s（%s）", who.Name, who.Title)
	}
	return fault.New(f.Kind, f.Key, append([]any{name}, args...)...)
}
