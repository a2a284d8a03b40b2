package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

// findRepeats finds rows that say what facts that stand say; each fact is repeated by one
// row, so that a second one is new.
func (o *Office) findRepeats(v *db.View, c *FactCheck) error {
	type span struct {
		units    []id.Unit
		from, to calendar.Day
	}
	of := map[id.Indicator]*span{}
	for _, t := range c.Told {
		if t.As != 0 {
			continue
		}
		s := of[t.Indicator]
		if s == nil {
			s = &span{from: t.Day, to: t.Day}
			of[t.Indicator] = s
		}
		s.units, s.from, s.to = append(s.units, t.Unit), min(s.from, t.Day), max(s.to, t.Day)
	}
	key := func(t FactTold) string {
		return strings.Join([]string{t.Indicator.String(), t.Unit.String(), string(t.Day), t.Quantity.String(), fact.SubjectKey(t.Subject), strconv.FormatBool(t.Opening)}, "|")
	}
	standing := map[string][]id.Fact{}
	for _, i := range c.Indicators {
		s := of[i.ID]
		if s == nil {
			continue
		}
		slices.Sort(s.units)
		found, err := claimsOf(v, o.city, i.ID, slices.Compact(s.units), s.from, s.to)
		if err != nil {
			return err
		}
		lines, err := o.factLines(v, slices.DeleteFunc(found, func(f fact.Fact) bool { return !f.Stands() }), c.Indicators)
		if err != nil {
			return err
		}
		for _, l := range lines {
			k := key(FactTold{Indicator: l.Indicator, Unit: l.Unit, Day: l.Day, Quantity: l.Quantity, Subject: l.SubjectWords(), Opening: l.Source == fact.Opening})
			standing[k] = append(standing[k], l.ID)
		}
	}
	told, rows := c.Told, c.Rows
	c.Told, c.Rows = nil, nil
	for k, t := range told {
		if same := standing[key(t)]; t.As == 0 && len(same) > 0 {
			standing[key(t)] = same[1:]
			if c.Repeats = append(c.Repeats, FactRepeat{rows[k], t, same[0]}); !c.Import.Reading.Again {
				continue
			}
		}
		c.Told, c.Rows = append(c.Told, t), append(c.Rows, rows[k])
	}
	return nil
}

// sumUp counts what would be taken over, and adds it up by indicator and unit.
func (c *FactCheck) sumUp(lines map[id.Fact]FactLine) {
	at := map[FactSum]int{}
	add := func(i id.Indicator, u id.Unit, q document.Decimal, n int) {
		k, known := at[FactSum{Indicator: i, Unit: u}]
		if !known {
			k = len(c.Sums)
			at[FactSum{Indicator: i, Unit: u}] = k
			c.Sums = append(c.Sums, FactSum{Indicator: i, Unit: u})
		}
		c.Sums[k].Quantity += q
		c.Sums[k].Rows += n
	}
	c.Counts = FactCounts{Repeated: int64(len(c.Repeats)), Same: int64(c.Read.Same)}
	for _, t := range c.Told {
		add(t.Indicator, t.Unit, t.Quantity, 1)
		if was, known := lines[t.As]; known && t.As != 0 {
			c.Counts.Corrections++
			add(was.Indicator, was.Unit, -was.Quantity, 0)
		} else {
			c.Counts.New++
		}
		if t.Unit != c.Import.Unit {
			c.Counts.OnBehalf++
		}
	}
	order := map[id.Indicator]int{}
	for k, i := range c.Indicators {
		order[i.ID] = k
	}
	slices.SortStableFunc(c.Sums, func(a, b FactSum) int { return order[a.Indicator] - order[b.Indicator] })
	sum := sha256.Sum256([]byte(text(c.Told)))
	c.Digest = hex.EncodeToString(sum[:])
}
