package fact

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
)

// sheetReader is the reading of a sheet.
type sheetReader struct {
	sheet   *Sheet
	form    SheetForm
	context SheetContext
	time    SheetTime
	month   string // that the title names

	units      []int // columns, from the top down
	quantities []int
	at         map[SheetColumn]int // the columns of which there is one
	days       map[int]sheetDate   // of the columns of months
	allDays    *sheetDate          // of every row, where no column says one

	above    []string // the last words of each column that goes on downwards
	section  string   // a unit that stands over the rows
	resolved map[string]sheetResolved
	seen     map[string]int     // rows that are alike: the line of the first
	known    map[id.Fact]int    // exported facts: the line of each
	merged   map[SheetSpot]bool // numbers over several cells that were told
	months   map[int]bool       // columns of months of which was told what is wrong
	sums     sheetSums
	out      *SheetReading
}

type sheetResolved struct {
	unit    id.Unit
	choices []SheetUnit
}

// ReadSheet reads the facts of a sheet. It says all that is wrong with it, place by
// place; where anything is, its rows are not to be used.
func ReadSheet(s *Sheet, form SheetForm, context SheetContext) *SheetReading {
	r := &sheetReader{sheet: s, form: form, context: context, at: map[SheetColumn]int{}, days: map[int]sheetDate{}, above: make([]string, s.width),
		resolved: map[string]sheetResolved{}, seen: map[string]int{}, known: map[id.Fact]int{}, merged: map[SheetSpot]bool{}, months: map[int]bool{}, out: &SheetReading{}}
	year, month := sheetTitleTime(form.Title)
	r.time, r.month = context.Time.narrowed(year, month), month
	r.time.MonthEnd = r.time.MonthEnd || form.Map.MonthEnd
	if r.columns() {
		for k := form.Head; k < s.Rows(); k++ {
			r.row(k)
		}
		r.checkSums()
		if r.out.Wrong == 0 && len(r.out.Rows)+r.out.Same == 0 {
			r.doubtRow(0, fault.New(fault.Invalid, "表里没有一个填了的数。请看看表头和每一列选得对不对。"), false)
		}
	}
	sortSheetDoubts(r.out.Doubts)
	return r.out
}

// columns finds where what stands, and says what is missing.
func (r *sheetReader) columns() bool {
	for k, h := range r.form.Map.Heads {
		switch {
		case h.Says == SheetNotRead || k >= r.sheet.width:
		case h.Says == SheetUnitWords:
			r.units = append(r.units, k)
		case h.Says == SheetQuantity:
			r.quantities = append(r.quantities, k)
		default:
			if _, twice := r.at[h.Says]; twice {
				r.doubtRow(0, fault.New(fault.Invalid, "有两列都选了同一个意思：“%s”。请把其中一列改成“不读”。", h.Words), false)
			}
			r.at[h.Says] = k
		}
	}
	_, indicator := r.at[SheetIndicator]
	_, key := r.at[SheetKey]
	switch {
	case r.sheet.width > mostSheetColumns:
		r.doubtRow(0, fault.New(fault.Invalid, "表太宽了，最多 %d 列。请删去空列和用不着的列。", mostSheetColumns), false)
	case r.form.Head <= 0 || r.form.Head >= r.sheet.Rows():
		r.doubtRow(0, fault.New(fault.Invalid, "没有认出表头，或者表头下面没有内容。请选表头在第几行。"), false)
	case len(r.quantities) == 0 && !r.form.Map.EachRow:
		r.doubtRow(0, fault.New(fault.Invalid, "还不知道哪一列是数。请在表头上选；一行就算一次的，请选“一行算一次”。"), false)
	case len(r.units) == 0 && r.context.Home == 0:
		r.doubtRow(0, fault.New(fault.Invalid, "还不知道哪一列是单位。请在表头上选。"), false)
	case key && len(r.quantities) > 1:
		r.doubtRow(0, fault.New(fault.Invalid, "有事实编号的表，一行只能有一个数。请只留一列数，别的改成“不读”。"), false)
	}
	if r.form.Map.EachRow {
		r.quantities = nil
		if !indicator && r.context.Indicator == "" {
			r.doubtRow(0, fault.New(fault.Invalid, "还不知道这张表数的是什么。请选一个指标。"), false)
		}
	}
	for _, k := range r.quantities {
		if h := r.form.Map.Heads[k]; !indicator && h.Indicator == "" && r.context.Indicator == "" {
			r.doubtRow(0, fault.New(fault.Invalid, "还不知道“%s”这一列数的是什么。请选一个指标。", h.Words), false)
		}
	}
	if r.out.Wrong > 0 {
		return false
	}
	r.columnDays()
	return true
}

// columnDays finds the days that columns of months mean, and the day of all rows where
// there is no column of days.
func (r *sheetReader) columnDays() {
	_, day := r.at[SheetDayWords]
	_, month := r.at[SheetMonthPart]
	for _, k := range r.quantities {
		h := r.form.Map.Heads[k]
		if h.Month == 0 {
			if !day && !month && r.allDays == nil {
				r.allDays = r.wholeSheet()
			}
			continue
		}
		words := fmt.Sprintf("%d月", h.Month)
		if h.Year > 0 {
			words = fmt.Sprintf("%d年%s", h.Year, words)
		}
		r.days[k] = readSheetDay(words, r.month, r.time)
	}
	if r.form.Map.EachRow && !day && !month {
		r.allDays = r.wholeSheet()
	}
}

// wholeSheet is the day of a sheet without days: that of its month.
func (r *sheetReader) wholeSheet() *sheetDate {
	month := r.month
	if month == "" && isDay(r.time.From) && isDay(r.time.To) && Month(r.time.From) == Month(r.time.To) {
		month = Month(r.time.From)
	}
	if month == "" {
		r.doubtRow(0, fault.New(fault.Invalid, "表里没有日期，也不知道是哪个月的。请选一列日期，或者选月份。"), false)
		return &sheetDate{}
	}
	d := readSheetDay(month, "", r.time)
	if d.wrong != nil && !r.context.Right[SheetSpot{}] {
		r.doubt(SheetDoubt{Cell: month, Says: d.wrong, May: d.may, Choices: dayWords(d.choices)})
	}
	return &sheetDate{day: d.day}
}

func dayWords(days []calendar.Day) (out []string) {
	for _, d := range days {
		out = append(out, string(d))
	}
	return out
}

var (
	sheetSumRow  = regexp.MustCompile(`^([\p{Han}]{0,8})(合计|小计|总计|累计|共计)(数)?[:：]?$|^全[省市县区旗乡镇]$`)
	sheetNoteRow = regexp.MustCompile(`^(注|备注|说明|填表|制表|审核|填报|单位负责人|负责人|联系电话|报送)[\p{Han}]{0,6}[:：]`)
	sheetCounter = regexp.MustCompile(`^\(?[一二三四五六七八九十0-9]{1,3}\)?[、.]`)
	sheetDitto   = regexp.MustCompile(`^(同上|"|''|〃|″|”)$`)
)

// isSum reports a row with sums.
func (s *Sheet) isSum(r int) bool {
	return slices.ContainsFunc(s.rows[r], func(c sheetCell) bool {
		return len(c.words) < 64 && strings.ContainsAny(c.words, "计計全") && sheetSumRow.MatchString(sheetTight(c.words))
	})
}

// row reads a row below the heads.
func (r *sheetReader) row(k int) {
	own := r.sheet.ownWords(k)
	first := ""
	for _, c := range r.sheet.rows[k] {
		if first = sheetTight(c.words); first != "" {
			break
		}
	}
	switch {
	case own == 0:
	case r.sheet.isSum(k):
		r.out.Skipped = append(r.out.Skipped, r.sheet.lines[k])
		r.sumRow(k)
	case sheetNoteRow.MatchString(first), r.repeatsHead(k), own == 1 && r.isSection(k, first):
		r.out.Skipped = append(r.out.Skipped, r.sheet.lines[k])
	default:
		r.facts(k)
	}
}

// repeatsHead reports the heads once more, as at the top of each page.
func (r *sheetReader) repeatsHead(k int) bool {
	for h := max(0, r.form.Head-mostSheetHeads); h < r.form.Head; h++ {
		same, worded := true, 0
		for c := range r.sheet.width {
			words := sheetTight(r.sheet.Words(k, c))
			same = same && (words == "" || words == sheetTight(r.sheet.Words(h, c)))
			if words != "" {
				worded++
			}
		}
		if same && worded > 1 {
			return true
		}
	}
	return false
}

// isSection reports a row of one cell over the others, which names the unit of the rows
// below it, or a part of the sheet.
func (r *sheetReader) isSection(k int, words string) bool {
	at := slices.IndexFunc(r.sheet.rows[k], func(c sheetCell) bool { return c.words != "" })
	if c := r.sheet.rows[k][at]; !c.wide && (slices.Contains(r.units, at) || r.readColumn(at)) {
		return false
	}
	words = strings.TrimSuffix(sheetCounter.ReplaceAllString(words, ""), ":")
	if u := r.resolve(words); u.unit != 0 || len(u.choices) > 0 {
		r.section = words
		for _, c := range r.units {
			r.above[c] = ""
		}
	}
	return true
}

func (r *sheetReader) readColumn(k int) bool {
	return k < len(r.form.Map.Heads) && r.form.Map.Heads[k].Says != SheetNotRead
}

// cell gives a cell with a place in the file, also where it is empty.
func (r *sheetReader) cell(row, k int) sheetCell {
	c := r.sheet.at(row, k)
	if c.row == 0 {
		c.row, c.column = r.sheet.lines[row], k+1
	}
	return c
}

// filled gives a cell of a column that may go on downwards.
func (r *sheetReader) filled(row, k int) sheetCell {
	c := r.cell(row, k)
	if tight := sheetTight(c.words); sheetDitto.MatchString(tight) || tight == "" && r.form.Map.Heads[k].FillDown {
		c.words = r.above[k]
	}
	if c.words != "" {
		r.above[k] = c.words
	}
	return c
}

// column gives the filled cell of a column of which there is one.
func (r *sheetReader) column(row int, says SheetColumn) (sheetCell, bool) {
	k, there := r.at[says]
	if !there {
		return sheetCell{}, false
	}
	if says == SheetSubject || says == SheetPlace || says == SheetKey {
		return r.cell(row, k), true
	}
	return r.filled(row, k), true
}

// sheetLine is what a row says apart from its numbers. Where a part is wrong, what is
// wrong is said when the first number needs it.
type sheetLine struct {
	row       int
	unitWords string
	unitCell  sheetCell
	upperOnly bool // the lowest column is empty
	parts     map[SheetColumn]sheetCell
	told      bool // what is wrong with unit and day was said
	bad       bool
	unit      id.Unit
	day       calendar.Day
}

// facts reads the numbers of a row.
func (r *sheetReader) facts(row int) {
	l := &sheetLine{row: row, parts: map[SheetColumn]sheetCell{}}
	l.unitWords, l.unitCell, l.upperOnly = r.unitOf(row)
	for _, says := range []SheetColumn{SheetDayWords, SheetMonthPart, SheetYearPart, SheetIndicator, SheetSubject, SheetPlace, SheetKey} {
		if c, there := r.column(row, says); there {
			l.parts[says] = c
		}
	}
	if r.form.Map.EachRow {
		switch {
		case r.goesOn(row):
			return
		case !r.saysAny(row):
			r.out.Empty++
			return
		}
		r.add(l, SheetSpot{Row: r.sheet.lines[row]}, sheetFound{said: SheetNumber, value: document.Whole(1)}, SheetHead{}, -1)
		return
	}
	for _, k := range r.quantities {
		c, h := r.cell(row, k), r.form.Map.Heads[k]
		if r.mergedNumber(row, k, c) {
			continue
		}
		found := readSheetNumber(c.words).scaledBy(h.Scale, c.words)
		switch {
		case found.said == SheetEmpty && sheetTight(l.parts[SheetKey].words) != "":
			r.doubtCell(c, fault.New(fault.Invalid, "第 %d 行有事实编号，数却是空的。数没有变就照原样填；那一条不算了，请在系统里撤回。", r.sheet.lines[row]), false)
			continue
		case found.said == SheetEmpty:
			if l.unitWords != "" {
				r.out.Empty++
			}
			continue
		case found.said == SheetDash:
			r.out.Dashes++
			switch r.form.Map.Dash {
			case SheetIsEmpty:
				continue
			case SheetAsk:
				r.doubtCell(c, fault.New(fault.Invalid, "“%s”是一个也没有，还是没有报？没有就填 0，没有报就留空；整张表一样的，请在上面一次选好。", c.words), false, "0")
				continue
			}
		case found.wrong != nil:
			if !found.may || !r.context.Right[SheetSpot{c.row, c.column}] {
				r.sums.spoil(k)
			}
			r.doubtCell(c, found.wrong, found.may)
			if !found.may {
				continue
			}
		case found.value == 0:
			r.out.Zeros++
		}
		r.sums.add(k, found.value)
		r.add(l, SheetSpot{c.row, c.column}, found, h, k)
	}
}
