package public

import (
	"context"
	"html"
	"io"
	"net/http"
	"strconv"
	"strings"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"

	"github.com/a-h/templ"
)

// booklet is a plan to be printed: each promise is a numbered footnote under its paragraph.
type booklet struct {
	planPage
	Pages  []bookletClause
	Number map[string]int // of the footnotes, by the key of the mark
	Signed int64          // how many entries the last checkpoint covers
	Root   string         // the ledger's root hash there
}

// bookletClause is a clause with its footnotes.
type bookletClause struct {
	noted
	Notes []footnote
	First int // number of the first footnote
}

// footnote says of a promise who answers for it, how much, until when, and how it stands.
type footnote struct {
	promise
	Lead  string
	Title string // of its item
}

func (v visit) released() (desk.PublicPlan, error) {
	which, err := id.Of[id.Plan](v.r.PathValue("id"))
	if err != nil {
		return desk.PublicPlan{}, errMissing
	}
	return v.desk.Plan(v.r.Context(), which)
}

func (v visit) booklet() error {
	p, err := v.released()
	if err != nil {
		return err
	}
	b := newBooklet(newPlanPage(p, v.today))
	b.Address = v.planAddress(p.Plan)
	size, signed, err := v.desk.Checkpoint(v.r.Context())
	if err != nil {
		return err
	}
	b.Signed, b.Root = size, rootOf(signed)
	return v.show(http.StatusOK, v.say("方案小册子"), bookletPage(b))
}

// planAddress is the address of a plan as it is printed and drawn: the bare one, in which all find it.
func (v visit) planAddress(p plan.Plan) string { return v.origin() + "/plans/" + p.ID.String() }

// code is the address of a plan as a QR code.
func (v visit) code() error {
	p, err := v.released()
	if err != nil {
		return err
	}
	q, err := web.NewQR(v.planAddress(p.Plan))
	if err != nil {
		return err
	}
	return v.send("image/svg+xml", q.SVG())
}

func newBooklet(p planPage) booklet {
	b := booklet{planPage: p, Number: map[string]int{}}
	items := map[id.Item]plan.Item{}
	for _, i := range p.Items {
		items[i.ID] = i
	}
	for _, c := range p.Clauses {
		one := bookletClause{noted: c, First: len(b.Number) + 1}
		for _, key := range c.endings() {
			m, promised := p.Promises[key]
			if _, twice := b.Number[key]; twice || !promised {
				continue
			}
			b.Number[key] = len(b.Number) + 1
			one.Notes = append(one.Notes, footnote{m, items[m.Item].Lead, items[m.Item].Title})
		}
		b.Pages = append(b.Pages, one)
	}
	return b
}

// endings are the keys of the marks that end in a clause, in the order of its words.
func (c clause) endings() (keys []string) {
	lines := func(p web.Paragraph) {
		for _, s := range p.Segments {
			keys = append(keys, s.Ending...)
		}
	}
	for _, b := range c.Blocks {
		if b.Cells != nil {
			for _, cell := range b.Cells {
				lines(cell.Paragraph)
			}
			continue
		}
		for _, l := range b.Lines {
			lines(l)
		}
	}
	return keys
}

// principles are the items of a clause that promise nothing to be measured.
func (c bookletClause) principles() (all []duty) {
	for _, d := range c.Duties {
		if d.principle() {
			all = append(all, d)
		}
	}
	return all
}

// unmeasured are the items of a clause that are reported, without figure and day.
func (c bookletClause) unmeasured() (all []duty) {
	for _, d := range c.Duties {
		if !d.principle() && len(d.Promises) == 0 {
			all = append(all, d)
		}
	}
	return all
}

// numbered gives the number of the footnote that stands behind the words of a promise.
func (b booklet) numbered(key string) templ.Component {
	n := b.Number[key]
	if n == 0 {
		return nil
	}
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		number := html.EscapeString(strconv.Itoa(n))
		_, err := io.WriteString(w, "\u2060"+`<sup class="fn"><a id="r-`+number+`" href="#n-`+number+`">`+number+`</a></sup>`)
		return err
	})
}

// rootOf is the root hash of a signed checkpoint: the third line of its text, docs/ledger.md.
func rootOf(signed string) string {
	lines := strings.SplitN(signed, "\n", 4)
	if len(lines) < 4 {
		return ""
	}
	return lines[2]
}
