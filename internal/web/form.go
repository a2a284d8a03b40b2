package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"luoshi/fault"
	"luoshi/internal/desk"
)

// Form is a form being filled in: what stands in its fields, and what is wrong.
// A rejected form is shown again with what was typed.
type Form struct {
	Command string // the command id issued with it
	Values  url.Values
	Files   []string // fields in which a file was sent: no page can fill them in again
	Names   []string // of the files, one for each of Files
	Fault   *fault.Fault
}

// NewForm gives a fresh form with the values that stand.
func NewForm(values url.Values) Form {
	if values == nil {
		values = url.Values{}
	}
	return Form{Command: NewCommand(), Values: values}
}

// NewCommand issues the id of a command.
func NewCommand() string {
	s, err := desk.NewCommandID(time.Now(), rand.Reader)
	if err != nil {
		panic(err) // crypto/rand does not fail
	}
	return s
}

// Value is what stands in a field.
func (f Form) Value(name string) string { return f.Values.Get(name) }

// Shown is what stands in a field, as a page can show it.
func (f Form) Shown(name string) string { return strings.ToValidUTF8(f.Values.Get(name), "�") }

// Holds reports whether a value of a field of several is chosen.
func (f Form) Holds(name, value string) bool {
	for _, v := range f.Values[name] {
		if v == value {
			return true
		}
	}
	return false
}

// Chose reports whether a file was sent in a field.
func (f Form) Chose(name string) bool { return slices.Contains(f.Files, name) }

// FileName is the name of the file that was sent in a field.
func (f Form) FileName(name string) string {
	if k := slices.Index(f.Files, name); k >= 0 && k < len(f.Names) {
		return strings.ToValidUTF8(f.Names[k], "�")
	}
	return ""
}

// Wrong gives the sentence about a field, or empty.
func (f Form) Wrong(ctx context.Context, name string) string {
	if f.Fault == nil || f.Fault.Field != name {
		return ""
	}
	return Sentence(ctx, f.Fault)
}

// MostForm is how much a form may carry; a plan document is the largest part.
const MostForm = 6 << 20

var errTooLarge = fault.New(fault.TooLarge, "交上来的内容太大了，最多 4 MB。请只贴方案的正文。")

// MostFiled is how much a form may carry that hands in a file as it is, such as a scan.
const MostFiled = 21 << 20

var errFileTooLarge = fault.New(fault.TooLarge, "文件太大了，最多 20 MB。扫描件请用黑白、300 DPI 以下。").In("file")

// ReadForm reads what was sent, file uploads too.
func ReadForm(w http.ResponseWriter, r *http.Request) (Form, error) {
	return ReadFormUpTo(w, r, MostForm)
}

// ReadFormUpTo reads a form that may carry so many bytes; what does not fit into memory
// lies on the disk meanwhile.
func ReadFormUpTo(w http.ResponseWriter, r *http.Request, most int64) (Form, error) {
	r.Body = http.MaxBytesReader(w, r.Body, most)
	err := r.ParseForm() // first and alone: ParseMultipartForm forgets its error
	if err == nil {
		if err = r.ParseMultipartForm(MostForm); errors.Is(err, http.ErrNotMultipart) {
			err = nil
		}
	}
	form := Form{Command: r.PostForm.Get("command"), Values: r.PostForm}
	if form.Values == nil {
		form.Values = url.Values{}
	}
	if r.MultipartForm != nil {
		for _, name := range slices.Sorted(maps.Keys(r.MultipartForm.File)) {
			sent := r.MultipartForm.File[name]
			if k := slices.IndexFunc(sent, func(h *multipart.FileHeader) bool { return h.Size > 0 }); k >= 0 {
				form.Files, form.Names = append(form.Files, name), append(form.Names, sent[k].Filename)
			}
		}
	}
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large) && most > MostForm:
		return form, errFileTooLarge
	case errors.As(err, &large):
		return form, errTooLarge
	case err != nil:
		return form, errGarbled
	}
	return form, nil
}

var errGarbled = fault.New(fault.Invalid, "交上来的内容读不全，没有存。请回到刚才的页面再交一次。")

// Sent is the hash of a form as it was sent, with its address and its files, but
// without its command id.
func Sent(r *http.Request, f Form) ([32]byte, error) {
	values := maps.Clone(f.Values)
	delete(values, "command")
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n", r.URL.Path, url.Values(values).Encode())
	if r.MultipartForm != nil {
		for _, name := range slices.Sorted(maps.Keys(r.MultipartForm.File)) {
			for _, header := range r.MultipartForm.File[name] {
				file, err := header.Open()
				if err != nil {
					return [32]byte{}, err
				}
				fmt.Fprintf(h, "%s\n%s\n%d\n", name, header.Filename, header.Size)
				_, err = io.Copy(h, file)
				if err = errors.Join(err, file.Close()); err != nil {
					return [32]byte{}, err
				}
			}
		}
	}
	return [32]byte(h.Sum(nil)), nil
}
