package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"
	"luoshi/progress"
)

const (
	benchUnits    = 150
	benchCounties = 9 // of them; the others are their townships
	benchItems    = 60
	benchMonths   = 17
)

// sixty is a plan of sixty items that are reported each month.
func sixty() string {
	var b strings.Builder
	b.WriteString("安澜市六十件事方案\n一、重点任务\n")
	for i := range benchItems {
		fmt.Fprintf(&b, "%d.第%d件事。2012年底前完成送演出%d场。\n", i+1, i+1, 100+i)
	}
	return b.String()
}

// bulk writes 150 units that lead each of sixty items, and what they reported in
// seventeen months, as the acts would, without them: one in forty is not reported last,
// one in a hundred said to be complete, one in fifty blocked.
func (h *house) bulk(plan string, top id.Unit, first calendar.Day) {
	h.Helper()
	items := h.bulkItems(plan)
	insert := func(table, columns string, rows [][]any) {
		for some := range slices.Chunk(rows, 50_000) {
			h.must(h.db.Local(h.Context(), func(tx *db.Tx) error { return tx.Insert(table, columns, some) }))
		}
	}
	last := int64(id.Next(0, h.now.Add(time.Hour)))
	var counties []int64
	var units, owners, reports, newest [][]any
	for u := range benchUnits {
		last++
		level, name, above := org.County, fmt.Sprintf("第%d县", u+1), int64(top)
		if u < benchCounties {
			counties = append(counties, last)
		} else {
			level, name, above = org.Township, fmt.Sprintf("第%d乡", u+1), counties[u%benchCounties]
		}
		units = append(units, []any{h.city, last, above, string(level), name, "", "2011-08-08", "", "", ""})
		for i, item := range items {
			owners = append(owners, []any{h.city, item, last, "lead", 0, "accepted", "", "", "", string(first), string(first), 0})
			period := progress.Of(progress.Monthly, first)
			for m := range benchMonths {
				at, state := u*benchItems+i, "under_way"
				switch {
				case m == benchMonths-1 && at%40 == 7:
					continue
				case m == benchMonths-1 && at%100 == 3:
					state = "complete"
				case m == benchMonths-1 && at%50 == 11:
					state = "blocked"
				}
				if m == benchMonths-1 || m == benchMonths-2 && at%40 == 7 {
					newest = append(newest, []any{h.city, item, last, string(period), 1, state, "sent", string(period.Last()), ""})
				}
				reports = append(reports, []any{h.city, item, last, string(period), 1, state, "送了几场，接着送。", "下个月接着送。", "", "车", "局里", "", 0, "sent", "", string(period.Last()), "", 1})
				period = period.Next()
			}
		}
	}
	insert("unit", "city_id, id, parent_id, level, name, code, from_day, to_day, working_body, contact", units)
	insert("item_owner", "city_id, item_id, unit_id, duty, post_id, state, reason, reply, said, set_day, answered_day, answered_post", owners)
	insert("report", "city_id, item_id, unit_id, period, revision, state, done, next_step, difficulty, need, need_from, proof, on_behalf, standing, reason, reported_day, decided_day, post_id", reports)
	insert("report_last", "city_id, item_id, unit_id, period, revision, state, standing, reported_day, decided_day", newest)
	h.must(h.db.Local(h.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE item SET period = 'month' WHERE city_id = $1", h.city)
		return err
	}))
}

// bulkItems are the sixty items of a plan.
func (h *house) bulkItems(plan string) (items []id.Item) {
	h.Helper()
	p, err := id.Of[id.Plan](plan)
	h.must(err)
	h.must(h.db.Read(h.Context(), func(v *db.View) (err error) {
		items, err = db.Rows(v, db.Value[id.Item], "SELECT item_id FROM plan_item WHERE city_id = $1 AND plan_id = $2 ORDER BY ordinal", h.city, p)
		return err
	}))
	return items[len(items)-benchItems:]
}

// BenchmarkToday asks for today of the office, of the director and of one unit, and for
// the progress of the plan and its matrix, where 150 units report sixty items for seventeen months: today
// has to be there within 20 ms in 99 of 100 cases.
func BenchmarkToday(b *testing.B) {
	h := open(b)
	admin := h.found()
	boss := h.administrator()
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	plan := clerk.forced(sixty())
	top, err := h.office.CityUnit(b.Context())
	h.must(err)
	h.bulk(plan, top, "2011-08-08")
	h.now = time.Date(2013, 1, 10, 2, 0, 0, 0, time.UTC)
	head := h.employ(boss, "第76乡", "林大川", "lin", org.UnitHead)
	items := h.bulkItems(plan)
	reporter := h.employs(boss, "第100乡", "江一帆", org.Reporter)
	office := h.employs(boss, "局办公室", "何文", org.Clerk)
	acts := 0
	act := func() { // a report, what the office says to it, and what has nothing to do with it
		k := desk.Told{Item: items[acts/3%benchItems], Unit: reporter.Held[0].Unit, Period: "2013-01", State: progress.UnderWay, Done: fmt.Sprintf("送了 %d 场", acts)}
		switch acts++; acts % 3 {
		case 1:
			h.must(h.office.Report(b.Context(), h.office.Cmd(reporter, web.NewCommand()), k.Unit, []desk.Told{k}))
		case 2:
			h.must(h.office.ReturnReport(b.Context(), h.office.Cmd(office, web.NewCommand()), desk.ReportKey{Item: k.Item, Unit: k.Unit, Period: k.Period, Revision: 1 + acts/3/benchItems}, "写清楚"))
		case 0:
			h.must(h.office.CapBurden(b.Context(), h.office.Cmd(office, web.NewCommand()), acts))
		}
	}
	nothing := func() {}
	for _, c := range []struct {
		name string
		who  *person
		path string
		act  func()
	}{{"office", clerk, "/office/", nothing}, {"office after an act", clerk, "/office/", act}, {"director", leader, "/office/", nothing}, {"director after an act", leader, "/office/", act},
		{"unit", head, "/office/", nothing}, {"unit after an act", head, "/office/", act}, {"administrator after an act", admin, "/office/", act},
		{"progress", clerk, "/office/plans/" + plan + "/progress", nothing}, {"progress after an act", clerk, "/office/plans/" + plan + "/progress", act},
		{"summary", clerk, "/office/plans/" + plan + "/summary?period=2012-12", nothing}, {"summary.xlsx", clerk, "/office/plans/" + plan + "/summary/table.xlsx?period=2012-12", nothing},
		{"summary.docx", clerk, "/office/plans/" + plan + "/summary/report.docx?period=2012-12", nothing}, {"plans", clerk, "/office/plans", nothing}, {"burden", clerk, "/office/burden", nothing}, {"matrix", leader, "/office/leader/" + plan, nothing}, {"matrix after an act", leader, "/office/leader/" + plan, act}} {
		b.Run(c.name, func(b *testing.B) {
			c.who.reads(b, c.path, c.act)
		})
	}
}

// reads reads a page again and again, each time after an act, and reports how long it takes.
func (p *person) reads(b *testing.B, path string, act func()) {
	was := p.TB
	p.TB = b
	defer func() { p.TB = was }()
	p.get(path, 200) // what was never read is read whole once
	var took []time.Duration
	for b.Loop() {
		b.StopTimer()
		act()
		b.StartTimer()
		began := time.Now()
		p.get(path, 200)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// employs takes on somebody who acts without a browser.
func (h *house) employs(by desk.Who, unit, name string, role org.Role) desk.Who {
	h.Helper()
	account, err := h.office.OpenAccount(h.Context(), h.office.Cmd(by, web.NewCommand()), desk.NewAccount{Unit: unit, Title: name + "岗", Name: name, Roles: []org.Role{role}})
	h.must(err)
	who, err := h.office.Who(h.Context(), account)
	h.must(err)
	return who
}
