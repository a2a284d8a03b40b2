package plan

import (
	"slices"
	"strings"
	"unicode"
)

// NamesIn finds what looks like a person's name: after a word like 责任人 or 联系人, before
// a post or a courtesy like 局长 or 同志, and before a telephone number. What it finds
// is looked over by whoever makes the plan public; each name is told once.
func NamesIn(text []rune) (out []string) {
	add := func(name string) {
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for i := range text {
		if n := wordAt(text, i, personLabels); n > 0 {
			for _, name := range namesAfter(text, i+n) {
				add(name)
			}
		}
		if n := wordAt(text, i, personTitles); n > 0 {
			add(nameBefore(text, i))
		}
		if isSurname(text, i) && (i == 0 || !unicode.Is(unicode.Han, text[i-1])) {
			if name, end := nameAt(text, i, false); name != "" && telephoneFollows(text, end) {
				add(name)
			}
		}
	}
	return out
}

// personLabels stand before names, personTitles behind them.
var (
	personLabels = words("责任人 负责人 联系人 经办人 承办人 具体负责人 联络员 组长 副组长 成员 组员 主任 副主任 召集人 主持人 牵头人 审批人 签发人 联系电话")
	personTitles = words("同志 先生 女士 局长 副局长 处长 副处长 科长 副科长 主任 副主任 馆长 副馆长 院长 副院长 书记 副书记 市长 副市长 县长 副县长 区长 副区长 镇长 乡长 部长 副部长 主席 副主席 主编 校长 所长 站长 团长 老师 教授")
)

// wordList holds words by their first sign, the longest first.
type wordList map[rune][][]rune

func words(list string) wordList {
	out := wordList{}
	for _, w := range strings.Fields(list) {
		runes := []rune(w)
		out[runes[0]] = append(out[runes[0]], runes)
	}
	for _, all := range out {
		slices.SortFunc(all, func(a, b []rune) int { return len(b) - len(a) })
	}
	return out
}

// wordAt is the length of the word of a list that begins at a rune, or 0.
func wordAt(text []rune, at int, list wordList) int {
	if at >= len(text) {
		return 0
	}
	for _, w := range list[text[at]] {
		if at+len(w) <= len(text) && slices.Equal(text[at:at+len(w)], w) {
			return len(w)
		}
	}
	return 0
}

// namesAfter reads the names behind a label and its colon: 张三、李四（兼）, 王五。
func namesAfter(text []rune, at int) (out []string) {
	sign := false
	for at < len(text) && (unicode.IsSpace(text[at]) && text[at] != '\n' || text[at] == ':' || text[at] == '：') {
		sign = sign || text[at] != ' '
		at++
	}
	if !sign {
		return nil
	}
	for at < len(text) {
		name, end := nameAt(text, at, true)
		if name == "" {
			if name, end = nameBehindUnit(text, at); name == "" {
				return out
			}
		}
		out = append(out, name)
		if end < len(text) && (text[end] == '（' || text[end] == '(') { // a remark like （兼）
			for end < len(text) && text[end] != '）' && text[end] != ')' && text[end] != '\n' {
				end++
			}
			end++
		}
		for end < len(text) && (text[end] == ' ' || text[end] == '　') {
			end++
		}
		if end >= len(text) || !strings.ContainsRune("、，,；; 　", text[end]) && !isSurname(text, end) {
			return out
		}
		for at = end; at < len(text) && strings.ContainsRune("、，,；; 　", text[at]); at++ {
		}
	}
	return out
}

// nameBehindUnit reads a name at the end of the words behind a label: 联系人：局办公室沈小满.
func nameBehindUnit(text []rune, at int) (string, int) {
	end := at
	for end < len(text) && unicode.Is(unicode.Han, text[end]) {
		end++
	}
	for _, n := range []int{4, 3, 2} {
		if from := end - n; from > at && surnameAt(text, from) > 0 {
			if name, to := nameAt(text, from, false); name != "" && to == end {
				return name, end
			}
		}
	}
	return "", at
}

// nameAt reads a name that begins at a rune and ends where no further Han sign of a
// name stands; empty where there is none. Behind a label what looks like another word is
// a name all the same.
func nameAt(text []rune, at int, labelled bool) (string, int) {
	family := surnameAt(text, at)
	if family == 0 {
		return foreignName(text, at)
	}
	end := at + family
	var letters []rune
	for blank := false; end < len(text) && len(letters) < 2; end++ {
		if (text[end] == ' ' || text[end] == '　') && len(letters) == 0 && !blank { // 王　芳
			blank = true
			continue
		}
		if !unicode.Is(unicode.Han, text[end]) {
			break
		}
		letters = append(letters, text[end])
	}
	if len(letters) == 0 || end < len(text) && unicode.Is(unicode.Han, text[end]) && wordAt(text, end, personTitles) == 0 {
		return foreignName(text, at)
	}
	name := string(text[at:at+family]) + string(letters)
	if notAName(name) && (!labelled || isOtherWord(name) || len(letters) == 1) {
		return "", at
	}
	return name, end
}

// foreignName reads a name in parts: 买买提·阿不都拉.
func foreignName(text []rune, at int) (string, int) {
	end, dots := at, 0
	for end < len(text) && (unicode.Is(unicode.Han, text[end]) || isDot(text[end]) && end > at) {
		if isDot(text[end]) {
			dots++
		}
		end++
	}
	if dots == 0 || isDot(text[end-1]) {
		return "", at
	}
	return string(text[at:end]), end
}

func isDot(r rune) bool { return r == '·' || r == '•' || r == '‧' }

// nameBefore reads a name that stands right before a title: 由顾海川局长, 张三同志.
func nameBefore(text []rune, at int) string {
	for _, n := range []int{4, 3, 2} {
		from := at - n
		if from < 0 {
			continue
		}
		family := surnameAt(text, from)
		if family == 0 || n-family > 2 || n == family || family == 1 && n == 4 {
			continue
		}
		name := string(text[from:at])
		if notAName(name) || slices.ContainsFunc(text[from:at], func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
			continue
		}
		// What stands before must not make one word with it: 市文化馆馆长.
		if from > 0 && unicode.Is(unicode.Han, text[from-1]) && !strings.ContainsRune("由请经与和及以为是向对让派任按听据", text[from-1]) {
			continue
		}
		return name
	}
	return ""
}

// notAName reports words that begin like a name and are a post, a unit or a thing.
func notAName(name string) bool {
	last := []rune(name)[len([]rune(name))-1]
	if strings.ContainsRune("局处科室部馆院办站所校队会组委厅司镇乡村县市区街员任记关厂店团社队网台岗号月日年度人等项条个的", last) {
		return true
	}
	return isOtherWord(name)
}

func isOtherWord(name string) bool {
	return slices.Contains(noNames, name) || slices.ContainsFunc(partsOfPosts, func(p string) bool { return strings.Contains(name, p) })
}

var (
	noNames      = strings.Fields("相关 有关 安全 全体 全市 全省 单位 方案 时间 时限 石油 金融 高级 文化 文明 文艺 文物 任务 成立 成果 成效 和谐 解决 应当 项目 党政 常务 常委 主要 华侨 国家 宣传 明确 毕业 路线 万众 温馨 能力 司法 宁可 谢谢 江南 江北 海外 山区 云南 甘肃 广东 广西 陕西 河南 河北 贵州")
	partsOfPosts = strings.Fields("优秀 先进 各位 现任 原任 兼任 党组 书记 局长 处长 科长 主任 馆长 院长 市长 县长 区长 部长 主席 单位 部门 办公 公司 中心 政府 机关 干部 群众 同志 领导 成员 分管 副局 副处 副市 负责")
)

// TelephonesIn finds telephone numbers: of mobile telephones, with an area code, of
// service lines, and any behind a word like 电话. Each is told once, as it is written.
func TelephonesIn(text []rune) (out []string) {
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) || i > 0 && (isDigit(text[i-1]) || text[i-1] == '.' || text[i-1] == '-') {
			continue
		}
		from := i
		if i > 0 && (text[i-1] == '（' || text[i-1] == '(') {
			from = i - 1
		}
		end, digits := numberEnd(text, from)
		if !isTelephone(digits, string(text[from:end]), behindLabel(text, from)) {
			i = max(i, end-1)
			continue
		}
		if number := string(text[from:end]); !slices.Contains(out, number) {
			out = append(out, number)
		}
		i = end - 1
	}
	return out
}

// numberEnd is where a number ends whose groups are parted by a hyphen, a blank or
// brackets round its area code, with its digits.
func numberEnd(text []rune, from int) (end int, digits string) {
	var out strings.Builder
	end = from
	for i := from; i < len(text); i++ {
		switch r := text[i]; {
		case isDigit(r):
			out.WriteRune('0' + digit(r))
			end = i + 1
			continue
		case i+1 < len(text) && isDigit(text[i+1]) && strings.ContainsRune("-－—– （(）)", r), i == from:
			continue
		case (r == '）' || r == ')') && i+2 < len(text) && strings.ContainsRune("-－ ", text[i+1]) && isDigit(text[i+2]):
			continue
		}
		break
	}
	return end, out.String()
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' || '０' <= r && r <= '９' }

func digit(r rune) rune {
	if r >= '０' {
		return r - '０'
	}
	return r - '0'
}

// isTelephone judges digits as they are written. Behind a label any number of five
// digits or more is one; without, those that nothing else looks like.
func isTelephone(digits, written string, labelled bool) bool {
	n := len(digits)
	parted := strings.ContainsAny(written, "-－—–（()） ")
	switch {
	case labelled:
		return n >= 5 && n <= 16
	case n == 11 && digits[0] == '1' && digits[1] >= '3':
		return true
	case digits != "" && digits[0] == '0' && n >= 10 && n <= 16 && parted:
		return true
	case n == 10 && (strings.HasPrefix(digits, "400") || strings.HasPrefix(digits, "800")) && parted:
		return true
	}
	return false
}

var telephoneLabels = words("电话 手机 传真 热线 Tel TEL 号码 致电")

// behindLabel reports that one of the words for a telephone stands right before a number.
func behindLabel(text []rune, at int) bool {
	for at > 0 && strings.ContainsRune(":： 　（(为是、，,/;；", text[at-1]) {
		at--
	}
	for n := 2; n <= 3; n++ { // as long as the labels are
		if at >= n && wordAt(text[:at], at-n, telephoneLabels) == n {
			return true
		}
	}
	return false
}

// telephoneFollows reports that a number of a telephone stands right behind a name.
func telephoneFollows(text []rune, at int) bool {
	for at < len(text) && strings.ContainsRune(" 　:：，,（(", text[at]) {
		at++
	}
	if wordAt(text, at, telephoneLabels) > 0 {
		return true
	}
	if at >= len(text) || !isDigit(text[at]) {
		return false
	}
	end, digits := numberEnd(text, at)
	return isTelephone(digits, string(text[at:end]), false)
}
