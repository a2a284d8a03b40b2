package office

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
	"luoshi/progress"
	"luoshi/reminder"
)

func chasedPath(first id.Reminder) string { return remindersPath + "/chases/" + first.String() }

func calledPath(number int64) string {
	return remindersPath + "/calls/" + strconv.FormatInt(number, 10)
}

func periodWord(ctx context.Context, key string) string {
	return web.PeriodName(ctx, progress.Period(key))
}

// chase asks how what was ticked is to be chased, and shows what will be said.
func chase(s *side, r *http.Request) (sheet, error) {
	ctx := r.Context()
	sh := sheet{title: web.T(ctx, "催办"), back: remindersPath, button: web.T(ctx, "就这样催"), hidden: []string{"owed"}, bare: isBare(r)}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
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
		first, err := s.office.Chase(ctx, cmd, c)
		return chasedPath(first), err
	}
	if sh.bare {
		return sh, nil
	}
	all, err := s.office.Owed(ctx, who(ctx))
	if err != nil {
		return sheet{}, err
	}
	ways, err := s.ways(ctx)
	if err != nil {
		return sheet{}, err
	}
	if err := r.ParseForm(); err != nil {
		return sheet{}, desk.ErrMissing
	}
	channel := r.FormValue("channel")
	if !slices.Contains(ways, reminder.Channel(channel)) {
		channel = string(reminder.Copy)
	}
	sh.stands = url.Values{"owed": r.Form["owed"], "channel": {channel}, "by": {string(s.office.ChaseDay())}}
	if err := reminder.CheckChase(reminder.Copy, make([]reminder.Thing, min(len(sh.stands["owed"]), 1)), s.office.Today(), s.office.Today()); err != nil {
		sh.stop = fault.Of(err)
		return sh, nil
	}
	choices := make([]web.Choice, len(ways))
	for i, c := range ways {
		choices[i] = web.Choice{Value: string(c), Words: wayWords(ctx, c)}
	}
	sh.inputs = []input{{name: "channel", kind: "radio", label: web.T(ctx, "怎么催"), choices: choices},
		{name: "by", kind: "date", label: web.T(ctx, "请单位哪天以前回话")}}
	sh.lede = web.T(ctx, "催的时候先请单位说明，不是处分。每个单位记一条，带一个短链接；单位打开过没有，看得到。")
	v := owedView{Today: s.office.Today(), Filter: owedFilter{Soon: true}}
	v.fill(slices.DeleteFunc(all, func(l desk.ChaseLine) bool { return !slices.Contains(sh.stands["owed"], l.Key()) }))
	sh.below = chasePreview(v)
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
func (s *side) remindersChased(w http.ResponseWriter, r *http.Request) error {
	v, err := s.chasedOf(r)
	if err == nil {
		web.Show(w, r, http.StatusOK, remindersChasedPage(v))
	}
	return err
}

func (s *side) chasedOf(r *http.Request) (v chasedView, err error) {
	ctx := r.Context()
	if v.First, err = id.Of[id.Reminder](r.PathValue("reminder")); err != nil {
		return v, desk.ErrMissing
	}
	if v.All, err = s.office.Chased(ctx, who(ctx), v.First); err != nil {
		return v, err
	}
	v.Channel, v.Today, v.Done, v.Calls = v.All[0].Channel, s.office.Today(), r.URL.Query().Get("done"), who(ctx).May("reminder.send")
	for _, a := range v.All {
		v.Texts = append(v.Texts, reminder.Letter(a.Of.Name, a.Things, a.By, s.shortLink(r, a.Number), s.sender(ctx), a.Day))
		v.Command = append(v.Command, web.NewForm(nil))
	}
	return v, nil
}

// shortLink is the address of a reminder as somebody elsewhere opens it: of the office
// as it was set, or as this request came.
func (s *side) shortLink(r *http.Request, number int64) string {
	path := gotPath(number)
	if rules, err := s.office.ReminderRules(r.Context()); err == nil && rules.Address != "" {
		return rules.Address + path
	}
	return addressOf(r.WithContext(web.With(r.Context(), web.Page{})), path)
}

func (s *side) sender(ctx context.Context) reminder.Sender {
	c := web.Of(ctx).City
	return reminder.Sender{Bureau: c.Bureau, Phone: c.Phone}
}

var errNotYours = fault.New(fault.Denied, "这是催别的单位的，由那个单位的人回复。")

// callMade notes that a unit was called.
func callMade(s *side, r *http.Request) (sheet, error) {
	number, err := strconv.ParseInt(r.PathValue("number"), 10, 64)
	if err != nil {
		return sheet{}, desk.ErrMissing
	}
	ctx := r.Context()
	got, err := s.office.GotReminder(ctx, who(ctx), number)
	if err != nil {
		return sheet{}, err
	}
	back := chasedPath(got.Chase)
	return sheet{title: web.T(ctx, "打过电话了"), quote: got.Of.Name, back: back, button: web.T(ctx, "打过了"),
		act: func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
			return back + "?done=called", s.office.CallMade(ctx, cmd, number)
		}}, nil
}

// remindersSent lists what was sent and done lately.
func (s *side) remindersSent(w http.ResponseWriter, r *http.Request) error {
	unit, wrong := id.Of[id.Unit](r.URL.Query().Get("unit"))
	if wrong != nil {
		unit = 0
	}
	all, err := s.office.Reminders(r.Context(), who(r.Context()), unit)
	if err == nil {
		web.Show(w, r, http.StatusOK, remindersSentPage(all))
	}
	return err
}

// replyReminder is the page to which a short link leads: what is asked for, where to do
// it, and room for a reply.
func replyReminder(s *side, r *http.Request) (sheet, error) {
	number, err := strconv.ParseInt(r.PathValue("number"), 10, 64)
	if err != nil {
		return sheet{}, desk.ErrMissing
	}
	ctx := r.Context()
	got, err := s.office.GotReminder(ctx, who(ctx), number)
	if err != nil {
		return sheet{}, err
	}
	if r.Method == http.MethodGet && got.Opened == "" && got.Replies {
		s.opened(r, &got)
	}
	sh := sheet{title: web.T(ctx, "%s：有 %s 件事在等", got.Of.Name, web.Count(len(got.Things))), back: dutiesPath, button: web.T(ctx, "回复"),
		lede: web.T(ctx, "先请您说明情况，不是处分。能办的现在就办；一时办不了的，写一句卡在哪里、需要谁帮。"), stands: url.Values{"reply": {got.Reply}},
		inputs: []input{{name: "reply", kind: "area", rows: "4", label: web.T(ctx, "回复"), hint: web.T(ctx, "请在%s以前回。最多 500 个字，局办公室看得到，不公开。", web.Date(ctx, got.By))}}}
	sh.above = gotReminder(got, s.office.Today())
	if !got.Replies {
		sh.stop, sh.below = errNotYours, sh.above
		sh.above = nil
	}
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return desk.ReminderPath + r.PathValue("number") + "?done=replied", s.office.ReplyReminder(ctx, cmd, number, f.Value("reply"))
	}
	if r.URL.Query().Get("done") == "replied" {
		sh.said = web.T(ctx, "回复了。局办公室看得到。")
	}
	return sh, nil
}

// gotPath leads to a reminder as its unit sees it.
func gotPath(number int64) string { return desk.ReminderPath + strconv.FormatInt(number, 10) }

// gotReminders lists the reminders to the units of somebody's posts.
func (s *side) gotReminders(w http.ResponseWriter, r *http.Request) error {
	all, err := s.office.GotReminders(r.Context(), who(r.Context()))
	if err == nil {
		web.Show(w, r, http.StatusOK, gotRemindersPage(all))
	}
	return err
}

// opened notes that the link was followed. That it cannot be noted keeps nobody from
// what is asked of them.
func (s *side) opened(r *http.Request, got *desk.GotReminder) {
	if err := s.office.OpenReminder(r.Context(), s.office.Cmd(who(r.Context()), web.NewCommand()), got.Number); err != nil {
		web.Log(r, err)
		return
	}
	got.Opened = s.office.Today()
}
