package public

import (
	"luoshi/internal/desk"
	"luoshi/plan"
)

// changeData is an amendment of a plan in force: what was changed, when, by whom, why.
type changeData struct {
	Version     int                `json:"version"`
	Kind        plan.AmendmentKind `json:"change_kind"`
	On          dayText            `json:"on"`
	ApprovedDay *dayText           `json:"approved_day"`
	Cause       string             `json:"cause"`
	Basis       string             `json:"basis"`
	Source      *idText            `json:"source"`
	ActorName   string             `json:"actor_name"`
	Edits       []editData         `json:"edits"`
}

// editData is one field of one record that an amendment changed.
type editData struct {
	Item   *idText `json:"item"`
	Record string  `json:"record"`
	Key    string  `json:"record_id"`
	Field  string  `json:"field"`
	Was    string  `json:"was"`
	Is     string  `json:"is"`
}

func changesOf(p desk.PublicPlan) []changeData {
	out := []changeData{}
	for _, a := range p.Amendments {
		c := changeData{Version: a.Version, Kind: a.Kind, On: dayText(a.On()), ApprovedDay: optionalDay(a.Day), Cause: a.Cause, Basis: a.Basis,
			Source: optionalID(a.Source), ActorName: p.Posts[a.Post], Edits: []editData{}}
		for _, part := range a.Parts {
			for _, e := range part.Edits {
				for _, v := range e.Values() {
					c.Edits = append(c.Edits, editData{optionalID(part.Item), e.Noun, e.Key, v.Field, v.Was, v.Is})
				}
			}
		}
		out = append(out, c)
	}
	return out
}

// changesAbout keeps of each change what is about one item.
func changesAbout(all []changeData, item idText) []changeData {
	out := []changeData{}
	for _, c := range all {
		var edits []editData
		for _, e := range c.Edits {
			if e.Item != nil && *e.Item == item {
				edits = append(edits, e)
			}
		}
		if c.Edits = edits; len(edits) > 0 {
			out = append(out, c)
		}
	}
	return out
}
