package desk

import (
	"slices"
	"strings"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// grove is a small tree below the town's city: two counties, each with townships and
// villages of the same names.
type grove struct {
	*town
	city             id.Unit
	yunxi, chenghu   id.Unit // counties
	shiqiao, fengxi  id.Unit // townships of 云溪县
	lake             id.Unit // township of 澄湖县
	east, west, new_ id.Unit // villages of 石桥镇
	other            id.Unit // a village of 枫溪乡 that is called 新村 too
}

func newGrove(t *testing.T) *grove {
	g := &grove{town: newTown(t)}
	var err error
	g.city, err = g.office.CityUnit(t.Context())
	g.must(err)
	open := func(parent id.Unit, level org.Level, names ...string) []id.Unit {
		var units []org.Unit
		for _, n := range names {
			units = append(units, org.Unit{Level: level, Name: n})
		}
		made, err := g.office.OpenUnits(t.Context(), g.cmd(g.clerk), parent, units)
		g.must(err)
		return made
	}
	counties := open(g.city, org.County, "云溪县", "澄湖县")
	g.yunxi, g.chenghu = counties[0], counties[1]
	towns := open(g.yunxi, org.Township, "石桥镇", "枫溪乡")
	g.shiqiao, g.fengxi = towns[0], towns[1]
	g.lake = open(g.chenghu, org.Township, "湖口镇")[0]
	villages := open(g.shiqiao, org.Village, "东村", "西村", "新村")
	g.east, g.west, g.new_ = villages[0], villages[1], villages[2]
	g.other = open(g.fengxi, org.Village, "新村")[0]
	return g
}

func (g *grove) on(unit id.Unit, day calendar.Day) PublicUnit {
	g.Helper()
	u, err := g.public.UnitOn(g.Context(), unit, day)
	g.must(err)
	return u
}

func called(units []org.Unit) (out []string) {
	for _, u := range units {
		out = append(out, u.Name)
	}
	slices.Sort(out)
	return out
}

func (g *grove) later(days int) { g.now = g.now.Add(time.Duration(days) * 24 * time.Hour) }

func TestUnitsThroughTime(t *testing.T) {
	g := newGrove(t)
	g.later(30)
	before := g.office.Today()
	g.later(1)
	day := g.office.Today()
	ctx := t.Context()

	// Moved to another county, as of a day; renamed later on.
	g.must(g.office.ChangeUnit(ctx, g.cmd(g.clerk), g.shiqiao, org.Change{Parent: g.chenghu, Name: "石桥镇", From: day}))
	g.later(10)
	renamed := g.office.Today()
	g.must(g.office.ChangeUnit(ctx, g.cmd(g.clerk), g.shiqiao, org.Change{Parent: g.chenghu, Name: "石桥街道", From: renamed}))
	for _, c := range []struct {
		day           calendar.Day
		yunxi, lake   string
		above, called string
	}{
		{before, "枫溪乡 石桥镇", "湖口镇", "云溪县", "石桥镇"},
		{day, "枫溪乡", "湖口镇 石桥镇", "澄湖县", "石桥镇"},
		{renamed, "枫溪乡", "湖口镇 石桥街道", "澄湖县", "石桥街道"},
	} {
		if got := strings.Join(called(g.on(g.yunxi, c.day).Below), " "); got != c.yunxi {
			t.Errorf("%s: below 云溪县 %q, want %q", c.day, got, c.yunxi)
		}
		if got := strings.Join(called(g.on(g.chenghu, c.day).Below), " "); got != c.lake {
			t.Errorf("%s: below 澄湖县 %q, want %q", c.day, got, c.lake)
		}
		u := g.on(g.shiqiao, c.day)
		if u.Unit.Name != c.called || u.Above[len(u.Above)-1].Name != c.above {
			t.Errorf("%s: %s below %s", c.day, u.Unit.Name, u.Above[len(u.Above)-1].Name)
		}
		if got := called(u.Below); strings.Join(got, " ") != "东村 新村 西村" && strings.Join(got, " ") != "东村 西村 新村" {
			t.Errorf("%s: villages %v", c.day, got)
		}
	}
	if h := g.on(g.shiqiao, renamed).History; len(h) != 3 || h[0].To != before || h[1].To != renamed.AddDays(-1) || h[2].To != "" {
		t.Errorf("history %+v", h)
	}
}

func TestMergedTownship(t *testing.T) {
	g := newGrove(t)
	ctx := t.Context()
	g.later(30)
	day := g.office.Today()
	keeper, err := g.office.OpenAccount(ctx, g.cmd(g.clerk), NewAccount{UnitID: g.fengxi, Title: "文化站长", Name: "叶小舟", Roles: []org.Role{org.UnitClerk}})
	g.must(err)

	// Two villages of one name cannot stand in one township: told, nothing is done.
	if err := g.office.MergeUnit(ctx, g.cmd(g.clerk), g.fengxi, g.shiqiao, day); err == nil || !strings.Contains(err.Error(), "新村") {
		t.Fatalf("merged with two 新村: %v", err)
	}
	g.must(g.office.ChangeUnit(ctx, g.cmd(g.clerk), g.other, org.Change{Parent: g.fengxi, Name: "枫溪新村", From: day}))
	g.must(g.office.MergeUnit(ctx, g.cmd(g.clerk), g.fengxi, g.shiqiao, day))

	if got := strings.Join(called(g.on(g.yunxi, day).Below), " "); got != "石桥镇" {
		t.Errorf("below the county: %q", got)
	}
	if got := len(g.on(g.shiqiao, day).Below); got != 4 {
		t.Errorf("%d villages in the merged township", got)
	}
	if got := strings.Join(called(g.on(g.fengxi, day.AddDays(-1)).Below), " "); got != "新村" {
		t.Errorf("the day before, 枫溪乡 had %q", got)
	}
	u := g.on(g.fengxi, day)
	if u.Unit.To != day.AddDays(-1) || len(u.After) != 1 || u.After[0].ID != g.shiqiao {
		t.Errorf("the township that ended: %+v after %v", u.Unit, u.After)
	}
	// Its people went along, and can do there what they could.
	who, err := g.office.Who(ctx, keeper)
	g.must(err)
	if len(who.Held) != 1 || who.Held[0].Unit != g.shiqiao || who.Title != "文化站长" {
		t.Errorf("the keeper now: %+v", who.Held)
	}
	for what, err := range map[string]error{
		"changed again": g.office.ChangeUnit(ctx, g.cmd(g.clerk), g.fengxi, org.Change{Parent: g.yunxi, Name: "枫溪镇", From: day.AddDays(5)}),
		"something below": func() error {
			_, err := g.office.OpenUnits(ctx, g.cmd(g.clerk), g.fengxi, []org.Unit{{Level: org.Village, Name: "北村"}})
			return err
		}(),
		"merged into itself":     g.office.MergeUnit(ctx, g.cmd(g.clerk), g.shiqiao, g.shiqiao, day.AddDays(5)),
		"other level":            g.office.MergeUnit(ctx, g.cmd(g.clerk), g.shiqiao, g.yunxi, day.AddDays(5)),
		"closed with some below": g.office.CloseUnit(ctx, g.cmd(g.clerk), g.shiqiao, day.AddDays(5)),
		"by an approver":         g.office.CloseUnit(ctx, g.cmd(g.leader), g.east, day.AddDays(5)),
	} {
		if err == nil {
			t.Errorf("%s: done", what)
		}
	}
	g.must(g.office.CloseUnit(ctx, g.cmd(g.clerk), g.east, day.AddDays(5)))
	if got := len(g.on(g.shiqiao, day.AddDays(4)).Below); got != 4 {
		t.Errorf("%d villages on the last day", got)
	}
	if got := len(g.on(g.shiqiao, day.AddDays(5)).Below); got != 3 {
		t.Errorf("%d villages after", got)
	}
}

func TestSplitTownship(t *testing.T) {
	g := newGrove(t)
	g.later(30)
	day := g.office.Today()
	made, err := g.office.SplitUnit(t.Context(), g.cmd(g.clerk), g.shiqiao, NewPart{Name: "石桥街道", Below: []id.Unit{g.west, g.new_}, From: day})
	g.must(err)
	if a, b := called(g.on(g.shiqiao, day).Below), called(g.on(made, day).Below); strings.Join(a, " ") != "东村" || len(b) != 2 {
		t.Errorf("%v and %v", a, b)
	}
	if got := len(g.on(g.shiqiao, day.AddDays(-1)).Below); got != 3 {
		t.Errorf("%d villages the day before", got)
	}
	if u := g.on(made, day); len(u.Before) != 1 || u.Before[0].ID != g.shiqiao {
		t.Errorf("goes on with %v", u.Before)
	}
	if _, err := g.office.SplitUnit(t.Context(), g.cmd(g.clerk), g.shiqiao, NewPart{Name: "又一处", Below: []id.Unit{g.west}, From: day}); err == nil {
		t.Error("a village that went elsewhere was moved")
	}
}

// What the tables of units say as of any day is what the rules say of all versions.
func TestTheTreeInTheDatabaseIsTheTreeOfTheRules(t *testing.T) {
	g := newGrove(t)
	ctx := t.Context()
	days := []calendar.Day{g.office.Today()}
	step := func(f func(day calendar.Day) error) {
		g.later(20)
		days = append(days, g.office.Today())
		g.must(f(g.office.Today()))
	}
	step(func(d calendar.Day) error {
		return g.office.ChangeUnit(ctx, g.cmd(g.clerk), g.fengxi, org.Change{Parent: g.chenghu, Name: "枫溪镇", From: d})
	})
	step(func(d calendar.Day) error { return g.office.MergeUnit(ctx, g.cmd(g.clerk), g.fengxi, g.lake, d) })
	step(func(d calendar.Day) error {
		_, err := g.office.SplitUnit(ctx, g.cmd(g.clerk), g.shiqiao, NewPart{Name: "南门街道", Below: []id.Unit{g.east}, From: d})
		return err
	})
	step(func(d calendar.Day) error {
		return g.office.ChangeUnit(ctx, g.cmd(g.clerk), g.new_, org.Change{Parent: g.lake, Name: "石桥新村", Code: "331003101001", From: d})
	})
	g.must(g.db.Read(ctx, func(v *db.View) error {
		all, err := allVersions(v, 1)
		if err != nil {
			return err
		}
		tree := org.NewTree(all, nil)
		for _, day := range days {
			for _, level := range []org.Level{org.County, org.Township, org.Village} {
				for _, u := range tree.Under(g.city, level, day) {
					want, _ := tree.On(u, day)
					got, err := loadUnitOn(v, 1, u, day)
					if err != nil || got != want {
						t.Errorf("%s %s: %+v (%v), want %+v", day, u, got, err, want)
					}
				}
			}
			for _, level := range []org.Level{org.Village} {
				if n := len(tree.Under(g.city, level, day)); n != 4 {
					t.Errorf("%s: %d villages", day, n)
				}
			}
		}
		return nil
	}))
}

func TestLeaveAndSeveralPosts(t *testing.T) {
	g := newGrove(t)
	ctx := t.Context()
	head, err := g.office.OpenPost(ctx, g.cmd(g.admin), org.Post{Unit: g.shiqiao, Title: "文化站长", Roles: []org.Role{org.UnitClerk}})
	g.must(err)
	holder, err := g.office.OpenAccount(ctx, g.cmd(g.admin), NewAccount{Post: head, Name: "陈望舒"})
	g.must(err)
	village, err := g.office.OpenAccount(ctx, g.cmd(g.admin), NewAccount{UnitID: g.east, Title: "文化管理员", Name: "林小满", Roles: []org.Role{org.Reporter}})
	g.must(err)
	today := g.office.Today()
	if _, err := g.office.OpenAccount(ctx, g.cmd(g.admin), NewAccount{Post: head, Name: "又一位"}); err == nil {
		t.Error("a post has two holders")
	}
	// The holder goes on leave from tomorrow for three days, and the village's keeper stands in.
	g.must(g.office.Appoint(ctx, g.cmd(g.admin), org.Term{Account: village, Post: head, Kind: org.Acting, From: today.AddDays(1), To: today.AddDays(3)}))
	for day, want := range map[int]int{0: 1, 1: 2, 3: 2, 4: 1} {
		at := g.now
		g.later(day)
		who, err := g.office.Who(ctx, village)
		g.must(err)
		if len(who.Held) != want || who.May("account.open") != (want == 2) {
			t.Errorf("after %d days the keeper holds %d posts", day, len(who.Held))
		}
		if day == 1 {
			// What is done standing in is entered under the post stood in for.
			g.must(g.office.DescribeUnit(ctx, g.cmd(who), g.west, UnitWork{Contact: "0500-1"}))
			g.must(g.db.Read(ctx, func(v *db.View) error {
				about, err := db.EntriesAbout(v, 1, "unit", int64(g.west))
				if err == nil && about[len(about)-1].Actor != head.String() {
					t.Errorf("entered under %s, want %s", about[len(about)-1].Actor, head)
				}
				return err
			}))
		}
		g.now = at
	}
	// Whose post ended can do nothing any more.
	g.later(10)
	w, err := g.office.Who(ctx, holder)
	g.must(err)
	term := w.Held[0]
	terms := func() (out []org.Term) {
		g.must(g.db.Read(ctx, func(v *db.View) (err error) { out, err = termsOfPost(v, 1, head); return err }))
		return out
	}
	for _, x := range terms() {
		if x.Account == holder {
			g.must(g.office.EndTerm(ctx, g.cmd(g.admin), head, x.ID, g.office.Today()))
		}
	}
	g.later(1)
	if _, err := g.office.Who(ctx, holder); err == nil {
		t.Errorf("still holds %+v", term)
	}
	if err := g.office.DescribeUnit(ctx, g.cmd(w), g.west, UnitWork{Contact: "0500-2"}); err == nil {
		t.Error("acts without a post")
	}
}

func TestAccountsForManyUnits(t *testing.T) {
	g := newGrove(t)
	ctx := t.Context()
	m := ManyAccounts{Units: []id.Unit{g.shiqiao, g.fengxi, g.lake}, Title: "文化站长", Roles: []org.Role{org.UnitClerk}}
	cmd := g.cmd(g.clerk)
	made, err := g.office.OpenAccounts(ctx, cmd, m)
	g.must(err)
	again, err := g.office.OpenAccounts(ctx, cmd, m)
	if err != nil || !slices.Equal(made, again) || slices.Contains(made, 0) {
		t.Fatalf("%v, then %v (%v)", made, again, err)
	}
	// A second act leaves those that have the post alone.
	m.Units = append(m.Units, g.yunxi)
	second, err := g.office.OpenAccounts(ctx, g.cmd(g.clerk), m)
	g.must(err)
	if second[0] != 0 || second[1] != 0 || second[2] != 0 || second[3] == 0 {
		t.Errorf("opened %v", second)
	}
	// Who gets the slip says who they are, once.
	who, err := g.office.Who(ctx, made[0])
	g.must(err)
	if who.Name != "" || who.Unit != "石桥镇" {
		t.Errorf("%+v", who)
	}
	g.must(g.office.NameHolder(ctx, g.cmd(who), "陈望舒", ""))
	if who, err = g.office.Who(ctx, made[0]); err != nil || who.Name != "陈望舒" {
		t.Errorf("%+v %v", who, err)
	}
	if err := g.office.NameHolder(ctx, g.cmd(who), "别人", ""); err == nil {
		t.Error("a holder renamed themselves")
	}
	// The clerk of a township opens accounts in its villages, and nowhere else.
	m = ManyAccounts{Title: "文化管理员", Roles: []org.Role{org.Reporter}}
	for name, c := range map[string]struct {
		units []id.Unit
		roles []org.Role
		may   bool
	}{
		"own villages":        {[]id.Unit{g.east, g.west}, nil, true},
		"one of another":      {[]id.Unit{g.new_, g.other}, nil, false},
		"another township":    {[]id.Unit{g.fengxi}, nil, false},
		"own township":        {[]id.Unit{g.shiqiao}, nil, true},
		"the county":          {[]id.Unit{g.yunxi}, nil, false},
		"roles of the bureau": {[]id.Unit{g.new_}, []org.Role{org.Clerk}, false},
	} {
		m.Units = c.units
		if m.Roles = c.roles; c.roles == nil {
			m.Roles = []org.Role{org.Reporter}
		}
		if _, err := g.office.OpenAccounts(ctx, g.cmd(who), m); (err == nil) != c.may {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Closing: what is below only, and never somebody of the bureau.
	if err := g.office.CloseAccount(ctx, g.cmd(who), made[1]); err == nil {
		t.Error("closed an account of a neighbour")
	}
	if err := g.office.CloseAccount(ctx, g.cmd(g.clerk), g.admin.Account); err == nil {
		t.Error("a clerk closed an administrator")
	}
	if err := g.office.MayReset(ctx, g.clerk, g.admin.Account); err == nil {
		t.Error("a clerk may give an administrator another way in")
	}
	g.must(g.office.CloseAccount(ctx, g.cmd(g.clerk), made[1]))
	if _, err := g.office.Who(ctx, made[1]); err == nil {
		t.Error("a closed account is somebody")
	}
}
