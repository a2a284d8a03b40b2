package reminders

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/reminder"
)

// reminderRules asks when messages go out by themselves.
func reminderRules(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	sh := page.Sheet{Title: web.T(ctx, "自动提醒"), Back: page.RemindersPath, Button: web.T(ctx, "存下"),
		Lede: web.T(ctx, "到期前、当天和过后，自动提醒单位。一个人一天的事合成一条，不会多发。只在工作日发。日子都按工作日数。")}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return page.RemindersPath, s.Office.SetReminderRules(ctx, cmd, reminderRulesIn(f))
	}
	if page.IsBare(r) {
		sh.Bare = true
		return sh, nil
	}
	rules, err := s.Office.ReminderRules(ctx)
	if err != nil {
		return page.Sheet{}, err
	}
	gateways, err := s.Office.ReminderGateways(ctx, page.Who(ctx))
	if err != nil {
		return page.Sheet{}, err
	}
	posts, named, err := s.Office.Superiors(ctx)
	if err != nil {
		return page.Sheet{}, err
	}
	channels := []web.Choice{}
	for _, g := range gateways {
		words := channelWord(ctx, g.Channel)
		if g.Form == "" {
			words += web.T(ctx, "（还没有接）")
		}
		channels = append(channels, web.Choice{Value: string(g.Channel), Words: words})
	}
	superiors := []web.Choice{{Value: "", Words: web.T(ctx, "不报上级")}}
	for _, p := range posts {
		superiors = append(superiors, web.Choice{Value: p.ID.String(), Words: named[p.ID.String()], Document: true})
	}
	address := rules.Address
	if address == "" {
		address = strings.TrimSuffix(page.AddressOf(r.WithContext(web.With(ctx, web.Page{})), "/"), "/")
	}
	sh.Stands = url.Values{"channel": {string(rules.Channel)}, "before": {reminder.NumbersText(rules.Before)}, "after": {reminder.NumbersText(rules.After)},
		"escalate_after": {reminder.NumbersText(daysOf(rules.EscalateAfter))}, "quiet_from": {reminder.ClockText(rules.QuietFrom)}, "quiet_to": {reminder.ClockText(rules.QuietTo)},
		"most": {reminder.NumbersText([]int{rules.Most})}, "address": {address}}
	if rules.On {
		sh.Stands.Set("on", "1")
	}
	if rules.OnDay {
		sh.Stands.Set("on_day", "1")
	}
	if rules.EscalateTo != 0 {
		sh.Stands.Set("escalate_to", rules.EscalateTo.String())
	}
	sh.Inputs = []page.Input{
		{Name: "on", Kind: "checks", Label: web.T(ctx, "开不开"), Choices: []web.Choice{{Value: "1", Words: web.T(ctx, "自动提醒")}}},
		{Name: "channel", Kind: "radio", Label: web.T(ctx, "用什么发"), Choices: channels},
		{Name: "before", Kind: "text", Label: web.T(ctx, "提前几天"), Hint: web.T(ctx, "写数，多个用空格隔开。不提前就空着。")},
		{Name: "on_day", Kind: "checks", Label: web.T(ctx, "当天"), Choices: []web.Choice{{Value: "1", Words: web.T(ctx, "到期那天也提醒")}}},
		{Name: "after", Kind: "text", Label: web.T(ctx, "过后几天"), Hint: web.T(ctx, "例如 1 3 7：过了 1 天、3 天、7 天各提醒一次，以后不再发。")},
		{Name: "escalate_after", Kind: "text", Label: web.T(ctx, "过几天报上级"), Hint: web.T(ctx, "空着就不报。")},
		{Name: "escalate_to", Kind: "select", Label: web.T(ctx, "报给哪个岗位"), Choices: superiors},
		{Name: "quiet_from", Kind: "text", Label: web.T(ctx, "从几点起不发"), Hint: web.T(ctx, "写成 20:00 这样。")},
		{Name: "quiet_to", Kind: "text", Label: web.T(ctx, "到几点"), Hint: web.T(ctx, "夜里要发的，等到这个时候。")},
		{Name: "most", Kind: "number", Label: web.T(ctx, "一个人一天最多几条"), Hint: web.T(ctx, "人点的和自动的算在一起。")},
		{Name: "address", Kind: "text", Label: web.T(ctx, "本系统的网址"), Hint: web.T(ctx, "写在消息里的链接从它开始，单位的手机和电脑要打得开。")},
	}
	return sh, nil
}

// daysOf is a number of days to be written, nothing for none.
func daysOf(n int) []int {
	if n == 0 {
		return nil
	}
	return []int{n}
}

func reminderRulesIn(f web.Form) reminder.Rules {
	one := func(name string, none int) int {
		switch all := reminder.Numbers(f.Value(name)); len(all) {
		case 0:
			return none
		case 1:
			return all[0]
		}
		return -1
	}
	r := reminder.Rules{On: f.Value("on") != "", Channel: reminder.Channel(f.Value("channel")), Before: reminder.Numbers(f.Value("before")), OnDay: f.Value("on_day") != "",
		After: reminder.Numbers(f.Value("after")), EscalateAfter: one("escalate_after", 0), QuietFrom: reminder.Clock(f.Value("quiet_from")), QuietTo: reminder.Clock(f.Value("quiet_to")),
		Most: one("most", -1), Address: f.Value("address")}
	if post, err := id.Of[id.Post](f.Value("escalate_to")); err == nil {
		r.EscalateTo = post
	}
	return r
}

func gatewayPath(c reminder.Channel) string { return page.RemindersPath + "/gateways/" + string(c) }

// reminderGateways shows how each channel is connected.
func reminderGateways(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	all, err := s.Office.ReminderGateways(r.Context(), page.Who(r.Context()))
	if err == nil {
		web.Show(w, r, http.StatusOK, reminderGatewaysPage(all, r.URL.Query().Get("done")))
	}
	return err
}

// gatewayOf finds the channel that the address names.
func gatewayOf(s *page.Side, r *http.Request) (g desk.ReminderGateway, err error) {
	all, err := s.Office.ReminderGateways(r.Context(), page.Who(r.Context()))
	if err != nil {
		return g, err
	}
	for _, g := range all {
		if string(g.Channel) == r.PathValue("channel") {
			return g, nil
		}
	}
	return g, desk.ErrMissing
}

// formWords says of a gateway how it is spoken to.
func formWords(ctx context.Context, form string) string {
	switch form {
	case "signed":
		return web.T(ctx, "本系统的接口（签名的 JSON，见 docs/gateway.md）")
	case "chat_robot":
		return web.T(ctx, "群机器人（收 markdown 的网址）")
	case "template_sms":
		return web.T(ctx, "短信服务（先报备模板）")
	case "smtp":
		return web.T(ctx, "邮件服务器（SMTP）")
	}
	return web.T(ctx, "不用")
}

// reminderGateway connects a channel.
func reminderGateway(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	g, err := gatewayOf(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	sh := page.Sheet{Title: web.T(ctx, "接通道：%s", channelWord(ctx, g.Channel)), Back: page.RemindersPath + "/gateways", Button: web.T(ctx, "存下")}
	forms := page.Input{Name: "form", Kind: "radio", Label: web.T(ctx, "怎么接"), Choices: []web.Choice{{Value: "none", Words: formWords(ctx, "")}}}
	for _, f := range desk.GatewayForms[g.Channel] {
		forms.Choices = append(forms.Choices, web.Choice{Value: f, Words: formWords(ctx, f)})
	}
	secret := page.Input{Name: "secret", Kind: "password", Label: web.T(ctx, "密钥"), Hint: web.T(ctx, "封存起来，以后谁也看不到。")}
	if g.HasSecret {
		secret.Hint = web.T(ctx, "已经有一个，封存着，看不到。不换就空着。")
	}
	address := page.Input{Name: "address", Kind: "text", Label: web.T(ctx, "网址"), Hint: web.T(ctx, "从 https:// 写起。")}
	sh.Inputs = []page.Input{forms, address}
	sh.Stands = url.Values{"form": {g.Form}, "address": {g.Address}, "sender": {g.Sender}, "template": {g.Template}}
	if g.Form == "" {
		sh.Stands.Set("form", "none")
	}
	switch g.Channel {
	case reminder.Mail:
		sh.Inputs[1].Label, sh.Inputs[1].Hint = web.T(ctx, "邮件服务器"), web.T(ctx, "写成 smtp.example.cn:587 这样。不加密的服务器不用，本机的除外。")
		sh.Inputs = append(sh.Inputs, page.Input{Name: "sender", Kind: "text", Label: web.T(ctx, "发件人的邮箱"), Hint: web.T(ctx, "也用它登录邮件服务器。")})
		secret.Label = web.T(ctx, "邮箱的密码或者授权码")
	case reminder.Robot:
		sh.Inputs[1].Hint = web.T(ctx, "从 https:// 写起。网址里有 key= 的，整个贴进来，key 会收到密钥里。")
	case reminder.SMS:
		sh.Inputs = append(sh.Inputs, page.Input{Name: "sender", Kind: "text", Label: web.T(ctx, "短信签名")},
			page.Input{Name: "template", Kind: "text", Label: web.T(ctx, "模板编号"), Hint: web.T(ctx, "模板里有两个空：count（几件事）和 link（链接）。")})
	}
	sh.Inputs = append(sh.Inputs, secret)
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		n := desk.ReminderGateway{Channel: g.Channel, Form: f.Value("form"), Address: strings.TrimSpace(f.Value("address")), Sender: strings.TrimSpace(f.Value("sender")),
			Template: strings.TrimSpace(f.Value("template")), Secret: f.Value("secret")}
		if n.Form == "none" {
			n.Form = ""
		}
		if n.Form == "chat_robot" {
			n.Address, n.Secret = keyApart(n.Address, n.Secret)
		}
		return page.RemindersPath + "/gateways?done=set", s.Office.SetReminderGateway(ctx, cmd, n)
	}
	return sh, nil
}

// tryGateway sends a message to who asks.
func tryGateway(s *page.Side, r *http.Request) (page.Sheet, error) {
	g, err := gatewayOf(s, r)
	ctx := r.Context()
	return page.Sheet{Title: web.T(ctx, "试发：%s", channelWord(ctx, g.Channel)), Back: page.RemindersPath + "/gateways", Button: web.T(ctx, "试发一条"),
		Lede: web.T(ctx, "短信和邮件发到您自己账号里的手机号和邮箱，群机器人在群里说一句。试发的不算在一个人一天几条里。"),
		Act: func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
			return page.RemindersPath + "/gateways?done=tried", s.Office.TryReminderGateway(ctx, cmd, g.Channel)
		}}, err
}

// reminderAddress asks for the address to which somebody wants their own reminders.
func reminderAddress(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	address, err := s.Office.MailAddress(ctx, page.Who(ctx))
	return page.Sheet{Title: web.T(ctx, "我的邮箱"), Back: "/office/", Button: web.T(ctx, "存下"),
		Lede:   web.T(ctx, "局办公室用邮件提醒您单位的事时，发到这里。可以不填，填了也可以再删掉。和姓名一样封存着。"),
		Stands: url.Values{"mail": {address}}, Inputs: []page.Input{{Name: "mail", Kind: "email", Label: web.T(ctx, "邮箱")}},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			return "/office/", s.Office.SetMailAddress(ctx, cmd, strings.TrimSpace(f.Value("mail")))
		}}, err
}

// keyApart takes the key out of the address of a robot, as chat programs give it out.
func keyApart(address, secret string) (string, string) {
	u, err := url.Parse(address)
	if err != nil || u.Query().Get("key") == "" {
		return address, secret
	}
	query := u.Query()
	key := query.Get("key")
	query.Del("key")
	u.RawQuery = query.Encode()
	return u.String(), key
}

// hostOf is where a gateway is, without what may be a key in its address.
func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}
