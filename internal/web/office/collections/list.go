package collections

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"luoshi/calendar"
	"luoshi/collection"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// collectionOf reads which collection an address is about.
func collectionOf(r *http.Request) (id.Collection, error) {
	which, err := id.Of[id.Collection](r.PathValue("collection"))
	if err != nil {
		return 0, desk.ErrMissing
	}
	return which, nil
}

// collectionsView is what was asked, and what could be.
type collectionsView struct {
	Lines    []desk.CollectionLine
	Proposed []desk.ProposedCollection
	Asks     bool
	Today    calendar.Day
}

// collections lists what was asked of units, and the sentences of plans by which they
// are to hand something in.
func collections(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	me := page.Who(r.Context())
	v := collectionsView{Asks: me.May("collection.ask"), Today: s.Office.Today()}
	var err error
	if v.Lines, err = s.Office.Collections(r.Context(), me); err != nil {
		return err
	}
	if v.Proposed, err = s.Office.ProposedCollections(r.Context(), me); err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, collectionsPage(v))
	return nil
}

// running are those that are open or still to be sent out; the others ended.
func (v collectionsView) running(yes bool) (out []desk.CollectionLine) {
	for _, l := range v.Lines {
		if (l.State != collection.Closed) == yes {
			out = append(out, l)
		}
	}
	return out
}

// lamps are the words and counts of the situations of which there are some.
func situationCounts(ctx context.Context, counts map[collection.Situation]int, late int) string {
	var out []string
	for _, s := range collection.Situations {
		if n := counts[s]; n > 0 {
			out = append(out, page.SituationWord(ctx, s)+" "+web.Count(n))
		}
	}
	if late > 0 {
		out = append(out, web.T(ctx, "迟报 %s", web.Count(late)))
	}
	return strings.Join(out, web.T(ctx, "、"))
}

func kindWord(ctx context.Context, k collection.Kind) string {
	switch k {
	case collection.Text:
		return web.T(ctx, "文字")
	case collection.Table:
		return web.T(ctx, "表格")
	case collection.Plan:
		return web.T(ctx, "单位自己的方案")
	}
	return web.T(ctx, "文件")
}

// askPath leads to changing what a sentence asks for before it is sent out.
func askPath(p desk.ProposedCollection) string {
	return page.CollectionsPath + "/new?" + url.Values{"milestone": {p.Milestone.ID.String()}}.Encode()
}

// unitNames are the names of the units that a sentence means.
func unitNames(ctx context.Context, p desk.ProposedCollection) string {
	var names []string
	for _, u := range p.Units {
		names = append(names, u.Name)
	}
	return strings.Join(names, web.T(ctx, "、"))
}

// proposed are the sentences that wait, or those that were set aside.
func (v collectionsView) proposed(declined bool) (out []desk.ProposedCollection) {
	for _, p := range v.Proposed {
		if (p.Declined != "") == declined {
			out = append(out, p)
		}
	}
	return out
}

func declinePath(p desk.ProposedCollection) string {
	return page.CollectionsPath + "/declined?" + url.Values{"milestone": {p.Milestone.ID.String()}}.Encode()
}

// declineProposed sets a sentence of a plan aside, for a reason.
func declineProposed(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	which, err := id.Of[id.Milestone](r.FormValue("milestone"))
	if err != nil {
		return page.Sheet{}, desk.ErrMissing
	}
	sh := page.Sheet{Title: web.T(ctx, "这一句不征集"), Back: page.CollectionsPath, Button: web.T(ctx, "不征集"), Hidden: []string{"milestone"}, Stands: url.Values{"milestone": {which.String()}},
		Lede:   web.T(ctx, "写明原因，以后不再提。要征集的时候，还能从列表下面找回来。"),
		Inputs: []page.Input{{Name: "reason", Kind: "area", Rows: "2", Label: web.T(ctx, "为什么不征集"), Hint: web.T(ctx, "例如：已经用纸收齐了。最多 200 个字。")}}}
	all, err := s.Office.ProposedCollections(ctx, page.Who(ctx))
	for _, p := range all {
		if p.Milestone.ID == which {
			sh.Quote = p.Sentence
			sh.Stands.Set("reason", p.Declined)
		}
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return page.CollectionsPath, s.Office.DeclineProposed(ctx, cmd, which, page.TidyWords(f.Value("reason")))
	}
	return sh, err
}

// collectProposed starts what a sentence of a plan asks for, as it stands.
func collectProposed(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	which, err := id.Of[id.Milestone](r.FormValue("milestone"))
	if err != nil {
		return page.Sheet{}, desk.ErrMissing
	}
	sh := page.Sheet{Title: web.T(ctx, "照这一句征集"), Back: page.CollectionsPath, Button: web.T(ctx, "发下去"), Hidden: []string{"milestone"},
		Stands: url.Values{"milestone": {which.String()}}}
	all, err := s.Office.ProposedCollections(ctx, page.Who(ctx))
	for _, p := range all {
		if p.Milestone.ID == which {
			sh.Quote = p.Sentence
			sh.Lede = web.T(ctx, "向 %s 要：%s，%s以前（含当日）交。", unitNames(ctx, p), p.Title, web.Date(ctx, p.Milestone.Due))
		}
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		made, err := s.Office.CollectProposed(ctx, cmd, which)
		return page.CollectionPath(made) + "?done=started", err
	}
	return sh, err
}
