package desk

import (
	"errors"
	"slices"

	"luoshi/document"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// preview is a plan as it would be seen if a release were done. The zero preview is
// what is seen now.
type preview struct {
	plan    id.Plan
	release release
}

// loadSights finds out what everybody may see of all public plans; of one only where
// one is given.
func loadSights(q db.Querier, city int64, as preview, only id.Plan) (*sights, error) {
	s := &sights{q, city, map[id.Plan]*planSight{}, map[id.Item][]*planSight{}, map[string]bool{}}
	var errs [5]error
	_, errs[0] = db.Rows(q, func(r db.Scanner) (one struct{}, err error) {
		p := &planSight{items: map[id.Item]bool{}, unseen: map[id.Document]bool{}, withheld: map[id.Document][]document.Range{}, fields: fieldStates{byKind: map[plan.FieldKind]FieldState{}}}
		var column string
		var stands id.Document
		if err = r.Scan(&p.plan, &stands, &column); err != nil {
			return one, err
		}
		p.documents = []id.Document{stands}
		p.fields.older = column == ""
		p.fields.keeping, err = parseKeeping(column)
		s.plans[p.plan] = p
		return one, err
	}, "SELECT id, document_id, COALESCE(keeping, '') FROM plan WHERE city_id = $1 AND (released = 1 OR id = $2) AND (id = $3 OR $3 = 0)", city, as.plan, only)
	_, errs[1] = db.Rows(q, func(r db.Scanner) (one struct{}, err error) {
		var p id.Plan
		var k plan.FieldKind
		var state FieldState
		err = r.Scan(&p, &k, &state.Released, &state.Day)
		if of := s.plans[p]; of != nil {
			of.fields.byKind[k] = state
		}
		return one, err
	}, "SELECT plan_id, kind, released, set_day FROM plan_field WHERE city_id = $1 AND (plan_id = $2 OR $2 = 0)", city, only)
	_, errs[2] = db.Rows(q, func(r db.Scanner) (one struct{}, err error) {
		var p id.Plan
		var i id.Item
		var released bool
		err = r.Scan(&p, &i, &released)
		if of := s.plans[p]; of != nil {
			of.items[i] = released
		}
		return one, err
	}, `SELECT l.plan_id, l.item_id, i.released FROM plan_item l JOIN item i ON i.city_id = l.city_id AND i.id = l.item_id
		JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id
		WHERE l.city_id = $1 AND (p.released = 1 OR p.id = $2) AND (p.id = $3 OR $3 = 0)`, city, as.plan, only)
	_, errs[3] = db.Rows(q, func(r db.Scanner) (one struct{}, err error) {
		var p id.Plan
		var doc id.Document
		var released bool
		err = r.Scan(&p, &doc, &released)
		of := s.plans[p]
		if of != nil && !slices.Contains(of.documents, doc) {
			of.documents = append(of.documents, doc)
		}
		if of != nil && !released && p != as.plan {
			of.unseen[doc] = true
		}
		return one, err
	}, "SELECT plan_id, document_id, released FROM plan_document WHERE city_id = $1 AND adopted_at > 0 AND (plan_id = $2 OR $2 = 0)", city, only)
	_, errs[4] = db.Rows(q, func(r db.Scanner) (one struct{}, err error) {
		var i id.Indicator
		err = r.Scan(&i)
		s.indicators[i.String()] = true
		return one, err
	}, "SELECT id FROM indicator WHERE city_id = $1 AND released = 1", city)
	if p := s.plans[as.plan]; p != nil {
		p.fields.keeping, p.fields.older = as.release.keeping, false
		for _, k := range as.release.kinds {
			p.fields.byKind[k] = FieldState{Released: true}
		}
		for _, i := range as.release.items {
			p.items[i.ID] = true
		}
	}
	for _, p := range s.plans {
		p.mask = p.fields.mask()
		for i, released := range p.items {
			if released {
				s.of[i] = append(s.of[i], p)
			}
		}
	}
	return s, errors.Join(errs[:]...)
}
