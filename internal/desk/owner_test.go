package desk

import (
	"strings"
	"testing"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// services is a plan whose items name units in many ways.
const services = `安澜市文化服务方案

一、重点项目
1、送书下乡。2011年完成送图书3000册到农村。（牵头单位：公共文化处；配合单位：市图书馆）
2、延长开放时间。2011年底前完成夜间开放的准备工作。（市图书馆牵头，各县（市、区）文广新局配合）
3、整治市场。2011年检查商铺200家。（责任单位：省财政厅）
2011年8月8日
`

// bureauTown is a town with divisions, a library and two counties, and people in them.
type bureauTown struct {
	*town
	units    map[string]id.Unit
	culture  Who // head of 公共文化处
	library  Who // head of 市图书馆
	reporter Who // of 市图书馆: reports alone
	county   Who // clerk of 云溪县
}

func newBureauTown(t *testing.T) *bureauTown {
	t.Helper()
	w := &bureauTown{town: newTown(t), units: map[string]id.Unit{}}
	bureau, err := w.office.Bureau(t.Context())
	w.must(err)
	city, err := w.office.CityUnit(t.Context())
	w.must(err)
	open := func(parent id.Unit, level org.Level, names ...string) {
		var units []org.Unit
		for _, n := range names {
			units = append(units, org.Unit{Level: level, Name: n})
		}
		made, err := w.office.OpenUnits(t.Context(), w.cmd(w.admin), parent, units)
		w.must(err)
		for i, n := range names {
			w.units[n] = made[i]
		}
	}
	open(bureau, org.Division, "公共文化处", "艺术处")
	open(bureau, org.Direct, "市图书馆", "市博物馆")
	open(city, org.County, "云溪县", "望潮区")
	open(w.units["云溪县"], org.Township, "柳塘乡")
	w.culture = w.employ("公共文化处", "处长", "沈玉兰", org.UnitHead)
	w.library = w.employ("市图书馆", "馆长", "邵文清", org.UnitHead)
	w.reporter = w.employ("市图书馆", "报送岗", "陆小北", org.Reporter)
	w.county = w.employ("云溪县", "经办岗", "林大川", org.UnitClerk)
	return w
}

func (w *bureauTown) employ(unit, title, name string, roles ...org.Role) Who {
	w.Helper()
	account, err := w.office.OpenAccount(w.Context(), w.cmd(w.admin), NewAccount{Unit: unit, Title: title, Name: name, Roles: roles})
	w.must(err)
	return w.who(account)
}

func (w *bureauTown) owners(p id.Plan) PlanOwners {
	w.Helper()
	v, err := w.office.PlanOwners(w.Context(), w.clerk, p)
	w.must(err)
	return v
}

// said writes the owners of items: 公共文化处* 市图书馆; * leads.
func said(v PlanOwners, owners []org.Owner) string {
	var out []string
	for _, o := range owners {
		name := v.Names[o.Unit].Name
		if o.Duty == org.LeadDuty {
			name += "*"
		}
		out = append(out, name)
	}
	return strings.Join(out, " ")
}

// item finds an item by the beginning of its title.
func (w *bureauTown) item(v PlanOwners, title string) OwnedItem {
	w.Helper()
	for _, i := range v.Items {
		if strings.HasPrefix(i.Title, title) {
			return i
		}
	}
	w.Fatalf("no item %s in %+v", title, v.Items)
	return OwnedItem{}
}

func TestOwnersAreProposedAndSet(t *testing.T) {
	w := newBureauTown(t)
	r := w.imported(services)
	if err := w.office.AssignItems(t.Context(), w.cmd(w.clerk), r.Plan.ID, []Assignment{{Item: r.Items[0].ID}}); !fault.Is(err, fault.Conflict) {
		t.Errorf("assigned in a draft: %v", err)
	}
	w.answerAll(r)
	w.must(w.office.TakeIntoForce(t.Context(), w.cmd(w.clerk), r.Plan.ID, force))
	p := r.Plan.ID
	v := w.owners(p)
	for title, want := range map[string]string{"送书下乡": "公共文化处* 市图书馆", "延长开放": "市图书馆* 云溪县 望潮区", "整治市场": ""} {
		if got := said(v, w.item(v, title).Proposed); got != want {
			t.Errorf("%s is proposed to %q, want %q (%+v)", title, got, want, w.item(v, title).Named)
		}
	}
	if !w.item(v, "整治市场").Unmatched() || w.item(v, "送书下乡").Unmatched() {
		t.Error("what is not matched is not told")
	}
	if c, err := w.office.OwnerCounts(t.Context(), w.clerk); err != nil || c[p] != v.Count || v.Count.Unassigned != 3 {
		t.Errorf("counts %+v and %+v: %v", c, v.Count, err)
	}
	before := len(w.entries())
	w.must(w.office.AssignProposed(t.Context(), w.cmd(w.clerk), w.clerk, p))
	v = w.owners(p)
	if got := said(v, w.item(v, "延长开放").Owners); got != "市图书馆* 云溪县 望潮区" {
		t.Errorf("assigned to %q", got)
	}
	if v.Count.Unassigned != 1 || v.Proposals() != 0 {
		t.Errorf("%+v, %d proposals", v.Count, v.Proposals())
	}
	if n := len(w.entries()) - before; n != 2 {
		t.Errorf("%d entries for two items", n)
	}
	if err := w.office.AssignProposed(t.Context(), w.cmd(w.clerk), w.clerk, p); !fault.Is(err, fault.Conflict) {
		t.Errorf("nothing left to propose: %v", err)
	}
	// Nobody but a clerk assigns, and only to what is there.
	market := w.item(v, "整治市场").ID
	lead := []org.Owner{{Unit: w.units["艺术处"], Duty: org.LeadDuty}}
	for name, who := range map[string]Who{"unit head": w.library, "approver": w.leader} {
		if err := w.office.AssignItems(t.Context(), w.cmd(who), p, []Assignment{{market, lead}}); !fault.Is(err, fault.Denied) {
			t.Errorf("%s assigns: %v", name, err)
		}
	}
	for name, a := range map[string]Assignment{
		"no such unit":         {market, []org.Owner{{Unit: 99, Duty: org.LeadDuty}}},
		"another unit's post":  {market, []org.Owner{{Unit: w.units["艺术处"], Duty: org.LeadDuty, Post: w.library.Post}}},
		"nobody leads":         {market, []org.Owner{{Unit: w.units["艺术处"], Duty: org.CooperatingDuty}}},
		"an item of elsewhere": {99, lead},
	} {
		if err := w.office.AssignItems(t.Context(), w.cmd(w.clerk), p, []Assignment{a}); err == nil {
			t.Errorf("%s: assigned", name)
		}
	}
	w.must(w.office.AssignItems(t.Context(), w.cmd(w.clerk), p, []Assignment{{market, []org.Owner{{Unit: w.units["公共文化处"], Duty: org.LeadDuty, Post: w.culture.Post}}}}))
	v = w.owners(p)
	if o := w.item(v, "整治市场").Owners; len(o) != 1 || o[0].Post != w.culture.Post || v.Count.Unassigned != 0 {
		t.Errorf("%+v, %+v", o, v.Count)
	}
	w.must(w.office.AssignItems(t.Context(), w.cmd(w.clerk), p, []Assignment{{Item: market}}))
	if v = w.owners(p); v.Count.Unassigned != 1 {
		t.Errorf("taken away: %+v", v.Count)
	}
}

func TestDutyIsAnswered(t *testing.T) {
	w := newBureauTown(t)
	p := w.forced(services).Plan.ID
	w.must(w.office.AssignProposed(t.Context(), w.cmd(w.clerk), w.clerk, p))
	v := w.owners(p)
	books, hours := w.item(v, "送书下乡").ID, w.item(v, "延长开放").ID
	library := w.units["市图书馆"]
	for name, c := range map[string]struct {
		who  Who
		item id.Item
		unit id.Unit
	}{
		"of another unit":          {w.culture, books, library},
		"who only reports":         {w.reporter, books, library},
		"clerk of the office":      {w.clerk, books, library},
		"county for another":       {w.county, hours, w.units["望潮区"]},
		"a duty that is not there": {w.library, w.item(v, "整治市场").ID, library},
	} {
		if err := w.office.AnswerDuty(t.Context(), w.cmd(c.who), c.item, c.unit, true, ""); err == nil {
			t.Errorf("%s answers", name)
		}
	}
	w.must(w.office.AnswerDuty(t.Context(), w.cmd(w.library), hours, library, true, ""))
	if err := w.office.AnswerDuty(t.Context(), w.cmd(w.library), books, library, false, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("objected without a reason: %v", err)
	}
	const reason = "流通车已经报废，没有车送书"
	w.must(w.office.AnswerDuty(t.Context(), w.cmd(w.library), books, library, false, reason))
	v = w.owners(p)
	if i := w.item(v, "送书下乡"); !i.Objected() || v.Count.Objected != 1 || i.Owners[1].Reason != reason || i.Owners[1].AnsweredPost != w.library.Post {
		t.Errorf("%+v, %+v", i.Owners, v.Count)
	}
	last := w.entries()[len(w.entries())-1]
	if last.Kind != org.KindDutyAnswered || last.Class != "internal" || last.Field("state") != "objected" {
		t.Errorf("entry %+v", last.Entry)
	}
	// Assigning other units beside it lets the objection stand.
	w.must(w.office.AssignItems(t.Context(), w.cmd(w.clerk), p, []Assignment{{books, []org.Owner{
		{Unit: w.units["公共文化处"], Duty: org.LeadDuty}, {Unit: library, Duty: org.CooperatingDuty}, {Unit: w.units["艺术处"], Duty: org.CooperatingDuty}}}}))
	if v = w.owners(p); v.Count.Objected != 1 {
		t.Errorf("the objection went away: %+v", v.Count)
	}
	if err := w.office.UpholdDuty(t.Context(), w.cmd(w.library), books, library, ""); !fault.Is(err, fault.Denied) {
		t.Errorf("the unit upholds its own duty: %v", err)
	}
	w.must(w.office.UpholdDuty(t.Context(), w.cmd(w.clerk), books, library, "借用文化馆的车"))
	if v = w.owners(p); v.Count.Objected != 0 {
		t.Errorf("still objected: %+v", v.Count)
	}
	if err := w.office.AnswerDuty(t.Context(), w.cmd(w.library), books, library, false, "还是没有车"); !fault.Is(err, fault.Conflict) {
		t.Errorf("objected again: %v", err)
	}
	w.must(w.office.AnswerDuty(t.Context(), w.cmd(w.library), books, library, true, ""))
}

func TestDutiesOfAReader(t *testing.T) {
	w := newBureauTown(t)
	p := w.forced(services).Plan.ID
	draft := w.imported(strings.Replace(services, "服务方案", "草稿方案", 1))
	w.must(w.office.AssignProposed(t.Context(), w.cmd(w.clerk), w.clerk, p))
	count := func(who Who) (out []string) {
		t.Helper()
		all, err := w.office.Duties(t.Context(), who)
		w.must(err)
		for _, u := range all {
			for _, d := range u.Duties {
				if d.Plan.ID == draft.Plan.ID {
					t.Error("a draft is shown")
				}
				out = append(out, u.Unit.Name+" "+string([]rune(d.Item.Title)[:2])+" "+string(d.Owner.Duty))
			}
		}
		return out
	}
	for name, c := range map[string]struct {
		who  Who
		want string
	}{
		"library":  {w.library, "市图书馆 送书 cooperating; 市图书馆 延长 lead"},
		"reporter": {w.reporter, "市图书馆 送书 cooperating; 市图书馆 延长 lead"},
		"culture":  {w.culture, "公共文化处 送书 lead"},
		"county":   {w.county, "云溪县 延长 cooperating"},
		"clerk":    {w.clerk, ""},
	} {
		if got := strings.Join(count(c.who), "; "); got != c.want {
			t.Errorf("%s sees %s, want %s", name, got, c.want)
		}
	}
	d, err := w.office.Duty(t.Context(), w.library, w.item(w.owners(p), "送书下乡").ID, 0)
	w.must(err)
	if len(d.Targets) != 1 || d.Clause == "" || len(d.Others) != 1 || d.Others[0].Unit.Name != "公共文化处" || !d.Answers {
		t.Errorf("%+v", d)
	}
	market := w.item(w.owners(p), "整治市场").ID
	if _, err := w.office.Duty(t.Context(), w.library, market, 0); !fault.Is(err, fault.Missing) {
		t.Errorf("an item of nobody is shown: %v", err)
	}
	if _, err := w.office.UnitDuties(t.Context(), w.library, w.units["云溪县"]); !fault.Is(err, fault.Denied) {
		t.Errorf("another unit's duties are shown: %v", err)
	}
	if d, err := w.office.Duty(t.Context(), w.reporter, w.item(w.owners(p), "送书下乡").ID, 0); err != nil || d.Answers {
		t.Errorf("who reports answers: %+v, %v", d.Answers, err)
	}
	if one, err := w.office.UnitDuties(t.Context(), w.clerk, w.units["云溪县"]); err != nil || len(one.Duties) != 1 || one.Own {
		t.Errorf("the office sees %+v, %v", one, err)
	}
	if _, err := w.office.PlanOwners(t.Context(), w.library, p); !fault.Is(err, fault.Denied) {
		t.Errorf("a unit reads the plan: %v", err)
	}
	w.must(w.office.ClosePlan(t.Context(), w.cmd(w.leader), p, "办完了"))
	if got := count(w.library); len(got) != 0 {
		t.Errorf("a closed plan still asks for %v", got)
	}
}

func TestOwnerThatEnded(t *testing.T) {
	w := newBureauTown(t)
	p := w.forced(services).Plan.ID
	w.must(w.office.AssignProposed(t.Context(), w.cmd(w.clerk), w.clerk, p))
	library, museum := w.units["市图书馆"], w.units["市博物馆"]
	w.must(w.office.MergeUnit(t.Context(), w.cmd(w.admin), library, museum, "2011-10-01"))
	if v := w.owners(p); len(v.Ended) != 0 {
		t.Errorf("ended before its day: %+v", v.Ended)
	}
	w.now = w.now.AddDate(0, 2, 0)
	v := w.owners(p)
	if len(v.Ended) != 1 || v.Ended[0].Unit.ID != library || v.Ended[0].Next.ID != museum || v.Ended[0].Items != 2 {
		t.Fatalf("%+v", v.Ended)
	}
	head := w.who(w.library.Account) // went along with the post
	hours := w.item(v, "延长开放").ID
	all, err := w.office.Duties(t.Context(), head)
	w.must(err)
	if len(all) != 1 || all[0].Unit.ID != museum || len(all[0].Duties) != 2 || all[0].Duties[0].Unit.ID != library || !all[0].Duties[0].Answers {
		t.Fatalf("%+v", all)
	}
	w.must(w.office.AnswerDuty(t.Context(), w.cmd(head), hours, library, true, ""))
	if err := w.office.PassOn(t.Context(), w.cmd(w.clerk), p, w.units["艺术处"]); !fault.Is(err, fault.Conflict) {
		t.Errorf("passed on though it is there: %v", err)
	}
	// Another owner of the same item that ended too is no hindrance.
	w.must(w.office.CloseUnit(t.Context(), w.cmd(w.admin), w.units["望潮区"], "2011-10-05"))
	w.must(w.office.PassOn(t.Context(), w.cmd(w.clerk), p, library))
	v = w.owners(p)
	if got := said(v, w.item(v, "延长开放").Owners); len(v.Ended) != 1 || v.Ended[0].Next.ID != 0 || !strings.HasPrefix(got, "市博物馆*") {
		t.Errorf("%s, %+v", got, v.Ended)
	}
}

// What the words of the plan become later leaves the owners as they are, and tells so.
func TestWordsThatChanged(t *testing.T) {
	w := newBureauTown(t)
	r := w.forced(services)
	w.must(w.office.AssignProposed(t.Context(), w.cmd(w.clerk), w.clerk, r.Plan.ID))
	v := w.owners(r.Plan.ID)
	i := w.item(v, "送书下乡").Item
	i.Lead = "艺术处"
	amend := w.office.Amending(plan.Reason{Kind: plan.Erratum, Cause: "读错了"})
	w.must(amend.CorrectItem(t.Context(), w.cmd(w.clerk), r.Plan.ID, i, AsItStands))
	v = w.owners(r.Plan.ID)
	got := w.item(v, "送书下乡")
	if said(v, got.Owners) != "公共文化处* 市图书馆" || !got.Reworded() || w.item(v, "延长开放").Reworded() {
		t.Errorf("%s, reworded %v", said(v, got.Owners), got.Reworded())
	}
	w.must(w.office.AssignItems(t.Context(), w.cmd(w.clerk), r.Plan.ID, []Assignment{{i.ID, got.Proposed}}))
	if v = w.owners(r.Plan.ID); w.item(v, "送书下乡").Reworded() || said(v, w.item(v, "送书下乡").Owners) != "艺术处* 市图书馆" {
		t.Errorf("assigned anew: %s", said(v, w.item(v, "送书下乡").Owners))
	}
}

// Everybody sees who answers for what is released, and nothing of what units said.
func TestOwnersInPublic(t *testing.T) {
	w := newBureauTown(t)
	r := w.forced(services)
	p := r.Plan.ID
	w.must(w.office.AssignProposed(t.Context(), w.cmd(w.clerk), w.clerk, p))
	v := w.owners(p)
	books, hours := w.item(v, "送书下乡").ID, w.item(v, "延长开放").ID
	w.publish(p, books)
	i, err := w.public.Item(t.Context(), books)
	w.must(err)
	if len(i.Owners) != 2 || i.Owners[0].Unit.Name != "公共文化处" || i.Owners[0].Duty != org.LeadDuty {
		t.Errorf("%+v", i.Owners)
	}
	u, err := w.public.Unit(t.Context(), w.units["市图书馆"])
	w.must(err)
	if len(u.Items) != 1 || u.Items[0].ID != books || u.Duty[books] != org.CooperatingDuty {
		t.Errorf("%+v, %+v: what is not released is not shown", u.Items, u.Duty)
	}
	w.publish(p, hours)
	w.must(w.office.AssignItems(t.Context(), w.cmd(w.clerk), p, []Assignment{{books, []org.Owner{{Unit: w.units["艺术处"], Duty: org.LeadDuty}}}}))
	u, err = w.public.Unit(t.Context(), w.units["市图书馆"])
	w.must(err)
	if len(u.Items) != 1 || u.Items[0].ID != hours || u.Duty[hours] != org.LeadDuty {
		t.Errorf("%+v: the owners count, not the words", u.Items)
	}
	w.must(w.office.MergeUnit(t.Context(), w.cmd(w.admin), w.units["市图书馆"], w.units["市博物馆"], "2011-08-20"))
	if u, err = w.public.Unit(t.Context(), w.units["市博物馆"]); err != nil || len(u.Items) != 1 {
		t.Errorf("who goes on with it shows %+v: %v", u.Items, err)
	}
}

func TestAssignedEntriesTellAll(t *testing.T) {
	w := newBureauTown(t)
	p := w.forced(services).Plan.ID
	w.must(w.office.AssignProposed(t.Context(), w.cmd(w.clerk), w.clerk, p))
	n := 0
	for _, e := range w.entries() {
		if e.Kind == org.KindItemAssigned {
			n++
			if e.Class != "public" || e.Subject("plan") != p.String() || e.Field("lead") != "1" || e.Entry.Words != nil {
				t.Errorf("%+v", e.Entry)
			}
		}
	}
	if n != 2 {
		t.Errorf("%d entries", n)
	}
	w.must(w.db.Read(t.Context(), func(v *db.View) error {
		rows, err := db.Row(v, db.Value[int64], "SELECT COUNT(*) FROM item_owner WHERE city_id = $1", 1)
		if rows != 5 {
			t.Errorf("%d rows", rows)
		}
		return err
	}))
}
