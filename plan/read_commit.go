package plan

import (
	"sort"
	"strings"

	"luoshi/document"
)

// partNouns are what a plan or a thing has so and so many of by its make: they
// are counted by nobody.
var partNouns = []string{"方面", "阶段", "环节", "部分", "步骤", "层面", "层次", "维度", "要素", "类别", "板块", "原则", "坚持", "确保", "意识", "自信",
	"维护", "结合", "转变", "统一", "到位", "领域", "问题", "专项", "专班", "工作组", "督导组", "检查组", "考核组", "小组", "设区市", "地级市", "市州", "重点领域", "重点环节", "重点方面", "关键", "导向", "必须", "不准", "严禁", "一律", "文件", "举措", "措施"}

// divisions of the country and of an office: so many of them are a fact.
var divisions = []string{"市", "县", "区", "乡镇", "乡", "镇", "街道", "村", "社区", "行政村", "省", "州", "旗", "部门", "单位"}

// isMoney reports a unit that counts money.
func isMoney(unit string) bool { return strings.HasSuffix(unit, "元") }

// commits tells whether somebody is bound to reach the quantity. Dates, names,
// parts, qualifiers, facts, rates of grants and legal thresholds bind nobody.
func (r *reader) commits(q document.Quantity) bool {
	if r.view.Lit(q.From) || r.inNumberOfDocument(q) || r.ranks(q) || r.inAnnexList(q.From) || r.onPage(q.From) || r.defines(q.From) {
		return false
	}
	for _, h := range r.headAt(q.From) {
		if q.From < h.TitleAt.Start {
			return false // part of a counter
		}
	}
	if q.Number.Han && !r.hanCommits(q) {
		return false
	}
	if r.view.InTable(q.From) {
		if may, must := r.countsInCell(q.From); !may || must {
			return must && !r.isPart(q)
		}
	}
	if r.told(q) || r.isPart(q) || r.qualifies(q) || r.granted(q) {
		return false
	}
	switch q.Unit {
	case "秒", "秒钟":
		return q.Bound == document.AtMost
	case "岁", "周岁", "级", "层", "步", "句", "版", "度", "里", "校", "村", "镇", "县", "届":
		return false
	case "字", "页":
		return q.Bound == document.AtLeast || q.Value >= 1000*document.Scale && q.Bound != document.AtMost
	case "分", "成", "倍":
		if q.Bound == document.LessThan {
			return false
		}
		return q.Bound != document.Equal || r.changes(q)
	case "年":
		return q.Bound == document.AtMost && r.ends(q.From, "不超过", "缩短至", "压缩至", "控制在")
	case "日":
		if q.Bound == document.Equal && r.rune(q.From-1) == '、' { // 每月10日、25日
			return false
		}
		return r.limitsTime(q)
	case "周", "天", "个工作日", "工作日", "个自然日", "个月", "小时", "个小时", "分钟", "课时", "学时":
		return r.limitsTime(q)
	}
	return true
}

// ranks reports a number that only ranks or spans: 前3名, 近三年, 满5年, 分两期.
func (r *reader) ranks(q document.Quantity) bool {
	switch {
	case r.ends(q.From, "按"):
		return q.Unit != "%"
	case r.ends(q.From, "第", "满", "满分", "连续", "最后", "楼"):
		return true
	case r.ends(q.From, "前", "后"):
		return !r.dateEnds(q.From) && (q.Unit == "名" || q.Unit == "位" || q.Unit == "个" || q.Unit == "家" || r.starts(q.UnitEnd, "内") && q.Unit == "年")
	case r.ends(q.From, "近"):
		return q.Unit == "年" || q.Unit == "个月" || q.Unit == "天"
	case r.ends(q.From, "分"):
		return r.starts(q.UnitEnd, "季度", "阶段", "批次", "年度", "步") || q.Unit == "期" || q.Unit == "批" || q.Unit == "组" || q.Unit == "类" || q.Unit == "年"
	}
	return false
}

// dateEnds reports a date that ends at i: 年底前 before 30个.
func (r *reader) dateEnds(i int) bool {
	k := r.dateFrom(i) - 1
	return k >= 0 && r.dates[k].To == i
}

// making are verbs that bring about what is counted behind them.
var making = []string{"新建", "建成", "建设", "打造", "创建", "培育", "组建", "举办", "开办", "培训", "完成", "新增", "改造", "引进", "扶持", "配备", "设立", "确定", "组织", "开展", "建立", "评选", "推出", "安装", "修建", "开发", "形成", "招聘", "储备", "建有", "恢复", "选拔", "放映", "设项目", "评出", "授予", "演出", "消除", "遴选", "发放", "招募", "送戏", "送书", "送图书", "送电影", "送文化", "安排"}

// hanCommits reports a quantity in Han numerals that is one: with a limit, a
// period, or a number that is no turn of phrase. 一批 and 三个阶段 are none.
func (r *reader) hanCommits(q document.Quantity) bool {
	if q.Unit == "%" {
		return true
	}
	if q.HasBase {
		return true
	}
	switch q.Unit {
	case "批", "种", "类", "体", "大":
		return q.Bound != document.Equal && q.Number.Value > document.Scale
	case "部", "分":
		if r.starts(q.UnitEnd, "分", "之") {
			return false
		}
	}
	if q.Unit == "档" || q.Unit == "成" && q.Bound == document.Equal || r.starts(q.UnitEnd, "性") && q.Unit == "次" {
		return false
	}
	if r.rune(q.From-1) == '每' && q.Number.Value == document.Scale {
		return false // 每一个村 names the villages, it counts none
	}
	from, _ := r.clause(q.From)
	before := r.words(from, q.From)
	if q.Bound != document.Equal || q.Number.Value >= 100*document.Scale || strings.Contains(before, "每") {
		return true
	}
	start, _ := r.view.Sentence(q.From)
	listed := r.rune(q.From-1) != '、' && r.committed > start && (strings.Contains(r.words(start, q.From), "其中") || r.rune(from-1) == ',' || strings.Contains(before, "、"))
	if r.ends(q.From, "达到", "增加到", "增至", "提高到", "扩大到") {
		return true
	}
	if q.Number.Value == document.Scale && r.ends(q.From, "建成", "新建") {
		return true
	}
	return q.Number.Value >= 2*document.Scale && (listed || containsAny(before, making...))
}

// isPart reports a number of parts or of divisions of the country.
func (r *reader) isPart(q document.Quantity) bool {
	switch q.Unit {
	case "个", "大", "项", "类", "种", "条", "家", "点":
	default:
		return false
	}
	after := q.To
	if from, _ := r.clause(max(q.From-1, 0)); q.Unit == "项" && r.rune(q.From-1) == '(' && r.rune(after) == ')' && !containsAny(r.words(from, q.From), "新建", "建成", "完成", "新增") {
		return true // a heading counts what is below it: （5项）
	}
	if r.starts(after, "重点", "主要", "关键") && r.starts(after+2, "工作", "任务", "事项") {
		return true
	}
	if r.starts(after, "重点", "主要", "关键", "工作") && r.starts(after+2, partNouns...) || r.starts(after, partNouns...) {
		return true
	}
	from, _ := r.clause(q.From)
	before := r.words(from, q.From)
	if q.Bound == document.Equal && containsAny(before, "对照", "围绕", "按照", "对标", "涉及", "涵盖", "分解到", "覆盖到") && !containsAny(before, making...) {
		return true
	}
	if r.ends(q.From, "全省", "全市", "全县", "全区", "全州", "全镇", "全乡", "所有", "分赴") && r.starts(after, divisions...) {
		return true
	}
	if q.Bound != document.Equal || !r.isDivision(after) {
		return false
	}
	return r.ends(q.From, "共", "共有", "共计", "辖") || before == "" || strings.HasSuffix(before, "和") && !containsAny(before, making...)
}

// isDivision reports that nothing but a division stands at i: 12个乡镇, not 1个省大项目.
func (r *reader) isDivision(i int) bool {
	for _, w := range divisions {
		if r.starts(i, w) {
			if c := r.rune(i + len([]rune(w))); c < 0x3400 || c > 0x9fff || strings.ContainsRune("和及等共均直", c) {
				return true
			}
		}
	}
	return false
}

// conditions begin clauses that say what something applies to.
var conditions = []string{"对", "凡", "如", "若", "因", "未", "发生", "逾期", "连续", "经", "被", "受"}

// notWhen end words that are no condition although 时 ends them.
var notWhen = []string{"学时", "课时", "小时", "工时", "及时", "按时", "同时", "实时", "随时", "临时", "即时", "准时", "平时"}

// whenReached reports a level at which something else begins: 水位达到10.5米时, also
// in a list of levels before 时.
func (r *reader) whenReached(q document.Quantity, to int) bool {
	if r.rune(to-1) == '时' && (r.rune(to) == ',' || r.rune(to) == ';') && to-1 >= q.To && !r.ends(to, notWhen...) {
		return true
	}
	end := q.To
	k := sort.Search(len(r.quantities), func(k int) bool { return r.quantities[k].From > q.From })
	for ; k < len(r.quantities) && r.quantities[k].From == end+1 && strings.ContainsRune("、和或及/", r.rune(end)) && end < to; k++ {
		end = r.quantities[k].To
	}
	return r.starts(end, "时") && !r.starts(end, "时限", "时间")
}

// startsFrom reports a number that something starts from which then ends without
// a number: 由3个工作日压减为即办件.
func (r *reader) startsFrom(q document.Quantity, to int) bool {
	return r.ends(q.From, "由", "从") && !r.numbered(q.To, to) && containsAny(r.words(q.To, to), changed...)
}

// purposes follow 的 behind a number that is to be reached: 超过60%的目标.
var purposes = []string{"目标", "任务", "要求", "比例", "标准", "速度", "增速", "经费", "资金"}

// qualifies reports a number that only says which things are meant: 5亿元以上企业,
// 60万人以上的县, 不足500人的村, 对滞后10个百分点以上的.
func (r *reader) qualifies(q document.Quantity) bool {
	from, to := r.clause(q.From)
	before := r.words(from, q.From)
	if r.rune(to-1) == '的' && (r.rune(to) == ',' || r.rune(to) == ';') && (startsWithAny(before, conditions...) || q.Bound == document.LessThan) {
		return true
	}
	if isMoney(q.Unit) && r.starts(q.To, "企业", "项目", "单位", "工业企业", "大项目") {
		return true
	}
	if r.starts(q.To, "范围") || r.ends(q.From, "涉及的", "涉及", "现行") || q.Unit == "分" && containsAny(r.words(from, to), "优秀", "良好", "合格", "挂牌", "等次") {
		return true
	}
	if r.whenReached(q, to) || containsAny(r.words(from, to), "可容纳", "能容纳", "方可") || containsAny(before, "进度落后", "落后计划", "滞后") || r.starts(q.To+2, "中的") {
		return true
	}
	if containsAny(before, "每少", "每多", "每超", "每逾期", "每迟") || r.startsFrom(q, to) {
		return true
	}
	if q.Bound == document.LessThan && r.starts(q.To, "且", "或") || r.describes(q, to) {
		return true
	}
	if r.starts(q.To, "的") {
		after := q.To + 1
		switch {
		case q.To > q.UnitEnd && (r.rune(after) == ',' || r.rune(after) == ';'):
			return true
		case r.starts(after, "一律", "不得", "不予", "取消"):
			return true
		case r.starts(after, purposes...):
		case q.To == q.UnitEnd && isMoney(q.Unit):
			return true
		case q.Bound == document.LessThan || q.Bound == document.MoreThan && !q.Number.Vague:
			return true
		case q.Unit == "%" && q.Bound == document.AtLeast:
			return startsWithAny(before, conditions...)
		case containsAny(before, "满足", "储备", "备足", "保障"):
		case containsAny(before, making...) && !isMoney(q.Unit) && q.Unit != "人":
		case (q.Bound == document.AtLeast || q.Bound == document.AtMost && q.Unit == "人") && q.Unit != "%" && q.To > q.UnitEnd:
			return !r.ends(q.From, "不少于", "不低于", "至少", "不小于")
		}
	}
	if q.To == q.UnitEnd || q.Bound != document.AtLeast && q.Bound != document.AtMost {
		return false
	}
	if r.starts(q.To, "为", "不足", "且", "至") {
		return true
	}
	switch q.Unit {
	case "元", "人", "户", "米", "吨", "千瓦", "万元", "亿元", "美元", "张", "平方公里", "平方米", "立方米", "千伏":
	case "年", "个月", "天", "日", "小时":
		if q.Bound == document.AtMost { // 6个月内 is a limit
			return false
		}
	default:
		return false
	}
	if q.Unit == "张" || q.Unit == "人" || q.Unit == "户" {
		return r.rune(q.To) > 0x3400 && r.ends(q.To, "以上", "以下") && !r.starts(q.To, "参", "赴", "到", "取", "获", "通", "开", "接", "掌", "为", "和", "及") && !containsAny(before, making...)
	}
	return r.rune(q.To) > 0x3400 && !r.starts(q.To, "用于", "投入", "并", "以", "资金", "补")
}

// sizes are units of what a thing is, not of how many there are.
var sizes = map[string]bool{"毫米": true, "厘米": true, "千伏": true, "千伏安": true, "马力": true, "兆": true, "英寸": true}

// describes reports a number that belongs to the name of what a later number of
// the clause counts: 16毫米放映机5台, 7项指标达标率分别达到85%.
func (r *reader) describes(q document.Quantity, to int) bool {
	if q.Bound != document.Equal || !(r.rune(q.To) > 0x3400) {
		return false
	}
	if sizes[q.Unit] {
		return r.numbered(q.To, to)
	}
	if q.Unit != "项" && q.Unit != "类" && (q.Unit != "个" || !r.beginsClause(q.From) && r.rune(q.From-1) != '、') {
		return false
	}
	rest := r.words(q.To, to)
	k := sort.Search(len(r.quantities), func(k int) bool { return r.quantities[k].From >= q.To })
	return k < len(r.quantities) && r.quantities[k].From < to && containsAny(rest, "分别", "达到", "率", "不低于", "控制在")
}

// notRates hold a word of rates and are none.
var notRates = strings.NewReplacer("担保费", "", "保费收入", "", "收费公路", "")

// granted reports a rate or amount that is paid or charged.
func (r *reader) granted(q document.Quantity) bool {
	if !isMoney(q.Unit) && q.Unit != "%" && q.Unit != "倍" {
		return false
	}
	from, to := r.clause(q.From)
	words := notRates.Replace(r.words(from, to))
	rates := []string{"给予", "贴息", "上浮", "下浮", "奖励", "奖补", "资助", "补助", "补贴"}
	if isMoney(q.Unit) {
		rates = append(rates, "罚款", "一次性", "每人每月", "收费", "票价", "保费", "奖金", "标准为", "的标准")
	}
	if containsAny(words, rates...) {
		return !containsAny(words, "资金不", "安排", "筹集", "统筹", "覆盖", "比例", "到位率", "发放率", "兑现率")
	}
	if q.Unit == "%" && (r.starts(q.To, "的比例给", "的标准给") || r.ends(q.From, "年的", "年度的") && !q.HasBase && !containsAny(words, changed...)) {
		return true
	}
	if containsAny(words, "安排", "投入", "筹集", "配套", "统筹", "总投资", "资金", "预算", "比例", "贷款", "投资", "产值", "收入", "营业", "销售", "融资", "增长", "率") {
		return false
	}
	start, end := r.view.Sentence(q.From)
	return isMoney(q.Unit) && containsAny(r.words(start, end), "补助", "补贴", "奖补", "资助", "罚款", "给予奖励", "奖励")
}

// changes reports words of growth before the number.
func (r *reader) changes(q document.Quantity) bool {
	from, _ := r.clause(q.From)
	return containsAny(r.words(from, q.From), "增长", "提高", "达到", "提升", "扩大", "翻", "增加", "压减", "减少", "下降", "降低")
}

// limitsTime reports a time within which something is done, or that is spent
// again and again; 24小时 and 15分钟 in names are none.
func (r *reader) limitsTime(q document.Quantity) bool {
	if r.ends(q.From, "月", "月的", "月末", "季末") { // a day of the month
		return false
	}
	from, to := r.clause(q.From)
	before := r.words(from, q.From)
	if r.starts(q.To, "后") {
		return false
	}
	if q.Bound != document.Equal || r.period(from, q.From) != nil {
		return !r.ends(q.From, "放宽至")
	}
	if !q.Number.Han && (r.ends(q.From, "延长至", "延长到") || r.starts(q.To, "出", "办结", "送达", "响应", "反馈", "到达", "赶到")) {
		return true
	}
	if q.HasBase || r.limitFollows(q, to) {
		return true
	}
	if q.Number.Han {
		return false
	}
	if strings.HasSuffix(q.Unit, "工作日") && strings.Contains(before, "后") {
		return true
	}
	return containsAny(before, "之日起", "不得晚于", "不晚于", "不迟于", "时效", "用时") || containsAny(r.words(from-6, q.From), "时限:", "每次", "每期", "每批", "公示", "公告", "限期", "备足", "储备") || containsAny(r.words(from, min(to, q.To+6)), "压缩", "缩短", "减至", "压减", "控制", "办结", "提前", "不少于", "减少到", "时限")
}

// longestAnnexList is the most annexes that a list names.
const longestAnnexList = 20

// limitFollows reports that a later time of the clause has the 内 that this one
// shares: 咨询1个工作日、投诉5个工作日内反馈.
func (r *reader) limitFollows(q document.Quantity, to int) bool {
	k := sort.Search(len(r.quantities), func(k int) bool { return r.quantities[k].From > q.From })
	for ; k < len(r.quantities) && r.quantities[k].From < to && r.quantities[k].Unit == q.Unit; k++ {
		if r.quantities[k].Bound == document.AtMost {
			return strings.Contains(r.words(q.To, r.quantities[k].From), "、")
		}
	}
	return false
}

// inAnnexList reports that i stands in the list of annexes at the end of a plan.
func (r *reader) inAnnexList(i int) bool {
	all := r.view.Paragraphs
	k := sort.Search(len(all), func(k int) bool { return all[k].End > i })
	for n := 0; k >= 0 && k < len(all) && n < longestAnnexList; n++ {
		if r.starts(all[k].Start, "附件") {
			return all[k].End-all[k].Start > 4
		}
		if c := r.rune(all[k].Start); c < '0' || c > '9' || all[k].End-all[k].Start > 60 {
			return false
		}
		k--
	}
	return false
}

// inNumberOfDocument reports 2号 in 〔2020〕2号.
func (r *reader) inNumberOfDocument(q document.Quantity) bool {
	return r.rune(q.From-1) == ')' && r.rune(q.UnitEnd) == '号'
}
