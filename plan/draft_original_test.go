package plan_test

import (
	"strings"
	"testing"
	"time"

	"luoshi/document"
	"luoshi/plan"
)

// The task table keeps what was promised at first beside what is promised now.
func TestTaskTableKeepsTheOriginal(t *testing.T) {
	text := "一、重点项目\n1、送书下乡。2011年底前送图书3000册。\n2、办展览。2012年底前办展览20场。\n"
	source := document.Source{Text: text}
	d := plan.NewDraft(plan.ReadSource(source, nil)).Numbered(100)
	d.Plan.State = plan.InForce
	d.Freeze()
	was, item := d.Targets[0], d.Items[len(d.Items)-1]
	is := was
	is.Value = plan.Whole(2500)
	gone := item
	gone.Standing = plan.Cancelled
	first, _ := plan.EditOf("target", is.ID.String(), &was, &is)
	second, _ := plan.EditOf("item", item.ID.String(), &item, &gone)
	edits := []plan.Edit{second}
	d.Targets[0], d.Items[len(d.Items)-1] = is, gone
	for k, target := range d.Targets {
		if target.Item == item.ID {
			ended := target
			ended.Standing = plan.Cancelled
			e, _ := plan.EditOf("target", target.ID.String(), &target, &ended)
			edits = append(edits, e)
			d.Targets[k] = ended
		}
	}
	d.Amendments = []plan.Amendment{{Version: 2, Reason: plan.Reason{Kind: plan.Replan}, At: time.Now(), Parts: []plan.AmendmentPart{{Item: is.Item, Edits: []plan.Edit{first}}, {Item: item.ID, Edits: edits}}}}
	table := plan.DraftTasks(d.Parted(), source, nil)
	var all []string
	for _, task := range table.Tasks {
		all = append(all, task.Title+"："+strings.Join(task.Targets, "|"))
	}
	got := strings.Join(all, "\n")
	for _, words := range []string{"2,500 册", "原定：", "3,000 册", "办展览（已取消）", "取消：", "20 场"} {
		if !strings.Contains(got, words) {
			t.Errorf("no %s in\n%s", words, got)
		}
	}
}
