package public

import (
	"context"
	"html"
	"io"
	"slices"
	"sort"
	"strings"
	"unicode"

	"luoshi/document"
	"luoshi/internal/desk"
	"luoshi/internal/web"

	"github.com/a-h/templ"
)

// clause is a node's share of the stored text. The clauses of a plan, put
// together, are its text rune for rune; the first may stand before any node.
type clause struct {
	Node   document.Node
	Blocks []block
}

// block is a paragraph as it is shown: one stored line, or several that a page
// layout broke.
type block struct {
	Kind  string // h1 h2 h3 p row, or no: a line by itself, like the 文号 or a page number
	Own   bool   // brings its own indent, or goes on after a page number
	Lines []web.Paragraph
	Cells []web.Cell // of a row of a table, instead of its line
}

// clauses cuts a text at its nodes and finds its title and headings.
func clauses(p desk.PublicPlan, marks []web.Mark) []clause {
	v := document.NewSourceView(p.Source())
	parents := map[int]bool{}
	for _, n := range p.Nodes {
		parents[n.Parent] = true
	}
	starts := []int{0}
	for _, n := range p.Nodes {
		starts = append(starts, max(lineStart(v.Text, n.Span.Start()), starts[len(starts)-1]))
	}
	dealt, begins := web.DealMarks(marks, starts), begun(v)
	var all []clause
	add := func(n document.Node, from, to int, marks []web.Mark) {
		if from == to {
			return
		}
		lines := slices.DeleteFunc(web.Paragraphs(v.Text, from, to, marks), isAway)
		if len(lines) == 0 {
			return
		}
		c := clause{Node: n, Blocks: blocks(v, lines, p.Tables, begins)}
		if n.Ordinal == 0 {
			c.Blocks = findTitle(c.Blocks, p.Plan.Title)
		} else {
			setHeading(c, parents[n.Ordinal])
		}
		all = append(all, c)
	}
	node := document.Node{}
	for i, n := range p.Nodes {
		add(node, starts[i], starts[i+1], dealt[i])
		node = n
	}
	last := len(starts) - 1
	add(node, starts[last], len(v.Text), dealt[last])
	return all
}

// begun are the places where the paragraphs of a view begin.
func begun(v *document.View) map[int]bool {
	starts := map[int]bool{}
	for _, p := range v.Paragraphs {
		starts[v.At[p.Start]] = true
	}
	return starts
}

// lineStart is the beginning of the line of a rune, if only blanks stand before it.
func lineStart(text []rune, at int) int {
	for i := at; ; i-- {
		if i <= 0 || text[i-1] == '\n' {
			return max(i, 0)
		}
		if !unicode.IsSpace(text[i-1]) {
			return at
		}
	}
}

// blocks joins the lines that a page layout broke; begins are the places where paragraphs begin.
func blocks(v *document.View, lines []web.Paragraph, tables []desk.DocumentTable, begins map[int]bool) []block {
	var all []block
	for _, l := range lines {
		first, worded := firstWord(v, l)
		cells := web.CellsOf(v.Text, l, tables)
		switch {
		case isHidden(l):
			all = append(all, block{Kind: "p", Own: true, Lines: []web.Paragraph{l}})
		case cells != nil:
			all = append(all, block{Kind: "row", Lines: []web.Paragraph{l}, Cells: cells})
		case l.Blank:
			all = append(all, block{Kind: "p", Lines: []web.Paragraph{l}})
		case !worded:
			all = append(all, block{Kind: "no", Lines: []web.Paragraph{l}})
		case begins[first]:
			all = append(all, block{Kind: "p", Own: v.Text[l.Start] == '　', Lines: []web.Paragraph{l}})
		case len(all) > 0 && all[len(all)-1].Kind == "p" && !all[len(all)-1].blank():
			b := &all[len(all)-1]
			b.Lines = append(b.Lines, l)
		default:
			all = append(all, block{Kind: "p", Own: true, Lines: []web.Paragraph{l}})
		}
	}
	return all
}

// firstWord is the place of the first rune of a line that is words and not layout.
func firstWord(v *document.View, l web.Paragraph) (int, bool) {
	i := sort.SearchInts(v.At, l.Start)
	if i == len(v.At) || v.At[i] >= l.Start+length(l) || v.Runes[i] == '\n' {
		return 0, false
	}
	return v.At[i], true
}

// isHidden reports a line of which nothing is public, isAway one whose place another
// line holds already, with the sentence that says so.
func isHidden(l web.Paragraph) bool {
	hidden := false
	for _, s := range l.Segments {
		if !s.Hidden && strings.TrimSpace(s.Text) != "" {
			return false
		}
		hidden = hidden || s.Hidden
	}
	return hidden
}

func isAway(l web.Paragraph) bool {
	return isHidden(l) && !slices.ContainsFunc(l.Segments, func(s web.Segment) bool { return s.Instead != "" })
}

func length(l web.Paragraph) int { return len([]rune(words(l))) }

func words(l web.Paragraph) string {
	var b strings.Builder
	for _, s := range l.Segments {
		b.WriteString(s.Text)
	}
	return b.String()
}

func (b block) blank() bool { return b.Lines[0].Blank }

// packed gives the words of a block without blanks.
func (b block) packed() string {
	var all strings.Builder
	for _, l := range b.Lines {
		all.WriteString(pack(words(l)))
	}
	return all.String()
}

func pack(s string) string { return strings.Join(strings.Fields(s), "") }

// mostNote is how much may stand behind a title on its line, like （试行）.
const mostNote = 30

// findTitle makes the lines that are the title one heading, and finds the 文号 below.
func findTitle(all []block, title string) []block {
	title = pack(title)
	for i := range all {
		joined := ""
		for j := i; j < len(all) && len(joined) < len(title); j++ {
			joined += all[j].packed()
			if title == "" || !strings.HasPrefix(joined, title) || len(joined) > len(title)+mostNote*len("字") {
				continue
			}
			head := block{Kind: "h1"}
			for _, b := range all[i : j+1] {
				head.Lines = append(head.Lines, b.Lines...)
			}
			rest := all[j+1:]
			for k := range rest {
				if !rest[k].blank() && isNumber(rest[k].packed()) {
					rest[k].Kind = "no"
				}
			}
			return append(append(append([]block{}, all[:i]...), head), rest...)
		}
	}
	return all
}

// isNumber reports a line that is a 文号: 安文〔2011〕28号.
func isNumber(s string) bool {
	return len([]rune(s)) <= 30 && strings.ContainsAny(s, "〔[［【(（") && strings.HasSuffix(s, "号")
}

// setHeading makes the first paragraph of a node a heading, if it holds the title
// and nothing else, and something stands below it.
func setHeading(c clause, parent bool) {
	first := &c.Blocks[0]
	if first.Cells != nil || isHidden(first.Lines[0]) {
		return
	}
	below := parent
	for _, b := range c.Blocks[1:] {
		below = below || !b.blank()
	}
	line := strings.TrimRight(first.packed(), "。.:：;；")
	if !below || !strings.HasSuffix(line, strings.TrimRight(pack(c.Node.Title), "。.:：;；")) ||
		len([]rune(line)) > len([]rune(pack(c.Node.Title)))+8 {
		return
	}
	switch c.Node.Level {
	case 1:
		first.Kind = "h2"
	case 2:
		first.Kind = "h3"
	}
}

var opening = map[string]string{"h1": "<h1>", "h2": "<h2>", "h3": "<h3>", "p": "<p>", "no": `<p class="no">`}
var closing = map[string]string{"h1": "</h1>", "h2": "</h2>", "h3": "</h3>", "p": "</p>", "no": "</p>"}

// doc is the words of a clause. It is written by hand, because a template
// would put blanks where the document has none.
func doc(c clause, chip func(key string) templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		write := func(s string) error {
			_, err := io.WriteString(w, s)
			return err
		}
		if err := write(`<div class="doc" lang="zh-Hans">`); err != nil {
			return err
		}
		for _, b := range c.Blocks {
			if b.Cells != nil {
				if err := web.Row(b.Cells, chip).Render(ctx, w); err != nil {
					return err
				}
				continue
			}
			open := opening[b.Kind]
			if b.Own && b.Kind == "p" {
				open = `<p class="own">`
			}
			if err := write(open); err != nil {
				return err
			}
			for i, l := range b.Lines {
				if err := b.line(i, l, chip).Render(ctx, w); err != nil {
					return err
				}
			}
			if err := write(closing[b.Kind]); err != nil {
				return err
			}
		}
		return write("</div>")
	})
}

// line is a line of a block. Between two lines of one paragraph the line break
// takes no room; in a title each line keeps together.
func (b block) line(i int, l web.Paragraph, chip func(key string) templ.Component) templ.Component {
	if b.Kind == "h1" {
		return templ.Join(templ.Raw(`<span class="ib">`), web.Running(l, chip), templ.Raw("</span>"))
	}
	if i == len(b.Lines)-1 {
		return web.Running(l, chip)
	}
	line, end := breakOff(l)
	return templ.Join(web.Running(line, chip), templ.Raw(`<span class="nl">`), web.Running(end, chip), templ.Raw("</span>"))
}

// breakOff parts the line break from its line. A mark that goes on over it
// stands on both; its chip stays with the words.
func breakOff(l web.Paragraph) (line, end web.Paragraph) {
	line, end = l, web.Paragraph{Start: l.Start}
	if len(l.Segments) == 0 {
		return line, end
	}
	last := l.Segments[len(l.Segments)-1]
	text, broken := strings.CutSuffix(last.Text, "\n")
	if !broken {
		return line, end
	}
	line.Segments = append([]web.Segment{}, l.Segments[:len(l.Segments)-1]...)
	if text != "" {
		line.Segments = append(line.Segments, web.Segment{Text: text, Marks: last.Marks, Ending: last.Ending})
		last.Ending = nil
	}
	end.Segments = []web.Segment{{Text: "\n", Marks: last.Marks, Ending: last.Ending}}
	return line, end
}

// chip stands behind the words of a promise: its lamp, and the way to its item.
// The word joiner keeps it from beginning a line.
func chip(p promise) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		class := html.EscapeString(string(p.Lamp))
		_, err := io.WriteString(w, `<a class="chip `+class+`" href="`+html.EscapeString(string(web.Link(ctx, "/items/"+p.Item.String())))+
			"\">\u2060<svg aria-hidden=\"true\"><use href=\"#l-"+class+`"></use></svg>`+html.EscapeString(web.LampWord(ctx, p.Lamp))+`</a>`)
		return err
	})
}
