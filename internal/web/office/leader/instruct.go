package leader

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

func instructPath(p id.Plan) string { return leaderOf(p) + "/instruct" }

// answererChoices are the units to which an instruction about an item can be given: first
// those that answer for it, then the others of the bureau and the counties.
func answererChoices(b desk.LampBoard, of desk.BoardRow) (out []web.Choice) {
	known := make(map[id.Unit]bool, len(of.Leads))
	add := func(u id.Unit) {
		if unit, there := b.Units[u]; there && unit.To == "" && !known[u] {
			known[u] = true
			out = append(out, web.Choice{Value: u.String(), Words: unit.Name, Document: true})
		}
	}
	for _, o := range of.Leads {
		add(o.Unit)
	}
	for _, u := range b.Own {
		add(u.ID)
	}
	for _, u := range b.Counties {
		add(u.ID)
	}
	return out
}

// instruct writes an instruction beside an item.
func instruct(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return page.Sheet{}, desk.ErrMissing
	}
	b, err := s.Office.LampBoard(ctx, page.Who(ctx), p)
	if err != nil {
		return page.Sheet{}, err
	}
	item, err := id.Of[id.Item](r.FormValue("item"))
	k := slices.IndexFunc(b.Rows, func(r desk.BoardRow) bool { return r.Item.ID == item })
	if err != nil || k < 0 {
		return page.Sheet{}, desk.ErrMissing
	}
	units := answererChoices(b, b.Rows[k])
	sh := page.Sheet{Title: web.T(ctx, "写批示"), Quote: b.Rows[k].Item.Title, Back: leaderOf(p) + "#" + why(item), Button: web.T(ctx, "交办"), Hidden: []string{"item"},
		Lede:   web.T(ctx, "您写的这句话排上号，成为方案的一条任务，交给选的单位；单位回复了，您在领导小组的页面上看到。只在单位里看得到。"),
		Stands: url.Values{"item": {item.String()}}}
	if len(units) > 0 {
		sh.Stands.Set("unit", units[0].Value)
	}
	sh.Inputs = []page.Input{
		{Name: "words", Kind: "area", Rows: "3", Label: web.T(ctx, "批示"), Hint: web.T(ctx, "要办什么，一两句话。")},
		{Name: "unit", Kind: "select", Label: web.T(ctx, "交给谁办"), Choices: units},
		{Name: "due", Kind: "date", Label: web.T(ctx, "最晚哪天回复"), Hint: web.T(ctx, "含当日。")},
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		due, err := page.DayIn(f, "due")
		if err != nil {
			return "", err
		}
		unit, err := id.Of[id.Unit](f.Value("unit"))
		if err != nil {
			unit = 0
		}
		_, err = s.Office.Instruct(ctx, cmd, p, desk.NewInstruction{About: item, Words: f.Value("words"), Unit: unit, Due: due})
		return leaderOf(p) + "?done=instructed#h-o", err
	}
	if b.ReadOnly {
		sh.Stop = plan.ErrClosed
	}
	return sh, nil
}
