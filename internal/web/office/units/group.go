package units

import (
	"context"
	"net/http"
	"net/url"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"

	"github.com/a-h/templ"
)

func groups(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	all, err := s.Office.Groups(r.Context(), page.Who(r.Context()))
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, groupsPage(all))
	return nil
}

// stateGroup asks who is in a leading group, a new one where the address names none.
func stateGroup(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	g, err := groupOf(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	posts, err := s.Office.PostsAtTheTop(ctx)
	if err != nil {
		return page.Sheet{}, err
	}
	offices, err := groupOffices(s, ctx)
	if err != nil {
		return page.Sheet{}, err
	}
	stands := url.Values{"name": {g.Name}, "office": {g.Office.String()}}
	for _, m := range g.Members {
		stands.Set(placeField(m.Post), string(m.Place))
	}
	title := web.T(ctx, "写一个领导小组")
	if g.ID != 0 {
		title = web.T(ctx, "改领导小组的名单")
	}
	return page.Sheet{
		Title: title, Quote: g.Name, Back: "/office/groups", Button: web.T(ctx, "存下"),
		Lede: web.T(ctx, "小组由岗位组成：换了人，小组不用改。公众看得到岗位，看不到姓名。"),
		Inputs: []page.Input{
			{Name: "name", Kind: "text", Label: web.T(ctx, "小组名称")},
			{Name: "office", Kind: "select", Label: web.T(ctx, "办公室设在"), Choices: offices},
		},
		Stands: stands,
		Within: func(f web.Form) templ.Component { return placesTable(posts, f) },
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			is := org.Group{ID: g.ID, Name: f.Value("name")}
			is.Office, _ = id.Of[id.Unit](f.Value("office")) // none is told by the rule
			for _, place := range org.Places {
				for _, p := range posts {
					if f.Value(placeField(p.Post)) == string(place) {
						is.Members = append(is.Members, org.GroupMembership{Post: p.Post, Place: place})
					}
				}
			}
			_, err := s.Office.StateGroup(ctx, cmd, is)
			return "/office/groups", err
		},
	}, nil
}

// placeField is the field that holds the place of a post.
func placeField(post id.Post) string { return "place-" + post.String() }

// groupOf gives the group that the address names; an empty one where it names none.
func groupOf(s *page.Side, r *http.Request) (org.Group, error) {
	want := r.PathValue("group")
	if want == "" {
		return org.Group{}, nil
	}
	all, err := s.Office.Groups(r.Context(), page.Who(r.Context()))
	if err != nil {
		return org.Group{}, err
	}
	for _, g := range all {
		if g.ID.String() == want {
			return g.Group, nil
		}
	}
	return org.Group{}, desk.ErrMissing
}

// groupOffices are the units in which the office of a group may be.
func groupOffices(s *page.Side, ctx context.Context) (out []web.Choice, err error) {
	for _, l := range []org.Level{org.Bureau, org.Division, org.Direct} {
		units, err := s.Office.UnitsOfLevel(ctx, l, 0)
		if err != nil {
			return nil, err
		}
		out = append(out, namedUnits(s, ctx, units)...)
	}
	return out, nil
}
