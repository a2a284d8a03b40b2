package desk

import (
	"cmp"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/plan"
	"luoshi/progress"
)

// DueKind is what is owed.
type DueKind string

const (
	DueReport    DueKind = "report"    // 报进展
	DueAnswer    DueKind = "answer"    // 接受或退回分来的任务
	DueMilestone DueKind = "milestone" // a promise with a day
	DueOrder     DueKind = "order"     // the same of 批示、纪要、交办
	DueHandover  DueKind = "handover"  // 交接 whose first day is to come

	DueCollection DueKind = "collection" // 征集: a text, a file, a table or a plan of its own
	DueReceive    DueKind = "receive"    // what arrived for a collection, and who asked has not taken or returned

	// What the office owes.
	DueConfirm   DueKind = "confirm"   // 确认完成
	DueObjection DueKind = "objection" // 单位退回了任务
	DueAssign    DueKind = "assign"    // items of a plan that nobody answers for
	DueQuestion  DueKind = "question"  // open questions of a draft
	DueRelease   DueKind = "release"   // a plan in force that nobody decided to publish
)

// dueActs are the acts by which the dues of no unit are done: whoever may do them owes them.
var dueActs = map[DueKind]string{DueConfirm: "progress.confirm", DueObjection: "item.assign", DueAssign: "item.assign", DueQuestion: "plan.correct", DueRelease: "plan.publish", DueReceive: "collection.ask"}

// Due is one thing that somebody owes.
type Due struct {
	Kind       DueKind
	Unit       id.Unit // that owes it; 0 where whoever has the right does, see ByOffice
	Post       id.Post // that is named for it, or 0
	Of         id.Unit // to which the item was assigned: where Unit goes on with it, or where the office looks at what it said
	Plan       id.Plan
	Item       id.Item
	Milestone  id.Milestone
	Handover   id.Handover
	Collection id.Collection
	Between    [2]id.Account // of a handover: who hands over to whom
	Period     progress.Period
	Revision   int    // of the report that is returned or to be confirmed
	Subject    string // the title of the item or collection; of the plan where it is about neither
	Title      string // of the milestone

	By       calendar.Day // the last day; empty where none is set
	Since    calendar.Day // from which on it is late, or waits where it has no last day
	Run      int          // how many periods on end are not reported, with this one
	Count    int          // how many questions or items it stands for; else 1
	Minutes  int
	Returned bool
	Reason   string // why it was returned or objected to; internal
}

// Late reports that the last day has passed.
func (d Due) Late(today calendar.Day) bool { return d.By != "" && d.By < today }

// ByOffice is the act by which a due of no unit is done; empty where a unit owes it.
func (d Due) ByOffice() string {
	if d.Unit != 0 {
		return ""
	}
	return dueActs[d.Kind]
}

// day is by what dues are sorted: what is late the longest comes first, what has no day last.
func (d Due) day() calendar.Day { return cmp.Or(d.By, d.Since, "9999-12-31") }

func sortDues(all []Due) {
	slices.SortFunc(all, func(a, b Due) int {
		return cmp.Or(cmp.Compare(a.day(), b.day()), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Plan, b.Plan), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Kind, b.Kind),
			cmp.Compare(a.Of, b.Of), cmp.Compare(a.Milestone, b.Milestone), cmp.Compare(a.Collection, b.Collection), cmp.Compare(a.Handover, b.Handover))
	})
}

// What the dues take, in minutes, beside those that plan reckons with.
const (
	minutesAnswer   = 1
	minutesConfirm  = 2
	minutesQuestion = 1
	minutesHandover = 5
)

// dueAhead is how many days before its day a milestone is told of.
const dueAhead = 31

// dueReports gives what is due of the report of an item by a unit that leads it, of
// which all newest revisions are known: at most one that was returned, one that is
// missing and one that is awaited; or a completion that the office looks at.
func dueReports(a askedReport, reports []progress.Report, today calendar.Day) (out []Due) {
	due := Due{Kind: DueReport, Unit: a.owner.Unit, Post: a.owner.Post, Of: a.owner.Unit, Plan: a.plan, Item: a.owner.Item, Subject: a.title, Count: 1, Minutes: plan.MinutesWords}
	newest := progress.Newest(reports)
	for _, r := range newest {
		if r.Ends() {
			if r.Pending() {
				due.Kind, due.Unit, due.Period, due.Revision, due.Since, due.Minutes = DueConfirm, 0, r.Period, r.Revision, r.Day, minutesConfirm
				out = append(out, due)
			}
			return out
		}
	}
	told := progress.Period("")
	if n := len(newest); n > 0 && newest[n-1].Standing == progress.Returned {
		r, back := newest[n-1], due
		back.Period, back.Revision, back.By, back.Since = r.Period, r.Revision, r.Period.Due(progress.GraceDays), r.Decided
		back.Returned, back.Reason, told = true, r.Reason, r.Period
		out = append(out, back)
	}
	passed := progress.Of(a.every, today).Previous()
	if today <= passed.Due(progress.GraceDays) {
		passed = passed.Previous()
	}
	if o := progress.OwedFor(passed, a.owner.SetDay, newest, today, progress.GraceDays); o.Situation == progress.Missing {
		missing := due
		missing.Period, missing.By, missing.Since, missing.Run = passed, o.By, o.Since, o.Run
		out = append(out, missing)
	}
	if p := progress.Asked(a.every, a.owner.SetDay, today, progress.GraceDays); p != told {
		if o := progress.OwedFor(p, a.owner.SetDay, newest, today, progress.GraceDays); o.Situation == progress.Awaited {
			due.Period, due.By = p, o.By
			out = append(out, due)
		}
	}
	return out
}
