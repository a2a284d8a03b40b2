package facts

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"

	"github.com/a-h/templ"
)

// factGridView is the grid of a month, to be filled in.
type factGridView struct {
	desk.FactGrid
	Months []string // that may be chosen, the newest first
	Chosen bool     // the columns were
	Done   string
	Rows   int // that were just reported
	Same   int // of them, that another unit told of before
}

// path leads to the same grid with the same columns.
func (v factGridView) path(month string) string {
	path := page.FactGridPath(v.Unit.ID, month)
	if v.Chosen {
		for _, c := range v.Columns {
			path += "&i=" + c.ID.String()
		}
	}
	return path
}

// stood is how a form calls what stood in a cell when the page was made.
func stood(s fact.GridSpot) string { return "s" + s.Field()[1:] }

// words are what stands in a cell, as it is typed.
func (v factGridView) words(s fact.GridSpot) string {
	if v.named(s.Indicator) {
		return ""
	}
	if now := v.Stands[s]; len(now.Claims) > 0 {
		return now.Told.String()
	}
	return ""
}

// heldUnit gives the unit that an address names, or the first of the reader's by which they
// may do an act.
func heldUnit(s *page.Side, r *http.Request, act string) (id.Unit, error) {
	if asked := r.FormValue("unit"); asked != "" {
		unit, err := id.Of[id.Unit](asked)
		if err != nil {
			return 0, desk.ErrMissing
		}
		return unit, nil
	}
	// A month of the whole city is too much to check at once: only the grid begins there.
	if me := page.Who(r.Context()); act == "fact.onbehalf" && me.MayEverywhere(act) {
		whole, err := s.Office.FiguresUnit(r.Context(), me, 0)
		return whole.ID, err
	}
	for _, h := range page.Who(r.Context()).Held {
		if desk.May(act, h.Roles) {
			return h.Unit, nil
		}
	}
	return 0, desk.MayNot(act)
}

// lastMonths are the months that may be chosen: this one and the year before it.
func lastMonths(this string) (out []string) {
	year, _ := strconv.Atoi(this[:4])
	month, _ := strconv.Atoi(this[5:])
	for range 13 {
		out = append(out, strconv.Itoa(year)+"-"+string('0'+rune(month/10))+string('0'+rune(month%10)))
		if month--; month == 0 {
			year, month = year-1, 12
		}
	}
	return out
}

func factGrid(s *page.Side, r *http.Request) (page.Sheet, error) {
	unit, err := heldUnit(s, r, "fact.onbehalf")
	if err != nil {
		return page.Sheet{}, err
	}
	var chosen []id.Indicator
	for _, one := range r.Form["i"] {
		i, err := id.Of[id.Indicator](one)
		if err != nil {
			return page.Sheet{}, desk.ErrMissing
		}
		chosen = append(chosen, i)
	}
	ctx := r.Context()
	g, err := s.Office.FactGrid(ctx, page.Who(ctx), unit, r.FormValue("month"), chosen)
	if err != nil {
		return page.Sheet{}, err
	}
	v := factGridView{FactGrid: g, Months: lastMonths(fact.Month(s.Office.Today())), Chosen: len(chosen) > 0, Done: r.URL.Query().Get("done")}
	v.Rows, _ = strconv.Atoi(r.URL.Query().Get("rows"))
	v.Same, _ = strconv.Atoi(r.URL.Query().Get("same"))
	sh := page.Sheet{Title: web.T(ctx, "替下级填方格"), Back: page.FactMonthPath(unit, g.Month), Button: web.T(ctx, "报上去"), Second: &page.Second{Name: "keep", Label: web.T(ctx, "先存着，不报")}, Keeps: web.T(ctx, "打的字都暂存了。"),
		Hidden: []string{"unit", "month", "i"}, Stands: gridStands(v, chosen), Above: factGridAbove(v), Below: factGridColumns(v),
		Within: func(f web.Form) templ.Component { return factGridForm(v, f, v.check(f)) }}
	switch {
	case len(v.FactGrid.Rows) == 0:
		sh.Stop = fault.New(fault.Conflict, "这个单位下面没有村和直属单位，请在下面选一个单位。")
	case len(g.Columns) == 0:
		sh.Stop = fault.New(fault.Conflict, "还没有能填方格的指标。局办公室设立以后，就列在这里。")
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		c := v.check(f)
		switch {
		case f.Value("keep") != "":
			return v.path(g.Month) + "&done=kept", s.Office.KeepFactGrid(ctx, cmd, unit, g.Month, c.typed(f, v))
		case f.Value("read") != "" || strings.TrimSpace(f.Value("pasted")) != strings.TrimSpace(v.read()):
			typed, err := c.pasted(f, v)
			if err != nil {
				return "", err
			}
			return v.path(g.Month) + "&done=read", s.Office.KeepFactGrid(ctx, cmd, unit, g.Month, typed)
		}
		if err := c.wrong(f); err != nil {
			return "", err
		}
		if c.corrects && strings.TrimSpace(f.Value("why")) == "" {
			return "", fault.New(fault.Invalid, "有改了的数，请写一句为什么改。").In("why")
		}
		taken, err := s.Office.ReportFactGrid(ctx, cmd, unit, g.Month, c.cells, fact.Class(f.Value("class")), strings.TrimSpace(f.Value("why")))
		return v.path(g.Month) + "&done=reported&rows=" + strconv.Itoa(taken.Rows) + "&same=" + strconv.Itoa(len(taken.Same)), err
	}
	return sh, nil
}

// gridStands is what the form of a grid is filled with: what stands, and over it what was
// typed and kept.
func gridStands(v factGridView, chosen []id.Indicator) url.Values {
	out := url.Values{"unit": {v.Unit.ID.String()}, "month": {v.Month}, "class": {string(fact.OwnWord)}}
	for _, i := range chosen {
		out.Add("i", i.String())
	}
	for _, u := range v.FactGrid.Rows {
		for _, c := range v.Columns {
			at := fact.GridSpot{Unit: u.ID, Indicator: c.ID}
			out.Set(at.Field(), v.words(at))
			out.Set(stood(at), v.words(at))
		}
	}
	if d := v.Draft; d != nil {
		for name, words := range d.Cells {
			out.Set(name, words)
		}
		out["sure"] = d.Sure
		out.Set("pasted", d.Pasted)
		out.Set("why", d.Why)
		out.Set("class", cmp.Or(string(d.Class), string(fact.OwnWord)))
	}
	return out
}

// read is the block that was read last.
func (v factGridView) read() string {
	if v.Draft == nil {
		return ""
	}
	return v.Draft.Pasted
}

func (v factGridView) units() (out []fact.GridUnit) {
	for _, u := range v.FactGrid.Rows {
		out = append(out, fact.GridUnit{ID: u.ID, Name: u.Name})
	}
	return out
}

// gridChecked is a grid as it was filled in, with what is wrong or odd.
type gridChecked struct {
	told     fact.GridTold
	cells    []desk.GridTold // that say something else than what stands
	doubts   []fact.GridDoubt
	corrects bool
	empty    []org.Unit // of which nothing is told
	sums     map[id.Indicator]document.Decimal
	named    map[id.Indicator]map[string]org.Unit // by the key of each name, the unit that it was read of first
}

func (v factGridView) check(f web.Form) gridChecked {
	c := gridChecked{told: fact.GridTold{}, sums: map[id.Indicator]document.Decimal{}, named: map[id.Indicator]map[string]org.Unit{}}
	if block := strings.TrimSpace(f.Value("pasted")); block != "" && block == strings.TrimSpace(v.read()) {
		if p, err := fact.ReadGridPaste(block, v.units(), v.Columns); err == nil {
			c.doubts = p.Doubts
		}
	}
	stands := map[fact.GridSpot]document.Decimal{}
	for _, u := range v.FactGrid.Rows {
		some := false
		for _, i := range v.Columns {
			at := fact.GridSpot{Unit: u.ID, Indicator: i.ID}
			if i.Named() {
				some = c.names(i, u, at, f.Value(at.Field()), v.Stands[at]) || some
				continue
			}
			words, was := strings.TrimSpace(f.Value(at.Field())), f.Value(stood(at))
			q, told, doubt := fact.ReadGridCell(words)
			before, stood, _ := fact.ReadGridCell(was)
			if stood {
				stands[at] = before
			}
			some = some || told || stood || doubt != nil
			if told {
				c.told[at] = q
				c.sums[i.ID] += q
			}
			switch {
			case doubt != nil && words != was:
				doubt.Spot = at
				c.doubts = append(c.doubts, *doubt)
			case !told && stood && doubt == nil:
				c.sums[i.ID] += before
				c.doubts = append(c.doubts, fact.GridDoubt{Spot: at, Kind: "cleared", Says: fault.New(fault.Invalid, "原来报了 %s，空着就还是 %s。没有办过，请填 0。", before.Grouped(), before.Grouped())})
			}
			if told && (!stood || q != before) {
				c.cells = append(c.cells, desk.GridTold{GridSpot: at, Told: q, Stood: before, Stand: stood})
				c.corrects = c.corrects || stood
			}
		}
		if !some {
			c.empty = append(c.empty, u)
		}
	}
	for i, named := range c.named {
		c.sums[i] = document.Whole(int64(len(named)))
	}
	c.doubts = append(c.doubts, c.told.Oddities(unitIDsOf(v.FactGrid.Rows), v.Columns, v.Past, stands)...)
	return c
}

func unitIDsOf(units []org.Unit) (out []id.Unit) {
	for _, u := range units {
		out = append(out, u.ID)
	}
	return out
}

// wrong says what must be put right, or is asked and not answered.
func (c gridChecked) wrong(f web.Form) error {
	stops, asks, field := 0, 0, ""
	for _, d := range c.doubts {
		switch {
		case d.Told || !d.Stops && f.Holds("sure", d.Key()):
			continue
		case d.Stops:
			stops++
		default:
			asks++
		}
		if field == "" && d.Spot.Unit != 0 && d.Spot.Indicator != 0 {
			field = d.Spot.Field()
		}
	}
	switch {
	case stops > 0 && asks > 0:
		return fault.New(fault.Invalid, "有 %d 处要改，有 %d 处请看一看。都列在下面。", stops, asks).In(field)
	case stops > 0:
		return fault.New(fault.Invalid, "有 %d 处要改，都列在下面。", stops).In(field)
	case asks > 0:
		return fault.New(fault.Invalid, "有 %d 处请看一看。没有写错的勾上，再报上去。", asks).In(field)
	}
	return nil
}

// typed is what of a form is kept: the cells that say something else than what stands.
func (c gridChecked) typed(f web.Form, v factGridView) desk.GridTyped {
	t := desk.GridTyped{Cells: map[string]string{}, Sure: f.Values["sure"], Pasted: v.read(), Class: fact.Class(f.Value("class")), Why: f.Value("why")}
	for _, u := range v.FactGrid.Rows {
		for _, i := range v.Columns {
			at := fact.GridSpot{Unit: u.ID, Indicator: i.ID}
			if words := strings.TrimSpace(f.Value(at.Field())); words != v.words(at) {
				t.Cells[at.Field()] = words
			}
		}
	}
	return t
}

// pasted is what is kept of a form into whose cells a block is put.
func (c gridChecked) pasted(f web.Form, v factGridView) (desk.GridTyped, error) {
	t := c.typed(f, v)
	t.Pasted, t.Sure = f.Value("pasted"), nil
	p, err := fact.ReadGridPaste(t.Pasted, v.units(), v.Columns)
	if err != nil {
		return t, err
	}
	if len(p.Cells) == 0 && strings.TrimSpace(t.Pasted) != "" {
		return t, fault.New(fault.Invalid, "贴的里面没有读出数。请从表格里连村名、表头一起复制，再贴一次。").In("pasted")
	}
	for at, words := range p.Cells {
		delete(t.Cells, at.Field())
		if words != v.words(at) {
			t.Cells[at.Field()] = words
		}
	}
	return t, nil
}

// aboutCell says of which cell a doubt is.
func (v factGridView) aboutCell(ctx context.Context, d fact.GridDoubt) string {
	var parts []string
	for _, u := range v.FactGrid.Rows {
		if u.ID == d.Spot.Unit {
			parts = append(parts, u.Name)
		}
	}
	for _, c := range v.Columns {
		if c.ID == d.Spot.Indicator && d.Spot.Unit != 0 && d.Kind != "exchanged" {
			parts = append(parts, c.Name)
		}
	}
	return strings.Join(parts, web.T(ctx, "，"))
}

// about gives the doubts of one cell.
func (c gridChecked) about(at fact.GridSpot) (out []fact.GridDoubt) {
	for _, d := range c.doubts {
		if d.Spot == at {
			out = append(out, d)
		}
	}
	return out
}

// emptyNames are the rows of which nothing is told, the first of them.
func (c gridChecked) emptyNames(ctx context.Context) string {
	var names []string
	for k, u := range c.empty {
		if k < 6 {
			names = append(names, u.Name)
		}
	}
	return strings.Join(names, web.T(ctx, "、"))
}

// sorted puts what must be put right first, then what is asked, then what is only told.
func (c gridChecked) sorted() []fact.GridDoubt {
	rank := func(d fact.GridDoubt) int {
		switch {
		case d.Stops:
			return 0
		case d.Told:
			return 2
		}
		return 1
	}
	return slices.SortedStableFunc(slices.Values(c.doubts), func(a, b fact.GridDoubt) int { return cmp.Compare(rank(a), rank(b)) })
}
