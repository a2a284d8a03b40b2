package document

// groups reads the units named in [from, to) and their roles. A label gives the
// role of what follows it, a verb that of what stands before it.
func (v *View) groups(from, to int) []Group {
	var out []Group
	var units []string
	current := Responsible
	flush := func(role Role) {
		if len(units) > 0 {
			out = append(out, Group{role, units})
		}
		units = nil
	}
	for i := from; i < to; {
		if l, next, ok := readLabel(v.Runes, i); ok {
			flush(current)
			if l == timeLabel {
				i = v.nextLabel(next, to)
				continue
			}
			current, i = l.role(), next
			continue
		}
		if firstOf(v.Runes, i, "以下", "不再", "下同") > 0 { // a remark
			break
		}
		end := v.segmentEnd(i, to)
		if v.foreign(i, end) {
			i = v.nextLabel(end, to)
			continue
		}
		for _, n := range v.names(i, end) {
			stop, role, verb := verbAt(v.Runes, n.Start, n.End)
			if name := v.unitName(n.Start, stop); name != "" {
				units = append(units, name)
			}
			if verb {
				flush(role)
			}
		}
		i = end
		if endsSentence(at(v.Runes, i)) { // what follows the first sentence is a remark
			if all := v.allAnswerable(i+1, to); all > 0 {
				i, to = i+1, all
				continue
			}
			break
		}
		for i < to && (endsClause(v.Runes[i]) || v.Runes[i] == '、') {
			i++
		}
	}
	flush(current)
	return out
}

// allAnswerable is where the names end in 各市州政府均为责任单位, or 0.
func (v *View) allAnswerable(from, to int) int {
	for i := from + 2; i < to; i++ {
		if firstOf(v.Runes, i, "均为责任单位", "为责任单位") > 0 {
			return i
		}
	}
	return 0
}

// segmentEnd is where a list of names ends: at a sign that closes a clause other
// than a comma or a semicolon between names, or at the next label.
func (v *View) segmentEnd(from, to int) int {
	for i := from; i < to; i++ {
		if i > from {
			if _, _, ok := readLabel(v.Runes, i); ok {
				return i
			}
		}
		if v.Runes[i] == '(' && v.closes[i] > 0 && v.closes[i] < to {
			i = v.closes[i]
			continue
		}
		if endsSentence(v.Runes[i]) || v.Runes[i] == ';' || v.Runes[i] == ',' {
			return i
		}
	}
	return to
}

// foreign reports a stretch that is under a label of its own, like 联系人：….
func (v *View) foreign(from, to int) bool {
	for i := from; i < to; i++ {
		if v.Runes[i] == ':' {
			return true
		}
	}
	return false
}

// nextLabel is the next label of units in [from, to), or to.
func (v *View) nextLabel(from, to int) int {
	for i := from; i < to; i++ {
		if l, _, ok := readLabel(v.Runes, i); ok && l != timeLabel {
			return i
		}
	}
	return to
}

// names splits [from, to) at 、 and commas, and at 及 and 和 where they part
// units. Levels of government after 各 stay one name: 各市、县（区）政府.
func (v *View) names(from, to int) []Range {
	var out []Range
	start := from
	cut := func(i int) {
		if n := len(out); n > 0 && v.oneOfAll(out[n-1]) && start < i && v.goesOnLevels(start, i) {
			out[n-1].End = i
		} else if start < i {
			out = append(out, Range{start, i})
		}
		start = i + 1
	}
	for i := from; i < to; i++ {
		switch r := v.Runes[i]; {
		case r == '(' && v.closes[i] > 0 && v.closes[i] < to:
			i = v.closes[i]
		case r == '、' || r == ',' || r == ';' || r == ' ':
			cut(i)
		case hasPrefix(v.Runes, i, "会同") && i > start:
			cut(i)
			start = i + 2
			i++
		case (r == '及' || r == '和') && v.parts(start, i, to):
			cut(i)
		}
	}
	cut(to)
	return out
}

// goesOnLevels reports that the words [from, to) go on with levels of government.
func (v *View) goesOnLevels(from, to int) bool {
	for i := from; i < to; i++ {
		if v.Runes[i] == '各' {
			return false
		}
	}
	if firstOf(v.Runes, from, "县级市") == 0 && firstOf(v.Runes, from+1, "直", "级", "有关") > 0 {
		return false
	}
	return firstOf(v.Runes, from, "市", "县", "区", "乡", "镇", "街道", "州", "盟", "旗", "园区", "开发区", "自治", "(", "村", "社区", "地") > 0 && to-from <= 24
}

// oneOfAll reports a name that only begins: 各市 in 各市、县政府.
func (v *View) oneOfAll(n Range) bool {
	if v.Runes[n.Start] != '各' {
		return false
	}
	for _, w := range []string{"政府", "部门", "单位", "局", "委", "办", "处", "会", "各地"} {
		if hasSuffix(v.Runes, n.End, w) {
			return false
		}
	}
	last := v.Runes[n.End-1]
	if last == ')' {
		return n.End-n.Start < 14
	}
	for _, c := range "市州盟县区旗镇乡街道" {
		if last == c {
			return n.End-n.Start < 10
		}
	}
	return false
}

// parts reports that the 及 or 和 at i stands between two units and not within a
// name like 工业和信息化局.
func (v *View) parts(from, i, to int) bool {
	if at(v.Runes, i+1) == '各' && at(v.Runes, i) == '及' && i > from {
		return true
	}
	if at(v.Runes, i+1) == '其' || !isUnitEnd(v.Runes, from, i) || i-from < 3 {
		return false
	}
	end := i + 1
	for end < to && v.Runes[end] != '、' && v.Runes[end] != ',' && v.Runes[end] != ';' {
		end++
	}
	stop, _, _ := verbAt(v.Runes, i+1, end)
	return stop-i > 3 && isUnitEnd(v.Runes, i+1, stop)
}

// unitName is the name in [from, to) without 由 before it and 等 behind it; a
// name that is nothing but 等相关单位 is none.
func (v *View) unitName(from, to int) string {
	if at(v.Runes, from) == '由' {
		from++
	}
	for i := from; i < to; i++ {
		if v.Runes[i] == '等' && (i+1 == to || firstOf(v.Runes, i+1, "相关", "有关", "单位", "部门", "各", "按", "市直", "县直", "区直", "省直") > 0) {
			to = i
		}
	}
	to = trimStops(v.Runes, from, to)
	if open := v.lastBracket(from, to); open > from && firstOf(v.Runes, open+1, "含", "包括", "包含", "以下", "下同") > 0 {
		to = open
	}
	if to-from < 1 || to-from > 60 || v.isTerm(from, to) {
		return ""
	}
	return v.Words(from, to)
}

// isTerm reports a term among the names: 2023年6月底前完成, 长期坚持, 持续推进.
func (v *View) isTerm(from, to int) bool {
	if firstOf(v.Runes, from, "长期", "持续", "常态", "全年", "立即", "即知即改", "已完成") > 0 {
		return true
	}
	_, ok := readRange(v.Runes, from)
	return ok || hasSuffix(v.Runes, to, "完成") || hasSuffix(v.Runes, to, "推进")
}
