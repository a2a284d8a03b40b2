package office

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
	"luoshi/progress"

	"github.com/a-h/templ"
)

const signPath = "/office/sign"

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
func (s *side) toSign(r *http.Request) (one desk.ToSign, all []desk.ToSign, err error) {
	if all, err = s.office.ToSign(r.Context(), who(r.Context())); err != nil {
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
func signReports(s *side, r *http.Request) (sheet, error) {
	one, all, err := s.toSign(r)
	if err != nil {
		return sheet{}, err
	}
	ctx := r.Context()
	sh := sheet{title: web.T(ctx, "审签进展"), back: dutiesPath, button: web.T(ctx, "审签选中的"), hidden: []string{"unit"}, stands: url.Values{"unit": {one.Unit.String()}},
		lede:   web.T(ctx, "签了才算报了，局办公室才看得到。不对的，退回给写的人。"),
		within: func(f web.Form) templ.Component { return toSignList(one, all, f) }}
	for _, l := range one.Lines {
		sh.stands.Add("sign", signValue(l))
	}
	if len(one.Lines) == 0 {
		sh.stop = fault.New(fault.Conflict, "现在没有等您审签的。")
	}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		var keys []desk.DraftKey
		for _, v := range f.Values["sign"] {
			if k, ok := readSignValue(v); ok {
				keys = append(keys, k)
			}
		}
		return dutiesPath + "?done=signed", s.office.SignReports(ctx, cmd, one.Unit, keys)
	}
	return sh, nil
}

// sendBackPath leads to giving back what waits for the head.
func sendBackPath(unit id.Unit, l desk.ToSignLine) string {
	return signPath + "/back?" + url.Values{"unit": {unit.String()}, "which": {signValue(l)}}.Encode()
}

// sendBackReport gives back what waits for the head, with the reason.
func sendBackReport(s *side, r *http.Request) (sheet, error) {
	one, _, err := s.toSign(r)
	if err != nil {
		return sheet{}, err
	}
	k, ok := readSignValue(r.FormValue("which"))
	at := slices.IndexFunc(one.Lines, func(l desk.ToSignLine) bool {
		return l.Told.Item == k.Item && l.Told.Unit == k.Unit && l.Told.Period == k.Period
	})
	if !ok || at < 0 {
		return sheet{}, desk.ErrMissing
	}
	ctx, l := r.Context(), one.Lines[at]
	return sheet{title: web.T(ctx, "退回给写的人"), quote: l.Item.Title, back: signPath, button: web.T(ctx, "退回"), hidden: []string{"unit", "which"},
		stands: url.Values{"unit": {one.Unit.String()}, "which": {signValue(l)}}, below: toldWordsShown(l),
		inputs: []input{{name: "reason", kind: "area", rows: "3", label: web.T(ctx, "退回的原因"), hint: web.T(ctx, "写清要改什么。只有本单位看得到。")}},
		act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			return signPath + "?done=back", s.office.SendBackReport(ctx, cmd, one.Unit, k, f.Value("reason"))
		}}, nil
}

// setSigning asks whether the head of a unit signs its reports.
func setSigning(s *side, r *http.Request) (sheet, error) {
	ctx := r.Context()
	u, err := s.unitSheet(r, "progress.signing")
	if err != nil {
		return sheet{}, err
	}
	wanted, err := s.office.SigningOf(ctx, u.Unit.ID)
	if err != nil {
		return sheet{}, err
	}
	stands := "0"
	if wanted {
		stands = "1"
	}
	return sheet{title: web.T(ctx, "进展要不要负责人审签"), quote: u.Unit.Name, back: unitPath(u.Unit.ID), button: web.T(ctx, "存下"), stands: url.Values{"wanted": {stands}},
		lede: web.T(ctx, "要审签的，写的人交了以后先等单位负责人签，签了才算报了。负责人自己写的不用再签。"),
		inputs: []input{{name: "wanted", kind: "radio", label: web.T(ctx, "要不要审签"),
			choices: []web.Choice{{Value: "0", Words: web.T(ctx, "不用，交了就算报了")}, {Value: "1", Words: web.T(ctx, "要，负责人签了才算")}}}},
		act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			return unitPath(u.Unit.ID), s.office.SetSigning(ctx, cmd, u.Unit.ID, f.Value("wanted") == "1")
		}}, nil
}
