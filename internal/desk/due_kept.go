package desk

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// dueKeeper holds what was kept of dues last. Readers wait for one who reads anew, rather
// than all reading the same.
type dueKeeper struct {
	mu   sync.Mutex
	kept *keptDues
}

// keptDues is what all units owe as it stood after one entry of the ledger, on one day, but
// for handovers, which are few. Whatever changes it is an act and has an entry: after an act
// only what its entries name is read anew. Nobody may change what is in it.
type keptDues struct {
	entries int64
	day     calendar.Day
	tree    dutyTree
	present map[id.Unit]id.Unit
	places  map[id.Unit]duePlace
	blocked []Blocked // those that wait the longest first
}

// duePlace is what is owed of what a unit was assigned.
type duePlace struct {
	unit    id.Unit             // that owes it today: itself, or whoever goes on with it
	items   map[id.Item]dueItem // each as it was read
	papers  []Due               // of collections
	office  []Due               // of both, what the office owes
	awaited AwaitedUnit         // of both, what the unit owes
	awaits  bool                // that there is something
}

// dueItem is what is owed of one item.
type dueItem struct {
	dues    []Due
	blocked []Blocked
}

// all gives what is owed of a place, with who owes it today.
func (p duePlace) all() (out []Due) {
	add := func(some []Due) {
		for _, d := range some {
			if d.Unit != 0 {
				d.Unit = p.unit
			}
			out = append(out, d)
		}
	}
	for _, i := range p.items {
		add(i.dues)
	}
	add(p.papers)
	return out
}

// allDues gives what all units owe, and the items that they cannot go on with.
func (o *Office) allDues(v *db.View) (*keptDues, error) {
	entries, err := db.Size(v, o.city)
	if err != nil {
		return nil, err
	}
	o.dues.mu.Lock()
	defer o.dues.mu.Unlock()
	k, today := o.dues.kept, o.Today()
	if k != nil && k.day == today && k.entries >= entries { // a view that is older by a moment is not worth a reading
		return k, nil
	}
	change := dueChange{whole: true}
	if k != nil && k.day == today && entries-k.entries <= mostLookedThrough {
		since, err := db.Entries(v, o.city, k.entries, int(entries-k.entries))
		if err != nil {
			return nil, err
		}
		change = dueChangeOf(since)
	}
	if !change.whole {
		k, err = o.renewedDues(v, *k, change)
	} else {
		k, err = o.renewedDues(v, keptDues{day: today}, dueChange{tree: true, papers: true, scopes: []dueScope{{}}})
	}
	if err != nil {
		return nil, err
	}
	k.entries = entries
	o.dues.kept = k
	return k, nil
}

// renewedDues gives dues with what was changed read anew.
func (o *Office) renewedDues(q db.Querier, was keptDues, change dueChange) (*keptDues, error) {
	now := &was
	old := was.places
	now.places = maps.Clone(old)
	if now.places == nil {
		now.places = map[id.Unit]duePlace{}
	}
	var err error
	if change.tree {
		if now.tree, err = o.dutyTree(q); err != nil {
			return nil, err
		}
		now.present = now.tree.present()
	}
	touched := map[id.Unit]bool{}
	for _, s := range change.scopes {
		if err := o.readPlaces(q, now, s, touched); err != nil {
			return nil, err
		}
	}
	if change.papers {
		if err := o.readPapers(q, now); err != nil {
			return nil, err
		}
	}
	for u := range now.places {
		if change.tree || change.papers || touched[u] {
			now.settle(u)
		}
	}
	if len(change.scopes) > 0 {
		now.blocked = nil
		for _, p := range now.places {
			for _, i := range p.items {
				now.blocked = append(now.blocked, i.blocked...)
			}
		}
		slices.SortFunc(now.blocked, func(a, b Blocked) int {
			return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.Plan, b.Plan), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Of, b.Of))
		})
	}
	return now, nil
}

// readPlaces reads anew what is owed of the items and units of a scope.
func (o *Office) readPlaces(q db.Querier, now *keptDues, s dueScope, touched map[id.Unit]bool) error {
	place := func(u id.Unit) duePlace {
		p := now.places[u]
		if !touched[u] {
			if p.items = maps.Clone(p.items); p.items == nil {
				p.items = map[id.Item]dueItem{}
			}
			now.places[u], touched[u] = p, true
		}
		return p
	}
	units := s.units
	if units == nil {
		units = slices.Collect(maps.Keys(now.places))
	}
	for _, u := range units {
		for _, i := range s.items {
			if _, there := now.places[u].items[i]; there {
				delete(place(u).items, i)
			}
		}
	}
	for _, source := range itemDues {
		some, err := source(q, o.city, s, now.day)
		if err != nil {
			return err
		}
		for _, d := range some {
			p := place(d.Of)
			i := p.items[d.Item]
			i.dues = append(i.dues, d)
			p.items[d.Item] = i
		}
	}
	blocked, err := blockedNow(q, o.city, s)
	for _, b := range blocked {
		p := place(b.Of)
		i := p.items[b.Item]
		i.blocked = append(i.blocked, b)
		p.items[b.Item] = i
	}
	return err
}

// readPapers reads anew what is owed to collections.
func (o *Office) readPapers(q db.Querier, now *keptDues) error {
	all, err := collectionDues(q, o.city, nil, now.day)
	if err != nil {
		return err
	}
	for u, p := range now.places {
		p.papers = nil
		now.places[u] = p
	}
	for _, d := range all {
		d.Of = cmp.Or(d.Of, d.Unit)
		p := now.places[d.Of]
		p.papers = append(p.papers, d)
		now.places[d.Of] = p
	}
	return nil
}

// settle works out who owes what is owed of a place, and adds it up.
func (k *keptDues) settle(of id.Unit) {
	p := k.places[of]
	p.unit = cmp.Or(k.present[of], of)
	p.office, p.awaited, p.awaits = nil, AwaitedUnit{Unit: p.unit}, false
	add := func(some []Due) {
		for _, d := range some {
			if d.Unit == 0 {
				p.office = append(p.office, d)
				continue
			}
			p.awaits = true
			p.awaited.add(d, k.day)
		}
	}
	for _, i := range p.items {
		add(i.dues)
	}
	add(p.papers)
	k.places[of] = p
}

// dueChange is what of the dues acts may have changed.
type dueChange struct {
	whole  bool       // anything
	tree   bool       // units, and who goes on with whom
	papers bool       // what is owed to collections
	scopes []dueScope // what is owed of items
}

// dueSeen tells of the kinds of entries that change no dues, by how they begin. What
// stands in no list may change anything.
var dueSeen = []string{"lamp.", "reminder.", "summary.", "burden.", "report_file.", "account.", "term.", "post.", "group.", "city.", "question.", "phase.",
	"document.", "change.approved", "plan.approved", "plan.published", "plan.withdrawn", "plan.secrecy_reviewed", "plan.words_kept", "plan.fields_set",
	"plan.difference_declined", "item.published", "item.withdrawn", "progress.remarked", "milestone.remarked", "unit.signing_set", "unit.contact_stated", "unit.phone_stated", "unit.working_body_stated"}

// dueChangeOf tells what entries may have changed of what is owed.
func dueChangeOf(entries []db.Logged) (c dueChange) {
	whole, told := map[id.Item]bool{}, map[id.Item]bool{} // for all units, and for those that said something
	units := map[id.Unit]bool{}
	for _, e := range entries {
		begins := func(kind string) bool { return strings.HasPrefix(e.Kind, kind) }
		item, unit := entryItem(e), entryUnit(e)
		switch {
		case slices.ContainsFunc(dueSeen, begins):
		case begins("unit."):
			c.tree = true
		case begins("collection."):
			c.papers = true
			if item != 0 { // a milestone that is collected is owed there
				whole[item] = true
			}
		case item == 0:
			return dueChange{whole: true}
		case (begins("progress.") || e.Kind == org.KindDutyAnswered || e.Kind == org.KindDutyUpheld) && unit != 0:
			told[item], units[unit] = true, true
		case slices.ContainsFunc([]string{"item.", "target.", "milestone.", "change.", "order."}, begins):
			whole[item] = true
		default:
			return dueChange{whole: true}
		}
	}
	if len(whole) > mostRenewed || len(told)*len(units) > mostRenewed*ownersAtOnce {
		return dueChange{whole: true}
	}
	if len(whole) > 0 {
		c.scopes = append(c.scopes, dueScope{items: slices.Sorted(maps.Keys(whole))})
	}
	maps.DeleteFunc(told, func(i id.Item, _ bool) bool { return whole[i] })
	if len(told) > 0 {
		c.scopes = append(c.scopes, dueScope{units: slices.Sorted(maps.Keys(units)), items: slices.Sorted(maps.Keys(told))})
	}
	return c
}

// mostRenewed is of how many items what all units owe is read anew one by one.
const mostRenewed = 12

// entryItem gives the item that an entry is about; 0 where it is about none, or several.
func entryItem(e db.Logged) (item id.Item) {
	for _, s := range e.Subjects {
		if i, wrong := itemSubject(s); wrong == nil && i != 0 {
			if item != 0 {
				return 0
			}
			item = i
		}
	}
	if item == 0 {
		item, _ = id.Of[id.Item](e.Field("item"))
	}
	return item
}

// entryUnit gives the only unit that an entry is about, or 0.
func entryUnit(e db.Logged) (unit id.Unit) {
	for _, s := range e.Subjects {
		if s.Noun == "unit" {
			u, wrong := id.Of[id.Unit](s.ID)
			if wrong != nil || unit != 0 {
				return 0
			}
			unit = u
		}
	}
	return unit
}
