package duties

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"
	"luoshi/plan"
)

func ownerPath(p id.Plan, i id.Item) string { return page.OwnersPath(p) + "/" + i.String() }

// ownersView is who answers for the items of a plan, of those that the address asks for.
type ownersView struct {
	desk.PlanOwners
	Show    string // of ownerShows
	Unit    id.Unit
	Ticked  bool // all that are shown
	Chosen  []desk.OwnedItem
	Counts  []ownerShow
	Having  []org.Unit // units that answer for some item
	Assigns bool       // whether the reader may assign
	Done    string
}

// ownerShow is a choice of items.
type ownerShow struct {
	Key, Name string // in the address, and for the reader
	shows     func(desk.OwnedItem) bool
	N         int
}

var ownerShows = []ownerShow{
	{Key: "", Name: "全部", shows: func(desk.OwnedItem) bool { return true }},
	{Key: "unassigned", Name: "没有分的", shows: desk.OwnedItem.Waits},
	{Key: "objected", Name: "退回的", shows: desk.OwnedItem.Objected},
	{Key: "unmatched", Name: "有认不准的话", shows: desk.OwnedItem.Unmatched},
	{Key: "reworded", Name: "分好以后文件改了话", shows: desk.OwnedItem.Reworded},
}

func newOwnersView(v desk.PlanOwners, query url.Values) ownersView {
	out := ownersView{PlanOwners: v, Show: query.Get("show"), Ticked: query.Get("tick") != "", Done: query.Get("done")}
	out.Unit, _ = id.Of[id.Unit](query.Get("unit")) // another text asks for no unit
	shows := ownerShows[0].shows
	for _, s := range ownerShows {
		if s.Key == out.Show {
			shows = s.shows
		}
		for _, i := range v.Items {
			if s.shows(i) {
				s.N++
			}
		}
		out.Counts = append(out.Counts, s)
	}
	having := map[id.Unit]bool{}
	for _, i := range v.Items {
		for _, o := range i.Owners {
			having[o.Unit] = true
		}
		if shows(i) && (out.Unit == 0 || i.Has(out.Unit)) {
			out.Chosen = append(out.Chosen, i)
		}
	}
	for u := range having {
		out.Having = append(out.Having, v.Names[u])
	}
	sortUnits(out.Having)
	return out
}

func sortUnits(units []org.Unit) {
	slices.SortFunc(units, func(a, b org.Unit) int {
		if a.Level != b.Level {
			return slices.Index(org.Levels, a.Level) - slices.Index(org.Levels, b.Level)
		}
		return strings.Compare(a.ID.String(), b.ID.String())
	})
}

// address gives the page with another choice.
func (v ownersView) address(show string, unit id.Unit, ticked bool) string {
	query := url.Values{}
	if show != "" {
		query.Set("show", show)
	}
	if unit != 0 {
		query.Set("unit", unit.String())
	}
	if ticked {
		query.Set("tick", "all")
	}
	if len(query) == 0 {
		return page.OwnersPath(v.Plan.ID)
	}
	return page.OwnersPath(v.Plan.ID) + "?" + query.Encode()
}

// owners shows who answers for the items of a plan.
func owners(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return desk.ErrMissing
	}
	v, err := s.Office.PlanOwners(r.Context(), page.Who(r.Context()), p)
	if err != nil {
		return err
	}
	view := newOwnersView(v, r.URL.Query())
	view.Assigns = v.Plan.State == plan.InForce && page.Who(r.Context()).May("item.assign")
	web.Show(w, r, http.StatusOK, ownersPage(view))
	return nil
}

// dutyStateWord says what a unit answered.
func dutyStateWord(ctx context.Context, s org.DutyState) string {
	switch s {
	case org.DutyAccepted:
		return web.T(ctx, "接受了")
	case org.DutyObjected:
		return web.T(ctx, "退回了")
	case org.DutyUpheld:
		return web.T(ctx, "退回过，答复仍由它办")
	}
	return web.T(ctx, "等它回话")
}

// unitName is the name of a unit, of a township with its county: two may be called alike.
func (v ownersView) unitName(unit id.Unit) string { return unitName(v.PlanOwners, unit) }

func unitName(v desk.PlanOwners, unit id.Unit) string {
	u := v.Names[unit]
	if u.Level == org.Township {
		return v.Names[u.Parent].Name + u.Name
	}
	return u.Name
}

// matchWords says what the words of a document were taken for.
func matchWords(ctx context.Context, v desk.PlanOwners, m org.Match) string {
	var names []string
	for _, u := range m.Units {
		names = append(names, unitName(v, u))
	}
	switch {
	case len(m.Units) == 0:
		return web.T(ctx, "没认出")
	case m.Together && m.Sure:
		return web.T(ctx, "%s 个单位", web.Count(len(m.Units)))
	case m.Together:
		return web.T(ctx, "不一定是全部 %s 个，请逐条定", web.Count(len(m.Units)))
	case m.Sure:
		return names[0]
	}
	return web.T(ctx, "可能是%s", strings.Join(names, web.T(ctx, " 或 ")))
}
