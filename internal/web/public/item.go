package public

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"
	"luoshi/plan"
)

// itemPage is all that may be known of one item.
type itemPage struct {
	desk.PublicItem
	Duty      duty
	Today     calendar.Day
	Node      document.Node
	Quotes    []string
	Figures   []plan.Target // promised in figures
	Past      bool          // it is shown as it stood on Today, which is over
	Original  web.Original
	Cancelled []cancelled
	Dated     []promise // with a day and no figure
	Milestone map[string]plan.Milestone
	Asked     []plan.Question
	Told      []told
	Units     unitNames
	Counted   []figures   // what came of promises that are counted; as of today only
	Order     *plan.Order // where it comes from, if it does not stand in the plan's document
}

// told is a line of the history in plain words.
type told struct {
	desk.Line
	Words  string
	Before string // what stood before, or empty
}

func (v visit) item() error {
	which, err := id.Of[id.Item](v.r.PathValue("id"))
	if err != nil {
		return errMissing
	}
	i, err := v.desk.Item(v.r.Context(), which)
	if err != nil {
		return err
	}
	var day calendar.Day
	if i.PublicPlan, day, err = v.past(i.PublicPlan); err != nil {
		return err
	}
	if i.Item, err = i.Stood(which); err != nil { // it was not there on that day
		return err
	}
	i.History = until(i.History, day)
	page := newItemPage(v.r.Context(), i, day)
	page.Past = day != v.today
	if len(page.Owners) == 0 || page.Past { // only words say who answers for it
		units, err := v.desk.UpperUnits(v.r.Context())
		if err != nil {
			return err
		}
		page.Units = newUnitNames(units)
	}
	if !page.Past && i.Item.Standing == plan.Stands {
		goals, err := v.desk.GoalsOf(v.r.Context(), which)
		if err != nil {
			return err
		}
		page.Counted = figuresOf(goals, page)
	}
	return v.show(http.StatusOK, i.Item.Title, item(page))
}

func newItemPage(ctx context.Context, i desk.PublicItem, today calendar.Day) itemPage {
	page := itemPage{PublicItem: i, Today: today, Milestone: map[string]plan.Milestone{}}
	for _, d := range duties(i.PublicPlan, today) {
		if d.ID == i.Item.ID {
			page.Duty = d
		}
	}
	if i.Item.Standing != plan.Stands {
		page.Duty = duty{Item: i.Item, Lamp: plan.LampNone}
	}
	for _, n := range i.Nodes {
		if n.Ordinal == i.Item.Node {
			page.Node = n
		}
	}
	for _, m := range page.Duty.Promises {
		if m.Target == nil {
			page.Dated = append(page.Dated, m)
		}
	}
	for _, t := range i.Targets {
		if t.Item == i.Item.ID {
			page.Figures = append(page.Figures, t)
		}
	}
	page.Original = web.NewOriginal(i.Draft)
	for _, x := range cancelledOf(i.PublicPlan) {
		if x.Item == i.Item.ID {
			page.Cancelled = append(page.Cancelled, x)
		}
	}
	for _, m := range i.Milestones {
		page.Milestone["m-"+m.ID.String()] = m
	}
	for _, q := range i.Questions {
		if q.Item == i.Item.ID {
			page.Asked = append(page.Asked, q)
		}
	}
	if o, is := i.Orders[i.Item.ID]; is {
		page.Order = &o
	}
	page.Quotes = quotes(page)
	page.Told = tell(ctx, i.History, titles{i.Plan.ID.String(): i.Plan.Title, i.Item.ID.String(): i.Item.Title})
	return page
}

// open is how many entries of the story stand open; units tell of an item month by month,
// and there may be hundreds.
func (p itemPage) open() int {
	if len(p.Told) > 20 {
		return 12
	}
	return len(p.Told)
}

// mostQuoted is how much of a paragraph stands above an item that promises neither figure nor day.
const mostQuoted = 200

// quotes are the words that an item comes from: those of its promises, or its paragraph.
func quotes(p itemPage) (all []string) {
	if p.Order != nil {
		return []string{p.Order.Words}
	}
	for _, m := range p.Duty.Promises {
		if n := len(all); n == 0 || all[n-1] != m.Quote {
			all = append(all, m.Quote)
		}
	}
	if len(all) > 0 || p.Node.Ordinal == 0 {
		return all
	}
	words := []rune(document.Quote([]rune(p.Text), p.Node.Span))
	if len(words) > mostQuoted {
		words = append(words[:mostQuoted], '…')
	}
	return []string{string(words)}
}

// tell says the entries about an item, newest first, each with what it changed.
func tell(ctx context.Context, lines []desk.Line, names titles) []told {
	all := make([]told, len(lines))
	last := map[string]string{} // by kind and subject
	for i, l := range lines {
		t := told{Line: l, Words: say(ctx, l, names)}
		if len(l.Entry.Subjects) > 0 && l.Entry.Kind != plan.KindChangeRecorded && !slices.Contains(reportKinds, l.Entry.Kind) {
			of := l.Entry.Kind + " " + l.Entry.Subjects[0].ID
			t.Before, last[of] = last[of], t.Words
		}
		all[len(lines)-1-i] = t
	}
	return all
}

// figure is what came of the only promise of an item; there is none where it promises
// more, or where it is counted in several ways.
func (p itemPage) figure() (figures, bool) {
	if len(p.Duty.Promises) != 1 || len(p.Counted) != 1 {
		return figures{}, false
	}
	return p.Counted[0], true
}

// lightsOrder is from bad to good: an item shows its worst promise.
var lightsOrder = []string{"late", "none", "idle", "wait", "ok", "done"}

// light is the worst answer that the counted promises give; none where nothing is counted,
// or some promises are not.
func (p itemPage) light(ctx context.Context, ask func(figures, context.Context) (class, word string)) (class, word string) {
	class, word = "none", web.T(ctx, "未报")
	if len(p.Counted) < len(p.Figures) && len(p.Counted) > 0 {
		return class, web.T(ctx, "有的数未报")
	}
	for k, f := range p.Counted {
		c, w := ask(f, ctx)
		if k == 0 || slices.Index(lightsOrder, c) < slices.Index(lightsOrder, class) {
			class, word = c, w
		}
	}
	return class, word
}

// urgent is the promise of an item that is shown first.
func (p itemPage) urgent() promise { return badFirst(p.Duty.Promises)[0] }

// anchor is where on the page of its plan an item stands.
func (p itemPage) anchor() string {
	if p.Order != nil {
		return "#h-orders"
	}
	return "#c-" + strconv.Itoa(p.Node.Ordinal)
}

// place says where an item stands in its document: 三/一/2.
func (p itemPage) place() string {
	if p.Order != nil {
		return p.Order.Number()
	}
	if p.Node.Path == "" {
		return p.Plan.Title
	}
	return p.Node.Path
}

// ownerParts are the duties in the order in which a page tells them.
var ownerParts = []struct {
	Duty org.Duty
	Name string
}{{Duty: org.LeadDuty, Name: "谁牵头"}, {Duty: org.CooperatingDuty, Name: "谁配合"}}

func ofDuty(all []desk.PublicOwner, duty org.Duty) (out []desk.PublicOwner) {
	for _, o := range all {
		if o.Duty == duty {
			out = append(out, o)
		}
	}
	return out
}
