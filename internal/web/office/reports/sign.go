package reports

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/progress"

	"github.com/a-h/templ"
)

// signValue is how a form calls a report that waits: item.unit.period.
func signValue(l desk.ToSignLine) string {
	return l.Told.Item.String() + "." + l.Told.Unit.String() + "." + string(l.Told.Period)
}

func readSignValue(s string) (k desk.DraftKey, ok bool) {
	parts := strings.Split(s, ".")
	if len(parts) != 3 {
		return k, false
	}
	item, errItem := id.Of[id.Item](parts[0])
	unit, errUnit := id.Of[id.Unit](parts[1])
	period, errPeriod := progress.Parse(parts[2])
	return desk.DraftKey{Item: item, Unit: unit, Period: period}, errItem == nil && errUnit == nil && errPeriod == nil
}

// toSign finds what waits for the head in the unit that the address names, or in the first
// in which something does.
func toSign(s *page.Side, r *http.Request) (one desk.ToSign, all []desk.ToSign, err error) {
	if all, err = s.Office.ToSign(r.Context(), page.Who(r.Context())); err != nil {
		return one, nil, err
	}
	if len(all) == 0 {
		return one, nil, desk.ErrMissing
	}
	at := slices.IndexFunc(all, func(u desk.ToSign) bool { return u.Unit.String() == r.FormValue("unit") })
	if at < 0 {
		at = max(0, slices.IndexFunc(all, func(u desk.ToSign) bool { return len(u.Lines) > 0 }))
	}
	return all[at], all, nil
}

// signReports asks the head of a unit to sign what waits, all on one page.
func signReports(s *page.Side, r *http.Request) (page.Sheet, error) {
	one, all, err := toSign(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	sh := page.Sheet{Title: web.T(ctx, "审签进展"), Back: page.DutiesPath, Button: web.T(ctx, "审签选中的"), Hidden: []string{"unit"}, Stands: url.Values{"unit": {one.Unit.String()}},
		Lede:   web.T(ctx, "签了才算报了，局办公室才看得到。不对的，退回给写的人。"),
		Within: func(f web.Form) templ.Component { return toSignList(one, all, f) }}
	for _, l := range one.Lines {
		sh.Stands.Add("sign", signValue(l))
	}
	if len(one.Lines) == 0 {
		sh.Stop = fault.New(fault.Conflict, "现在没有等您审签的。")
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		var keys []desk.DraftKey
		for _, v := range f.Values["sign"] {
			if k, ok := readSignValue(v); ok {
				keys = append(keys, k)
			}
		}
		return page.DutiesPath + "?done=signed", s.Office.SignReports(ctx, cmd, one.Unit, keys)
	}
	return sh, nil
}

// sendBackPath leads to giving back what waits for the head.
func sendBackPath(unit id.Unit, l desk.ToSignLine) string {
	return page.SignPath + "/back?" + url.Values{"unit": {unit.String()}, "which": {signValue(l)}}.Encode()
}

// sendBackReport gives back what waits for the head, with the reason.
func sendBackReport(s *page.Side, r *http.Request) (page.Sheet, error) {
	one, _, err := toSign(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	k, ok := readSignValue(r.FormValue("which"))
	at := slices.IndexFunc(one.Lines, func(l desk.ToSignLine) bool {
		return l.Told.Item == k.Item && l.Told.Unit == k.Unit && l.Told.Period == k.Period
	})
	if !ok || at < 0 {
		return page.Sheet{}, desk.ErrMissing
	}
	ctx, l := r.Context(), one.Lines[at]
	return page.Sheet{Title: web.T(ctx, "退回给写的人"), Quote: l.Item.Title, Back: page.SignPath, Button: web.T(ctx, "退回"), Hidden: []string{"unit", "which"},
		Stands: url.Values{"unit": {one.Unit.String()}, "which": {signValue(l)}}, Below: toldWordsShown(l),
		Inputs: []page.Input{{Name: "reason", Kind: "area", Rows: "3", Label: web.T(ctx, "退回的原因"), Hint: web.T(ctx, "写清要改什么。只有本单位看得到。")}},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			return page.SignPath + "?done=back", s.Office.SendBackReport(ctx, cmd, one.Unit, k, f.Value("reason"))
		}}, nil
}

// setSigning asks whether the head of a unit signs its reports.
func setSigning(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	u, err := s.UnitSheet(r, "progress.signing")
	if err != nil {
		return page.Sheet{}, err
	}
	wanted, err := s.Office.SigningOf(ctx, u.Unit.ID)
	if err != nil {
		return page.Sheet{}, err
	}
	stands := "0"
	if wanted {
		stands = "1"
	}
	return page.Sheet{Title: web.T(ctx, "进展要不要负责人审签"), Quote: u.Unit.Name, Back: page.UnitPath(u.Unit.ID), Button: web.T(ctx, "存下"), Stands: url.Values{"wanted": {stands}},
		Lede: web.T(ctx, "要审签的，写的人交了以后先等单位负责人签，签了才算报了。负责人自己写的不用再签。"),
		Inputs: []page.Input{{Name: "wanted", Kind: "radio", Label: web.T(ctx, "要不要审签"),
			Choices: []web.Choice{{Value: "0", Words: web.T(ctx, "不用，交了就算报了")}, {Value: "1", Words: web.T(ctx, "要，负责人签了才算")}}}},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			return page.UnitPath(u.Unit.ID), s.Office.SetSigning(ctx, cmd, u.Unit.ID, f.Value("wanted") == "1")
		}}, nil
}
