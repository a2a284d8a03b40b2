package main

import (
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"
)

// tellsFacts leaves facts of a public indicator with all that stays inside of them, and of
// one that is not public.
func (h *house) tellsFacts() {
	h.Helper()
	ctx, o := h.Context(), h.office
	top, err := o.CityUnit(ctx)
	h.must(err)
	bureau, err := o.Bureau(ctx)
	h.must(err)
	hire := func(title string, role org.Role) desk.Who {
		account, err := o.OpenAccount(ctx, o.Cmd(h.administrator(), web.NewCommand()), desk.NewAccount{UnitID: bureau, Title: title, Name: "某人", Roles: []org.Role{role}})
		h.must(err)
		who, err := o.Who(ctx, account)
		h.must(err)
		return who
	}
	clerk, checker, leader := hire("数数岗", org.Clerk), hire("核实岗", org.Clerk), hire("公开岗", org.Approver)
	open := func(i fact.Indicator) id.Indicator {
		made, err := o.OpenIndicator(ctx, o.Cmd(clerk, web.NewCommand()), i)
		h.must(err)
		return made
	}
	tell := func(i id.Indicator, subject string) id.Fact {
		taken, err := o.ReportFactsBelow(ctx, o.Cmd(clerk, web.NewCommand()), top, []desk.FactTold{{Indicator: i, Unit: bureau, Day: o.Today(), Quantity: document.Whole(1), Subject: subject,
			Class: fact.OwnWord, Note: secret, Evidence: []byte(secret)}}, fact.ByForm)
		h.must(err)
		return taken.First
	}
	trained := open(fact.Indicator{Name: "培训骨干", Measure: "人", Aggregation: fact.Distinct, Subjects: fact.Persons})
	h.must(o.ReleaseIndicator(ctx, o.Cmd(leader, web.NewCommand()), trained, true))
	kept := open(fact.Indicator{Name: secret + "一", Measure: "场", Definition: secret, Aggregation: fact.Sum})
	tell(trained, secret)
	for range 2 { // one sheet is taken over, one is looked at
		f, err := o.OfferFacts(ctx, o.Cmd(clerk, web.NewCommand()), desk.FactOffer{FileName: secret + ".csv", Unit: bureau, Indicator: trained, Content: []byte("姓名,日期\n" + secret + ",8月7日\n")})
		h.must(err)
		c, err := o.CheckFacts(ctx, clerk, f)
		h.must(err)
		if c.Counts.New > 0 {
			h.must(o.ApplyFacts(ctx, o.Cmd(clerk, web.NewCommand()), f, c.Digest))
		} else if c.Counts.Repeated != 1 {
			h.Fatalf("the sheet is not read: %+v", c.Doubts)
		}
	}
	_, err = o.OfferUnits(ctx, o.Cmd(clerk, web.NewCommand()), desk.UnitOffer{FileName: secret + ".csv", Content: []byte("县,联系方式\n" + secret + "县," + secret + "\n")})
	h.must(err)
	h.must(o.ReturnFacts(ctx, o.Cmd(checker, web.NewCommand()), top, []id.Fact{tell(trained, "林小满")}, secret))
	h.must(o.VerifyFacts(ctx, o.Cmd(checker, web.NewCommand()), top, []id.Fact{tell(trained, "陈望舒")}, fact.Independent))
	tell(kept, "")
	taken := open(fact.Indicator{Name: secret + "二", Measure: "场", Aggregation: fact.Sum})
	h.must(o.ReleaseIndicator(ctx, o.Cmd(leader, web.NewCommand()), taken, true))
	tell(taken, "")
	h.must(o.ReleaseIndicator(ctx, o.Cmd(leader, web.NewCommand()), taken, false))
}
