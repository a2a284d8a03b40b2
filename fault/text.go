package fault

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// CheckLine says what keeps a line that a person typed from being kept: missing
// though wanted, longer than so many runes, or with signs that no line holds.
// name is the field's name in Chinese.
func CheckLine(field, name, line string, longest int, wanted bool) error {
	if strings.ContainsFunc(line, unicode.IsControl) {
		return New(Invalid, "%s要写在一行里，不能有换行和控制符。", name).In(field)
	}
	return CheckText(field, name, line, longest, wanted)
}

// CheckText is CheckLine for texts of several lines.
func CheckText(field, name, text string, longest int, wanted bool) error {
	switch n := utf8.RuneCountInString(text); {
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unprintable):
		return New(Invalid, "%s里有认不出的字符，请重新输入。", name).In(field)
	case wanted && strings.TrimSpace(text) == "":
		return New(Invalid, "请填写%s。", name).In(field)
	case n > longest:
		return New(Invalid, "%s太长了，最多 %d 个字，现在有 %d 个。", name, longest, n).In(field)
	}
	return nil
}

func unprintable(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }
