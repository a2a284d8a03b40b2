package office

import (
	"context"
	"net/http"

	"luoshi/calendar"
	"luoshi/collection"
	"luoshi/internal/desk"
	"luoshi/internal/web"

	"github.com/a-h/templ"
)

// askMore asks further units while a collection runs.
func askMore(s *side, r *http.Request) (sheet, error) {
	sh, which, err := s.collectionSheet(r)
	if err != nil {
		return sheet{}, err
	}
	ctx := r.Context()
	v, err := s.office.Collection(ctx, who(ctx), which)
	if err != nil {
		return sheet{}, err
	}
	if v.State == collection.Draft { // units of a draft are chosen anew
		return sheet{}, desk.ErrMissing
	}
	from, err := s.office.AskableMore(ctx, who(ctx), which)
	if err != nil {
		return sheet{}, err
	}
	sh.title, sh.button = web.T(ctx, "再向几个单位要"), web.T(ctx, "向它们要")
	sh.lede = web.T(ctx, "现在的期限是%s。要的一样，原来的单位不受影响。", web.Date(ctx, v.Due))
	sh.inputs = []input{{name: "due", kind: "date", label: web.T(ctx, "加的单位哪天以前交"), hint: web.T(ctx, "空着就和大家一样。含当日，不能比大家早。")}}
	sh.within = func(f web.Form) templ.Component { return askedUnits(f, unitGroups(from.Units)) }
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		units, err := unitsIn(f, from.Units)
		if err != nil {
			return "", err
		}
		return sh.back + "?done=more", s.office.AskMore(ctx, cmd, which, units, calendar.Day(f.Value("due")))
	}
	return sh, nil
}
