package public

import (
	"context"
	"strconv"
	"strings"
	"unicode"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"

	ics "github.com/arran4/golang-ical"
)

// happening is what a plan puts on days of a calendar.
type happening struct {
	Key         string // stays the same when its days change
	First, Last calendar.Day
	Sequence    int // how often it was changed
	Phase       *plan.Phase
	Promise     *promise
}

// happenings gives the phases whose days are all written, and the promises with a day.
func happenings(p desk.PublicPlan) (all []happening) {
	for _, f := range p.Phases {
		if f.First != "" && f.Last >= f.First {
			all = append(all, happening{Key: "p-" + p.Plan.ID.String() + "-" + strconv.Itoa(f.Ordinal), First: f.First, Last: f.Last, Phase: &f})
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

// calendar is a plan as an iCalendar file, RFC 5545.
func (v visit) calendar() error {
	which, err := id.Of[id.Plan](v.r.PathValue("id"))
	if err != nil {
		return errMissing
	}
	p, err := v.desk.Plan(v.r.Context(), which)
	if err != nil {
		return err
	}
	origin, _, _ := strings.Cut(v.key, "+") // of the ledger: no other city's calendar has its events
	c := ics.NewCalendar()
	c.SetProductId("-//luoshi//luoshi//" + strings.ToUpper(string(web.Of(v.r.Context()).Lang)[:2]))
	c.SetMethod(ics.MethodPublish)
	c.SetXWRCalName(oneLine(p.Plan.Title))
	c.SetXWRTimezone("Asia/Shanghai")
	titles := map[id.Item]string{}
	for _, i := range p.Items {
		titles[i.ID] = i.Title
	}
	for _, h := range happenings(p) {
		e := c.AddEvent(h.Key + "@" + origin)
		e.SetDtStampTime(p.Plan.PublishedDay.Time())
		e.SetSequence(h.Sequence)
		e.SetAllDayStartAt(h.First.Time())
		e.SetAllDayEndAt(h.Last.AddDays(1).Time())         // the end is not part of it
		e.SetTimeTransparency(ics.TransparencyTransparent) // nobody is busy all day because of it
		v.describe(e, h, p, titles)
	}
	v.w.Header().Set("Content-Disposition", `inline; filename="`+p.Plan.ID.String()+`.ics"`)
	return v.send("text/calendar; charset=utf-8", []byte(c.Serialize(ics.WithNewLine("\r\n"))))
}

// describe says what an event is. The library escapes what stands in it.
func (v visit) describe(e *ics.VEvent, h happening, p desk.PublicPlan, titles map[id.Item]string) {
	ctx := v.r.Context()
	if f := h.Phase; f != nil {
		e.SetSummary(oneLine(v.say("阶段：%s", f.Name)))
		e.SetDescription(oneLine(p.Plan.Title))
		e.SetURL(v.absolute("/plans/" + p.Plan.ID.String()))
		return
	}
	e.SetSummary(oneLine(v.say("到期：%s", deed(*h.Promise))))
	e.SetDescription(oneLine(titles[h.Promise.Item]) + "\n" + quoted(ctx, h.Promise.Quote))
	e.SetURL(v.absolute("/items/" + h.Promise.Item.String()))
}

// deed is a promise in a few words: its name, and its figure where it has one.
func deed(p promise) string {
	if p.Target == nil {
		return p.Name
	}
	return p.Name + " " + p.figure()
}

func quoted(ctx context.Context, words string) string {
	return web.T(ctx, "原文：%s", oneLine(words))
}

// oneLine makes a text fit for a line: whatever is no sign to be read becomes a blank.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
}
