package org

import (
	"regexp"
	"slices"
	"strings"
)

// ListColumn is what a column of a list says about units.
type ListColumn string

const (
	NotRead        ListColumn = ""
	CountyColumn   ListColumn = "county"   // 县（市、区）
	TownshipColumn ListColumn = "township" // 乡镇（街道）
	VillageColumn  ListColumn = "village"  // 村（社区）
	DirectColumn   ListColumn = "direct"   // 直属单位
	DivisionColumn ListColumn = "division" // 处室
	NameColumn     ListColumn = "name"     // 名称, of a unit of whatever level
	ParentColumn   ListColumn = "parent"   // 上级, by name or by code
	LevelColumn    ListColumn = "level"    // 级别
	CodeColumn     ListColumn = "code"     // 代码
	BodyColumn     ListColumn = "body"     // 工作机构
	ContactColumn  ListColumn = "contact"  // 联系方式
)

// ListColumns are all of them, in the order in which they are offered.
var ListColumns = []ListColumn{NotRead, CountyColumn, TownshipColumn, VillageColumn, NameColumn, ParentColumn, LevelColumn, CodeColumn, BodyColumn, ContactColumn, DirectColumn, DivisionColumn}

// levelOf is the level of the units that a column holds, if it is for one level.
var levelOf = map[ListColumn]Level{CountyColumn: County, TownshipColumn: Township, VillageColumn: Village, DirectColumn: Direct, DivisionColumn: Division}

// ListForm says how the cells of a list are read.
type ListForm struct {
	Head      int          // rows above the first unit: a title, the heads
	Columns   []ListColumn // from the left
	AsWritten bool         // names that look mistyped are right as they are
}

// heads finds what a column holds by the words above it, without blanks and brackets.
// The first that fits counts.
var heads = []struct {
	words  *regexp.Regexp
	column ListColumn
}{
	{regexp.MustCompile(`^(序号?|编号|行号|备注|说明|邮编|邮政编码|面积|人口.*|户数|负责人.*|书记|主任|省份?|[省市]名称?|地市|地级市|所属市|城乡分类.*)$`), NotRead},
	{regexp.MustCompile(`(代码|编码|区划码|统计码|区划代号)$`), CodeColumn},
	{regexp.MustCompile(`^(上级|隶属|主管|归属|所属(单位|上级)|上一级|父级)`), ParentColumn},
	{regexp.MustCompile(`^(单位|行政|机构|区划)?(级别|层级|等级|类型|类别|级次)$`), LevelColumn},
	{regexp.MustCompile(`^(工作|承办|办事|文化|具体)?(工作机构|承办(单位|机构)|文化站|工作单位|经办单位|责任科室)$`), BodyColumn},
	{regexp.MustCompile(`(联系|电话|手机)`), ContactColumn},
	{regexp.MustCompile(`^(所属|所在)?[县市区旗]+级?(名称?|单位|行政区)?$`), CountyColumn},
	{regexp.MustCompile(`^(所属|所在)?(乡|镇|街道|街|办事处|苏木|场)+级?(名称?|单位)?$`), TownshipColumn},
	{regexp.MustCompile(`^(所属|所在)?(行政|建制)?(村|社区|居|委会|居委会|村委会|村民|居民|委员会|嘎查)+级?(名称?|单位)?$`), VillageColumn},
	{regexp.MustCompile(`^(局属|直属|下属)(事业)?单位(名称)?$`), DirectColumn},
	{regexp.MustCompile(`^(内设)?(处室|科室|机关科室|内设机构)(名称)?$`), DivisionColumn},
	{regexp.MustCompile(`^(单位|机构|地区|行政区划?|区划|地方|全)?(名称?|名字|单位|全称|名称全称)$`), NameColumn},
}

var unbracketed = strings.NewReplacer("（", "", "）", "", "(", "", ")", "", "、", "", "/", "", " ", "", "·", "", "*", "", "：", "", ":", "")

// HeadOf finds what a head says of its column.
func HeadOf(words string) (ListColumn, bool) {
	if c := ListColumn(words); c != NotRead && slices.Contains(ListColumns, c) {
		return c, true
	}
	words = unbracketed.Replace(words)
	for _, h := range heads {
		if h.words.MatchString(words) {
			return h.column, true
		}
	}
	return NotRead, false
}

// mostHeadRows is how many rows from the top may hold a title and the heads.
const mostHeadRows = 5

// GuessForm finds out how a list is read: by its heads, or where it has none by what
// its cells look like.
func GuessForm(c *Cells) ListForm {
	best, at := 0, -1
	for r := range min(c.Rows(), mostHeadRows) {
		known := 0
		for k := range c.Width() {
			if _, ok := HeadOf(c.At(r, k)); ok {
				known++
			}
		}
		if known > best {
			best, at = known, r
		}
	}
	f := ListForm{Head: at + 1, Columns: make([]ListColumn, c.Width())}
	for k := range f.Columns {
		if at >= 0 {
			f.Columns[k], _ = HeadOf(c.At(at, k))
		}
	}
	if at < 0 || !slices.ContainsFunc(f.Columns, func(k ListColumn) bool { return levelOf[k] != "" || k == NameColumn }) {
		looks := looksOf(c, f.Head)
		for k := range f.Columns {
			if f.Columns[k] == NotRead {
				f.Columns[k] = looks[k]
			}
		}
	}
	f.onlyOnce()
	return f
}

// onlyOnce keeps one column of each kind: the first, and of codes the last, which is
// that of the lowest unit.
func (f *ListForm) onlyOnce() {
	seen := map[ListColumn]int{}
	for k, column := range f.Columns {
		before, twice := seen[column]
		switch {
		case column == NotRead:
		case twice && column == CodeColumn:
			f.Columns[before] = NotRead
			seen[column] = k
		case twice:
			f.Columns[k] = NotRead
		default:
			seen[column] = k
		}
	}
}

var (
	countyEnds   = regexp.MustCompile(`[县市区旗]$`)
	townshipEnds = regexp.MustCompile(`([乡镇]|街道|街道办|办事处|苏木|农场|林场)$`)
	villageEnds  = regexp.MustCompile(`(村|社区|居委会|村委会|委员会|嘎查|屯)$`)
	codeForm     = regexp.MustCompile(`^([0-9]{6}|[0-9]{9}|[0-9]{12})$`)
	phoneForm    = regexp.MustCompile(`^(1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8}|[0-9]{7,8})$`)
)

// looksOf says what each column looks like from its first cells.
func looksOf(c *Cells, head int) []ListColumn {
	looks := []struct {
		fits   func(string) bool
		column ListColumn
	}{
		{codeForm.MatchString, CodeColumn},
		{phoneForm.MatchString, ContactColumn},
		{func(w string) bool { return levelWords[w] != "" }, LevelColumn},
		{villageEnds.MatchString, VillageColumn},
		{townshipEnds.MatchString, TownshipColumn},
		{countyEnds.MatchString, CountyColumn},
	}
	out := make([]ListColumn, c.Width())
	mixed := 0
	for k := range out {
		worded, words, fits := 0, 0, make([]int, len(looks))
		for r := head; r < min(c.Rows(), head+200); r++ {
			w := c.At(r, k)
			if w == "" {
				continue
			}
			worded++
			if strings.ContainsFunc(w, func(r rune) bool { return r > 0x2e80 }) {
				words++
			}
			for i, l := range looks {
				if l.fits(w) {
					fits[i]++
				}
			}
		}
		for i, l := range looks {
			if worded > 0 && fits[i]*10 >= worded*8 && out[k] == NotRead {
				out[k] = l.column
			}
		}
		if out[k] == NotRead && words*2 > worded && mixed < 2 {
			out[k] = []ListColumn{NameColumn, ParentColumn}[mixed]
			mixed++
		}
	}
	return out
}

// levelWords are the words by which lists call the levels.
var levelWords = map[string]Level{
	"县": County, "市": County, "区": County, "县级": County, "县区": County, "县市区": County, "区县": County, "县级市": County, "市辖区": County, "旗": County, "县（市、区）": County,
	"乡": Township, "镇": Township, "街道": Township, "乡级": Township, "乡镇": Township, "镇街": Township, "乡镇级": Township, "街道办事处": Township, "乡镇（街道）": Township, "街道办": Township,
	"村": Village, "社区": Village, "村级": Village, "居委会": Village, "村委会": Village, "行政村": Village, "建制村": Village, "村居": Village, "村（社区）": Village,
	"county": County, "township": Township, "village": Village, "direct": Direct, "division": Division,
	"直属单位": Direct, "局属单位": Direct, "事业单位": Direct, "处室": Division, "科室": Division, "内设机构": Division, "局": Bureau,
}

// guessLevel is what the end of a name says about the level; empty where it says nothing.
func guessLevel(name string) Level {
	switch {
	case villageEnds.MatchString(name):
		return Village
	case townshipEnds.MatchString(name):
		return Township
	case countyEnds.MatchString(name):
		return County
	}
	return ""
}
