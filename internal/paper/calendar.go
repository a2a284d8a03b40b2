package paper

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"luoshi/calendar"
	"luoshi/internal/text"

	ics "github.com/arran4/golang-ical"
)

// Calendar is what happens on whole days, to be written as iCalendar, RFC 5545.
type Calendar struct {
	Name   string
	Origin string // behind the keys of events: no other calendar has them
	Lang   text.Lang
	Stamp  time.Time // when what it says was last looked at
	Events []Event
}

// Event is what happens from its first day to its last.
type Event struct {
	Key         string // stays the same when its days change
	First, Last calendar.Day
	Sequence    int // how often it was changed
	Summary     string
	Description []string // lines
	URL         string
	Alarms      []int // hours after its first day begins at which to remind of it; below zero before
}

// Bytes is the file. The library escapes what stands in it and folds its lines.
func (c Calendar) Bytes() []byte {
	out := ics.NewCalendar()
	out.SetProductId("-//luoshi//luoshi//" + strings.ToUpper(string(c.Lang)[:2]))
	out.SetMethod(ics.MethodPublish)
	out.SetXWRCalName(oneLine(c.Name))
	out.SetXWRTimezone("Asia/Shanghai")
	for _, happening := range c.Events {
		e := out.AddEvent(happening.Key + "@" + c.Origin)
		e.SetDtStampTime(c.Stamp)
		e.SetSequence(happening.Sequence)
		e.SetAllDayStartAt(happening.First.Time())
		e.SetAllDayEndAt(happening.Last.AddDays(1).Time()) // the end is not part of it
		e.SetTimeTransparency(ics.TransparencyTransparent) // nobody is busy all day because of it
		e.SetSummary(oneLine(happening.Summary))
		var lines []string
		for _, line := range happening.Description {
			lines = append(lines, oneLine(line))
		}
		e.SetDescription(strings.Join(lines, "\n"))
		if happening.URL != "" {
			e.SetURL(happening.URL)
		}
		for _, hours := range happening.Alarms {
			a := e.AddAlarm()
			a.SetAction(ics.ActionDisplay)
			a.SetTrigger(trigger(hours))
			a.SetProperty(ics.ComponentPropertyDescription, oneLine(happening.Summary))
		}
	}
	return []byte(out.Serialize(ics.WithNewLine("\r\n")))
}

// trigger is a span of hours from the beginning of an event (RFC 5545, 3.8.6.3).
func trigger(hours int) string {
	if hours < 0 {
		return "-PT" + strconv.Itoa(-hours) + "H"
	}
	return "PT" + strconv.Itoa(hours) + "H"
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
