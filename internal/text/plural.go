package text

import (
	"fmt"
	"regexp"
	"strings"
)

// Chinese counts without number; the English of en.txt is written for several. Of one
// thing the word behind the figure, and the verb behind that, are put into the singular.

var (
	figure  = regexp.MustCompile(`%[sd]`)
	several = regexp.MustCompile(`^((?: (?:working|more|open|public|ledger|progress|unassigned|reporting|further|other|whole))?)` +
		`( (?:items|minutes|characters|entries|units|columns|days|times|things|steps|periods|fields|rows|requests|reminders|questions|reports|paragraphs|papers|duties|counties|` +
		`collections|changes|cells|slips|lines|targets|figures|plans|milestones|hours|weeks|months|accounts|posts|files|places|words|acts|facts|orders|tasks|proposals|answers|editions|` +
		`townships|villages|divisions|instructions|messages|marks|seconds|points|groups|notes|sheets|attachments|numbers|digits|bytes|fingerprints))?( (?:are|were|have|wait|stand|go|do))?\b`)
	ofOne = map[string]string{" are": " is", " were": " was", " have": " has", " wait": " waits", " stand": " stands", " go": " goes", " do": " does"}
)

// counted fills a sentence in, with the singular behind figures that are one.
func counted(sentence string, args []any) string {
	at := figure.FindAllStringIndex(sentence, -1)
	if len(at) != len(args) {
		return fmt.Sprintf(sentence, args...)
	}
	var b strings.Builder
	from := 0
	for k, place := range at {
		b.WriteString(sentence[from:place[1]])
		from = place[1]
		if !isOne(args[k]) {
			continue
		}
		m := several.FindStringSubmatch(sentence[from:])
		if m == nil || m[2]+m[3] == "" {
			continue
		}
		b.WriteString(m[1] + singular(m[2]))
		if one := ofOne[m[3]]; one != "" {
			b.WriteString(one)
		}
		from += len(m[0])
	}
	b.WriteString(sentence[from:])
	return fmt.Sprintf(b.String(), args...)
}

func isOne(arg any) bool {
	switch n := arg.(type) {
	case string:
		return n == "1"
	case int:
		return n == 1
	case int64:
		return n == 1
	}
	return false
}

func singular(word string) string {
	if stem, is := strings.CutSuffix(word, "ies"); is {
		return stem + "y"
	}
	return strings.TrimSuffix(word, "s")
}
