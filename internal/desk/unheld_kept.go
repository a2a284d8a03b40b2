package desk

import (
	"context"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
)

// keptUnheld is how many things of each unit nobody holds, kept as dues are.
type keptUnheld struct {
	entries int64
	day     calendar.Day
	units   map[id.Unit]int
}

// unheldSeen tells of the kinds of entries after which nobody holds more or less than
// before, by how they begin.
var unheldSeen = []string{"progress.", "lamp.", "reminder.", "summary.", "burden.", "report_file.", "collection.", "milestone.", "duty."}

// UnheldCount tells how many things nobody holds, as far as who asks may see accounts.
func (o *Office) UnheldCount(ctx context.Context, who Who) (n int, err error) {
	if !who.May("account.read") {
		return 0, MayNot("account.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		sees, err := o.within(v, who, "account.read")
		if err != nil {
			return err
		}
		units, err := o.unheldUnits(v)
		for u, some := range units {
			if sees(u) {
				n += some
			}
		}
		return err
	})
	return n, err
}

func (o *Office) unheldUnits(v *db.View) (map[id.Unit]int, error) {
	entries, err := db.Size(v, o.city)
	if err != nil {
		return nil, err
	}
	now := keptUnheld{entries: entries, day: o.Today()}
	if k := o.unheld.Load(); k != nil && k.day == now.day && k.entries <= entries && entries-k.entries <= mostLookedThrough {
		since, err := db.Entries(v, o.city, k.entries, int(entries-k.entries))
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(since, func(e db.Logged) bool {
			return !slices.ContainsFunc(unheldSeen, func(kind string) bool { return strings.HasPrefix(e.Kind, kind) })
		}) {
			now.units = k.units
		}
	}
	if now.units == nil {
		if now.units, err = countUnheld(v, o.city, now.day); err != nil {
			return nil, err
		}
	}
	o.unheld.Store(&now)
	return now.units, nil
}

// countUnheld counts for each unit what Unheld tells of it.
func countUnheld(q db.Querier, city int64, today calendar.Day) (map[id.Unit]int, error) {
	out := map[id.Unit]int{}
	posts, err := emptyPosts(q, city, today)
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		out[p.Unit]++
	}
	leads, err := leadsInForce(q, city)
	if err != nil {
		return nil, err
	}
	unled, err := itemsUnled(q, city, leads, today)
	if err != nil {
		return nil, err
	}
	for _, i := range unled {
		out[i.Unit]++
	}
	assigned, err := leadsCounted(q, city, today)
	if err != nil {
		return nil, err
	}
	for _, l := range assigned {
		if l.ended(today) || !l.open {
			out[l.unit] += l.leads
		}
	}
	accounts, err := idleAccounts(q, city, today)
	if err != nil {
		return nil, err
	}
	for _, a := range accounts {
		out[a.UnitID]++
	}
	places, err := emptyPlaces(q, city, today)
	for _, p := range places {
		out[p.Unit]++
	}
	return out, err
}
