package accounts

import (
	"context"
	"net/http"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/desk"
	"luoshi/internal/paper"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// handedOverDocx gives the list for signature for Word.
func handedOverDocx(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	h, err := handoverOf(s, r)
	if err != nil {
		return err
	}
	content, err := paper.HandoverDocx(handoverList(r.Context(), h, s.Office.Today()))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
	w.Header().Set("Content-Disposition", page.Attachment("handover.docx", page.FileName(web.T(r.Context(), "交接清单"), h.Posts[0].UnitName+string(h.First))+".docx"))
	_, _ = w.Write(content) // a reader who hangs up needs no answer
	return nil
}

// handoverList is the list for signature in words.
func handoverList(ctx context.Context, h desk.HandedOver, today calendar.Day) paper.HandoverList {
	var posts []string
	for _, p := range h.Posts {
		posts = append(posts, p.UnitName+" · "+p.Title)
	}
	list := paper.HandoverList{
		Title: web.T(ctx, "交接清单"),
		Facts: [][2]string{
			{web.T(ctx, "移交人"), accountName(ctx, h.From)}, {web.T(ctx, "接交人"), accountName(ctx, h.To)}, {web.T(ctx, "岗位"), strings.Join(posts, "\n")},
			{web.T(ctx, "移交人最后一天"), web.Date(ctx, h.Last())}, {web.T(ctx, "接交人第一天"), web.Date(ctx, h.First)},
			{web.T(ctx, "移交人的账号"), accountAfter(ctx, h, today)}, {web.T(ctx, "谁办的"), h.DoneBy + " " + web.Date(ctx, h.Done)},
		},
		Heads:    [5]string{web.T(ctx, "编号"), web.T(ctx, "任务"), web.T(ctx, "分工"), web.T(ctx, "什么时候要办成什么"), web.T(ctx, "现在")},
		Told:     web.T(ctx, "当面说明的事"),
		SignHead: [3]string{"", web.T(ctx, "签字"), web.T(ctx, "日期")},
		Signs:    []string{web.T(ctx, "移交人"), web.T(ctx, "接交人"), web.T(ctx, "监交人")},
	}
	for _, of := range byPlan(h.Along.Duties) {
		list.Duties = append(list.Duties, dutyPart(ctx, web.T(ctx, "任务"), of, today))
	}
	for _, of := range byPlan(h.Along.Orders) {
		list.Duties = append(list.Duties, dutyPart(ctx, web.T(ctx, "批示、纪要和交办"), of, today))
	}
	var asked []string
	for _, c := range h.Along.Asked {
		asked = append(asked, c.Title+" "+web.T(ctx, "%s以前交（含当日）", web.Date(ctx, c.Due))+" "+page.SituationWord(ctx, c.State))
	}
	list.Add(web.T(ctx, "要交的材料"), asked)
	var groups []string
	for _, g := range h.Along.Groups {
		groups = append(groups, g.Name+" · "+web.Word(ctx, g.Place))
	}
	list.Add(web.T(ctx, "领导小组"), groups)
	for _, part := range []struct {
		title string
		plans []desk.HandedPlan
	}{
		{web.T(ctx, "做过还没有启用的方案草稿"), h.Along.Drafts}, {web.T(ctx, "收进来还没有照着改的重新印发的文件"), h.Along.Reissues},
		{web.T(ctx, "准备公开还没有公开的方案"), h.Along.Previews},
	} {
		var lines []string
		for _, p := range part.plans {
			lines = append(lines, strings.TrimSpace(p.Title+" "+openWords(ctx, p)))
		}
		list.Add(part.title, lines)
	}
	return list
}

func dutyPart(ctx context.Context, title string, duties []desk.HandedDuty, today calendar.Day) paper.HandoverPart {
	part := paper.HandoverPart{Title: title + " " + web.T(ctx, "%s 件", web.Count(len(duties))) + web.T(ctx, "：") + duties[0].PlanTitle}
	for _, d := range duties {
		var dues []string
		for _, l := range dueLines(d) {
			dues = append(dues, strings.TrimSpace(string(l.Day)+" "+l.Words))
		}
		if len(dues) == 0 {
			dues = []string{web.T(ctx, "没有写")}
		}
		title := d.Item.Title
		if d.ByName {
			title += "\n" + web.T(ctx, "责任人写着移交人的姓名，请改成接手的人")
		}
		part.Rows = append(part.Rows, [5]string{d.Number, title, partWords(ctx, d.Part), strings.Join(dues, "\n"), web.LampWord(ctx, d.Lamp(today))})
	}
	return part
}
