package office

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"luoshi/internal/desk"
	"luoshi/internal/web"
)

// splitItem asks from which words on an item is another.
func splitItem(s *side, r *http.Request) (sheet, error) {
	v, _, err := s.draftedItem(unbared(r))
	if err != nil {
		return sheet{}, err
	}
	k, err := picked(s, r, v.Item.ID)
	if err != nil {
		return k.sh, err
	}
	ctx := r.Context()
	k.sh.onlyDraft()
	k.sh.title, k.sh.button = web.T(ctx, "把这条任务分成两条"), web.T(ctx, "分开")
	if k.sh.quote == "" { // no place was chosen yet
		k.sh.quote = v.Clause
		k.sh.lede = web.T(ctx, "从哪句话起是第二条，就把那句话的开头几个字复制到下面。那句话以后的指标、节点和问题归第二条。")
	}
	k.sh.inputs = append(k.sh.inputs, input{name: "title", kind: "text", label: web.T(ctx, "第二条任务的名称"), hint: web.T(ctx, "空着就用那句话。")})
	k.sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		o, err := k.one()
		if err != nil {
			return "", err
		}
		title := f.Value("title")
		if title == "" {
			title = titleOf(o.Words)
		}
		_, err = s.office.SplitItem(ctx, cmd, v.Plan.ID, v.Item.ID, o.Picked, title)
		return k.next(o), err
	}
	return k.sh, nil
}

// unbared takes back that a request's sheet is only to act, for one that needs the record.
func unbared(r *http.Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), bareKey{}, nil))
}

func removePhase(s *side, r *http.Request) (sheet, error) {
	v, sh, err := s.drafted(r)
	if err != nil {
		return sh, err
	}
	ordinal, _ := strconv.Atoi(r.PathValue("ordinal"))
	for _, f := range v.Phases {
		if f.Ordinal == ordinal {
			sh.title, sh.quote, sh.button = web.T(r.Context(), "不是阶段"), f.Span.In([]rune(v.Text)), web.T(r.Context(), "去掉它")
			sh.stands = url.Values{}
			sh.ending(r.Context())
			sh.act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
				return sh.back, s.office.RemovePhase(ctx, cmd, v.Plan.ID, ordinal)
			}
			return sh, nil
		}
	}
	return sh, desk.ErrMissing
}
