package reminders

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/progress"
	"luoshi/reminder"
)

func calledPath(number int64) string {
	return page.RemindersPath + "/calls/" + strconv.FormatInt(number, 10)
}

func periodWord(ctx context.Context, key string) string {
	return web.PeriodName(ctx, progress.Period(key))
}

// chase asks how what was ticked is to be chased, and shows what will be said.
func chase(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	sh := page.Sheet{Title: web.T(ctx, "催办"), Back: page.RemindersPath, Button: web.T(ctx, "就这样催"), Hidden: []string{"owed"}, Bare: page.IsBare(r)}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		c := desk.Chasing{Channel: reminder.Channel(f.Value("channel")), By: calendar.Day(f.Value("by"))}
		if _, err := calendar.ParseDay(f.Value("by")); err != nil {
			c.By = ""
		}
		for _, key := range f.Values["owed"] {
			t, err := reminder.ParseThing(key)
			if err != nil {
				return "", err
			}
			c.Things = append(c.Things, t)
		}
		first, err := s.Office.Chase(ctx, cmd, c)
		return chasedPath(first), err
	}
	if sh.Bare {
		return sh, nil
	}
	all, err := s.Office.Owed(ctx, page.Who(ctx))
	if err != nil {
		return page.Sheet{}, err
	}
	ways, err := ways(s, ctx)
	if err != nil {
		return page.Sheet{}, err
	}
	if err := r.ParseForm(); err != nil {
		return page.Sheet{}, desk.ErrMissing
	}
	channel := r.FormValue("channel")
	if !slices.Contains(ways, reminder.Channel(channel)) {
		channel = string(reminder.Copy)
	}
	sh.Stands = url.Values{"owed": r.Form["owed"], "channel": {channel}, "by": {string(s.Office.ChaseDay())}}
	if err := reminder.CheckChase(reminder.Copy, make([]reminder.Thing, min(len(sh.Stands["owed"]), 1)), s.Office.Today(), s.Office.Today()); err != nil {
		sh.Stop = fault.Of(err)
		return sh, nil
	}
	choices := make([]web.Choice, len(ways))
	for i, c := range ways {
		choices[i] = web.Choice{Value: string(c), Words: wayWords(ctx, c)}
	}
	sh.Inputs = []page.Input{{Name: "channel", Kind: "radio", Label: web.T(ctx, "怎么催"), Choices: choices},
		{Name: "by", Kind: "date", Label: web.T(ctx, "请单位哪天以前回话")}}
	sh.Lede = web.T(ctx, "催的时候先请单位说明，不是处分。每个单位记一条，带一个短链接；单位打开过没有，看得到。")
	v := owedView{Today: s.Office.Today(), Filter: owedFilter{Soon: true}}
	v.fill(slices.DeleteFunc(all, func(l desk.ChaseLine) bool { return !slices.Contains(sh.Stands["owed"], l.Key()) }))
	sh.Below = chasePreview(v)
	return sh, nil
}

// wayWords says what a channel does.
func wayWords(ctx context.Context, c reminder.Channel) string {
	switch c {
	case reminder.Copy:
		return web.T(ctx, "给一段文字，复制到群里或者私信")
	case reminder.Phone:
		return web.T(ctx, "打电话：列出号码，打一个勾一个")
	case reminder.ChaseSlip:
		return web.T(ctx, "印催办单（带回执）")
	case reminder.SupervisionSlip:
		return web.T(ctx, "印督办单（带回执）")
	case reminder.SMS:
		return web.T(ctx, "发短信，每个人一天最多一条")
	case reminder.Mail:
		return web.T(ctx, "发邮件，每个人一天最多一封")
	}
	return web.T(ctx, "让群机器人说一次")
}

// chasedView is what one act of chasing made.
type chasedView struct {
	First   id.Reminder
	All     []desk.SentReminder
	Channel reminder.Channel
	Texts   []string // for each of All, the text to be pasted
	Today   calendar.Day
	Done    string
	Calls   bool
	Command []web.Form // for each of All, the form by which a call is ticked
}

// remindersChased shows what one act of chasing made: texts, numbers to call, slips.
func remindersChased(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	v, err := chasedOf(s, r)
	if err == nil {
		web.Show(w, r, http.StatusOK, remindersChasedPage(v))
	}
	return err
}

func chasedOf(s *page.Side, r *http.Request) (v chasedView, err error) {
	ctx := r.Context()
	if v.First, err = id.Of[id.Reminder](r.PathValue("reminder")); err != nil {
		return v, desk.ErrMissing
	}
	if v.All, err = s.Office.Chased(ctx, page.Who(ctx), v.First); err != nil {
		return v, err
	}
	v.Channel, v.Today, v.Done, v.Calls = v.All[0].Channel, s.Office.Today(), r.URL.Query().Get("done"), page.Who(ctx).May("reminder.send")
	for _, a := range v.All {
		v.Texts = append(v.Texts, reminder.Letter(a.Of.Name, a.Things, a.By, shortLink(s, r, a.Number), sender(s, ctx), a.Day))
		v.Command = append(v.Command, web.NewForm(nil))
	}
	return v, nil
}

// shortLink is the address of a reminder as somebody elsewhere opens it: of the office
// as it was set, or as this request came.
func shortLink(s *page.Side, r *http.Request, number int64) string {
	path := gotPath(number)
	if rules, err := s.Office.ReminderRules(r.Context()); err == nil && rules.Address != "" {
		return rules.Address + path
	}
	return page.AddressOf(r.WithContext(web.With(r.Context(), web.Page{})), path)
}

func sender(s *page.Side, ctx context.Context) reminder.Sender {
	c := web.Of(ctx).City
	return reminder.Sender{Bureau: c.Bureau, Phone: c.Phone}
}

var errNotYours = fault.New(fault.Denied, "这是催别的单位的，由那个单位的人回复。")

// callMade notes that a unit was called.
func callMade(s *page.Side, r *http.Request) (page.Sheet, error) {
	number, err := strconv.ParseInt(r.PathValue("number"), 10, 64)
	if err != nil {
		return page.Sheet{}, desk.ErrMissing
	}
	ctx := r.Context()
	got, err := s.Office.GotReminder(ctx, page.Who(ctx), number)
	if err != nil {
		return page.Sheet{}, err
	}
	back := chasedPath(got.Chase)
	return page.Sheet{Title: web.T(ctx, "打过电话了"), Quote: got.Of.Name, Back: back, Button: web.T(ctx, "打过了"),
		Act: func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
			return back + "?done=called", s.Office.CallMade(ctx, cmd, number)
		}}, nil
}

// remindersSent lists what was sent and done lately.
func remindersSent(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	unit, wrong := id.Of[id.Unit](r.URL.Query().Get("unit"))
	if wrong != nil {
		unit = 0
	}
	all, err := s.Office.Reminders(r.Context(), page.Who(r.Context()), unit)
	if err == nil {
		web.Show(w, r, http.StatusOK, remindersSentPage(all))
	}
	return err
}

// replyReminder is the page to which a short link leads: what is asked for, where to do
// it, and room for a reply.
func replyReminder(s *page.Side, r *http.Request) (page.Sheet, error) {
	number, err := strconv.ParseInt(r.PathValue("number"), 10, 64)
	if err != nil {
		return page.Sheet{}, desk.ErrMissing
	}
	ctx := r.Context()
	got, err := s.Office.GotReminder(ctx, page.Who(ctx), number)
	if err != nil {
		return page.Sheet{}, err
	}
	if r.Method == http.MethodGet && got.Opened == "" && got.Replies {
		opened(s, r, &got)
	}
	sh := page.Sheet{Title: web.T(ctx, "%s：有 %s 件事在等", got.Of.Name, web.Count(len(got.Things))), Back: page.DutiesPath, Button: web.T(ctx, "回复"),
		Lede: web.T(ctx, "先请您说明情况，不是处分。能办的现在就办；一时办不了的，写一句卡在哪里、需要谁帮。"), Stands: url.Values{"reply": {got.Reply}},
		Inputs: []page.Input{{Name: "reply", Kind: "area", Rows: "4", Label: web.T(ctx, "回复"), Hint: web.T(ctx, "请在%s以前回。最多 500 个字，局办公室看得到，不公开。", web.Date(ctx, got.By))}}}
	sh.Above = gotReminder(got, s.Office.Today())
	if !got.Replies {
		sh.Stop, sh.Below = errNotYours, sh.Above
		sh.Above = nil
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return desk.ReminderPath + r.PathValue("number") + "?done=replied", s.Office.ReplyReminder(ctx, cmd, number, f.Value("reply"))
	}
	if r.URL.Query().Get("done") == "replied" {
		sh.Said = web.T(ctx, "回复了。局办公室看得到。")
	}
	return sh, nil
}

// gotPath leads to a reminder as its unit sees it.
func gotPath(number int64) string { return desk.ReminderPath + strconv.FormatInt(number, 10) }

// gotReminders lists the reminders to the units of somebody's posts.
func gotReminders(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	all, err := s.Office.GotReminders(r.Context(), page.Who(r.Context()))
	if err == nil {
		web.Show(w, r, http.StatusOK, gotRemindersPage(all))
	}
	return err
}

// opened notes that the link was followed. That it cannot be noted keeps nobody from
// what is asked of them.
func opened(s *page.Side, r *http.Request, got *desk.GotReminder) {
	if err := s.Office.OpenReminder(r.Context(), s.Office.Cmd(page.Who(r.Context()), web.NewCommand()), got.Number); err != nil {
		web.Log(r, err)
		return
	}
	got.Opened = s.Office.Today()
}

// chasedPath leads to what was sent in one go, named by its first reminder.
func chasedPath(first id.Reminder) string { return page.RemindersPath + "/chases/" + first.String() }
