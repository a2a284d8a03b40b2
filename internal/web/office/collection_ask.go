package office

import (
	"context"
	"errors"
	"io"
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
	"luoshi/org"

	"github.com/a-h/templ"
)

// askUnits asks units for something by a day.
func askUnits(s *side, r *http.Request) (sheet, error) {
	ctx := r.Context()
	from, err := s.office.Askable(ctx, who(ctx))
	if err != nil {
		return sheet{}, err
	}
	sh := sheet{title: web.T(ctx, "新的征集"), back: collectionsPath, button: web.T(ctx, "发下去"), upload: true, hidden: []string{"milestone"},
		lede:   web.T(ctx, "写清要什么、哪天以前、向谁要。要表格的，下一步先看看模板读得对不对，再发。"),
		stands: url.Values{"kind": {string(collection.File)}, "plan": {r.URL.Query().Get("plan")}, "item": {r.URL.Query().Get("item")}}}
	if asked := r.URL.Query().Get("milestone"); asked != "" {
		if err := s.standProposed(ctx, asked, sh.stands); err != nil {
			return sheet{}, err
		}
	}
	sh.inputs = askInputs(ctx, from)
	sh.within = func(f web.Form) templ.Component { return repeatTick(f, askedUnits(f, unitGroups(from.Units))) }
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		n, err := collectionIn(r, f, from)
		if err != nil {
			return "", err
		}
		if err := s.warnRepeated(ctx, f, askedIn(n), 0); err != nil {
			return "", err
		}
		made, err := s.office.Collect(ctx, cmd, n)
		if n.Kind == collection.Table {
			return collectionPath(made) + "/template", err
		}
		return collectionPath(made) + "?done=started", err
	}
	sh.madeAt = func(answers []int64) string { return collectionLanding(r, answers) }
	return sh, nil
}

// standProposed fills in what a sentence of a plan asks for.
func (s *side) standProposed(ctx context.Context, milestone string, stands url.Values) error {
	all, err := s.office.ProposedCollections(ctx, who(ctx))
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
	if p.Milestone.Due >= s.office.Today() {
		stands.Set("due", string(p.Milestone.Due))
	}
	for _, u := range p.Units {
		stands.Add("units", u.ID.String())
	}
	return nil
}

func askInputs(ctx context.Context, from desk.Askable) []input {
	kinds := input{name: "kind", kind: "radio", label: web.T(ctx, "要什么")}
	for _, k := range collection.Kinds {
		if k != collection.Plan || len(from.Plans) > 0 {
			kinds.choices = append(kinds.choices, web.Choice{Value: string(k), Words: kindWord(ctx, k)})
		}
	}
	out := []input{kinds,
		{name: "title", kind: "text", label: web.T(ctx, "标题"), hint: web.T(ctx, "一句话，例如 上半年群众文化活动情况表。")},
		{name: "words", kind: "area", rows: "4", label: web.T(ctx, "要求"), hint: web.T(ctx, "写给单位看：要什么、怎么算、有事问谁。可以空着。")},
		{name: "due", kind: "date", label: web.T(ctx, "哪天以前交"), hint: web.T(ctx, "含当日。过了期也收，写明是迟报。")},
		{name: "questions", kind: "area", rows: "4", label: web.T(ctx, "文字：要答的，一行一条"), hint: web.T(ctx, "要文字的才填。单位一条一条地答，退回也可以一条一条地退。")},
		{name: "file", kind: "file", label: web.T(ctx, "表格：Excel 模板"), hint: web.T(ctx, "要表格的才选，.xlsx。单位只看到自己的行；模板里别的工作表照原样发给各单位。")}}
	if len(from.Plans) > 0 {
		plans := input{name: "plan", kind: "select", label: web.T(ctx, "是哪个方案的"), hint: web.T(ctx, "要单位自己的方案时必选：单位从这个方案的任务里勾认领的。别的可以不选。"), choices: []web.Choice{{Words: web.T(ctx, "不写")}}}
		for _, p := range from.Plans {
			plans.choices = append(plans.choices, web.Choice{Value: p.ID.String(), Words: p.Title, Document: true})
		}
		items := input{name: "item", kind: "select", label: web.T(ctx, "是哪一条任务的"), hint: web.T(ctx, "可以不选。"), choices: []web.Choice{{Words: web.T(ctx, "不写")}}}
		for _, i := range from.Items {
			items.choices = append(items.choices, web.Choice{Value: i.Item.String(), Words: i.Title, Document: true})
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
	n.Plan, errs[0] = idIn[id.Plan](f, "plan")
	n.Item, errs[1] = idIn[id.Item](f, "item")
	n.Milestone, errs[2] = idIn[id.Milestone](f, "milestone")
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
		n.FileName, n.Raw, err = sentFile(r)
	}
	return n, err
}

// idIn reads an identifier of a form; 0 where the field is empty.
func idIn[T ~int64](f web.Form, name string) (T, error) {
	if f.Value(name) == "" {
		return 0, nil
	}
	n, err := id.Of[T](f.Value(name))
	if err != nil {
		return 0, desk.ErrMissing
	}
	return n, nil
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

// sentFile is the file of a form, or nothing.
func sentFile(r *http.Request) (name string, content []byte, err error) {
	file, header, err := r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return "", nil, nil
	}
	if err != nil {
		return "", nil, err
	}
	defer file.Close()
	content, err = io.ReadAll(file)
	return header.Filename, content, err
}

// readTemplate shows how a template is read, lets it be put right, and sends it out.
func readTemplate(s *side, r *http.Request) (sheet, error) {
	which, err := collectionOf(r)
	if err != nil {
		return sheet{}, err
	}
	ctx := r.Context()
	v, err := s.office.Collection(ctx, who(ctx), which)
	if err != nil {
		return sheet{}, err
	}
	if v.Template == nil {
		return sheet{}, desk.ErrMissing
	}
	t := *v.Template
	sh := sheet{title: web.T(ctx, "模板怎么读"), quote: v.Title, back: collectionsPath, button: web.T(ctx, "读得对，发下去"), second: &second{"again", web.T(ctx, "照改的再读一遍")},
		lede: web.T(ctx, "程序先猜了一遍。下面是各单位要填的格子，看着不对就改这几个数，再读一遍。")}
	sh.stands = url.Values{"head": {strconv.Itoa(t.Reading.Head)}, "first": {strconv.Itoa(t.Reading.First)}, "last": {strconv.Itoa(t.Reading.Last)},
		"unit_col": {strconv.Itoa(t.Reading.UnitCol)}, "free": {strconv.Itoa(t.Reading.Free)}}
	columns := []web.Choice{{Value: "0", Words: web.T(ctx, "没有这一列")}}
	for c := 1; c <= t.Sheet.Width(); c++ {
		columns = append(columns, web.Choice{Value: strconv.Itoa(c), Words: columnLetter(c) + " " + t.Head(c)})
	}
	sh.inputs = []input{
		{name: "head", kind: "number", label: web.T(ctx, "表头从第几行起"), hint: web.T(ctx, "标题不算表头。")},
		{name: "first", kind: "number", label: web.T(ctx, "第一行要填的")},
		{name: "last", kind: "number", label: web.T(ctx, "最后一行要填的"), hint: web.T(ctx, "合计、填表人这些行不算。")},
		{name: "unit_col", kind: "select", label: web.T(ctx, "哪一列是单位"), choices: columns},
		{name: "free", kind: "number", label: web.T(ctx, "表里没有名字的单位，每家几行")},
	}
	sh.within = func(f web.Form) templ.Component { return repeatTick(f, nil) }
	sh.below = templateShown(v, t)
	if v.State != collection.Draft {
		sh.stop = fault.New(fault.Conflict, "已经发下去了，读法不能再改。")
	}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		as, err := readingIn(f)
		if err != nil {
			return "", err
		}
		if f.Value("again") != "" || as != t.Reading {
			return collectionPath(which) + "/template", s.office.ReadTemplateAs(ctx, cmd, which, as)
		}
		if err := s.warnRepeated(ctx, f, v.AskedWords(), which); err != nil {
			return "", err
		}
		return collectionPath(which) + "?done=started", s.office.StartCollection(ctx, cmd, which)
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
