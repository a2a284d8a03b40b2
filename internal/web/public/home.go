package public

import (
	"context"
	"fmt"
	"html"
	"io"
	"net/http"

	"luoshi/calendar"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"

	"github.com/a-h/templ"
)

// front page of the newest plan.
type homePage struct {
	desk.PublicPlan
	Today      calendar.Day
	Things     []duty // what was promised
	Projects   bool   // the things are the projects of the plan, and not all items
	Late       []duty // of all items: a day has passed and nothing came in
	Counts     []lampCount
	Principles int
	Goals      []promise
	Others     []plan.Plan
	Line       phaseLine
	Asking     asking
}

func (v visit) home() error {
	if len(v.plans) == 0 {
		return v.show(http.StatusOK, v.say("首页"), emptyHome())
	}
	p, err := v.desk.Plan(v.r.Context(), v.plans[0].ID)
	if err != nil {
		return err
	}
	h := newHome(p, v.today)
	h.Others = v.plans[1:]
	h.Asking = newAsking(v.r.Context(), p, plan.Filter{}, seenAll(p, duties(p, v.today)))
	return v.show(http.StatusOK, v.say("答应大家的 %s 件事", web.Count(len(h.Things))), home(h))
}

func newHome(p desk.PublicPlan, today calendar.Day) homePage {
	h := homePage{PublicPlan: p, Today: today, Line: newPhaseLine(p.Phases, today)}
	all := duties(p, today)
	for _, d := range all {
		if d.Project {
			h.Things = append(h.Things, d)
		}
		if d.passed(today) {
			h.Late = append(h.Late, d)
		}
	}
	h.Projects = len(h.Things) > 0
	if !h.Projects {
		h.Things = all
	}
	var lamps []plan.Lamp
	for _, d := range h.Things {
		if d.principle() {
			h.Principles++
			continue
		}
		lamps = append(lamps, d.Lamp)
	}
	h.Counts = count(lamps)
	for _, m := range badFirst(promises(p, today)) {
		if m.Target != nil {
			h.Goals = append(h.Goals, m)
		}
	}
	return h
}

// mostNamed is how many late items are named before the rest is counted;
// mostGoals is how many figures stand on the home page.
const (
	mostNamed = 8
	mostGoals = 12
)

// things is the address of those things that have a lamp.
func (h homePage) things(l plan.Lamp) string {
	return filterPath(h.Plan, plan.Filter{Lamp: l, Project: h.Projects})
}

// lede says when the plan was published, and until when it runs.
func (h homePage) lede(ctx context.Context) string {
	if _, last := days(h.Phases); last != "" {
		return web.T(ctx, "%s公布的方案，办到%s为止。", web.Date(ctx, h.Plan.PublishedDay), web.Date(ctx, last))
	}
	return web.T(ctx, "%s公布的方案。", web.Date(ctx, h.Plan.PublishedDay))
}

// days are the first and the last day of the phases, empty where the text leaves them open.
func days(phases []plan.Phase) (first, last calendar.Day) {
	for i, p := range phases {
		if i == 0 || p.First < first {
			first = p.First
		}
		last = max(last, p.Last)
	}
	return first, last
}

// named lists items with links in a sentence. It is written by hand, because a
// template would put blanks between them.
func named(items []duty) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for i, d := range items[:min(len(items), mostNamed)] {
			sep := gap(ctx)
			if i > 0 {
				sep = html.EscapeString(web.T(ctx, "、"))
			}
			if _, err := fmt.Fprintf(w, `%s<a lang="zh-Hans" href="%s">%s</a>`, sep,
				html.EscapeString(string(web.Link(ctx, "/items/"+d.ID.String()))), html.EscapeString(d.Title)); err != nil {
				return err
			}
		}
		if len(items) > mostNamed {
			if _, err := io.WriteString(w, html.EscapeString(web.T(ctx, "，还有 %s 条", web.Count(len(items)-mostNamed)))); err != nil {
				return err
			}
		}
		return nil
	})
}
