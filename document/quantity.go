package document

// Bound tells how a number limits what it counts.
type Bound string

const (
	Equal    Bound = "eq"
	AtLeast  Bound = "ge" // 以上, 不少于, 至少
	MoreThan Bound = "gt" // 多, 超过, 突破
	AtMost   Bound = "le" // 以内, 不超过
	LessThan Bound = "lt"
	Approx   Bound = "approx" // 左右, 约
	Between  Bound = "range"
)

// Quantity is a number with its measure word: 1500场, 3.67万场, 2-3个, 60%以上.
type Quantity struct {
	From, To int // from the number to its unit and a bound word behind it
	Number   Numeral
	Value    int64 // in parts of Scale; the lower end of a range
	Max      int64 // the upper end of a range, else 0
	Base     int64 // 由60%提高到80%: where it starts from, if HasBase
	HasBase  bool
	BaseAt   int    // where the base begins
	Unit     string // in the signs by which it is matched
	UnitAt   Range  // where the unit stands
	UnitEnd  int    // the end of the number and its own unit
	Bound    Bound
	Shared   bool // the unit stands behind a later number: 80、90%
}

// Quantities reads all quantities that are no part of a date, in order.
func (v *View) Quantities(dates []Date) []Quantity {
	var out []Quantity
	r := v.Runes
	for i := 0; i < len(r); {
		for len(dates) > 0 && dates[0].To <= i {
			dates = dates[1:]
		}
		if len(dates) > 0 && dates[0].From <= i {
			i = dates[0].To
			continue
		}
		found, to := readQuantities(r, i)
		if len(found) > 0 {
			found[0].readBase(r, out)
			if found[0].HasBase {
				out = out[:len(out)-1]
			}
		}
		out = append(out, found...)
		i = to
	}
	return out
}

// readQuantities reads the quantity at i, or several that share one unit, and
// tells where to go on.
func readQuantities(r []rune, i int) ([]Quantity, int) {
	percent := firstOf(r, i, "百分之")
	if percent == 0 && (joinedBefore(r, i) || !isDigit(at(r, i)) && hanDigit(at(r, i)) < 0 && at(r, i) != '十' && !startsRound(r, i)) {
		return nil, i + 1
	}
	n, ok := readNumeral(r, i+percent)
	if !ok && percent > 0 && at(r, i+percent) == '百' { // 百分之百
		n, ok = Numeral{From: i + percent, To: i + percent + 1, Value: 100 * Scale, Han: true}, true
	}
	if ok && (at(r, i-1) == '第' || hasPrefix(r, n.To, "分之")) {
		return nil, n.To
	}
	if !ok || joinedAfter(r, n.To) {
		return nil, max(skipNumber(r, i), i+1)
	}
	q := Quantity{From: i, Number: n, Value: n.Value}
	if percent > 0 {
		q.Unit, q.UnitEnd, q.UnitAt = "%", n.To, Range{i, i + percent}
		q.readBounds(r)
		return []Quantity{q}, q.To
	}
	if q.readUnit(r, n.To) || q.readRange(r) {
		if q.Unit == "个" { // 1个、2个工作日
			if list, to := readShortened(r, q); list != nil {
				return list, to
			}
		}
		q.readBounds(r)
		return []Quantity{q}, q.To
	}
	if q.readBare(r) {
		return []Quantity{q}, q.To
	}
	return readShared(r, q)
}

// startsRound reports 百余, 千余 and 万余 that no other numeral goes before.
func startsRound(r []rune, i int) bool {
	return roundScale(at(r, i)) > 0 && (at(r, i+1) == '余' || at(r, i+1) == '多') && hanDigit(at(r, i-1)) < 0 && !isDigit(at(r, i-1)) && at(r, i-1) != '十' && roundScale(at(r, i-1)) == 0
}

// readShortened reads 1个、2个工作日, where the first number has only the beginning
// of the unit; nil where it has its own.
func readShortened(r []rune, q Quantity) ([]Quantity, int) {
	if c := at(r, q.UnitEnd); c != '、' && c != '和' {
		return nil, 0
	}
	n, ok := readNumeral(r, q.UnitEnd+1)
	next := Quantity{From: q.UnitEnd + 1, Number: n, Value: n.Value}
	if !ok || !next.readUnit(r, n.To) || next.UnitAt.End-next.UnitAt.Start < 2 || r[next.UnitAt.Start] != '个' {
		return nil, 0
	}
	next.readBounds(r)
	q.Unit, q.UnitAt, q.Shared, q.To, q.Bound = next.Unit, next.UnitAt, true, q.UnitEnd, next.Bound
	q.boundBefore(r)
	if next.Bound == Equal {
		next.Bound = q.Bound
	}
	return []Quantity{q, next}, next.To
}

// readBare reads a coefficient, which has no measure word: 系数由0.51提高到0.53.
func (q *Quantity) readBare(r []rune) bool {
	fraction := false
	for i := q.Number.From; i < q.Number.To; i++ {
		fraction = fraction || r[i] == '.'
	}
	if !fraction || q.Number.Scaled || isHan(at(r, q.Number.To)) && firstOf(r, q.Number.To, "以上", "以下", "以内", "左右", "提", "降", "增", "升", "减") == 0 {
		return false
	}
	for _, w := range []string{"提高到", "提升到", "提高至", "提升至", "达到", "降到", "降至", "降低到", "下降到", "不低于", "不超过", "控制在", "由", "从"} {
		if hasSuffix(r, q.From, w) {
			q.UnitEnd, q.UnitAt = q.Number.To, Range{q.Number.To, q.Number.To}
			q.readBounds(r)
			return w != "由" && w != "从" || firstOf(r, q.To, "提", "降", "增", "升", "减") > 0
		}
	}
	return false
}

// readShared reads 500、1000、2000元, where the last number lends its unit.
func readShared(r []rune, q Quantity) ([]Quantity, int) {
	list := []Quantity{q}
	for to := q.Number.To; len(list) < 12; {
		if c := at(r, to); c != '、' && c != '和' {
			break
		}
		n, ok := readNumeral(r, to+1)
		if !ok || n.Han {
			break
		}
		next := Quantity{From: n.From, Number: n, Value: n.Value}
		if !next.readUnit(r, n.To) {
			list, to = append(list, next), n.To
			continue
		}
		next.readBounds(r)
		for k := range list {
			list[k].Unit, list[k].UnitAt, list[k].Shared = next.Unit, next.UnitAt, true
			list[k].UnitEnd, list[k].To = list[k].Number.To, list[k].Number.To
			list[k].Bound = next.Bound
			list[k].boundBefore(r)
			if k > 0 && list[k].Bound == Equal {
				list[k].Bound = list[0].Bound
			}
		}
		return append(list, next), next.To
	}
	return nil, max(q.Number.To, q.From+1)
}

// joinedBefore reports that the number at i is part of a name or code: PM2.5, 7×24, 1+3.
func joinedBefore(r []rune, i int) bool {
	switch c := at(r, i-1); {
	case isLatin(c): // PM10 is a name, CT18台 and DR30台 count
		to := skipNumber(r, i)
		return isDigit(at(r, i)) && (unitAt(r, to) == 0 || isLatin(at(r, to)))
	case isDigit(c), c == '.', c == '×', c == '+', c == '/', c == '*':
		return isDigit(at(r, i))
	case c == '-':
		return isDigit(at(r, i-2))
	}
	return false
}

func joinedAfter(r []rune, i int) bool {
	c := at(r, i)
	return c == '×' || c == '+' || c == '*' || c == '/' && isDigit(at(r, i+1))
}

// skipNumber passes the digits at i, so that no part of a number is read as one.
func skipNumber(r []rune, i int) int {
	for isDigit(at(r, i)) || at(r, i) == '.' && isDigit(at(r, i+1)) {
		i++
	}
	return i
}

// readUnit reads the measure word at i. A year of the calendar is none.
func (q *Quantity) readUnit(r []rune, i int) bool {
	n := unitAt(r, i)
	if n == 0 {
		return false
	}
	if at(r, i+n) == '/' && at(r, i+n+1) != '年' && at(r, i+n+1) != '周' && at(r, i+n+1) != '日' { // 微克/立方米, but 2次/年
		if m := unitAt(r, i+n+1); m > 0 {
			n += 1 + m
		}
	}
	q.Unit, q.UnitEnd, q.UnitAt = string(r[i:i+n]), i+n, Range{i, i + n}
	year := q.Value / Scale
	return q.Unit != "年" || q.Number.Scaled || year < 1900 || year > 2199
}

// readRange reads 2-3个 and 60%-70%.
func (q *Quantity) readRange(r []rune) bool {
	n := separator(r, q.Number.To)
	if n == 0 {
		return false
	}
	high, ok := readNumeral(r, q.Number.To+n)
	if !ok || high.Han != q.Number.Han || !q.readUnit(r, high.To) {
		return false
	}
	q.widen(high)
	return q.Max > 0
}

// widen makes the quantity a range up to the second number. 3-5万 counts in 万 at both ends.
func (q *Quantity) widen(high Numeral) {
	low := q.Value
	if high.Scaled && !q.Number.Scaled {
		factor := int64(10_000)
		if high.Value/Scale >= 100_000_000 {
			factor *= 10_000
		}
		if low > maxNumeral/factor {
			return // 555555555555-5万 is no range
		}
		low *= factor
	}
	if high.Value > low {
		q.Value, q.Max, q.Bound = low, high.Value, Between
	}
}

// readBounds reads the words around that make the number a limit.
func (q *Quantity) readBounds(r []rune) {
	q.To = q.UnitEnd
	if q.Max == 0 {
		if n := separator(r, q.To); n > 0 { // 60%-70%
			if high, ok := readNumeral(r, q.To+n); ok && unitAt(r, high.To) > 0 && isDigit(at(r, q.From)) {
				end := high.To + unitAt(r, high.To)
				if string(r[high.To:end]) == q.Unit {
					q.widen(high)
				}
				if q.Max > 0 {
					q.UnitEnd, q.To = end, end
				}
			}
		}
	}
	if q.Max > 0 {
		return
	}
	q.Bound = Equal
	if q.Number.Vague {
		q.Bound = MoreThan
	}
	q.boundBefore(r)
	for _, w := range []struct {
		words []string
		bound Bound
	}{
		{[]string{"及以上", "以上", "或以上"}, AtLeast},
		{[]string{"及以下", "以下", "以内", "之内"}, AtMost},
		{[]string{"左右", "上下"}, Approx},
	} {
		if n := firstOf(r, q.To, w.words...); n > 0 {
			q.Bound, q.To = w.bound, q.To+n
			return
		}
	}
	if at(r, q.To) == '内' && isTime(q.Unit) {
		q.Bound, q.To = AtMost, q.To+1
	}
}

// isTime reports a measure word of time.
func isTime(unit string) bool {
	switch unit {
	case "天", "日", "个工作日", "工作日", "个自然日", "个月", "年", "周", "小时", "个小时", "分钟", "秒", "秒钟":
		return true
	}
	return false
}

// lean is how far before the number a bound word may stand: 至少建成1所, and
// farther where 的 leads from it to the number: 不低于总人数的75%.
const (
	lean    = 6
	longArm = 18
)

// boundBefore reads 不少于, 至少, 超过 and their like before the number.
func (q *Quantity) boundBefore(r []rune) {
	for _, w := range []struct {
		words []string
		bound Bound
		lean  int
	}{
		{[]string{"不少于", "不低于", "不小于", "不得少于", "不得低于", "至少", "最少", "≥", "≧"}, AtLeast, lean},
		{[]string{"最长", "不超过", "不高于", "不多于", "不大于", "不得超过", "不得高于", "最多", "至多", "控制在", "≤", "≦"}, AtMost, 2},
		{[]string{"不足"}, LessThan, 0},
		{[]string{"超过", "突破", "多于", "大于", "高于", "超", ">"}, MoreThan, 1},
		{[]string{"低于", "少于", "小于", "<"}, LessThan, 0},
		{[]string{"大约", "约", "近"}, Approx, 0},
	} {
		reach := w.lean
		if reach == lean && at(r, q.From-1) == '的' {
			reach = longArm
		}
		for back := 0; back <= reach; back++ {
			i := q.From - back
			if c := at(r, i); back > 0 && (endsClause(c) || c == '、' || hanDigit(c) >= 0 || isDigit(c)) {
				break
			}
			for _, word := range w.words {
				if hasSuffix(r, i, word) {
					q.Bound = w.bound
					return
				}
			}
		}
	}
}

// baseReach is how far before a number the 由 or 从 may stand that it starts
// from: 由2020年的60%, 由法定的5个工作日.
const baseReach = 12

// skipBack passes the digits that end at i, backwards.
func skipBack(r []rune, i int) int {
	for isDigit(at(r, i)) {
		i--
	}
	return i
}

// startsBase reports 由 or 从 before the number at i, in its clause.
func startsBase(r []rune, i int) bool {
	for k := i - 1; k >= i-baseReach; k-- {
		switch c := at(r, k); {
		case c == '由' || c == '从':
			return true
		case endsClause(c) || c == '、' || c == '到' || c == '至' || c == ')':
			return false
		}
	}
	return false
}

// readBase finds the quantity before this one that it starts from: 由60%提高到80%.
func (q *Quantity) readBase(r []rune, before []Quantity) {
	if len(before) == 0 {
		return
	}
	b := before[len(before)-1]
	end := q.From
	if hasSuffix(r, end, "年的") { // 提高到2025年的90%
		end = skipBack(r, end-3) + 1
	}
	to := at(r, end-1)
	if !startsBase(r, b.From) || to != '到' && to != '至' && to != '为' || b.Unit != q.Unit || q.From-b.To > 16 {
		return
	}
	for i := b.To; i < q.From; i++ {
		if endsClause(r[i]) {
			return
		}
	}
	q.Base, q.HasBase, q.BaseAt = b.Value, true, b.From
}
