package web

import (
	"context"
	"html"
	"io"
	"strings"
	"unicode"

	"luoshi/document"

	"github.com/a-h/templ"
)

// Running is the words of a paragraph with their marks. It is written by hand,
// because a template would put blanks where the document has none. chip gives
// what stands behind the end of a mark, or nil.
func Running(p Paragraph, chip func(key string) templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		inner := inside(p)
		at := 0
		for _, s := range p.Segments {
			words := shown(s.Text, inner.Start-at, inner.End-at)
			at += len(s.Text)
			if s.Hidden {
				words = instead(ctx, s)
			}
			if class := s.Class(); class != "" {
				if len(s.Ending) > 0 && s.Ending[0] == s.Marks[0].Key {
					class += " last"
				}
				if link := s.Marks[0].Link; link != "" {
					// Reached by key from what was read: the words would only double the way.
					words = `<a tabindex="-1" href="` + html.EscapeString(link) + `">` + words + `</a>`
				}
				words = `<mark class="` + html.EscapeString(class) + `" data-m="` + html.EscapeString(s.Keys()) + `">` + words + `</mark>`
			}
			for _, k := range s.Begins {
				words = `<span id="s-` + html.EscapeString(k) + `"></span>` + words
			}
			if _, err := io.WriteString(w, words); err != nil {
				return err
			}
			for _, k := range s.Ending {
				if c := chip(k); c != nil {
					if err := c.Render(ctx, w); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
}

// instead is what stands in the place of words that are not shown.
func instead(ctx context.Context, s Segment) string {
	if s.Instead == "" {
		return ""
	}
	return `<span class="hid" lang="` + string(Of(ctx).Lang) + `">` + html.EscapeString(T(ctx, s.Instead)) + `</span>`
}

// inside is where the words of a paragraph begin and end, in bytes.
func inside(p Paragraph) document.Range {
	var all strings.Builder
	for _, s := range p.Segments {
		all.WriteString(s.Text)
	}
	words := all.String()
	end := len(strings.TrimRightFunc(words, unicode.IsSpace))
	return document.Range{Start: min(end, len(words)-len(strings.TrimLeftFunc(words, unicode.IsSpace))), End: end}
}

// shown writes words as they are seen: a tab between words parts them, and the line
// break of a cell breaks the line. Both stay what they are for who copies the words.
func shown(s string, from, to int) string {
	if !strings.ContainsAny(s, "\t\u2028") {
		return html.EscapeString(s)
	}
	var out strings.Builder
	plain := 0
	for i, r := range s {
		sign := ""
		switch {
		case r == '\t' && from < i && i < to:
			sign = `<span class="tab">` + "\t" + `</span>`
		case r == document.LineBreak:
			sign = `<span class="nl">` + string(r) + `</span><br>`
		default:
			continue
		}
		out.WriteString(html.EscapeString(s[plain:i]) + sign)
		plain = i + len(string(r))
	}
	return out.String() + html.EscapeString(s[plain:])
}
