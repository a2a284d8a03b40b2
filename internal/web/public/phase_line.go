package public

import (
	"context"
	"fmt"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/web"
	"luoshi/plan"
)

// phaseLine is the phases of a plan on a line of days, in percent of its length.
type phaseLine struct {
	Steps       []step
	First, Last calendar.Day // the days that the plan itself gives; the line is longer where it leaves an end open
	Now         float64      // where today lies; outside 0 to 100 it is not on the line
	Lanes       int          // phases that overlap lie below one another
}

// step is a phase on the line.
type step struct {
	Ordinal        int // place in the table
	X, Width, Done float64
	Lane           int
	OpenFirst      bool // the plan gives no first day: the left end is a guess, and shown as one
	OpenLast       bool
}

// shortestOpen is how many days a phase is given at least on the line where one of its ends is open.
const shortestOpen = 30

// newPhaseLine lays out the phases whose days are written, at least at one end.
func newPhaseLine(phases []plan.Phase, today calendar.Day) (l phaseLine) {
	for _, p := range phases {
		for _, d := range []calendar.Day{p.First, p.Last} {
			if d != "" && (l.First == "" || d < l.First) {
				l.First = d
			}
			l.Last = max(l.Last, d)
		}
	}
	if l.First == "" {
		return l
	}
	type run struct{ from, to calendar.Day }
	runs := make([]run, len(phases))
	from, to := l.First, l.Last
	for i, p := range phases {
		r := run{p.First, p.Last}
		switch {
		case p.First == "" && p.Last == "", p.First != "" && p.Last != "" && p.Last < p.First:
			continue
		case p.First == "":
			r.from = min(begins(phases, p.Last), p.Last.AddDays(1-shortestOpen))
		case p.Last == "":
			r.to = ends(phases, p.First, today)
		}
		runs[i], from, to = r, min(from, r.from), max(to, r.to)
	}
	whole := float64(from.Until(to) + 1)
	at := func(d calendar.Day) float64 { return 100 * float64(from.Until(d)) / whole }
	l.Now = at(today)
	var taken []calendar.Day // until when, by lane
	for i, p := range phases {
		r := runs[i]
		if r.from == "" {
			continue
		}
		s := step{Ordinal: i + 1, X: at(r.from), OpenFirst: p.First == "", OpenLast: p.Last == ""}
		end := at(r.to.AddDays(1))
		if end < 100 {
			end -= .3 // a gap before the next
		}
		s.Width = end - s.X
		s.Done = min(max(l.Now-s.X, 0), s.Width)
		for s.Lane < len(taken) && taken[s.Lane] >= r.from {
			s.Lane++
		}
		if s.Lane == len(taken) {
			taken = append(taken, "")
		}
		taken[s.Lane] = r.to
		l.Steps = append(l.Steps, s)
	}
	l.Lanes = len(taken)
	return l
}

// begins is from when a phase without a first day is drawn: the day after the phase before it.
func begins(phases []plan.Phase, last calendar.Day) calendar.Day {
	var before calendar.Day
	for _, p := range phases {
		if p.Last != "" && p.Last < last {
			before = max(before, p.Last.AddDays(1))
		}
	}
	if before == "" {
		return last
	}
	return before
}

// ends is until when a phase without a last day is drawn: the day before the next one,
// or a while beyond today.
func ends(phases []plan.Phase, first, today calendar.Day) calendar.Day {
	var next calendar.Day
	for _, p := range phases {
		if p.First > first && (next == "" || p.First < next) {
			next = p.First
		}
	}
	if next != "" {
		return next.AddDays(-1)
	}
	return max(first, today).AddDays(shortestOpen)
}

// open reports a line with an end that the plan leaves open.
func (l phaseLine) open() bool {
	for _, s := range l.Steps {
		if s.OpenFirst || s.OpenLast {
			return true
		}
	}
	return false
}

// Heights of the line, in px: the word over the marker of today, then a lane for each.
const (
	lineTop    = 27
	laneHeight = 30
)

func (l phaseLine) height() string { return px(lineTop + laneHeight*l.Lanes + 4) }

func (s step) y() int { return lineTop + laneHeight*s.Lane }

func px(n int) string { return fmt.Sprint(n) }

func percent(x float64) string { return fmt.Sprintf("%.2f%%", x) }

// anchor keeps the word over the marker of today within the bar.
func anchor(x float64) string {
	switch {
	case x < 12:
		return "start"
	case x > 88:
		return "end"
	}
	return "middle"
}

// onLine reports whether today lies on the line.
func (l phaseLine) onLine() bool { return l.Now >= 0 && l.Now <= 100 }

// finding says what the line shows: in which phase today lies.
func finding(ctx context.Context, phases []plan.Phase, today calendar.Day) string {
	var now []string
	for _, p := range phases {
		if p.StageOn(today) == plan.StageCurrent {
			now = append(now, p.Name)
		}
	}
	steps := web.T(ctx, "分 %s 步走。", web.Count(len(phases)))
	if len(now) == 0 {
		return steps + gap(ctx) + web.T(ctx, "今天（%s）不在哪一步里。", web.Date(ctx, today))
	}
	return steps + gap(ctx) + web.T(ctx, "今天（%s）在：%s。", web.Date(ctx, today), strings.Join(now, web.T(ctx, "、")))
}

// described says the line in words: each phase with its days.
func (l phaseLine) described(ctx context.Context, phases []plan.Phase, today calendar.Day) string {
	all := make([]string, len(phases))
	for i, p := range phases {
		all[i] = web.T(ctx, "第 %s 步“%s”：%s，%s。", web.Count(i+1), p.Name, span(ctx, p), stage(ctx, p, today))
	}
	return strings.Join(all, gap(ctx))
}

// stage says where a day lies in a phase.
func stage(ctx context.Context, p plan.Phase, today calendar.Day) string {
	switch p.StageOn(today) {
	case plan.StagePast:
		return web.T(ctx, "已经过去")
	case plan.StageCurrent:
		return web.T(ctx, "正在这一步")
	case plan.StageAhead:
		return web.T(ctx, "还没到")
	}
	return web.T(ctx, "没有写日子")
}

func span(ctx context.Context, p plan.Phase) string {
	return web.T(ctx, "%s 到 %s", web.Date(ctx, p.First), web.Date(ctx, p.Last))
}
