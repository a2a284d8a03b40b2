package public

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/internal/desk"
	"luoshi/internal/web"
)

// The living plan holds the stored text rune for rune, in both languages, and
// each mark is the words of its span.
func TestLivingPlanIsTheDocument(t *testing.T) {
	texts := map[string]string{"sample": sampleText(t)}
	folder := cmp.Or(os.Getenv("LUOSHI_PLANS"), "../../../../shared/plans")
	found, _ := filepath.Glob(folder + "/*.txt")
	for _, f := range found {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts[filepath.Base(f)] = string(b)
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			w := newTown(t)
			r := w.published(text)
			for _, lang := range []string{"", "/en"} {
				checkLiving(t, w.page(lang+"/plans/"+r.Plan.ID.String()), r)
			}
		})
	}
	if len(found) == 0 {
		t.Run("SuppliedPlans", func(t *testing.T) {
			t.Skipf("NO SUPPLIED PLANS in %s: only the sample was looked at; set LUOSHI_PLANS", folder)
		})
	}
}

func checkLiving(t *testing.T, page string, r desk.Review) {
	t.Helper()
	words, marks := documentOf(page)
	if words != r.Text {
		t.Fatalf("the page is not the text: %s", difference(words, r.Text))
	}
	text := []rune(r.Text)
	want := map[string]string{}
	for _, m := range r.Targets {
		want["t-"+m.ID.String()] = m.Span.In(text)
	}
	for _, m := range r.Milestones {
		want["m-"+m.ID.String()] = m.Span.In(text)
	}
	for k, v := range want {
		if marks[k] != v {
			t.Errorf("mark %s is %q, want %q", k, marks[k], v)
		}
	}
	if len(marks) != len(want) {
		t.Errorf("%d marks, want %d", len(marks), len(want))
	}
	var ids, refs []string
	chips := 0
	walk(page, func(e element) {
		ids = append(ids, e.attrs["id"])
		if to, ok := strings.CutPrefix(e.attrs["href"], "#"); ok {
			refs = append(refs, to)
		}
		if e.has("chip") {
			chips++
		}
		if e.attrs["style"] != "" || e.name == "script" || e.name == "style" {
			t.Errorf("a strict policy forbids %v", e)
		}
	}, nil)
	for _, ref := range refs {
		if !slices.Contains(ids, ref) {
			t.Errorf("#%s leads nowhere", ref)
		}
	}
	if chips != len(want) {
		t.Errorf("%d chips for %d promises", chips, len(want))
	}
}

func difference(got, want string) string {
	a, b := []rune(got), []rune(want)
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return string(a[max(0, i-10):min(len(a), i+10)]) + " ≠ " + string(b[max(0, i-10):min(len(b), i+10)])
		}
	}
	return "one ends early"
}

func TestClausesShowHeadings(t *testing.T) {
	w := newTown(t)
	page := w.page("/plans/" + w.published(sampleText(t)).Plan.ID.String())
	for _, want := range []string{
		"<h1><span class=\"ib\">安澜市文化广电新闻出版局“走近群众、服务群众”实践活动方案\n</span></h1>",
		"<h2>三、重点项目\n</h2>",
		"<h3>（一）改善文化民生，保障群众的基本文化权益\n</h3>",
		"<p>1、深化文化场馆免费开放。",
		"这一段是原则，不定数，也不叫下面报数。",
		"正在这一步", "还没到",
		"9月23日之前”包括当天吗？",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// Lines that a page layout broke are one paragraph; a page number parts it.
func TestBrokenLinesAreJoined(t *testing.T) {
	line, end := breakOff(web.Paragraph{Segments: []web.Segment{{Text: "一"}, {Text: "二\n", Marks: []web.Mark{{Key: "t-1", Class: "none"}}, Ending: []string{"t-1"}}}})
	if words(line) != "一二" || words(end) != "\n" || len(end.Segments[0].Marks) != 1 || len(end.Segments[0].Ending) != 0 || len(line.Segments[1].Ending) != 1 {
		t.Errorf("broke into %+v and %+v", line, end)
	}
	line, end = breakOff(web.Paragraph{Segments: []web.Segment{{Text: "末行"}}})
	if words(line) != "末行" || words(end) != "" {
		t.Errorf("broke into %+v and %+v", line, end)
	}
}

func BenchmarkLivingPlan(b *testing.B) {
	w := newTown(b)
	path := "/plans/" + w.published(sampleText(b)).Plan.ID.String()
	b.ReportMetric(float64(len(w.page(path))), "bytes/page")
	for b.Loop() {
		w.ask("GET", path)
	}
}

func TestBlocks(t *testing.T) {
	const text = "关于方便读书的\n实施方案\n安文〔2011〕28号\n\n" +
		"为了让全市读书的人更加方便，让村里的书屋常年开门，让馆里的书走到乡\n下去，现在制定这个实施方案，请各单位认真地按照下面所列的各项要求来\n" +
		"— 1 —\n一件一件地办理好。\n　　一、总体要求\n把书送到村里，送到每一个愿意读书的人的手里，让大家都有书可以读，都\n有地方可以读。"
	v := document.NewView(text)
	all := findTitle(blocks(v, web.Paragraphs(v.Text, 0, len(v.Text), nil), nil, begun(v)), "关于方便读书的实施方案")
	var got []string
	for _, b := range all {
		own := ""
		if b.Own {
			own = " own"
		}
		got = append(got, fmt.Sprintf("%s%s %d", b.Kind, own, len(b.Lines)))
	}
	want := "h1 2|no 1|p 1|p 2|no 1|p own 1|p own 1|p 2"
	if strings.Join(got, "|") != want {
		t.Errorf("blocks are %s, want %s", strings.Join(got, "|"), want)
	}
}

func TestBadFirst(t *testing.T) {
	got := badFirst([]promise{{Name: "c"}, {Name: "b", Due: "2012-12-31"}, {Name: "a", Due: "2011-12-31"}, {Name: "d"}})
	if s := got[0].Name + got[1].Name + got[2].Name + got[3].Name; s != "abcd" {
		t.Errorf("order %s", s)
	}
}
