package document

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// Format tells what a file is by its bytes: docx and xlsx, which ReadFile reads;
// text, which it tries to; doc, xls, ppt, rtf, html, odt, ods, xlsb, pdf and ofd,
// which a converter may turn into these; and encrypted, pptx, image, zip (any
// archive), damaged and binary, with which nothing can be done. The files of WPS
// are written in the forms of doc, xls and ppt, and are called so.
func Format(raw []byte) string {
	for _, m := range magics {
		if bytes.HasPrefix(raw, []byte(m.bytes)) {
			switch m.format {
			case "package":
				return packedFormat(raw)
			case "ole":
				return compoundFormat(raw)
			}
			return m.format
		}
	}
	switch start := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(raw[:min(len(raw), 1024)], []byte("\xef\xbb\xbf")), " \t\r\n")); {
	case bytes.HasPrefix(start, []byte("<!doctype html")), bytes.HasPrefix(start, []byte("<html")), bytes.HasPrefix(start, []byte("mime-version:")),
		bytes.HasPrefix(start, []byte("<?xml")) && bytes.Contains(start, []byte("mso-application")): // offices save such files as .doc
		return "html"
	case bytes.IndexByte(raw, 0) >= 0 && !bytes.HasPrefix(raw, []byte("\xff\xfe")) && !bytes.HasPrefix(raw, []byte("\xfe\xff")) && !everyOther(raw):
		return "binary"
	}
	return "text"
}

// magics are the first bytes of files that people send in place of a text.
var magics = []struct{ bytes, format string }{
	{"PK\x03\x04", "package"},
	{"PK\x05\x06", "package"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"},
	{"%PDF-", "pdf"},
	{"{\\rtf", "rtf"},
	{"Rar!", "zip"},
	{"7z\xbc\xaf\x27\x1c", "zip"},
	{"\x1f\x8b", "zip"},
	{"\x89PNG", "image"},
	{"\xff\xd8\xff", "image"},
	{"GIF8", "image"},
	{"II*\x00", "image"},
	{"MM\x00*", "image"},
	{"%TSD-Header-###%", "encrypted"}, // two programs with which offices encrypt every file
	{"b\x14#e", "encrypted"},
}

// packedFormat tells what a zip file is by the names in it.
func packedFormat(raw []byte) string {
	p, err := openPackage(raw)
	if err != nil {
		return "damaged"
	}
	for _, k := range []struct{ part, format string }{
		{"word/document.xml", "docx"}, {"word/document2.xml", "docx"}, {"xl/workbook.xml", "xlsx"}, {"xl/workbook.bin", "xlsb"},
		{"ppt/presentation.xml", "pptx"}, {"ofd.xml", "ofd"},
	} {
		if f, ok := p.files[k.part]; ok {
			if f != nil && f.Flags&1 != 0 {
				return "encrypted"
			}
			return k.format
		}
	}
	if f := p.files["mimetype"]; f != nil && f.Method == zip.Store { // OpenDocument 1.2 Part 3, 2.2.4
		kind, _ := p.part("mimetype")
		switch strings.TrimSpace(string(kind)) {
		case "application/vnd.oasis.opendocument.text":
			return "odt"
		case "application/vnd.oasis.opendocument.spreadsheet":
			return "ods"
		}
	}
	return "zip"
}

// compoundFormat tells what an OLE2 file is by the streams in its directory, whose
// entries are 128 bytes long and begin with the name in UTF-16 ([MS-CFB] 2.6.1).
func compoundFormat(raw []byte) string {
	for _, k := range []struct{ stream, format string }{
		{"EncryptedPackage", "encrypted"}, {"WordDocument", "doc"}, {"Workbook", "xls"}, {"Book", "xls"}, {"PowerPoint Document", "ppt"},
	} {
		if hasStream(raw, k.stream) {
			return k.format
		}
	}
	return "binary"
}

func hasStream(raw []byte, stream string) bool {
	var name []byte
	for _, u := range utf16.Encode([]rune(stream + "\x00")) {
		name = binary.LittleEndian.AppendUint16(name, u)
	}
	for at := 0; ; {
		i := bytes.Index(raw[at:], name)
		if i < 0 {
			return false
		}
		if (at+i)%128 == 0 {
			return true
		}
		at += i + 1
	}
}
