package desk

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// recounting counts raw facts anew, with none of what sums them up as they come.
type recounting struct {
	indicator fact.Indicator
	facts     []fact.Fact // claims that stand, by day and number
	units     map[id.Unit][]org.Unit
}

func (w *town) recounting(i id.Indicator) (r recounting) {
	w.Helper()
	w.must(w.db.Read(w.Context(), func(v *db.View) (err error) {
		if r.indicator, err = loadIndicator(v, 1, i); err != nil {
			return err
		}
		if r.facts, err = db.Rows(v, scanFact, "SELECT "+factColumns+" FROM fact WHERE city_id = $1 AND indicator_id = $2 AND kind = 'claim' AND state IN ('reported', 'verified') ORDER BY day, id", 1, i); err != nil {
			return err
		}
		all, err := allVersions(v, 1)
		r.units = map[id.Unit][]org.Unit{}
		for _, u := range all {
			r.units[u.ID] = append(r.units[u.ID], u)
		}
		return err
	}))
	return r
}

func (r recounting) on(u id.Unit, day calendar.Day) (org.Unit, bool) {
	first := org.Unit{ID: u}
	for _, v := range r.units[u] {
		if v.From <= day && (v.To == "" || day <= v.To) {
			return v, true
		}
		if first.From == "" || v.From < first.From {
			first = v
		}
	}
	if day < first.From { // before its first day it was as it was then
		return first, true
	}
	return org.Unit{ID: u}, false
}

// upper is the township of a fact or its unit itself, and what stood above that.
func (r recounting) upper(f fact.Fact) (id.Unit, id.Unit) {
	own, there := r.on(f.Unit, f.Day)
	if there && own.Level == org.Village {
		if above, ok := r.on(own.Parent, f.Day); ok {
			return above.ID, above.Parent
		}
	}
	return f.Unit, own.Parent
}

type both struct{ reported, counted document.Decimal }

// sum brings facts to a figure: those of a subject, or of a unit in one month, count once.
func (r recounting) sum(facts []fact.Fact) (out both) {
	last := map[string][2]document.Decimal{}
	for _, f := range facts { // in order of days
		key, worth := fmt.Sprint(f.ID), f.Quantity
		switch {
		case r.indicator.Aggregation == fact.Distinct && f.Subject != "":
			key, worth = f.Subject, document.Whole(1)
		case r.indicator.Aggregation == fact.Snapshot:
			key = f.Unit.String()
		case r.indicator.Aggregation == fact.Once:
			key, worth = f.Unit.String()+string(f.Day)[:7], document.Whole(min(1, int64(f.Quantity)))
		}
		w := last[key]
		w[0] = worth
		if f.State == fact.Verified && f.Class <= r.indicator.Wanted {
			w[1] = worth
		}
		last[key] = w
	}
	for _, w := range last {
		out.reported, out.counted = out.reported+w[0], out.counted+w[1]
	}
	return out
}

// summaries are what fact_month must hold.
func (r recounting) summaries() map[string]both {
	in := map[string][]fact.Fact{}
	for _, f := range r.facts {
		upper, above := r.upper(f)
		if r.indicator.Aggregation != fact.Sum {
			above = 0
		}
		month := string(f.Day)[:7]
		in[fmt.Sprint(0, month, f.Unit, 0)] = append(in[fmt.Sprint(0, month, f.Unit, 0)], f)
		in[fmt.Sprint(1, month, upper, int64(above))] = append(in[fmt.Sprint(1, month, upper, int64(above))], f)
	}
	out := map[string]both{}
	for k, facts := range in {
		out[k] = r.sum(facts)
	}
	if r.indicator.Aggregation == fact.Distinct {
		reported, counted := map[string]bool{}, map[string]bool{}
		for _, f := range r.facts {
			for _, row := range []id.Unit{0, r.row(f)} {
				k, s := fmt.Sprint(2, string(f.Day)[:7], row, 0), row.String()+f.Subject
				w := out[k]
				if f.Subject != "" && !reported[s] {
					reported[s], w.reported = true, w.reported+document.Whole(1)
				}
				if f.Subject != "" && f.State == fact.Verified && f.Class <= r.indicator.Wanted && !counted[s] {
					counted[s], w.counted = true, w.counted+document.Whole(1)
				}
				out[k] = w
			}
		}
	}
	maps.DeleteFunc(out, func(_ string, w both) bool { return w == both{} })
	return out
}

func (w *town) summaries(i id.Indicator) map[string]both {
	out := map[string]both{}
	w.must(w.db.Read(w.Context(), func(v *db.View) error {
		_, err := db.Rows(v, func(s db.Scanner) (none struct{}, err error) {
			var tier, above int64
			var month string
			var unit id.Unit
			var b both
			err = s.Scan(&tier, &month, &unit, &above, &b.reported, &b.counted)
			if b != (both{}) {
				out[fmt.Sprint(tier, month, unit, above)] = b
			}
			return none, err
		}, "SELECT tier, month, unit_id, above_id, reported, counted FROM fact_month WHERE city_id = $1 AND indicator_id = $2", 1, i)
		return err
	}))
	return out
}

// board is the total over some months, and what each came to.
func (r recounting) board(months []string) (total both, byMonth map[string]both) {
	byMonth = map[string]both{}
	pick := func(from, to string) (some []fact.Fact) {
		for _, f := range r.facts {
			if m := string(f.Day)[:7]; m >= from && m <= to {
				some = append(some, f)
			}
		}
		return some
	}
	first, last := months[0], months[len(months)-1]
	for _, m := range months {
		switch byMonth[m] = r.sum(pick(m, m)); r.indicator.Aggregation {
		case fact.Snapshot:
			byMonth[m] = r.sum(pick("", m))
		case fact.Distinct: // who is new
			until, before := r.sum(pick(first, m)), r.sum(pick(first, string(calendar.Day(m + "-01").AddDays(-1))[:7]))
			byMonth[m] = both{until.reported - before.reported, until.counted - before.counted}
		}
	}
	switch r.indicator.Aggregation {
	case fact.Snapshot:
		return byMonth[last], byMonth
	case fact.Once: // a unit that did it in any month
		for _, u := range slices.Sorted(maps.Keys(r.units)) {
			var ever both
			for _, m := range months {
				of := slices.DeleteFunc(pick(m, m), func(f fact.Fact) bool { return f.Unit != u })
				b := r.sum(of)
				ever.reported, ever.counted = max(ever.reported, b.reported), max(ever.counted, b.counted)
			}
			total.reported, total.counted = total.reported+ever.reported, total.counted+ever.counted
		}
		return total, byMonth
	}
	return r.sum(pick(first, last)), byMonth
}

// bases are what units said first, by the month at whose end they had said it.
func (r recounting) bases(months []string) map[string]document.Decimal {
	out := map[string]document.Decimal{}
	for _, u := range slices.Sorted(maps.Keys(r.units)) {
		for _, m := range months {
			of := slices.DeleteFunc(slices.Clone(r.facts), func(f fact.Fact) bool { return f.Unit != u || string(f.Day)[:7] > m })
			if out[m] += r.sum(of).reported; len(of) > 0 {
				break
			}
		}
	}
	return withoutZeros(out)
}

func withoutZeros(of map[string]document.Decimal) map[string]document.Decimal {
	out := map[string]document.Decimal{}
	for m, d := range of {
		if d != 0 {
			out[m] = d
		}
	}
	return out
}

// row is the county or direct unit in which a fact happened.
func (r recounting) row(f fact.Fact) id.Unit {
	row, above := r.upper(f)
	if above != 0 && r.units[row][0].Level == org.Township {
		row = above
	}
	for r.units[row][0].Level == org.Village || r.units[row][0].Level == org.Township { // closed before the day: where it stood last
		row = slices.MaxFunc(r.units[row], func(a, b org.Unit) int { return cmp.Compare(a.From, b.From) }).Parent
	}
	return row
}

// rows is what came to each county and direct unit by the tree of the day.
func (r recounting) rows(months []string) map[id.Unit]both {
	in := map[id.Unit][]fact.Fact{}
	for _, f := range r.facts {
		if slices.Contains(months, string(f.Day)[:7]) {
			in[r.row(f)] = append(in[r.row(f)], f)
		}
	}
	out := map[id.Unit]both{}
	for row, facts := range in {
		out[row] = r.sum(facts)
	}
	return out
}
