package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/plan"
)

// issued is a plan, and reissued the same with five planted changes: one paragraph
// moved, one reworded, one number changed, one new, one dropped.
const (
	issued = `安澜市图书馆服务月方案

一、指导思想
让读书的人更方便。
二、重点项目
1、送书下乡。2011年底前送图书3000册到农村。（市图书馆负责）
2、办好展览。2011年底前举办巡回展览20场。（市博物馆负责）
3、培训骨干。2011年底前培训基层文化骨干200名。（市文化馆负责）
4、延长开放时间。2011年11月底前完成夜间开放的准备工作。（市图书馆负责）
三、工作要求
各馆的工作方案在2011年9月23日之前报送局办公室，逾期不报的予以通报。
2011年8月8日
`
	reissued = `安澜市图书馆服务月方案

一、指导思想
让读书的人更方便。
二、重点项目
1、培训骨干。2011年底前培训基层文化骨干200名。（市文化馆负责）
2、送书下乡。2011年底前送图书3600册到农村。（市图书馆负责）
3、延长开放时间。2011年11月底前完成夜间开放的准备工作。（市图书馆负责）
4、建设分馆。2011年底前建成图书馆分馆5个。（市图书馆负责）
三、工作要求
各馆工作方案应当在2011年9月23日之前报送到局办公室，逾期不报的一律予以通报批评。
2011年10月8日
`
)

// inForceOn is a plan in force as it is read from a text.
func inForceOn(text string, base int64) (plan.Draft, document.Source, plan.Structure) {
	source := document.Source{Text: text}
	read := plan.ReadSource(source, nil)
	d := plan.NewDraft(read).Numbered(base)
	for k := range d.Items {
		d.Items[k].Document = d.Plan.Document
	}
	d.Plan.State = plan.InForce
	d.Freeze()
	return d, source, read
}

func TestReissueWithPlantedChanges(t *testing.T) {
	now, source, read := inForceOn(issued, 1_000_000)
	fresh := document.Source{Text: reissued}
	r := plan.Reissued(source, read, fresh, plan.ReadSource(fresh, nil), now)
	var got []string
	for _, d := range r.Differences {
		got = append(got, fmt.Sprintf("%s %s %s→%s sets %d ends %d adds %d/%d/%d as %s", d.Kind, d.What, d.From, d.To, len(d.Effect.Sets), len(d.Effect.Ends),
			len(d.Effect.Adds.Items), len(d.Effect.Adds.Targets), len(d.Effect.Adds.Milestones), d.Amends()))
	}
	want := `moved  → sets 2 ends 0 adds 0/0/0 as text
number 送图书到农村 3,000 册→3,600 册 sets 1 ends 0 adds 0/0/0 as replan
dropped  → sets 0 ends 2 adds 0/0/0 as replan
new  → sets 0 ends 0 adds 1/1/0 as replan
reworded  → sets 1 ends 0 adds 0/0/0 as text
reworded  → sets 0 ends 0 adds 0/0/0 as text`
	if strings.Join(got, "\n") != want {
		t.Errorf("differences:\n%s\nwant:\n%s", strings.Join(got, "\n"), want)
	}
	placed := map[string]bool{}
	for _, s := range r.Places {
		placed[s.Noun+" "+s.Key] = true
	}
	for _, i := range now.Items {
		// What was moved waits for somebody to say so, what was dropped has no place any more.
		if waits := strings.Contains(i.Title, "培训骨干") || strings.Contains(i.Title, "办好展览"); placed["item "+i.ID.String()] == waits {
			t.Errorf("%s: placed %v", i.Title, !waits)
		}
	}
}

// The same document changes nothing, and every record keeps its words.
func TestReissueOfTheSame(t *testing.T) {
	now, source, read := inForceOn(issued, 1_000_000)
	r := plan.Reissued(source, read, source, read, now)
	if len(r.Differences) != 0 {
		t.Errorf("differences: %+v", r.Differences)
	}
	if want := len(now.Items) + len(now.Targets) + len(now.Milestones) + len(now.Phases); len(r.Places) < want {
		t.Errorf("%d places for %d records", len(r.Places), want)
	}
	for _, s := range r.Places {
		for _, target := range now.Targets {
			if s.Key == target.ID.String() && s.Fields.Said("Quote") != target.Quote {
				t.Errorf("%s became %s", target.Quote, s.Fields.Said("Quote"))
			}
		}
	}
}
