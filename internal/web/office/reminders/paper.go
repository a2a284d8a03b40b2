package reminders

import (
	"fmt"
	"net/http"
	"strconv"

	"luoshi/internal/desk"
	"luoshi/internal/paper"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/reminder"
)

// reminderSlips gives the slips of one act of chasing for Word.
func reminderSlips(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	v, err := chasedOf(s, r)
	if err != nil {
		return err
	}
	if !v.Channel.Slip() {
		return desk.ErrMissing
	}
	var slips []paper.ReminderSlip
	for _, one := range v.All {
		slips = append(slips, slipOf(s, r, one))
	}
	content, err := paper.ReminderDocx(slips)
	if err != nil {
		return err
	}
	name := channelWord(r.Context(), v.Channel)
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
	w.Header().Set("Content-Disposition", page.Attachment("slips.docx", page.FileName(name, v.All[0].SlipNumber()+"起")+".docx"))
	_, _ = w.Write(content) // a reader who hangs up needs no answer
	return nil
}

// slipOf is a slip in words. It leaves the house, and so is in the language of the documents.
func slipOf(s *page.Side, r *http.Request, one desk.SentReminder) paper.ReminderSlip {
	ctx := web.With(r.Context(), web.Page{City: web.Of(r.Context()).City})
	bureau := web.Of(ctx).City.Bureau
	slip := paper.ReminderSlip{
		Title: bureau + channelWord(ctx, one.Channel), Number: one.SlipNumber(), To: one.Of.Name + "：",
		Body:  fmt.Sprintf("截至%s，下列事项到期，还没有收到你单位的回音。先请说明情况，不是处分。", web.Date(ctx, one.Day)),
		Heads: [4]string{"序号", "事项", "要什么", "期限"},
		Ask: fmt.Sprintf("请于%s以前报来，或者填回执寄回、送回。一时办不了的，写明卡在哪里、需要谁帮。也可以在网上办：打开 %s ，登录后直接到这些事。", web.Date(ctx, one.By),
			shortLink(s, r, one.Number)),
		Sign: bureau + "\n" + web.Date(ctx, one.Day), Reply: "回　执",
		Blanks: []paper.ReplyBlank{{Head: "编号", Words: one.SlipNumber()}, {Head: "单位", Words: one.Of.Name}, {Head: "办到哪里了", Words: one.Reply, Lines: 2},
			{Head: "什么时候办完"}, {Head: "需要谁帮"}, {Head: "负责人签字", Lines: 1}, {Head: "联系人、电话"}},
	}
	if one.Channel == reminder.SupervisionSlip {
		slip.Facts = [][2]string{{"督办单位", bureau}, {"承办单位", one.Of.Name}, {"发出日期", web.Date(ctx, one.Day)},
			{"要求答复", fmt.Sprintf("%s以前", web.Date(ctx, one.By))}, {"签发人", "\n"}}
		slip.Blanks[2].Lines = 5 // it stands on a page of its own
	}
	if p := web.Of(ctx).City.Phone; p != "" {
		slip.Sign += "\n" + fmt.Sprintf("（电话：%s）", p)
	}
	for i, o := range one.Things {
		due := web.Date(ctx, o.Due)
		if o.Late(one.Day) {
			due += "\n" + fmt.Sprintf("过了 %s 个工作日", web.Count(o.Due.Workdays(one.Day)))
		}
		slip.Rows = append(slip.Rows, [4]string{strconv.Itoa(i + 1), o.Title, owedWhat(ctx, o), due})
	}
	return slip
}
