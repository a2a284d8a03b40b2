package fact

import (
	"regexp"
	"strings"

	"luoshi/fault"
)

// MostWindows is how many seasons a goal may have.
const MostWindows = 12

// windowLine is one season as it is typed: 06-01 到 09-16.
var windowLine = regexp.MustCompile(`^(\d{1,2})[-.月/](\d{1,2})日?\s*(?:到|至|to|—|–|~|-|,|，|\s)\s*(\d{1,2})[-.月/](\d{1,2})日?$`)

// TypedWindows reads seasons as somebody types them, one a line.
func TypedWindows(typed string) (out []Window, err error) {
	two := func(s string) string { return ("0" + s)[len(s)-1:] }
	for line := range strings.Lines(typed) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		m := windowLine.FindStringSubmatch(line)
		if m == nil {
			return nil, fault.New(fault.Invalid, "“%s”不是季节，请写成 06-01 到 09-16 的样子，一行一段。", line).In("windows")
		}
		w := Window{From: two(m[1]) + "-" + two(m[2]), To: two(m[3]) + "-" + two(m[4])}
		if w.Check() != nil {
			return nil, fault.New(fault.Invalid, "“%s”不是季节，请写成 06-01 到 09-16 的样子，一行一段。", line).In("windows")
		}
		out = append(out, w)
	}
	return out, nil
}

// WindowsCode writes seasons in one word, as in entries and exports: 0601_0916, several
// one behind the other.
func WindowsCode(all []Window) string {
	var days []string
	for _, w := range all {
		days = append(days, w.From, w.To)
	}
	return strings.ReplaceAll(strings.Join(days, "_"), "-", "")
}

// WindowsOf reads them from such a word.
func WindowsOf(code string) (out []Window) {
	days := strings.Split(code, "_")
	for k := 0; k+1 < len(days); k += 2 {
		if len(days[k]) == 4 && len(days[k+1]) == 4 {
			out = append(out, Window{From: days[k][:2] + "-" + days[k][2:], To: days[k+1][:2] + "-" + days[k+1][2:]})
		}
	}
	return out
}
