package plan

import (
	"luoshi/document"
)

// wholes are the words for all of a place.
var wholes = []string{"全国", "全省", "全自治区", "全市", "全州", "全县", "全区", "全旗", "全镇", "全乡", "全街道", "全校", "全院", "全馆", "全系统"}

// scope is whom or what the number in [from, to) and behind is said of: 全市, 每村,
// 每个服务中心, 每千人口; or "".
func (r *reader) scope(from, to int) string {
	for i := from; i < to; i++ {
		switch r.rune(i) {
		case '全':
			for _, w := range wholes {
				if r.starts(i, w) {
					return r.view.Words(i, i+len([]rune(w)))
				}
			}
		case '每':
			if end := r.eachEnd(i, to); end > i {
				return r.view.Words(i, end)
			}
		case '各':
			if i > from && i-from <= longestSubject && r.starts(i+1, making...) { // 甲馆、乙馆各举办5期
				return r.view.Words(from, i+1)
			}
		}
	}
	return ""
}

// longestSubject is the longest list of those who each do something, in runes.
const longestSubject = 30

// longestEach is the longest name behind 每 in runes.
const longestEach = 10

// eachNouns end what 每 names, the longer first.
var eachNouns = []string{"行政村", "自然村", "乡镇", "街道", "社区", "县（市、区）", "村", "镇", "乡", "县", "区", "市", "学校", "校", "班", "户", "家庭", "企业", "中心", "站", "馆", "所", "院", "室", "书屋", "服务点", "点", "窗口", "单位", "部门", "干部", "党员", "队", "人口", "人", "名", "支", "座", "处", "套", "辆", "艘", "亩"}

// eachEnd is the end of the name that begins with 每 at i, or i where 每 counts
// time or occasions: 每年, 每次.
func (r *reader) eachEnd(i, to int) int {
	if r.starts(i+1, "期", "次", "场", "批") && r.rune(i+2) != '放' {
		return i + 2
	}
	if r.starts(i+1, "年", "季", "月", "周", "天", "日", "个月", "学期", "学年", "半", "两", "旬", "三年", "隔", "逢") {
		return i
	}
	for end := i + 1; end <= min(to, i+longestEach); end++ {
		for _, w := range eachNouns {
			if !r.ends(end, w) || end-len([]rune(w)) <= i {
				continue
			}
			if r.starts(end, "中心", "院", "站", "室", "镇", "口", "庭", "校", "企", "区", "道") && end < to {
				continue // 每千人 goes on with 口
			}
			return end
		}
	}
	return i
}

// falling are words of what is to become less.
var falling = []string{"降", "减", "压缩", "缩短", "控制在", "低于", "控制"}

// direction tells whether more or less of the number is better.
func (r *reader) direction(q document.Quantity, from int) string {
	if q.Bound == document.AtMost || q.Bound == document.LessThan || q.HasBase && q.Base > q.Value {
		return "down"
	}
	if containsAny(r.words(max(from, q.From-8), q.From), falling...) && q.Bound != document.AtLeast {
		return "down"
	}
	return "up"
}
