package office

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"
)

// ticked gives the items that were ticked on the review page, from the address or
// from the form that carries them on.
func ticked(r *http.Request) (items []id.Item) {
	_ = r.ParseForm() // what is wrong with a body was said where it was read
	for _, text := range r.Form["items"] {
		if i, err := id.Of[id.Item](text); err == nil && !slices.Contains(items, i) {
			items = append(items, i)
		}
	}
	return items
}

// manyItems begins a sheet about the items that were ticked, and names them.
func manyItems(s *side, r *http.Request) (desk.Review, sheet, []id.Item, error) {
	v, sh, err := s.draftedBare(r)
	if err != nil {
		return v, sh, nil, err
	}
	items := ticked(r)
	sh.hidden, sh.stands = []string{"items"}, url.Values{}
	for _, i := range v.Items {
		if slices.Contains(items, i.ID) {
			sh.stands.Add("items", i.ID.String())
			if len(sh.stands["items"]) > 1 {
				sh.quote += web.T(r.Context(), "、")
			}
			sh.quote += i.Title
		}
	}
	if len(items) == 0 && sh.stop == nil {
		sh.stop = fault.New(fault.Invalid, "还没有勾任务。请先勾上要改的。")
	}
	if len(items) > 0 {
		sh.back += "#i-" + items[0].String()
	}
	return v, sh, items, nil
}

// keepAsIs is the choice that leaves a field of many items as it is.
const keepAsIs = "-"

func setItems(s *side, r *http.Request) (sheet, error) {
	v, sh, items, err := manyItems(s, r)
	ctx := r.Context()
	sh.title = web.T(ctx, "一起改 %s 条任务", web.Count(len(items)))
	sh.lede = web.T(ctx, "空着的不改。")
	keep := web.Choice{Value: keepAsIs, Words: web.T(ctx, "不改")}
	sh.inputs = []input{
		{name: "lead", kind: "text", label: web.T(ctx, "牵头单位"), hint: web.T(ctx, "几个单位用顿号隔开。")},
		{name: "cooperating", kind: "text", label: web.T(ctx, "配合单位")},
		{name: "responsible", kind: "text", label: web.T(ctx, "责任人"), hint: web.T(ctx, "写岗位，不写姓名。")},
		{name: "due", kind: "date", label: web.T(ctx, "期限"), hint: web.T(ctx, "给还没有期限的承诺。一条承诺都没有的任务，会添一个节点。")},
		{name: "due_all", kind: "checks", label: web.T(ctx, "已经有期限的"), choices: []web.Choice{{Value: "1", Words: web.T(ctx, "也改成这一天")}}},
		{name: "period", kind: "select", label: web.T(ctx, "多久报一次"), choices: append([]web.Choice{keep}, choices(ctx, plan.Periods)...)},
		{name: "project", kind: "select", label: web.T(ctx, "重点项目"), choices: []web.Choice{keep, {Value: "1", Words: web.T(ctx, "算")}, {Value: "0", Words: web.T(ctx, "不算")}}},
		{name: "tags", kind: "text", label: web.T(ctx, "添上专题"), hint: web.T(ctx, "例如 文化下乡。几个专题用顿号隔开，没有就空着。")},
	}
	if sh.stands != nil {
		sh.stands.Set("period", keepAsIs)
		sh.stands.Set("project", keepAsIs)
	}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		m := desk.Many{AddTags: plan.SplitTags(f.Value("tags")), DueOfAll: f.Value("due_all") == "1"}
		for name, field := range map[string]**string{"lead": &m.Lead, "cooperating": &m.Cooperating, "responsible": &m.Responsible} {
			if words := f.Value(name); words != "" {
				*field = &words
			}
		}
		if p := plan.Period(f.Value("period")); f.Value("period") != keepAsIs {
			m.Period = &p
		}
		if project := f.Value("project") == "1"; f.Value("project") != keepAsIs {
			m.Project = &project
		}
		var err error
		if m.Due, err = dayIn(f, "due"); err != nil {
			return "", err
		}
		return sh.back, s.office.SetItems(ctx, cmd, v.Plan.ID, items, m)
	}
	return sh, err
}

func joinItems(s *side, r *http.Request) (sheet, error) {
	v, sh, items, err := manyItems(s, r)
	ctx := r.Context()
	sh.onlyDraft()
	sh.title, sh.button = web.T(ctx, "合并成一条任务"), web.T(ctx, "合并")
	sh.lede = web.T(ctx, "名称用第一条的，单位合在一起，指标、节点和问题都归到这一条。合错了可以撤销。")
	sh.act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return sh.back, s.office.JoinItems(ctx, cmd, v.Plan.ID, items)
	}
	return sh, err
}

func dropItems(s *side, r *http.Request) (sheet, error) {
	v, sh, items, err := manyItems(s, r)
	ctx := r.Context()
	sh.title, sh.button, sh.back = web.T(ctx, "不是任务"), web.T(ctx, "去掉"), planPath(v.Plan.ID)
	sh.lede = web.T(ctx, "去掉以后，这些话只是原文里的话，上面的指标、节点和问题也一起去掉。去错了可以撤销。")
	sh.ending(ctx)
	sh.act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return sh.back, s.office.DropItems(ctx, cmd, v.Plan.ID, items)
	}
	return sh, err
}

// keepPlace stands in a form for leaving the order as it is, and first for the front.
const (
	keepPlace  = "keep"
	firstPlace = "first"
)

func moveItems(s *side, r *http.Request) (sheet, error) {
	v, sh, items, err := manyItems(s, r)
	ctx := r.Context()
	sh.onlyDraft()
	sh.title, sh.button = web.T(ctx, "移动任务"), web.T(ctx, "移过去")
	sh.lede = web.T(ctx, "改的是任务分解表里的先后和归类，原文不动。")
	after := []web.Choice{{Value: keepPlace, Words: web.T(ctx, "先后不动")}, {Value: firstPlace, Words: web.T(ctx, "放到最前面")}}
	for _, i := range v.Items {
		if !slices.Contains(items, i.ID) {
			after = append(after, web.Choice{Value: i.ID.String(), Words: web.T(ctx, "放到“%s”后面", i.Title)})
		}
	}
	under := []web.Choice{{Value: strconv.Itoa(desk.KeepHeading), Words: web.T(ctx, "归类不动")}, {Value: "0", Words: web.T(ctx, "照原文归类")}}
	for _, n := range v.Nodes {
		under = append(under, web.Choice{Value: strconv.Itoa(n.Ordinal), Words: n.Number + " " + n.Title, Document: true})
	}
	sh.inputs = []input{
		{name: "after", kind: "select", label: web.T(ctx, "先后"), choices: after},
		{name: "under", kind: "select", label: web.T(ctx, "归在哪个标题下"), choices: under},
	}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		to := desk.Place{After: desk.KeepPlace, Under: desk.KeepHeading}
		if n, err := strconv.Atoi(f.Value("under")); err == nil {
			to.Under = n
		}
		switch f.Value("after") {
		case keepPlace, "":
		case firstPlace:
			to.After = 0
		default:
			var err error
			if to.After, err = id.Of[id.Item](f.Value("after")); err != nil {
				return "", desk.ErrMissing
			}
		}
		return sh.back, s.office.MoveItems(ctx, cmd, v.Plan.ID, items, to)
	}
	return sh, err
}

// many sends who ticked items on to what is to be done with them.
func (s *side) many(w http.ResponseWriter, r *http.Request) error {
	do := r.FormValue("do")
	if !slices.Contains([]string{"set", "join", "drop", "move"}, do) {
		return desk.ErrMissing
	}
	go303(w, r, "/office/plans/"+r.PathValue("plan")+"/items/"+do+"?"+url.Values{"items": r.Form["items"]}.Encode())
	return nil
}
