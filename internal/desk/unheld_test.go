package desk

import (
	"testing"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// What a clerk of a county sees and hands over ends at the borders of the county.
func TestUnheldAndHandoverWithinTheTree(t *testing.T) {
	w := newTown(t)
	top, err := w.office.CityUnit(t.Context())
	w.must(err)
	counties, err := w.office.OpenUnits(t.Context(), w.cmd(w.admin), top, []org.Unit{{Level: org.County, Name: "鹿鸣县"}, {Level: org.County, Name: "云溪县"}})
	w.must(err)
	clerk := w.join(counties[0], "经办岗", "徐静", org.UnitClerk)
	var heads []Who
	for i, name := range []string{"枫岭镇", "松桥镇"} {
		towns, err := w.office.OpenUnits(t.Context(), w.cmd(w.admin), counties[i], []org.Unit{{Level: org.Township, Name: name}})
		w.must(err)
		heads = append(heads, w.join(towns[0], "站长", "叶青"+name[:3], org.UnitHead))
		_, err = w.office.OpenPost(t.Context(), w.cmd(w.admin), org.Post{Unit: towns[0], Title: "管理员", Roles: []org.Role{org.Reporter}})
		w.must(err)
	}
	seen := func(who Who) (names []string) {
		u, err := w.office.Unheld(t.Context(), who)
		w.must(err)
		for _, p := range u.Posts {
			names = append(names, p.UnitName)
		}
		return names
	}
	if all := seen(w.admin); len(all) != 2 {
		t.Errorf("an administrator sees %v", all)
	}
	if own := seen(clerk); len(own) != 1 || own[0] != "枫岭镇" {
		t.Errorf("the county's clerk sees %v", own)
	}
	if own := seen(heads[1]); len(own) != 1 || own[0] != "松桥镇" {
		t.Errorf("the head of the township sees %v", own)
	}
	w.later(1)
	_, err = w.office.HandOver(t.Context(), w.cmd(clerk), HandingOver{Predecessor: heads[1].Account, Posts: []id.Post{heads[1].Post}, Name: "魏知秋", First: w.office.Today()})
	w.in(err, fault.Denied, "of another county")
	_, err = w.office.Leaver(t.Context(), clerk, heads[1].Account, true)
	w.in(err, fault.Denied, "looked at in another county")
	// A post of one's own does not carry one of another's along.
	_, err = w.office.HandOver(t.Context(), w.cmd(clerk), HandingOver{Predecessor: heads[0].Account, Posts: []id.Post{heads[0].Post, heads[1].Post}, Name: "魏知秋", First: w.office.Today()})
	w.in(err, fault.Denied, "with a post of another county")
	_, err = w.office.HandOver(t.Context(), w.cmd(clerk), HandingOver{Predecessor: heads[0].Account, Posts: []id.Post{heads[0].Post}, Name: "魏知秋", First: w.office.Today()})
	w.must(err)
}

func TestUnheld(t *testing.T) {
	w := newTown(t)
	unit, head, clerk := w.library()
	w.leads("市图书馆")
	unheld := func(who Who) Unheld {
		u, err := w.office.Unheld(t.Context(), who)
		w.must(err)
		return u
	}
	if n := unheld(w.admin).Count(); n != 0 {
		t.Errorf("%d at the beginning: %+v", n, unheld(w.admin))
	}
	_, err := w.office.StateGroup(t.Context(), w.cmd(w.admin), org.Group{Name: "读书月领导小组", Office: unit, Members: []org.GroupMembership{{Post: head.Post, Place: org.Leader}}})
	w.must(err)
	empty, err := w.office.OpenPost(t.Context(), w.cmd(w.admin), org.Post{Unit: unit, Title: "采编部主任", Roles: []org.Role{org.Reporter}})
	w.must(err)
	w.must(w.office.CloseAccount(t.Context(), w.cmd(w.admin), head.Account))
	u := unheld(w.admin)
	if len(u.Posts) != 2 || u.Posts[0].Post != head.Post || !u.Posts[0].Closed || u.Posts[0].Leads != 2 || u.Posts[1].Post != empty || u.Posts[1].Last != "" || u.Posts[1].Closed {
		t.Errorf("posts %+v", u.Posts)
	}
	if len(u.Places) != 1 || len(u.Items) != 0 {
		t.Errorf("places %+v, items %+v", u.Places, u.Items)
	}
	w.later(1)
	terms := func() (all []org.Term) {
		w.must(w.db.Read(t.Context(), func(v *db.View) (err error) {
			all, err = termsOfAccount(v, 1, clerk.Account)
			return err
		}))
		return all
	}
	w.must(w.office.Appoint(t.Context(), w.cmd(w.admin), org.Term{Account: clerk.Account, Post: head.Post, Kind: org.Acting, From: w.office.Today(), To: w.office.Today()}))
	if u := unheld(w.admin); !u.Posts[0].Acting {
		t.Errorf("somebody stands in: %+v", u.Posts)
	}
	w.must(w.office.EndTerm(t.Context(), w.cmd(w.admin), clerk.Post, terms()[0].ID, w.office.Today()))
	w.later(1)
	u = unheld(w.admin)
	if len(u.Posts) != 3 || len(u.Items) != 2 || u.Items[0].Ended || len(u.Accounts) != 1 || u.Accounts[0].ID != clerk.Account {
		t.Errorf("after the last one left: %+v", u)
	}
	w.must(w.office.Appoint(t.Context(), w.cmd(w.admin), org.Term{Account: clerk.Account, Post: head.Post, Kind: org.Holder, From: w.office.Today().AddDays(2)}))
	if u := unheld(w.admin); u.Posts[0].Coming != w.office.Today().AddDays(2) || len(u.Accounts) != 0 {
		t.Errorf("somebody is to come: %+v", u)
	}
	w.later(2)
	if u := unheld(w.who(clerk.Account)); len(u.Posts) != 2 || len(u.Places) != 0 {
		t.Errorf("as the library's head sees it: %+v", u)
	}
	w.must(w.office.CloseUnit(t.Context(), w.cmd(w.admin), unit, w.office.Today().AddDays(1)))
	w.later(1)
	if u := unheld(w.admin); len(u.Posts) != 0 || len(u.Items) != 2 || !u.Items[0].Ended {
		t.Errorf("after the unit ended: %+v", u)
	}
	_, err = w.office.Unheld(t.Context(), w.leader)
	w.in(err, fault.Denied, "an approver")
}
