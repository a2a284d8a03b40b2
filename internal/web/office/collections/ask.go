package collections

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/collection"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"

	"github.com/a-h/templ"
)

// askUnits asks units for something by a day.
func askUnits(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	from, err := s.Office.Askable(ctx, page.Who(ctx))
	if err != nil {
		return page.Sheet{}, err
	}
	sh := page.Sheet{Title: web.T(ctx, "新的征集"), Back: page.CollectionsPath, Button: web.T(ctx, "发下去"), Upload: true, Hidden: []string{"milestone"},
		Lede:   web.T(ctx, "写清要什么、哪天以前、向谁要。要表格的，下一步先看看模板读得对不对，再发。"),
		Stands: url.Values{"kind": {string(collection.File)}, "plan": {r.URL.Query().Get("plan")}, "item": {r.URL.Query().Get("item")}}}
	if asked := r.URL.Query().Get("milestone"); asked != "" {
		if err := standProposed(s, ctx, asked, sh.Stands); err != nil {
			return page.Sheet{}, err
		}
	}
	sh.Inputs = askInputs(ctx, from)
	sh.Within = func(f web.Form) templ.Component { return repeatTick(f, askedUnits(f, unitGroups(from.Units))) }
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		n, err := collectionIn(r, f, from)
		if err != nil {
			return "", err
		}
		if err := warnRepeated(s, ctx, f, askedIn(n), 0); err != nil {
			return "", err
		}
		made, err := s.Office.Collect(ctx, cmd, n)
		if n.Kind == collection.Table {
			return page.CollectionPath(made) + "/template", err
		}
		return page.CollectionPath(made) + "?done=started", err
	}
	sh.Makes = true
	return sh, nil
}

// standProposed fills in what a sentence of a plan asks for.
func standProposed(s *page.Side, ctx context.Context, milestone string, stands url.Values) error {
	all, err := s.Office.ProposedCollections(ctx, page.Who(ctx))
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(p desk.ProposedCollection) bool { return p.Milestone.ID.String() == milestone })
	if at < 0 {
		return desk.ErrMissing
	}
	p := all[at]
	for name, value := range map[string]string{"kind": string(p.Kind), "title": p.Title, "words": p.Sentence, "plan": p.Plan.ID.String(), "item": p.Item.ID.String(), "milestone": milestone} {
		stands.Set(name, value)
	}
	if p.Milestone.Due >= s.Office.Today() {
		stands.Set("due", string(p.Milestone.Due))
	}
	for _, u := range p.Units {
		stands.Add("units", u.ID.String())
	}
	return nil
}

func askInputs(ctx context.Context, from desk.Askable) []page.Input {
	kinds := page.Input{Name: "kind", Kind: "radio", Label: web.T(ctx, "要什么")}
	for _, k := range collection.Kinds {
		if k != collection.Plan || len(from.Plans) > 0 {
			kinds.Choices = append(kinds.Choices, web.Choice{Value: string(k), Words: kindWord(ctx, k)})
		}
	}
	out := []page.Input{kinds,
		{Name: "title", Kind: "text", Label: web.T(ctx, "标题"), Hint: web.T(ctx, "一句话，例如 上半年群众文化活动情况表。")},
		{Name: "words", Kind: "area", Rows: "4", Label: web.T(ctx, "要求"), Hint: web.T(ctx, "写给单位看：要什么、怎么算、有事问谁。可以空着。")},
		{Name: "due", Kind: "date", Label: web.T(ctx, "哪天以前交"), Hint: web.T(ctx, "含当日。过了期也收，写明是迟报。")},
		{Name: "questions", Kind: "area", Rows: "4", Label: web.T(ctx, "文字：要答的，一行一条"), Hint: web.T(ctx, "要文字的才填。单位一条一条地答，退回也可以一条一条地退。")},
		{Name: "file", Kind: "file", Label: web.T(ctx, "表格：Excel 模板"), Hint: web.T(ctx, "要表格的才选，.xlsx。单位只看到自己的行；模板里别的工作表照原样发给各单位。")}}
	if len(from.Plans) > 0 {
		plans := page.Input{Name: "plan", Kind: "select", Label: web.T(ctx, "是哪个方案的"), Hint: web.T(ctx, "要单位自己的方案时必选：单位从这个方案的任务里勾认领的。别的可以不选。"), Choices: []web.Choice{{Words: web.T(ctx, "不写")}}}
		for _, p := range from.Plans {
			plans.Choices = append(plans.Choices, web.Choice{Value: p.ID.String(), Words: p.Title, Document: true})
		}
		items := page.Input{Name: "item", Kind: "select", Label: web.T(ctx, "是哪一条任务的"), Hint: web.T(ctx, "可以不选。"), Choices: []web.Choice{{Words: web.T(ctx, "不写")}}}
		for _, i := range from.Items {
			items.Choices = append(items.Choices, web.Choice{Value: i.Item.String(), Words: i.Title, Document: true})
		}
		out = append(out, plans, items)
	}
	return out
}

// unitGroup is units of a level, or townships of a county.
type unitGroup struct {
	Key   string // of the tick that means all of them
	Level org.Level
	Of    string // county, or empty
	Units []org.Unit
}

func unitGroups(units []org.Unit) (out []unitGroup) {
	names := map[id.Unit]string{}
	for _, u := range units {
		names[u.ID] = u.Name
	}
	at := map[string]int{}
	for _, u := range units {
		g := unitGroup{Key: string(u.Level), Level: u.Level}
		if u.Level == org.Township {
			g.Key, g.Of = "in-"+u.Parent.String(), names[u.Parent]
		}
		k, there := at[g.Key]
		if !there {
			k = len(out)
			at[g.Key] = k
			out = append(out, g)
		}
		out[k].Units = append(out[k].Units, u)
	}
	return out
}

// collectionIn reads a form.
func collectionIn(r *http.Request, f web.Form, from desk.Askable) (n desk.NewCollection, err error) {
	n.Kind, n.Title, n.Words, n.Due = collection.Kind(f.Value("kind")), f.Value("title"), f.Value("words"), calendar.Day(f.Value("due"))
	if n.Kind == collection.Text {
		n.Questions = strings.Split(f.Value("questions"), "\n")
	}
	var errs [3]error
	n.Plan, errs[0] = page.IDIn[id.Plan](f, "plan")
	n.Item, errs[1] = page.IDIn[id.Item](f, "item")
	n.Milestone, errs[2] = page.IDIn[id.Milestone](f, "milestone")
	if err := errors.Join(errs[:]...); err != nil {
		return n, err
	}
	for _, i := range from.Items {
		if n.Plan == 0 && i.Item == n.Item {
			n.Plan = i.Plan
		}
	}
	if n.Plan == 0 {
		n.Item, n.Milestone = 0, 0
	}
	if n.Units, err = unitsIn(f, from.Units); err != nil {
		return n, err
	}
	if n.Kind == collection.Table {
		n.FileName, n.Raw, err = page.SentFile(r)
	}
	return n, err
}

// unitsIn are the units that were ticked, one by one or a group at once, and those of a
// list of names.
func unitsIn(f web.Form, units []org.Unit) (out []id.Unit, err error) {
	for _, g := range unitGroups(units) {
		for _, u := range g.Units {
			if f.Holds("groups", g.Key) || f.Holds("units", u.ID.String()) {
				out = append(out, u.ID)
			}
		}
	}
	m := org.NewMatcher(units, nil, nil)
	for _, line := range strings.FieldsFunc(f.Value("names"), func(r rune) bool { return strings.ContainsRune("\r\n\t、，,；;", r) }) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		found := m.Parties(line)
		if len(found) != 1 || !found[0].Sure {
			return nil, fault.New(fault.Invalid, "名单里的“%s”没有找到对应的单位。请写全称，或者在上面勾。", line).In("names")
		}
		for _, u := range found[0].Units {
			if !slices.Contains(out, u) {
				out = append(out, u)
			}
		}
	}
	return out, nil
}

// readTemplate shows how a template is read, lets it be put right, and sends it out.
func readTemplate(s *page.Side, r *http.Request) (page.Sheet, error) {
	which, err := collectionOf(r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	v, err := s.Office.Collection(ctx, page.Who(ctx), which)
	if err != nil {
		return page.Sheet{}, err
	}
	if v.Template == nil {
		return page.Sheet{}, desk.ErrMissing
	}
	t := *v.Template
	sh := page.Sheet{Title: web.T(ctx, "模板怎么读"), Quote: v.Title, Back: page.CollectionsPath, Button: web.T(ctx, "读得对，发下去"), Second: &page.Second{Name: "again", Label: web.T(ctx, "照改的再读一遍")},
		Lede: web.T(ctx, "程序先猜了一遍。下面是各单位要填的格子，看着不对就改这几个数，再读一遍。")}
	sh.Stands = url.Values{"head": {strconv.Itoa(t.Reading.Head)}, "first": {strconv.Itoa(t.Reading.First)}, "last": {strconv.Itoa(t.Reading.Last)},
		"unit_col": {strconv.Itoa(t.Reading.UnitCol)}, "free": {strconv.Itoa(t.Reading.Free)}}
	columns := []web.Choice{{Value: "0", Words: web.T(ctx, "没有这一列")}}
	for c := 1; c <= t.Sheet.Width(); c++ {
		columns = append(columns, web.Choice{Value: strconv.Itoa(c), Words: columnLetter(c) + " " + t.Head(c)})
	}
	sh.Inputs = []page.Input{
		{Name: "head", Kind: "number", Label: web.T(ctx, "表头从第几行起"), Hint: web.T(ctx, "标题不算表头。")},
		{Name: "first", Kind: "number", Label: web.T(ctx, "第一行要填的")},
		{Name: "last", Kind: "number", Label: web.T(ctx, "最后一行要填的"), Hint: web.T(ctx, "合计、填表人这些行不算。")},
		{Name: "unit_col", Kind: "select", Label: web.T(ctx, "哪一列是单位"), Choices: columns},
		{Name: "free", Kind: "number", Label: web.T(ctx, "表里没有名字的单位，每家几行")},
	}
	sh.Within = func(f web.Form) templ.Component { return repeatTick(f, nil) }
	sh.Below = templateShown(v, t)
	if v.State != collection.Draft {
		sh.Stop = fault.New(fault.Conflict, "已经发下去了，读法不能再改。")
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		as, err := readingIn(f)
		if err != nil {
			return "", err
		}
		if f.Value("again") != "" || as != t.Reading {
			return page.CollectionPath(which) + "/template", s.Office.ReadTemplateAs(ctx, cmd, which, as)
		}
		if err := warnRepeated(s, ctx, f, v.AskedWords(), which); err != nil {
			return "", err
		}
		return page.CollectionPath(which) + "?done=started", s.Office.StartCollection(ctx, cmd, which)
	}
	return sh, nil
}

func readingIn(f web.Form) (r collection.Reading, err error) {
	for name, to := range map[string]*int{"head": &r.Head, "first": &r.First, "last": &r.Last, "unit_col": &r.UnitCol, "free": &r.Free} {
		if *to, err = strconv.Atoi(strings.TrimSpace(f.Value(name))); err != nil {
			return r, fault.New(fault.Invalid, "请填一个数。").In(name)
		}
	}
	return r, nil
}

// columnLetter is how a spreadsheet calls a column.
func columnLetter(c int) string {
	if c > 26 {
		return string(rune('A'+(c-1)/26-1)) + string(rune('A'+(c-1)%26))
	}
	return string(rune('A' + c - 1))
}

// unread are the units whose names stand nowhere in a template that has names.
func unread(v desk.CollectionView) (out []string) {
	for _, l := range v.Owed {
		if len(l.Rows) == 0 {
			out = append(out, l.Unit.Name)
		}
	}
	return out
}

// holdsSome reports that units of a group are ticked.
func holdsSome(f web.Form, g unitGroup) bool {
	return f.Holds("groups", g.Key) || slices.ContainsFunc(g.Units, func(u org.Unit) bool { return f.Holds("units", u.ID.String()) })
}

func holdsAny(f web.Form, groups []unitGroup) bool {
	return slices.ContainsFunc(groups, func(g unitGroup) bool { return holdsSome(f, g) })
}

// townshipsOf are the groups of townships, one for each county.
func townshipsOf(groups []unitGroup) (out []unitGroup) {
	for _, g := range groups {
		if g.Level == org.Township {
			out = append(out, g)
		}
	}
	return out
}

// askedColumns are the columns that units fill in.
func askedColumns(t collection.Template) (out []int) {
	for _, f := range t.Fields(nil) {
		if f.Row == 1 && f.Kind != collection.Printed {
			out = append(out, f.Col)
		}
	}
	return out
}

// rowsShown are the rows of a unit; one that has none gets free ones.
func rowsShown(t collection.Template, rows []int) []int {
	if len(rows) == 0 {
		return make([]int, t.Reading.Free)
	}
	return rows
}

func cellKnown(t collection.Template, row, col int) string {
	if row == 0 {
		return ""
	}
	return t.Sheet.Words(row, col)
}
