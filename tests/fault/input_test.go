package fault_test

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"luoshi/document"
)

// sent is the body of a request and its content type.
type sent struct {
	kind string
	body io.Reader
}

// fields is a form as a browser sends it where there is no file in it.
func fields(form url.Values) sent {
	return sent{"application/x-www-form-urlencoded", strings.NewReader(form.Encode())}
}

// withFile is the form of a plan as a browser sends it.
func withFile(t *testing.T, text, name string, content []byte) sent {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for field, value := range planDeed(1).with("text", text) {
		if err := w.WriteField(field, value[0]); err != nil {
			t.Fatal(err)
		}
	}
	f, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = f.Write(content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return sent{w.FormDataContentType(), &body}
}

// plans is the form of a plan with this text and no file.
func plans(t *testing.T, text string) sent {
	t.Helper()
	return withFile(t, text, "", nil)
}

// accounts is the form of an account with one field other than it should be.
func accounts(field, value string) sent { return fields(accountDeed(1).with(field, value)) }

// TestBadInput sends what nobody should send. Each time the server lives, says
// what is wrong, and what was typed still stands on the page.
func TestBadInput(t *testing.T) {
	h := newHouse(t)
	h.serve()
	h.enter()
	const typed = "给守塔人送去的一箱旧书"
	long := strings.Repeat("海", 1_000_000)
	for _, c := range []struct {
		name   string
		path   string
		sent   sent
		status int
		kept   string // empty: nothing was typed, or more than anybody can give back
	}{
		{"50 MB", "/office/plans/new", plans(t, typed+strings.Repeat("x", 50<<20)), http.StatusRequestEntityTooLarge, ""},
		{"50 MB in a name", "/office/accounts/new", accounts("name", typed+strings.Repeat("x", 50<<20)), http.StatusRequestEntityTooLarge, ""},
		{"50 MB of no known type", "/office/accounts/new", sent{"", bytes.NewReader(make([]byte, 50<<20))}, http.StatusUnprocessableEntity, ""},
		{"more than a document may have", "/office/plans/new", plans(t, typed+strings.Repeat("x", document.MaxBytes)), http.StatusRequestEntityTooLarge, typed},
		{"an empty form", "/office/plans/new", fields(nil), http.StatusUnprocessableEntity, ""},
		{"an empty account", "/office/accounts/new", fields(nil), http.StatusUnprocessableEntity, ""},
		{"no body and no type", "/office/plans/new", sent{"", strings.NewReader("")}, http.StatusUnprocessableEntity, ""},
		{"a form without its number", "/office/plans/new", fields(url.Values{"text": {planText("X", 2) + typed}}), http.StatusUnprocessableEntity, typed},
		{"a form that breaks off in an escape", "/office/accounts/new", sent{fields(nil).kind, strings.NewReader(accountDeed(1).form.Encode() + "&title=%E5%")}, http.StatusUnprocessableEntity, ""},
		{"a torn form with a file", "/office/plans/new", sent{"multipart/form-data; boundary=x", strings.NewReader("--x\r\nContent-Disposition: form-data; na")}, http.StatusUnprocessableEntity, ""},
		{"a binary file", "/office/plans/new", withFile(t, typed, "plan.bin", []byte("\x7fELF\x02\x01\x01\x00\x00\xff\xfe\x00")), http.StatusUnprocessableEntity, typed},
		{"a picture", "/office/plans/new", withFile(t, typed, "plan.txt", []byte("\x89PNG\r\n\x1a\n\x00\x00")), http.StatusUnprocessableEntity, typed},
		{"broken UTF-8 in a plan", "/office/plans/new", plans(t, planText("X", 2)+typed+"\xe6\xb5\xff"), http.StatusUnprocessableEntity, typed},
		{"broken UTF-8 in a name", "/office/accounts/new", accounts("name", typed+"\xe6\xb5\xff"), http.StatusUnprocessableEntity, typed},
		{"a zero byte in a name", "/office/accounts/new", accounts("name", typed+"\x00"), http.StatusUnprocessableEntity, typed},
		{"blanks for a name", "/office/accounts/new", accounts("name", "  　"), http.StatusUnprocessableEntity, ""},
		{"a line break in a name", "/office/accounts/new", accounts("name", typed+"\n另一行"), http.StatusUnprocessableEntity, typed},
		{"a million characters in a plan", "/office/plans/new", plans(t, long), http.StatusUnprocessableEntity, long},
		{"a million letters in a name", "/office/accounts/new", accounts("name", strings.Repeat("x", 1_000_000)), http.StatusUnprocessableEntity, strings.Repeat("x", 1_000_000)},
		{"a million characters in a name, nine on the wire", "/office/accounts/new", accounts("name", long), http.StatusRequestEntityTooLarge, ""},
		{"a plan without a number", "/office/plans/new", plans(t, "关于多读书的想法\n\n"+typed+"。\n"), http.StatusUnprocessableEntity, typed},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := h.request(http.MethodPost, c.path, c.sent.kind, c.sent.body)
			if err != nil {
				t.Fatalf("no answer: %v", err)
			}
			if a.status != c.status {
				t.Errorf("status %d, want %d; %s", a.status, c.status, titled.FindString(a.page))
			}
			if a.status < 300 || a.status > 399 {
				onPage(t, a.page, c.kept)
			}
		})
	}
	h.read("/office/")
	h.read("/office/accounts")
	h.verify()
	h.quiet()
}

// onPage checks a page that refuses: it says why, can be read, and still has
// what was typed.
func onPage(t *testing.T, page, typed string) {
	t.Helper()
	if !strings.Contains(page, `role="alert"`) && !strings.Contains(page, "这一步没有做成") {
		t.Errorf("the page does not say what is wrong: %.300s", page)
	}
	if !utf8.ValidString(page) {
		t.Error("the page is not UTF-8")
	}
	if !strings.Contains(page, html.EscapeString(typed)) {
		t.Errorf("what was typed is gone: %.30s", typed)
	}
}

// TestTallOutline sends a plan of ten thousand headings, each one level below
// the last as far as levels go. It may be refused or taken, within the patience
// of the browser; if it is taken, its page must open.
func TestTallOutline(t *testing.T) {
	h := newHouse(t)
	h.serve()
	h.enter()
	many := 10_000
	if testing.Short() {
		many = 1_000
	}
	levels := []string{"第%d章 ", "第%d节 ", "%d、", "（%d）", "%d.1 ", "%d.1.1 ", "%d）"}
	var b strings.Builder
	b.WriteString("安澜市高塔方案\n\n")
	for i := range many {
		fmt.Fprintf(&b, levels[i%len(levels)]+"第二十层的书架。2011年完成%d个。\n", i/len(levels)+1, i+1)
	}
	b.WriteString("2011年8月8日\n")
	began := time.Now()
	a, err := h.send("/office/plans/new", planDeed(1).with("text", b.String()))
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	t.Logf("status %d after %v", a.status, time.Since(began))
	switch {
	case a.status == http.StatusSeeOther:
		h.read(a.to)
		t.Logf("page after %v", time.Since(began))
	case a.status >= 400 && a.status < 500:
		onPage(t, a.page, "第二十层的书架")
	default:
		t.Errorf("status %d; %s", a.status, titled.FindString(a.page))
	}
	h.read("/office/")
	h.quiet()
}
