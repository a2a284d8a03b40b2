package bench

import (
	"context"
	"errors"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"luoshi/fault"
)

// sampleBanner is how the frame of a page marks a sample city, in either language.
const sampleBanner = `class="strip banner"`

const (
	mostPages  = 200
	mostOfKind = 10 // so that ten thousand entries of the ledger do not stand for all there is to read
	looking    = 15 * time.Second
)

var link = regexp.MustCompile(`<a [^>]*href="([^"]+)"`)

// publicPages follows the links from the home page, as far as they stay with the
// public pages of this site, and gives those that can be read.
func publicPages(ctx context.Context, s *site) (paths []string, sample bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, looking)
	defer cancel()
	known, kinds, queue := map[string]bool{"/": true}, map[string]int{}, []string{"/"}
	for len(queue) > 0 && len(paths) < mostPages {
		path := queue[0]
		queue = queue[1:]
		a, err := s.read(ctx, path)
		switch {
		case err != nil && path == "/":
			return nil, false, s.notReached(err)
		case err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded):
			return paths, sample, nil // what was found so far is enough to read
		case err != nil:
			return nil, false, s.notReached(err)
		case a.status != http.StatusOK && path == "/":
			return nil, false, s.otherProgram()
		case a.status != http.StatusOK:
			continue
		}
		paths = append(paths, path)
		if !strings.HasPrefix(a.kind, "text/html") {
			continue
		}
		if path == "/" {
			sample = strings.Contains(a.page, sampleBanner)
		}
		for _, next := range s.links(path, a.page) {
			if kind := kindOf(next); !known[next] && kinds[kind] < mostOfKind {
				known[next] = true
				kinds[kind]++
				queue = append(queue, next)
			}
		}
	}
	return paths, sample, nil
}

func (s *site) otherProgram() error {
	return fault.New(fault.Invalid, "%s 上的不是落实的页面。", s.origin)
}

// links gives the paths on this site that a page leads to, those of the office
// and the same page in larger letters left out.
func (s *site) links(from, page string) (paths []string) {
	base, err := url.Parse(s.origin + from)
	if err != nil {
		return nil
	}
	for _, found := range link.FindAllStringSubmatch(page, -1) {
		u, err := base.Parse(html.UnescapeString(found[1]))
		if err != nil || u.Scheme+"://"+u.Host != s.origin || u.Query().Has("view") {
			continue
		}
		if strings.HasPrefix(strings.TrimPrefix(u.Path, "/en"), "/office") {
			continue
		}
		u.Fragment = ""
		paths = append(paths, u.RequestURI())
	}
	return paths
}

// kindOf is a path without what names the one thing it shows: /items/*. All
// identifiers hold a digit, and no other part of an address does.
func kindOf(path string) string {
	path, query, _ := strings.Cut(path, "?")
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if strings.ContainsAny(p, "0123456789") {
			parts[i] = "*"
		}
	}
	if query != "" {
		parts = append(parts, "?")
	}
	return strings.Join(parts, "/")
}
