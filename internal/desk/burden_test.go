package desk

import (
	"testing"

	"luoshi/fault"
	"luoshi/plan"
	"luoshi/progress"
)

func TestBurdens(t *testing.T) {
	w := newReportTown(t)
	library := w.units["市图书馆"]
	w.at("2011-09-20")
	load := func(name string, m plan.Month) plan.MonthBurden {
		t.Helper()
		all, _, err := w.office.Burdens(t.Context(), w.clerk, m)
		w.must(err)
		for _, b := range all {
			if b.Unit.Name == name {
				return b.MonthBurden
			}
		}
		return plan.MonthBurden{}
	}
	// August: it was assigned two items; their first report is due in September.
	if b := load("市图书馆", "2011-08"); b.Load != (plan.Load{Requests: 2, Fields: 2, Minutes: 2}) {
		t.Errorf("%+v", b)
	}
	if b := load("市图书馆", "2011-09"); b.Load != (plan.Load{Requests: 1, Fields: plan.FieldsWords, Minutes: plan.MinutesWords}) || b.By[plan.BurdenReport].Requests != 1 {
		t.Errorf("%+v", b)
	}
	if b := load("市图书馆", "2011-12"); b.By[plan.BurdenDuty] != (plan.Load{Requests: 1, Fields: 1, Minutes: plan.MinutesMilestone}) {
		t.Errorf("%+v", b)
	}
	// What is complete is not asked again.
	w.must(w.office.Report(t.Context(), w.cmd(w.library), library, []Told{{Item: w.hours, Unit: library, Period: "2011-08", State: progress.Complete, Done: "开了", Proof: "照片"}}))
	if b := load("市图书馆", "2011-10"); b.Requests != 0 {
		t.Errorf("%+v", b)
	}

	// The cap: by the office, from this month on, one entry.
	if err := w.office.CapBurden(t.Context(), w.cmd(w.leader), 1); !fault.Is(err, fault.Denied) {
		t.Errorf("%v", err)
	}
	if err := w.office.CapBurden(t.Context(), w.cmd(w.clerk), -1); !fault.Is(err, fault.Invalid) {
		t.Errorf("%v", err)
	}
	before := len(w.entries())
	w.must(w.office.CapBurden(t.Context(), w.cmd(w.clerk), 5))
	w.must(w.office.CapBurden(t.Context(), w.cmd(w.clerk), 1))
	if n := len(w.entries()) - before; n != 2 {
		t.Errorf("%d entries", n)
	}
	months, err := w.office.UnitBurden(t.Context(), w.reporter, library)
	w.must(err)
	if len(months) != burdenMonths || months[0].Month != "2011-09" || months[0].Cap != 1 || !months[0].TooMuch() || months[1].Cap != 0 || months[1].Minutes != 2 {
		t.Errorf("%+v", months[:2])
	}
	if _, err := w.office.UnitBurden(t.Context(), w.reporter, w.units["公共文化处"]); !fault.Is(err, fault.Denied) {
		t.Errorf("another unit's burden: %v", err)
	}
}
