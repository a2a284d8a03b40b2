package public

import (
	"html"
	"regexp"
	"slices"
	"strings"
)

// element is an element that is open while a page is read.
type element struct {
	name  string
	attrs map[string]string
}

func (e element) has(class string) bool {
	return slices.Contains(strings.Fields(e.attrs["class"]), class)
}

var (
	tag       = regexp.MustCompile(`<(/?)(!?[a-zA-Z0-9]+)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*(/?)>`)
	attribute = regexp.MustCompile(`\s([^\s=>/]+)(?:="([^"]*)")?`)
	void      = strings.Fields("!doctype meta link br input img")
)

// walk reads a page and hands over each run of text with the elements round it.
// It knows the HTML that our templates write, and no other.
func walk(page string, opened func(element), text func(open []element, s string)) {
	var open []element
	at := 0
	for _, m := range tag.FindAllStringSubmatchIndex(page, -1) {
		if at < m[0] && text != nil {
			text(open, html.UnescapeString(page[at:m[0]]))
		}
		at = m[1]
		e := element{strings.ToLower(page[m[4]:m[5]]), map[string]string{}}
		if page[m[2]:m[3]] == "/" {
			if len(open) == 0 || open[len(open)-1].name != e.name {
				panic("</" + e.name + "> closes nothing: …" + page[max(0, m[0]-80):m[1]])
			}
			open = open[:len(open)-1]
			continue
		}
		for _, a := range attribute.FindAllStringSubmatch(page[m[6]:m[7]], -1) {
			e.attrs[a[1]] = html.UnescapeString(a[2])
		}
		if opened != nil {
			opened(e)
		}
		if !slices.Contains(void, e.name) && page[m[8]:m[9]] == "" {
			open = append(open, e)
		}
	}
	if len(open) > 0 {
		panic("left open: " + open[len(open)-1].name)
	}
}

func within(open []element, is func(element) bool) bool { return slices.ContainsFunc(open, is) }

func isDoc(e element) bool  { return e.has("doc") }
func isChip(e element) bool { return e.has("chip") }

// documentOf gives the words of the document on a page, and the pieces of each mark.
func documentOf(page string) (words string, marks map[string]string) {
	var all strings.Builder
	marks = map[string]string{}
	walk(page, nil, func(open []element, s string) {
		if !within(open, isDoc) || within(open, isChip) {
			return
		}
		all.WriteString(s)
		for _, e := range open {
			for _, k := range strings.Fields(e.attrs["data-m"]) {
				marks[k] += s
			}
		}
	})
	return all.String(), marks
}

// besides gives the words of a page that are not the document's.
func besides(page string) string {
	var all strings.Builder
	walk(page, nil, func(open []element, s string) {
		if !within(open, isDoc) || within(open, isChip) {
			all.WriteString(s)
		}
	})
	return all.String()
}
