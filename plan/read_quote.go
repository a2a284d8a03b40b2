package plan

import (
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
)

// ReadQuote reads words that a person picked out of a document: the target and the
// milestone that they would be, so that not everything need be typed. Years are those
// of the document; what is not said is empty. Neither has an identifier yet.
func ReadQuote(text []rune, s document.Span, item id.Item) (Target, Milestone) {
	quote := document.Quote(text, s)
	read := Read(quote + "\n" + datedLine(text))
	within := len([]rune(quote))
	t := Target{Item: item, Quote: quote, Span: s, Bound: "ge", Hardness: "hard", Aggregate: "sum", Direction: "up"}
	m := Milestone{Item: item, Title: shorten(quote, longestTitle), Hardness: "hard", Span: s}
	d := NewDraft(read)
	for _, found := range d.Targets {
		if found.Span.Start() < within {
			found.ID, found.Item, found.Quote, found.Span, found.Flags = 0, item, quote, s, nil
			t = found
			break
		}
	}
	for _, due := range read.Deadlines {
		if due.Span.Start() < within {
			m.Due, m.Hardness, m.Derived = calendar.Day(due.Date), due.Hardness, due.Derived
			if t.Deadline == "" {
				t.Deadline = m.Due
			}
			break
		}
	}
	if m.Due == "" {
		m.Due = t.Deadline
	}
	return t, m
}

// datedLine is the last line of a document that holds nothing but a day: under what
// year the document was written.
func datedLine(text []rune) string {
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	for k := len(lines) - 1; k >= 0; k-- {
		line := []rune(strings.TrimSpace(lines[k]))
		if len(line) > len([]rune("二〇一一年十二月二十二日")) {
			continue
		}
		if dates := document.NewView(string(line)).Dates(); len(dates) == 1 && dates[0].Said() && dates[0].From == 0 && dates[0].To == len(line) {
			return string(line)
		}
	}
	return ""
}
