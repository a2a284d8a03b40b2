package fact

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
)

// unitOf gives the words for the unit of a row, from the top down, and the cell that
// names it. upperOnly says that the lowest column is empty: then nobody knows of which
// of the units below the row is.
func (r *sheetReader) unitOf(row int) (words string, at sheetCell, upperOnly bool) {
	var path []string
	if r.section != "" {
		path = append(path, r.section)
	}
	changed := false
	for n, k := range r.units {
		own, last := r.sheet.Words(row, k), n == len(r.units)-1
		if changed {
			r.above[k] = "" // what stood below another unit does not go on
		}
		changed = changed || own != "" && own != r.above[k] && !sheetDitto.MatchString(sheetTight(own))
		at = r.filled(row, k)
		if at.words == "" && !last {
			at.words = r.above[k]
		}
		upperOnly = at.words == ""
		if at.words != "" && (len(path) == 0 || path[len(path)-1] != at.words) {
			path = append(path, at.words)
		}
	}
	return strings.Join(path, "/"), at, upperOnly
}

func (r *sheetReader) resolve(words string) sheetResolved {
	if meant := r.form.Map.Units[words]; meant != "" {
		words = meant
	}
	u, known := r.resolved[words]
	if !known && r.context.Unit != nil {
		u.unit, u.choices = r.context.Unit(words)
		r.resolved[words] = u
	}
	return u
}

// saysAny reports a row that says more of its own than a unit: a list of villages may
// stand in a sheet before anything happened there.
func (r *sheetReader) saysAny(row int) bool {
	for k, c := range r.sheet.rows[row] {
		if r.readColumn(k) && r.form.Map.Heads[k].Says != SheetUnitWords && c.words != "" && c.row == r.sheet.lines[row] {
			return true
		}
	}
	return false
}

// goesOn reports a row whose read cells all go on from the row above: a second line of
// the same fact.
func (r *sheetReader) goesOn(row int) bool {
	any := false
	for k := range r.sheet.width {
		if !r.readColumn(k) || r.form.Map.Heads[k].Says == SheetQuantity || r.sheet.Words(row, k) == "" {
			continue
		}
		if !r.sheet.same(row-1, k, row, k) {
			return false
		}
		any = true
	}
	return any
}

// mergedNumber reports a cell for a number that was read already, or that stands for
// several: one number over several units or columns is told, for nobody knows whose it is.
func (r *sheetReader) mergedNumber(row, k int, c sheetCell) bool {
	if !c.tall && !c.wide || sheetTight(c.words) == "" {
		return false
	}
	at := SheetSpot{c.row, c.column}
	if r.merged[at] {
		return true
	}
	r.merged[at] = true
	alone := true
	for below := row + 1; r.sheet.same(row, k, below, k); below++ {
		alone = alone && r.goesOn(below)
	}
	for _, other := range r.quantities {
		alone = alone && (other == k || !r.sheet.same(row, k, row, other))
	}
	if !alone {
		r.sums.spoil(k)
		r.doubtCell(c, fault.New(fault.Invalid, "“%s”合并在几格上，不知道各是多少。请取消合并，分开填。", c.words), false)
	}
	return !alone
}

// tell says what is wrong with the unit and the day of a row, once.
func (r *sheetReader) tell(l *sheetLine) {
	if l.told {
		return
	}
	l.told = true
	line := r.sheet.lines[l.row]
	switch {
	case len(r.units) == 0 && l.unitWords == "":
		l.unit = r.context.Home
	case l.unitWords == "":
		l.bad = true
		r.doubtCell(l.unitCell, fault.New(fault.Invalid, "第 %d 行没有写是哪个单位。请填上；和上一行相同的，请在表头上选“空着的同上一行”。", line), false)
	default:
		if l.upperOnly {
			r.doubtCell(l.unitCell, fault.New(fault.Invalid, "第 %d 行只写到“%s”，下面的单位空着。请填上；就是“%s”自己的，请勾上“没有写错”。", line, l.unitWords, l.unitWords), true)
		}
		u := r.resolve(l.unitWords)
		var choices []string
		for _, c := range u.choices[:min(len(u.choices), 8)] {
			choices = append(choices, c.Path)
		}
		if l.unit = u.unit; l.unit != 0 {
			break
		}
		l.bad = true
		switch len(u.choices) {
		case 0:
			r.doubtCell(l.unitCell, fault.New(fault.Invalid, "没有找到单位“%s”。请改成系统里的名称。", l.unitWords), false)
		case 1:
			r.doubtCell(l.unitCell, fault.New(fault.Invalid, "没有找到单位“%s”。是不是“%s”？请改对。", l.unitWords, choices[0]), false, choices...)
		default:
			r.doubtCell(l.unitCell, fault.New(fault.Invalid, "“%s”可能是 %d 个单位：%s。请写清楚是哪一个。", l.unitWords, len(u.choices), strings.Join(choices, "、")), false, choices...)
		}
	}
	if r.allDays != nil {
		l.day = r.allDays.day
		return
	}
	r.tellDay(l)
}

var sheetBareMonth = regexp.MustCompile(`^[0-9]{1,2}$`)

// tellDay finds the day of a row from its day, and its month and year where they stand
// in columns of their own.
func (r *sheetReader) tellDay(l *sheetLine) {
	day, hasDay := l.parts[SheetDayWords]
	month, hasMonth := l.parts[SheetMonthPart]
	if !hasDay && !hasMonth {
		return // the column of a month says it
	}
	at, words := r.month, day.words
	if hasMonth && sheetTight(month.words) != "" {
		w := sheetTight(sheetHanToDigits(sheetTight(month.words)))
		if sheetBareMonth.MatchString(w) {
			w += "月"
		}
		if year := strings.TrimSuffix(sheetHanToDigits(sheetTight(l.parts[SheetYearPart].words)), "年"); year != "" && sheetMonth.MatchString(w) {
			w = year + "年" + w
		}
		if !hasDay {
			words = w
		}
		whole := r.time
		whole.MonthEnd, whole.Today = true, ""
		if d := readSheetDay(w, r.month, whole); d.day != "" && (d.wrong == nil || d.may) {
			at = Month(d.day)
		} else if hasDay {
			l.bad = true
			r.doubtCell(month, d.wrong, false, dayWords(d.choices)...)
			return
		}
	}
	c := day
	if !hasDay {
		c = month
	}
	if sheetTight(words) == "" {
		l.bad = true
		r.doubtCell(c, fault.New(fault.Invalid, "第 %d 行没有写日期。请填上；和上一行相同的，请在表头上选“空着的同上一行”。", r.sheet.lines[l.row]), false)
		return
	}
	if words == day.words && sheetBareMonth.MatchString(sheetTight(words)) && !hasMonth && at == "" && r.isMonths() {
		words = sheetTight(words) + "月"
	}
	d := readSheetDay(words, at, r.time)
	if l.day = d.day; d.wrong != nil {
		l.bad = l.bad || !d.may
		r.doubtCell(c, d.wrong, d.may, dayWords(d.choices)...)
	}
}

// isMonths reports that the head of the days says that they are months: 月份.
func (r *sheetReader) isMonths() bool {
	w := sheetTight(r.form.Map.Heads[r.at[SheetDayWords]].Words)
	return strings.HasSuffix(w, "月份") || strings.HasSuffix(w, "月")
}

// add adds the fact of a number, or says what is wrong with it.
func (r *sheetReader) add(l *sheetLine, at SheetSpot, found sheetFound, h SheetHead, k int) {
	r.tell(l)
	row := SheetRow{SheetSpot: at, Unit: l.unit, UnitWords: l.unitWords, Day: l.day, Quantity: found.value, Measure: found.measure,
		Subject: sheetName(l.parts[SheetSubject].words), Place: sheetName(l.parts[SheetPlace].words)}
	if row.Measure == "" {
		row.Measure = h.Measure
	}
	row.Indicator = h.Indicator
	if row.Indicator == "" {
		row.Indicator = sheetName(l.parts[SheetIndicator].words)
	}
	if row.Indicator == "" {
		row.Indicator = r.context.Indicator
	}
	if h.Month > 0 {
		d := r.days[k]
		if row.Day = d.day; d.wrong != nil && !r.months[k] {
			r.months[k] = true
			r.doubt(SheetDoubt{SheetSpot: SheetSpot{r.sheet.lines[r.form.Head-1], at.Column}, Cell: h.Words, Says: d.wrong, May: d.may, Choices: dayWords(d.choices)})
		}
	}
	if row.Indicator == "" {
		l.bad = true
		r.doubtCell(l.parts[SheetIndicator], fault.New(fault.Invalid, "第 %d 行没有写是哪个指标。请填上。", r.sheet.lines[l.row]), false)
	}
	if subject, there := l.parts[SheetSubject]; there && row.Subject == "" && r.form.Map.EachRow {
		l.bad = true
		r.doubtCell(subject, fault.New(fault.Invalid, "第 %d 行没有写是哪一个。请填上名称或者编号，不然会重复计数。", r.sheet.lines[l.row]), false)
	}
	if l.bad {
		return
	}
	if key := l.parts[SheetKey]; sheetTight(key.words) != "" {
		r.exported(row, key)
		return
	}
	if first, twice := r.twice(row, l, h.Month > 0 || r.allDays != nil); twice {
		r.doubtRow(r.sheet.lines[l.row], fault.New(fault.Invalid, "第 %d 行和第 %d 行是同一个单位、同一天的同一件事，像是重复填了。请删去一行；真有两次，请勾上“没有写错”。", r.sheet.lines[l.row], first), true)
	}
	r.out.Rows = append(r.out.Rows, row)
}

// twice reports a row that says all that another said, and the line of that. Of a whole
// month a unit has one number, so that another one is told as well.
func (r *sheetReader) twice(row SheetRow, l *sheetLine, month bool) (line int, twice bool) {
	key := fmt.Sprintf("%d|%s|%s|%s|%s", row.Unit, row.Day, row.Indicator, row.Subject, row.Place)
	if !month {
		key += "|" + row.Quantity.String()
	}
	line, twice = r.seen[key]
	if !twice {
		r.seen[key] = r.sheet.lines[l.row]
	}
	return line, twice && line != r.sheet.lines[l.row]
}

// exported takes a row of a fact that Luoshi wrote: nothing new where it says the same,
// a correction where it says something else.
func (r *sheetReader) exported(row SheetRow, key sheetCell) {
	fact, err := id.Of[id.Fact](strings.ToUpper(sheetTight(key.words)))
	var stands SheetStanding
	known := false
	if err == nil && r.context.Standing != nil {
		stands, known = r.context.Standing(fact)
	}
	line, twice := r.known[fact]
	switch {
	case !known:
		r.doubtCell(key, fault.New(fault.Invalid, "没有编号是“%s”的事实。请不要改编号；新的一条，编号留空。", key.words), false)
		return
	case stands.Replaced:
		r.doubtCell(key, fault.New(fault.Invalid, "编号“%s”的那一条，导出以后已经更正、退回或者撤回了。请重新导出再改。", key.words), false)
		return
	case twice:
		r.doubtCell(key, fault.New(fault.Invalid, "编号“%s”写了两遍，另一遍在第 %d 行。复制出来的新一条，编号要留空。", key.words, line), false)
		return
	}
	r.known[fact], row.Fact = key.row, fact
	has := func(c SheetColumn) bool { _, there := r.at[c]; return there }
	if has(SheetIndicator) && row.Indicator != sheetName(stands.Indicator) {
		r.doubtCell(key, fault.New(fault.Invalid, "编号“%s”的那一条数的是“%s”，指标不能改。请撤回那一条，另报一条。", key.words, stands.Indicator), false)
		return
	}
	for _, c := range []struct {
		says    SheetColumn
		differs bool
	}{
		{SheetUnitWords, len(r.units) > 0 && row.Unit != stands.Unit},
		{SheetDayWords, has(SheetDayWords) && row.Day != stands.Day},
		{SheetQuantity, !r.form.Map.EachRow && row.Quantity != stands.Quantity},
		{SheetSubject, has(SheetSubject) && row.Subject != sheetName(stands.Subject)},
	} {
		if c.differs {
			row.Changed = append(row.Changed, c.says)
		}
	}
	if len(row.Changed) == 0 {
		r.out.Same++
		return
	}
	r.out.Rows = append(r.out.Rows, row)
}

// sheetSums compares the rows with sums to what was read.
type sheetSums struct {
	total map[int]document.Decimal
	bad   map[int]bool
	rows  []sheetSumLine
}

type sheetSumLine struct {
	row   int
	soFar map[int]document.Decimal
}

func (s *sheetSums) add(k int, v document.Decimal) {
	if s.total == nil {
		s.total = map[int]document.Decimal{}
	}
	s.total[k] += v
}

// spoil says that a column's sum is not known, as one of its numbers was not read.
func (s *sheetSums) spoil(k int) {
	if s.bad == nil {
		s.bad = map[int]bool{}
	}
	s.bad[k] = true
}

var sheetRunning = regexp.MustCompile(`累计`)

// sumRow keeps a row with sums; one that goes on from earlier sheets cannot be compared.
func (r *sheetReader) sumRow(row int) {
	if slices.ContainsFunc(r.sheet.rows[row], func(c sheetCell) bool { return sheetRunning.MatchString(sheetTight(c.words)) }) || len(r.sums.rows) == MostSheetDoubts {
		return
	}
	l := sheetSumLine{row: row, soFar: map[int]document.Decimal{}}
	for k, v := range r.sums.total {
		l.soFar[k] = v
	}
	r.sums.rows = append(r.sums.rows, l)
}

// checkSums tells sums that are neither that of all rows nor that of those before, or
// between this row and the last or the next one with sums.
func (r *sheetReader) checkSums() {
	for n, l := range r.sums.rows {
		for _, k := range r.quantities {
			c := r.cell(l.row, k)
			found := readSheetNumber(c.words).scaledBy(r.form.Map.Heads[k].Scale, c.words)
			if found.said != SheetNumber || found.wrong != nil || r.sums.bad[k] {
				continue
			}
			before, after := document.Decimal(0), r.sums.total[k]
			if n > 0 {
				before = r.sums.rows[n-1].soFar[k]
			}
			if n+1 < len(r.sums.rows) {
				after = r.sums.rows[n+1].soFar[k]
			}
			all, soFar := r.sums.total[k], l.soFar[k]
			if !slices.Contains([]document.Decimal{all, soFar, soFar - before, after - soFar}, found.value) {
				said := soFar - before
				if n == len(r.sums.rows)-1 && soFar > 0 || said == 0 {
					said = all
				}
				r.doubtCell(c, fault.New(fault.Invalid, "合计写的是 %s，各行加起来是 %s。请看看哪一个数错了；行里没有错，请勾上“没有写错”。", found.value.Grouped(), said.Grouped()), true)
			}
		}
	}
}
