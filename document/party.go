package document

// Role is the part that a unit has in an item.
type Role string

const (
	Lead        Role = "lead"        // 牵头
	Cooperating Role = "cooperating" // 配合
	Responsible Role = "responsible" // 责任单位, or nothing said
)

// Attribution names who is answerable, in a bracket or a labelled line.
type Attribution struct {
	From, To int
	Groups   []Group
}

// Group is the units that share a role.
type Group struct {
	Role  Role
	Units []string
}

// label is the word before a colon in an attribution.
type label int

const (
	noLabel label = iota
	leadLabel
	cooperatingLabel
	responsibleLabel
	timeLabel // 时限要求: ends a list of units
)

// labelWords begin labels; which of them stands first decides the role.
var labelWords = []struct {
	word  string
	label label
}{
	{"牵头", leadLabel}, {"主办", leadLabel}, {"主责", leadLabel}, {"主管", responsibleLabel}, {"主要责任", responsibleLabel},
	{"配合", cooperatingLabel}, {"协办", cooperatingLabel}, {"协同", cooperatingLabel}, {"协作", cooperatingLabel},
	{"参与", cooperatingLabel}, {"参加", cooperatingLabel}, {"联合", cooperatingLabel}, {"协助", cooperatingLabel}, {"成员", cooperatingLabel}, {"支持单位", cooperatingLabel}, {"责任", responsibleLabel},
	{"分管领导", responsibleLabel}, {"包保领导", responsibleLabel}, {"联系领导", responsibleLabel}, {"督办领导", responsibleLabel},
	{"承办", responsibleLabel}, {"实施", responsibleLabel}, {"落实", responsibleLabel},
	{"负责", responsibleLabel}, {"分工", responsibleLabel},
	{"完成", timeLabel}, {"办理", timeLabel}, {"整改", timeLabel}, {"时限", timeLabel}, {"时间", timeLabel}, {"期限", timeLabel}, {"进度", timeLabel},
}

// labelNouns end labels.
var labelNouns = []string{"单位", "部门", "处室", "科室", "股室", "机构", "主体", "领导", "人员", "人", "时限", "时间", "期限", "节点", "要求", "安排", "进度"}

// longestNoun is the longest word that may close a label, in runes.
const longestNoun = 3

// readLabel reads 责任单位: or 牵头及责任单位: at i.
func readLabel(r []rune, i int) (label, int, bool) {
	found, to := noLabel, i
	for {
		n := 0
		for _, w := range labelWords {
			if hasPrefix(r, to, w.word) {
				n = len([]rune(w.word))
				if found == noLabel {
					found = w.label
				}
				break
			}
		}
		if n == 0 && found != noLabel {
			n = firstOf(r, to, labelNouns...)
			if n == 0 {
				n = firstOf(r, to, "及", "和", "、", "市", "县", "区", "省", "局", "(", ")", "科", "处")
			}
		}
		for k := 1; k <= longestNoun && n == 0 && found != noLabel && isHan(at(r, to+k-1)); k++ { // 牵头部室:
			if at(r, to+k) == ':' {
				n = k
			}
		}
		if n == 0 || to-i > 12 {
			break
		}
		to += n
	}
	if found == noLabel || at(r, to) != ':' {
		return noLabel, i, false
	}
	if found == timeLabel || hasSuffix(r, to, "时限") || hasSuffix(r, to, "时间") || hasSuffix(r, to, "期限") {
		return timeLabel, to + 1, true
	}
	return found, to + 1, true
}

func (l label) role() Role {
	switch l {
	case leadLabel:
		return Lead
	case cooperatingLabel:
		return Cooperating
	}
	return Responsible
}

// Attributions reads all outright namings of who is answerable: （责任单位：…）,
// （甲局牵头，乙局配合）, a bracket of units that ends a paragraph, and lines like
// 牵头单位：…. Actors in running prose are not attributed.
func (v *View) Attributions() []Attribution {
	var out []Attribution
	for _, p := range v.Paragraphs {
		if v.InTable(p.Start) { // there the head of the column says the role
			continue
		}
		for i := p.Start; i < p.End; i++ {
			if v.Runes[i] == '(' && v.closes[i] > 0 {
				if a, ok := v.bracketed(i); ok {
					out = append(out, a)
					i = v.closes[i]
				}
				continue
			}
			if i > p.Start && !endsSentence(v.Runes[i-1]) && v.Runes[i-1] != ';' && v.Runes[i-1] != ')' {
				continue
			}
			if l, _, ok := readLabel(v.Runes, i); ok && l != timeLabel {
				to := i
				for to < p.End && !endsSentence(v.Runes[to]) {
					to++
				}
				if g := v.groups(i, to); len(g) > 0 {
					out = append(out, Attribution{i, to, g})
				}
				i = to
			}
		}
	}
	return out
}

// namesParties reports a bracket that is an attribution.
func (v *View) namesParties(open int) bool {
	_, ok := v.bracketed(open)
	return ok
}

// longBracket is the longest bracket that is looked into.
const longBracket = 600

func (v *View) bracketed(open int) (Attribution, bool) {
	from, to := open+1, v.closes[open]
	if to-from < 2 || to-from > longBracket {
		return Attribution{}, false
	}
	a := Attribution{From: open, To: to + 1}
	l, _, labelled := readLabel(v.Runes, from)
	if labelled && l == timeLabel {
		labelled = v.nextLabel(from, to) < to
	}
	if !labelled && !v.verbal(from, to) && !v.plain(open, to) {
		return a, false
	}
	a.Groups = v.groups(from, to)
	return a, len(a.Groups) > 0
}

// verbs close a list of units and tell their role: 甲局牵头, 乙局、丙局分工负责.
var verbs = []struct {
	word string
	role Role
}{
	{"牵头", Lead}, {"主办", Lead}, {"配合", Cooperating}, {"协办", Cooperating}, {"参与", Cooperating}, {"参加", Cooperating},
	{"协助", Cooperating}, {"协同", Cooperating}, {"按职责", Responsible}, {"按照职责", Responsible}, {"按各自", Responsible}, {"按照各自", Responsible},
	{"按分工", Responsible}, {"根据职责", Responsible}, {"分工负责", Responsible}, {"共同负责", Responsible}, {"分别负责", Responsible},
	{"负责", Responsible}, {"结合实际", Responsible}, {"贯彻", Responsible}, {"具体", Responsible}, {"组织实施", Responsible}, {"落实", Responsible},
}

// verbAt finds the first such verb in [from, to) that names stand before.
func verbAt(r []rune, from, to int) (int, Role, bool) {
	for i := from + 2; i < to; i++ {
		for _, w := range verbs {
			if hasPrefix(r, i, w.word) && to-i <= 12 && firstOf(r, i+2, labelNouns...) == 0 {
				return i, w.role, true
			}
		}
	}
	return to, Responsible, false
}

// verbal reports a bracket whose every clause names units and ends with a verb of
// duty, or whose first one does: （甲局牵头，乙局配合）.
func (v *View) verbal(from, to int) bool {
	if v.Runes[from] == '含' {
		return false
	}
	end := from
	for end < to && !endsSentence(v.Runes[end]) && v.Runes[end] != ';' {
		end++
	}
	for i := from; i < end; i++ { // 甲局牵头，乙局配合, or 甲局、乙局，丙局负责
		if v.Runes[i] == ',' && v.duty(from, i) {
			return true
		}
	}
	return v.duty(from, end)
}

// duty reports that the words [from, to) end with a unit and a verb of duty.
func (v *View) duty(from, to int) bool {
	start := to
	for start > from && v.Runes[start-1] != '、' && v.Runes[start-1] != ',' {
		start--
	}
	i, _, ok := verbAt(v.Runes, start, to)
	for i > start && v.Runes[i-1] == '等' {
		i--
	}
	return ok && isUnitEnd(v.Runes, start, i)
}

// plain reports a bracket of nothing but names of units that ends its paragraph.
func (v *View) plain(open, to int) bool {
	r := v.Runes
	if next := at(r, to+1); next != '\n' && !(next == '(' && v.closes[to+1] > 0 && v.namesParties(to+1)) && !(next == '。' && at(r, to+2) == '\n') {
		return false
	}
	if firstOf(r, open+1, "含", "如", "即", "包括", "指", "注", "以下", "详见", "见", "附", "略", "不") > 0 {
		return false
	}
	before := at(r, open-1)
	names := v.names(open+1, to)
	units, others := 0, 0
	for _, n := range names {
		if v.isTerm(n.Start, n.End) {
			continue
		}
		units += n.End - n.Start
		if n.End-n.Start < 2 || n.End-n.Start > 30 {
			return false
		}
		if !isUnitEnd(r, n.Start, n.End) { // some companies end as nothing else does
			if others++; others*3 > len(names) || !endsSentence(before) {
				return false
			}
			continue
		}
		if !endsSentence(before) && !isOffice(r[n.End-1]) {
			return false
		}
	}
	return units > 2
}

// isOffice reports a last sign that hardly anything but an office has.
func isOffice(r rune) bool {
	switch r {
	case '局', '厅', '委', '办', '处', '科':
		return true
	}
	return false
}

// isUnitEnd reports that the words end as names of units do.
func isUnitEnd(r []rune, from, to int) bool {
	if to <= from {
		return false
	}
	if r[to-1] == ')' {
		for to > from && r[to-1] != '(' {
			to--
		}
		to--
	}
	if to <= from {
		return false
	}
	for _, w := range []string{"单位", "部门", "机关", "政府", "中心", "集团", "公司", "法院", "机构", "街道", "各地", "企业", "市县", "学区", "景区", "园区", "联盟", "医院", "各市州", "基地"} {
		if hasSuffix(r, to, w) {
			return true
		}
	}
	switch r[to-1] {
	case '厅', '局', '委', '办', '部', '处', '科', '股', '室', '院', '会', '所', '站', '队', '馆', '社', '行', '署', '校', '台', '园', '联', '组', '班', '司', '关', '镇', '乡', '县', '市', '区', '村', '团', '学', '盟', '坊', '厂', '库', '店', '厨', '州', '旗', '庭', '营', '中':
		return true
	}
	return false
}
