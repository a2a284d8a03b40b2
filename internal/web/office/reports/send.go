package reports

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/progress"

	"github.com/a-h/templ"
)

// reportView is all that one unit is asked for on one page.
type reportView struct {
	desk.UnitReports
	Others   []desk.UnitReports // other units of the reader
	Period   progress.Period    // that was asked for by its address, or empty
	OnBehalf bool
	Waits    bool // what is sent waits for the head of the unit
	Today    calendar.Day
}

// address leads to another period of the same page.
func (v reportView) address(p progress.Period) string {
	if v.OnBehalf {
		return page.BehalfPath(v.Unit.ID, p)
	}
	return page.ProgressOf(v.Unit.ID, p)
}

// missed are the periods that passed without a report of some item, the last first.
func (v reportView) missed() (out []progress.Period) {
	for _, d := range v.Due {
		for _, p := range d.Missed {
			if p != d.Period && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	slices.SortFunc(out, func(a, b progress.Period) int { return cmp.Compare(b.First(), a.First()) })
	return out
}

// open are the items that are still to be said something of.
func (v reportView) open() (n int) {
	for _, d := range v.Due {
		if asksFor(d) {
			n++
		}
	}
	return n
}

// asksFor reports that something can be said of an item: nothing ended it.
func asksFor(d desk.ReportDue) bool {
	switch d.Owed.Situation {
	case progress.Completed:
		return false
	case progress.Waiting:
		return d.Now != nil // the completion of this period can still be taken back
	}
	return true
}

// reportProgress is the form of what one's own unit is asked for.
func reportProgress(s *page.Side, r *http.Request) (page.Sheet, error) {
	period, err := periodOf(r)
	if err != nil {
		return page.Sheet{}, err
	}
	all, err := s.Office.ReportsDue(r.Context(), page.Who(r.Context()), period)
	if err != nil {
		return page.Sheet{}, err
	}
	if len(all) == 0 {
		return page.Sheet{}, desk.ErrMissing
	}
	at := 0
	if unit, wrong := id.Of[id.Unit](r.FormValue("unit")); wrong == nil {
		if at = slices.IndexFunc(all, func(u desk.UnitReports) bool { return u.Unit.ID == unit }); at < 0 {
			return page.Sheet{}, desk.MayNot("progress.report")
		}
	} else if k := slices.IndexFunc(all, func(u desk.UnitReports) bool { return len(u.Due) > 0 }); k > 0 {
		at = k
	}
	v := reportView{UnitReports: all[at], Period: period, Today: s.Office.Today()}
	for i, u := range all {
		if i != at {
			v.Others = append(v.Others, u)
		}
	}
	if v.Waits, err = s.Office.WantsSigning(r.Context(), page.Who(r.Context()), v.Unit.ID); err != nil {
		return page.Sheet{}, err
	}
	sh := reportSheet(r.Context(), v)
	sh.Second, sh.Keeps = &page.Second{Name: "keep", Label: web.T(r.Context(), "暂存，以后再交")}, web.T(r.Context(), "打的字都暂存了。")
	done := "reported"
	if v.Waits {
		done, sh.Lede = "submitted", web.T(r.Context(), "本单位的进展要负责人审签：交了先等负责人签，签了才算报了。")
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		if f.Value("keep") != "" {
			return page.DutiesPath + "?done=kept", s.Office.KeepReports(ctx, cmd, v.Unit.ID, toldIn(f, v))
		}
		return page.DutiesPath + "?done=" + done, s.Office.Report(ctx, cmd, v.Unit.ID, toldIn(f, v))
	}
	return sh, nil
}

// reportOnBehalf is the same form for a unit that cannot report itself.
func reportOnBehalf(s *page.Side, r *http.Request) (page.Sheet, error) {
	unit, err := id.Of[id.Unit](r.PathValue("unit"))
	if err != nil {
		return page.Sheet{}, desk.ErrMissing
	}
	period, err := periodOf(r)
	if err != nil {
		return page.Sheet{}, err
	}
	u, err := s.Office.ReportsDueBy(r.Context(), page.Who(r.Context()), unit, period)
	if err != nil {
		return page.Sheet{}, err
	}
	v := reportView{UnitReports: u, Period: period, OnBehalf: true, Today: s.Office.Today()}
	sh := reportSheet(r.Context(), v)
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return page.DutiesPath + "?done=reported&unit=" + unit.String(), s.Office.ReportOnBehalf(ctx, cmd, unit, toldIn(f, v))
	}
	return sh, nil
}

// periodOf reads the period that an address or a form asks for; empty for none.
func periodOf(r *http.Request) (progress.Period, error) {
	asked := r.FormValue("period")
	if asked == "" {
		return "", nil
	}
	return progress.Parse(asked)
}

func reportSheet(ctx context.Context, v reportView) page.Sheet {
	sh := page.Sheet{Title: web.T(ctx, "报进展"), Back: page.DutiesPath, Button: web.T(ctx, "交"), Hidden: []string{"unit", "period"},
		Stands: url.Values{"unit": {v.Unit.ID.String()}, "period": {string(v.Period)}}}
	if v.OnBehalf {
		sh.Title, sh.Back = web.T(ctx, "代报进展"), page.DutiesPath+"?unit="+v.Unit.ID.String()
		sh.Lede = web.T(ctx, "照单位在电话里、纸上说的写。页面上会写明是代报的。")
	}
	for _, d := range v.Due {
		t := toldOf(d)
		if d.Typed != nil && !v.OnBehalf {
			t = d.Typed.Told
			if t.Same {
				sh.Stands.Set(t.Field("same"), "1")
			}
		}
		sh.Stands.Set(t.Field("period"), string(d.Period))
		for name, words := range wordsIn(t) {
			sh.Stands.Set(t.Field(name), words)
		}
	}
	sh.Within = func(f web.Form) templ.Component { return reportForms(v, f) }
	if v.open() == 0 {
		sh.Stop = fault.New(fault.Conflict, "现在没有要报的。")
		sh.Below = reportForms(v, web.NewForm(sh.Stands))
	}
	return sh
}

// toldOf is what stands of an item for its period.
func toldOf(d desk.ReportDue) desk.Told {
	t := desk.Told{Item: d.Item.ID, Unit: d.Owner.Unit, Period: d.Period}
	if r := d.Now; r != nil {
		t.State, t.Done, t.Next, t.Difficulty, t.Need, t.NeedFrom, t.Proof = r.State, r.Done, r.Next, r.Difficulty, r.Need, r.NeedFrom, r.Proof
	}
	return t
}

func wordsIn(t desk.Told) map[string]string {
	return map[string]string{"state": string(t.State), "done": t.Done, "next": t.Next, "difficulty": t.Difficulty, "need": t.Need, "need_from": t.NeedFrom, "proof": t.Proof}
}

// toldIn reads a form: of each item that something else was said of than what stands.
func toldIn(f web.Form, v reportView) (all []desk.Told) {
	for _, d := range v.Due {
		stands := toldOf(d)
		of := func(name string) string { return page.TidyWords(f.Value(stands.Field(name))) }
		t := desk.Told{Item: stands.Item, Unit: stands.Unit, Period: progress.Period(cmp.Or(of("period"), string(d.Period))), Same: of("same") != "",
			State: progress.State(of("state")), Done: of("done"), Next: of("next"), Difficulty: of("difficulty"), Need: of("need"), NeedFrom: of("need_from"), Proof: of("proof")}
		if t == stands || t == (desk.Told{Item: t.Item, Unit: t.Unit, Period: t.Period}) {
			continue
		}
		all = append(all, t)
	}
	return all
}

// lastWords are the words of the last report; empty where there was none.
func lastWords(last *progress.Report) progress.Report {
	if last == nil {
		return progress.Report{}
	}
	return *last
}

// lastHint puts what was said last of a field beside what is asked.
func lastHint(ctx context.Context, hint, last string) string {
	if last == "" {
		return hint
	}
	return strings.TrimSpace(hint + web.Gap(ctx) + web.T(ctx, "上次：%s", last))
}
