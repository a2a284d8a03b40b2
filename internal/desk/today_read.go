package desk

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// Today is what somebody has to do, and what they wait for.
type Today struct {
	Day     calendar.Day
	Mine    []Due         // what is late the longest first
	Said    []Due         // what one's own unit said, and the office has not answered
	Awaited []AwaitedUnit // what units owe to who waits for it, those with most that is late first
	Blocked []Blocked     // 受阻: what is needed of whom, for who decides
	Names   map[id.Unit]string
}

// AwaitedUnit is what one unit still owes.
type AwaitedUnit struct {
	Unit    id.Unit
	Reports int          // 未报, and what was returned
	Answers int          // 没有回话
	Papers  int          // 征集没有交
	Days    int          // milestones and orders whose day passed
	Soon    int          // what is not late yet
	Since   calendar.Day // from which day on something is late; empty where nothing is
}

// Late is how many things are late, or wait for an answer.
func (a AwaitedUnit) Late() int { return a.Reports + a.Answers + a.Days + a.Papers }

// TodayOf gives what is due from somebody and what they wait for.
func (o *Office) TodayOf(ctx context.Context, who Who) (out Today, err error) {
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		out, err = o.today(v, who)
		return err
	})
	return out, err
}

func (o *Office) today(v *db.View, who Who) (out Today, err error) {
	out = Today{Day: o.Today(), Names: map[id.Unit]string{}}
	var own, below, villages []id.Unit // villages have no place in the tree of duties
	for _, h := range who.Held {
		if reach("duty.read", h.Roles) == "" {
			continue
		}
		own = append(own, h.Unit)
		out.Names[h.Unit] = h.UnitName
		if reach("duty.read", h.Roles) != Downward {
			continue
		}
		below = append(below, h.Unit)
		if h.Level == org.Township {
			under, err := unitsUnder(v, o.city, h.Unit, out.Day)
			if err != nil {
				return out, err
			}
			for _, u := range under {
				villages, out.Names[u.ID] = append(villages, u.ID), u.Name
			}
		}
	}
	var single []Due // dues that are looked at one by one
	if everywhere := awaitsAll(who); everywhere || len(own) > 0 {
		k, err := o.allDues(v)
		if err != nil {
			return out, err
		}
		for _, u := range k.tree.units {
			out.Names[u.ID] = u.Name
		}
		places := slices.Collect(maps.Keys(k.places))
		if out.Blocked = k.blocked; !everywhere {
			places = k.tree.placesWithBelow(slices.Concat(own, villages), below)
		}
		single = out.await(who, k, places)
		some, err := handoversOwed(v, o.city, nil, out.Day)
		if err != nil {
			return out, err
		}
		for _, d := range some {
			if everywhere || slices.Contains(places, d.Unit) {
				d.Of, d.Unit = d.Unit, cmp.Or(k.present[d.Unit], d.Unit)
				single = append(single, d)
			}
		}
	} else if single, err = handoversOwed(v, o.city, nil, out.Day); err != nil {
		return out, err
	}
	if slices.ContainsFunc([]string{"plan.correct", "item.assign", "plan.publish"}, who.MayEverywhere) {
		some, err := o.officeDues(v)
		if err != nil {
			return out, err
		}
		single = append(single, some...)
	}
	out.divide(who, single)
	if !decides(who) {
		out.Blocked = nil
	}
	return out, nil
}

// placesWithBelow gives the places of one's own units, and of those below some that one sees.
func (t dutyTree) placesWithBelow(own, below []id.Unit) (out []id.Unit) {
	all := map[id.Unit]bool{}
	for _, u := range own {
		all[u] = true
	}
	for _, b := range below {
		for _, u := range t.below(b) {
			all[u.ID] = true
		}
	}
	of := map[id.Unit]bool{}
	for u := range all {
		for _, place := range t.placesOf(u) {
			of[place] = true
		}
	}
	return slices.Collect(maps.Keys(of))
}

// await adds up what the units of some places owe, and gives the dues that are looked at
// one by one: of one's own units, and what the office owes.
func (out *Today) await(who Who, k *keptDues, places []id.Unit) (single []Due) {
	of := map[id.Unit]AwaitedUnit{}
	for _, place := range places {
		p := k.places[place]
		if slices.ContainsFunc(who.Held, func(h Held) bool { return h.Unit == place || h.Unit == p.unit }) {
			single = append(single, p.all()...)
			continue
		}
		single = append(single, p.office...)
		if p.awaits {
			of[p.unit] = p.awaited.with(of[p.unit])
		}
	}
	out.Awaited = slices.Collect(maps.Values(of))
	return single
}

// with puts together what two places of one unit owe.
func (a AwaitedUnit) with(b AwaitedUnit) AwaitedUnit {
	a.Reports, a.Answers, a.Papers, a.Days, a.Soon = a.Reports+b.Reports, a.Answers+b.Answers, a.Papers+b.Papers, a.Days+b.Days, a.Soon+b.Soon
	if a.Since == "" || b.Since != "" && b.Since < a.Since {
		a.Since = b.Since
	}
	return a
}

// awaitsAll reports who waits for what all units owe: whoever confirms it or decides on it.
func awaitsAll(who Who) bool { return who.MayEverywhere("progress.confirm") || decides(who) }

// decides reports who is asked where units cannot go on: 审签 and the leading group.
func decides(who Who) bool {
	return slices.Contains(who.Roles, org.Approver) || slices.Contains(who.Roles, org.GroupMember)
}

// divide parts dues into what is somebody's own, and what they wait for.
func (out *Today) divide(who Who, all []Due) {
	of := map[id.Unit]*AwaitedUnit{}
	for k := range out.Awaited {
		of[out.Awaited[k].Unit] = &out.Awaited[k]
	}
	added := map[id.Unit]*AwaitedUnit{}
	for _, d := range all {
		switch {
		case who.owes(d):
			out.Mine = append(out.Mine, d)
		case d.Kind == DueHandover:
		case d.Unit == 0:
			if slices.ContainsFunc(who.Held, func(h Held) bool { return h.Unit == d.Of && reach("duty.read", h.Roles) != "" }) {
				out.Said = append(out.Said, d)
			}
		default:
			a := of[d.Unit]
			if a == nil {
				a = &AwaitedUnit{Unit: d.Unit}
				of[d.Unit], added[d.Unit] = a, a
			}
			a.add(d, out.Day)
		}
	}
	for _, a := range added {
		out.Awaited = append(out.Awaited, *a)
	}
	sortDues(out.Mine)
	sortDues(out.Said)
	slices.SortFunc(out.Awaited, func(a, b AwaitedUnit) int {
		return cmp.Or(cmp.Compare(b.Late(), a.Late()), cmp.Compare(a.Since, b.Since), cmp.Compare(a.Unit, b.Unit))
	})
}

// add counts one thing more.
func (a *AwaitedUnit) add(d Due, today calendar.Day) {
	late := d.Late(today)
	switch {
	case d.Kind == DueAnswer:
		a.Answers++
	case d.Kind == DueCollection && (d.Returned || late):
		a.Papers++
	case d.Kind == DueReceive: // what another unit has to take concerns it alone
		return
	case d.Returned || late && d.Kind == DueReport:
		a.Reports++
	case late:
		a.Days++
	default:
		a.Soon++
		return
	}
	if since := cmp.Or(d.Since, d.By.AddDays(1)); a.Since == "" || since < a.Since {
		a.Since = since
	}
}

// dutiesBy are the acts by which what a unit owes is done in it.
var dutiesBy = map[DueKind]string{DueReport: "progress.report", DueMilestone: "progress.report", DueOrder: "progress.report", DueAnswer: "duty.answer", DueHandover: "handover.do",
	DueCollection: "collection.answer", DueReceive: "collection.ask"}

// owes reports whether a due is one's own: of one's unit and one's right to do it, or of
// no unit and a right that reaches everywhere.
func (w Who) owes(d Due) bool {
	if d.Unit == 0 {
		return w.MayEverywhere(d.ByOffice())
	}
	if d.Kind == DueHandover && slices.Contains(d.Between[:], w.Account) {
		return true
	}
	return slices.ContainsFunc(w.Held, func(h Held) bool {
		if h.Unit != d.Unit {
			return false
		}
		far := reach(dutiesBy[d.Kind], h.Roles)
		// Nobody reports in the office itself: whoever reports on behalf of all units does.
		return far != "" && far != WholeCity || dutiesBy[d.Kind] == "progress.report" && reach("progress.onbehalf", h.Roles) == WholeCity
	})
}

// Blocked is an item whose unit cannot go on, with what it needs.
type Blocked struct {
	Due
	Need, NeedFrom string
}
