package public

import (
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"
	"luoshi/plan"
)

// itemLine names an item.
type itemLine struct {
	ID          idText `json:"id"`
	Title       string `json:"title"`
	Lead        string `json:"lead"`
	Cooperating string `json:"cooperating"`
	Page        string `json:"page"`
}

// itemData is an item with what it promises.
type itemData struct {
	itemLine
	Ordinal     int             `json:"ordinal"`
	Node        int             `json:"node"`
	Responsible string          `json:"responsible"`
	Period      plan.Period     `json:"period"`
	Project     bool            `json:"project"`
	Tags        []string        `json:"tags"`
	Principle   bool            `json:"principle"`
	Standing    plan.Standing   `json:"standing"`
	Lamp        *lampState      `json:"lamp"` // null for a principle
	Targets     []targetData    `json:"targets"`
	Milestones  []milestoneData `json:"milestones"`
	Order       *orderData      `json:"order"` // null where it stands in the plan's document
}

// itemWhole is the answer of /data/items/{id}.
type itemWhole struct {
	itemData
	Today     dayText        `json:"today"`
	Plan      planLine       `json:"plan"`
	Owners    []ownerData    `json:"owners"`
	Reports   []reportData   `json:"reports"`
	Questions []questionData `json:"questions"`
	History   []entryLine    `json:"history"`
	Changes   []changeData   `json:"changes"`
}

// ownerData is a unit that answers for an item.
type ownerData struct {
	ID   idText   `json:"id"`
	Name string   `json:"name"`
	Duty org.Duty `json:"duty"`
	Post string   `json:"post"`
	Page string   `json:"page"`
}

// targetData is a promise in figures as it stands, with what stood before.
type targetData struct {
	ID idText `json:"id"`
	targetWords
	Lamp     lampState     `json:"lamp"`
	Original *targetWords  `json:"original"`
	Earlier  []targetWords `json:"earlier"`
}

// targetWords is one revision of a target.
type targetWords struct {
	Revision  int           `json:"revision"`
	Quote     string        `json:"quote"`
	Indicator string        `json:"indicator"`
	Bound     boundCode     `json:"bound"`
	Value     decimalText   `json:"value"`
	Max       *decimalText  `json:"max"`
	From      *decimalText  `json:"start_value"`
	Unit      string        `json:"unit"`
	Scope     string        `json:"scope"`
	Period    string        `json:"period"`
	Start     *dayText      `json:"start"`
	Deadline  *dayText      `json:"deadline"`
	Hardness  hardnessCode  `json:"hardness"`
	Aggregate aggregateCode `json:"aggregate"`
	Direction directionCode `json:"direction"`
	Spans     pairs         `json:"spans"`
}

// milestoneData is a promise with a day as it stands, with what stood before.
type milestoneData struct {
	ID idText `json:"id"`
	milestoneWords
	Lamp     lampState        `json:"lamp"`
	Original *milestoneWords  `json:"original"`
	Earlier  []milestoneWords `json:"earlier"`
}

// milestoneWords is one revision of a milestone.
type milestoneWords struct {
	Revision int          `json:"revision"`
	Title    string       `json:"title"`
	Due      *dayText     `json:"due"`
	Hardness hardnessCode `json:"hardness"`
	Proof    string       `json:"proof"`
	Spans    pairs        `json:"spans"`
}

func (v visit) dataItem() (any, error) {
	which, err := id.Of[id.Item](v.r.PathValue("id"))
	if err != nil {
		return nil, errMissing
	}
	i, err := v.desk.Item(v.r.Context(), which)
	if err != nil {
		return nil, err
	}
	if i.PublicPlan, v.today, err = v.past(i.PublicPlan); err != nil {
		return nil, err
	}
	if i.Item, err = i.Stood(which); err != nil {
		return nil, err
	}
	out := itemWhole{Today: dayText(v.today), itemData: v.itemOf(i.PublicPlan, duty{Item: i.Item}, newRevisions(i.PublicPlan)), Plan: planLineOf(i.Plan), Questions: []questionData{}, Owners: []ownerData{}, Reports: list(i.Reports[which], reportOf)}
	r := newRevisions(i.PublicPlan)
	for _, d := range duties(i.PublicPlan, v.today) {
		if d.ID == which {
			out.itemData = v.itemOf(i.PublicPlan, d, r)
		}
	}
	for _, q := range i.Questions {
		if q.Item == which {
			out.Questions = append(out.Questions, v.questionOf(q))
		}
	}
	out.Changes = changesAbout(changesOf(i.PublicPlan), textOf(which))
	if v.today == v.desk.Today() { // they are known as they are now
		out.Owners = list(i.Owners, ownerOf)
	}
	out.History, err = v.entryLines(until(i.History, v.today))
	return out, err
}

func ownerOf(o desk.PublicOwner) ownerData {
	return ownerData{ID: textOf(o.Unit.ID), Name: o.Unit.Name, Duty: o.Duty, Post: o.Post, Page: "/units/" + o.Unit.ID.String()}
}

func itemLineOf(i plan.Item) itemLine {
	return itemLine{ID: textOf(i.ID), Title: i.Title, Lead: i.Lead, Cooperating: i.Cooperating, Page: "/items/" + i.ID.String()}
}

func (v visit) itemOf(p desk.PublicPlan, d duty, r revisions) itemData {
	out := itemData{itemLine: itemLineOf(d.Item), Ordinal: d.Ordinal, Node: d.Node, Responsible: d.Responsible, Period: d.Period,
		Project: d.Project, Tags: append([]string{}, d.Tags...), Principle: d.principle(), Standing: d.Standing, Targets: []targetData{}, Milestones: []milestoneData{}}
	if !d.principle() {
		l := v.lampOf(d.Lamp)
		out.Lamp = &l
	}
	if o, is := p.Orders[d.ID]; is {
		out.Order = orderOf(o)
	}
	for _, m := range d.Promises {
		if t := r.targets[m.Key]; len(t) > 0 {
			last := len(t) - 1
			out.Targets = append(out.Targets, targetData{textOf(t[last].ID), targetOf(t[last]), v.lampOf(m.Lamp), r.originalTarget(t[last]), list(t[:last], targetOf)})
		} else if s := r.milestones[m.Key]; len(s) > 0 {
			last := len(s) - 1
			out.Milestones = append(out.Milestones, milestoneData{textOf(s[last].ID), milestoneOf(s[last]), v.lampOf(m.Lamp), r.originalMilestone(s[last]), list(s[:last], milestoneOf)})
		}
	}
	return out
}

// revisions holds all that was ever promised, by the key of the promise, the newest last.
type revisions struct {
	targets    map[string][]plan.Target
	milestones map[string][]plan.Milestone
	original   web.Original
}

// originalTarget is null where a target was added later.
func (r revisions) originalTarget(t plan.Target) *targetWords {
	was, _ := r.original.Target(t)
	if was == nil {
		return nil
	}
	words := targetOf(*was)
	return &words
}

func (r revisions) originalMilestone(m plan.Milestone) *milestoneWords {
	was, _ := r.original.Milestone(m)
	if was == nil {
		return nil
	}
	words := milestoneOf(*was)
	return &words
}

func newRevisions(p desk.PublicPlan) revisions {
	r := revisions{map[string][]plan.Target{}, map[string][]plan.Milestone{}, web.NewOriginal(p.Draft)}
	for _, t := range p.Revisions.Targets {
		r.targets["t-"+t.ID.String()] = append(r.targets["t-"+t.ID.String()], t)
	}
	for _, m := range p.Revisions.Milestones {
		r.milestones["m-"+m.ID.String()] = append(r.milestones["m-"+m.ID.String()], m)
	}
	return r
}

func targetOf(t plan.Target) targetWords {
	return targetWords{Revision: t.Revision, Quote: t.Quote, Indicator: t.Indicator, Bound: boundCode(t.Bound), Value: decimalText(t.Value.String()),
		Max: optionalDecimal(t.Max), From: optionalDecimal(t.From), Unit: t.Unit, Scope: t.Scope, Period: t.Period,
		Start: optionalDay(t.Start), Deadline: optionalDay(t.Deadline), Hardness: hardnessCode(t.Hardness),
		Aggregate: aggregateCode(t.Aggregate), Direction: directionCode(t.Direction), Spans: pairsOf(t.Span)}
}

func milestoneOf(m plan.Milestone) milestoneWords {
	return milestoneWords{Revision: m.Revision, Title: m.Title, Due: optionalDay(m.Due), Hardness: hardnessCode(m.Hardness), Proof: m.Proof, Spans: pairsOf(m.Span)}
}
