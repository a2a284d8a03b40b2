package org

import (
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// Place is what a post is in a leading group.
type Place string

const (
	Leader       Place = "leader"        // 组长
	DeputyLeader Place = "deputy_leader" // 副组长
	Member       Place = "member"        // 成员
)

// Places are all places, in the order in which members are listed.
var Places = []Place{Leader, DeputyLeader, Member}

// Group leads a plan or the whole work. Its members are posts, so that it goes on when
// people change; its office is the unit that does its work.
type Group struct {
	ID      id.Group
	Name    string
	Office  id.Unit
	From    calendar.Day
	To      calendar.Day // last day, or empty
	Members []GroupMembership
}

// GroupMembership is a post in a group.
type GroupMembership struct {
	Post  id.Post
	Place Place
}

// CheckGroup says what keeps a group from being kept.
func CheckGroup(g Group) error {
	if err := CheckName("name", "小组名称", g.Name); err != nil {
		return err
	}
	if g.Office == 0 {
		return fault.New(fault.Invalid, "请选小组的办公室设在哪个单位。").In("office")
	}
	leaders := 0
	for i, m := range g.Members {
		if !slices.Contains(Places, m.Place) || slices.ContainsFunc(g.Members[:i], func(o GroupMembership) bool { return o.Post == m.Post }) {
			return fault.New(fault.Invalid, "一个岗位在小组里只能是组长、副组长或者成员中的一种。").In("member")
		}
		if m.Place == Leader {
			leaders++
		}
	}
	if leaders != 1 {
		return fault.New(fault.Invalid, "请选一位组长，只能有一位。").In("leader")
	}
	return nil
}

// StatedEntry is the entry of a group as it stands: anew whenever it changes.
func (g Group) StatedEntry() ledger.Draft {
	d := ledger.Draft{Kind: KindGroupStated, Class: ledger.Public, Subjects: []ledger.Subject{{Noun: "group", ID: g.ID.String()}, {Noun: "unit", ID: g.Office.String()}},
		Fields: []ledger.Field{ledger.Day("from", string(g.From))}}
	if g.To != "" {
		d.Fields = append(d.Fields, ledger.Day("to", string(g.To)))
	}
	var places []string
	for _, m := range g.Members {
		d.Subjects = append(d.Subjects, ledger.Subject{Noun: "post", ID: m.Post.String()})
		places = append(places, string(m.Place))
	}
	d.Words = ledger.Words("name", g.Name, "places", strings.Join(places, " "))
	return d
}
