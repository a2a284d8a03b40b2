package leader

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"
	"luoshi/plan"

	"github.com/a-h/templ"
)

func leaderOf(p id.Plan) string { return page.LeaderPath + "/" + p.String() }

// leaderView is a plan as it is put before its leaders.
type leaderView struct {
	desk.Leading
	Line     timeLine
	Wall     bool // on a screen that nobody touches
	Sets     bool // the reader may set lamps by hand
	Instruct bool // the reader may write an instruction
	Plans    []plan.Plan
	Done     string
}

// wallSeconds is after how long a page on a wall asks anew.
const wallSeconds = "180"

// leaderFirst leads to the plan in force that was made last.
func leaderFirst(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	all, err := running(s, r.Context())
	if err != nil {
		return err
	}
	if len(all) == 0 {
		web.Show(w, r, http.StatusOK, leaderEmpty())
		return nil
	}
	page.SeeOther(w, r, leaderOf(all[0].ID))
	return nil
}

// running are the plans in force, the newest first.
func running(s *page.Side, ctx context.Context) ([]plan.Plan, error) {
	all, err := s.Office.Plans(ctx, page.Who(ctx))
	return slices.DeleteFunc(all, func(p plan.Plan) bool { return p.State != plan.InForce }), err
}

// leader shows a plan to its leaders: what needs them, the matrix, the time line, and what slipped.
func leader(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	v, err := leading(s, r)
	if err != nil {
		return err
	}
	if v.Wall = r.URL.Query().Get("view") == "wall"; v.Wall {
		web.Show(w, r, http.StatusOK, leaderWall(v))
		return nil
	}
	web.Show(w, r, http.StatusOK, leaderPage(v))
	return nil
}

func leading(s *page.Side, r *http.Request) (v leaderView, err error) {
	ctx := r.Context()
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return v, desk.ErrMissing
	}
	if v.Leading, err = s.Office.Leading(ctx, page.Who(ctx), p); err != nil {
		return v, err
	}
	if v.Plans, err = running(s, ctx); err != nil {
		return v, err
	}
	v.Line = newTimeLine(v.Leading)
	v.Sets = page.Who(ctx).May("lamp.set") && !v.ReadOnly
	v.Instruct = page.Who(ctx).May("order.instruct") && !v.ReadOnly
	v.Done = r.URL.Query().Get("done")
	return v, nil
}

// boardGroup is rows of the matrix under one heading.
type boardGroup struct {
	Heading string
	Rows    []numberedRow
}

type numberedRow struct {
	desk.BoardRow
	Number string
	Short  string // where there is little room
}

// groups are the rows of the matrix under their headings: those of the plan in its order,
// what is no project of it, and what was added.
func (v leaderView) groups(ctx context.Context) (out []boardGroup) {
	put := func(heading string, r numberedRow) {
		if n := len(out); n == 0 || out[n-1].Heading != heading {
			out = append(out, boardGroup{Heading: heading})
		}
		g := &out[len(out)-1]
		g.Rows = append(g.Rows, r)
	}
	n := 0
	for _, rest := range []bool{false, true} {
		for _, r := range v.Rows {
			if r.Order != nil || v.isRest(r) != rest {
				continue
			}
			n++
			heading := headingWords(r.Heading)
			if rest {
				heading = web.T(ctx, "方案里的其他任务")
			}
			put(heading, numberedRow{r, web.Count(n), web.Count(n)})
		}
	}
	for _, r := range v.Rows {
		if r.Order != nil && !v.Wall {
			number := r.Order.Number()
			put(web.T(ctx, "批示、纪要和交办"), numberedRow{r, number, string([]rune(number)[:1]) + web.Count(r.Order.Serial)})
		}
	}
	return out
}

// headingWords writes the numbers of a heading as a document does: 三（一） for 三/一.
func headingWords(heading string) string {
	path, title, _ := strings.Cut(heading, " ")
	first, rest, nested := strings.Cut(path, "/")
	if !nested {
		return heading
	}
	return first + "（" + strings.ReplaceAll(rest, "/", "）（") + "） " + title
}

// isRest reports an item that is no project, in a plan that has projects.
func (v leaderView) isRest(r desk.BoardRow) bool {
	return !r.Item.Project && slices.ContainsFunc(v.Rows, func(x desk.BoardRow) bool { return x.Item.Project })
}

// counted are the lamps of the items with how many each has.
func (v leaderView) counted() (out []lampCount) {
	for _, l := range plan.OfficeLamps {
		n := 0
		for _, r := range v.Rows {
			if r.Whole.Lamp == l {
				n++
			}
		}
		if n > 0 {
			out = append(out, lampCount{l, n})
		}
	}
	return out
}

type lampCount struct {
	Lamp plan.Lamp
	N    int
}

// phaseNow says in which phase today lies, and how far into it, in working days.
func (v leaderView) phaseNow(ctx context.Context) string {
	for i, f := range v.Phases {
		if f.StageOn(v.Today) != plan.StageCurrent || f.First == "" || f.Last == "" {
			continue
		}
		before := f.First.AddDays(-1)
		return web.T(ctx, "第%s步 %s，第 %s / %s 个工作日", web.Count(i+1), f.Name, web.Count(before.Workdays(v.Today)), web.Count(before.Workdays(f.Last)))
	}
	return ""
}

// signs are what the columns are called on a phone: as few signs of each name as tell
// them apart.
func signs(units []org.Unit) map[id.Unit]string {
	out := map[id.Unit]string{}
	for _, u := range units {
		name := []rune(u.Name)
		for n := 1; n <= len(name); n++ {
			out[u.ID] = string(name[:n])
			if !slices.ContainsFunc(units, func(x org.Unit) bool { return x.ID != u.ID && strings.HasPrefix(x.Name, string(name[:n])) }) {
				break
			}
		}
	}
	return out
}

// namedFigure says of what a figure is: an item may have several.
func namedFigure(ctx context.Context, c plan.LampCount) string {
	return web.T(ctx, "%s：%s", c.Name, web.CountFigure(ctx, c))
}

// loud reports a lamp whose word is written out in the matrix.
func loud(l plan.Lamp) bool {
	switch l {
	case plan.LampUnderWay, plan.LampComplete, plan.LampIdle, plan.LampNotStarted, plan.LampWaiting:
		return false
	}
	return true
}

// why is where the reasons of an item stand on the page.
func why(i id.Item) string { return "w-" + i.String() }

// sinceWords says since when a lamp shines.
func sinceWords(ctx context.Context, l plan.LampLit) string {
	since := web.LampSince(l)
	if since == "" {
		return ""
	}
	switch {
	case l.Hand == nil && (l.Lamp == plan.LampBlocked || l.Lamp == plan.LampWaiting || l.Lamp == plan.LampComplete):
		return web.T(ctx, "%s报的", web.NearDate(ctx, l.Today, since))
	case l.Hand == nil && l.Return != "":
		return web.T(ctx, "%s退回", web.NearDate(ctx, l.Today, since))
	}
	return web.T(ctx, "%s起", web.NearDate(ctx, l.Today, since))
}

// headline says what is bad, in one sentence.
func (v leaderView) headline(ctx context.Context) string {
	n := map[plan.Tint]int{}
	for _, t := range v.Troubles {
		n[t.Cell.Lamp.Tint()]++
	}
	if len(v.Troubles) == 0 {
		return web.T(ctx, "没有逾期、受阻、偏慢和未报的。")
	}
	asked := 0
	for _, t := range v.Troubles {
		if asks(t) {
			asked++
		}
	}
	words := web.T(ctx, "红 %s 件，黄 %s 件，灰（未报）%s 件。", web.Count(n[plan.Red]), web.Count(n[plan.Amber]), web.Count(n[plan.Grey]))
	waiting := 0
	for _, c := range v.Cases {
		if c.State == plan.OrderOverdue {
			waiting++
		}
	}
	if waiting > 0 {
		words += web.Gap(ctx) + web.T(ctx, "有 %s 件批示和交办过了日子没有回复。", web.Count(waiting))
	}
	if asked > 0 {
		words += web.Gap(ctx) + web.T(ctx, "有 %s 件要请您定。", web.Count(asked))
	}
	return words
}

// asks reports that a unit asked for a decision.
func asks(t desk.Trouble) bool { return t.Report != nil && t.Report.Need != "" }

// dueNow is the last day of an item.
func dueNow(r desk.BoardRow) calendar.Day { return r.Whole.LampLit.Due }

// signAttr names the column of a cell on a phone.
func signAttr(sign string) templ.Attributes {
	if sign == "" {
		return nil
	}
	return templ.Attributes{"data-c": sign}
}

// slipWords says by how much a promise was put off.
func slipWords(ctx context.Context, s desk.Slip) string {
	switch n := s.Days(); {
	case s.Cancelled:
		return ""
	case n > 0:
		return web.T(ctx, "晚 %s 天", web.Count(n))
	case n < 0:
		return web.T(ctx, "早 %s 天", web.Count(-n))
	case s.Was != s.Now:
		return ""
	}
	return web.T(ctx, "日子没有变")
}

// leads names the units that lead an item, the first two of them.
func (v leaderView) leads(ctx context.Context, r desk.BoardRow) string {
	var names []string
	for _, o := range r.Leads[:min(2, len(r.Leads))] {
		names = append(names, v.Units[o.Unit].Name)
	}
	words := strings.Join(names, web.T(ctx, "、"))
	if n := len(r.Leads); n > 2 {
		words += " " + web.T(ctx, "等 %s 个单位", web.Count(n))
	}
	return words
}
