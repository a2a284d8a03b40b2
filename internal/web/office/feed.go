package office

import (
	"context"
	"net/http"
	"strings"
	"time"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/internal/desk"
	"luoshi/internal/login"
	"luoshi/internal/paper"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// feedView is the secret address of somebody's calendar.
type feedView struct {
	Made    time.Time
	There   bool
	Address string // told once, when it was made
	Ended   bool
	Shared  bool // on a phone that several people use no address is given
}

// feedPage shows whether somebody has an address for their calendar; sent, it makes or ends one.
func feedPage(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	ctx, account := r.Context(), page.Who(r.Context()).Account
	v := feedView{Shared: web.Of(ctx).Shared}
	if r.Method == http.MethodPost {
		form, err := web.ReadForm(w, r)
		if err != nil {
			return err
		}
		switch {
		case form.Value("end") != "":
			err, v.Ended = s.Login.EndFeed(ctx, account), true
		case v.Shared:
			err = errSharedFeed
		default:
			var token string
			token, err = s.Login.NewFeed(ctx, account)
			v.Address = page.AddressOf(r, "/office/feed/"+token+".ics")
		}
		if err != nil {
			return err
		}
	}
	var err error
	if v.Made, v.There, err = s.Login.FeedMade(ctx, account); err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, feedSettings(v))
	return nil
}

var errSharedFeed = fault.New(fault.Denied, "这部手机几个人用，日历地址会让别人看到。请在自己的电脑或者手机上用密码登录，再来要。")

// feed gives somebody's dues to a calendar program that knows their secret address. It
// asks anew each time: what ended with the post or the account is not there any more.
func feed(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	token, ics := strings.CutSuffix(r.PathValue("token"), ".ics")
	if !ics {
		return page.ErrNoPage
	}
	account, err := s.Login.Feed(r.Context(), token)
	if err != nil {
		return err
	}
	me, err := s.Office.Who(r.Context(), account)
	if fault.Is(err, fault.Denied) { // no post any more, or the account was closed
		return login.ErrFeed
	}
	if err != nil {
		return err
	}
	t, err := s.Office.TodayOf(r.Context(), me)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", page.Attachment("dues.ics", web.T(r.Context(), "要办的")+".ics"))
	_, _ = w.Write(feedOf(r, t).Bytes()) // a reader who hangs up needs no answer
	return nil
}

// alarmHour is at which hour of a day a calendar reminds.
const alarmHour = 9

// feedOf makes a calendar of what is due on a day: titles and days, and nothing that
// somebody wrote in confidence.
func feedOf(r *http.Request, t desk.Today) paper.Calendar {
	ctx := r.Context()
	c := paper.Calendar{Name: web.T(ctx, "落实：要办的"), Origin: "luoshi", Lang: web.Of(ctx).Lang, Stamp: t.Day.Time()}
	for _, g := range groupsOf(t.Mine) {
		if g.By == "" {
			continue
		}
		e := paper.Event{Key: feedKey(g), First: g.By, Last: g.By, Summary: dueHead(ctx, g), URL: page.AddressOf(r, "/office/"), Alarms: alarmsFor(g.By)}
		if g.Late(t.Day) {
			e.Summary = web.T(ctx, "过期了：%s", e.Summary)
		}
		for _, title := range g.Titles {
			if title != "" {
				e.Description = append(e.Description, title)
			}
		}
		c.Events = append(c.Events, e)
	}
	return c
}

// feedKey stays the same for what is due once.
func feedKey(g dueGroup) string {
	key := []string{string(g.Kind), g.Unit.String(), strings.ToLower(string(g.Period))}
	switch {
	case g.Milestone != 0:
		key = append(key, g.Milestone.String())
	case g.Collection != 0:
		key = append(key, g.Collection.String())
	case g.Handover != 0:
		key = append(key, g.Handover.String())
	case g.Returned:
		key = append(key, g.Item.String())
	}
	return strings.Join(key, "-")
}

// alarmsFor reminds on the working day before, and on the day itself.
func alarmsFor(by calendar.Day) []int {
	before := by.AddDays(-1)
	for !before.Workday() {
		before = before.AddDays(-1)
	}
	return []int{-24*before.Until(by) + alarmHour, alarmHour}
}

// feedMade says since when there is an address.
func feedMade(ctx context.Context, v feedView) string {
	return web.T(ctx, "现在有一个地址，%s要的。地址只显示过一次，忘了就换一个。", web.Date(ctx, calendar.DayOf(v.Made)))
}
