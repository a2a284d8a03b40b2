package public

import (
	"cmp"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/paper"
	"luoshi/internal/web"
	"luoshi/plan"
)

// happening is what a plan puts on days of a calendar.
type happening struct {
	Key         string // stays the same when its days change
	First, Last calendar.Day
	Sequence    int // how often it was changed
	Phase       *plan.Phase
	Promise     *promise
}

// happenings gives the phases, those that are open at one end on the day of the other,
// and the promises with a day.
func happenings(p desk.PublicPlan) (all []happening) {
	for _, f := range p.Phases {
		h := happening{Key: "p-" + p.Plan.ID.String() + "-" + strconv.Itoa(f.Ordinal), First: cmp.Or(f.First, f.Last), Last: cmp.Or(f.Last, f.First), Phase: &f}
		if h.First != "" && h.Last >= h.First {
			all = append(all, h)
		}
	}
	changed := map[string]int{}
	for _, t := range p.Targets {
		changed["t-"+t.ID.String()] = max(0, t.Revision-1)
	}
	for _, m := range p.Milestones {
		changed["m-"+m.ID.String()] = max(0, m.Revision-1)
	}
	for _, m := range promises(p, "") {
		if m.Due != "" {
			all = append(all, happening{Key: m.Key, First: m.Due, Last: m.Due, Sequence: changed[m.Key], Promise: &m})
		}
	}
	return all
}

// calendar is a plan as an iCalendar file.
func (v visit) calendar() error {
	p, err := v.released()
	if err != nil {
		return err
	}
	origin, _, _ := strings.Cut(v.key, "+") // of the ledger: no other city's calendar has its events
	c := paper.Calendar{Name: p.Plan.Title, Origin: origin, Lang: web.Of(v.r.Context()).Lang, Stamp: p.Plan.PublishedDay.Time()}
	titles := map[id.Item]string{}
	for _, i := range p.Items {
		titles[i.ID] = i.Title
	}
	for _, h := range happenings(p) {
		c.Events = append(c.Events, v.event(h, p, titles))
	}
	v.w.Header().Set("Content-Disposition", `inline; filename="`+p.Plan.ID.String()+`.ics"`)
	return v.send("text/calendar; charset=utf-8", c.Bytes())
}

// subscription is the address of a plan's calendar for programs that look again by themselves.
func (v visit) subscription(p plan.Plan) string {
	_, rest, _ := strings.Cut(v.absolute("/plans/"+p.ID.String()+"/calendar.ics"), "://")
	return "webcal://" + rest
}

// event says what happens on days of a plan.
func (v visit) event(h happening, p desk.PublicPlan, titles map[id.Item]string) paper.Event {
	e := paper.Event{Key: h.Key, First: h.First, Last: h.Last, Sequence: h.Sequence}
	if f := h.Phase; f != nil {
		switch {
		case f.First == "":
			e.Summary = v.say("阶段结束：%s", f.Name)
		case f.Last == "":
			e.Summary = v.say("阶段开始：%s", f.Name)
		default:
			e.Summary = v.say("阶段：%s", f.Name)
		}
		e.Description = []string{p.Plan.Title}
		e.URL = v.absolute("/plans/" + p.Plan.ID.String())
		return e
	}
	e.Summary = v.say("到期：%s", deed(*h.Promise))
	e.Description = []string{titles[h.Promise.Item], v.say("原文：%s", h.Promise.Quote)}
	e.URL = v.absolute("/items/" + h.Promise.Item.String())
	return e
}

// deed is a promise in a few words: its name, and its figure where it has one.
func deed(p promise) string {
	if p.Target == nil {
		return p.Name
	}
	return p.Name + " " + p.figure()
}
