package sample

import (
	"fmt"
	"strings"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/org"
	"luoshi/progress"
)

// typist types what the library reports; its head signs it first.
const (
	typist = "唐知远"
	signer = "邵文清"
)

// signed is what the library reports of the items in which it has a part.
type signed struct {
	at, title string
	period    progress.Period
	done      string
	decided   string
	sentBack  string // why, where its head did not sign
}

// signings are those of the library; the one of March 2012 waits for its head for some days.
var signings = []signed{
	{"2011-11-03 11:00", "深化文化场馆", "2011-10", "“安澜大讲堂”办了 4 讲，来了 610 人；办证押金退了。", "2011-11-04 09:00", ""},
	{"2011-12-02 11:00", "实施文化下乡", "2011-11", "送书 800 册。", "2011-12-02 16:30", "送到了哪几个乡镇、哪天去的，请写上。"},
	{"2011-12-05 09:30", "实施文化下乡", "2011-11", "11 月 18 日、25 日送书到岱屿县三个乡镇，共 800 册。", "2011-12-05 11:00", ""},
	{"2012-02-03 11:00", "深化文化场馆", "2012-01", "春节开门五天，借出 4,200 册。", "2012-02-03 16:00", ""},
	{"2012-04-17 16:30", "深化文化场馆", "2012-03", "一季度大讲堂办了 6 讲，来了 9,000 人次。", "2012-04-20 09:10", ""},
	{"2012-07-03 11:00", "深化文化场馆", "2012-06", "“安澜大讲堂”半年 25 讲，暑期开到夜里 8 点。", "2012-07-04 09:00", ""},
	{"2012-10-08 11:00", "实施文化下乡", "2012-09", "送书累计 6,400 册到 38 个农家书屋。", "2012-10-09 09:00", ""},
	{"2013-01-03 11:00", "深化文化场馆", "2012-12", "全年来了 41 万人次，没有收过一次费。", "2013-01-04 09:00", ""},
}

// signing are the days on which the library types and its head signs.
func (c *city) signing() []deed {
	out := []deed{{"2011-10-24 10:00", c.wantSigning}}
	for _, s := range signings {
		out = append(out, deed{s.at, func() error { return c.types(s) }}, deed{s.decided, func() error { return c.signs(s) }})
	}
	return out
}

// wantSigning opens the account of who types, and lets reports wait for the head.
func (c *city) wantSigning() error {
	account, err := c.office.OpenAccount(c.ctx, c.cmd(administrator), desk.NewAccount{UnitID: c.people[signer].Held[0].Unit, Title: "馆办公室经办", Name: typist,
		Roles: []org.Role{org.UnitClerk}})
	if err != nil {
		return err
	}
	if err := c.signIn(account, typist); err != nil {
		return err
	}
	return c.office.SetSigning(c.ctx, c.cmd(signer), c.people[signer].Held[0].Unit, true)
}

func (c *city) types(s signed) error {
	t, unit, err := c.tell(says{person: typist, title: s.title, period: s.period, state: progress.UnderWay, done: s.done})
	if err != nil {
		return err
	}
	return c.office.Report(c.ctx, c.cmd(typist), unit, []desk.Told{t})
}

func (c *city) signs(s signed) error {
	waiting, err := c.office.ToSign(c.ctx, c.people[signer])
	if err != nil {
		return err
	}
	for _, u := range waiting {
		for _, l := range u.Lines {
			if l.Told.Period != s.period || !strings.HasPrefix(l.Item.Title, s.title) {
				continue
			}
			return c.decideTyped(u.Unit, desk.DraftKey{Item: l.Told.Item, Unit: l.Told.Unit, Period: s.period}, s.sentBack)
		}
	}
	return fmt.Errorf("nothing of %s waits for its head in %s", s.title, s.period)
}

func (c *city) decideTyped(unit id.Unit, key desk.DraftKey, sentBack string) error {
	if sentBack != "" {
		return c.office.SendBackReport(c.ctx, c.cmd(signer), unit, key, sentBack)
	}
	return c.office.SignReports(c.ctx, c.cmd(signer), unit, []desk.DraftKey{key})
}
