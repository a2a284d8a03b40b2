package reports

import (
	"context"
	"strconv"

	"luoshi/internal/text"
	"luoshi/internal/web"
)

// ordinal numbers the headings of the first level: 一、
func ordinal(ctx context.Context, n int) string {
	if web.Of(ctx).Lang == text.English {
		return strconv.Itoa(n) + ". "
	}
	return hanNumber(n) + "、"
}

// subordinal numbers those of the second level: （一）
func subordinal(ctx context.Context, n int) string {
	if web.Of(ctx).Lang == text.English {
		return "(" + strconv.Itoa(n) + ") "
	}
	return "（" + hanNumber(n) + "）"
}

// hanNumber writes 1 to 99 in Chinese.
func hanNumber(n int) string {
	digits := []rune("零一二三四五六七八九")
	if n < 10 {
		return string(digits[n])
	}
	out := "十"
	if n >= 20 {
		out = string(digits[n/10%10]) + out
	}
	if n%10 > 0 {
		out += string(digits[n%10])
	}
	return out
}
