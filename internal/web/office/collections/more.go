package collections

import (
	"context"
	"net/http"

	"luoshi/calendar"
	"luoshi/collection"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"

	"github.com/a-h/templ"
)

// askMore asks further units while a collection runs.
func askMore(s *page.Side, r *http.Request) (page.Sheet, error) {
	sh, which, err := collectionSheet(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	v, err := s.Office.Collection(ctx, page.Who(ctx), which)
	if err != nil {
		return page.Sheet{}, err
	}
	if v.State == collection.Draft { // units of a draft are chosen anew
		return page.Sheet{}, desk.ErrMissing
	}
	from, err := s.Office.AskableMore(ctx, page.Who(ctx), which)
	if err != nil {
		return page.Sheet{}, err
	}
	sh.Title, sh.Button = web.T(ctx, "再向几个单位要"), web.T(ctx, "向它们要")
	sh.Lede = web.T(ctx, "现在的期限是%s。要的一样，原来的单位不受影响。", web.Date(ctx, v.Due))
	sh.Inputs = []page.Input{{Name: "due", Kind: "date", Label: web.T(ctx, "加的单位哪天以前交"), Hint: web.T(ctx, "空着就和大家一样。含当日，不能比大家早。")}}
	sh.Within = func(f web.Form) templ.Component { return askedUnits(f, unitGroups(from.Units)) }
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		units, err := unitsIn(f, from.Units)
		if err != nil {
			return "", err
		}
		return sh.Back + "?done=more", s.Office.AskMore(ctx, cmd, which, units, calendar.Day(f.Value("due")))
	}
	return sh, nil
}
