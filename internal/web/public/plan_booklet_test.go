package public

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"luoshi/internal/web"
)

var (
	noteRef = regexp.MustCompile(`<a id="r-(\d+)" href="#n-(\d+)">(\d+)</a>`)
	noteAt  = regexp.MustCompile(`<li id="n-(\d+)">(?s:(.*?))</li>`)
)

// Each promise has one number in the text and one footnote, in the order of the words.
func TestBookletNotes(t *testing.T) {
	w := newTown(t)
	r := w.themed()
	page := w.page("/plans/" + r.Plan.ID.String() + "/booklet")
	refs, notes := noteRef.FindAllStringSubmatch(page, -1), noteAt.FindAllStringSubmatch(page, -1)
	if n := len(r.Targets) + len(r.Milestones); len(refs) != n || len(notes) != n || n == 0 {
		t.Fatalf("%d numbers, %d notes, %d promises", len(refs), len(notes), n)
	}
	for i := range refs {
		n := strconv.Itoa(i + 1)
		if refs[i][1] != n || refs[i][2] != n || refs[i][3] != n || notes[i][1] != n {
			t.Errorf("promise %s: %q, note %q", n, refs[i], notes[i][1])
		}
		if note := html.UnescapeString(notes[i][2]); !strings.Contains(note, `class="lamp`) || !strings.Contains(note, "最晚") && !strings.Contains(note, "没有写期限") {
			t.Errorf("note %s lacks lamp or day: %s", n, note)
		}
	}
	for _, want := range []string{"36,700 场", "市图书馆、市文化馆", "不定数，也不叫下面报数", "http://example.com/plans/" + r.Plan.ID.String(), "qr.svg", "最晚 2012年12月31日"} {
		if !strings.Contains(page, want) {
			t.Errorf("the booklet lacks %q", want)
		}
	}
	w.sign()
	if page := w.page("/plans/" + r.Plan.ID.String() + "/booklet"); !strings.Contains(page, "存证检查点：第") {
		t.Error("the booklet lacks the checkpoint")
	}
	q, err := web.NewQR("http://example.com/plans/" + r.Plan.ID.String())
	w.must(err)
	if got := w.ask("GET", "/en/plans/"+r.Plan.ID.String()+"/qr.svg"); got.Body.String() != string(q.SVG()) || got.Header().Get("Content-Type") != "image/svg+xml" {
		t.Errorf("the code: %v", got.Header())
	}
}
