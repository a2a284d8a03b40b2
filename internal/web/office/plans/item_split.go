package plans

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// splitItem asks from which words on an item is another.
func splitItem(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, _, err := draftedItem(s, page.Unbared(r))
	if err != nil {
		return page.Sheet{}, err
	}
	k, err := picked(s, r, v.Item.ID)
	if err != nil {
		return k.sh, err
	}
	ctx := r.Context()
	k.sh.OnlyDraft()
	k.sh.Title, k.sh.Button = web.T(ctx, "把这条任务分成两条"), web.T(ctx, "分开")
	if k.sh.Quote == "" { // no place was chosen yet
		k.sh.Quote = v.Clause
		k.sh.Lede = web.T(ctx, "从哪句话起是第二条，就把那句话的开头几个字复制到下面。那句话以后的指标、节点和问题归第二条。")
	}
	k.sh.Inputs = append(k.sh.Inputs, page.Input{Name: "title", Kind: "text", Label: web.T(ctx, "第二条任务的名称"), Hint: web.T(ctx, "空着就用那句话。")})
	k.sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		o, err := k.one()
		if err != nil {
			return "", err
		}
		title := f.Value("title")
		if title == "" {
			title = titleOf(o.Words)
		}
		_, err = s.Office.SplitItem(ctx, cmd, v.Plan.ID, v.Item.ID, o.Picked, title)
		return k.next(o), err
	}
	return k.sh, nil
}

func removePhase(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := drafted(s, r)
	if err != nil {
		return sh, err
	}
	ordinal, _ := strconv.Atoi(r.PathValue("ordinal"))
	for _, f := range v.Phases {
		if f.Ordinal == ordinal {
			sh.Title, sh.Quote, sh.Button = web.T(r.Context(), "不是阶段"), f.Span.In([]rune(v.Text)), web.T(r.Context(), "去掉它")
			sh.Stands = url.Values{}
			sh.Ending(r.Context())
			sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
				return sh.Back, s.Office.RemovePhase(ctx, cmd, v.Plan.ID, ordinal)
			}
			return sh, nil
		}
	}
	return sh, desk.ErrMissing
}
