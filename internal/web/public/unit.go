package public

import (
	"cmp"
	"context"
	"html"
	"io"
	"net/http"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"
	"luoshi/plan"

	"github.com/a-h/templ"
)

// unitGroup is the units of one level.
type unitGroup struct {
	Level org.Level
	Units []org.Unit
}

func byLevel(units []org.Unit) (groups []unitGroup) {
	for _, l := range org.Levels {
		g := unitGroup{Level: l}
		for _, u := range units {
			if u.Level == g.Level {
				g.Units = append(g.Units, u)
			}
		}
		if len(g.Units) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

func (v visit) units() error {
	all, err := v.desk.UpperUnits(v.r.Context())
	if err != nil {
		return err
	}
	groups, err := v.desk.Groups(v.r.Context())
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, v.say("单位"), unitsByLevel(byLevel(all), groups))
}

// unitPage is all that may be known of one unit.
type unitPage struct {
	desk.PublicUnit
	Past       bool // as of a day that is not today
	Today      calendar.Day
	Below      []unitGroup
	Leads      []plan.Item
	Cooperates []plan.Item
	Facts      desk.UnitFacts // as of today only
}

func (v visit) unit() error {
	which, err := id.Of[id.Unit](v.r.PathValue("id"))
	if err != nil {
		return errMissing
	}
	day, err := v.at()
	if err != nil {
		return err
	}
	u, err := v.desk.UnitOn(v.r.Context(), which, cmp.Or(day, v.today))
	if err != nil {
		return err
	}
	p := newUnitPage(u)
	p.Today = v.today
	if p.Past = day != "" && day != v.today; !p.Past {
		if p.Facts, err = v.desk.UnitFacts(v.r.Context(), u); err != nil {
			return err
		}
	}
	return v.show(http.StatusOK, u.Unit.Name, oneUnit(p))
}

func newUnitPage(u desk.PublicUnit) unitPage {
	p := unitPage{PublicUnit: u, Below: byLevel(u.Below)}
	for _, i := range u.Items {
		if u.Duty[i.ID] == org.LeadDuty {
			p.Leads = append(p.Leads, i)
		} else {
			p.Cooperates = append(p.Cooperates, i)
		}
	}
	return p
}

// partySign parts the units that a plan names in one place.
const partySign = "、"

// unitNames finds a unit by the name that a plan calls it. A name that several
// have finds none.
type unitNames map[string]id.Unit

func newUnitNames(units []org.Unit) unitNames {
	names := unitNames{}
	for _, u := range units {
		if _, twice := names[u.Name]; twice {
			names[u.Name] = 0
		} else {
			names[u.Name] = u.ID
		}
	}
	return names
}

// parties writes the units that a plan names, each with a link where it is
// known. It is written by hand, because a template would put blanks between them.
func parties(list string, units unitNames) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		var out strings.Builder
		for i, name := range strings.Split(list, partySign) {
			if i > 0 {
				out.WriteString(partySign)
			}
			words := html.EscapeString(name)
			if u := units[name]; u != 0 {
				words = `<a href="` + html.EscapeString(string(web.Link(ctx, "/units/"+u.String()))) + `">` + words + `</a>`
			}
			out.WriteString(words)
		}
		_, err := io.WriteString(w, out.String())
		return err
	})
}

// ownerNames writes the units that answer for an item, each with a link and its
// responsible post; by hand as parties are.
func ownerNames(owners []desk.PublicOwner) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		var out strings.Builder
		for i, o := range owners {
			if i > 0 {
				out.WriteString(web.T(ctx, "、"))
			}
			out.WriteString(`<a lang="zh-Hans" href="` + html.EscapeString(string(web.Link(ctx, "/units/"+o.Unit.ID.String()))) + `">` + html.EscapeString(o.Unit.Name) + `</a>`)
			if o.Post != "" {
				out.WriteString(` <span lang="zh-Hans">` + html.EscapeString(o.Post) + `</span>`)
			}
		}
		_, err := io.WriteString(w, out.String())
		return err
	})
}
