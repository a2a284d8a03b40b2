package office

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
	"luoshi/plan"
)

// picking is what words of the document are to become.
type picking struct {
	s     *side
	v     desk.Review
	sh    sheet
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
func picked(s *side, r *http.Request, within id.Item) (picking, error) {
	v, sh, err := s.draftedOf(r, s.office.PlanWords)
	k := picking{s: s, v: v, sh: sh}
	if err != nil {
		return k, err
	}
	ctx := r.Context()
	_ = r.ParseForm()
	quote, at := strings.ReplaceAll(r.FormValue("quote"), "\r\n", "\n"), r.FormValue("at")
	k.sh.stands = url.Values{"quote": {quote}, "at": {at}, "item": r.Form["item"]}
	k.sh.inputs = []input{{name: "quote", kind: "area", rows: "2", label: web.T(ctx, "原文里的话"), hint: web.T(ctx, "从原文里复制，一个字都不要改。每一条都要指得回原文。")}}
	if from, to, ok := placeIn(at); ok {
		if o, err := v.At(document.At(from, to)); err == nil && (quote == "" || o.Words == document.Quote([]rune(quote), document.At(0, len([]rune(quote))))) {
			k.found = []desk.Occurrence{o}
			k.sh.stands.Set("quote", o.Words)
			k.sh.quote, k.sh.inputs, k.sh.hidden = o.Words, nil, []string{"at", "quote"}
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
		which := input{name: "at", kind: "radio", label: web.T(ctx, "是哪一处")}
		for _, o := range k.found {
			which.choices = append(which.choices, web.Choice{Value: placeOf(o.Span), Words: o.Before + "【" + o.Words + "】" + o.After, Document: true})
		}
		k.sh.inputs = append(k.sh.inputs, which)
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
	k.sh.inputs = append(k.sh.inputs, input{name: "item", kind: "select", label: web.T(ctx, "归哪条任务"), choices: all})
	if k.sh.stands.Get("item") == "" && len(k.found) > 0 && len(k.found[0].Holders) > 0 {
		k.sh.stands.Set("item", k.found[0].Holders[0].String())
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
func addPromise(s *side, r *http.Request) (sheet, error) {
	k, err := picked(s, r, 0)
	if err != nil {
		return k.sh, err
	}
	makers := map[string]func(context.Context, *picking){"item": addItem, "target": addTarget, "milestone": addMilestone, "owner": addOwner, "phase": addPhase}
	make, known := makers[r.PathValue("kind")]
	if !known {
		return k.sh, desk.ErrMissing
	}
	asked := k.sh.inputs
	if r.PathValue("kind") != "owner" {
		k.sh.onlyMissed()
	}
	make(r.Context(), &k)
	if k.first {
		k.askWords(r.Context(), asked, r.PathValue("kind"))
	}
	return k.sh, nil
}

// askWords makes the form one that asks for the words alone and leads on to the next,
// which is filled in with what the words say.
func (k *picking) askWords(ctx context.Context, inputs []input, kind string) {
	k.sh.inputs, k.sh.hidden, k.sh.more, k.sh.button = inputs, []string{"first", "item"}, true, web.T(ctx, "下一步")
	k.sh.stands.Set("first", "1")
	k.sh.act = func(_ context.Context, _ desk.Cmd, f web.Form) (string, error) {
		o, err := k.one()
		if err != nil {
			return "", err
		}
		query := url.Values{"at": {placeOf(o.Span)}}
		if item := f.Value("item"); item != "" {
			query.Set("item", item)
		}
		return planPath(k.v.Plan.ID) + "/add/" + kind + "?" + query.Encode(), nil
	}
}

func (k *picking) next(o desk.Occurrence) string {
	return planPath(k.v.Plan.ID) + "#n-" + strconv.Itoa(o.Node)
}

func addItem(ctx context.Context, k *picking) {
	k.sh.title = web.T(ctx, "添一条任务")
	k.sh.inputs = append(k.sh.inputs, itemInputs(ctx)...)
	k.sh.stands.Set("period", string(plan.Monthly))
	if len(k.found) > 0 {
		k.sh.stands.Set("title", titleOf(k.found[0].Words))
	}
	k.sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		o, err := k.one()
		if err != nil {
			return "", err
		}
		item := itemOf(f)
		if item.Title == "" {
			item.Title = titleOf(o.Words)
		}
		_, err = k.s.office.AddItem(ctx, cmd, k.v.Plan.ID, o.Picked, item)
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
	k.sh.title = web.T(ctx, "添一个指标")
	k.holder(ctx)
	k.sh.inputs = append(k.sh.inputs, targetInputs(ctx)...)
	t := plan.Target{Bound: "ge", Hardness: "hard", Aggregate: "sum"}
	if len(k.found) > 0 {
		t, _ = plan.ReadQuote([]rune(k.v.Text), k.found[0].Span, 0)
		if t.Indicator == "" {
			t.Indicator = titleOf(t.Quote)
		}
	}
	standTarget(k.sh.stands, t, t.Value == 0)
	k.sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
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
		_, err = k.s.office.CorrectTarget(ctx, cmd, k.v.Plan.ID, t, desk.AsItStands)
		return k.next(o), err
	}
}

func addMilestone(ctx context.Context, k *picking) {
	k.sh.title = web.T(ctx, "添一个节点")
	k.holder(ctx)
	k.sh.inputs = append(k.sh.inputs, milestoneInputs(ctx)...)
	m := plan.Milestone{Hardness: "hard"}
	if len(k.found) > 0 {
		_, m = plan.ReadQuote([]rune(k.v.Text), k.found[0].Span, 0)
	}
	standMilestone(k.sh.stands, m)
	k.sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
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
		_, err = k.s.office.CorrectMilestone(ctx, cmd, k.v.Plan.ID, m, o.Words, desk.AsItStands)
		return k.next(o), err
	}
}

// ownerRoles are the ways in which somebody answers for an item.
var ownerRoles = []string{"lead", "cooperating", "responsible"}

func addOwner(ctx context.Context, k *picking) {
	k.sh.title = web.T(ctx, "写上谁负责")
	k.holder(ctx)
	roles := []web.Choice{{Value: "lead", Words: web.T(ctx, "牵头单位")}, {Value: "cooperating", Words: web.T(ctx, "配合单位")}, {Value: "responsible", Words: web.T(ctx, "责任人")}}
	k.sh.inputs = append(k.sh.inputs,
		input{name: "role", kind: "radio", label: web.T(ctx, "算什么"), choices: roles},
		input{name: "name", kind: "text", label: web.T(ctx, "单位或岗位"), hint: web.T(ctx, "几个单位用顿号隔开。")})
	k.sh.stands.Set("role", "lead")
	if len(k.found) > 0 {
		k.sh.stands.Set("name", strings.Trim(k.found[0].Words, "（）()〔〕[]【】：:，。；"))
	}
	k.sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
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
		return k.next(o), k.s.office.SetItems(ctx, cmd, k.v.Plan.ID, []id.Item{i}, m)
	}
}

func addPhase(ctx context.Context, k *picking) {
	k.sh.title = web.T(ctx, "添一个阶段")
	k.sh.inputs = append(k.sh.inputs, phaseInputs(ctx)...)
	if len(k.found) > 0 {
		k.sh.stands.Set("name", titleOf(k.found[0].Words))
	}
	k.sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		o, err := k.one()
		if err != nil {
			return "", err
		}
		p, err := phaseIn(plan.Phase{}, f)
		if err != nil {
			return "", err
		}
		return k.next(o), k.s.office.AddPhase(ctx, cmd, k.v.Plan.ID, o.Picked, p)
	}
}
