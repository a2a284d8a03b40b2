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

func answerQuestion(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := draftedBare(s, r)
	if err != nil {
		return sh, err
	}
	which, err := id.Of[id.Question](r.PathValue("question"))
	if err != nil {
		return sh, desk.ErrMissing
	}
	sh.Back = page.PlanPath(v.Plan.ID) + "#q-" + which.String()
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return sh.Back, answer(s, ctx, cmd, v.Plan.ID, which, f)
	}
	if sh.Bare {
		return sh, nil
	}
	k := slices.IndexFunc(v.Questions, func(q plan.Question) bool { return q.ID == which })
	if k < 0 {
		return sh, desk.ErrMissing
	}
	ctx, q := r.Context(), v.Questions[k]
	sh.Title, sh.Quote = asked(ctx, q), q.Span.In([]rune(v.Text))
	sh.Button = web.T(ctx, "存下这一答")
	sh.Second = &page.Second{Name: "later", Label: web.T(ctx, "以后再答")}
	sh.Inputs = []page.Input{
		{Name: "choice", Kind: "radio", Label: web.T(ctx, "您的答案"), Choices: answers(ctx, q)},
		{Name: "words", Kind: "text", Label: web.T(ctx, "我来写")},
	}
	if alike := len(plan.OpenAlike(v.Questions, q)); alike > 0 {
		sh.Inputs = append(sh.Inputs, page.Input{Name: "alike", Kind: "checks", Label: web.T(ctx, "同样的问题"), Choices: []web.Choice{{Value: "1", Words: alikeWords(ctx, alike)}}})
	}
	if sh.Amends != nil {
		sh.Second, sh.Amends = nil, []plan.AmendmentKind{plan.LateAnswer}
		sh.Lede = web.T(ctx, "方案已经启用。现在的答案也进存证，跟着改的数和日子按答案改正。")
	}
	sh.Stands = url.Values{"words": {q.Words}}
	if q.State == plan.QuestionAnswered {
		sh.Stands.Set("choice", strconv.Itoa(q.Chosen))
	}
	return sh, nil
}

// answer does with a question what its form says.
func answer(s *page.Side, ctx context.Context, cmd desk.Cmd, p id.Plan, q id.Question, f web.Form) error {
	if f.Value("later") != "" {
		return s.Office.DeferQuestion(ctx, cmd, p, q)
	}
	chosen, err := strconv.Atoi(f.Value("choice"))
	if err != nil && f.Value("words") != "" {
		chosen, err = plan.OwnWords, nil // whoever writes need not tick as well
	}
	if err != nil {
		return fault.New(fault.Invalid, "请选一个答案，或者写下您的说明。").In("choice")
	}
	if f.Value("alike") != "" && chosen != plan.OwnWords {
		return s.Office.AnswerAlike(ctx, cmd, p, q, chosen)
	}
	return s.Office.AnswerQuestion(ctx, cmd, p, q, chosen, f.Value("words"))
}

// asked says a question in the reader's language.
func asked(ctx context.Context, q plan.Question) string { return web.Filled(ctx, q.Pattern, q.Args) }

// answers are the choices of a question, and own words.
func answers(ctx context.Context, q plan.Question) []web.Choice {
	var out []web.Choice
	for i, c := range q.Choices {
		out = append(out, web.Choice{Value: strconv.Itoa(i), Words: web.Filled(ctx, c.Pattern, c.Args)})
	}
	return append(out, web.Choice{Value: strconv.Itoa(plan.OwnWords), Words: web.T(ctx, "我来写")})
}

// alikeWords offers to give the same answer to other questions.
func alikeWords(ctx context.Context, n int) string {
	return web.T(ctx, "另外 %s 问也这样答", web.Count(n))
}

// answered says the answer of a question.
func answered(ctx context.Context, q plan.Question) string {
	if q.Chosen == plan.OwnWords {
		return q.Words
	}
	return web.Filled(ctx, q.Choices[q.Chosen].Pattern, q.Choices[q.Chosen].Args)
}
