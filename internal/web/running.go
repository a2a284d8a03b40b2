package web

import (
	"context"
	"html"
	"io"

	"github.com/a-h/templ"
)

// Running is the words of a paragraph with their marks. It is written by hand,
// because a template would put blanks where the document has none. chip gives
// what stands behind the end of a mark, or nil.
func Running(p Paragraph, chip func(key string) templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for _, s := range p.Segments {
			words := html.EscapeString(s.Text)
			if class := s.Class(); class != "" {
				if len(s.Ending) > 0 && s.Ending[0] == s.Marks[0].Key {
					class += " last"
				}
				words = `<mark class="` + html.EscapeString(class) + `" data-m="` + html.EscapeString(s.Keys()) + `">` + words + `</mark>`
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
