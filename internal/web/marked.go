package web

import (
	"context"
	"io"
	"regexp"

	"luoshi/internal/text"

	"github.com/a-h/templ"
)

var chineseWords = regexp.MustCompile(`\p{Han}+`)

// Marked writes a sentence in which names and measures of the document stand. On a page in
// another language those say that they are Chinese, so that they are read out as such.
func Marked(words string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		said := templ.EscapeString(words)
		if Of(ctx).Lang != text.Chinese {
			said = chineseWords.ReplaceAllString(said, `<span lang="zh-Hans">$0</span>`)
		}
		_, err := io.WriteString(w, said)
		return err
	})
}
