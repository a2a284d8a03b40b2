package plans

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

// picking is what words of the document are to become.
type picking struct {
	s     *page.Side
	v     desk.Review
	sh    page.Sheet
	found []desk.Occurrence // where the words stand; one where a place was chosen
	first bool              // the form asks for the words alone; what they become is the next
}

var (
	errSeveral = fault.New(fault.Invalid, "这句话在原文里有 %d 处，请选一处。")
	errNoQuote = fault.New(fault.Invalid, "原文里没有这句话。请从原文里复制，一个字都不要改。")
)

// picked begins the sheet of what is made of words of the document. The words are
// pasted into the form; where they stand more than once the form asks which. The
// script sends the place with them. Those within an item come before all others.
func picked(s *page.Side, r *http.Request, within id.Item) (picking, error) {
	v, sh, err := draftedOf(s, r, s.Office.PlanWords)
	k := picking{s: s, v: v, sh: sh}
	if err != nil {
		return k, err
	}
	ctx := r.Context()
	_ = r.ParseForm()
	quote, at := strings.ReplaceAll(r.FormValue("quote"), "\r\n", "\n"), r.FormValue("at")
	k.sh.Stands = url.Values{"quote": {quote}, "at": {at}, "item": r.Form["item"]}
	k.sh.Inputs = []page.Input{{Name: "quote", Kind: "area", Rows: "2", Label: web.T(ctx, "原文里的话"), Hint: web.T(ctx, "从原文里复制，一个字都不要改。每一条都要指得回原文。")}}
	if from, to, ok := placeIn(at); ok {
		if o, err := v.At(document.At(from, to)); err == nil && (quote == "" || o.Words == document.Quote([]rune(quote), document.At(0, len([]rune(quote))))) {
			k.found = []desk.Occurrence{o}
			k.sh.Stands.Set("quote", o.Words)
			k.sh.Quote, k.sh.Inputs, k.sh.Hidden = o.Words, nil, []string{"at", "quote"}
			return k, nil
		}
	}
	k.first = r.FormValue("first") != "" || r.Method == http.MethodGet && quote == ""
	if strings.TrimSpace(quote) == "" {
		return k, nil
	}
	k.found = v.Find(quote)
	if inside := slices.DeleteFunc(slices.Clone(k.found), func(o desk.Occurrence) bool { return !slices.Contains(o.Holders, within) }); len(inside) > 0 {
		k.found = inside
	}
	if len(k.found) > 1 {
		which := page.Input{Name: "at", Kind: "radio", Label: web.T(ctx, "是哪一处")}
		for _, o := range k.found {
			which.Choices = append(which.Choices, web.Choice{Value: placeOf(o.Span), Words: o.Before + "【" + o.Words + "】" + o.After, Document: true})
		}
		k.sh.Inputs = append(k.sh.Inputs, which)
	}
	return k, nil
}

// placeOf writes where words begin and end: 611-618.
func placeOf(s document.Span) string {
	return strconv.Itoa(s.Start()) + "-" + strconv.Itoa(s.End())
}

func placeIn(text string) (from, to int, ok bool) {
	a, b, cut := strings.Cut(text, "-")
	from, wrong := strconv.Atoi(a)
	to, wrongEnd := strconv.Atoi(b)
	return from, to, cut && wrong == nil && wrongEnd == nil
}

// one is the place that was meant, or why it is not known.
func (k picking) one() (desk.Occurrence, error) {
	switch len(k.found) {
	case 0:
		return desk.Occurrence{}, errNoQuote.In("quote")
	case 1:
		return k.found[0], nil
	}
	return desk.Occurrence{}, fault.New(errSeveral.Kind, errSeveral.Key, len(k.found)).In("at")
}

// holder asks to which item something belongs; the one that stands for the words is chosen.
func (k *picking) holder(ctx context.Context) {
	all := make([]web.Choice, len(k.v.Items))
	for i, item := range k.v.Items {
		all[i] = web.Choice{Value: item.ID.String(), Words: item.Title, Document: true}
	}
	k.sh.Inputs = append(k.sh.Inputs, page.Input{Name: "item", Kind: "select", Label: web.T(ctx, "归哪条任务"), Choices: all})
	if k.sh.Stands.Get("item") == "" && len(k.found) > 0 && len(k.found[0].Holders) > 0 {
		k.sh.Stands.Set("item", k.found[0].Holders[0].String())
	}
}

func itemIn(f web.Form) (id.Item, error) {
	i, err := id.Of[id.Item](f.Value("item"))
	if err != nil {
		return 0, fault.New(fault.Invalid, "请选一条任务。").In("item")
	}
	return i, nil
}

// addPromise makes an item, a target, a milestone, an owner or a stage of words of
// the document.
func addPromise(s *page.Side, r *http.Request) (page.Sheet, error) {
	k, err := picked(s, r, 0)
	if err != nil {
		return k.sh, err
	}
	makers := map[string]func(context.Context, *picking){"item": addItem, "target": addTarget, "milestone": addMilestone, "owner": addOwner, "phase": addPhase}
	make, known := makers[r.PathValue("kind")]
	if !known {
		return k.sh, desk.ErrMissing
	}
	asked := k.sh.Inputs
	if r.PathValue("kind") != "owner" {
		k.sh.OnlyMissed()
	}
	make(r.Context(), &k)
	if k.first {
		k.askWords(r.Context(), asked, r.PathValue("kind"))
	}
	return k.sh, nil
}

// askWords makes the form one that asks for the words alone and leads on to the next,
// which is filled in with what the words say.
func (k *picking) askWords(ctx context.Context, inputs []page.Input, kind string) {
	k.sh.Inputs, k.sh.Hidden, k.sh.More, k.sh.Button = inputs, []string{"first", "item"}, true, web.T(ctx, "下一步")
	k.sh.Stands.Set("first", "1")
	k.sh.Act = func(_ context.Context, _ desk.Cmd, f web.Form) (string, error) {
		o, err := k.one()
		if err != nil {
			return "", err
		}
		query := url.Values{"at": {placeOf(o.Span)}}
		if item := f.Value("item"); item != "" {
			query.Set("item", item)
		}
		return page.PlanPath(k.v.Plan.ID) + "/add/" + kind + "?" + query.Encode(), nil
	}
}

func (k *picking) next(o desk.Occurrence) string {
	return page.PlanPath(k.v.Plan.ID) + "#n-" + strconv.Itoa(o.Node)
}

func addItem(ctx context.Context, k *picking) {
	k.sh.Title = web.T(ctx, "添一条任务")
	k.sh.Inputs = append(k.sh.Inputs, itemInputs(ctx)...)
	k.sh.Stands.Set("period", string(plan.Monthly))
	if len(k.found) > 0 {
		k.sh.Stands.Set("title", titleOf(k.found[0].Words))
	}
	k.sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		o, err := k.one()
		if err != nil {
			return "", err
		}
		item := itemOf(f)
		if item.Title == "" {
			item.Title = titleOf(o.Words)
		}
		_, err = k.s.Office.AddItem(ctx, cmd, k.v.Plan.ID, o.Picked, item)
		return k.next(o), err
	}
}

// titleOf is the title that words suggest: their first sentence.
func titleOf(words string) string {
	if end := strings.IndexAny(words, "。；;\n"); end > 0 {
		words = words[:end]
	}
	return strings.TrimSpace(words)
}

func addTarget(ctx context.Context, k *picking) {
	k.sh.Title = web.T(ctx, "添一个指标")
	k.holder(ctx)
	k.sh.Inputs = append(k.sh.Inputs, targetInputs(ctx)...)
	t := plan.Target{Bound: "ge", Hardness: "hard", Aggregate: "sum"}
	if len(k.found) > 0 {
		t, _ = plan.ReadQuote([]rune(k.v.Text), k.found[0].Span, 0)
		if t.Indicator == "" {
			t.Indicator = titleOf(t.Quote)
		}
	}
	standTarget(k.sh.Stands, t, t.Value == 0)
	k.sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		o, err := k.one()
		if err != nil {
			return "", err
		}
		t, err := targetIn(plan.Target{}, f)
		if err != nil {
			return "", err
		}
		t.Quote, t.Span = o.Words, o.Span
		if t.Item, err = itemIn(f); err != nil {
			return "", err
		}
		_, err = k.s.Office.CorrectTarget(ctx, cmd, k.v.Plan.ID, t, desk.AsItStands)
		return k.next(o), err
	}
}

func addMilestone(ctx context.Context, k *picking) {
	k.sh.Title = web.T(ctx, "添一个节点")
	k.holder(ctx)
	k.sh.Inputs = append(k.sh.Inputs, milestoneInputs(ctx)...)
	m := plan.Milestone{Hardness: "hard"}
	if len(k.found) > 0 {
		_, m = plan.ReadQuote([]rune(k.v.Text), k.found[0].Span, 0)
	}
	standMilestone(k.sh.Stands, m)
	k.sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		o, err := k.one()
		if err != nil {
			return "", err
		}
		m, err := milestoneIn(plan.Milestone{}, f)
		if err != nil {
			return "", err
		}
		m.Span = o.Span
		if m.Item, err = itemIn(f); err != nil {
			return "", err
		}
		_, err = k.s.Office.CorrectMilestone(ctx, cmd, k.v.Plan.ID, m, o.Words, desk.AsItStands)
		return k.next(o), err
	}
}

// ownerRoles are the ways in which somebody answers for an item.
var ownerRoles = []string{"lead", "cooperating", "responsible"}

func addOwner(ctx context.Context, k *picking) {
	k.sh.Title = web.T(ctx, "写上谁负责")
	k.holder(ctx)
	roles := []web.Choice{{Value: "lead", Words: web.T(ctx, "牵头单位")}, {Value: "cooperating", Words: web.T(ctx, "配合单位")}, {Value: "responsible", Words: web.T(ctx, "责任人")}}
	k.sh.Inputs = append(k.sh.Inputs,
		page.Input{Name: "role", Kind: "radio", Label: web.T(ctx, "算什么"), Choices: roles},
		page.Input{Name: "name", Kind: "text", Label: web.T(ctx, "单位或岗位"), Hint: web.T(ctx, "几个单位用顿号隔开。")})
	k.sh.Stands.Set("role", "lead")
	if len(k.found) > 0 {
		k.sh.Stands.Set("name", strings.Trim(k.found[0].Words, "（）()〔〕[]【】：:，。；"))
	}
	k.sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		o, err := k.one()
		if err != nil {
			return "", err
		}
		i, err := itemIn(f)
		if err != nil {
			return "", err
		}
		name, m := f.Value("name"), desk.Many{}
		switch {
		case name == "":
			return "", fault.New(fault.Invalid, "请写上单位或岗位。").In("name")
		case !slices.Contains(ownerRoles, f.Value("role")):
			return "", fault.New(fault.Invalid, "请选一项。").In("role")
		}
		*map[string]**string{"lead": &m.Lead, "cooperating": &m.Cooperating, "responsible": &m.Responsible}[f.Value("role")] = &name
		return k.next(o), k.s.Office.SetItems(ctx, cmd, k.v.Plan.ID, []id.Item{i}, m)
	}
}

func addPhase(ctx context.Context, k *picking) {
	k.sh.Title = web.T(ctx, "添一个阶段")
	k.sh.Inputs = append(k.sh.Inputs, phaseInputs(ctx)...)
	if len(k.found) > 0 {
		k.sh.Stands.Set("name", titleOf(k.found[0].Words))
	}
	k.sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		o, err := k.one()
		if err != nil {
			return "", err
		}
		p, err := phaseIn(plan.Phase{}, f)
		if err != nil {
			return "", err
		}
		return k.next(o), k.s.Office.AddPhase(ctx, cmd, k.v.Plan.ID, o.Picked, p)
	}
}
