package public

import (
	"bytes"
	"strings"
	"testing"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/org"
	"luoshi/plan"
)

func TestUnitPages(t *testing.T) {
	w := newTown(t)
	top, err := w.office.CityUnit(w.Context())
	w.must(err)
	counties, err := w.office.OpenUnits(w.Context(), w.office.Cmd(w.clerk, w.command()), top, []org.Unit{{Level: org.County, Name: "云溪县", Code: "339901"}})
	w.must(err)
	towns, err := w.office.OpenUnits(w.Context(), w.office.Cmd(w.clerk, w.command()), counties[0], []org.Unit{{Level: org.Township, Name: "石桥镇"}})
	w.must(err)
	r := w.draft(sampleText(t))
	led, helped := r.Items[1], r.Items[2]
	led.Lead, helped.Lead, helped.Cooperating = "局办公室", "没有的单位", "云溪县、局办公室"
	for _, i := range []plan.Item{led, helped} {
		w.must(w.office.CorrectItem(w.Context(), w.office.Cmd(w.clerk, w.command()), r.Plan.ID, i, desk.AsItStands))
	}
	w.force(r.Plan.ID)
	w.publish(w.review(r.Plan.ID))

	all := w.page("/units")
	if !strings.Contains(all, "云溪县") || strings.Contains(all, "石桥镇") || !strings.Contains(all, "安澜市文化广电新闻出版局") {
		t.Error("the list of units")
	}
	county := w.page("/units/" + counties[0].String())
	for _, want := range []string{"/units/" + towns[0].String(), "339901", "/units/" + top.String(), "配合的任务", helped.Title} {
		if !strings.Contains(county, want) {
			t.Errorf("the county lacks %q", want)
		}
	}
	if strings.Contains(county, "牵头的任务") {
		t.Error("the county leads nothing")
	}
	item := w.page("/items/" + helped.ID.String())
	if !strings.Contains(item, `<a href="/units/`+counties[0].String()+`">云溪县</a>、<a href="/units/`) || !strings.Contains(item, "没有的单位") {
		t.Error("the item does not lead to its units")
	}
	data := decode(t, w.page("/data/units/"+towns[0].String()))
	if above := data["above"].([]any); len(above) != 2 || above[1].(map[string]any)["name"] != "云溪县" || data["level"] != "township" {
		t.Errorf("township: %v", data)
	}
}

func TestParties(t *testing.T) {
	names := newUnitNames([]org.Unit{{ID: 1, Name: "甲"}, {ID: 2, Name: "<乙>"}, {ID: 3, Name: "丙"}, {ID: 4, Name: "丙"}})
	var b bytes.Buffer
	if err := parties("甲、<乙>、丙、丁", names).Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	want := `<a href="/units/` + id.Text(1) + `">甲</a>、<a href="/units/` + id.Text(2) + `">&lt;乙&gt;</a>、丙、丁`
	if b.String() != want {
		t.Errorf("%s", b.String())
	}
	if p := newUnitPage(desk.PublicUnit{Unit: org.Unit{Name: "甲"}, Items: []plan.Item{{ID: 1}, {ID: 2}}, Duty: map[id.Item]org.Duty{1: org.LeadDuty, 2: org.CooperatingDuty}}); len(p.Leads) != 1 || len(p.Cooperates) != 1 {
		t.Errorf("%+v", p)
	}
}

// A unit that was moved and one that was merged are told as of any day, and who leads is
// told by post, never by name.
func TestUnitsThroughTime(t *testing.T) {
	w := newTown(t)
	cmd := func() desk.Cmd { return w.office.Cmd(w.clerk, w.command()) }
	top, err := w.office.CityUnit(w.Context())
	w.must(err)
	open := func(parent id.Unit, level org.Level, names ...string) []id.Unit {
		var units []org.Unit
		for _, n := range names {
			units = append(units, org.Unit{Level: level, Name: n})
		}
		made, err := w.office.OpenUnits(w.Context(), cmd(), parent, units)
		w.must(err)
		return made
	}
	counties := open(top, org.County, "云溪县", "澄湖县")
	towns := open(counties[0], org.Township, "石桥镇", "枫溪乡")
	began := w.office.Today()
	moved, merged := began.AddDays(10), began.AddDays(20)
	w.must(w.office.ChangeUnit(w.Context(), cmd(), towns[0], org.Change{Parent: counties[1], Name: "石桥街道", From: moved}))
	w.must(w.office.MergeUnit(w.Context(), cmd(), towns[1], towns[0], merged))
	w.must(w.office.DescribeUnit(w.Context(), cmd(), counties[0], desk.UnitWork{Body: "云溪县文广新局", Contact: "内部电话 0500-1"}))
	office, err := w.office.Bureau(w.Context())
	w.must(err)
	_, err = w.office.StateGroup(w.Context(), cmd(), org.Group{Name: "读书月领导小组", Office: office, Members: []org.GroupMembership{{Post: w.clerk.Post, Place: org.Leader}}})
	w.must(err)

	for path, wants := range map[string][]string{
		"/units/" + counties[0].String():                               {"石桥镇", "枫溪乡", "云溪县文广新局"},
		"/units/" + counties[0].String() + "?at=" + string(moved):      {"枫溪乡", "这是", "!石桥", "!内部电话"},
		"/units/" + counties[1].String() + "?at=" + string(moved):      {"石桥街道"},
		"/units/" + towns[1].String() + "?at=" + string(merged):        {"最后一天", "由谁接办", "石桥街道"},
		"/units/" + towns[0].String() + "?at=" + string(merged):        {"接办了", "枫溪乡", "变动"},
		"/data/units/" + counties[1].String() + "?at=" + string(moved): {`"name":"石桥街道"`},
		"/data/units/" + towns[1].String() + "?at=" + string(merged):   {`"successors":[{"id":"` + towns[0].String()},
		"/data/units/" + counties[1].String() + "?at=" + string(began): {`"below":[]`},
		"/units":                         {"读书月领导小组", "组长", "!" + w.clerk.Name},
		"/en/units/" + towns[0].String(): {"Changes"},
	} {
		page := strings.ReplaceAll(w.page(path), `": `, `":`)
		page = strings.Join(strings.Fields(page), "")
		for _, want := range wants {
			want = strings.Join(strings.Fields(want), "")
			if not, ok := strings.CutPrefix(want, "!"); ok == strings.Contains(page, not) && (ok || !strings.Contains(page, want)) {
				t.Errorf("%s: %q", path, want)
			}
		}
	}
}
