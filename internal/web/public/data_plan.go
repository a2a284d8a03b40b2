package public

import (
	"luoshi/document"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"
)

// planList is the answer of /data/plans.
type planList struct {
	Today dayText    `json:"today"`
	Plans []planLine `json:"plans"`
}

// planLine is a plan without what is in it.
type planLine struct {
	ID           idText     `json:"id"`
	Document     idText     `json:"document"`
	Title        string     `json:"title"`
	Issuer       string     `json:"issuer"`
	Number       string     `json:"number"`
	State        plan.State `json:"state"`
	ForceDay     *dayText   `json:"force_day"`
	PublishedDay *dayText   `json:"published_day"`
	ClosedDay    *dayText   `json:"closed_day"`
	Page         string     `json:"page"`
}

// planWhole is the answer of /data/plans/{id}: all that is public of a plan.
type planWhole struct {
	planLine
	Today     dayText        `json:"today"`
	Text      string         `json:"text"`
	Nodes     []nodeData     `json:"nodes"`
	Phases    []phaseData    `json:"phases"`
	Items     []itemData     `json:"items"`
	Questions []questionData `json:"questions"`
	Changes   []changeData   `json:"changes"`
	Hidden    []hiddenData   `json:"hidden"`
	File      *string        `json:"file"`
}

// hiddenData is a run of the text that is not public.
type hiddenData struct {
	Why   hiddenCode `json:"why"`
	Spans pairs      `json:"spans"`
}

// nodeData is a numbered paragraph of the document.
type nodeData struct {
	Ordinal int    `json:"ordinal"`
	Parent  int    `json:"parent"`
	Path    string `json:"path"`
	Level   int    `json:"level"`
	Label   string `json:"number"`
	Title   string `json:"title"`
	Spans   pairs  `json:"spans"`
}

// phaseData is a stage of a plan.
type phaseData struct {
	Ordinal int        `json:"ordinal"`
	Node    int        `json:"node"`
	Name    string     `json:"name"`
	First   *dayText   `json:"first"`
	Last    *dayText   `json:"last"`
	Stage   plan.Stage `json:"stage"`
	Spans   pairs      `json:"spans"`
}

// questionData is a question that was asked about the document, and its answer.
type questionData struct {
	ID       idText  `json:"id"`
	Item     *idText `json:"item"`
	Ordinal  int     `json:"ordinal"`
	Question string  `json:"question"`
	Answer   string  `json:"answer"`
	Spans    pairs   `json:"spans"`
}

func (v visit) dataPlans() (any, error) {
	return planList{Today: dayText(v.today), Plans: list(v.plans, planLineOf)}, nil
}

func (v visit) dataPlan() (any, error) {
	which, err := id.Of[id.Plan](v.r.PathValue("id"))
	if err != nil {
		return nil, errMissing
	}
	p, err := v.desk.Plan(v.r.Context(), which)
	if err != nil {
		return nil, err
	}
	p, day, err := v.past(p)
	if err != nil {
		return nil, err
	}
	v.today = day
	out := planWhole{
		planLine: planLineOf(p.Plan), Today: dayText(day), Text: p.Text,
		Nodes: list(p.Nodes, nodeOf), Phases: list(p.Phases, v.phaseOf),
		Items: v.itemsOf(p), Questions: list(p.Questions, v.questionOf), Hidden: list(p.Hidden, hiddenOf), Changes: changesOf(p),
	}
	if p.File {
		at := "/plans/" + which.String() + "/original"
		out.File = &at
	}
	return out, nil
}

func hiddenOf(h plan.Hidden) hiddenData {
	why := hiddenCode(h.Kind)
	if why == "" {
		why = "item"
	}
	return hiddenData{why, pairsOf(document.Span{h.Range})}
}

func planLineOf(p plan.Plan) planLine {
	return planLine{ID: textOf(p.ID), Document: textOf(p.Document), Title: p.Title, Issuer: p.Issuer, Number: p.Number, State: p.State,
		ForceDay: optionalDay(p.ForceDay), PublishedDay: optionalDay(p.PublishedDay), ClosedDay: optionalDay(p.ClosedDay), Page: "/plans/" + p.ID.String()}
}

func nodeOf(n document.Node) nodeData {
	return nodeData{Ordinal: n.Ordinal, Parent: n.Parent, Path: n.Path, Level: n.Level, Label: n.Number, Title: n.Title, Spans: pairsOf(n.Span)}
}

func (v visit) phaseOf(f plan.Phase) phaseData {
	return phaseData{Ordinal: f.Ordinal, Node: f.Node, Name: f.Name, First: optionalDay(f.First), Last: optionalDay(f.Last),
		Stage: f.StageOn(v.today), Spans: pairsOf(f.Span)}
}

func (v visit) questionOf(q plan.Question) questionData {
	ctx := v.r.Context()
	return questionData{ID: textOf(q.ID), Item: optionalID(q.Item), Ordinal: q.Ordinal,
		Question: web.Filled(ctx, q.Pattern, q.Args), Answer: answer(ctx, q), Spans: pairsOf(q.Span)}
}

func (v visit) itemsOf(p desk.PublicPlan) []itemData {
	r := newRevisions(p)
	return list(duties(p, v.today), func(d duty) itemData { return v.itemOf(p, d, r) })
}
