package web

import (
	"strings"
	"testing"

	"luoshi/internal/text"
)

// The document's words say in an English sentence that they are Chinese, and in a Chinese one
// nothing.
func TestMarked(t *testing.T) {
	for lang, want := range map[text.Lang]string{
		text.Chinese: "还差 3 场 &lt;b&gt;。",
		text.English: `<span lang="zh-Hans">还差</span> 3 <span lang="zh-Hans">场</span> &lt;b&gt;。`,
	} {
		var got strings.Builder
		if err := Marked("还差 3 场 <b>。").Render(With(t.Context(), Page{Lang: lang}), &got); err != nil || got.String() != want {
			t.Errorf("%s: %s %v, want %s", lang, got.String(), err, want)
		}
	}
}
