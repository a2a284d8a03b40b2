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

// collectionView is one collection with all of whom it is asked.
type collectionView struct {
	desk.CollectionView
	Today calendar.Day
	Only  collection.Situation // that the address asks for, or empty
	Done  string
	Known []collection.Repeat // what it asks although units fill it in elsewhere
}

// showCollection shows who owes what.
func showCollection(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	which, err := collectionOf(r)
	if err != nil {
		return err
	}
	v, err := s.Office.Collection(r.Context(), page.Who(r.Context()), which)
	if err != nil {
		return err
	}
	if v.State == collection.Draft {
		page.SeeOther(w, r, page.CollectionPath(which)+"/template")
		return nil
	}
	var known []collection.Repeat
	if v.State == collection.Open && page.Who(r.Context()).May("collection.ask") {
		if known, err = s.Office.RepeatedFields(r.Context(), page.Who(r.Context()), v.AskedWords(), which); err != nil {
			return err
		}
	}
	web.Show(w, r, http.StatusOK, collectionPage(collectionView{v, s.Office.Today(), collection.Situation(r.URL.Query().Get("only")), r.URL.Query().Get("done"), known}))
	return nil
}

// lines are the units that the address asks for, what is owed first.
func (v collectionView) lines() (out []desk.OwedLine) {
	for _, s := range collection.Situations {
		for _, l := range v.Owed {
			if l.Situation == s && (v.Only == "" || v.Only == s) {
				out = append(out, l)
			}
		}
	}
	return out
}

// arrived are those that wait to be taken.
func (v collectionView) arrived() (n int) { return v.Counts[collection.Arrived] }

// acts reports whether the reader may act on it: it runs, and it is theirs.
func (v collectionView) acts() bool { return v.Asks && v.State == collection.Open }

// onlyPath leads to the units of one situation.
func onlyPath(c id.Collection, s collection.Situation) string {
	if s == "" {
		return page.CollectionPath(c)
	}
	return page.CollectionPath(c) + "?only=" + string(s)
}

func decidePathOf(c id.Collection, u id.Unit) string {
	return page.CollectionPath(c) + "/answers/" + u.String()
}

func answerBehalfPath(c id.Collection, u id.Unit) string {
	return page.CollectionPath(c) + "/behalf/" + u.String()
}

// askedOf reads which unit of a collection an address is about.
func askedOf(r *http.Request) (c id.Collection, u id.Unit, err error) {
	if c, err = collectionOf(r); err != nil {
		return c, u, err
	}
	if u, err = id.Of[id.Unit](r.PathValue("asked")); err != nil {
		return c, u, desk.ErrMissing
	}
	return c, u, nil
}

// extendCollection puts the day off.
func extendCollection(s *page.Side, r *http.Request) (page.Sheet, error) {
	sh, which, err := collectionSheet(s, r)
	ctx := r.Context()
	sh.Title, sh.Button = web.T(ctx, "延期"), web.T(ctx, "延期")
	sh.Inputs = []page.Input{{Name: "due", Kind: "date", Label: web.T(ctx, "改到哪一天"), Hint: web.T(ctx, "含当日。")},
		{Name: "reason", Kind: "area", Rows: "3", Label: web.T(ctx, "为什么延期"), Hint: web.T(ctx, "各单位看得到。最多 200 个字。")}}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return sh.Back + "?done=extended", s.Office.ExtendCollection(ctx, cmd, which, calendar.Day(f.Value("due")), page.TidyWords(f.Value("reason")))
	}
	return sh, err
}

// closeCollection ends it.
func closeCollection(s *page.Side, r *http.Request) (page.Sheet, error) {
	sh, which, err := collectionSheet(s, r)
	ctx := r.Context()
	sh.Title, sh.Button = web.T(ctx, "结束征集"), web.T(ctx, "结束")
	if sh.Back == page.CollectionsPath { // it was not sent out
		sh.Title, sh.Button = web.T(ctx, "不发了"), web.T(ctx, "删去")
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return page.CollectionsPath, s.Office.CloseCollection(ctx, cmd, which)
	}
	return sh, err
}

// collectionSheet begins a sheet about a collection of the reader's own.
func collectionSheet(s *page.Side, r *http.Request) (page.Sheet, id.Collection, error) {
	which, err := collectionOf(r)
	if err != nil {
		return page.Sheet{}, which, err
	}
	ctx := r.Context()
	v, err := s.Office.Collection(ctx, page.Who(ctx), which)
	if err != nil {
		return page.Sheet{}, which, err
	}
	if !v.Asks {
		return page.Sheet{}, which, desk.MayNot("collection.ask")
	}
	if v.State == collection.Draft {
		return page.Sheet{Quote: v.Title, Back: page.CollectionsPath, Lede: web.T(ctx, "还没有发下去，没有单位看到过。")}, which, nil
	}
	n := v.Counts[collection.Missing] + v.Counts[collection.Awaited]
	return page.Sheet{Quote: v.Title, Back: page.CollectionPath(which), Lede: web.T(ctx, "现在的期限是%s，还有 %s 个单位没有报。结束以后就不再收了。", web.Date(ctx, v.Due), web.Count(n))}, which, nil
}

// acceptAll takes all that arrived.
func acceptAll(s *page.Side, r *http.Request) (page.Sheet, error) {
	which, err := collectionOf(r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	v, err := s.Office.Collection(ctx, page.Who(ctx), which)
	if err != nil {
		return page.Sheet{}, err
	}
	if !v.Asks {
		return page.Sheet{}, desk.MayNot("collection.ask")
	}
	var names []string
	stands := url.Values{}
	for _, l := range v.Owed {
		if l.Situation == collection.Arrived {
			names = append(names, l.Unit.Name)
			stands.Add("looked", l.Unit.ID.String()+"-"+web.Count(l.Revision))
		}
	}
	sh := page.Sheet{Title: web.T(ctx, "都收下"), Quote: v.Title, Back: page.CollectionPath(which), Button: web.T(ctx, "都收下"), Hidden: []string{"looked"}, Stands: stands,
		Lede: web.T(ctx, "%s 个单位报来的都收下：%s。收下以后单位不能再改，要改就退回。", web.Count(len(names)), strings.Join(names, web.T(ctx, "、")))}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		var keys []desk.AnswerKey
		for _, looked := range f.Values["looked"] {
			k, err := answerKey(which, looked)
			if err != nil {
				return "", err
			}
			keys = append(keys, k)
		}
		return page.CollectionPath(which) + "?done=accepted", s.Office.AcceptAll(ctx, cmd, which, keys)
	}
	return sh, nil
}

// decideWord is what can be done with what a unit gave.
func decideWord(ctx context.Context, v collectionView, l desk.OwedLine) string {
	if v.acts() && l.Situation == collection.Arrived {
		return web.T(ctx, "看了收下或退回")
	}
	return web.T(ctx, "看报来的")
}
