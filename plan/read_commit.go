package plan

import (
	"strings"

	"luoshi/document"
)

// partNouns are what a plan or a thing has so and so many of by its make: they
// are counted by nobody.
var partNouns = []string{"方面", "阶段", "环节", "部分", "步骤", "层面", "层次", "维度", "要素", "类别", "板块", "原则", "坚持", "确保", "意识", "自信",
	"维护", "结合", "转变", "统一", "到位", "领域", "问题", "专项", "专班", "工作组", "督导组", "检查组", "小组", "设区市", "地级市", "市州", "重点领域", "重点环节", "重点方面", "关键", "导向", "必须", "不准", "严禁", "一律", "文件", "举措", "措施"}

// divisions of the country: so many of 全省 are a fact.
var divisions = []string{"市", "县", "区", "乡", "镇", "街道", "村", "社区", "省", "州", "旗", "部门", "单位"}

// isMoney reports a unit that counts money.
func isMoney(unit string) bool { return strings.HasSuffix(unit, "元") }

// commits tells whether somebody is bound to reach the quantity. Dates, names,
// parts, qualifiers, facts, rates of grants and legal thresholds bind nobody.
func (r *reader) commits(q document.Quantity) bool {
	if r.view.Lit(q.From) || r.inNumberOfDocument(q) || r.ends(q.From, "第", "连续满", "满", "前", "近") && !r.ends(q.From, "附近", "提前") {
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
	if r.told(q) || r.isPart(q) || r.qualifies(q) || r.granted(q) {
		return false
	}
	switch q.Unit {
	case "岁", "周岁", "字", "页", "级", "层", "步", "句", "版", "秒", "秒钟", "度", "里", "校", "村", "镇", "县", "届":
		return false
	case "分", "成", "倍":
		if q.Bound == document.LessThan {
			return false
		}
		return q.Bound != document.Equal || r.changes(q)
	case "年":
		return q.Bound == document.AtMost && r.ends(q.From, "不超过", "缩短至", "压缩至", "控制在")
	case "周", "天", "日", "个工作日", "工作日", "个自然日", "个月", "小时", "个小时", "分钟", "课时", "学时":
		return r.limitsTime(q)
	}
	return true
}

// hanCommits reports a quantity in Han numerals that is one: with a limit, a
// period, or a number that is no turn of phrase. 一批 and 三个阶段 are none.
func (r *reader) hanCommits(q document.Quantity) bool {
	if q.Unit == "%" {
		return true
	}
	if q.Unit == "批" || q.Unit == "种" || q.Unit == "类" || q.Unit == "体" {
		return false
	}
	if q.Unit == "部" && r.rune(q.UnitEnd) == '分' {
		return false
	}
	if r.rune(q.From-1) == '每' && q.Number.Value == document.Scale {
		return false // 每一个村 names the villages, it counts none
	}
	from, _ := r.clause(q.From)
	return q.Bound != document.Equal || q.Number.Value >= 100*document.Scale || strings.Contains(r.words(from, q.From), "每")
}

// told reports a number that the text tells as a fact.
func (r *reader) told(q document.Quantity) bool {
	from, _ := r.clause(q.From)
	before := r.words(from, q.From)
	if containsAny(before, "已", "现有", "原有", "目前", "去年", "上年", "累计实现", "截至", "截止目前") {
		return !strings.Contains(before, "已有")
	}
	start, _ := r.view.Sentence(q.From)
	return containsAny(r.words(start, from), "截至", "目前", "去年,", "年来")
}

// isPart reports a number of parts or of divisions of the country.
func (r *reader) isPart(q document.Quantity) bool {
	switch q.Unit {
	case "个", "大", "项", "类", "种", "条", "家", "点":
	default:
		return false
	}
	after := q.To
	if r.starts(after, "重点", "主要", "关键", "工作") && r.starts(after+2, partNouns...) || r.starts(after, partNouns...) {
		return true
	}
	return r.ends(q.From, "全省", "全市", "全县", "全区", "全州", "所有", "分赴") && r.starts(after, divisions...)
}

// qualifies reports a number that only says which things are meant: 5亿元以上企业,
// 60万以上人口.
func (r *reader) qualifies(q document.Quantity) bool {
	if q.To == q.UnitEnd && isMoney(q.Unit) {
		return r.starts(q.To, "的")
	}
	if q.To == q.UnitEnd || q.Bound != document.AtLeast && q.Bound != document.AtMost {
		return false
	}
	switch q.Unit {
	case "元", "人", "户", "米", "吨", "千瓦", "万元", "亿元", "美元", "张":
	case "年", "个月", "天", "日", "小时":
		if q.Bound == document.AtMost { // 6个月内 is a limit
			return false
		}
	default:
		return false
	}
	if q.Unit == "张" || q.Unit == "人" || q.Unit == "户" {
		return r.starts(q.To, "的") || r.starts(q.To, "人口")
	}
	c := r.rune(q.To)
	return c == '的' || c > 0x3400 && !r.starts(q.To, "用于", "投入", "并", "以", "资金", "补")
}

// granted reports a rate or amount that is paid or charged.
func (r *reader) granted(q document.Quantity) bool {
	if !isMoney(q.Unit) && q.Unit != "%" && q.Unit != "倍" {
		return false
	}
	from, to := r.clause(q.From)
	words := r.words(from, to)
	if containsAny(words, "补助", "补贴", "奖励", "奖补", "资助", "给予", "罚款", "贴息", "一次性", "每人每月", "收费", "票价", "保费", "上浮", "下浮", "奖金", "标准为") {
		return true
	}
	if q.Unit == "%" {
		return r.starts(q.To, "的比例给", "的标准给") || r.ends(q.From, "年的", "年度的")
	}
	start, end := r.view.Sentence(q.From)
	return containsAny(r.words(start, end), "补助", "补贴", "奖补", "资助", "罚款", "给予奖励", "奖励")
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
	if q.Bound != document.Equal || r.period(from, q.From) != nil {
		return !r.ends(q.From, "放宽至", "延长至")
	}
	return !q.Number.Han && containsAny(r.words(from, min(to, q.To+6)), "压缩", "缩短", "减至", "压减", "控制", "办结", "提前", "不少于", "减少到", "时限")
}

// inNumberOfDocument reports 2号 in 〔2020〕2号.
func (r *reader) inNumberOfDocument(q document.Quantity) bool {
	return r.rune(q.From-1) == ')' && r.rune(q.UnitEnd) == '号'
}
