package collections

import (
	"context"

	"luoshi/collection"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// anyway is the tick by which somebody asks again what is known.
const anyway = "anyway"

// warnRepeated stops a form that asks what units fill in anyway, until who asks says that
// they know. It names the first such field and where it stands.
func warnRepeated(s *page.Side, ctx context.Context, f web.Form, asked []string, except id.Collection) error {
	if f.Value(anyway) != "" {
		return nil
	}
	all, err := s.Office.RepeatedFields(ctx, page.Who(ctx), asked, except)
	if err != nil || len(all) == 0 {
		return err
	}
	return repeatFault(all)
}

func repeatFault(all []collection.Repeat) error {
	first := all[0]
	if first.Known.Collection != 0 {
		return fault.New(fault.Conflict, "一共 %d 格已经在要了。“%s”在征集「%s」里要过，可以从那里取。还要的，请勾下面的“知道重复，还是要”。", len(all), first.Words, first.Known.Where).In(anyway)
	}
	return fault.New(fault.Conflict, "一共 %d 格已经在报了。“%s”单位在方案「%s」的进展里报，可以从那里取。还要的，请勾下面的“知道重复，还是要”。", len(all), first.Words, first.Known.Where).In(anyway)
}

// repeatPath leads to where a field is asked already.
func repeatPath(r collection.Repeat) string {
	if r.Known.Collection != 0 {
		return page.CollectionPath(r.Known.Collection)
	}
	return page.PlanPath(r.Known.Plan) + "#i-" + r.Known.Item.String()
}

// askedIn is what a collection that is being written down asks.
func askedIn(n desk.NewCollection) []string { return n.Tidied().AskedWords() }
