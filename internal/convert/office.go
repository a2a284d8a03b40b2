package convert

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"luoshi/document"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// officeFormats are the formats that LibreOffice turns into docx or xlsx.
var officeFormats = map[string]string{
	"doc": "docx", "rtf": "docx", "odt": "docx", "html": "docx",
	"xls": "xlsx", "xlsb": "xlsx", "ods": "xlsx",
}

// officeNames are the names that people know these formats by.
var officeNames = map[string]string{
	"doc": "DOC/WPS", "rtf": "RTF", "odt": "ODT", "html": "HTML", "xls": "XLS/ET", "xlsb": "XLSB", "ods": "ODS",
}

// officeLimits hold for LibreOffice: version 7.4 takes 0.9 s, 480 MB of addresses
// and 215 MB of memory for a plan of ten pages, and 4 s for a table of 3,000 rows.
// A later version, or one with Java, may ask for more addresses.
var officeLimits = limits{within: 60 * time.Second, memory: 2 << 30, file: 64 << 20}

// readOffice has LibreOffice turn a file into docx or xlsx and reads that.
func readOffice(ctx context.Context, format, to string, raw []byte) (document.Source, error) {
	soffice := findProgram("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice", `C:\Program Files\LibreOffice\program\soffice.com`)
	if soffice == "" {
		return document.Source{}, errNoOffice(officeNames[format], strings.ToUpper(to))
	}
	folder, remove, err := newFolder()
	if err != nil {
		return document.Source{}, err
	}
	defer remove()
	input, more := "input."+format, []string(nil)
	if format == "html" {
		raw, more = asHTML(raw)
		if len(more) == 0 {
			input = "input.xml"
		}
	}
	profile := filepath.Join(folder, "profile")
	if err := errors.Join(
		os.WriteFile(filepath.Join(folder, input), raw, 0o400),
		os.MkdirAll(filepath.Join(profile, "user"), 0o700),
		os.WriteFile(filepath.Join(profile, "user", "registrymodifications.xcu"), []byte(officeSettings), 0o600),
	); err != nil {
		return document.Source{}, err
	}
	args := append([]string{"-env:UserInstallation=" + (&url.URL{Scheme: "file", Path: filepath.ToSlash(profile)}).String(),
		"--headless", "--norestore", "--nologo", "--nodefault"}, more...)
	_, err = run(ctx, folder, officeLimits, soffice, append(args, "--convert-to", to, "--outdir", filepath.Join(folder, "out"), filepath.Join(folder, input))...)
	if err != nil && !errors.Is(err, errFailed) {
		return document.Source{}, err
	}
	failed := err
	converted, err := os.ReadFile(filepath.Join(folder, "out", "input."+to))
	switch {
	case errors.Is(err, fs.ErrNotExist) && failed != nil: // it fell, most often for want of memory
		return document.Source{}, ErrHeavy
	case errors.Is(err, fs.ErrNotExist):
		return document.Source{}, ErrUnreadable
	case err != nil:
		return document.Source{}, err
	}
	s, err := document.ReadFile("", converted)
	if err != nil {
		return document.Source{}, err
	}
	if to == "docx" {
		say(&s, "文件由 LibreOffice 转成 DOCX 再读，自动编号是程序算出来的，请和原文核对。")
	} else {
		say(&s, "文件由 LibreOffice 转成 XLSX 再读，请和原文核对。")
	}
	s.Format = format
	return s, nil
}

// htmlFilter opens a web page as a document, which can be written as docx.
var htmlFilter = []string{"--infilter=HTML (StarWriter)"}

var charset = regexp.MustCompile(`(?i)(charset\s*=\s*["']?)[\w-]+`)

// asHTML gives a web page in UTF-8 that says so, which many do not or say
// otherwise, and how it is opened; or an XML file of Word, and nothing.
func asHTML(raw []byte) ([]byte, []string) {
	head := strings.ToLower(string(raw[:min(len(raw), 1024)]))
	if strings.Contains(head, "mso-application") && strings.Contains(head, "<?xml") {
		return raw, nil
	}
	if utf16 := bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")); utf16 {
		return raw, htmlFilter
	}
	if !utf8.Valid(raw) {
		if decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw); err == nil {
			raw = decoded
		}
	}
	raw = charset.ReplaceAll(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), []byte("${1}utf-8"))
	return append([]byte("\xef\xbb\xbf"), raw...), htmlFilter
}
