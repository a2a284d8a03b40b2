package document

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"luoshi/fault"
)

// compound makes what tells an OLE2 file: its first bytes and a directory.
func compound(streams ...string) string {
	out := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 504)
	for _, s := range streams {
		var name []byte
		for _, u := range utf16.Encode([]rune(s)) {
			name = binary.LittleEndian.AppendUint16(name, u)
		}
		out += string(name) + strings.Repeat("\x00", 128-len(name))
	}
	return out
}

func TestReadFile(t *testing.T) {
	word := string(docx(p("", "安澜市方案")))
	locked := bytes.Replace(zipped("word/document.xml", "x"), []byte("PK\x01\x02\x14\x00\x14\x00\x08"), []byte("PK\x01\x02\x14\x00\x14\x00\x09"), 1)
	for _, c := range []struct {
		name, raw, format, read string
		refused                 error
	}{
		{name: "text", raw: "安澜市方案", format: "text", read: "UTF-8"},
		{name: "a Word file", raw: word, format: "docx", read: "docx"},
		{name: "a Word file of another main part", raw: string(zipped("_rels/.rels", `<Relationships><Relationship Id="1" Type="x/officeDocument" Target="word/document2.xml"/></Relationships>`, "word/document2.xml", `<w:document`+wordNames+`><w:body>`+p("", "甲")+`</w:body></w:document>`)), format: "docx", read: "docx"},
		{name: "with macros", raw: string(docx(p("", "甲"), "word/vbaProject.bin", "x")), format: "docx", read: "docx"},
		{name: "a byte order mark in a part", raw: string(zipped("word/document.xml", "\ufeff<?xml version=\"1.0\"?><w:document"+wordNames+"><w:body>"+p("", "甲")+"</w:body></w:document>")), format: "docx", read: "docx"},
		{name: "backslashes", raw: string(zipped(`word\document.xml`, `<w:document`+wordNames+`><w:body>`+p("", "甲")+`</w:body></w:document>`)), format: "docx", read: "docx"},
		{name: "an Excel file", raw: string(xlsx("", "", "任务", cells(row("甲", "乙")))), format: "xlsx", read: "xlsx"},
		{name: "an old Word file", raw: compound("Root Entry", "WordDocument"), format: "doc", refused: ErrFormat("DOC", "DOCX")},
		{name: "an old Excel file", raw: compound("Root Entry", "Workbook"), format: "xls", refused: ErrFormat("XLS", "XLSX")},
		{name: "old slides", raw: compound("Root Entry", "PowerPoint Document"), format: "ppt", refused: ErrSlides},
		{name: "a password", raw: compound("Root Entry", "EncryptedPackage"), format: "encrypted", refused: ErrEncrypted},
		{name: "an encrypted entry", raw: string(locked), format: "encrypted", refused: ErrEncrypted},
		{name: "encrypted by a program", raw: "%TSD-Header-###%\x00\x01", format: "encrypted", refused: ErrEncrypted},
		{name: "another OLE2 file", raw: compound("Root Entry"), format: "binary", refused: ErrBinary},
		{name: "slides", raw: string(zipped("ppt/presentation.xml", "x")), format: "pptx", refused: ErrSlides},
		{name: "a binary Excel file", raw: string(zipped("xl/workbook.bin", "x")), format: "xlsb", refused: ErrFormat("XLSB", "XLSX")},
		{name: "OFD", raw: string(zipped("OFD.xml", "x")), format: "ofd", refused: ErrOFD},
		{name: "an archive", raw: string(zipped("方案.txt", "甲")), format: "zip", refused: ErrArchive},
		{name: "an empty archive", raw: string(zipped()), format: "zip", refused: ErrArchive},
		{name: "another archive", raw: "Rar!\x1a\x07", format: "zip", refused: ErrArchive},
		{name: "PDF", raw: "%PDF-1.7\n", format: "pdf", refused: ErrOffice("PDF")},
		{name: "RTF", raw: `{\rtf1`, format: "rtf", refused: ErrFormat("RTF", "DOCX")},
		{name: "a page called .doc", raw: "\ufeff\r\n<html xmlns:o=\"x\">", format: "html", refused: ErrFormat("网页", "DOCX")},
		{name: "Word 2003 XML", raw: `<?xml version="1.0"?><?mso-application progid="Word.Document"?>`, format: "html", refused: ErrFormat("网页", "DOCX")},
		{name: "a picture", raw: "\x89PNG\r\n\x1a\n", format: "image", refused: ErrPictures},
		{name: "a Word file of pictures", raw: string(docx(p("", "<w:r><w:pict><v:imagedata/></w:pict></w:r>"))), format: "docx", refused: ErrPictures},
		{name: "an empty Word file", raw: string(docx(p(""))), format: "docx", refused: ErrEmpty},
		{name: "an empty Excel file", raw: string(xlsx("", "", "一", "<sheetData/>")), format: "xlsx", refused: ErrEmpty},
		{name: "half a Word file", raw: word[:len(word)/2], format: "damaged", refused: ErrDamaged},
		{name: "UTF-16", raw: "\xff\xfe\x00\x4e", format: "text", refused: ErrUTF16},
		{name: "zeros", raw: "甲\x00\x00\x00乙", format: "binary", refused: ErrBinary},
		{name: "nothing", raw: "", format: "text", refused: ErrEmpty},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Format([]byte(c.raw)); got != c.format {
				t.Errorf("it is %s, want %s", got, c.format)
			}
			s, err := ReadFile("", []byte(c.raw))
			if !errors.Is(err, c.refused) || (err == nil) != (c.refused == nil) {
				t.Fatalf("refused with %v, want %v", err, c.refused)
			}
			if s.Format != c.read {
				t.Errorf("read as %q, want %q", s.Format, c.read)
			}
		})
	}
}

func TestReadOpenDocument(t *testing.T) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	f, err := w.CreateHeader(&zip.FileHeader{Name: "mimetype", Method: zip.Store})
	if err == nil {
		_, err = f.Write([]byte("application/vnd.oasis.opendocument.text"))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	if got := Format(out.Bytes()); got != "odt" {
		t.Error(got)
	}
	if _, err := ReadFile("", out.Bytes()); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}
