package desk

import (
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"luoshi/collection"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

// changes is a town in which anything may be done.
type changes struct {
	*reportTown
	r      *rand.Rand
	member Who
	city   id.Unit
	asked  id.Collection
	orders []id.Item
	said   [3]any // the item, unit and period of the act before, which the next is often about
	last   int
}

func one[T any](c *changes, all ...T) T { return all[c.r.IntN(len(all))] }

// act does something; what may not be done changes nothing, and is no matter.
func (c *changes) act(n int) (done bool, what string) {
	ctx, o := c.Context(), c.office
	culture, library, county := c.units["公共文化处"], c.units["市图书馆"], c.units["云溪县"]
	item := one(c, append([]id.Item{c.books, c.books, c.books, c.hours, c.hours, c.hours}, c.orders...)...)
	who, unit := c.culture, culture
	if c.r.IntN(2) == 0 {
		who, unit = c.library, library
	}
	now := progress.Of(progress.Monthly, o.Today())
	period := one(c, now, now, now.Previous(), now.Previous(), now.Previous().Previous(), progress.Of(progress.Quarterly, o.Today()).Previous())
	if c.said[0] != nil && c.r.IntN(2) == 0 {
		item, unit, period = c.said[0].(id.Item), c.said[1].(id.Unit), c.said[2].(progress.Period)
		if who = c.culture; unit == library {
			who = c.library
		}
	}
	all := []func() error{
		func() error {
			return o.Report(ctx, c.cmd(who), unit, []Told{{Item: item, Unit: unit, Period: period, State: one(c, progress.UnderWay, progress.UnderWay, progress.UnderWay, progress.Blocked, progress.Complete), Done: "送了", Difficulty: "没有车", Need: "车", NeedFrom: "局里", Proof: "照片"}})
		},
		func() error {
			return o.ReturnReport(ctx, c.cmd(c.clerk), ReportKey{item, unit, period, one(c, 1, 2)}, "写清楚")
		},
		func() error {
			return o.ConfirmReport(ctx, c.cmd(c.clerk), ReportKey{item, unit, period, one(c, 1, 2)})
		},
		func() error { return o.AnswerDuty(ctx, c.cmd(who), item, unit, c.r.IntN(2) == 0, "人手不够") },
		func() error { return o.UpholdDuty(ctx, c.cmd(c.clerk), item, unit, "请办") },
		func() error {
			owners := []org.Owner{{Unit: unit, Duty: org.LeadDuty}, {Unit: one(c, culture, library, c.units["艺术处"], county), Duty: org.CooperatingDuty}}
			return o.AssignItems(ctx, c.cmd(c.clerk), c.plan, []Assignment{{item, owners}})
		},
		func() error {
			return o.SetReporting(ctx, c.cmd(c.clerk), c.plan, []id.Item{item}, one(c, plan.Monthly, plan.Monthly, plan.Quarterly))
		},
		func() error {
			return o.ReachMilestone(ctx, c.cmd(c.library), library, Reaching{c.hours, c.stone(c.hours).ID, library}, o.Today(), "凭据")
		},
		func() error {
			return o.ConfirmMilestone(ctx, c.cmd(c.clerk), MilestoneKey{c.stone(c.hours).ID, 1})
		},
		func() error {
			made, err := o.Instruct(ctx, c.cmd(c.member), c.plan, NewInstruction{About: c.books, Words: "请把车借到", Unit: unit, Due: o.Today().AddDays(9)})
			if err == nil {
				c.orders = append(c.orders, made)
			}
			return err
		},
		func() error { return o.AnswerOrder(ctx, c.cmd(who), item, unit, "借到了") },
		func() error { return o.AcceptOrderAnswer(ctx, c.cmd(c.clerk), item, 1) },
		func() error {
			ask := NewCollection{Collection: collection.Collection{Kind: collection.Text, Title: "送书安排", Due: o.Today().AddDays(20), Questions: []string{"怎样送"}}, Units: []id.Unit{culture, library}}
			if c.r.IntN(2) == 0 {
				ask.Plan, ask.Item, ask.Milestone = c.plan, c.hours, c.stone(c.hours).ID
			}
			made, err := o.Collect(ctx, c.cmd(c.clerk), ask)
			if err == nil {
				c.asked = made
			}
			return err
		},
		func() error {
			return o.SendAnswer(ctx, c.cmd(who), c.asked, unit, GivenAnswer{Values: collection.Values{"q1": "用车"}})
		},
		func() error { return o.AcceptAnswer(ctx, c.cmd(c.clerk), AnswerKey{c.asked, unit, 1}) },
		func() error { return o.CloseCollection(ctx, c.cmd(c.clerk), c.asked) },
		func() error {
			return o.ChangeUnit(ctx, c.cmd(c.admin), county, org.Change{Parent: c.city, Name: one(c, "云溪县", "云溪区"), From: o.Today()})
		},
		func() error {
			return o.SetLampRules(ctx, c.cmd(c.clerk), plan.LampRules{Near: 1 + c.r.IntN(20), Behind: 1})
		},
		func() error { return o.CapBurden(ctx, c.cmd(c.clerk), c.r.IntN(600)) },
		func() error {
			chosen := progress.SummaryChoice{}
			if c.r.IntN(3) == 0 {
				chosen.Unit = unit
			}
			_, err := o.IssueSummary(ctx, c.cmd(c.clerk), c.plan, period, chosen, Saw(c.summary(period, chosen).Summary))
			return err
		},
		func() error { c.now = c.now.Add(time.Duration(c.r.IntN(9)) * 24 * time.Hour); return nil },
	}
	follows := map[int]int{0: 1 + c.r.IntN(2), 3: 4, 7: 8, 9: 10, 10: 11, 12: 13, 13: 14} // what answers what
	k := c.r.IntN(len(all) + 20)
	if k >= len(all) {
		k = []int{0, 0, 1, len(all) - 1, len(all) - 2}[k%5] // most acts are about reports
	}
	if next, is := follows[c.last]; is && c.said[0] == item && c.said[1] == unit && c.said[2] == period {
		k = next
	}
	c.said, c.last = [3]any{item, unit, period}, k
	if n == 130 {
		return o.MergeUnit(ctx, c.cmd(c.clerk), c.units["艺术处"], culture, o.Today().AddDays(1)) == nil, "merge"
	}
	return all[k]() == nil, [...]string{"report", "return", "confirm", "answer", "uphold", "assign", "period", "reach", "reached", "instruct", "order", "accept", "collect", "send", "take", "close", "unit", "rules", "cap", "issue", "days"}[k]
}

// What is kept and renewed by entries is what a reading of everything gives, whatever is done.
func TestWhatIsKeptIsWhatIsReadAnew(t *testing.T) {
	w := newReportTown(t)
	c := &changes{reportTown: w, r: rand.New(rand.NewPCG(7, 11)), member: w.hire("副局长岗", "傅远航", org.GroupMember)}
	var err error
	c.city, err = w.office.CityUnit(t.Context())
	w.must(err)
	readers := []Who{w.clerk, w.leader, c.member, w.culture, w.library, w.reporter, w.county}
	did, adjusted := map[string]int{}, 0
	for n := range 200 {
		done, what := c.act(n)
		if done {
			did[what]++
		}
		fresh := NewOffice(w.db, nil, 1)
		for _, who := range readers {
			kept, err := w.office.TodayOf(t.Context(), who)
			w.must(err)
			anew, err := fresh.TodayOf(t.Context(), who)
			w.must(err)
			if !reflect.DeepEqual(kept, anew) {
				t.Fatalf("%d, after %s, of %s:\n%s\nanew\n%s", n, what, who.Name, text(kept), text(anew))
			}
		}
		for _, who := range []Who{w.admin, w.library} {
			count, err := w.office.UnheldCount(t.Context(), who)
			w.must(err)
			if u, err := fresh.Unheld(t.Context(), who); err != nil || count != u.Count() {
				t.Fatalf("%d, after %s: %d are held by nobody, anew %d, %v", n, what, count, u.Count(), err)
			}
		}
		w.must(w.db.Read(t.Context(), func(v *db.View) error {
			k, err := w.office.allDues(v)
			w.must(err)
			all, err := w.office.duesOf(v)
			var kept []Due
			for _, p := range k.places {
				kept = append(kept, p.all()...)
			}
			sortDues(kept)
			if text(kept) != text(all.all) {
				t.Fatalf("%d, after %s:\n%s\nanew\n%s", n, what, text(kept), text(all.all))
			}
			return err
		}))
		now := progress.Of(progress.Monthly, w.office.Today())
		period := one(c, "", now, now.Previous(), now.Previous().Previous(), progress.Of(progress.Quarterly, w.office.Today()).Previous())
		whole, narrow := w.fullSummary(period), w.summary(period, progress.SummaryChoice{})
		if text(whole) != text(narrow.Summary) {
			t.Fatalf("%d, after %s, of %s:\n%s\nof all\n%s", n, what, period, text(narrow.Summary), text(whole))
		}
		adjusted += len(whole.Adjustments)
		kept, err := w.office.LampBoard(t.Context(), w.clerk, w.plan)
		w.must(err)
		anew, err := fresh.LampBoard(t.Context(), w.clerk, w.plan)
		w.must(err)
		if !reflect.DeepEqual(kept, anew) {
			t.Fatalf("%d, after %s:\n%s\nanew\n%s", n, what, text(kept), text(anew))
		}
	}
	if len(did) < 18 || adjusted < 10 {
		t.Errorf("too little was done: %v, %d adjustments", did, adjusted)
	}
}

// fullSummary puts a summary together from all reports that were ever made, and all editions.
func (w *reportTown) fullSummary(period progress.Period) (out progress.Summary) {
	w.Helper()
	w.must(w.db.Read(w.Context(), func(v *db.View) error {
		k, err := w.office.keepsOf(v, w.plan)
		w.must(err)
		found, err := db.Rows(v, scanReport, "SELECT "+reportColumns+" FROM report WHERE city_id = $1"+ofPlan+" ORDER BY item_id, unit_id, period, revision", 1, 1, w.plan)
		w.must(err)
		k.all = reports{}
		k.all.add(found)
		today := w.office.Today()
		if period == "" {
			period = k.usual(today)
		}
		short, err := shortenedOf(v, 1, w.plan)
		w.must(err)
		out = progress.Summary{Plan: k.plan.Title, Issuer: k.plan.Issuer, Period: period, Day: today, Rows: summaryRows(k.progress(period, progress.SummaryChoice{}, today), short)}
		issued, err := issuedOf(v, 1, w.plan, period.Every(), 0)
		w.must(err)
		now := map[progress.Period][]progress.SummaryRow{}
		for _, e := range issued {
			if e.Period != period {
				now[e.Period] = summaryRows(k.progress(e.Period, progress.SummaryChoice{}, today), nil)
			}
		}
		out.Adjustments = progress.Adjust(issued, now)
		return nil
	}))
	return out
}
