package reminder

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
)

// Rules say when messages go out by themselves, and how many a person may get. Days are
// working days.
type Rules struct {
	On            bool
	Channel       Channel // by which the rules send
	Before        []int   // so many days before the day
	OnDay         bool
	After         []int   // so many days after it
	EscalateAfter int     // so many days after it the superior is told; 0 never
	EscalateTo    id.Post // who is told
	QuietFrom     int     // minutes after midnight from which nothing is sent,
	QuietTo       int     // until these
	Most          int     // messages to one person on one day
	Address       string  // of this program, as people reach it: https://host
	SetBy         id.Post
}

// PresetRules are offered until others are set. They send nothing until somebody says so.
var PresetRules = Rules{Channel: SMS, Before: []int{3}, OnDay: true, After: []int{1, 3, 7}, QuietFrom: 20 * 60, QuietTo: 8 * 60, Most: 1}

const (
	farthest = 60 // days before or after
	mostMost = 3
)

// Check says what keeps rules from being set. The fault names the field.
func (r Rules) Check() error {
	wrong := func(days []int) bool {
		return len(days) > 10 || slices.ContainsFunc(days, func(d int) bool { return d < 1 || d > farthest })
	}
	switch {
	case !slices.Contains(Sent, r.Channel):
		return fault.New(fault.Invalid, "请选用什么发：短信、邮件还是群机器人。").In("channel")
	case wrong(r.Before):
		return fault.New(fault.Invalid, "提前几天请写 1 到 %d 的数，用空格隔开，例如 3。", farthest).In("before")
	case wrong(r.After):
		return fault.New(fault.Invalid, "过后几天请写 1 到 %d 的数，用空格隔开，例如 1 3 7。", farthest).In("after")
	case r.EscalateAfter < 0 || r.EscalateAfter > farthest:
		return fault.New(fault.Invalid, "过几天报上级，请写 1 到 %d 的数；不报上级就空着。", farthest).In("escalate_after")
	case r.EscalateAfter > 0 && r.EscalateTo == 0:
		return fault.New(fault.Invalid, "请选报给哪个岗位。").In("escalate_to")
	case r.QuietFrom < 0 || r.QuietFrom >= minutesADay || r.QuietTo < 0 || r.QuietTo >= minutesADay:
		return fault.New(fault.Invalid, "几点到几点不发，请写成 20:00 这样。").In("quiet_from")
	case r.Most < 1 || r.Most > mostMost:
		return fault.New(fault.Invalid, "一个人一天最多几条，请写 1 到 %d 的数。", mostMost).In("most")
	}
	if err := fault.CheckLine("address", "网址", r.Address, 200, r.On); err != nil {
		return err
	}
	if r.Address != "" && !strings.HasPrefix(r.Address, "https://") && !strings.HasPrefix(r.Address, "http://") {
		return fault.New(fault.Invalid, "网址请从 https:// 或者 http:// 写起。").In("address")
	}
	return nil
}

const minutesADay = 24 * 60

// Quiet reports whether nothing may be sent at an instant, and until when.
func (r Rules) Quiet(now time.Time) (until time.Time, quiet bool) {
	day := calendar.DayOf(now).Time()
	minute := int(now.Sub(day).Minutes())
	switch from, to := r.QuietFrom, r.QuietTo; {
	case from == to:
		return now, false
	case from < to:
		if minute < from || minute >= to {
			return now, false
		}
	case minute < to: // over midnight, in the morning
	case minute >= from:
		day = day.AddDate(0, 0, 1)
	default:
		return now, false
	}
	return day.Add(time.Duration(r.QuietTo) * time.Minute), true
}

// Occasion is why a rule sends.
type Occasion string

const (
	BeforeDay Occasion = "before"
	OnTheDay  Occasion = "on_day"
	AfterDay  Occasion = "after"
	Escalated Occasion = "escalated"
)

// Step is a day on which a rule sends.
type Step struct {
	Occasion Occasion
	Day      calendar.Day
}

// steps are the days on which the rules remind of what is due on a day. One that is due
// on a day of rest is reminded of on the working day before.
func (r Rules) steps(due calendar.Day) (out []Step) {
	on := due
	if !on.Workday() {
		on = due.AddWorkdays(-1)
	}
	for _, n := range r.Before {
		out = append(out, Step{BeforeDay, on.AddWorkdays(-n)})
	}
	if r.OnDay {
		out = append(out, Step{OnTheDay, on})
	}
	for _, n := range r.After {
		out = append(out, Step{AfterDay, due.AddWorkdays(n)})
	}
	return out
}

// Reached gives the last step that has come for what is due on a day. A step that passed
// while nothing could be sent is made up for, but only the last of them.
func (r Rules) Reached(due, today calendar.Day) (last Step, ok bool) {
	for _, s := range r.steps(due) {
		if s.Day <= today && (!ok || s.Day >= last.Day) {
			last, ok = s, true
		}
	}
	return last, ok
}

// Wanted reports whether the rules want a message today about what is due on a day, and
// of which the last one that they made went out on another.
func (r Rules) Wanted(due, last, today calendar.Day) (Step, bool) {
	s, ok := r.Reached(due, today)
	return s, ok && last < s.Day
}

// WantedAbove is the same for the message to the superior, which is sent once.
func (r Rules) WantedAbove(due, last, today calendar.Day) bool {
	return r.EscalateAfter > 0 && r.EscalateTo != 0 && last < due && due.AddWorkdays(r.EscalateAfter) <= today
}

// Horizon is the last day on which something may be due that the rules remind of today.
func (r Rules) Horizon(today calendar.Day) calendar.Day {
	most := 0
	for _, n := range r.Before {
		most = max(most, n)
	}
	last := today.AddWorkdays(most)
	for !last.AddDays(1).Workday() { // what is due on the days of rest that follow
		last = last.AddDays(1)
	}
	return last
}

// Allowed reports whether somebody who had so many messages today may get another.
func (r Rules) Allowed(today int) bool { return today < max(1, r.Most) }

// Clock reads a time of day such as 20:00 as minutes after midnight; -1 where it is none.
func Clock(text string) int {
	t, err := time.Parse("15:04", strings.TrimSpace(strings.ReplaceAll(text, "：", ":")))
	if err != nil {
		return -1
	}
	return t.Hour()*60 + t.Minute()
}

// ClockText writes minutes after midnight as a time of day.
func ClockText(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// Numbers reads whole numbers that blanks or commas part; a word that is none is -1.
func Numbers(text string) (out []int) {
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,，、;；\t", r) }) {
		n, err := strconv.Atoi(w)
		if err != nil {
			n = -1
		}
		out = append(out, n)
	}
	return out
}

// NumbersText writes whole numbers with blanks between them.
func NumbersText(numbers []int) string {
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, " ")
}
