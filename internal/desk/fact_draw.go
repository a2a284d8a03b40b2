package desk

import (
	"cmp"
	"context"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/ledger"
	"luoshi/org"
)

// FactDraw is a draw (抽查) among the facts of a month of a unit and those below it.
type FactDraw struct {
	ID    id.Draw
	Unit  id.Unit
	Month string
	ledger.Draw
}

// State is how far a draw is at an instant.
func (d FactDraw) State(now time.Time) fact.DrawState {
	late := func(at int64) bool { return now.After(time.UnixMicro(at).AddDate(0, 0, fact.DrawWaits)) }
	switch {
	case d.Seed != nil:
		return fact.DrawRevealed
	case d.Frozen == (ledger.DrawMark{}):
		if late(d.Committed.At) {
			return fact.DrawVoid
		}
		return fact.DrawCommitted
	case late(d.NotBefore):
		return fact.DrawVoid
	}
	return fact.DrawFrozen
}

var errDrawStep = fault.New(fault.Conflict, "这次抽查已经到了下一步，或者作废了。请回到抽查一页看看。")

// DrawCommit (承诺) makes the secret of a draw, keeps it sealed and enters what it commits to.
func (o *Office) DrawCommit(ctx context.Context, cmd db.Cmd, unit id.Unit, month string) (made id.Draw, err error) {
	err = o.writeOver(ctx, cmd.Of("draw.commit", []any{unit, month}, &made), "fact.verify", over(unit), func(tx *db.Tx, _ Who) error {
		if _, err := calendar.ParseDay(month + "-01"); err != nil || month > fact.Month(tx.Today()) {
			return fault.New(fault.Invalid, "请选一个月份，例如 2011-09，不能晚于这个月。").In("month")
		}
		all, err := drawsOfMonth(tx, o.city, month)
		if err != nil {
			return err
		}
		for _, d := range all {
			if s := d.State(tx.Now()); d.Unit == unit && s != fact.DrawRevealed && s != fact.DrawVoid {
				return fault.New(fault.Conflict, "%s 的抽查已经在办，请把那一次办完。%d 天没有办完的自动作废。", month, fact.DrawWaits).In("month")
			}
		}
		var seed [32]byte
		if err := tx.Random(seed[:]); err != nil {
			return err
		}
		d := FactDraw{ID: db.NewID[id.Draw](tx), Unit: unit, Month: month}
		d.Commitment, d.Committed = ledger.CommitSeed(seed), ledger.DrawMark{Seq: tx.NextEntry(), At: tx.Now().UnixMicro()}
		tx.Append(fact.DrawCommittedEntry(d.ID, unit, month, d.Commitment))
		made = d.ID
		if err := saveDraw(tx, o.city, d); err != nil {
			return err
		}
		return sealDrawSecret(tx, o.city, d.ID, hex.EncodeToString(seed[:]))
	})
	return made, err
}

// DrawTerms are what is fixed before anybody can know what will be drawn.
type DrawTerms struct {
	Source    string // in words: which later public text decides
	NotBefore time.Time
	Count     int
	Each      int
}

// DrawFreeze (冻结) fixes the list of facts that can be drawn, all that were reported for
// the month and are not verified, with the terms, and enters their root.
func (o *Office) DrawFreeze(ctx context.Context, cmd db.Cmd, which id.Draw, t DrawTerms) error {
	return o.writeOver(ctx, cmd.Of("draw.freeze", []any{which, t.Source, t.NotBefore.UnixMicro(), t.Count, t.Each}), "fact.verify", o.unitOfDraw(which), func(tx *db.Tx, _ Who) error {
		d, err := loadDraw(tx, o.city, which)
		switch {
		case err != nil:
			return err
		case d.State(tx.Now()) != fact.DrawCommitted:
			return errDrawStep
		case !t.NotBefore.After(tx.Now()):
			return fault.New(fault.Invalid, "公布的时刻要在以后：现在已经公布的数，谁都能先看到。").In("not_before")
		case t.NotBefore.After(tx.Now().AddDate(0, 0, fact.DrawWaits)):
			return fault.New(fault.Invalid, "公布的时刻请选在 %d 天以内。", fact.DrawWaits).In("not_before")
		}
		d.Source, d.NotBefore, d.Count, d.Each = strings.TrimSpace(t.Source), t.NotBefore.UnixMicro(), t.Count, t.Each
		if d.Entries, err = o.drawable(tx, d); err != nil {
			return err
		}
		if err := drawFault(d.CheckDraw(), len(d.Entries)); err != nil {
			return err
		}
		d.Root, d.Frozen = d.ListRoot(), ledger.DrawMark{Seq: tx.NextEntry(), At: tx.Now().UnixMicro()}
		tx.Append(fact.DrawFrozenEntry(d.ID, d.Unit, d.Month, d.Root))
		if err := saveDraw(tx, o.city, d); err != nil {
			return err
		}
		return saveDrawEntries(tx, o.city, d)
	})
}

// drawFault says what keeps a draw from being frozen, and in which field of its form.
func drawFault(err error, facts int) error {
	switch err {
	case nil:
		return nil
	case ledger.ErrDrawCount:
		if facts == 0 {
			return fault.New(fault.Conflict, "这个月还没有报上来、没有核实的数，抽不了。")
		}
		return fault.New(fault.Invalid, "名单上有 %d 条，抽的条数要在 1 和它之间，还要够每一处抽到。", facts).In("count")
	case ledger.ErrDrawText:
		return fault.New(fault.Invalid, "请用一行字写清用哪一个公开的数、怎么写下来，不超过 400 字。").In("source")
	}
	return err
}

// drawable gives the facts of the month that are not verified, each with the unit right
// below that of the draw in which it is.
func (o *Office) drawable(tx *db.Tx, d FactDraw) (out []ledger.DrawEntry, err error) {
	units, err := unitsReporting(tx, o.city, d.Unit)
	if err != nil {
		return nil, err
	}
	indicators, err := listIndicators(tx, o.city)
	if err != nil {
		return nil, err
	}
	above, err := loadLineage(tx, o.city, units)
	if err != nil {
		return nil, err
	}
	for _, i := range indicators {
		all, err := claimsOf(tx, o.city, i.ID, units, calendar.Day(d.Month+"-01"), calendar.Day(d.Month+"-31"))
		if err != nil {
			return nil, err
		}
		for _, f := range all {
			if f.State == fact.Reported && f.Source != fact.Opening && above.below(f.Unit, d.Unit, f.Day) {
				out = append(out, ledger.DrawEntry{ID: f.ID.String(), Stratum: stratumOf(above, f, d.Unit)})
			}
		}
	}
	if len(out) > fact.MostDrawn {
		return nil, fault.New(fault.TooLarge, "这个月有 %d 条，一次最多在 %d 条里抽。请让下一级自己抽。", len(out), fact.MostDrawn)
	}
	slices.SortFunc(out, func(a, b ledger.DrawEntry) int { return cmp.Compare(a.ID, b.ID) })
	return out, nil
}

// stratumOf is the name of the unit right below that of a draw, on the day of a fact.
func stratumOf(above lineage, f fact.Fact, top id.Unit) string {
	for u := f.Unit; u != 0 && u != top; {
		v, there := above.on(u, f.Day)
		if !there {
			return ""
		}
		if v.Parent == top {
			return v.Name
		}
		u = v.Parent
	}
	return ""
}

// DrawReveal (揭晓) takes in the public text, once it can be known, enters the secret and
// draws.
func (o *Office) DrawReveal(ctx context.Context, cmd db.Cmd, which id.Draw, randomness string) error {
	randomness = strings.TrimSpace(randomness)
	return o.writeOver(ctx, cmd.Of("draw.reveal", []any{which, randomness}), "fact.verify", o.unitOfDraw(which), func(tx *db.Tx, _ Who) error {
		d, err := loadDraw(tx, o.city, which)
		if err != nil {
			return err
		}
		switch {
		case d.State(tx.Now()) != fact.DrawFrozen:
			return errDrawStep
		case tx.Now().UnixMicro() < d.NotBefore:
			return fault.New(fault.Conflict, "还没有到公布的时刻，到了再填。")
		}
		if err := fault.CheckLine("randomness", "公布的数", randomness, 400, true); err != nil {
			return err
		}
		said, err := openDrawSecret(tx, o.city, which)
		if err != nil {
			return err
		}
		raw, err := hex.DecodeString(said)
		if err != nil || len(raw) != 32 || ledger.CommitSeed([32]byte(raw)) != d.Commitment {
			return fault.New(fault.Conflict, "封存的密数和当初的承诺对不上，这次抽查只能作废。")
		}
		if d.Entries, _, err = drawEntries(tx, o.city, which); err != nil {
			return err
		}
		seed := [32]byte(raw)
		d.Seed, d.Randomness, d.Revealed = &seed, randomness, ledger.DrawMark{Seq: tx.NextEntry(), At: tx.Now().UnixMicro()}
		d.Drawn = d.Sample(seed, randomness)
		tx.Append(fact.DrawRevealedEntry(d.ID, d.Unit, d.Month, seed))
		if err := saveDraw(tx, o.city, d); err != nil {
			return err
		}
		return markDrawn(tx, o.city, d)
	})
}

func (o *Office) unitOfDraw(which id.Draw) func(tx *db.Tx) (id.Unit, error) {
	return func(tx *db.Tx) (id.Unit, error) {
		d, err := loadDraw(tx, o.city, which)
		return d.Unit, err
	}
}

// wholeDraw gives a draw with its list and what was drawn, as its file has it.
func wholeDraw(q db.Querier, city int64, which id.Draw) (d FactDraw, err error) {
	if d, err = loadDraw(q, city, which); err != nil {
		return d, err
	}
	d.Entries, d.Drawn, err = drawEntries(q, city, which)
	return d, err
}

// DrawView is a draw as its page shows it.
type DrawView struct {
	FactDraw
	UnitOf org.Unit
	State  fact.DrawState
	Lines  []FactLine // what was drawn, in the order of the draw
	Names  map[id.Indicator]fact.Indicator
}

// Draws gives the units for which somebody may draw, and the draws of the last months that
// they may see, the newest first.
func (o *Office) Draws(ctx context.Context, who Who) (places []org.Unit, all []DrawView, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		for _, h := range who.Held {
			switch reach("fact.verify", h.Roles) {
			case WholeCity:
				for _, level := range []org.Level{org.CityLevel, org.County} {
					some, err := unitsOfLevel(v, o.city, level, 0, mostPlaces)
					if err != nil {
						return err
					}
					places = append(places, some...)
				}
			case Downward:
				own, err := loadUnit(v, o.city, h.Unit)
				if err != nil {
					return err
				}
				below, err := unitsUnder(v, o.city, h.Unit, o.Today())
				if err != nil {
					return err
				}
				places = append(append(places, own), below[:min(len(below), mostPlaces)]...)
			}
		}
		last, err := lastDraws(v, o.city, drawsShown)
		if err != nil {
			return err
		}
		for _, d := range last {
			if o.mayOver(v, who, "fact.read", d.Unit) != nil {
				continue
			}
			u, err := loadUnit(v, o.city, d.Unit)
			if err != nil {
				return err
			}
			all = append(all, DrawView{FactDraw: d, UnitOf: u, State: d.State(o.db.Now())})
		}
		return nil
	})
	return places, all, err
}

// drawsShown is how many draws are listed.
const drawsShown = 100

// Draw gives one draw with its list and what was drawn.
func (o *Office) Draw(ctx context.Context, who Who, which id.Draw) (out DrawView, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if out.FactDraw, err = wholeDraw(v, o.city, which); err != nil {
			return err
		}
		if err := o.mayOver(v, who, "fact.read", out.Unit); err != nil {
			return err
		}
		if out.UnitOf, err = loadUnit(v, o.city, out.Unit); err != nil {
			return err
		}
		out.State = out.FactDraw.State(o.db.Now())
		indicators, err := listIndicators(v, o.city)
		if err != nil {
			return err
		}
		out.Names = map[id.Indicator]fact.Indicator{}
		for _, i := range indicators {
			out.Names[i.ID] = i
		}
		var drawn []id.Fact
		for _, words := range out.Drawn {
			f, err := id.Of[id.Fact](words)
			if err != nil {
				return err
			}
			drawn = append(drawn, f)
		}
		found, err := loadFacts(v, o.city, drawn)
		if err != nil {
			return err
		}
		slices.SortFunc(found, func(a, b fact.Fact) int { return slices.Index(drawn, a.ID) - slices.Index(drawn, b.ID) })
		out.Lines, err = o.factLines(v, found, indicators)
		return err
	})
	return out, err
}

// DrawnFacts gives the facts of a month that were drawn by any draw, of this unit, of one
// above it or below: each is looked at singly.
func (o *Office) DrawnFacts(ctx context.Context, who Who, unit id.Unit, month string) (out map[id.Fact]bool, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if err := o.mayOver(v, who, "fact.read", unit); err != nil {
			return err
		}
		all, err := drawnInMonth(v, o.city, month)
		out = make(map[id.Fact]bool, len(all))
		for _, f := range all {
			out[f] = true
		}
		return err
	})
	return out, err
}

// DrawFile gives the file of a draw for everybody, where all indicators of its facts are
// released.
func (p *Public) DrawFile(ctx context.Context, which id.Draw) (file []byte, err error) {
	err = p.db.Read(ctx, func(v *db.View) error {
		d, err := wholeDraw(v, p.city, which)
		if err != nil {
			return err
		}
		n, err := hiddenInDraw(v, p.city, which)
		if err == nil && (n > 0 || d.Frozen == (ledger.DrawMark{})) {
			return ErrMissing
		}
		file = d.Bytes()
		return err
	})
	return file, err
}
