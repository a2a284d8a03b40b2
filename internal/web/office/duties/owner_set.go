package duties

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"
	"luoshi/plan"

	"github.com/a-h/templ"
)

// unitChoices are the units of a level that a form offers, and what all of them are called.
type unitChoices struct {
	Level org.Level
	Name  string // empty where nobody means all
	Units []org.Unit
}

// unitLevels are the levels of which units are chosen.
var unitLevels = []unitChoices{{Level: org.CityLevel}, {Level: org.Bureau}, {Level: org.Division, Name: "全部处室"}, {Level: org.Direct, Name: "全部直属单位"},
	{Level: org.County, Name: "全部县（市、区）"}, {Level: org.Township, Name: "全部乡镇（街道）"}}

// unitTable offers the units of all levels but townships, of which only some stand in it.
func unitTable(v desk.PlanOwners, townships []id.Unit) (out []unitChoices) {
	for _, c := range unitLevels {
		there := false
		for _, u := range v.Units {
			if u.Level != c.Level {
				continue
			}
			there = true
			if c.Level != org.Township || slices.Contains(townships, u.ID) {
				c.Units = append(c.Units, u)
			}
		}
		if there {
			out = append(out, c)
		}
	}
	return out
}

// wholeLevel is the value of a box that stands for all units of a level.
func wholeLevel(l org.Level) string { return "all-" + string(l) }

// ownersIn reads the units that a form ticks: whoever leads does not also cooperate.
func ownersIn(v desk.PlanOwners, f web.Form) (out []org.Owner, err error) {
	has := map[id.Unit]bool{}
	put := func(unit id.Unit, duty org.Duty) {
		if !has[unit] {
			has[unit] = true
			out = append(out, org.Owner{Unit: unit, Duty: duty})
		}
	}
	for _, field := range []struct {
		name string
		duty org.Duty
	}{{"lead", org.LeadDuty}, {"cooperating", org.CooperatingDuty}} {
		for _, value := range f.Values[field.name] {
			if unit, err := id.Of[id.Unit](value); err == nil {
				put(unit, field.duty)
				continue
			}
			for _, u := range v.Units {
				if value == wholeLevel(u.Level) {
					put(u.ID, field.duty)
				}
			}
		}
		for _, m := range v.Find(f.Value("other_" + field.name)) {
			if !m.Sure {
				return nil, fault.New(fault.Invalid, "“%s”认不准是哪个单位。请写全名，例如 云溪县石桥镇。", m.Words).In("other_" + field.name)
			}
			for _, u := range m.Units {
				put(u, field.duty)
			}
		}
	}
	post, err := id.Of[id.Post](f.Value("post"))
	if err != nil {
		return out, nil // nobody is named
	}
	for i, o := range out {
		if slices.ContainsFunc(v.Posts[o.Unit], func(p org.Post) bool { return p.ID == post }) {
			out[i].Post = post
			return out, nil
		}
	}
	return nil, fault.New(fault.Invalid, "责任岗位不在所选的单位里。请换一个岗位，或者把它的单位也勾上。").In("post")
}

// ownerSheet begins a sheet about who answers for items of a plan.
func ownerSheet(s *page.Side, r *http.Request) (desk.PlanOwners, page.Sheet, error) {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return desk.PlanOwners{}, page.Sheet{}, desk.ErrMissing
	}
	v, err := s.Office.PlanOwners(r.Context(), page.Who(r.Context()), p)
	sh := page.Sheet{Back: page.OwnersPath(p), Button: web.T(r.Context(), "定下"), Stands: url.Values{}}
	switch {
	case v.Plan.State == plan.Drafted:
		sh.Stop = fault.New(fault.Conflict, "方案还没有启用。先启用，再把任务分给单位。")
	case v.Plan.State == plan.Closed:
		sh.Stop = plan.ErrClosed
	case !page.Who(r.Context()).May("item.assign"):
		sh.Stop = desk.ErrMayNotPlan
	}
	return v, sh, err
}

// setOwners assigns all items that were ticked to the same units.
func setOwners(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := ownerSheet(s, r)
	if err != nil {
		return sh, err
	}
	ctx, items := r.Context(), page.Ticked(r)
	sh.Title = web.T(ctx, "把 %s 条任务分给单位", web.Count(len(items)))
	sh.Lede = web.T(ctx, "这几条任务原来分的都换成这里勾的。")
	sh.Hidden = []string{"items"}
	for _, i := range v.Items {
		if slices.Contains(items, i.ID) {
			if len(sh.Stands["items"]) > 0 {
				sh.Quote += web.T(ctx, "、")
			}
			sh.Stands.Add("items", i.ID.String())
			sh.Quote += i.Title
		}
	}
	if len(items) == 0 && sh.Stop == nil {
		sh.Stop = fault.New(fault.Invalid, "还没有勾任务。请先勾上要分的。")
	}
	sh.Within = func(f web.Form) templ.Component { return unitPicker(f, unitTable(v, nil), v, nil) }
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		owners, err := ownersIn(v, f)
		if err != nil {
			return "", err
		}
		var all []desk.Assignment
		for _, i := range items {
			all = append(all, desk.Assignment{Item: i, Owners: owners})
		}
		return sh.Back + "?done=set", s.Office.AssignItems(ctx, cmd, v.Plan.ID, all)
	}
	return sh, nil
}

// setOwner assigns one item, with the units that its words name ticked where they are certain.
func setOwner(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := ownerSheet(s, r)
	if err != nil {
		return sh, err
	}
	item, err := id.Of[id.Item](r.PathValue("item"))
	k := slices.IndexFunc(v.Items, func(i desk.OwnedItem) bool { return i.ID == item })
	if err != nil || k < 0 {
		return sh, desk.ErrMissing
	}
	i, ctx := v.Items[k], r.Context()
	sh.Title, sh.Quote, sh.Back = i.Title, i.Clause, sh.Back+"#i-"+item.String()
	owners := i.Owners
	if len(owners) == 0 {
		owners = i.Proposed
		if len(owners) > 0 {
			sh.Lede = web.T(ctx, "勾上的是从文件里的话认出来的，还没有定。")
		}
	}
	var shown []id.Unit
	for _, o := range owners {
		sh.Stands.Add(string(o.Duty), o.Unit.String())
		if o.Post != 0 {
			sh.Stands.Set("post", o.Post.String())
		}
		shown = append(shown, o.Unit)
	}
	for _, m := range i.Named {
		if !m.Together {
			shown = append(shown, m.Units...)
		}
	}
	sh.Within = func(f web.Form) templ.Component { return unitPicker(f, unitTable(v, shown), v, &i) }
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		owners, err := ownersIn(v, f)
		if err != nil {
			return "", err
		}
		return page.OwnersPath(v.Plan.ID) + "?done=set#i-" + item.String(), s.Office.AssignItems(ctx, cmd, v.Plan.ID, []desk.Assignment{{Item: item, Owners: owners}})
	}
	return sh, nil
}

// proposeOwners assigns what nobody answers for by the words of the document, in one act.
func proposeOwners(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := ownerSheet(s, r)
	ctx := r.Context()
	sh.Title, sh.Quote = web.T(ctx, "照建议定下全部没有分的（%s 条）", web.Count(v.Proposals())), v.Plan.Title
	sh.Lede = web.T(ctx, "文件里的话认准了牵头单位的任务，照认出来的单位定下；已经分好的不动。")
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return sh.Back + "?done=set", s.Office.AssignProposed(ctx, cmd, page.Who(ctx), v.Plan.ID)
	}
	return sh, err
}

// passOnOwner puts whoever goes on with a unit that ended in its place.
func passOnOwner(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := ownerSheet(s, r)
	if err != nil {
		return sh, err
	}
	unit, err := id.Of[id.Unit](r.FormValue("unit"))
	if err != nil {
		return sh, desk.ErrMissing
	}
	sh.Title, sh.Quote = web.T(r.Context(), "%s 的任务由接着办的单位办", v.Names[unit].Name), v.Plan.Title
	sh.Hidden = []string{"unit"}
	sh.Stands.Set("unit", unit.String())
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return sh.Back + "?done=set", s.Office.PassOn(ctx, cmd, v.Plan.ID, unit)
	}
	return sh, nil
}

// upholdOwner answers a unit that objected: the duty stays with it.
func upholdOwner(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := ownerSheet(s, r)
	if err != nil {
		return sh, err
	}
	item, errItem := id.Of[id.Item](r.PathValue("item"))
	unit, errUnit := id.Of[id.Unit](r.FormValue("unit"))
	k := slices.IndexFunc(v.Items, func(i desk.OwnedItem) bool { return i.ID == item })
	if errItem != nil || errUnit != nil || k < 0 {
		return sh, desk.ErrMissing
	}
	ctx := r.Context()
	for _, o := range v.Items[k].Owners {
		if o.Unit == unit {
			sh.Quote = o.Reason
		}
	}
	sh.Title, sh.Button = web.T(ctx, "答复 %s：「%s」仍由你单位办", unitName(v, unit), v.Items[k].Title), web.T(ctx, "仍由它办")
	sh.Lede = web.T(ctx, "上面是它退回的原因。要改给别的单位，请用「改分」。")
	sh.Hidden = []string{"unit"}
	sh.Stands.Set("unit", unit.String())
	sh.Inputs = []page.Input{{Name: "reply", Kind: "area", Rows: "3", Label: web.T(ctx, "要对它说的话"), Hint: web.T(ctx, "最多 200 个字。没有就空着。")}}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return sh.Back + "?done=upheld", s.Office.UpholdDuty(ctx, cmd, item, unit, f.Value("reply"))
	}
	return sh, nil
}

// postTitle is the title of the post that is responsible in a unit.
func postTitle(v desk.PlanOwners, o org.Owner) string {
	for _, p := range v.Posts[o.Unit] {
		if p.ID == o.Post {
			return p.Title
		}
	}
	return ""
}
