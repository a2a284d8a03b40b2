package document

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"luoshi/fault"
)

// MaxBytes is the largest file that Decode takes.
const MaxBytes = 4 << 20

var (
	ErrEmpty    = fault.New(fault.Invalid, "文件里没有文字，请换一个文件，或者把方案正文粘贴进来")
	ErrTooLarge = fault.New(fault.TooLarge, "文件超过 %d MB，请只上传方案正文，附件分开上传", MaxBytes>>20)
	ErrUTF16    = fault.New(fault.Invalid, "文件是 UTF-16 编码，请在记事本里另存为 UTF-8，再上传")
	ErrBinary   = fault.New(fault.Invalid, "文件不是纯文本，请打开它，把正文复制后粘贴进来")
	ErrBroken   = fault.New(fault.Invalid, "文件的文字编码不完整，认不出来，请另存为 UTF-8 文本，再上传")
)

// formats are the files that people send in place of a text, by their first bytes.
var formats = []struct{ magic, name string }{
	{"%PDF-", "PDF"},
	{"PK\x03\x04", "DOCX、WPS 或压缩"},
	{"\xd0\xcf\x11\xe0", "DOC 或 XLS"},
	{"{\\rtf", "RTF"},
	{"Rar!", "RAR 压缩"},
	{"7z\xbc\xaf\x27\x1c", "7z 压缩"},
	{"\x1f\x8b", "GZ 压缩"},
	{"\x89PNG", "图片"},
	{"\xff\xd8\xff", "图片"},
	{"GIF8", "图片"},
}

// ErrFormat is the refusal of a file whose format is known but is no text.
func ErrFormat(name string) *fault.Fault {
	return fault.New(fault.Invalid, "这是 %s文件，请打开它，把正文复制后粘贴进来", name)
}

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
	for _, f := range formats {
		if bytes.HasPrefix(raw, []byte(f.magic)) {
			return "", "", ErrFormat(f.name)
		}
	}
	if n := bytes.IndexByte(raw, 0); n >= 0 {
		if everyOther(raw) {
			return "", "", ErrUTF16
		}
		return "", "", ErrBinary
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
