package convert

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"luoshi/document"
	"luoshi/fault"
	"luoshi/plan"
)

// needs leaves a test out where a program is not installed.
func needs(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("SKIPPED, NOT CHECKED: %s is not installed (apt-get install libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils)", p)
		}
	}
}

// made has LibreOffice write a file in another format.
// saved is a file that LibreOffice wrote of one under plan/testdata/files, as
// testdata/README.md says.
func saved(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// made has LibreOffice write a file in another format.
func made(t *testing.T, from, format string, more ...string) []byte {
	t.Helper()
	folder := t.TempDir()
	args := append([]string{"-env:UserInstallation=file://" + folder + "/profile", "--headless"}, more...)
	out, err := exec.Command("soffice", append(args, "--convert-to", format, "--outdir", folder, from)...).CombinedOutput()
	ending, _, _ := strings.Cut(format, ":")
	raw, missing := os.ReadFile(filepath.Join(folder, strings.TrimSuffix(filepath.Base(from), filepath.Ext(from))+"."+ending))
	if err != nil || missing != nil {
		t.Fatalf("%s: %v %v\n%s", format, err, missing, out)
	}
	return raw
}

func wrote(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// outline is what the items of a plan are and how they lie.
func outline(s document.Source) []string {
	var out []string
	for _, n := range plan.ReadSource(s, nil).Outline {
		out = append(out, fmt.Sprint(n.Level, " ", n.Path, " ", n.Title))
	}
	return out
}

// A plan whose numbers LibreOffice counts has one outline, whether it comes as text
// in which LibreOffice wrote them out, or in any other form.
func TestOnePlanInEveryFormat(t *testing.T) {
	needs(t, "soffice", "pdftotext")
	text, err := ReadFile(t.Context(), "", saved(t, "care.txt"))
	if err != nil {
		t.Fatal(err)
	}
	want := outline(text)
	if len(want) != 15 || want[9] != "2 三/二 做实上门服务" {
		t.Fatalf("%q", want)
	}
	for _, format := range []string{"docx", "doc", "rtf", "odt", "pdf"} {
		t.Run(format, func(t *testing.T) {
			raw := saved(t, "care."+format)
			if format == "rtf" { // LibreOffice 7.4 writes a question mark for the 、 behind a number; Word does not
				raw = bytes.ReplaceAll(raw, []byte(`\'02\'00\'3f`), []byte(`\'02\'00\u12289\'3f`))
			}
			began := time.Now()
			s, err := ReadFile(t.Context(), "", raw)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d bytes in %v", len(raw), time.Since(began))
			if got := outline(s); !slices.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			if s.Format != format || (len(s.Notes) == 0) != (format == "docx") {
				t.Errorf("%s %q", s.Format, s.Notes)
			}
		})
	}
}

// Web pages come in every encoding, with lists that count by themselves and with
// tables, and with the ending of a Word or Excel file.
func TestWebPages(t *testing.T) {
	needs(t, "soffice")
	const page = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body><p align=center>送戏下乡方案</p>
<p>一、目标</p><ol><li>送戏30场</li><li>送书2000册</li></ol><table border=1><tr><td>任务</td><td>责任单位</td></tr><tr><td>送戏</td><td>市文化局</td></tr></table></body></html>`
	utf8, _ := asHTML([]byte(page)) // LibreOffice is given the same in each case
	for name, raw := range map[string][]byte{"a mark": []byte("\ufeff" + page), "GB18030": gb18030(t, page)} {
		if got, _ := asHTML(raw); !bytes.Equal(got, utf8) {
			t.Errorf("%s: %q", name, got)
		}
	}
	s, err := ReadFile(t.Context(), "方案.doc", []byte(page))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(s.Text, "一、目标\n1. 送戏30场") && !strings.Contains(s.Text, "一、目标\n1.送戏30场") || len(s.Tables) != 1 || s.Format != "html" {
		t.Errorf("%s %d %q", s.Format, len(s.Tables), s.Text)
	}
}

func TestOldTables(t *testing.T) {
	needs(t, "soffice")
	source := filepath.Join("..", "..", "plan", "testdata", "files", "river.xlsx")
	raw, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	direct, err := ReadFile(t.Context(), "", raw)
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"xls", "ods"} {
		s, err := ReadFile(t.Context(), "", saved(t, "river."+format))
		if err != nil || s.Text != direct.Text || s.Format != format || !slices.Equal(outline(s), outline(direct)) {
			t.Errorf("%s: %v %q", format, err, s.Text)
		}
	}
}

// Damaged files, and those with a password, are refused with words for a person.
func TestFilesThatCannotBeRead(t *testing.T) {
	needs(t, "soffice", "pdftotext")
	odt, locked := saved(t, "care.odt"), saved(t, "locked.pdf")
	for name, c := range map[string]struct {
		raw  []byte
		want error
	}{
		"no Word file":   {oldWord(), ErrUnreadable},
		"half an ODT":    {odt[:len(odt)/2], document.ErrDamaged},
		"a locked PDF":   {locked, document.ErrEncrypted},
		"no PDF":         {[]byte("%PDF-1.4\nrubbish"), ErrBadPDF},
		"a scan":         {pdf("q 100 0 0 100 0 0 cm Q"), ErrScan},
		"a page of text": {pdf("BT /F1 12 Tf 72 720 Td (A plan of twelve words, all of them in Latin letters.) Tj ET"), nil},
	} {
		if _, err := ReadFile(t.Context(), "", c.raw); !errors.Is(err, c.want) || err != nil && fault.Of(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Files that unpack to very much, or go in circles, cost no more than the limits.
func TestBombs(t *testing.T) {
	needs(t, "soffice", "pdftotext")
	was := officeLimits
	officeLimits.within = 10 * time.Second
	defer func() { officeLimits = was }()
	readerWas := readerLimits
	readerLimits.within = 3 * time.Second
	defer func() { readerLimits = readerWas }()
	words := "BT /F1 1 Tf 72 720 Td (送) Tj ET\n"
	for name, raw := range map[string][]byte{
		"a long page":     pdf(strings.Repeat(words, 4_000_000)),
		"pages in circle": []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000000>>endobj\ntrailer<</Root 1 0 R>>\n"),
		"a long document": odt(strings.Repeat("<text:p>送戏下乡</text:p>", 3_000_000)),
		"a wide table":    odt(`<table:table><table:table-column table:number-columns-repeated="10000000"/><table:table-row table:number-rows-repeated="10000000"><table:table-cell table:number-columns-repeated="10000000"><text:p>送</text:p></table:table-cell></table:table-row></table:table>`),
	} {
		began := time.Now()
		s, err := ReadFile(t.Context(), "", raw)
		took := time.Since(began)
		t.Logf("%s: %d bytes, %v, %v", name, len(raw), took, err)
		if took > answered { // stopped after ten seconds or three
			t.Errorf("%s: answered after %v", name, took)
		}
		if err == nil && len(s.Text) > document.MaxPacked || err != nil && fault.Of(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// macroFile writes a mark when it is opened, if its macro is run.
func macroFile(t *testing.T, mark string) string {
	const event = `<script:event-listener script:language="ooo:script" script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document" xlink:type="simple"/>`
	return wrote(t, "macro.fodt", `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" xmlns:ooo="http://openoffice.org/2004/office" xmlns:dom="http://www.w3.org/2001/xml-events" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:scripts><office:script script:language="ooo:Basic"><ooo:libraries><ooo:library-embedded ooo:name="Standard"><ooo:module ooo:name="M"><ooo:source-code>Sub Main
 Open "`+mark+`" For Output As #1
 Print #1, "ran"
 Close #1
End Sub</ooo:source-code></ooo:module></ooo:library-embedded></ooo:libraries></office:script><office:event-listeners>`+event+`</office:event-listeners></office:scripts>
<office:body><office:text><text:p>送戏下乡方案</text:p></office:text></office:body></office:document>`)
}

// No macro is run: LibreOffice runs none when it converts, and the settings forbid
// it even where a document is opened for a person. With other settings the same
// file does run its macro, so the test would notice.
func TestNoMacroRuns(t *testing.T) {
	needs(t, "soffice")
	mark := filepath.Join(t.TempDir(), "ran")
	raw := made(t, macroFile(t, mark), "odt")
	ran := func() bool {
		_, err := os.Stat(mark)
		return err == nil
	}
	if s, err := ReadFile(t.Context(), "", raw); err != nil || !strings.Contains(s.Text, "送戏下乡方案") || ran() {
		t.Fatalf("%v, a macro ran: %v", err, ran())
	}
	file := wrote(t, "macro.odt", string(raw))
	lax := strings.Replace(officeSettings, `oor:name="MacroSecurityLevel" oor:op="fuse"><value>3`, `oor:name="MacroSecurityLevel" oor:op="fuse"><value>0`, 1)
	lax = strings.Replace(lax, `oor:name="DisableMacrosExecution" oor:op="fuse"><value>true`, `oor:name="DisableMacrosExecution" oor:op="fuse"><value>false`, 1)
	for _, c := range []struct {
		settings string
		runs     bool
	}{{officeSettings, false}, {lax, true}} {
		profile := t.TempDir()
		if err := os.MkdirAll(filepath.Join(profile, "user"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(profile, "user", "registrymodifications.xcu"), []byte(c.settings), 0o600); err != nil {
			t.Fatal(err)
		}
		l := officeLimits
		if l.within = 6 * time.Second; c.runs { // it is only waited for
			l.within = time.Minute
		}
		ctx, stop := context.WithCancel(t.Context())
		go func() {
			for ; !ran() && ctx.Err() == nil; time.Sleep(50 * time.Millisecond) {
			}
			stop()
		}()
		if _, err := run(ctx, profile, l, findProgram("soffice"), "-env:UserInstallation=file://"+profile, "--headless", file); err == nil || errors.Is(err, errFailed) {
			t.Errorf("it was to stay open: %v", err)
		}
		stop()
		if ran() != c.runs {
			t.Errorf("a macro ran: %v, awaited %v", ran(), c.runs)
		}
	}
}

// A document cannot make the server read another file or ask another server.
func TestNoLinkIsFollowed(t *testing.T) {
	needs(t, "soffice")
	secret := wrote(t, "secret.txt", "SECRET")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var asked atomic.Int32
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			asked.Add(1)
			c.Close()
		}
	}()
	defer listener.Close()
	server := "http://" + listener.Addr().String() + "/x"
	apart = false // with this machine's network, so that the settings alone hold it back
	defer func() { apart = true }()
	for name, raw := range map[string]string{
		"section": string(odt(`<text:section text:name="S"><text:section-source xlink:href="file://` + secret + `" text:filter-name="Text"/><text:p>方案一</text:p></text:section><text:section text:name="T"><text:section-source xlink:href="` + server + `"/><text:p>方案二</text:p></text:section>`)),
		"page":    `<html><body><p>方案</p><img src="` + server + `"><iframe src="file://` + secret + `"></iframe><object data="` + server + `"></object><link rel="stylesheet" href="` + server + `"></body></html>`,
		"field":   `{\rtf1 {\field{\*\fldinst INCLUDETEXT "` + secret + `"}{\fldrslt plan}}{\field{\*\fldinst INCLUDEPICTURE "` + server + `"}{\fldrslt plan}} words}`,
	} {
		s, err := ReadFile(t.Context(), "", []byte(raw))
		if err != nil || strings.Contains(s.Text, "SECRET") || asked.Load() > 0 {
			t.Errorf("%s: %v %q, asked %d times", name, err, s.Text, asked.Load())
		}
	}
}
