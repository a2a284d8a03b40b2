package document

// labelLength is the longest label before a colon that is a title by itself.
const labelLength = 12

// headingEnd finds the end of the title that begins at from: up to the first
// full stop or semicolon, without a bracket that names who is answerable and
// without the stops at its end. A short label before a colon is the title alone.
func (v *View) headingEnd(from, end int) int {
	i := from
	for i < end {
		r := v.Runes[i]
		if endsSentence(r) || r == ';' {
			break
		}
		if r == ':' && i-from <= labelLength && i > from && !isStage(v.Runes, from, i) {
			return i
		}
		if r == '(' && i > from && v.closes[i] > 0 && v.namesParties(i) {
			return trimStops(v.Runes, from, i)
		}
		if v.closes[i] > i && v.closes[i] < end {
			i = v.closes[i]
		}
		i++
	}
	return trimStops(v.Runes, from, i)
}

// isStage reports that the words [from, to) only count a stage: 第一阶段, 第二步.
func isStage(r []rune, from, to int) bool {
	n := StageCounter(r[from:to])
	return n > 0 && n == to-from
}

// StageCounter gives the length of the 第一阶段 or 第二步 that the words begin with, or 0.
func StageCounter(r []rune) int {
	if at(r, 0) != '第' {
		return 0
	}
	_, to := monthNumber(r, 1)
	if to == 1 {
		return 0
	}
	if n := firstOf(r, to, "阶段", "步"); n > 0 {
		return to + n
	}
	return 0
}

func trimStops(r []rune, from, to int) int {
	for to > from && (r[to-1] == ',' || r[to-1] == ';' || r[to-1] == ':' || r[to-1] == '、' || r[to-1] == '.' || r[to-1] == ' ') {
		to--
	}
	return to
}

// kinds are the words that end the title of a plan. Those from weakKind on also
// end a title's first line that goes on in the next.
var kinds = []string{"方案", "计划", "规划", "要点", "意见", "办法", "措施", "安排", "细则", "纲要", "分工", "清单", "任务"}

const weakKind = 6

// Title is the title line of the document: the last heading before the first
// item that ends as plans do, else a notice's own, else the first line.
func (v *View) Title(items []Heading) string {
	end := len(v.Runes)
	if len(items) > 0 {
		end = items[0].From
	}
	first, notice, own := "", "", ""
	for k := 0; k < len(v.Paragraphs) && k < 40 && v.Paragraphs[k].Start < end; k++ {
		from, to := v.Paragraphs[k].Start, v.Paragraphs[k].End
		if v.InTable(from) {
			continue
		}
		if hasPrefix(v.Runes, from, "附件") || v.closed(from, to) || v.isDay(from, to) || v.OfPage(from, to) {
			continue
		}
		for k+1 < len(v.Paragraphs) && v.Paragraphs[k+1].End < end && v.titleGoesOn(k) {
			k++
			to = v.Paragraphs[k].End
		}
		stop := v.withoutNote(from, to)
		words := v.Words(from, stop)
		words = oneLine(words)
		switch {
		case v.namesPlan(from, to):
			own = words
		case hasSuffix(v.Runes, stop, "通知") || hasSuffix(v.Runes, stop, "函"):
			notice = words
		case first == "":
			first = words
		}
	}
	for _, t := range []string{own, notice, first} {
		if t != "" {
			return t
		}
	}
	return ""
}

// pageWords begin the lines that a web page puts above a document.
var pageWords = []string{"发布时间", "发布日期", "发文日期", "成文日期", "公开日期", "生成日期", "索引号", "信息来源", "来源:", "文章来源", "发文机关", "发布机构", "主题分类", "浏览次数", "阅读次数", "点击", "字体", "字号", "当前位置", "您的位置", "您所在的位置", "打印", "分享", "有效性"}

// OfPage reports a paragraph that is a web page's and not the document's: where the
// reader is, when it was put there, how often it was read.
func (v *View) OfPage(from, to int) bool { return ofPage(v.Runes, from, to) }

func ofPage(r []rune, from, to int) bool {
	if to-from > longestPageLine {
		return false
	}
	steps := 0
	for i := from; i < to; i++ {
		if r[i] == '>' {
			steps++
		}
	}
	return steps >= 2 || firstOf(r, from, pageWords...) > 0
}

// longestPageLine is the longest line above a document that is a web page's, in runes.
const longestPageLine = 120

// isDay reports a paragraph that is nothing but a full date.
func (v *View) isDay(from, to int) bool {
	d, ok := readDate(v.Runes, from)
	return ok && d.To == to && d.Days[0] > 0
}

func oneLine(s string) string {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if r != '\n' {
			out = append(out, r)
		}
	}
	return string(out)
}

// closed reports a paragraph that is no title: too long, or ending as prose does.
func (v *View) closed(from, to int) bool {
	last := v.Runes[to-1]
	return to-from > 90 || endsSentence(last) || last == ':' || last == ',' || last == ';'
}

// titleGoesOn reports a title line that the next line completes: 关于……的 / 实施方案.
func (v *View) titleGoesOn(k int) bool {
	p, next := v.Paragraphs[k], v.Paragraphs[k+1]
	stop := v.withoutNote(p.Start, p.End)
	if k := v.kindAt(p.Start, v.lastBracket(p.Start, p.End)); k >= 0 && k < weakKind || hasSuffix(v.Runes, stop, "通知") || hasSuffix(v.Runes, stop, "号") {
		return false
	}
	if v.closed(next.Start, next.End) || hasPrefix(v.Runes, next.Start, "附件") {
		return false
	}
	return v.namesPlan(next.Start, next.End) || hasSuffix(v.Runes, next.End, "通知")
}

// namesPlan reports a title that ends as plans do, whatever bracket follows.
func (v *View) namesPlan(from, to int) bool {
	if open := v.lastBracket(from, to); open > from {
		to = open
	}
	return v.kindAt(from, to) >= 0
}

// kindAt is the index in kinds of the word that ends [from, to), or -1.
func (v *View) kindAt(from, to int) int {
	for i, k := range kinds {
		if to-from >= 4 && hasSuffix(v.Runes, to, k) {
			return i
		}
	}
	return -1
}

// lastBracket is where the bracket opens that ends the words [from, to), or to.
func (v *View) lastBracket(from, to int) int {
	for i := from; i < to; i++ {
		if v.Runes[i] == '(' && v.closes[i] == to-1 {
			return i
		}
	}
	return to
}

// withoutNote leaves out a bracket at the end of a title that holds a full date
// or a word like 试行; the years of a plan stay, since they name it.
func (v *View) withoutNote(from, to int) int {
	open := v.lastBracket(from, to)
	if _, ok := readYears(v.Runes, open+1); ok {
		return to
	}
	return open
}
