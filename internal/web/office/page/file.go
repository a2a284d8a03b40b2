package page

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"luoshi/fault"
	"luoshi/internal/desk"
	"luoshi/internal/web"
)

// SentFile is the file of a form, or nothing.
func SentFile(r *http.Request) (name string, content []byte, err error) {
	file, header, err := r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return "", nil, nil
	}
	if err != nil {
		return "", nil, err
	}
	defer file.Close()
	content, err = io.ReadAll(file)
	return header.Filename, content, err
}

const xlsxKind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// SendXLSX sends a workbook.
func SendXLSX(w http.ResponseWriter, plain, name string, content []byte) error {
	w.Header().Set("Content-Type", xlsxKind)
	w.Header().Set("Content-Disposition", Attachment(plain, name))
	_, _ = w.Write(content) // a reader who hangs up needs no answer
	return nil
}

// filesTaken are the files that a browser offers to choose from.
const filesTaken = ".docx,.xlsx,.csv,.tsv,.md,.txt,.doc,.wps,.rtf,.odt,.xls,.et,.ods,.html,.pdf,text/plain"

// ErrNothingSent says that a form came with neither words nor a file.
var ErrNothingSent = fault.New(fault.Invalid, "还没有贴正文，也没有选文件。").In("text")

// SentDocument is the uploaded file, or what was pasted where there is none.
func SentDocument(r *http.Request, f web.Form) (desk.Import, error) {
	file, header, err := r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) || err == nil && header.Size == 0 {
		if f.Value("text") == "" {
			return desk.Import{}, ErrNothingSent
		}
		return desk.Import{Original: []byte(f.Value("text"))}, nil
	}
	if err != nil {
		return desk.Import{}, err
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	return desk.Import{Original: content, FileName: header.Filename}, err
}

// Attachment names a file that is sent (RFC 6266): in ASCII, and as it is.
func Attachment(plain, name string) string {
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}

// longestName is the longest title of a plan in the name of a file, in runes: file
// systems take 255 bytes.
const longestName = 60

// FileName makes a name that every system takes.
func FileName(what, title string) string {
	title = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, title)
	if words := []rune(title); len(words) > longestName {
		title = string(words[:longestName])
	}
	if title = strings.Trim(title, ". "); title == "" {
		return what
	}
	return what + "-" + title
}
