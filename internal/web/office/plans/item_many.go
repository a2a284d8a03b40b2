package plans

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
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

// manyItems begins a sheet about the items that were ticked, and names them.
func manyItems(s *page.Side, r *http.Request) (desk.Review, page.Sheet, []id.Item, error) {
	v, sh, err := draftedBare(s, r)
	if err != nil {
		return v, sh, nil, err
	}
	items := page.Ticked(r)
	sh.Hidden, sh.Stands = []string{"items"}, url.Values{}
	for _, i := range v.Items {
		if slices.Contains(items, i.ID) {
			sh.Stands.Add("items", i.ID.String())
			if len(sh.Stands["items"]) > 1 {
				sh.Quote += web.T(r.Context(), "、")
			}
			sh.Quote += i.Title
		}
	}
	if len(items) == 0 && sh.Stop == nil {
		sh.Stop = fault.New(fault.Invalid, "还没有勾任务。请先勾上要改的。")
	}
	if len(items) > 0 {
		sh.Back += "#i-" + items[0].String()
	}
	return v, sh, items, nil
}

// keepAsIs is the choice that leaves a field of many items as it is.
const keepAsIs = "-"

func setItems(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, items, err := manyItems(s, r)
	ctx := r.Context()
	sh.Title = web.T(ctx, "一起改 %s 条任务", web.Count(len(items)))
	sh.Lede = web.T(ctx, "空着的不改。")
	keep := web.Choice{Value: keepAsIs, Words: web.T(ctx, "不改")}
	sh.Inputs = []page.Input{
		{Name: "lead", Kind: "text", Label: web.T(ctx, "牵头单位"), Hint: web.T(ctx, "几个单位用顿号隔开。")},
		{Name: "cooperating", Kind: "text", Label: web.T(ctx, "配合单位")},
		{Name: "responsible", Kind: "text", Label: web.T(ctx, "责任人"), Hint: web.T(ctx, "写岗位，不写姓名。")},
		{Name: "due", Kind: "date", Label: web.T(ctx, "期限"), Hint: web.T(ctx, "给还没有期限的承诺。一条承诺都没有的任务，会添一个节点。")},
		{Name: "due_all", Kind: "checks", Label: web.T(ctx, "已经有期限的"), Choices: []web.Choice{{Value: "1", Words: web.T(ctx, "也改成这一天")}}},
		{Name: "period", Kind: "select", Label: web.T(ctx, "多久报一次"), Choices: append([]web.Choice{keep}, choices(ctx, plan.Periods)...)},
		{Name: "project", Kind: "select", Label: web.T(ctx, "重点项目"), Choices: []web.Choice{keep, {Value: "1", Words: web.T(ctx, "算")}, {Value: "0", Words: web.T(ctx, "不算")}}},
		{Name: "tags", Kind: "text", Label: web.T(ctx, "添上专题"), Hint: web.T(ctx, "例如 文化下乡。几个专题用顿号隔开，没有就空着。")},
	}
	if sh.Stands != nil {
		sh.Stands.Set("period", keepAsIs)
		sh.Stands.Set("project", keepAsIs)
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
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
		if m.Due, err = page.DayIn(f, "due"); err != nil {
			return "", err
		}
		return sh.Back, s.Office.SetItems(ctx, cmd, v.Plan.ID, items, m)
	}
	return sh, err
}

func joinItems(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, items, err := manyItems(s, r)
	ctx := r.Context()
	sh.OnlyDraft()
	sh.Title, sh.Button = web.T(ctx, "合并成一条任务"), web.T(ctx, "合并")
	sh.Lede = web.T(ctx, "名称用第一条的，单位合在一起，指标、节点和问题都归到这一条。合错了可以撤销。")
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return sh.Back, s.Office.JoinItems(ctx, cmd, v.Plan.ID, items)
	}
	return sh, err
}

func dropItems(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, items, err := manyItems(s, r)
	ctx := r.Context()
	sh.Title, sh.Button, sh.Back = web.T(ctx, "不是任务"), web.T(ctx, "去掉"), page.PlanPath(v.Plan.ID)
	sh.Lede = web.T(ctx, "去掉以后，这些话只是原文里的话，上面的指标、节点和问题也一起去掉。去错了可以撤销。")
	sh.Ending(ctx)
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return sh.Back, s.Office.DropItems(ctx, cmd, v.Plan.ID, items)
	}
	return sh, err
}

// keepPlace stands in a form for leaving the order as it is, and first for the front.
const (
	keepPlace  = "keep"
	firstPlace = "first"
)

func moveItems(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, items, err := manyItems(s, r)
	ctx := r.Context()
	sh.OnlyDraft()
	sh.Title, sh.Button = web.T(ctx, "移动任务"), web.T(ctx, "移过去")
	sh.Lede = web.T(ctx, "改的是任务分解表里的先后和归类，原文不动。")
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
	sh.Inputs = []page.Input{
		{Name: "after", Kind: "select", Label: web.T(ctx, "先后"), Choices: after},
		{Name: "under", Kind: "select", Label: web.T(ctx, "归在哪个标题下"), Choices: under},
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
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
		return sh.Back, s.Office.MoveItems(ctx, cmd, v.Plan.ID, items, to)
	}
	return sh, err
}

// many sends who ticked items on to what is to be done with them.
func many(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	do := r.FormValue("do")
	if !slices.Contains([]string{"set", "join", "drop", "move"}, do) {
		return desk.ErrMissing
	}
	page.SeeOther(w, r, "/office/plans/"+r.PathValue("plan")+"/items/"+do+"?"+url.Values{"items": r.Form["items"]}.Encode())
	return nil
}
