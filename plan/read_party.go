package plan

// readParties attributes items to the units that brackets and labelled lines
// name. A unit named twice for one item in one role counts once.
func (r *reader) readParties() {
	defer r.cellParties()
	holders := r.holders()
	type naming struct {
		node int
		unit string
	}
	named := map[naming]bool{}
	for _, a := range r.attributions {
		k := holders.at(a.From)
		if k < 0 && len(r.items) > 0 { // before the first item nobody's duty is named
			continue
		}
		for _, g := range a.Groups {
			p := ReadParties{Role: string(g.Role), Span: r.view.Span(a.From, a.To), Units: []string{}}
			p.Item, p.Node = r.item(k)
			for _, u := range g.Units {
				if n := (naming{p.Node, u}); !named[n] {
					named[n] = true
					p.Units = append(p.Units, u)
				}
			}
			if len(p.Units) > 0 {
				p.Doubts.settle()
				r.out.Responsible = append(r.out.Responsible, p)
			}
		}
	}
}
