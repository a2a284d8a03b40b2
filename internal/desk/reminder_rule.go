package desk

import (
	"context"
	"net"
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/ledger"
	"luoshi/reminder"
)

// ReminderRules gives the rules by which messages go out.
func (o *Office) ReminderRules(ctx context.Context) (r reminder.Rules, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		r, err = loadRules(v, o.city)
		return err
	})
	return r, err
}

// SetReminderRules sets when messages go out by themselves, and how many a person may get.
func (o *Office) SetReminderRules(ctx context.Context, cmd db.Cmd, r reminder.Rules) error {
	r.Address = strings.TrimRight(strings.TrimSpace(r.Address), "/")
	if err := r.Check(); err != nil {
		return err
	}
	return o.write(ctx, cmd.Of("reminder.set_rules", r), "reminder.rules", func(tx *db.Tx) error {
		if r.EscalateTo != 0 {
			if _, err := loadPost(tx, o.city, r.EscalateTo); err != nil {
				return err
			}
		}
		g, err := loadGateway(tx, o.city, r.Channel)
		if err != nil {
			return err
		}
		if r.On && g.Form == "" {
			return fault.New(fault.Conflict, "这个通道还没有接好，请管理员先接。现在可以给文字、打电话、印单子。").In("channel")
		}
		r.SetBy = tx.Cmd().Actor
		tx.Append(r.SetEntry(tx.Today()))
		return saveRules(tx, o.city, r)
	})
}

// ReminderGateway is how a channel is connected. Form is empty where it is not.
type ReminderGateway struct {
	Channel   reminder.Channel
	Form      string
	Address   string
	Sender    string
	Template  string
	HasSecret bool
	Secret    string // a new one; never given out

	Tried  *TriedGateway // how the last trial went
	sealed []byte
}

// TriedGateway is what became of a message that tried a channel out.
type TriedGateway struct {
	State   reminder.State
	Failure reminder.Failure
}

// GatewayForms are by channel the forms that may be chosen.
var GatewayForms = map[reminder.Channel][]string{reminder.Robot: {"chat_robot", "signed"}, reminder.SMS: {"template_sms", "signed"}, reminder.Mail: {"smtp"}}

// ReminderGateways gives how each channel is connected.
func (o *Office) ReminderGateways(ctx context.Context, who Who) (out []ReminderGateway, err error) {
	if !who.May("reminder.send") && !who.May("reminder.rules") {
		return nil, MayNot("reminder.gateway")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		trials, err := lastTrials(v, o.city)
		if err != nil {
			return err
		}
		for _, c := range reminder.Sent {
			g, err := loadGateway(v, o.city, c)
			if err != nil {
				return err
			}
			if t, was := trials[c]; was {
				g.Tried = &TriedGateway{t.State, t.Failure}
			}
			out = append(out, g)
		}
		return nil
	})
	return out, err
}

// check says what keeps a channel from being connected so.
func (g ReminderGateway) check() error {
	if g.Form == "" {
		return nil
	}
	if !slices.Contains(GatewayForms[g.Channel], g.Form) {
		return fault.New(fault.Invalid, "请选按哪种写法发。").In("form")
	}
	for _, err := range []error{fault.CheckLine("address", "网址", g.Address, 500, true), fault.CheckLine("sender", "发件人或签名", g.Sender, 200, g.Form == "smtp"),
		fault.CheckLine("template", "模板编号", g.Template, 100, g.Form == "template_sms"), fault.CheckLine("secret", "密钥", g.Secret, 500, false)} {
		if err != nil {
			return err
		}
	}
	if g.Form == "smtp" {
		if _, _, err := net.SplitHostPort(g.Address); err != nil {
			return fault.New(fault.Invalid, "邮件服务器请写成 smtp.example.cn:587 这样，带端口。").In("address")
		}
		if a, err := mail.ParseAddress(g.Sender); err != nil || a.Address != g.Sender {
			return fault.New(fault.Invalid, "发件人请写成 name@example.cn 这样。").In("sender")
		}
		return nil
	}
	if u, err := url.Parse(g.Address); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return fault.New(fault.Invalid, "网址请从 https:// 或者 http:// 写起。").In("address")
	}
	return nil
}

// SetReminderGateway connects a channel, or takes it out of use. An empty secret leaves
// the one that is kept, unless the address or the form is another: a secret is not
// carried to where it was not given for.
func (o *Office) SetReminderGateway(ctx context.Context, cmd db.Cmd, g ReminderGateway) error {
	if err := g.check(); err != nil {
		return err
	}
	return o.write(ctx, cmd.Of("reminder.set_gateway", g), "reminder.gateway", func(tx *db.Tx) error {
		before, err := loadGateway(tx, o.city, g.Channel)
		if err != nil {
			return err
		}
		g.sealed = nil
		switch {
		case g.Form == "":
			g = ReminderGateway{Channel: g.Channel}
		case g.Secret != "":
			if g.sealed, err = tx.Seal(secretCell(o.city, g.Channel), g.Secret); err != nil {
				return err
			}
		case before.Form == g.Form && before.Address == g.Address:
			g.sealed = before.sealed
		case before.HasSecret:
			return fault.New(fault.Invalid, "网址或者写法换了，请把密钥再填一次。").In("secret")
		}
		form := g.Form
		if form == "" {
			form = "none"
		}
		tx.Append(ledger.Draft{Kind: reminder.KindGatewaySet, Class: ledger.Internal, Fields: []ledger.Field{ledger.State("channel", string(g.Channel)),
			ledger.Day("day", string(tx.Today())), ledger.State("form", form)}})
		return saveGateway(tx, o.city, g)
	})
}

// TryReminderGateway sends a message to who asks, to see that a channel works. It does
// not count among those that a person may get.
func (o *Office) TryReminderGateway(ctx context.Context, cmd db.Cmd, c reminder.Channel) error {
	return o.write(ctx, cmd.Of("reminder.try_gateway", c), "reminder.gateway", func(tx *db.Tx) error {
		g, err := loadGateway(tx, o.city, c)
		if err != nil {
			return err
		}
		if g.Form == "" {
			return fault.New(fault.Conflict, "这个通道还没有接好。")
		}
		m := reminderMessage{ID: db.NewID[id.Message](tx), Channel: c, Day: tx.Today(), State: reminder.Queued, Trial: true, Subject: "落实：试一试", Words: "这是一条试发的消息，收到就是通了。", MadeBy: tx.Cmd().Actor}
		if c.Personal() {
			m.Account, m.Post = tx.Cmd().Account, tx.Cmd().Actor
			p, err := o.personBehind(tx, m.Account)
			if err != nil {
				return err
			}
			if p.at(c) == "" {
				return fault.New(fault.Conflict, "试发是发给您自己的，可是您的账号里没有手机号或者邮箱。请先填上。")
			}
		}
		if err := saveMessages(tx, o.city, m); err != nil {
			return err
		}
		return tx.Later(JobRemind, int64(m.ID))
	})
}
