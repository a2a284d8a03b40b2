package plan

import "luoshi/document"

// readYear finds the year of the document, which dates without one belong to: in
// its title, its number 〔2023〕, its date of issue, its headings, or else the
// earliest year that its text dates something with.
// The second result tells that one of the first three says it.
func (r *reader) readYear() (year int, dated bool) {
	start := len(r.view.Runes)
	if len(r.items) > 0 {
		start = r.items[0].From
	}
	for _, d := range document.NewView(r.out.Title).Dates() {
		if d.Said() {
			return d.Year, true
		}
	}
	front, signed, headed, said, rest := 0, 0, 0, 0, 0
	owners := document.NewOwners(r.items)
	for _, d := range r.dates {
		if !d.Said() || r.view.Lit(d.From) {
			continue
		}
		k := owners.At(d.From)
		full := d.Days[0] > 0
		switch {
		case full && d.From < start && (r.rune(d.From-1) == '(' || r.alone(d)):
			front = d.Year
		case full && r.alone(d):
			signed = d.Year
		case k >= 0 && d.To <= r.items[k].TitleAt.End:
			headed = earlier(headed, d.Year)
		case d.Months[0] > 0 || d.End:
			said = earlier(said, d.Year)
		default:
			rest = earlier(rest, d.Year)
		}
	}
	for i, y := range []int{front, r.numberYear(start), signed, headed, said, rest} {
		if y > 0 {
			return y, i < 3
		}
	}
	return 0, false
}

func earlier(a, b int) int {
	if a == 0 || b < a {
		return b
	}
	return a
}

// alone reports a date that is a whole paragraph, as a date of issue is.
func (r *reader) alone(d document.Date) bool {
	return r.rune(d.From-1) == '\n' && r.rune(d.To) == '\n'
}

// numberYear is the year in the document number that stands on a line of its own
// before the first item: 安政办发〔2023〕12号.
func (r *reader) numberYear(end int) int {
	for _, p := range r.view.Paragraphs {
		if p.Start >= end || p.End-p.Start > 40 || r.rune(p.End-1) != '号' {
			continue
		}
		for i := p.Start; i+6 < p.End; i++ {
			if r.rune(i) != '(' || r.rune(i+5) != ')' {
				continue
			}
			year := 0
			for _, c := range r.view.Runes[i+1 : i+5] {
				year = year*10 + int(c-'0')
			}
			if year >= 1980 && year <= 2199 {
				return year
			}
		}
	}
	return 0
}

// contextYear is the year that a date without one lies in: that of the last date
// before it in its sentence, or else the document's.
func (r *reader) contextYear(k int) int {
	from, _ := r.view.Sentence(r.dates[k].From)
	for j := k - 1; j >= 0 && r.dates[j].From >= from; j-- {
		if d := r.dates[j]; d.Said() {
			if d.Until != nil {
				return d.Until.YearIn(r.year)
			}
			return d.Year
		}
	}
	return r.year
}

// issuerEnds are the last words of bodies that issue plans.
var issuerEnds = []string{"政府", "办公室", "办公厅", "委员会", "厅", "局", "部", "院", "会", "处", "中心"}

// readIssuer gives the body that the title or the signature names, or "".
func (r *reader) readIssuer() string {
	for i, c := range []rune(r.out.Title) {
		if c == '关' && endsWithAny(string([]rune(r.out.Title)[:i]), issuerEnds) && i >= 4 {
			return string([]rune(r.out.Title)[:i])
		}
	}
	for k := len(r.view.Paragraphs) - 1; k > 0; k-- {
		p := r.view.Paragraphs[k]
		if !r.dateAlone(p) {
			continue
		}
		above := r.view.Paragraphs[k-1]
		words := r.view.Words(above.Start, above.End)
		if n := above.End - above.Start; n >= 4 && n <= 30 && endsWithAny(words, issuerEnds) {
			return words
		}
	}
	return ""
}

func (r *reader) dateAlone(p document.Range) bool {
	k := r.dateFrom(p.Start)
	return k < len(r.dates) && r.dates[k].From == p.Start && r.dates[k].To == p.End && r.dates[k].Days[0] > 0
}

func endsWithAny(s string, words []string) bool {
	for _, w := range words {
		if len(s) > len(w) && s[len(s)-len(w):] == w {
			return true
		}
	}
	return false
}
