package plan

import (
	"sort"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
)

// readYear finds the year of the document, which dates without one belong to: in
// its title, its number 〔2023〕, its date of issue, its headings, or else the
// earliest year that its text dates something with.
// The second result tells that one of the first three says it.
func (r *reader) readYear() (year int, dated bool) {
	start := len(r.view.Runes)
	if len(r.items) > 0 {
		start = r.items[0].From
	}
	front, signed, headed, said, rest, named := 0, 0, 0, 0, 0, 0
	owners := document.NewOwners(r.items)
	for _, d := range r.dates {
		if !d.Said() || r.view.InTable(d.From) {
			continue
		}
		if r.view.Lit(d.From) {
			named = max(named, d.Year)
			continue
		}
		k := owners.At(d.From)
		full := d.Days[0] > 0
		if d.From < start && r.onPage(d.From) { // 发布时间：2024-03-18
			if full && r.issued == "" {
				front, r.issued = d.Year, d.First(d.Year)
			}
			continue
		}
		switch {
		case full && d.From < start && (r.rune(d.From-1) == '(' || r.alone(d)):
			front, r.issued = d.Year, d.First(d.Year)
		case full && (r.alone(d) || r.ends(d.From, "自") && r.starts(d.To, "施行", "实施", "执行")):
			signed = d.Year
			if r.issued == "" {
				r.issued = d.First(d.Year)
			}
		case k >= 0 && d.To <= r.items[k].TitleAt.End && (d.Months[0] > 0 || d.Until != nil || r.items[k].TitleAt.End-r.items[k].TitleAt.Start < 30):
			headed = earlier(headed, d.Year)
		case d.Months[0] > 0 && d.Edge != document.Since || d.End:
			said = earlier(said, d.Year)
		case d.Edge == document.Since: // 2003年以来
		default:
			rest = earlier(rest, d.Year)
		}
	}
	for _, d := range document.NewView(r.out.Title).Dates() {
		if d.Said() {
			return d.Year, true
		}
	}
	number, cited := r.numberYears(start)
	for i, y := range []int{front, number, signed, headed, said, rest, named, cited} {
		if y > 0 {
			return y, i < 3
		}
	}
	return 0, false
}

// onPage reports a line above the document that is a web page's.
func (r *reader) onPage(i int) bool {
	all := r.view.Paragraphs
	k := sort.Search(len(all), func(k int) bool { return all[k].End > i })
	return k < len(all) && (len(r.items) == 0 || all[k].Start < r.items[0].From) && r.view.OfPage(all[k].Start, all[k].End)
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

// numberYears gives the year in the document number that stands on a line of its
// own before the first item: 安政办发〔2023〕12号; and the latest one in the numbers
// of documents that the text cites.
func (r *reader) numberYears(end int) (own, cited int) {
	p := 0
	for i, c := range r.view.Runes {
		if c != '(' || r.rune(i+5) != ')' || r.rune(i+1) < '1' || r.rune(i+1) > '2' {
			continue
		}
		year := 0
		for _, c := range r.view.Runes[i+1 : i+5] {
			year = year*10 + int(c-'0')
		}
		if year < 1980 || year > 2199 {
			continue
		}
		cited = max(cited, year)
		for r.view.Paragraphs[p].End < i {
			p++
		}
		if whole := r.view.Paragraphs[p]; own == 0 && whole.Start < end && whole.End-whole.Start <= 40 && r.rune(whole.End-1) == '号' {
			own = year
		}
	}
	return own, cited
}

// longPast is how many days a date without a year may lie before the day of issue
// until it is taken for one of the next year: plans of autumn speak of spring.
const longPast = 60

// contextYear is the year that a date without one lies in: that of the last date
// before it in its sentence, that of the stage whose words hold it, or else the
// document's, or the next one where that lies long before the day of issue.
func (r *reader) contextYear(k int) int {
	d := r.dates[k]
	base := r.year
	if d.Relative && r.issued != "" {
		base = r.issued.Time().Year() // 今年 is the year of issue, whatever the title says
	}
	if d.Relative && d.Shift != 0 {
		return base
	}
	from, _ := r.view.Sentence(d.From)
	for j := k - 1; j >= 0 && r.dates[j].From >= from && !d.Relative; j-- {
		before := r.dates[j]
		if before.Said() && !r.past(before) && !r.view.Lit(before.From) && !r.cited(before) {
			if before.Until != nil {
				return before.Until.YearIn(r.year)
			}
			return before.Year
		}
		if before.Relative && before.Shift > 0 { // 明年3月开工，10月建成
			return base + before.Shift
		}
	}
	if d.Relative {
		return base
	}
	if year := r.stageYear(k); year > 0 {
		return year
	}
	last := d.Last(base)
	if d.Until != nil {
		last = d.Until.Last(base)
	}
	if r.issued != "" && last != "" && r.issued.Time().Year() == base && (last.Until(r.issued) > longPast || d.Festival != calendar.NoFestival && last < r.issued) {
		return base + 1
	}
	return base
}

// yearDoubtful reports a day whose year nobody says: the document bears no date,
// or the day was put into another year than the document's.
func (r *reader) yearDoubtful(u *due) bool {
	return u.inferred && (!r.dated || u.date >= 0 && !r.dates[u.date].Relative && !strings.HasPrefix(u.day, strconv.Itoa(r.year)))
}

// stageYear is the year in which the date falls within the stage whose words hold
// it: the stage of its item or of an item above.
func (r *reader) stageYear(k int) int {
	for _, h := range r.headAt(r.dates[k].From) {
		for {
			days, ok := r.stageDays[h.Ordinal]
			if ok && r.dates[k].From > h.TitleAt.End {
				for year := days.first.Time().Year(); year <= days.last.Time().Year(); year++ {
					if day := r.dates[k].Last(year); day >= days.first && day <= days.last {
						return year
					}
				}
			}
			if h.Parent == 0 {
				break
			}
			h = r.items[h.Parent-1]
		}
	}
	return 0
}

// stageDays are the first and the last day of a stage.
type stageDays struct{ first, last calendar.Day }

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
		if r.view.InTable(p.Start) || !r.dateAlone(p) {
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
