// Package web is what both sides of the house share: the frame of a page,
// forms, lamps and marks, languages, the stylesheet.
package web

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"luoshi/internal/desk"
	"luoshi/internal/text"

	"github.com/a-h/templ"
)

// Page is what the frame of a page needs to know.
type Page struct {
	Lang  text.Lang
	View  string // "", big or contrast
	Path  string // without the language
	Query url.Values
	City  desk.City
	Who   *desk.Who // who is signed in; nil on public pages
	Today string

	Shared  bool     // who is signed in may not be the next to use this phone
	Posted  bool     // it answers something that was sent: its address alone does not give it again
	Keeps   bool     // it is posted, and its form can be shown again in another language or view
	Preview *Preview // of a public page that is not public yet
	Making  *Making  // of a sample that is not complete yet
}

// Preview is where public pages are shown as they would be.
type Preview struct {
	Base  string // what their addresses begin with
	Next  string // where they are made public
	Again string // where something else is chosen
}

type pageKey struct{}

// With puts the page into a context, for the templates.
func With(ctx context.Context, p Page) context.Context { return context.WithValue(ctx, pageKey{}, p) }

// Of gives the page of a context.
func Of(ctx context.Context) Page {
	p, _ := ctx.Value(pageKey{}).(Page)
	if p.Lang == "" {
		p.Lang = text.Chinese
	}
	return p
}

// T says a sentence in the language of the page.
func T(ctx context.Context, key string, args ...any) string {
	return text.Say(Of(ctx).Lang, key, args...)
}

// Link gives the address of a page in the language and view of this one.
func Link(ctx context.Context, path string) templ.SafeURL {
	p := Of(ctx)
	address, fragment, _ := strings.Cut(path, "#")
	address = p.base() + address
	if p.Lang == text.English {
		address = "/en" + address
	}
	if p.View != "" {
		join := "?"
		if strings.Contains(address, "?") {
			join = "&"
		}
		address += join + "view=" + p.View
	}
	if fragment != "" {
		address += "#" + fragment
	}
	return templ.SafeURL(address)
}

// Here gives the address of this same page in another language or view.
func Here(ctx context.Context, lang text.Lang, view string) templ.SafeURL {
	return templ.SafeURL(at(ctx, Of(ctx).Path, lang, view))
}

// at gives an address that is asked as this page is, in another language or view.
func at(ctx context.Context, address string, lang text.Lang, view string) string {
	p := Of(ctx)
	address = p.base() + address
	if lang == text.English {
		address = "/en" + address
	}
	query := url.Values{}
	for k, v := range p.Query {
		if k != "view" {
			query[k] = v
		}
	}
	if view != "" {
		query.Set("view", view)
	}
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return address
}

func (p Page) base() string {
	if p.Preview == nil {
		return ""
	}
	return p.Preview.Base
}

// outside is a link that leads out of a preview.
func outside(ctx context.Context, path string) templ.SafeURL {
	p := Of(ctx)
	p.Preview = nil
	return Link(With(ctx, p), path)
}

// Language takes /en off the path and remembers what it said.
func Language(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := Page{Lang: text.Chinese}
		if rest, ok := strings.CutPrefix(r.URL.Path, "/en"); ok && (rest == "" || rest[0] == '/') {
			p.Lang = text.English
			u := *r.URL
			u.Path, u.RawPath = "/"+strings.TrimPrefix(rest, "/"), ""
			r2 := *r
			r2.URL = &u
			r = &r2
		}
		if v := r.URL.Query().Get("view"); v == "big" || v == "contrast" {
			p.View = v
		}
		p.Path, p.Query, p.Posted = r.URL.Path, r.URL.Query(), r.Method == http.MethodPost
		h.ServeHTTP(w, r.WithContext(With(r.Context(), p)))
	})
}

// Show renders a page into memory and then sends it, so that a page that fails
// half way is never seen.
func Show(w http.ResponseWriter, r *http.Request, status int, page templ.Component) {
	var b bytes.Buffer
	if err := page.Render(r.Context(), &b); err != nil {
		Log(r, err)
		http.Error(w, T(r.Context(), "这一页没有排出来，请过一会儿再试。"), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // a reader who hangs up needs no answer
}

// Security sets the headers that every answer carries.
func Security(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "same-origin")
		h.ServeHTTP(w, r)
	})
}

func home(body string) string {
	if body == "public" {
		return "/"
	}
	return "/office/"
}

// TitleLang is the language of a title: a plan's own words stay Chinese on an English page.
func TitleLang(ctx context.Context, title string) string {
	if strings.ContainsFunc(title, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return string(text.Chinese)
	}
	return string(Of(ctx).Lang)
}

// Within says whether a page belongs to an entry of a menu: it is that page, or under it.
func Within(path, entry string) bool {
	return path == entry || !strings.HasSuffix(entry, "/") && strings.HasPrefix(path, entry+"/")
}

// Nearest is the entry of a menu to which a page belongs: of those that it is under, the
// last one down.
func Nearest(menu []Entry, path string) (nearest Entry, within bool) {
	for _, e := range menu {
		if Within(path, e.Path) && len(e.Path) > len(nearest.Path) {
			nearest, within = e, true
		}
	}
	return nearest, within
}

// current marks the entry of the menu where somebody is.
func current(ctx context.Context, menu []Entry, entry string) templ.Attributes {
	path := Of(ctx).Path
	if e, within := Nearest(menu, path); !within || e.Path != entry {
		return nil
	}
	if path == entry {
		return templ.Attributes{"aria-current": "page"}
	}
	return templ.Attributes{"aria-current": "true"}
}
