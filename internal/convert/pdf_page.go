package convert

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// layer is the text layer of a PDF: pages of lines, without what stands on every
// page.
type layer struct {
	pages [][]string
	heads bool // lines that stand on every page were left out
}

// pagesOf parts what pdftotext wrote into pages and lines.
func pagesOf(text string) *layer {
	l := &layer{}
	for _, page := range strings.Split(strings.TrimSuffix(text, "\f"), "\f") {
		lines := strings.Split(page, "\n")
		for i := range lines {
			lines[i] = mended(lines[i])
		}
		l.pages = append(l.pages, trimmed(lines))
	}
	for range mostHeads {
		l.dropRepeated(func(page []string) int { return 0 }, func(page []string) []string { return page[1:] })
		l.dropRepeated(func(page []string) int { return len(page) - 1 }, func(page []string) []string { return page[:len(page)-1] })
	}
	return l
}

// mostHeads is how many lines above and below may stand on every page.
const mostHeads = 3

// trimmed is a page without empty lines above and below.
func trimmed(page []string) []string {
	for len(page) > 0 && page[0] == "" {
		page = page[1:]
	}
	for len(page) > 0 && page[len(page)-1] == "" {
		page = page[:len(page)-1]
	}
	return page
}

var pageNumber = regexp.MustCompile(`^(?:[-—–―－·•~]*\d{1,4}[-—–―－·•~]*|第\d{1,4}页(?:[,，/]?共\d{1,4}页)?|\d{1,4}/\d{1,4})$`)

// dropRepeated leaves out the first or last line of each page where it is a page
// number, or is the same on most of at least three pages but for its digits.
func (l *layer) dropRepeated(at func([]string) int, without func([]string) []string) {
	counts := map[string]int{}
	for _, page := range l.pages {
		if len(page) > 0 {
			counts[likeness(page[at(page)])]++
		}
	}
	for i, page := range l.pages {
		if len(page) == 0 {
			continue
		}
		line := page[at(page)]
		switch like := likeness(line); {
		case isPageNumber(line, i+1) || counts[like] > 1 && pageNumber.MatchString(packed(line)):
		case counts[like] >= 3 && counts[like]*2 > len(l.pages):
			l.heads = true
		default:
			continue
		}
		l.pages[i] = trimmed(without(page))
	}
}

// isPageNumber reports a line that is the number of its page, or one with marks
// around it.
func isPageNumber(line string, page int) bool {
	line = packed(line)
	digits := strings.TrimLeft(line, "0123456789")
	return pageNumber.MatchString(line) && (digits != "" || strings.TrimLeft(line, "0") == strconv.Itoa(page))
}

// likeness is a line without blanks, and with one sign for every number.
func likeness(line string) string { return digits.ReplaceAllString(packed(line), "0") }

// packed is a line without blanks.
func packed(line string) string {
	return strings.Join(strings.Fields(strings.TrimPrefix(line, string(middle))), "")
}

var digits = regexp.MustCompile(`\d+`)

// mended is a line with the signs that people write: fonts of PDFs often stand for
// the radicals of Kangxi where a word was meant, lines that were spread to the margin
// have a blank between all signs, and Word sets one around numbers. A paragraph's
// indent becomes two wide blanks; a line in the middle of the page has none.
func mended(line string) string {
	line = unmarked.Replace(line)
	words := strings.TrimLeft(line, " \u3000")
	runes := []rune(strings.TrimRight(words, " \u3000\r"))
	out := make([]rune, 0, len(runes)+2)
	switch blanks := len([]rune(line)) - len([]rune(words)); {
	case blanks > widestIndent && len(runes) > 0:
		out = append(out, middle)
	case blanks > 1:
		out = append(out, '\u3000', '\u3000')
	}
	counter := true // all before i is digits and stops
	for i, r := range runes {
		switch {
		case r == ' ' && i > 0 && (!counter || runes[i+1] == '年' || runes[i+1] == '月') && joined(runes[i-1], runes[i+1]):
			continue
		case r >= '\u2e80' && r <= '\u2fdf':
			out = append(out, []rune(norm.NFKC.String(string(r)))...)
		default:
			out = append(out, r)
		}
		counter = counter && (r == '.' || isDigit(r))
	}
	return strings.TrimRight(string(out), string(middle))
}

// unmarked takes out marks that are not seen, and our own.
var unmarked = strings.NewReplacer("\u00ad", "", "\u200b", "", "\ufeff", "", string(middle), "", "\u00a0", " ")

const (
	widestIndent = 5        // columns of the indent of a paragraph, which are a sign or half of one
	middle       = '\ue000' // stands before a line in the middle of the page or at its right
)

// joined reports signs between which nobody types a blank.
func joined(before, after rune) bool {
	return wide(before) && (wide(after) || isDigit(after)) || isDigit(before) && wide(after)
}

// wide reports a sign that takes the room of a Chinese one.
func wide(r rune) bool { return r >= '\u2e80' || strings.ContainsRune("“”‘’—…·", r) }

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// text puts the pages together. A page's end is no paragraph's; empty lines are
// left out where the page sets one below each line. What stands in the middle or at
// the right behind a full stop, such as who signs, is a paragraph of its own.
func (l *layer) text() string {
	var out strings.Builder
	last := ""
	for _, page := range l.pages {
		empty := 0
		for _, line := range page {
			if line == "" {
				empty++
			}
		}
		spread := empty*5 >= len(page)*2
		for _, line := range page {
			if line == "" && (spread || last == "") {
				continue
			}
			if own, ok := strings.CutPrefix(line, string(middle)); ok {
				if line = own; strings.HasSuffix(last, "。") {
					out.WriteByte('\n')
				}
			}
			out.WriteString(line)
			out.WriteByte('\n')
			last = line
		}
	}
	return out.String()
}

// fewestSigns is how many signs a page holds at least that is no picture.
const fewestSigns = 10

// written counts the signs of a layer, and those that mean nothing.
type written struct{ signs, strange int }

func (l *layer) written() written {
	var w written
	for _, page := range l.pages {
		p := signsOf(page)
		w.signs, w.strange = w.signs+p.signs, w.strange+p.strange
	}
	return w
}

func signsOf(page []string) written {
	var w written
	for _, line := range page {
		for _, r := range line {
			switch {
			case unicode.IsSpace(r) || r == middle:
				continue
			case r == unicode.ReplacementChar || unicode.Is(unicode.Co, r) || unicode.IsControl(r):
				w.strange++
			}
			w.signs++
		}
	}
	return w
}

// emptyPages reports a page without words among others.
func (l *layer) emptyPages() bool {
	for _, page := range l.pages {
		if signsOf(page).signs == 0 {
			return true
		}
	}
	return false
}
