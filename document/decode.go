package document

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// MaxBytes is the largest text that is taken, in bytes.
const MaxBytes = 4 << 20

// Decode gives the text of a file in UTF-8 or GB18030 and the name of its
// encoding. A byte order mark is dropped and every line break becomes \n;
// otherwise the text is what was sent, rune for rune, and all spans count its runes.
func Decode(raw []byte) (text, encoding string, err error) {
	if len(raw) > MaxBytes {
		return "", "", ErrTooLarge
	}
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		return "", "", ErrUTF16
	}
	if format := Format(raw); format != "text" {
		return "", "", refuse(format)
	}
	if bytes.IndexByte(raw, 0) >= 0 {
		return "", "", ErrUTF16
	}
	encoding = "UTF-8"
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(raw) {
		encoding = "GB18030"
		raw, err = simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
		if err != nil || bytes.ContainsRune(raw, utf8.RuneError) {
			return "", "", ErrBroken
		}
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(raw))
	text = strings.TrimPrefix(text, "\ufeff")
	if strings.TrimSpace(text) == "" {
		return "", "", ErrEmpty
	}
	return text, encoding, nil
}

// everyOther tells UTF-16 without a mark from other binary data: nearly every
// second byte is the upper half of a Latin or Chinese sign.
func everyOther(raw []byte) bool {
	var upper [2]int
	for i, b := range raw {
		if b == 0 || b == 0x20 || b == 0x30 || b >= 0x4e && b <= 0x9f || b == 0xff {
			upper[i%2]++
		}
	}
	units := len(raw) / 2
	return len(raw)%2 == 0 && max(upper[0], upper[1])*10 >= units*9
}
