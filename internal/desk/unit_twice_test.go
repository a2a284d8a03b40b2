package desk

import (
	"crypto/rand"
	"errors"
	"sync"
	"testing"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/ledger"
	"luoshi/org"

	"golang.org/x/mod/sumdb/note"
)

// The same form sent twice does its act once, and with other words it is told.
func TestActsOfTheOrganisationSentTwice(t *testing.T) {
	g := newGrove(t)
	ctx := t.Context()
	r := g.forced(small)
	g.later(3)
	item := r.Items[0].ID
	held := g.keeper(g.shiqiao, "文化站长", "叶小舟", org.UnitClerk)
	next := g.keeper(g.shiqiao, "文化管理员", "林小满", org.Reporter)
	leaver := g.keeper(g.lake, "文化站长", "陈望舒", org.UnitClerk)
	empty, err := g.office.OpenPost(ctx, g.cmd(g.admin), org.Post{Unit: g.lake, Title: "空岗", Roles: []org.Role{org.Reporter}})
	g.must(err)
	g.later(1)
	today := g.office.Today()
	done := func(_ any, err error) error { return err }
	for _, c := range []struct {
		name string
		who  Who
		act  func(cmd db.Cmd, n int) error
	}{
		{"open units", g.clerk, func(cmd db.Cmd, n int) error {
			return done(g.office.OpenUnits(ctx, cmd, g.lake, []org.Unit{{Level: org.Village, Name: []string{"南村", "北村"}[n]}}))
		}},
		{"open a post", g.clerk, func(cmd db.Cmd, n int) error {
			return done(g.office.OpenPost(ctx, cmd, org.Post{Unit: g.lake, Title: []string{"甲岗", "乙岗"}[n], Roles: []org.Role{org.Reporter}}))
		}},
		{"open an account", g.clerk, func(cmd db.Cmd, n int) error {
			return done(g.office.OpenAccount(ctx, cmd, NewAccount{UnitID: g.lake, Title: "丙岗", Name: []string{"甲", "乙"}[n], Roles: []org.Role{org.Reporter}}))
		}},
		{"open accounts", g.clerk, func(cmd db.Cmd, n int) error {
			return done(g.office.OpenAccounts(ctx, cmd, ManyAccounts{Units: []id.Unit{g.lake, g.fengxi}, Title: []string{"丁岗", "戊岗"}[n], Roles: []org.Role{org.Reporter}}))
		}},
		{"appoint", g.clerk, func(cmd db.Cmd, n int) error {
			return g.office.Appoint(ctx, cmd, org.Term{Account: next.Account, Post: held.Post, Kind: org.Acting, From: today, To: today.AddDays(n)})
		}},
		{"give roles", g.clerk, func(cmd db.Cmd, n int) error {
			return g.office.GiveRoles(ctx, cmd, next.Post, [][]org.Role{{org.Reporter, org.UnitHead}, {org.Reporter}}[n])
		}},
		{"hand over", g.clerk, func(cmd db.Cmd, n int) error {
			return done(g.office.HandOver(ctx, cmd, HandingOver{Predecessor: leaver.Account, Posts: []id.Post{leaver.Post}, Name: []string{"甲", "乙"}[n], First: today}))
		}},
		{"end a post", g.clerk, func(cmd db.Cmd, n int) error { return g.office.EndPost(ctx, cmd, []id.Post{empty, held.Post}[n]) }},
		{"group", g.clerk, func(cmd db.Cmd, n int) error {
			return done(g.office.StateGroup(ctx, cmd, org.Group{Name: []string{"甲组", "乙组"}[n], Office: g.lake, Members: []org.GroupMembership{{Post: held.Post, Place: org.Leader}}}))
		}},
		{"assign", g.clerk, func(cmd db.Cmd, n int) error {
			return g.office.AssignItems(ctx, cmd, r.Plan.ID, []Assignment{{item, []org.Owner{{Unit: []id.Unit{g.shiqiao, g.lake}[n], Duty: org.LeadDuty}}}})
		}},
		{"object", held, func(cmd db.Cmd, n int) error {
			return g.office.AnswerDuty(ctx, cmd, item, g.shiqiao, false, []string{"没有人手", "别的原因"}[n])
		}},
		{"uphold", g.clerk, func(cmd db.Cmd, n int) error {
			return g.office.UpholdDuty(ctx, cmd, item, g.shiqiao, []string{"仍请办", "再请办"}[n])
		}},
		{"change", g.clerk, func(cmd db.Cmd, n int) error {
			return g.office.ChangeUnit(ctx, cmd, g.other, org.Change{Parent: g.fengxi, Name: []string{"枫溪新村", "枫溪老村"}[n], From: today})
		}},
		{"split", g.clerk, func(cmd db.Cmd, n int) error {
			return done(g.office.SplitUnit(ctx, cmd, g.shiqiao, NewPart{Name: []string{"石桥街道", "石桥新区"}[n], Below: []id.Unit{g.east}, From: today}))
		}},
		{"merge", g.clerk, func(cmd db.Cmd, n int) error {
			return g.office.MergeUnit(ctx, cmd, g.shiqiao, []id.Unit{g.fengxi, g.lake}[n], today.AddDays(1))
		}},
		{"close", g.clerk, func(cmd db.Cmd, n int) error {
			return g.office.CloseUnit(ctx, cmd, []id.Unit{g.west, g.new_}[n], today.AddDays(2))
		}},
		{"close an account", g.clerk, func(cmd db.Cmd, n int) error {
			return g.office.CloseAccount(ctx, cmd, []id.Account{next.Account, held.Account}[n])
		}},
	} {
		cmd := g.cmd(c.who)
		if err := c.act(cmd, 0); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		before := len(g.entries())
		if err := c.act(cmd, 0); err != nil || len(g.entries()) != before {
			t.Errorf("%s again: %v, %d entries more", c.name, err, len(g.entries())-before)
		}
		var other *OtherContent
		if err := c.act(cmd, 1); !errors.As(err, &other) || len(g.entries()) != before {
			t.Errorf("%s with other words: %v", c.name, err)
		}
	}
	g.later(3)
	g.must(g.office.PassOn(ctx, g.cmd(g.clerk), r.Plan.ID, g.shiqiao))
	g.publish(r.Plan.ID, item)
	secret, _, err := ledger.NewKey(rand.Reader, "luoshi/test")
	g.must(err)
	signer, err := note.NewSigner(secret)
	g.must(err)
	g.verified(FullExport, signer)
	g.verified(PublicExport, signer)
	g.must(g.office.AssignItems(ctx, g.cmd(g.clerk), r.Plan.ID, []Assignment{{item, nil}}))
	g.verified(PublicExport, signer)
}

// Of two who do what only one of them can, one is told.
func TestTwoAtOnce(t *testing.T) {
	g := newGrove(t)
	ctx := t.Context()
	g.later(2)
	today := g.office.Today()
	post, err := g.office.OpenPost(ctx, g.cmd(g.admin), org.Post{Unit: g.shiqiao, Title: "文化站长", Roles: []org.Role{org.UnitClerk}})
	g.must(err)
	people := []Who{g.keeper(g.shiqiao, "甲岗", "甲", org.Reporter), g.keeper(g.shiqiao, "乙岗", "乙", org.Reporter)}
	g.must(g.office.ChangeUnit(ctx, g.cmd(g.clerk), g.other, org.Change{Parent: g.fengxi, Name: "枫溪新村", From: today}))
	for name, act := range map[string]func(cmd db.Cmd, n int) error{
		"appointments": func(cmd db.Cmd, n int) error {
			return g.office.Appoint(ctx, cmd, org.Term{Account: people[n].Account, Post: post, Kind: org.Holder, From: today})
		},
		"mergers": func(cmd db.Cmd, n int) error {
			return g.office.MergeUnit(ctx, cmd, g.fengxi, []id.Unit{g.shiqiao, g.lake}[n], today)
		},
		"names": func(cmd db.Cmd, n int) error {
			_, err := g.office.OpenUnits(ctx, cmd, g.chenghu, []org.Unit{{Level: org.Township, Name: "山前镇"}})
			return err
		},
	} {
		cmds := [2]db.Cmd{g.cmd(g.clerk), g.cmd(g.admin)}
		var errs [2]error
		var both sync.WaitGroup
		for n := range 2 {
			both.Go(func() { errs[n] = act(cmds[n], n) })
		}
		both.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || !fault.Is(errors.Join(errs[:]...), fault.Conflict) {
			t.Errorf("%s: %v", name, errs)
		}
	}
}

// Who hands over in one unit does not read the list of what went along in others.
func TestListOfPostsOfSeveralUnits(t *testing.T) {
	w := newTown(t)
	unit, head, _ := w.library()
	w.imported(small)
	post, err := w.office.OpenPost(t.Context(), w.cmd(w.admin), org.Post{Unit: unit, Title: "读者岗", Roles: []org.Role{org.Reporter}})
	w.must(err)
	w.must(w.office.Appoint(t.Context(), w.cmd(w.admin), org.Term{Account: w.clerk.Account, Post: post, Kind: org.Holder, From: w.office.Today()}))
	made, err := w.office.HandOver(t.Context(), w.cmd(w.admin), HandingOver{Predecessor: w.clerk.Account, Posts: []id.Post{post, w.clerk.Post}, Name: "苏晴", First: w.office.Today().AddDays(1)})
	w.must(err)
	_, err = w.office.HandedOver(t.Context(), head, made)
	w.in(err, fault.Denied, "the head of the library reads what the bureau handed over")
	h, err := w.office.HandedOver(t.Context(), w.clerk, made)
	w.must(err)
	if len(h.Along.Drafts) != 1 {
		t.Errorf("%+v", h.Along)
	}
}
