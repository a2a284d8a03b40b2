package leader

import (
	"context"
	"net/http"
	"strings"

	"luoshi/internal/desk"
	"luoshi/internal/paper"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

func briefPath(v leaderView) string { return leaderOf(v.Plan.ID) + "/brief" }

// leaderBrief shows the 专报, to be printed on one sheet.
func leaderBrief(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	v, err := leading(s, r)
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, briefPage(v, leaderReport(r.Context(), v)))
	return nil
}

// leaderDocx gives the 专报 for Word.
func leaderDocx(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	v, err := leading(s, r)
	if err != nil {
		return err
	}
	content, err := paper.LeaderDocx(leaderReport(r.Context(), v))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
	w.Header().Set("Content-Disposition", page.Attachment("brief.docx", page.FileName(web.T(r.Context(), "领导小组专报"), string(v.Today))+".docx"))
	_, _ = w.Write(content) // a reader who hangs up needs no answer
	return nil
}

// longestOnPaper is how much of what a unit said stands in a cell, in runes.
const longestOnPaper = 60

func shortened(words string) string {
	runes := []rune(strings.Join(strings.Fields(words), " "))
	if len(runes) > longestOnPaper {
		return string(runes[:longestOnPaper]) + "…"
	}
	return string(runes)
}

// leaderReport is the 专报 in words.
func leaderReport(ctx context.Context, v leaderView) paper.LeaderReport {
	l := paper.LeaderReport{Title: web.T(ctx, "领导小组专报"),
		Lede:  []string{v.Plan.Title, web.Date(ctx, v.Today) + " " + web.Weekday(ctx, v.Today) + " " + v.phaseNow(ctx), v.headline(ctx)},
		Heads: [5]string{web.T(ctx, "事项"), web.T(ctx, "现在"), web.T(ctx, "谁的"), web.T(ctx, "为什么"), web.T(ctx, "请您定")},
		More: func(left int) string {
			return web.T(ctx, "另有 %s 件，在领导小组的页面上。", web.Count(left))
		},
		Notes: []string{web.T(ctx, "灯的规则：%s。没有报的是灰的，不红也不绿。", web.PresetWord(ctx, v.Rules.Preset))}}
	for _, t := range v.Troubles {
		l.Rows = append(l.Rows, troubleWords(ctx, t))
	}
	for _, lamp := range plan.OfficeLamps {
		var items []string
		for _, g := range v.groups(ctx) {
			for _, r := range g.Rows {
				if r.Whole.Lamp == lamp && r.Order == nil { // orders have a table of their own
					items = append(items, r.Number+" "+r.Item.Title)
				}
			}
		}
		if len(items) > 0 {
			l.States = append(l.States, [2]string{lampSigns[lamp.Tint()] + " " + web.LampWord(ctx, lamp), strings.Join(items, web.T(ctx, "、"))})
		}
	}
	l.Orders.Heads = [4]string{web.T(ctx, "编号"), web.T(ctx, "原话"), web.T(ctx, "谁办"), web.T(ctx, "现在")}
	for _, c := range v.Cases {
		if c.State == plan.OrderAccepted || len(l.Orders.Rows) == mostOrders {
			continue
		}
		unit := c.Unit.Name
		if unit == "" {
			unit = c.Item.Lead
		}
		now := page.OrderStateWord(ctx, c)
		if until := page.CaseUntil(ctx, c, v.Today); until != "" {
			now += "\n" + until
		}
		l.Orders.Rows = append(l.Orders.Rows, [4]string{c.Order.Number(), shortened(c.Order.Words), unit, now})
	}
	return l
}

// mostOrders is how many orders stand on the sheet.
const mostOrders = 5

// lampSigns are the shapes of lamps as signs of a text.
var lampSigns = map[plan.Tint]string{plan.Red: "■", plan.Amber: "▲", plan.Blue: "△", plan.Green: "●", plan.Grey: "○"}

// troubleWords is one row of the 专报.
func troubleWords(ctx context.Context, t desk.Trouble) paper.LeaderRow {
	now := lampSigns[t.Cell.Lamp.Tint()] + " " + web.LitWord(ctx, t.Cell.LampLit)
	if since := sinceWords(ctx, t.Cell.LampLit); since != "" {
		now += "\n" + since
	}
	whose := web.T(ctx, "还没有分给单位")
	if t.Unit.ID != 0 {
		whose = t.Unit.Name
		if t.Holder.Title != "" {
			whose += "\n" + strings.TrimSpace(t.Holder.Title+" "+t.Holder.Name)
		}
	}
	reason := web.LampSentence(ctx, t.Cell.LampLit)
	if t.Report != nil && t.Report.Difficulty != "" {
		reason += "\n" + shortened(t.Report.Difficulty)
	}
	if n := len(t.Others); n > 0 {
		reason += "\n" + web.T(ctx, "还有 %s 个单位", web.Count(n))
	}
	asked := web.T(ctx, "没有提。")
	if asks(t) {
		asked = shortened(t.Report.Need)
		if t.Report.NeedFrom != "" {
			asked += "\n" + web.T(ctx, "要找：%s", t.Report.NeedFrom)
		}
	}
	title := t.Row.Item.Title
	for _, c := range t.Row.Whole.Counts {
		title += "\n" + namedFigure(ctx, c)
	}
	return paper.LeaderRow{title, now, whose, reason, asked}
}
