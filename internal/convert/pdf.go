package convert

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"luoshi/document"
)

// readerLimits hold for pdftotext, which takes 0.05 s and 30 MB for ten pages.
var readerLimits = limits{within: 20 * time.Second, memory: 1 << 30, file: 16 << 20}

// readPDF reads the text layer of a PDF.
func readPDF(ctx context.Context, raw []byte) (document.Source, error) {
	pdftotext := findProgram("pdftotext")
	if pdftotext == "" {
		return document.Source{}, ErrNoReader
	}
	folder, remove, err := newFolder()
	if err != nil {
		return document.Source{}, err
	}
	defer remove()
	in, out := filepath.Join(folder, "input.pdf"), filepath.Join(folder, "text")
	if err := os.WriteFile(in, raw, 0o400); err != nil {
		return document.Source{}, err
	}
	// -layout keeps the blanks before a line, by which a paragraph is told.
	said, err := run(ctx, folder, readerLimits, pdftotext, "-layout", "-enc", "UTF-8", "-eol", "unix", in, out)
	switch {
	case errors.Is(err, errFailed) && strings.Contains(said, "password"):
		return document.Source{}, document.ErrEncrypted
	case errors.Is(err, errFailed):
		return document.Source{}, ErrBadPDF
	case err != nil:
		return document.Source{}, err
	}
	layer, err := os.ReadFile(out)
	if err != nil {
		return document.Source{}, err
	}
	return readLayer(string(layer))
}

// readLayer makes a source of what pdftotext wrote.
func readLayer(layer string) (document.Source, error) {
	l := pagesOf(layer)
	switch written := l.written(); {
	case written.strange*5 > written.signs:
		return document.Source{}, ErrFonts
	case written.signs < fewestSigns*len(l.pages) && written.signs < fewestSigns*10:
		return document.Source{}, ErrScan
	}
	s, err := document.ReadFile("", []byte(l.text()))
	if err != nil {
		return document.Source{}, err
	}
	if l.emptyPages() {
		say(&s, "PDF 里有几页没有文字，可能是扫描的图片，没有读入。")
	}
	if l.heads {
		say(&s, "PDF 每页重复的页眉页脚没有读入。")
	}
	say(&s, "文字由 pdftotext 从 PDF 取出：段落按版面接起来，表格认不出来，请和原文核对。")
	s.Format = "pdf"
	return s, nil
}
