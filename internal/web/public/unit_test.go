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
