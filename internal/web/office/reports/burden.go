package reports

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

func burdenIn(m plan.Month) string { return page.BurdenPath + "?month=" + string(m) }

// burdensView is how much all units are asked in a month.
type burdensView struct {
	Month plan.Month
	Now   plan.Month
	Units []desk.UnitBurden // those over the cap first
	Cap   int               // of the month
	Done  string
}

// over are how many units are asked more than the cap.
func (v burdensView) over() (n int) {
	for _, u := range v.Units {
		if u.TooMuch() {
			n++
		}
	}
	return n
}

// longest is how many minutes the longest bar stands for.
func (v burdensView) longest() int { return longestBar(v.Units) }

func longestBar(all []desk.UnitBurden) (n int) {
	for _, u := range all {
		n = max(n, u.Minutes, u.Cap)
	}
	return max(n, 1)
}

// burdens shows how much every unit is asked in a month.
func burdens(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	now := plan.MonthOf(s.Office.Today())
	v := burdensView{Month: now, Now: now, Done: r.URL.Query().Get("done")}
	if asked := r.URL.Query().Get("month"); asked != "" {
		var err error
		if v.Month, err = plan.ParseMonth(asked); err != nil {
			return err
		}
	}
	all, caps, err := s.Office.Burdens(r.Context(), page.Who(r.Context()), v.Month)
	if err != nil {
		return err
	}
	v.Units, v.Cap = all, plan.CapIn(caps, v.Month)
	web.Show(w, r, http.StatusOK, burdensPage(v))
	return nil
}

// unitBurden shows how much one unit was asked, month by month.
func unitBurden(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	unit, err := id.Of[id.Unit](r.PathValue("unit"))
	if err != nil {
		return desk.ErrMissing
	}
	all, err := s.Office.UnitBurden(r.Context(), page.Who(r.Context()), unit)
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, unitBurdenPage(all))
	return nil
}

// capBurden sets how many minutes a month may be asked of any unit.
func capBurden(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	month := plan.MonthOf(s.Office.Today())
	_, caps, err := s.Office.Burdens(ctx, page.Who(ctx), month)
	if err != nil {
		return page.Sheet{}, err
	}
	return page.Sheet{Title: web.T(ctx, "报送上限"), Back: page.BurdenPath, Button: web.T(ctx, "定下"),
		Lede:   web.T(ctx, "每个单位每月最多花多少分钟报送。从这个月起算；超过的单位排在前面，标出来。公众看得到这个数。"),
		Inputs: []page.Input{{Name: "minutes", Kind: "text", Label: web.T(ctx, "多少分钟"), Hint: web.T(ctx, "例如 60。不设上限的写 0。")}},
		Stands: url.Values{"minutes": {strconv.Itoa(plan.CapIn(caps, month))}},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			minutes, err := strconv.Atoi(strings.TrimSpace(f.Value("minutes")))
			if err != nil {
				return "", fault.New(fault.Invalid, "请写一个整数，例如 60。").In("minutes")
			}
			return page.BurdenPath + "?done=capped", s.Office.CapBurden(ctx, cmd, minutes)
		}}, nil
}

// monthName writes a month for reading: 2012年4月, or Apr 2012.
func monthName(ctx context.Context, m plan.Month) string { return web.MonthName(ctx, m.First()) }

// sourceLoad says what came from one source: 报进展 12 次，24 分钟.
func sourceLoad(ctx context.Context, source plan.BurdenSource, l plan.Load) string {
	n, minutes := web.Count(l.Requests), web.Count(l.Minutes)
	switch source {
	case plan.BurdenReport:
		return web.T(ctx, "报进展 %s 次，%s 分钟", n, minutes)
	case plan.BurdenDuty:
		return web.T(ctx, "回话和节点 %s 件，%s 分钟", n, minutes)
	}
	return web.T(ctx, "征集 %s 份，%s 分钟", n, minutes)
}

// sources are those from which something was asked of some units.
func sources(all []desk.UnitBurden) (out []plan.BurdenSource) {
	for _, s := range plan.BurdenSources {
		if slices.ContainsFunc(all, func(u desk.UnitBurden) bool { return u.By[s].Requests > 0 }) {
			out = append(out, s)
		}
	}
	return out
}

// share is a part of a bar: 39.40%.
func share(n, of int) string { return page.Percent(100 * float64(min(n, of)) / float64(of)) }

// burdenWords says in a sentence what is asked of a unit this month.
func burdenWords(ctx context.Context, u desk.UnitBurden) string {
	asked := web.T(ctx, "这个月要报 %s 格，约 %s 分钟。", web.Count(u.Fields), web.Count(u.Minutes))
	switch {
	case u.Cap == 0:
		return asked + web.Gap(ctx) + web.T(ctx, "局里没有定上限。")
	case u.TooMuch():
		return asked + web.Gap(ctx) + web.T(ctx, "上限 %s 分钟，超过了。请告诉局办公室。", web.Count(u.Cap))
	}
	return asked + web.Gap(ctx) + web.T(ctx, "上限 %s 分钟。", web.Count(u.Cap))
}
