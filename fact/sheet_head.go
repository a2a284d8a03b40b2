package fact

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"luoshi/org"
)

// SheetColumn is what a column of a sheet says.
type SheetColumn string

const (
	SheetNotRead   SheetColumn = ""
	SheetUnitWords SheetColumn = "unit"      // 单位; several of them from the top down: 县, 乡镇, 村
	SheetDayWords  SheetColumn = "day"       // 日期, or 日 beside 月
	SheetMonthPart SheetColumn = "month"     // 月 beside 日
	SheetYearPart  SheetColumn = "year"      // 年 beside 月
	SheetQuantity  SheetColumn = "quantity"  // 数量, or what the head names
	SheetIndicator SheetColumn = "indicator" // 指标: what the row's number counts
	SheetSubject   SheetColumn = "subject"   // 对象: the thing or the person
	SheetPlace     SheetColumn = "place"     // 地点
	SheetKey       SheetColumn = "fact"      // 事实编号, which Luoshi wrote
)

// SheetExportHeads are the heads of a sheet that Luoshi writes, and that it knows again
// by the last: a row whose fact has not changed is nothing new.
var SheetExportHeads = []string{"单位", "日期", "指标", "数量", "对象", "事实编号"}

// SheetColumns are all of them, in the order in which they are offered.
var SheetColumns = []SheetColumn{SheetNotRead, SheetUnitWords, SheetDayWords, SheetQuantity, SheetIndicator, SheetSubject, SheetPlace, SheetMonthPart, SheetYearPart, SheetKey}

// SheetHead is a column with what its head says.
type SheetHead struct {
	Words     string      `json:"words"` // of its heads from the top down, joined by /
	Says      SheetColumn `json:"says,omitempty"`
	Indicator string      `json:"indicator,omitempty"` // of numbers: what they count; empty where a column or the context says it
	Month     int         `json:"month,omitempty"`     // of numbers: those of this month
	Year      int         `json:"year,omitempty"`      // of that month, where the head says it
	Measure   string      `json:"measure,omitempty"`
	Scale     int64       `json:"scale,omitempty"`     // 10,000 under 万册
	FillDown  bool        `json:"fill_down,omitempty"` // an empty cell says what the one above says
}

// sheetHeads find what a column says by the last words above it, without blanks and
// brackets. The first that fits counts.
var sheetHeads = []struct {
	words *regexp.Regexp
	says  SheetColumn
}{
	{regexp.MustCompile(`^(事实编号|fact)$`), SheetKey},
	{regexp.MustCompile(`^(序号?|编号|行号|备注|说明|no|填报?人|填表人|经办人?|负责人|联系人|责任人|联系电话|电话|手机|签[名字].*|审核.*|身份.*|年龄|性别|影片.*|片名|节目.*|剧目.*|天气|照片|佐证.*|instant|state|class|corrects)$`), SheetNotRead},
	{regexp.MustCompile(`^(年|年份|年度)$`), SheetYearPart},
	{regexp.MustCompile(`^(月|月份)$`), SheetMonthPart},
	{regexp.MustCompile(`^(日|day|.*日期|(活动|放映|演出|发生|举办|开展|培训|服务|送书)?时间|年月日)$`), SheetDayWords},
	{regexp.MustCompile(`^(指标(名称)?|统计指标|项目(名称)?|(活动|服务)?(类别|类型)|事项|indicator)$`), SheetIndicator},
	{regexp.MustCompile(`^(对象(名称|编号)?|姓名|船名|船号|船名号|渔船.*|书屋(名称|编号)?|学员.*|户主|人员|subject)$`), SheetSubject},
	{regexp.MustCompile(`^((活动|放映|演出|举办|培训)?(地点|场所|地址)|place)$`), SheetPlace},
	{regexp.MustCompile(`^((填报|报送|报告|责任|所属|实施|承办|组织)?单位(名称)?|unit|自然村|村组|村名|所在村|所属村)$`), SheetUnitWords},
	{regexp.MustCompile(`^(数量|数|数值|值|完成数?|完成数量|完成情况|实际完成数?|本[月期](数|数量|完成|完成数|发生数?)?|当[月期](数|完成数?)?|quantity)$`), SheetQuantity},
}

var (
	sheetSumHead    = regexp.MustCompile(`合计|小计|总计|累计|共计|全年|上半年|下半年|季度|^总数$`)
	sheetTargetHead = regexp.MustCompile(`任务数?$|目标|计划|完成率|百分比|比例|比重|占比|同比|环比|增长|上年|去年|%`)
	sheetCounted    = regexp.MustCompile(`(场|册|人|件|艘|台|套|期|间|座)[次数]$|[次个]数$|数量$|^(场|册|人|件|艘|台|套|个|次|期)$`)
	sheetMonthHead  = regexp.MustCompile(`^(?:([0-9]{4})[年.\-/])?([0-9]{1,2})月(?:份|完成数?|数)?$`)
	sheetMeasured   = regexp.MustCompile(`\((?:单位:)?(万|千)?(` + sheetMeasureWords + `)\)`)
	sheetTitleScale = regexp.MustCompile(`(?:^|[ (])单位 ?: ?(万|千)(` + sheetMeasureWords + `)(?:$|[ )])`)
	sheetBrackets   = regexp.MustCompile(`\([^()]*\)`)

	sheetAnyBrackets = regexp.MustCompile(`[(（][^()（）]*[)）]`)
)

// sheetMeasureWords are what a head counts in. Others in brackets, as in 行政村（社区）,
// are no measures.
const sheetMeasureWords = `元|场次?|人次?|册次?|次|个|家|所|座|间|支|件次?|台|套|艘|条|部|幅|户|名|期|篇|处|天|小时|本|种|平方米|课时|班次`

// sheetHeadOf says what a column is by the words above it, from the top down. known is
// false where they say nothing.
func sheetHeadOf(path []string) (h SheetHead, known bool) {
	h.Words = strings.Join(path, "/")
	if len(path) == 0 {
		return h, true
	}
	var plain, bare, names []string
	for _, w := range path {
		names = append(names, strings.Trim(sheetAnyBrackets.ReplaceAllString(w, ""), ":：*"))
		w = strings.ToLower(sheetTight(w))
		if m := sheetMeasured.FindStringSubmatch(w); m != nil && !sheetMonthHead.MatchString(w) {
			h.Measure, h.Scale = m[2], sheetScale(m[1])
		}
		plain, bare = append(plain, w), append(bare, strings.Trim(sheetBrackets.ReplaceAllString(w, ""), ":*"))
	}
	last := bare[len(bare)-1]
	if last == "" {
		last = plain[len(plain)-1]
	}
	for _, w := range plain {
		if sheetSumHead.MatchString(w) || sheetTargetHead.MatchString(w) {
			return h, true
		}
	}
	if m := sheetMonthHead.FindStringSubmatch(sheetHanToDigits(last)); m != nil {
		h.Year, _ = strconv.Atoi(m[1])
		if h.Month, _ = strconv.Atoi(m[2]); h.Month >= 1 && h.Month <= 12 {
			h.Says, h.Indicator = SheetQuantity, strings.Join(names[:len(names)-1], "/")
			return h, true
		}
		h.Month = 0
	}
	for _, k := range sheetHeads {
		if k.words.MatchString(last) {
			if h.Says = k.says; h.Says == SheetQuantity {
				h.Indicator = strings.Join(names[:len(names)-1], "/")
			}
			return h, true
		}
	}
	if sheetCounted.MatchString(last) {
		h.Says, h.Indicator = SheetQuantity, strings.Join(names, "/")
		return h, true
	}
	if c, ok := org.HeadOf(last); ok {
		switch c {
		case org.CountyColumn, org.TownshipColumn, org.VillageColumn, org.NameColumn, org.DirectColumn, org.DivisionColumn, org.ParentColumn:
			h.Says = SheetUnitWords
		}
		return h, true
	}
	if h.Measure != "" || h.Scale > 1 {
		h.Says = SheetQuantity
	}
	h.Indicator = strings.Join(names, "/")
	return h, h.Says != SheetNotRead
}

func sheetScale(word string) int64 {
	return map[string]int64{"百": 100, "千": 1000, "万": 10_000}[word]
}

// sheetTop is where the heads of a sheet stand.
type sheetTop struct {
	row, rows int
	heads     []SheetHead
	known     []bool
	score     int
}

// mostSheetTop is how many rows from the top may hold title and heads, and
// mostSheetHeads how many rows of heads there may be.
const mostSheetTop, mostSheetHeads = 15, 3

// mostSheetColumns is how wide a sheet may be.
const mostSheetColumns = 300

// sheetTops are the rows in which heads may stand.
func (s *Sheet) sheetTops() (out []sheetTop) {
	if s.width > mostSheetColumns {
		return nil
	}
	for r := range min(s.Rows(), mostSheetTop) {
		if s.ownWords(r) < 2 {
			continue
		}
		t := sheetTop{row: r, rows: 1}
		for t.rows < mostSheetHeads && s.headGoesOn(r+t.rows) {
			t.rows++
		}
		for k := range s.width {
			path := s.headPath(t, k)
			h, known := sheetHeadOf(path)
			t.heads, t.known = append(t.heads, h), append(t.known, known)
			switch {
			case len(path) == 0:
			case sheetLooksValue(path[len(path)-1]):
				t.score -= 3
			case !known:
			case h.Says == SheetKey:
				t.score += 5
			case h.Says == SheetUnitWords || h.Says == SheetDayWords:
				t.score += 3
			case h.Says == SheetQuantity:
				t.score += 2
			default:
				t.score++
			}
		}
		out = append(out, t)
	}
	return out
}

// ownWords counts the cells of a row that have words and are its own.
func (s *Sheet) ownWords(r int) (n int) {
	for k, c := range s.rows[r] {
		if c.words != "" && (k == 0 || !s.same(r, k-1, r, k)) {
			n++
		}
	}
	return n
}

// same reports one cell that is merged over two places.
func (s *Sheet) same(r, k, row, column int) bool {
	a, b := s.at(r, k), s.at(row, column)
	return a.row == b.row && a.column == b.column && a.row > 0
}

// headGoesOn reports that the heads above go on in a row: the one above has cells that
// are merged over several columns or down into it, or gaps that it fills, and it holds
// no values.
func (s *Sheet) headGoesOn(r int) bool {
	if r >= s.Rows() {
		return false
	}
	merged, filled, own, left := false, false, 0, false
	for k, c := range s.rows[r] {
		above := s.at(r-1, k)
		switch {
		case s.same(r-1, k, r, k):
			merged = merged || c.words != ""
			left = true
			continue
		case sheetLooksValue(c.words):
			return false
		case c.words != "":
			own++
			merged = merged || above.wide
			filled = filled || above.words == "" && left
		}
		left = left || above.words != ""
	}
	return own > 0 && (merged || filled && s.gapsFit(r))
}

// gapsFit reports that a row without merged cells fills gaps of the one above and leaves
// out others: 村 | 放映 | (empty) over (empty) | 场次 | 人次.
func (s *Sheet) gapsFit(r int) bool {
	for k := range s.width {
		if s.at(r-1, k).words != "" && s.at(r, k).words == "" {
			return true
		}
	}
	return false
}

var sheetValue = regexp.MustCompile(`^[0-9][0-9,.]*$`)

// sheetLooksValue reports words that no head has: a number or a whole day.
func sheetLooksValue(words string) bool {
	w := sheetPlain(words)
	return sheetValue.MatchString(w) || sheetFullDay.MatchString(w)
}

// headPath is the words above a column from the top down, each cell once. In a row that
// is not the last a gap goes on with what stands to its left, if the row below has words.
func (s *Sheet) headPath(t sheetTop, k int) (path []string) {
	for r := t.row; r < t.row+t.rows; r++ {
		if r > t.row && s.same(r-1, k, r, k) {
			continue
		}
		words := s.at(r, k).words
		if words == "" && r+1 < t.row+t.rows && s.at(r+1, k).words != "" {
			for l := k - 1; l >= max(0, k-mostSheetColumns/4) && words == "" && s.at(r+1, l+1).words != ""; l-- {
				words = s.at(r, l).words
			}
		}
		if words = sheetName(words); words != "" && !slices.Contains(path, words) {
			path = append(path, words)
		}
	}
	return path
}
