package document

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"luoshi/fault"
)

func TestDecode(t *testing.T) {
	const words = "安澜市文化惠民方案\n一、目标\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(words)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(words)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, raw, text, encoding string
		refused                   error
	}{
		{name: "UTF-8", raw: words, text: words, encoding: "UTF-8"},
		{name: "UTF-8 with a mark", raw: "\ufeff" + words, text: words, encoding: "UTF-8"},
		{name: "GB18030", raw: gb, text: words, encoding: "GB18030"},
		{name: "Windows and old Mac line breaks", raw: "一\r\n二\r三\n", text: "一\n二\n三\n", encoding: "UTF-8"},
		{name: "full-width signs stay", raw: "（１）安澜", text: "（１）安澜", encoding: "UTF-8"},
		{name: "nothing", raw: "", refused: ErrEmpty},
		{name: "blanks only", raw: " \n　\n", refused: ErrEmpty},
		{name: "UTF-16 with a mark", raw: "\xff\xfe" + utf16, refused: ErrUTF16},
		{name: "UTF-16 without a mark", raw: utf16, refused: ErrUTF16},
		{name: "half a docx", raw: "PK\x03\x04" + strings.Repeat("\x00x", 9), refused: ErrDamaged},
		{name: "pdf", raw: "%PDF-1.7\n", refused: ErrOffice("PDF")},
		{name: "doc", raw: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 120) + "W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00\x00\x00", refused: ErrFormat("DOC", "DOCX")},
		{name: "zeros", raw: "安澜\x00\x00\x00", refused: ErrBinary},
		{name: "broken", raw: "安澜\xff\xff", refused: ErrBroken},
		{name: "too large", raw: strings.Repeat("a", MaxBytes+1), refused: ErrTooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, encoding, err := Decode([]byte(c.raw))
			if !errors.Is(err, c.refused) || (err == nil) != (c.refused == nil) {
				t.Fatalf("refused with %v, want %v", err, c.refused)
			}
			if text != c.text || encoding != c.encoding {
				t.Errorf("got %q as %s, want %q as %s", text, encoding, c.text, c.encoding)
			}
		})
	}
	if _, _, err := Decode(bytes.Repeat([]byte("a"), MaxBytes+1)); !fault.Is(err, fault.TooLarge) {
		t.Errorf("a large file is refused as %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("安澜市方案\r\n一、目标"))
	f.Add([]byte{0xff, 0xfe, 0x00})
	f.Add([]byte{0xb0, 0xb2, 0xc0, 0xbd})
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, _, err := Decode(raw)
		if err != nil {
			if fault.Of(err) == nil {
				t.Fatalf("no words for a person: %v", err)
			}
			return
		}
		if !utf8.ValidString(text) || strings.ContainsRune(text, '\r') || strings.ContainsRune(text, 0) {
			t.Fatalf("not a clean text: %q", text)
		}
	})
}
