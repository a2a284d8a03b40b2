package plan

// looseWords begin what is promised without a number.
var looseWords = []string{"一批", "一系列", "系列"}

// eventVerbs and eventNouns enclose the name of an event: 举办……音乐会.
var (
	eventVerbs = []string{"办好", "举办", "举行", "召开", "组织开展", "承办"}
	eventNouns = []string{"音乐会", "文化节", "艺术节", "旅游节", "晚会", "运动会", "博览会", "推介会", "仪式", "大赛", "论坛", "展览", "元宵节", "读书节", "体育节"}
)

// benchmarks compare with something that the text does not give.
var benchmarks = []string{"最短", "最低", "最少", "最高", "平均水平", "先进水平", "领先水平", "中上水平", "前列"}

// places are what benchmarks compare with.
var places = []string{"全省", "全国", "全市", "各地", "同类", "国内", "国际"}

// askLoose asks about what stands in the text without the number, the day or the
// data that it would need. Only items are asked about: an introduction promises nothing.
func (r *reader) askLoose() {
	if len(r.items) == 0 {
		return
	}
	for i := r.items[0].From; i < len(r.view.Runes); i++ {
		if r.view.Lit(i) {
			continue
		}
		switch r.rune(i) {
		case '一', '系':
			i = max(i, r.askMissingNumber(i)-1)
		case '办', '举', '召', '组', '承':
			i = max(i, r.askMissingDate(i)-1)
		case '最', '平', '先', '领', '中', '前':
			i = max(i, r.askBenchmark(i)-1)
		}
	}
}

// askMissingNumber asks how many 一批…… are, and gives where to read on.
func (r *reader) askMissingNumber(i int) int {
	if !r.starts(i, looseWords...) {
		return i
	}
	_, to := r.clause(i)
	if r.numbered(i, to) {
		return to
	}
	span, words := r.quote(i, to, i, i+2)
	r.ask("missing_number", "plan", 0, span, []ReadChoice{choice("", "", "不定数量")}, "“%s”具体是多少？", words)
	return to
}

// askMissingDate asks when the events behind a verb take place, if the sentence
// names no time.
func (r *reader) askMissingDate(i int) int {
	verb := ""
	for _, w := range eventVerbs {
		if r.starts(i, w) {
			verb = w
		}
	}
	if verb == "" || r.timed(i) {
		return i
	}
	_, to := r.clause(i)
	start := i + len([]rune(verb))
	asked := i
	for k := start; k < to; k++ {
		if r.rune(k) == '、' || r.rune(k) == '和' {
			start = k + 1
			continue
		}
		for _, w := range eventNouns {
			n := len([]rune(w))
			if k+n > to || !r.starts(k, w) || k+n-start > 30 {
				continue
			}
			span, words := r.quote(start, k+n, start, k+n)
			r.ask("missing_date", "plan", 0, span, []ReadChoice{choice("", "", "时间另定")}, "“%s”什么时候举办？", words)
			k, start, asked = k+n-1, k+n, k+n
			break
		}
	}
	return asked
}

// timed reports a month or day in the sentence around i.
func (r *reader) timed(i int) bool {
	from, to := r.view.Sentence(i)
	for k := r.dateFrom(from); k < len(r.dates) && r.dates[k].From < to; k++ {
		if r.dates[k].Months[0] > 0 {
			return true
		}
	}
	return false
}

// askBenchmark asks for the data behind a comparison.
func (r *reader) askBenchmark(i int) int {
	if !r.starts(i, benchmarks...) {
		return i
	}
	from, to := r.clause(i)
	if !containsAny(r.words(from, i), places...) {
		return i
	}
	span, words := r.quote(from, to, i, i+2)
	r.ask("benchmark", "plan", 0, span, []ReadChoice{choice("", "", "由本单位查明后公布")}, "“%s”拿哪里的数据来比？", words)
	return to
}
