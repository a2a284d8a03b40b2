package paper

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"luoshi/internal/text"
	"luoshi/plan"
)

// TaskCalendar puts the stages of a plan and the days on which its tasks are due
// into a calendar. Stamp is when the plan was last changed. An event keeps its
// identifier as long as the plan's title, the task and its place stay.
func TaskCalendar(lang text.Lang, t plan.TaskTable, stamp time.Time) []byte {
	c := Calendar{Name: t.Title, Origin: "luoshi", Lang: lang, Stamp: stamp}
	for _, p := range t.Phases {
		if e, ok := phaseEvent(lang, t.Title, p); ok {
			c.Events = append(c.Events, e)
		}
	}
	for _, task := range t.Tasks {
		for i, d := range task.Dues {
			words := text.Say(lang, "到期：%s", task.Title)
			if d.Soft {
				words = text.Say(lang, "力争完成：%s", task.Title)
			}
			c.Events = append(c.Events, Event{Key: key(t.Title, "due", task.Path, task.Title, strconv.Itoa(i)), First: d.Day, Last: d.Day,
				Summary: words, Description: append(units(lang, task), d.Words...)})
		}
	}
	return c.Bytes()
}

// phaseEvent is a stage as far as its days are written: where one end is open, the
// day of the other.
func phaseEvent(lang text.Lang, title string, p plan.Phase) (Event, bool) {
	e := Event{Key: key(title, "phase", strconv.Itoa(p.Ordinal), p.Name), First: p.First, Last: p.Last, Description: []string{title}}
	switch {
	case p.First == "" && p.Last == "", p.First != "" && p.Last != "" && p.Last < p.First:
		return Event{}, false
	case p.First == "":
		e.First, e.Summary = p.Last, text.Say(lang, "阶段结束：%s", p.Name)
	case p.Last == "":
		e.Last, e.Summary = p.First, text.Say(lang, "阶段开始：%s", p.Name)
	default:
		e.Summary = text.Say(lang, "阶段：%s", p.Name)
	}
	return e, true
}

// units are who answers for a task, in one line or none.
func units(lang text.Lang, t plan.Task) []string {
	var out []string
	for _, u := range [][]string{t.Lead, t.Responsible} {
		if len(u) > 0 {
			out = append(out, strings.Join(u, "、"))
		}
	}
	if len(out) == 0 {
		return nil
	}
	return []string{text.Say(lang, "单位：%s", strings.Join(out, "；"))}
}

// key names an event by what it is about.
func key(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:12])
}
