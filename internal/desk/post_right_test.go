package desk

import (
	"slices"
	"testing"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// keeper opens a post in a unit with an account, and gives who holds it.
func (g *grove) keeper(unit id.Unit, title, name string, roles ...org.Role) Who {
	g.Helper()
	return g.join(unit, title, name, roles...)
}

// A term that is to begin later does not begin with a merger, nor does one that ended.
func TestMergedPostsKeepTheirDays(t *testing.T) {
	g := newGrove(t)
	ctx := t.Context()
	g.later(30)
	today := g.office.Today()
	holder := g.keeper(g.fengxi, "文化站长", "叶小舟", org.UnitClerk)
	next := g.keeper(g.lake, "文化站长", "林小满", org.Reporter)
	gone := g.keeper(g.fengxi, "文化管理员", "陈望舒", org.UnitClerk)
	g.must(g.office.CloseAccount(ctx, g.cmd(g.admin), gone.Account))
	g.must(g.office.Appoint(ctx, g.cmd(g.admin), org.Term{Account: next.Account, Post: holder.Post, Kind: org.Acting, From: today.AddDays(20), To: today.AddDays(25)}))
	g.must(g.office.ChangeUnit(ctx, g.cmd(g.clerk), g.other, org.Change{Parent: g.fengxi, Name: "枫溪新村", From: today}))
	g.must(g.office.MergeUnit(ctx, g.cmd(g.clerk), g.fengxi, g.shiqiao, today))
	if w := g.who(next.Account); len(w.Held) != 1 || w.May("account.open") {
		t.Errorf("stands in before the day: %+v", w.Held)
	}
	if u, err := g.office.UnitOn(ctx, g.admin, g.shiqiao, today); err != nil || len(u.Posts) != 2 {
		t.Errorf("posts after the merger: %+v %v", u.Posts, err)
	}
	g.must(g.db.Read(ctx, func(v *db.View) error {
		all, err := termsOfAccount(v, 1, gone.Account)
		for _, x := range all {
			if x.On(today) && x.From == today && x.Post != gone.Post {
				t.Errorf("whoever was gone came along: %+v", x)
			}
		}
		return err
	}))
	// Who stood above it before looks after its people still, and nobody else does.
	if w := g.who(holder.Account); w.Held[0].Unit != g.shiqiao {
		t.Errorf("the keeper is in %v", w.Held)
	}
	county := g.keeper(g.yunxi, "文化科", "高明", org.UnitClerk)
	if err := g.office.MayReset(ctx, county, holder.Account); err != nil {
		t.Errorf("the county may not give a slip to whoever was merged: %v", err)
	}
	if _, err := g.office.AccountOf(ctx, county, holder.Account); err != nil {
		t.Errorf("the county does not see whoever was merged: %v", err)
	}
	g.later(22)
	if w := g.who(next.Account); len(w.Held) != 2 || !w.May("account.open") {
		t.Errorf("does not stand in on the day: %+v", w.Held)
	}
}

// Whoever is to have a post of the bureau from a later day on is no longer looked after
// by the clerk of their unit: a slip of today would open the post of tomorrow.
func TestRightsThatAreToCome(t *testing.T) {
	g := newGrove(t)
	ctx := t.Context()
	clerk := g.keeper(g.shiqiao, "文化站长", "叶小舟", org.UnitClerk)
	rising := g.keeper(g.shiqiao, "文化管理员", "林小满", org.Reporter)
	g.must(g.office.MayReset(ctx, clerk, rising.Account))
	post, err := g.office.OpenPost(ctx, g.cmd(g.admin), org.Post{Unit: g.city, Title: "信息岗", Roles: []org.Role{org.Administrator}})
	g.must(err)
	g.must(g.office.Appoint(ctx, g.cmd(g.admin), org.Term{Account: rising.Account, Post: post, Kind: org.Holder, From: g.office.Today().AddDays(1)}))
	g.in(g.office.MayReset(ctx, clerk, rising.Account), fault.Denied, "another way in to rights that are to come")
	g.in(g.office.CloseAccount(ctx, g.cmd(clerk), rising.Account), fault.Denied, "closed whoever is to administer")
	g.must(g.office.MayReset(ctx, g.admin, rising.Account))
}

// Nobody puts somebody into a post to read their name and telephone: whom they may not
// see they may not appoint, nor make a successor.
func TestAppointingStrangers(t *testing.T) {
	g := newGrove(t)
	ctx := t.Context()
	clerk := g.keeper(g.shiqiao, "文化站长", "叶小舟", org.UnitClerk)
	stranger := g.keeper(g.lake, "文化站长", "林小满", org.UnitClerk)
	post, err := g.office.OpenPost(ctx, g.cmd(clerk), org.Post{Unit: g.east, Title: "文化管理员", Roles: []org.Role{org.Reporter}})
	g.must(err)
	today := g.office.Today()
	g.in(g.office.Appoint(ctx, g.cmd(clerk), org.Term{Account: stranger.Account, Post: post, Kind: org.Holder, From: today}), fault.Denied, "appointed a stranger")
	g.in(g.office.Appoint(ctx, g.cmd(clerk), org.Term{Account: g.admin.Account, Post: post, Kind: org.Holder, From: today}), fault.Denied, "appointed an administrator")
	own, err := g.office.OpenAccount(ctx, g.cmd(clerk), NewAccount{Post: post, Name: "陈望舒"})
	g.must(err)
	_, err = g.office.HandOver(ctx, g.cmd(clerk), HandingOver{Predecessor: own, Posts: []id.Post{post}, Successor: stranger.Account, First: today})
	g.in(err, fault.Denied, "made a stranger the successor")
	g.must(g.office.Appoint(ctx, g.cmd(clerk), org.Term{Account: clerk.Account, Post: post, Kind: org.Acting, From: today, To: today}))
	_, err = g.office.HandOver(ctx, g.cmd(g.clerk), HandingOver{Predecessor: own, Posts: []id.Post{post}, Successor: stranger.Account, First: today.AddDays(1)})
	g.must(err)
}

// Who leads a unit does not become able to open accounts by taking the clerk's post.
func TestTakingAPostOverOneself(t *testing.T) {
	w := newTown(t)
	_, head, clerk := w.library()
	w.later(1)
	_, err := w.office.HandOver(t.Context(), w.cmd(head), HandingOver{Predecessor: clerk.Account, Posts: []id.Post{clerk.Post}, Successor: head.Account, First: w.office.Today()})
	w.in(err, fault.Denied, "took the clerk's post over")
	if w.who(head.Account).May("account.open") {
		t.Error("the head opens accounts")
	}
}

// Terms have a kind and days that are days; roles are at least one and each once.
func TestWhatIsNoTerm(t *testing.T) {
	g := newGrove(t)
	ctx := t.Context()
	holder := g.keeper(g.shiqiao, "文化站长", "叶小舟", org.UnitClerk)
	other := g.keeper(g.shiqiao, "文化管理员", "林小满", org.Reporter)
	today := g.office.Today()
	for name, x := range map[string]org.Term{
		"no kind":        {From: today},
		"another kind":   {Kind: "boss", From: today},
		"no last day":    {Kind: org.Acting, From: today, To: "9999-99-99"},
		"words as a day": {Kind: org.Acting, From: today, To: "以后"},
		"day zero":       {Kind: org.Acting, From: "0000-00-00", To: "0000-00-00"},
		"far future":     {Kind: org.Acting, From: today, To: "9999-12-31"},
		"backwards":      {Kind: org.Acting, From: today.AddDays(2), To: today.AddDays(1)},
	} {
		x.Account, x.Post = other.Account, holder.Post
		g.in(g.office.Appoint(ctx, g.cmd(g.admin), x), fault.Invalid, name)
	}
	g.in(g.office.GiveRoles(ctx, g.cmd(g.admin), holder.Post, nil), fault.Invalid, "no roles")
	g.in(g.office.GiveRoles(ctx, g.cmd(g.admin), holder.Post, []org.Role{org.Reporter, org.Reporter}), fault.Invalid, "a role twice")
	_, err := g.office.OpenPost(ctx, g.cmd(g.admin), org.Post{Unit: g.east, Title: "岗", Roles: []org.Role{org.Reporter, org.Reporter}})
	g.in(err, fault.Invalid, "a role twice in a new post")
}

// Whose account an older version closed holds a post no longer: that version wrote down
// no days, so their term has no last one.
func TestTermOfAnAccountClosedByAnOlderVersion(t *testing.T) {
	g := newGrove(t)
	ctx := t.Context()
	gone := g.keeper(g.shiqiao, "文化站长", "叶小舟", org.UnitClerk)
	g.must(g.db.Local(ctx, func(tx *db.Tx) error {
		if err := closeAccount(tx, 1, gone.Account); err != nil {
			return err
		}
		_, err := tx.Exec("UPDATE term SET from_day = '', to_day = '' WHERE city_id = $1 AND account_id = $2", 1, gone.Account)
		return err
	}))
	next, err := g.office.OpenAccount(ctx, g.cmd(g.admin), NewAccount{Post: gone.Post, Name: "林小满"})
	g.must(err)
	g.must(g.office.CloseAccount(ctx, g.cmd(g.admin), next))
	g.later(1)
	g.must(g.office.EndPost(ctx, g.cmd(g.admin), gone.Post))
}

// What somebody works on in the bureau is not told where they only hand over a post of
// another unit.
func TestDraftsGoAlongWithThePostThatReadsThem(t *testing.T) {
	w := newTown(t)
	unit, head, _ := w.library()
	w.imported(small) // by the clerk of the bureau
	post, err := w.office.OpenPost(t.Context(), w.cmd(w.admin), org.Post{Unit: unit, Title: "读者岗", Roles: []org.Role{org.Reporter}})
	w.must(err)
	w.must(w.office.Appoint(t.Context(), w.cmd(w.admin), org.Term{Account: w.clerk.Account, Post: post, Kind: org.Holder, From: w.office.Today()}))
	l, err := w.office.Leaver(t.Context(), head, w.clerk.Account, true)
	w.must(err)
	if len(l.Along.Drafts) > 0 {
		t.Errorf("the head of the library reads drafts: %+v", l.Along.Drafts)
	}
	made, err := w.office.HandOver(t.Context(), w.cmd(head), HandingOver{Predecessor: w.clerk.Account, Posts: []id.Post{post}, Successor: head.Account, First: w.office.Today().AddDays(1)})
	w.must(err)
	h, err := w.office.HandedOver(t.Context(), head, made)
	w.must(err)
	if len(h.Along.Drafts) > 0 {
		t.Errorf("the list names drafts: %+v", h.Along.Drafts)
	}
}

// Only an administrator is asked for a new way into the city.
func TestSomeAdministratorIsOne(t *testing.T) {
	w := newTown(t)
	_, _, clerk := w.library()
	second := w.hire("信息岗", "方晓舟", org.Administrator)
	w.must(w.office.CloseAccount(t.Context(), w.cmd(second), w.admin.Account))
	got, err := w.office.SomeAdministrator(t.Context())
	w.must(err)
	if got != second.Account {
		t.Errorf("account %s, want %s; the library's clerk is %s", got, second.Account, clerk.Account)
	}
	w.in(w.office.Contact(t.Context(), w.cmd(clerk), "0500-1", "别处"), fault.Denied, "a clerk of a unit changed what the public calls")
}

// Who takes over a unit on a later day does not see its people or act there before.
func TestUnitsThatAreToMove(t *testing.T) {
	g := newGrove(t)
	ctx := t.Context()
	here, there := g.keeper(g.yunxi, "文化科", "高明", org.UnitClerk), g.keeper(g.chenghu, "文化科", "苏晴", org.UnitClerk)
	g.keeper(g.shiqiao, "文化站长", "叶小舟", org.UnitClerk)
	g.must(g.office.ChangeUnit(ctx, g.cmd(g.clerk), g.shiqiao, org.Change{Parent: g.chenghu, Name: "石桥镇", From: g.office.Today().AddDays(10)}))
	see := func(who Who, unit id.Unit) (n int) {
		all, err := g.office.AccountsIn(ctx, who, unit)
		g.must(err)
		for _, a := range all {
			if a.UnitID == g.shiqiao {
				n++
			}
		}
		return n
	}
	open := func(who Who, title string) error {
		_, err := g.office.OpenAccounts(ctx, g.cmd(who), ManyAccounts{Units: []id.Unit{g.shiqiao}, Title: title, Roles: []org.Role{org.Reporter}})
		return err
	}
	unheld := func(who Who) bool {
		u, err := g.office.Unheld(ctx, who)
		g.must(err)
		return slices.ContainsFunc(u.Posts, func(p UnheldPost) bool { return p.Unit == g.shiqiao })
	}
	_, err := g.office.OpenPost(ctx, g.cmd(g.admin), org.Post{Unit: g.shiqiao, Title: "空岗", Roles: []org.Role{org.Reporter}})
	g.must(err)
	if see(here, g.yunxi) != 1 || see(there, g.chenghu) != 0 || !unheld(here) || unheld(there) {
		t.Errorf("before the day: %d and %d accounts, unheld %t and %t", see(here, g.yunxi), see(there, g.chenghu), unheld(here), unheld(there))
	}
	g.in(open(there, "甲岗"), fault.Denied, "opened before the day")
	g.must(open(here, "乙岗"))
	g.later(10)
	if see(here, g.yunxi) != 0 || see(there, g.chenghu) != 2 || unheld(here) || !unheld(there) {
		t.Errorf("on the day: %d and %d accounts, unheld %t and %t", see(here, g.yunxi), see(there, g.chenghu), unheld(here), unheld(there))
	}
	g.in(open(here, "丙岗"), fault.Denied, "opened after the day")
}
