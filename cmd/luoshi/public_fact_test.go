package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"
)

func init() {
	for _, column := range []string{"fact_person.id", "fact_doubt.id", "goal_share_draft.goal_id", "goal_share_draft.above_id", "fact_close.unit_id", "fact_close.month"} {
		keptApart[column] = "a key"
	}
	keptApart["fact_doubt.fact_id"] = "a foreign key"
}

// countedTown are facts of an indicator that is public, and of one that is not.
type countedTown struct {
	shown, village string   // the public indicator; where it was reported
	facts          []string // of both
	hidden         string   // the indicator that is not public
	doubted        string
}

// counted counts the target of an item by two indicators, of which one is made public, and
// lets a village report both, with words that stay inside.
func (h *house) counted(plan, item string) (out countedTown) {
	h.Helper()
	ctx := h.Context()
	who := h.somebody("account.open")
	clerk, leader := h.somebody("indicator.open"), h.somebody("plan.publish")
	cmd := func(w desk.Who) desk.Cmd { return h.office.Cmd(w, web.NewCommand()) }
	top, err := h.office.CityUnit(ctx)
	h.must(err)
	below := top
	for _, u := range []org.Unit{{Level: org.County, Name: "望潮区"}, {Level: org.Township, Name: "青石镇"}, {Level: org.Village, Name: "上塘村"}} {
		u.From = "2011-01-01"
		made, err := h.office.OpenUnits(ctx, cmd(who), below, []org.Unit{u})
		h.must(err)
		below = made[0]
		if u.Level == org.Township {
			h.must(h.office.DescribeUnit(ctx, cmd(who), below, desk.UnitWork{Phone: "0580-1110002"}))
		}
	}
	of, err := id.Of[id.Plan](plan)
	h.must(err)
	p, err := h.public.Plan(ctx, of)
	h.must(err)
	var told []desk.FactTold
	for k, i := range []fact.Indicator{{Name: "送图书", Measure: "册", Aggregation: fact.Sum}, {Name: secret, Measure: "人", Definition: secret, Aggregation: fact.Distinct, Subjects: fact.Persons}} {
		_, err := h.office.SetGoalWith(ctx, cmd(clerk), fact.Goal{Target: p.Targets[0].ID, From: "2011-01-01", To: "2011-12-31"}, i)
		h.must(err)
		all, err := h.office.Indicators(ctx, clerk)
		h.must(err)
		one := desk.FactTold{Indicator: all[len(all)-1].ID, Unit: below, Day: h.office.Today(), Quantity: document.Whole(1), Class: fact.OwnWord, Note: secret}
		if k == 0 {
			one.Quantity, out.shown = document.Whole(40), one.Indicator.String()
			h.must(h.office.ReleaseIndicator(ctx, cmd(leader), one.Indicator, true))
		} else {
			one.Subject, out.hidden = secret, one.Indicator.String()
		}
		told = append(told, one)
	}
	taken, err := h.office.ReportFactsBelow(ctx, cmd(clerk), top, told, fact.ByGrid)
	h.must(err)
	out.village, out.facts, out.doubted = below.String(), []string{taken.First.String(), taken.Last.String()}, taken.First.String()
	h.must(h.public.Doubt(ctx, web.NewCommand(), taken.First, secret))
	return out
}

// somebody finds a person of the house who may do an act everywhere.
func (h *house) somebody(act string) desk.Who {
	h.Helper()
	var accounts []id.Account
	h.must(h.db.Read(h.Context(), func(v *db.View) (err error) {
		accounts, err = db.Rows(v, db.Value[id.Account], "SELECT id FROM account WHERE city_id = $1 ORDER BY id", h.city)
		return err
	}))
	for _, a := range accounts {
		if w, err := h.office.Who(h.Context(), a); err == nil && w.MayEverywhere(act) {
			return w
		}
	}
	h.Fatalf("nobody may do %s", act)
	return desk.Who{}
}

var doubtCommand = regexp.MustCompile(`name="command" value="(\w+)"`)

// Everybody sees promise beside fact, what came to a village, and takes the facts along; who
// lives there says without an account that something never came.
func TestEverybodyReadsWhatCame(t *testing.T) {
	h := open(t)
	admin := h.found()
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	plan := clerk.forced(leaflet)
	items := leader.published(plan, 0)
	h.now = h.now.Add(48 * time.Hour)
	c := h.counted(plan, items[0])
	reader := h.stranger()
	for _, i := range items {
		page := reader.get("/items/"+i, 200)
		if !strings.Contains(page, "数到哪里了") {
			continue
		}
		reader.wants(page, "送图书", "3,000", "还差 3,000 册", "单位报来 40 册，核实了、算数的 0", "1 个村、社区里，1 个报过", "望潮区", "还没有核实", "一次一次加起来")
		c.doubted += " seen"
	}
	if !strings.HasSuffix(c.doubted, " seen") {
		t.Error("no item shows its figures")
	}
	village := reader.get("/units/"+c.village, 200)
	reader.wants(village, "送图书", "40 <span", "单位报的，还没核实", "没有来过？", "0580-1110002</b> <span lang=\"zh-Hans\">青石镇")
	reader.wants(reader.get("/units/"+c.village+"/notice", 200), "上塘村", "/units/"+c.village, "不用登记", "打电话 0580‑1110002")
	facts := reader.get("/data/facts.csv?indicator="+c.shown+"&month=2011-08", 200)
	if want := c.facts[0] + "," + c.shown + "," + c.village + ",,2011-08-10,"; !strings.HasPrefix(facts, "fact,indicator,unit,place,day,instant,quantity,subject,state,class,corrects,claimed\n"+want) || !strings.HasSuffix(facts, ",40,,reported,C,,C\n") {
		t.Errorf("facts.csv: %q", facts)
	}
	if got, want := reader.get("/data/rollup.csv?unit="+c.village, 200), "indicator,unit,month,reported,counted\n"+c.shown+","+c.village+",2011-08,40,0\n"; got != want {
		t.Errorf("rollup.csv: %q, want %q", got, want)
	}
	reader.wants(reader.get("/data/facts", 200), c.facts[0], `"next":null`)
	reader.wants(reader.get("/data/rollup", 200), `"reported":"40"`)
	reader.wants(reader.get("/data/indicators.csv", 200), c.shown+",送图书,册,sum,up,C,,\n")
	for _, path := range []string{"/data/facts.csv?indicator=" + c.hidden, "/data/facts?indicator=" + c.hidden, "/facts/" + c.facts[1] + "/doubt", "/data/rollup?unit=x"} {
		reader.get(path, http.StatusNotFound)
	}
	reader.get("/data/facts.csv?month=2011", http.StatusUnprocessableEntity)
	if page := reader.get("/data", 200); strings.Contains(page, secret) || !strings.Contains(page, "可以自由使用") {
		t.Error("the page about the data")
	}
	form := reader.get("/facts/"+c.facts[0]+"/doubt", 200)
	command := doubtCommand.FindStringSubmatch(form)[1]
	for range 2 { // sent twice, taken down once
		reader.wants(reader.post("/facts/"+c.facts[0]+"/doubt", 200, "command", command, "words", "那天没有人来"), "记下了")
	}
	reader.wants(reader.post("/facts/"+c.facts[0]+"/doubt", http.StatusUnprocessableEntity, "words", strings.Repeat("长", 201)), "长长长", "您填的内容都还在下面")
	which, err := id.Of[id.Fact](c.facts[0])
	h.must(err)
	all, err := h.office.Doubts(t.Context(), h.somebody("indicator.open"), which)
	if err != nil || len(all) != 2 || all[1].Words != "那天没有人来" {
		t.Errorf("%+v, %v", all, err)
	}
	clerk.wants(plain(clerk.get("/office/facts/"+c.facts[0], 200)), "有人说没有来过", "那天没有人来")
	for range 30 {
		r, err := http.NewRequest("POST", h.server.URL+"/facts/"+c.facts[0]+"/doubt", strings.NewReader("command="+web.NewCommand()))
		h.must(err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if status, _, _ := reader.send(r); status == http.StatusServiceUnavailable {
			return
		}
	}
	t.Error("one reader may say as much as he likes")
}
